#!/usr/bin/python3
"""The cases of tests/cases: a text NAME.txt and, beside it, what must be read from it, NAME.expect.

case.py              runs all cases and prints TAP
case.py NAME...      runs these cases
case.py --in DIR     runs the cases of another folder
case.py --show NAME  prints everything read from a case in the form of the expectations, to be compared with the text by eye

The form of an expectation is told in tests/cases/README.md. Finds the program in GANGMU.
"""
import difflib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GANGMU = os.environ.get('GANGMU', os.path.join(TOP, 'gangmu'))
COLUMNS = {  # the relations that an expectation lists unless they are empty, and the columns --show prints
    'sections': 'line kind label number title',
    'measures': 'line lead text',
    'indicators': 'row_no category subcategory indicator breakdown unit nature year role raw value_kind op value value_high basis base_year marks '
                  'inherited responsible remark',
    'notes': 'line kind marker text anchor_id at',
    'bookmarks': 'line col name section_id',
    'diagnostics': 'line col code message',
}
OPTIONAL = ('terms', 'citations', 'crossrefs', 'targets', 'goals', 'projects', 'duties')  # compared where an expectation lists them
RECORDS = {  # the relations that an expectation may list
    'targets': 'line subject scope year op value value_high unit basis raw',
    'goals': 'line horizon_year kind headline text',
    'projects': 'line project_id parent_id project_group no title places amount count',
    'duties': 'line agency agency_code role object_kind object_id open_ended raw',
    'citations': 'line title doc_no kind',
    'crossrefs': 'line raw target_id',
    'terms': 'line no term definition',
}
BLOCKS = ('title', 'date', 'toc', 'p', 'dash', 'noise', 'note')
OF_CODES = {'name-unmapped', 'unit-unfit'}
OF_DOCUMENT = {'region-unknown', 'region-ambiguous', 'period-unknown', 'meta-inferred'}
PAGE = re.compile(r'\n[-—– ]*\d{1,3}[-—– ]*(?=\n)')  # a page number between the lines of a paragraph
BLANK = re.compile(r'[\s\u200b\ufeff]+')
MARK = re.compile(r'\[bookmark:[^\n\[\]]*\]|\[footnoteRef:[^\n\[\]]*\]')


class Reading:
    """What the program reads from one text."""

    def __init__(self, path):
        self.source = gangmu(path, 'source').decode()
        self.bytes = self.source.encode()
        self.tables = json.loads(gangmu(path, 'json'))
        self.xml = ElementTree.fromstring(gangmu(path, 'xml'))

    def place(self, begin):
        before = self.bytes[:begin].decode()
        lines = re.split(r'\r\n|\r|\n', before)
        return len(lines), len(lines[-1]) + 1


def gangmu(path, form):
    run = subprocess.run([GANGMU, 'parse', path, '-q', '-t', form], capture_output=True)
    if run.returncode != 0:
        raise RuntimeError(f'parse -t {form}: status {run.returncode}: {run.stderr.decode(errors="replace").strip()[-500:]}')
    return run.stdout


def field(value):
    """a value as an expectation writes it: no value is a dot, a line break ⏎, a tab →"""
    text = '.' if value is None or value == '' else str(value)
    return text.replace('\r\n', '⏎').replace('\n', '⏎').replace('\r', '⏎').replace('\t', '→').strip()


def line_of(values):
    return ' | '.join(field(v) for v in values)


# == the parts ==

def relation(reading, name, columns, keep=lambda row: True):
    rows = [' | '.join(columns)]
    for row in filter(keep, reading.tables[name]):
        values = {**row, 'at': at(reading, row)} if 'at' in columns else row
        indent = '  ' * max(row['level'] - 1, 0) if name == 'sections' else ''
        rows.append(indent + line_of(values[c] for c in columns))
    return rows


def at(reading, row):
    """where a note is anchored: ‸ between the six characters before and after the place, in its line or cell"""
    if row['anchor_begin'] is None:
        return None
    before, after = (part.decode(errors='ignore') for part in (reading.bytes[:row['anchor_begin']][-200:], reading.bytes[row['anchor_begin']:][:200]))
    return re.split(r'[\t\r\n]', before)[-1][-6:] + '‸' + re.split(r'[\t\r\n]', after)[0][:6]


