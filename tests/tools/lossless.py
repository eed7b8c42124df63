#!/usr/bin/python3
"""Nothing lost, nothing invented: helpers of the tests.

lossless.py made DIR             writes made-up documents DIR/*.txt in many encodings, each with its text DIR/*.utf8
lossless.py garbage DIR FROM TO  the same for garbage of the seeds FROM .. TO-1
lossless.py text XML UTF8 [...]  the character data of `text`, each <c code="…"/> put back, is the file UTF8
lossless.py spans BUILT SOURCES  every record of the corpus BUILT/csv quotes the source it names, records in document order
lossless.py objects BUILT        the object of every duty is a record in the table that its object_kind names
"""
import csv
import glob
import os
import re
import sys
import xml.parsers.expat

# == documents ==


class Dice:
    """A small generator of its own (xorshift64*), so that a seed means the same text for ever."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 0x1234567) % 2 ** 64 or 1

    def below(self, n):
        x = self.state
        x ^= x >> 12
        x ^= x << 25 & 2 ** 64 - 1
        x ^= x >> 27
        self.state = x
        return (x * 0x2545F4914F6CDD1D % 2 ** 64 >> 33) % n

    def of(self, items):
        return items[self.below(len(items))]


HANZI = '生态环境保护规划十四五指标森林覆盖率县政府污染治理水质优良比例达到万吨公里𠮷㐀镕〇○，。、；：（）“”《》——'
STARTS = [ # of lines
    '第一章  总体要求', '第一章 ', '第二节 主要目标，', '第二节', '第三篇 附则', '第十三条', '前  言', '附件1', '名 词 解 释', '目  录', '一、基本思路',
    '（一）大气。深化治理。', '（二）', '1. 细项', '——绿色发展。坚持', '专栏1 “十四五”指标', '专栏二 重点工程项目', '表2-1', '注：【】内为累计数。',
    '备注：1．甲；2．乙。', '(1)为五年平均；（2）', '2021年12月25日', '某府发〔2021〕74号', '某某县“十四五”规划', '重庆市忠县生态环境保护“十四五”规划', '某县人民政府',
    '关于印发规划的通知', '各乡镇人民政府：', '现印发给你们，请遵照执行。', '强化农业面源污染防控。深化治理。', '第五章……………… 12', '- 3 -', '\t1\n',
    '\t序号\n\t指标\n\t单位\n\t2020年\n\t2025年\n\n', '\t类别\t指标名称\t单位\t2025年目标\t属性\n', '\t重点项目\n\t投资\n\t责任单位\n\n',
    '\n\t1\n\t森林覆盖率（%）\n\t%\n\t≥36.91\n\t完成市级下达目标\n', '\n\t\n\t#氨氮\n\t\n\t[0.65]\n\t—\n', '\t2\t优良天数\t天\t＞300(1)\t约束性\n',
    '|a|b|\n|-|-|\n|1|2|\n', '（一）水环境重点工程。建设污水处理厂1座，投资7.28亿元。', '1、“双碳”：碳达峰。', '（牵头单位：县发展改革委；责任单位：县水利局等）', '到2035年，基本实现现代化。',
    '\t一\n\n二\n\t\t\t', '[bookmark: _Toc1][bookmark: _Toc2]', '[bookmark: _Toc3]第四节 保障',
]
INSIDE = [
    '[bookmark: _Toc1]', '[bookmark: ', '[footnoteRef:3]', '[3:  注文。]', '[0: ', '[12]', '[  ]', '《', '》', '《某规划》（渝府发〔2018〕25号）', '（详见表2-1）', '由县生态环境局等部门负责', '达到95%以上', '【15】', '〔18〕', '\t', '到2025年，', '72.8%', ' ', '　', ' ',
    '((((((', '））））', ']]>', '<p>&amp;', '<![CDATA[', '"\'', '\u0001', '\u001b[31m', '\u007f', '\u0085', '\u2028', '\ufeff', '\ufffd', '\ufffe', '\uffff',
    '\ud7ff', '\ue000', '\U0010ffff', 'e\u0301', '\r', '\r\n', '\x0b', '\x0c', '1234567890' * 4, 'III', 'Ⅲ', '７．０～５０．６', '305（AQI）', 'word',
]
BROKEN = [b'\xff', b'\xc0\x80', b'\xed\xa0\x80', b'\xe4\xb8', b'\xf4\x90\x80\x80', b'\x80', b'\xfe']


def garbage_line(dice, clean):
    out = dice.of(STARTS).encode() if dice.below(3) else b''
    for _ in range(dice.below(4)):
        out += ''.join(dice.of(HANZI) for _ in range(dice.below(40))).encode()
        if dice.below(3) == 0:
            out += dice.of(INSIDE).encode()
        if not clean and dice.below(60) == 0:
            out += dice.of(BROKEN)
    return out + (b'\n', b'\n', b'\n', b'\n\n', b'\r\n', b'\r', b'')[dice.below(7)]


def garbage(seed):
    """bytes, nearly all of them UTF-8; those of even seeds all of them"""
    dice = Dice(seed)
    size, nul = 200 + dice.below(8000), dice.below(8) == 0
    out = b'\0' if nul else b''
    while len(out) < size:
        out += garbage_line(dice, seed % 2 == 0)
    return out


def repaired(data):
    """UTF-8 with every byte that fits nowhere replaced by U+FFFD, without byte order mark"""
    if data.startswith(b'\xef\xbb\xbf'):
        data = data[3:]
    out = []
    while True:
        try:
            return ''.join(out) + data.decode()
        except UnicodeDecodeError as e:
            out.append(data[:e.start].decode() + '\ufffd')
            data = data[e.start + 1:]


PLAN = '''某某县人民政府关于印发某某县生态环境保护“十四五”规划的通知
某府发〔2021〕74号

[bookmark: _Toc1]第一章  总体要求，
高标准建设
第一节 指标[footnoteRef:0]
强化农业面源污染防控。到2025年，森林覆盖率达到64%，朱镕基、𠮷野、㐀、二○二一年 & <和> "引号"。
[0:  注文。]
专栏1 “十四五”规划指标
	序号
	指标
	单位
	2020年
	2025年

	1
	森林覆盖率
	%
	60.1
	≥64

	2
	PM2.5
	ug/m3
	35
	<33
备注：1．说明。
第二节 主要目标
到2025年，全县生态环境持续改善，森林覆盖率达到64%，详见专栏1。
——绿色发展。依据《某市“十四五”规划》（某府发〔2021〕7号），按照《环境保护法》执行。
第二章  主要任务
强化大气污染防治。到2025年，PM2.5年均浓度控制在33微克/立方米以下，由县生态环境局、县农业农村委等部门按职责分工负责。
专栏2 重点工程
（一）水环境质量改善重点工程。建设城区污水处理厂1座，完善《排水规划》，（责任单位：县住房城乡建设委）。
名词解释
1、“一带一路”：丝绸之路经济带和21世纪海上丝绸之路。
'''


def made():
    """(name, bytes, text)"""
    yield 'utf8', PLAN.encode(), PLAN
    yield 'utf8-bom', b'\xef\xbb\xbf' + PLAN.encode(), PLAN
    yield 'gb18030', PLAN.encode('gb18030'), PLAN
    yield 'utf16le-bom', b'\xff\xfe' + PLAN.encode('utf-16-le'), PLAN
    yield 'utf16be-bom', b'\xfe\xff' + PLAN.encode('utf-16-be'), PLAN
    yield 'utf16le', PLAN.encode('utf-16-le'), PLAN
    for name, end in (('crlf', '\r\n'), ('cr', '\r'), ('mixed', '\r\n\r')):
        text = PLAN.replace('\n', end)
        yield name, text.encode(), text
    yield 'crlf-gb18030', PLAN.replace('\n', '\r\n').encode('gb18030'), PLAN.replace('\n', '\r\n')
    yield 'no-line-end', PLAN.rstrip('\n').encode(), PLAN.rstrip('\n')
    yield 'blank', b' \n\n\t\n', ' \n\n\t\n'
    yield 'one-char', '规'.encode(), '规'
    yield 'one-line', PLAN.replace('\n', '').encode(), PLAN.replace('\n', '')
    text = PLAN.replace('。', '\x01。\x1f\ufffe\uffff')
    yield 'controls', text.encode(), text
    broken = PLAN.encode().replace('县'.encode(), b'\xed\xa0\x80', 1).replace('。'.encode(), b'\xe3\x80', 1)
    yield 'broken', broken, repaired(broken)


def write(folder, name, data, text):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + '.txt'), 'wb') as f:
        f.write(data)
    with open(os.path.join(folder, name + '.utf8'), 'wb') as f:
        f.write(text.encode())


# == the text of a document ==

def text_of(path):
    """the character data of the element text, each c put back"""
    pieces, depth = [], [0]
    parser = xml.parsers.expat.ParserCreate()

    def start(name, attributes):
        if depth[0]:
            depth[0] += 1
            if name == 'c':
                pieces.append(chr(int(attributes['code'], 16)))
        elif name == 'text':
            depth[0] = 1

    def end(_):
        depth[0] -= depth[0] > 0

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda data: depth[0] and pieces.append(data)
    with open(path, 'rb') as f:
        parser.ParseFile(f)
    return ''.join(pieces).encode()


def compare_texts(pairs):
    faults = 0
    for path, source in zip(pairs[::2], pairs[1::2]):
        with open(source, 'rb') as f:
            expected = f.read()
        got = text_of(path)
        if got != expected:
            at = next((i for i, (a, b) in enumerate(zip(got, expected)) if a != b), min(len(got), len(expected)))
            print(f'{path}: {source}: differs at byte {at}: {got[at:at + 30]!r}, not {expected[at:at + 30]!r}')
            faults += 1
    return faults


# == spans ==

BLANK = '\t-\r \x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff'
BLANKS = re.compile(f'[{BLANK}]+')
AROUND = re.compile(f'^[{BLANK}]+|[{BLANK}]+$')
START = re.compile(f'^[{BLANK}]+')
END = re.compile(f'[{BLANK}]+$')
BREAK = re.compile(r'[\r\n]+')
LATIN = re.compile(r'[A-Za-z]')
MARK_START = re.compile(r'\[(?:(?:bookmark|footnoteRef):[^\n\[\]]*\]|\d{1,4}:)')


def mark_end(text, m):
    """the end of the conversion trace that begins with the match m, or None; names are short, a footnote's brackets balanced"""
    if m.group().endswith(']'):
        name = m.group()[m.group().index(':') + 1:-1]
        return m.end() if len(name.encode()) < 200 else None
    depth = 1
    for at in range(m.end(), len(text)):
        depth += (text[at] == '[') - (text[at] == ']')
        if text[at] == '\n':
            return None
        if not depth:
            return at + 1
    return None


