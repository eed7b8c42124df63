#!/usr/bin/python3
"""metrics.py [DIR]: lengths of the C functions and files below DIR (default extractor) against the budgets.

A report, not a gate. A function is counted from the line of its name to its closing brace, a file by its lines."""
import os
import re
import sys

MEDIAN, LONG, TOO_LONG = 15, 45, 100    # lines of a function: median, nine in ten, none above
FILE_MIN, FILE_MAX, HEADER_MAX = 100, 600, 100
NOT_FUNCTIONS = {'if', 'for', 'while', 'switch', 'return', 'sizeof', 'do', 'else'}

TOKEN = re.compile(r'//(?:\\\n|[^\n])*|/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text):
    """the same number of lines, nothing on them"""
    return '\n' * text.count('\n')


def code_only(text):
    """the text without comments, literals, directives and the #else branches, line by line in its place"""
    text = TOKEN.sub(lambda m: '""' if m.group(0)[0] in '"\'' else ' ' + blank(m.group(0)), text)
    text = re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*',
                  lambda m: '#' + m.group(0).lstrip(' \t#').split('\n')[0] + blank(m.group(0)), text, flags=re.M)
    out, skipping = [], []          # one flag for each open #if: are we in its #else?
    for line in text.split('\n'):
        if line.startswith('#'):
            word = line[1:].split(None, 1)[0] if line[1:].split() else ''
            if word.startswith('if'):
                skipping.append(False)
            elif word in ('else', 'elif') and skipping:
                skipping[-1] = True
            elif word == 'endif' and skipping:
                skipping.pop()
            line = ''
        out.append('' if any(skipping) else line)
    return '\n'.join(out)


def function_name(head):
    """(name, offset in head) when head, the text before a brace at file level, is a function's, else None"""
    head = re.sub(r'__attribute__\s*\(\(.*?\)\)', lambda m: ' ' * len(m.group(0)), head, flags=re.S)
    if '=' in head or not head.rstrip().endswith(')'):
        return None
    depth = 0
    for i in range(len(head.rstrip()) - 1, -1, -1):
        depth += (head[i] == ')') - (head[i] == '(')
        if depth == 0:
            m = re.search(r'([A-Za-z_]\w*)\s*$', head[:i])
            return (m.group(1), m.start(1)) if m and m.group(1) not in NOT_FUNCTIONS else None
    return None


def functions(text):
    """[(name, first line, lines)] of the functions defined in C text"""
    text = code_only(text)
    found, depth, start, open_function = [], 0, 0, None
    for m in re.finditer(r'[{};]', text):
        c, i = m.group(0), m.start()
        if c == '{':
            if depth == 0:
                name = function_name(text[start:i])
                open_function = name and (name[0], text.count('\n', 0, start + name[1]) + 1)
            depth += 1
        elif c == '}':
            depth = max(depth - 1, 0)
            if depth == 0:
                if open_function:
                    last = text.count('\n', 0, i) + 1
                    found.append((open_function[0], open_function[1], last - open_function[1] + 1))
                open_function, start = None, i + 1
        elif depth == 0:
            start = i + 1
    return found


def c_files(top):
    for folder, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            if name.endswith(('.c', '.h')):
                yield os.path.join(folder, name)


def mark(good):
    return 'ok' if good else '!!'


def main():
    top = sys.argv[1] if len(sys.argv) > 1 else 'extractor'
    all_functions, files = [], []
    for path in c_files(top):
        with open(path, encoding='utf-8') as f:
            text = f.read()
        files.append((path, len(text.splitlines())))
        all_functions += [(lines, f'{path}:{first}', name) for name, first, lines in functions(text)]
    if not all_functions:
        sys.exit(f'metrics.py: 没有函数 no functions in {top}')

    lengths = sorted(f[0] for f in all_functions)
    n = len(lengths)
    median, ninety = lengths[(n - 1) // 2], lengths[-(-9 * n // 10) - 1]
    print(f'函数 functions: {n}，共 {sum(lengths)} 行 lines')
    print(f'  {mark(median <= MEDIAN)} 中位数 median         {median:4}   预算 budget <= {MEDIAN}')
    print(f'  {mark(ninety <= LONG)} 九成以内 90 %         {ninety:4}   预算 budget <= {LONG}')
    print(f'  {mark(lengths[-1] <= TOO_LONG)} 最长 longest          {lengths[-1]:4}   预算 budget <= {TOO_LONG}')
    for title, low, high in ((f'超过 {TOO_LONG} 行 over {TOO_LONG}', TOO_LONG, None), (f'超过 {LONG} 行 over {LONG}', LONG, TOO_LONG)):
        some = sorted((f for f in all_functions if f[0] > low and (high is None or f[0] <= high)), reverse=True)
        print(f'  {title}: {len(some)}')
        for lines, where, name in some:
            print(f'    {lines:4}  {name}  {where}')

    sources = [f for f in files if f[0].endswith('.c')]
    headers = [f for f in files if f[0].endswith('.h')]
    for title, some in ((f'文件 files: {len(sources)}，不在 outside {FILE_MIN}–{FILE_MAX} 行',
                         [f for f in sources if not FILE_MIN <= f[1] <= FILE_MAX]),
                        (f'头文件 headers: {len(headers)}，超过 over {HEADER_MAX} 行',
                         [f for f in headers if f[1] > HEADER_MAX])):
        print(f'{title}: {len(some)}')
        for path, lines in sorted(some, key=lambda f: -f[1]):
            print(f'    {lines:4}  {path}')


if __name__ == '__main__':
    main()