def plan(reading, names):
    return [f'{n} | {field(reading.tables["plan"][n])}' for n in names]


def grid(reading):
    rows = []
    for box in reading.tables['boxes']:
        rows.append(line_of([box['box_id'], box['label'], box['kind'], box['title'], f'line {box["line"]}']))
        cells = [c for c in reading.tables['cells'] if c['box_id'] == box['box_id']]
        table = [['?'] * box['cols'] for _ in range(box['rows'])]
        for c in cells:
            text = '^' if c['inherited'] else field(c['text']) if c['text'] else '·'
            for k in range(c['colspan']):
                table[c['row']][c['col'] + k] = text if k == 0 else '<'
        header = max([c['row'] for c in cells if c['header']], default=-1)
        for r, row in enumerate(table):
            rows.append('  ' + ' | '.join(row))
            if r == header:
                rows.append('  ----')
        rows += rowspans(box, cells)
    return rows


def rowspans(box, cells):
    """a row span must be one more than the inherited cells below it"""
    below = {(c['row'], c['col']): c for c in cells}
    for c in cells:
        span = 1
        while not c['inherited'] and below.get((c['row'] + span, c['col']), {}).get('inherited'):
            span += 1
        if span != c['rowspan']:
            yield f'  rowspan of {c["row"]},{c["col"]} in {box["box_id"]} is {c["rowspan"]}, cells below say {span}'


def local(element):
    return element.tag.rpartition('}')[2]


def blocks(reading):
    text = next(e for e in reading.xml if local(e) == 'text')
    return list(walk_blocks(text, [1]))


def walk_blocks(element, line):
    """paragraphs and the like; and text outside any of them, which nothing should be"""
    yield from gap(element.text, line)
    for child in element:
        name = local(child)
        if 'line' in child.attrib:
            line[0] = int(child.get('line'))
        if name in BLOCKS:
            yield line_of([child.get('line'), name, ''.join(child.itertext())])
        elif name not in ('head', 'caption', 'table', 'bookmark', 'c'):
            yield from walk_blocks(child, line)
        yield from gap(child.tail, line)


def gap(text, line):
    if text and text.strip(' \t\r\n\u3000\xa0\ufeff\u200b'):
        yield line_of([line[0], 'gap', text])


def invariants(reading):
    """what holds in every reading, whatever the text"""
    faults = []
    for name in [*COLUMNS, *RECORDS]:
        for row in reading.tables[name]:
            line, col = reading.place(row['begin'])
            if (row['line'], row.get('col', col)) != (line, col):
                faults.append(f'{name}: byte {row["begin"]} is at {line}:{col}, not {row["line"]}:{row["col"]}')
    for name, column in (('cells', 'text'), ('indicators', 'raw'), ('measures', 'text'), ('notes', 'text'), ('bookmarks', 'name'),
                         ('targets', 'raw'), ('goals', 'text'), ('projects', 'text'), ('duties', 'raw'), ('crossrefs', 'raw')):
        for row in reading.tables[name]:
            quoted = reading.bytes[row['begin']:row['end']].decode()
            bare = [BLANK.sub('', MARK.sub('', PAGE.sub('', t or ''))) for t in (quoted, row[column])]
            if bare[0] != bare[1] and not (name == 'bookmarks' and row[column] in quoted):
                faults.append(f'{name}: {row[column]!r} is not what the source says: {quoted!r}')
    return faults


# == expectations ==

def read_expectation(path):
    """{part: its lines}, and the comment on the first line"""
    parts, about, part = {}, '', None
    with open(path, encoding='utf-8') as f:
        for line in f.read().split('\n'):
            if line.startswith('# ') and not about:
                about = line[2:]
            elif line.startswith('== '):
                part = parts.setdefault(line[3:].strip(), [])
            elif line.strip() and not line.startswith('# '):
                if part is None:
                    raise RuntimeError(f'a line before the first part: {line}')
                part.append(re.sub(r'^( *).*', r'\1', line) + ' | '.join(v.strip() for v in line.strip().split(' | ')))
    return parts, about