def between_marks(text):
    """the pieces of a text between bookmarks, footnote references and footnotes"""
    at = seen = 0
    while m := MARK_START.search(text, seen):
        end = mark_end(text, m)
        seen = end or m.start() + 1
        if end:
            yield text[at:m.start()]
            at = end
    yield text[at:]


def flat(text, marks=False):
    """line breaks and the blanks around them taken out, marks too unless told; two Latin words broken apart keep one blank"""
    out = ''
    for piece in [text] if marks else between_marks(text):
        lines = BREAK.split(piece)
        for n, line in enumerate(lines):
            line = START.sub('', line) if n else line
            line = END.sub('', line) if n + 1 < len(lines) else line
            if n and out and line and LATIN.match(out[-1]) and LATIN.match(line[0]):
                out += ' '
            out += line
    return AROUND.sub('', out)


def bare(text):
    return BLANKS.sub('', ''.join(between_marks(text)))


def quotes(column):
    """the source is the column, line breaks apart"""
    return column, lambda row, source: source == row[column] or flat(source) == flat(row[column])


# relation: (the columns quoted, how the source between begin and end relates to them)
def heading(row, source):
    """label and title are all of it; a heading that runs into its text ends with 。"""
    quoted = bare(row['label'] + row['title'])
    return bare(source) in (quoted, quoted + '。')


