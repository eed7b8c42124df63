#!/usr/bin/python3
"""make-reference.py DIR: writes the reference pages xml.md, tables.md, diagnostics.md and checks.md into DIR, from the schema
(grammars/schema/plan.rng), the tables (extractor/write/rows_tables.c), the diagnostics (extractor/base/diag.def) and the checks
(extractor/review/check.def)."""
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RNG = '{http://relaxng.org/ns/structure/1.0}'
DOC = '{http://relaxng.org/ns/compatibility/annotations/1.0}documentation'
MADE = '<!-- 由 tests/tools/make-reference.py 生成，请勿手改。 Made by tests/tools/make-reference.py; do not edit. -->\n'


def read(path):
    with open(os.path.join(TOP, path), encoding='utf-8') as f:
        return f.read()


def two_languages(text):
    """`中文 / English` apart"""
    zh, _, en = re.sub(r'\s+', ' ', text.strip()).partition(' / ')
    return zh.strip(), en.strip()


def cell(text):
    return text.replace('|', '\\|')


def row(*cells):
    return '| ' + ' | '.join(cells) + ' |\n'


def head(*cells):
    return row(*cells) + '|' + '---|' * len(cells) + '\n'


# == XML ==

# groups of attributes shown once
GROUPS_XML = {'division': '章节的属性 attributes of divisions', 'place': '位置 place', 'known': '出处 where it was read'}

class Schema:
    def __init__(self, path):
        self.root = ET.fromstring(read(path))
        self.defines = {d.get('name'): d for d in self.root.findall(RNG + 'define')}
        self.elements = []      # (element, id), in the order of the schema
        for name, define in self.defines.items():
            for e in define.iter(RNG + 'element'):
                self.elements.append((e, name if define.find(RNG + 'element') is e else f'{name}-{e.get("name")}'))
        self.ids = {id(e): anchor for e, anchor in self.elements}

    def inside(self, pattern, optional=False, groups=False):
        """(node, optional) of attributes, elements, data and text below a pattern, not entering elements;
        with groups, a reference to a group of attributes is left as it is"""
        for node in pattern:
            tag = node.tag[len(RNG):] if node.tag.startswith(RNG) else ''
            if tag == 'ref' and groups and node.get('name') in GROUPS_XML:
                yield node, optional
            elif tag == 'ref':
                yield from self.inside(self.defines[node.get('name')], optional, groups)
            elif tag in ('attribute', 'element', 'data', 'value', 'text'):
                yield node, optional
            elif tag == 'mixed':
                yield ET.Element(RNG + 'text'), optional
                yield from self.inside(node, optional, groups)
            else:
                # of a choice, an attribute is on one side only
                yield from self.inside(node, optional or tag in ('optional', 'zeroOrMore', 'choice'), groups)

    def kind(self, pattern):
        """the type of an attribute's value or a text, for people"""
        kinds = []
        for node, _ in self.inside(pattern):
            tag = node.tag[len(RNG):]
            if tag == 'value':
                kinds.append(f'`{node.text}`' if node.text else '空 empty')
            elif tag == 'data':
                kinds.append(self.data(node))
        return '、'.join(kinds) or '文字 text'

    @staticmethod
    def data(node):
        names = {'ID': '编号 id', 'IDREF': '编号的引用 reference to an id', 'nonNegativeInteger': '整数 integer ≥ 0',
                 'positiveInteger': '整数 integer ≥ 1', 'token': ''}
        pattern = node.find(RNG + 'param')
        pattern = f'`{pattern.text}`' if pattern is not None else ''
        return ' '.join(word for word in (names[node.get('type')], pattern) if word)


def documentation(node, what):
    doc = node.find(DOC)
    if doc is None:
        sys.exit(f'plan.rng: {what} has no documentation')
    return two_languages(doc.text)


def attribute_rows(schema, pattern, name):
    """the table of the attributes of an element or a group"""
    out = []
    for node, optional in schema.inside(pattern, groups=True):
        tag = node.tag[len(RNG):]
        if tag == 'ref':
            group = node.get('name')
            out.append(row(f'[{GROUPS_XML[group]}](#{group})', '', '', ''))
        elif tag == 'attribute':
            zh, en = documentation(node, f'attribute {node.get("name")} of {name}')
            out.append(row(f'`{node.get("name")}`', cell(schema.kind(node)), '' if optional else '✓', cell(f'{zh}<br>{en}')))
    return '\n' + head('属性 attribute', '值 value', '必有 always', '说明 meaning') + ''.join(out) if out else ''