def actual(reading, name, expected, parts):
    if name == 'plan':
        return plan(reading, [e.split(' | ')[0] for e in expected])
    if name == 'grid':
        return grid(reading)
    if name == 'blocks':
        return blocks(reading)
    of_codes = 'indicator_code' in ' '.join(parts.get('indicators', [])[:1])
    left_out = (set() if 'plan' in parts else OF_DOCUMENT) | (set() if of_codes else OF_CODES)
    keep = (lambda row: row['code'] not in left_out) if name == 'diagnostics' else (lambda row: True)
    columns = expected[0].split(' | ') if expected else {**COLUMNS, **RECORDS}[name].split()
    return relation(reading, name, columns, keep)


def fits(expected, got):
    """[..] in an expectation stands for any text"""
    pattern = '.*'.join(re.escape(p) for p in expected.split('[..]'))
    return re.fullmatch(pattern, got, re.S) is not None


def compare(name, expected, got):
    """[] or the difference; lines that fit are shown as expected"""
    if len(expected) == len(got) and all(map(fits, expected, got)):
        return []
    shown = []
    for line in got:
        shown.append(next((e for e in expected if fits(e, line)), line))
    return [f'== {name}'] + [d for d in difflib.unified_diff(expected, shown, 'expected', 'got', lineterm='', n=1)][2:]


def check(folder, name):
    """(what it is about, [] or what is wrong)"""
    text, expect = (os.path.join(folder, name + end) for end in ('.txt', '.expect'))
    for path in (text, expect):
        if not os.path.exists(path):
            return '', [f'{os.path.basename(path)} is missing']
    about = ''
    try:
        parts, about = read_expectation(expect)
        if not parts:
            return about, ['nothing is expected']
        unknown = set(parts) - set(COLUMNS) - set(OPTIONAL) - {'plan', 'grid', 'blocks'}
        if unknown:
            return about, [f'no such part: {u}' for u in unknown]
        reading = Reading(text)
        faults = invariants(reading)
        for part, expected in parts.items():
            faults += compare(part, expected, actual(reading, part, expected, parts))
        for part in [*COLUMNS, 'grid']:  # what is not named must be empty
            if part not in parts and len(found := actual(reading, part, [], parts)) > (part != 'grid'):
                faults += [f'== {part} (not expected at all)'] + ['+' + line for line in found]
        return about, faults
    except (RuntimeError, OSError, KeyError, IndexError, ValueError, ElementTree.ParseError) as e:
        return about, [f'{type(e).__name__}: {e}']


def show(folder, name):
    reading = Reading(os.path.join(folder, name + '.txt'))
    print('\n'.join(['== plan', *plan(reading, [n for n, v in reading.tables['plan'].items() if v not in (None, '')])]))
    for part in ('sections', 'blocks', 'grid', 'indicators', 'measures', *RECORDS, 'notes', 'bookmarks', 'diagnostics'):
        lines = actual(reading, part, [], {'plan': []})
        if len(lines) > (part in COLUMNS or part in RECORDS):
            print(f'== {part}', *lines, sep='\n')
    print(*invariants(reading), sep='\n')


def main(arguments):
    folder = os.path.join(TOP, 'tests', 'cases')
    if arguments[:1] == ['--show']:
        for name in arguments[1:]:
            show(folder, name)
        return 0
    if arguments[:1] == ['--in']:
        folder = arguments[1]
        arguments = arguments[2:]
    files = [f for f in os.listdir(folder) if f.endswith(('.txt', '.expect'))]
    names = arguments or sorted({os.path.splitext(f)[0] for f in files})
    failed = 0
    for number, name in enumerate(names, 1):
        about, faults = check(folder, name)
        failed += bool(faults)
        print(f'{"not ok" if faults else "ok"} {number} - {name}{": " + about if about else ""}')
        for fault in faults:
            print('#   ' + fault)
    print(f'1..{len(names)}')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