RELATIONS = {
    'sections': ('label title', heading),
    'measures': ('lead text', lambda row, source: flat(source, marks=True) == row['text'] and row['text'].startswith(row['lead'] + '。')),
    # a table without caption has neither
    'boxes': ('label title', lambda row, source: bare(source) == bare(row['label'] + row['title']) or not row['label']),
    'cells': ('text', lambda row, source: flat(source) == row['text']),
    'indicators': ('raw', lambda row, source: flat(source) == row['raw']),
    'targets': quotes('raw'),
    'goals': ('text', lambda row, source: flat(source, marks=True) == row['text'] and row['headline'] in row['text']),
    'projects': quotes('text'),
    'duties': quotes('raw'),
    'citations': ('title', lambda row, source: source[0] + source[-1] == '《》' and flat(source[1:-1]) == row['title']),
    'crossrefs': quotes('raw'),
    'notes': ('text', lambda row, source: row['text'] in flat(source)),
    'bookmarks': ('name', lambda row, source: bare(source[10:-1]) == bare(row['name']) and source.startswith('[bookmark:')),
    'terms': ('no term definition', lambda row, source: all(bare(row[c]) in bare(source) for c in ('no', 'term', 'definition'))),
    'diagnostics': ('', lambda row, source: True),
}
# rows come in the order of the text
ORDERED = {'targets', 'goals', 'projects', 'duties', 'citations', 'crossrefs', 'terms'}