def content_of(schema, element):
    """text and children of an element, in words"""
    children, text = [], []
    for node, _ in schema.inside(element):
        tag = node.tag[len(RNG):]
        if tag == 'element' and node not in children:
            children.append(node)
        elif tag in ('text', 'data', 'value'):
            kind = '文字 text' if tag == 'text' else schema.kind([node])
            text += [kind] if kind not in text else []
    return '、'.join(text + [f'[`{c.get("name")}`](#{schema.ids[id(c)]})' for c in children]) or '无 nothing'


def xml_element(schema, element, anchor, parents):
    zh, en = documentation(element, f'element {element.get("name")}')
    out = f'\n### <a id="{anchor}"></a>`{element.get("name")}`\n\n{zh}  \n{en}\n'
    if parents:
        out += '\n在 in: ' + '、'.join(f'[`{n}`](#{a})' for n, a in parents) + '\n'
    return out + f'\n含 holds: {content_of(schema, element)}\n' + attribute_rows(schema, element, element.get('name'))


def small_elements(schema, element):
    """the elements defined within another one, as a table"""
    out = ['\n' + head('元素 element', '内容 content', '说明 meaning')]
    for child in element.iter(RNG + 'element'):
        if child is not element:
            zh, en = documentation(child, f'element {child.get("name")}')
            anchor = f'<a id="{schema.ids[id(child)]}"></a>'
            out.append(row(f'{anchor}`{child.get("name")}`', cell(content_of(schema, child)), cell(f'{zh}<br>{en}')))
    inner = next(child for child in element.iter(RNG + 'element') if child is not element)
    return ''.join(out) + attribute_rows(schema, inner, inner.get('name'))


def xml_page():
    schema = Schema('grammars/schema/plan.rng')
    parents = {anchor: [] for _, anchor in schema.elements}
    for element, anchor in schema.elements:
        for node, _ in schema.inside(element):
            if node.tag == RNG + 'element' and (element.get('name'), anchor) not in parents[schema.ids[id(node)]]:
                parents[schema.ids[id(node)]].append((element.get('name'), anchor))
    out = [MADE, XML_HEAD]
    inner = {id(child) for e, _ in schema.elements for child in e.iter(RNG + 'element') if child is not e}
    for element, anchor in schema.elements:
        if id(element) not in inner:
            out.append(xml_element(schema, element, anchor, parents[anchor]))
            if any(id(child) in inner for child in element.iter(RNG + 'element')):
                out.append(small_elements(schema, element))
    out.append('\n## 共用的属性 · Shared attributes\n')
    for group, title in GROUPS_XML.items():
        out.append(f'\n### <a id="{group}"></a>{title}\n' + attribute_rows(schema, schema.defines[group], group))
    return ''.join(out)


XML_HEAD = '''# XML 参考 · XML reference

每份规划一个 XML 文件，UTF-8，命名空间 `urn:gangmu:plan:1`，模式为 `grammars/schema/plan.rnc`（手工维护）与由它生成的 `plan.rng`。
本页由模式中的说明生成。怎样用它回答问题，见 [xml-questions.md](xml-questions.md)。

- 元素 `text` 的字符数据依次连起来，把 `<c code="…"/>` 换回它所代表的字符，就是解码成 UTF-8 的源文本，一个字节不差。
- `begin`、`end` 是源文本中的字节位置，左闭右开；`line` 是起始处的行，从 1 数。
- 推断所得（合并单元格的值、推断的地区等）只写在属性里或 `meta` 中，不混入正文。
- XML 1.0 不能容纳的字符：正文中写成 `c` 元素，属性与记录中写成 U+FFFD。
- libxml2 默认不读超过一千万字节的文字：正文中超过 4 MiB 的连续文字用空注释断开，超过 1 MiB 的属性值与记录文字截断。
- 编号（`xml:id`）在一份规划内唯一，与 CSV、数据库中的编号相同；指向编号的属性可用 `id()` 追踪。
- 正文中的 `citation`、`crossref`、`agency`、`quantity` 标出记录所在之处，`ref` 指向 `records` 中的记录。同一处同类的只标一次，互相交叉的只标在前的一个；记录一条不少。

One XML file a plan, UTF-8, namespace `urn:gangmu:plan:1`; the schema is `grammars/schema/plan.rnc`, kept by hand, and `plan.rng`
made from it. This page is made from the comments of the schema. [xml-questions.md](xml-questions.md) shows how to ask it questions.

- The character data of `text`, each `<c code="…"/>` put back, is the source decoded to UTF-8, to the byte.
- `begin` and `end` are byte offsets into that source, half-open; `line` is the line of the first byte, from 1.
- What is inferred stands in attributes or in `meta`, never in the text.
- Characters that XML 1.0 cannot hold are `c` elements in the text and U+FFFD in attributes and records.
- libxml2 reads no text of more than ten million bytes by default: runs of text over 4 MiB are parted by empty comments,
  attribute values and texts of records over 1 MiB are cut.
- Ids (`xml:id`) are unique in a plan and the same as in the CSV tables and the database.
- `citation`, `crossref`, `agency` and `quantity` in the text mark where records stand; `ref` points at the record in `records`. A place
  is marked once for each kind, and of two that cross the first is marked; the records are all there.

检验 To validate:

    xmllint --noout --relaxng grammars/schema/plan.rng output/xml/*.xml
    jing grammars/schema/plan.rng output/xml/*.xml

## 元素 · Elements
'''


# == diagnostics ==

LEVELS = {'NOTE': ('提示', 'note'), 'WARNING': ('警告', 'warning'), 'ERROR': ('错误', 'error')}
GROUPS = {'reading': '读取', 'outline': '章节', 'tables': '表格', 'indicators': '指标', 'notes': '注释',
          'references': '引用', 'metadata': '元数据'}

DIAGNOSTICS_HEAD = '''# 诊断 · Diagnostics

编译时能说的每一句话。代码不会改变，可用于筛选；`{0}`、`{1}` 是具体内容。级别：错误使文件不能编译，警告值得查看，提示说明程序做了什么判断。
诊断写在标准错误（`文件:行:列: 级别: 说明 [代码]`）、`report.txt`、表 `diagnostics` 和 XML 的 `diagnostics` 中。

Everything the compiler can say of a document. Codes are stable; `{0}` and `{1}` stand for particulars. An error keeps a file
from being compiled, a warning is worth a look, a note says what the program took something for.
'''


def c_strings(text):
    """the value of adjacent C string literals"""
    return ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)).replace('\\"', '"').replace('\\\\', '\\')


def diagnostics_page():
    out = [MADE, DIAGNOSTICS_HEAD]
    source = read('extractor/base/diag.def')
    items = r'^/\* (?P<group>[a-z ]+) \*/$|^DIAG\(\w+,\s*"(?P<code>[a-z-]+)",\s*(?P<level>\w+),\s*(?P<texts>"(?:[^"\\]|\\.)*",\s*"(?:[^"\\]|\\.)*")\)$'
    count = 0
    for m in re.finditer(items, source, re.M):
        if m['group']:
            out.append(f'\n## {GROUPS.get(m["group"], m["group"])} · {m["group"].capitalize()}\n\n')
            out.append(head('代码 code', '级别 level', '说明 text'))
            continue
        count += 1
        zh, en = (c_strings(t) for t in re.findall(r'"(?:[^"\\]|\\.)*"', m['texts']))
        out.append(row(f'`{m["code"]}`', ' '.join(LEVELS[m['level']]), cell(f'{zh}<br>{en}').replace('<c/>', '`<c/>`')))
    if count != len(re.findall(r'^DIAG\(', source, re.M)):
        sys.exit('diag.def: a row is not understood')
    return ''.join(out)


# == checks ==

CHECKS_HEAD = '''# 检查 · Checks

`gangmu check` 的全部检查，用法见 [check.md](check.md)。代码不会改变，配置和脚本用它；`{0}` … `{3}` 是具体内容。级别：错误几乎可以肯定有误，警告值得逐条核对，
提示供参考；有说明的（表注、备注）降为提示。每项检查在 `tests/check/` 有一份引发它的文本和一份相似而不引发的文本。带 ° 的是编译诊断，见 [diagnostics.md](diagnostics.md)。

All checks of `gangmu check`; how to use it is told in [check.md](check.md). Codes are stable: profiles and scripts name them. An error is almost certainly
a fault, a warning is worth a look, a note is for information; what a note or remark explains becomes a note. Each check has a text in
`tests/check/` that raises it and one that looks alike and does not. Those with ° are diagnostics, see [diagnostics.md](diagnostics.md).
'''
STRING = r'"((?:[^"\\]|\\.)*)"'


def finding_groups():
    source = read('extractor/review/finding.h')
    return [(m[1], m[2], m[3]) for m in re.finditer(r'^    GROUP\((\w+), "([^"]*)", "([^"]*)"\)', source, re.M)]


def diagnostics_by_id():
    source = read('extractor/base/diag.def')
    return {m[1]: m.groups()[1:] for m in re.finditer(rf'^DIAG\((\w+),\s*{STRING},\s*(\w+),\s*{STRING},\s*{STRING}\)$', source, re.M)}