# what a duty is about: the table and its id
OBJECTS = {'indicator': ('indicators', 'observation_id'), 'measure': ('measures', 'measure_id'), 'project': ('projects', 'project_id'),
           'target': ('targets', 'target_id'), 'section': ('sections', 'section_id')}


def read_csv(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def check_row(row, source, lines, relation):
    """what is wrong with a row, or None"""
    begin, end = int(row['begin']), int(row['end'])
    if not 0 <= begin <= end <= len(source):
        return 'not in the source'
    line = source.count(b'\n', 0, begin) + 1 if lines else None
    if line and int(row['line']) != line:
        return f'line {row["line"]}, not {line}'
    try:
        text = source[begin:end].decode()
    except UnicodeDecodeError:
        return 'cuts a character'
    if line and 'col' in row and relation != 'cells':  # there it is the column of the table
        col = len(source[source.rfind(b'\n', 0, begin) + 1:begin].decode()) + 1
        if int(row['col']) != col:
            return f'column {row["col"]}, not {col}'
    columns, agrees = RELATIONS[relation]
    return None if agrees(row, text) else f'{[row[c] for c in columns.split()]} from {text!r}'


def out_of_order(rows):
    pairs = zip(rows, rows[1:])
    return [(b, 'not in the order of the text') for a, b in pairs if a['plan_id'] == b['plan_id'] and int(b['begin']) < int(a['begin'])]


def check_objects(built):
    """an object id has no foreign key, for it is of several tables"""
    ids = {kind: {(row['plan_id'], row[key]) for row in read_csv(os.path.join(built, f'csv/{table}.csv'))}
           for kind, (table, key) in OBJECTS.items()}
    duties = read_csv(os.path.join(built, 'csv/duties.csv'))
    wrong = [d for d in duties if bool(d['object_kind']) != bool(d['object_id'])
             or d['object_id'] and (d['plan_id'], d['object_id']) not in ids.get(d['object_kind'], set())]
    print(f'{len(duties)} duties, {len(wrong)} of objects that are not there')
    for d in wrong[:5]:
        print(f'  {d["plan_id"]} {d["duty_id"]}: {d["object_kind"]} {d["object_id"]}')
    return len(wrong) + (not duties)


def check_spans(built, sources):
    plans, faults = {}, 0
    for row in read_csv(os.path.join(built, 'csv/plans.csv')):
        with open(os.path.join(sources, os.path.basename(row['file'])), 'rb') as f:
            source = f.read()
        source = source[3:] if source.startswith(b'\xef\xbb\xbf') else source
        plans[row['plan_id']] = source, b'\r' not in source
    tables = {os.path.basename(p)[:-4] for p in glob.glob(os.path.join(built, 'csv/*.csv'))} - {'plans'}
    if tables != set(RELATIONS):
        print(f'tables without a rule here, or missing: {sorted(tables ^ set(RELATIONS))}')
        faults += 1
    for relation in sorted(tables & set(RELATIONS)):
        rows = read_csv(os.path.join(built, f'csv/{relation}.csv'))
        wrong = [(row, why) for row in rows for why in [check_row(row, *plans[row['plan_id']], relation)] if why]
        wrong += out_of_order(rows) if relation in ORDERED else []
        print(f'{relation}: {len(rows)} rows, {len(wrong)} wrong')
        for row, why in wrong[:5]:
            print(f'  {row["plan_id"]}:{row["line"]}: {why}')
        faults += len(wrong) + (not rows)
    return faults


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == 'made':
        for name, data, text in made():
            write(arguments[0], name, data, text)
    elif command == 'garbage':
        for seed in range(int(arguments[1]), int(arguments[2])):
            data = garbage(seed)
            write(arguments[0], f'garbage-{seed:04}', data, repaired(data))
    elif command == 'text':
        sys.exit(compare_texts(arguments) > 0)
    elif command == 'spans':
        sys.exit(check_spans(*arguments) > 0)
    elif command == 'objects':
        sys.exit(check_objects(*arguments) > 0)


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main()