def check_rows():
    """(group, code, level, about zh, en, text zh, en) in the order of check.def"""
    source = read('extractor/review/check.def')
    diagnostics = diagnostics_by_id()
    own = rf'CHECK\((\w+), {STRING}, (\w+), (\w+), {STRING}, {STRING}, {STRING}, {STRING}\)'
    reused = rf'REUSED\((\w+), (\w+), {STRING}, {STRING}\)'
    rows = []
    for line in re.findall(r'^(?:CHECK|REUSED)\(.*$', source, re.M):
        m = re.fullmatch(own, line)
        if m:
            rows.append((m[4], m[2], m[3]) + m.groups()[4:])
            continue
        m = re.fullmatch(reused, line) or sys.exit(f'check.def: not understood: {line}')
        code, level, zh, en = diagnostics[m[1]]
        rows.append((m[2], code + '°', level, m[3], m[4], zh, en))
    return rows


def checks_page():
    out, rows = [MADE, CHECKS_HEAD], check_rows()
    for group, zh, en in finding_groups():
        some = [r for r in rows if r[0] == group]
        if not some:
            continue
        out.append(f'\n## {zh} · {en}\n\n' + head('代码 code', '级别 level', '检查什么 what is looked for', '说明 message'))
        for _, code, level, about_zh, about_en, text_zh, text_en in some:
            mark = '°' if code.endswith('°') else ''
            out.append(row(f'`{code.rstrip("°")}`{mark}', ' '.join(LEVELS[level]), cell(f'{about_zh}<br>{about_en}'),
                           cell(f'{text_zh}<br>{text_en}').replace('<c/>', '`<c/>`')))
    return ''.join(out)


# == tables ==

TABLES_HEAD = '''# 数据表 · Tables

同样的表在 `output/gangmu.db`（SQLite）和 `output/csv/*.csv` 中。CSV：UTF-8 带 BOM，RFC 4180 引号规则，首行为列名，空格表示没有值，各行按文档顺序。
“必有”的列没有空值；“键”合起来是主键；“指向”的列连同 `plan_id` 是外键。

The same tables are in `output/gangmu.db` (SQLite) and in `output/csv/*.csv`. CSV: UTF-8 with BOM, RFC 4180 quoting, header row,
an empty field for no value, rows in document order. Columns marked ✓ are never empty; 键 columns make up the primary key;
a reference is a foreign key together with `plan_id`.
'''


def preprocessed(path):
    command = ['gcc', '-E', '-P', '-std=c11', '-D_GNU_SOURCE', '-I', 'extractor', path]
    return subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, check=True).stdout.decode('utf-8')


def texts(source, what):
    """the two texts of an initialiser `.about = {…, …}`"""
    m = re.search(r'\.about = \{\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\}', source)
    return (c_strings(m.group(1)), c_strings(m.group(2))) if m else sys.exit(f'rows_tables.c: {what} has no texts')


def columns(source):
    for part in source.split('.name = ')[1:]:
        name = c_strings(part.split(',')[0])
        flag = {f: re.search(rf'\.{f} = (1|true)\b', part) for f in ('integer', 'mixed', 'required', 'key')}
        to = re.search(r'\.references = "(\w+)"', part)
        kind = '整数 integer' if flag['integer'] else '整数或文字 integer or text' if flag['mixed'] else '文字 text'
        marks = '键 key' if flag['key'] else '✓' if flag['required'] else ''
        zh, en = texts(part, name)
        yield row(f'`{name}`', kind, marks, f'[{to.group(1)}](#{to.group(1)})' if to else '', cell(f'{zh}<br>{en}'))


def tables_page():
    source = preprocessed('extractor/write/rows_tables.c')
    arrays = {m.group(1): m.group(2) for m in
              re.finditer(r'rows_column (\w+)\[\] = \{(.*?)\};', source, re.S)}
    out = [MADE, TABLES_HEAD]
    for m in re.finditer(r'\.columns = (\w+),(.*?\.about = \{[^}]*\})', source, re.S):
        zh, en = texts(m.group(2), m.group(1))
        out.append(f'\n## {m.group(1)}\n\n{zh}  \n{en}\n\n' + head('列 column', '类型 type', '必有 always', '指向 refers to', '说明 meaning'))
        out += columns(arrays[m.group(1)])
    return ''.join(out)


def main():
    for name, page in (('xml.md', xml_page), ('diagnostics.md', diagnostics_page), ('tables.md', tables_page),
                       ('checks.md', checks_page)):
        with open(os.path.join(sys.argv[1], name), 'w', encoding='utf-8', newline='\n') as f:
            f.write(page())


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
