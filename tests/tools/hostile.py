#!/usr/bin/python3
"""Hostile documents: each tries one way to make the compiler slow, large or wrong.

hostile.py list                     name, size in full, size in small, what must be said, and compiled or refused
hostile.py make NAME SIZE FILE      writes FILE and, where the text is not FILE itself, its text FILE.utf8 (empty where only
                                    the program can say how to decode it)
hostile.py wellformed FILE          the file is XML, as far as expat sees
hostile.py mutate SEED COUNT DIR FILE...   writes COUNT mutations of pieces of the files to DIR
"""
import codecs
import os
import sys
import xml.parsers.expat

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lossless import Dice    # noqa: E402

codecs.register_error('byte by byte', lambda e: ('\ufffd', e.start + 1))

KB, MB = 1000, 1000 * 1000
HANZI = '生态环境保护规划指标森林覆盖率污染治理水质优良比例达到'
DIGITS = '〇一二三四五六七八九'


def chinese(n):
    """14 → 十四, up to 99; above as a row of digits"""
    if n > 99:
        return ''.join(DIGITS[int(d)] for d in str(n))
    tens, ones = divmod(n, 10)
    return ('' if tens < 2 else DIGITS[tens]) + ('十' if tens else '') + (DIGITS[ones] if ones or not tens else '')


def fill(piece, size):
    """the piece again and again, at least size bytes"""
    piece = piece if isinstance(piece, bytes) else piece.encode()
    return piece * (size // len(piece) + 1)


SHORT_ROWS = [f'\t甲{i}\t%\t1\t2\n' for i in range(99)]    # enough of them that every rule is used often


def table(rows, head='\t指标\t单位\t2020年\t2025年目标\n'):
    return '专栏1 “十四五”规划指标\n' + head + ''.join(rows)


def wrap(body):
    """a plan around it: a heading before, one behind"""
    body = body if isinstance(body, bytes) else body.encode()
    return '第一章 总则\n'.encode() + body + '\n第二章 附则\n完。\n'.encode()


# == one function a document: size in its own unit → bytes ==

CASES = {}


def case(full, small, says='-', outcome='compiled'):
    """the sizes of the document that the release build reads and of that for the sanitised one, what must be said
    (the name of a limit, or a code), and what becomes of the document: compiled or refused"""
    def add(function):
        CASES[function.__name__.replace('_', '-')] = (function, full, small, says, outcome)
        return function
    return add


@case(4 * MB, 20 * KB)
def one_line(n):
    return fill(HANZI, n)


@case(1 * MB, 20 * KB)
def one_line_of_sentences(n):
    return wrap(fill('强化污染防控。推进治理，到2025年达到64%；', n))


@case(60 * MB, 20 * KB, 'max-size', 'refused')
def too_large(n):
    return fill('第一章 总则\n' + '强化污染防控，推进治理' * 99 + '，到2025年达到64%。\n', n)


@case(32 * 1000 * KB, 20 * KB, 'max-lines', 'refused')
def newlines(n):
    return b'\n' * n


@case(900 * KB, 20 * KB)
def newlines_within_the_limit(n):
    return b'\n' * n


@case(900 * KB, 10 * KB)
def returns(n):
    return b'\r\r\n' * (n // 2)


@case(100 * KB, 1 * KB)
def chapters_and_sections(n):
    return ''.join(f'第{chinese(i // 2 % 99 + 1)}{"节" if i % 2 else "章"} 总则\n' for i in range(n)).encode()


@case(100 * KB, 1 * KB)
def items_and_subitems(n):
    return ''.join(f'（{chinese(i % 99 + 1)}）深化治理\n' if i % 2 else f'{chinese(i % 99 + 1)}、总体要求\n' for i in range(n)).encode()


@case(100 * KB, 1 * KB)
def headings_with_text(n):
    return ''.join(f'（{chinese(i % 99 + 1)}）深化治理。强化污染防控。推进治理。\n' for i in range(n)).encode()


@case(10 * KB, 2 * KB, 'table-columns')
def wide_row(n):
    return wrap(table(['\t' + '\t'.join(str(i) for i in range(n)) + '\n']))


@case(200 * KB, 2 * KB)
def many_cells(n):
    return wrap(table(f'\t森林覆盖率{i}\t%\t{i}.5\t≥{i}\n' for i in range(n // 4)))


@case(200 * KB, 2 * KB)
def many_cells_in_lines(n):
    return wrap(table((f'\n\t覆盖率{i}\n\t%\n\t{i}.5\n\t≥{i}\n' for i in range(n // 4)), '\t指标\n\t单位\n\t2020年\n\t2025年目标\n'))


@case(500 * KB, 2 * KB, 'table-cells')
def more_cells_than_a_table_may_have(n):
    return wrap(table(f'\t{i}\t%\t1\t2\n' for i in range(n // 4)))


@case(200 * KB, 2 * KB)
def fragments(n):
    """runs of cells of every length, parted by blank lines"""
    return wrap(table(''.join(f'\t{i}\n' for i in range(k * 7 % 5 + 1)) + '\n' for k in range(n // 3)))


@case(200 * KB, 1 * KB)
def short_rows(n):
    """each row half as long as the table is wide: every one is fitted"""
    head = '\t指标' + ''.join(f'\t{2000 + i}年' for i in range(59)) + '\n'
    return wrap(table((f'\t名{i}' + '\t—' * 15 + '\t12' * 14 + '\n' for i in range(n // 30)), head))


@case(100 * KB, 2 * KB, 'table-places')
def sparse_rows(n):
    head = '\t指标' + ''.join(f'\t{2000 + i}年' for i in range(59)) + '\n'
    return wrap(table([f'\t甲{i}\t1\n' for i in range(n // 2)], head))


@case(200 * KB, 2 * KB, 'observations')
def many_observations(n):
    head = '\t指标' + ''.join(f'\t{2000 + i}年' for i in range(49)) + '\n'
    return wrap(table([f'\t甲{i}' + '\t1' * 49 + '\n' for i in range(n // 50)], head))


@case(200 * KB, 2 * KB)
def rows_of_two_lengths(n):
    return wrap(table(['\t甲\t1\t2\n'] * (n // 7) + ['\t甲\t%\t1\t2\n'] * (n // 7)))


@case(100 * KB, 1 * KB, 'merged-text')
def blank_cells_under_a_long_one(n):
    return wrap(table(['\t甲\t%\t1\t稳定达标' + '稳' * n + '\n'] + ['\t乙\t%\t1\t\n'] * (n // 10)))


@case(100 * KB, 1 * KB)
def long_names(n):
    head = '\t指标' + ''.join(f'\t{2000 + i}年' for i in range(59)) + '\n'
    short = '\t甲' + '\t1' * 59 + '\n'
    return wrap(table([short, short, '\t' + '名' * n + '\t1' * 59 + '\n', short], head))


@case(100 * KB, 1 * KB, 'row-text')
def long_group(n):
    return wrap(table(['\t' + '组' * n + '\n\n'] + [f'\t乙{i}\t%\t1\t2\n\n' for i in range(n // 10)], '\t指标\t单位\t2020年\t2025年目标\n\n'))


@case(100 * KB, 1 * KB)
def long_unit(n):
    return wrap(table(['\t#甲\t' + '某' * n + '\t1\t2\n'] + ['\t#乙\t\t1\t2\n'] * (n // 10)))


@case(100 * KB, 1 * KB, 'note-size')
def marks_and_long_notes(n):
    rows = [f'\t名称甲乙丙{i}（1）（2）*\t%\t1\t2*\n' for i in range(n // 10)]
    return wrap(table(rows) + ''.join(f'注：{i}．' + '名称甲乙丁' * (n // 200) + '。\n' for i in range(9)))


@case(100 * KB, 1 * KB, 'mark-notes')
def marks_with_notes(n):
    return wrap(table(['\t甲（1）*\t%\t1\t2*\n'] * (n // 10)) + '注：（1）五年平均。\n*为预计。\n')


@case(10 * KB, 1 * KB, 'table-notes')
def many_notes(n):
    return wrap(table(['\t甲（1）\t%\t1\t2\n'] * 9) + '备注：' + ''.join(f'{i % 99 + 1}．说明。\n' for i in range(n)))


@case(100 * KB, 1 * KB, 'note-likeness')
def marks_alike(n):
    """every note is compared with every name, and none is like it"""
    rows = ['\t' + '甲' * 64 + f'{i:06}（99）\t%\t1\t2*\n' + '\t丙\t%\t1\t2\n\t丁\t%\t1\t2\n' for i in range(n // 30)]
    notes = '注：' + ''.join(f'{i}．' + '乙' * 3 + '甲' * 3 + '乙甲甲乙' * 190 + '。\n' for i in range(1, 64))
    return wrap(table(rows) + notes)


@case(100 * KB, 1 * KB)
def marked_lines_in_cells(n):
    return wrap(table(f'\t{i}\n(5)说明\n*无\n' for i in range(n)))


@case(1 * MB, 10 * KB)
def pipes(n):
    return wrap('专栏1 指标\n' + '|指标|单位|2025年|\n|-|-|-|\n' + '|甲|%|1|\n' * (n // 12))


@case(1 * MB, 10 * KB)
def bars(n):
    return b'|' * n


@case(1 * MB, 10 * KB)
def nul_bytes(n):
    return wrap(fill('生态环境保护规划\0指标森林覆盖率达到', n))


@case(1 * MB, 10 * KB, 'binary', 'refused')
def zeros(n):
    return b'\0' * n


@case(1 * MB, 10 * KB)
def control_chars(n):
    return wrap(fill('生态环境保护规划\x01指标\x1b[31m森林覆盖率\x7f达到\x0b\x0c\n', n))


@case(1 * MB, 10 * KB)
def lone_surrogates_utf8(n):
    return wrap(fill('生态环境保护规划指标森林覆盖'.encode() + b'\xed\xa0\x80\n', n))


@case(1 * MB, 10 * KB)
def cesu(n):
    return wrap(fill('生态环境保护规划指标森林覆盖率污染治理水质优良'.encode() + b'\xed\xa0\xbd\xed\xb8\x80', n))


@case(1 * MB, 10 * KB)
def lone_surrogates_utf16(n):
    return b'\xff\xfe' + fill('规划\n'.encode('utf-16-le') + b'\x00\xd8' + '生'.encode('utf-16-le') + b'\x00\xdc', n)


@case(1 * MB, 10 * KB)
def odd_utf16(n):
    return b'\xfe\xff' + fill('第一章 总则\n生态环境保护。\n'.encode('utf-16-be'), n) + b'\x4e'


@case(1 * MB, 10 * KB)
def supplementary_utf16(n):
    """pairs at odd and even places, so that some lie across any buffer's end"""
    return b'\xff\xfe' + fill(('𠮷' * 999 + '规').encode('utf-16-le'), n)


@case(1 * MB, 10 * KB)
def supplementary_gb18030(n):
    return fill(('第一章 总则\n' + '𠮷' * 999 + '规').encode('gb18030'), n)


@case(1 * MB, 10 * KB)
def broken_utf8(n):
    return wrap(fill('生态环境保护规划指标森林覆盖率污染'.encode() + b'\xff' + '治'.encode() + b'\xc0\x80' + '理'.encode() * 9 + b'\xe4\xb8', n))


@case(1 * MB, 10 * KB, 'binary', 'refused')
def nothing_but_broken_utf8(n):
    return fill(b'\xff\x80\xc0\xfe', n)


@case(1 * MB, 10 * KB)
def square_brackets(n):
    return b'[' * n


@case(1 * MB, 10 * KB)
def square_brackets_closed(n):
    return b'[' * (n // 2) + b']' * (n // 2)


@case(1 * MB, 10 * KB)
def round_brackets(n):
    return fill('（', n)


@case(1 * MB, 10 * KB)
def ascii_brackets(n):
    return wrap(b'(' * n)


@case(1 * MB, 10 * KB)
def title_marks(n):
    return fill('《', n)


@case(1 * MB, 10 * KB)
def quotes(n):
    return wrap(fill('“', n))


@case(1 * MB, 10 * KB)
def lenticular_brackets_in_a_cell(n):
    return wrap(table(['\t甲\t%\t' + '【' * (n // 3) + '\t2\n']))


@case(1 * MB, 2 * KB, 'marks')
def bookmarks(n):
    return fill('[bookmark: a]', n * 13)


@case(200 * KB, 2 * KB)
def bookmarks_in_lines(n):
    return fill('[bookmark: a]\n\n第一章 总则\n文[bookmark: b]\n', n * 10)


@case(2 * MB, 10 * KB, 'mark-name')
def bookmarks_with_long_names(n):
    return wrap(fill('[bookmark: ' + 'a' * 300 + ']', n))


@case(2 * MB, 10 * KB)
def bookmarks_open(n):
    return fill('[bookmark: ', n)


@case(2 * MB, 10 * KB, 'footnote-brackets')
def footnotes_open(n):
    return fill('[1: ', n)


@case(2 * MB, 10 * KB)
def footnotes_open_with_text(n):
    return fill('[1: ' + '注' * 50, n)


@case(2 * MB, 10 * KB, 'footnote-size')
def footnotes_too_long(n):
    return wrap(fill('[1: ' + '注' * 7000 + ']', n))


@case(2 * MB, 10 * KB)
def footnotes_unbalanced(n):
    return fill('[1: [2: [3: ]', n)


@case(100 * KB, 1 * KB, 'footnote-no-text')
def footnotes_without_text(n):
    return wrap(fill('文字[footnoteRef:1]', n * 20))


@case(100 * KB, 1 * KB, 'footnote-no-ref')
def footnotes_without_reference(n):
    return wrap(fill('文字[1:  注文。]', n * 20))


@case(50 * KB, 1 * KB)
def footnotes(n):
    body = ''.join(f'第{chinese(i % 99 + 1)}节 文字\n强化污染防控。推进[footnoteRef:{i % 10000}]治理。\n' for i in range(n))
    return wrap(body + ''.join(f'[{i % 10000}:  注文。]\n' for i in range(n)))


@case(100 * KB, 1 * KB)
def broken_paragraph(n):
    return wrap('\n'.join(['强化农业面源污染防控推进治理达到目标'] * n))


@case(100 * KB, 1 * KB)
def broken_cell(n):
    return wrap(table(['\t甲\n', '强化农业面源污染防控\n' * n, '\t乙\n\t丙\n']))


@case(100 * KB, 1 * KB, 'contents-lines')
def contents_of_headings(n):
    entries = ''.join(f'第{chinese(i % 99 + 1)}章 总则\n（{chinese(i % 99 + 1)}）目标\n' for i in range(n))
    return ('目　录\n第999章 附则\n' + entries + '文。\n').encode()


@case(300 * KB, 1 * KB, 'contents-effort')
def contents_of_other_headings(n):
    return ''.join(f'目录\n第{i % 999 + 1}章 总则\n文' + '\n' for i in range(n // 3)).encode()


@case(100 * KB, 1 * KB)
def contents(n):
    return ('目　录\n' + ''.join(f'第{chinese(i % 99 + 1)}章 总则…………{i % 999}\n' for i in range(n)) + '第一章 总则\n文。\n').encode()


@case(100 * KB, 1 * KB)
def contents_again_and_again(n):
    return fill('目录\n', n * 7)


@case(100 * KB, 1 * KB)
def contents_with_text(n):
    return fill('目录\n强化污染防控\n', n * 26)


@case(2 * MB, 10 * KB)
def dots(n):
    return fill('一' + '…' * 98 + '\n', n)


@case(2 * MB, 10 * KB)
def dots_and_a_digit(n):
    return fill('一' + '.' * 99 + ' . ' * 40 + 'x' + '.' * 70 + '9\n', n)


@case(2 * MB, 10 * KB)
def dots_and_blanks(n):
    return fill('第' + ' ' * 60 + '.' * 200 + '  x\n', n)


@case(2 * MB, 10 * KB)
def blanks_in_a_name(n):
    return wrap(table(SHORT_ROWS + ['\t甲' + ' ' * n + '乙（%\t%\t1\t2\n']))


@case(2 * MB, 10 * KB, 'rule-steps')
def blanks_in_names(n):
    return wrap(table(SHORT_ROWS + ['\t甲' + ' ' * 500 + '乙（%\t%\t1\t2\n\t丙\t%\t1\t2\n\t丁\t%\t1\t2\n'] * (n // 560)))


@case(2 * MB, 10 * KB, 'rule-text')
def digits_in_a_value(n):
    return wrap(table(SHORT_ROWS + ['\t甲\t%\t' + '1 ' * (n // 2) + '\t2\n']))


@case(2 * MB, 10 * KB)
def digits_in_values(n):
    return wrap(table(SHORT_ROWS + ['\t甲\t%\t' + '1 ' * 290 + '\t2\n\t丙\t%\t1\t2\n\t丁\t%\t1\t2\n'] * (n // 640)))


@case(2 * MB, 10 * KB)
def brackets_in_values(n):
    row = '\t甲\t%\t≥[' + ' ' * 150 + '1' + ' ' * 150 + '\t（1）' + ' （2）' * 50 + '\n\t丙\t%\t1\t2\n\t丁\t%\t1\t2\n'
    return wrap(table(SHORT_ROWS + [row] * (n // 720)))


@case(2 * MB, 10 * KB)
def long_caption(n):
    return wrap('专栏1 “工程、\n' + '重点工程项目' * (n // 18) + '\n\t1\n\t2\n')


@case(200 * KB, 2 * KB)
def references(n):
    return ''.join(f'专栏{i % 999 + 1} 重点工程项目\n见专栏{i % 999 + 1}、（详见表{i}）。\n' for i in range(n)).encode()


@case(1 * MB, 10 * KB)
def figures_in_brackets(n):
    return wrap(fill('到2025年（', 12) + fill('建成1亩、', n))


@case(1 * MB, 10 * KB)
def figures(n):
    return wrap(fill('到2025年，建成公园12个、绿地5亩，', n))


@case(1 * MB, 10 * KB)
def figures_in_sentences(n):
    return '忠县生态环境保护“十四五”规划\n第一章 任务\n'.encode() + fill('到2025年，建成公园12个、绿地5亩。规划期内，甲、乙、丙河达标率分别达到1%、2%、3%。' * 20 + '\n', n)


@case(1 * MB, 10 * KB)
def programmes(n):
    return wrap('专栏1 重点工程项目\n' + '1．治理工程：' + '新建管网5公里、改造1个，' * (n // 30) + '\n')


@case(1 * MB, 10 * KB)
def programmes_in_lines(n):
    return wrap('专栏1 重点工程项目\n' + '（一）治理工程。涉及项目3项，投资5亿元。新建管网5公里、改造1个。\n' * (n // 80))


@case(1 * MB, 10 * KB)
def glossary(n):
    return ('名词解释\n' + '1．规划：治理。\n' * (n // 20) + '2．' + '甲' * (n // 6) + '：' + '乙' * (n // 6) + '\n').encode()


@case(1 * MB, 10 * KB)
def duties(n):
    return wrap(fill('责任单位：县生态环境局、县水利局、县发展改革委等。（县教委牵头，县财政局配合）\n', n))


@case(200 * KB, 5 * KB, 'duties')
def duties_of_merged_cells(n):
    head = '\t指标\t单位\t2025年目标\t责任单位\n'
    return wrap(table(['\t甲\t%\t1\t' + '局、' * 160 + '\n'] + ['\t乙\t%\t1\t\n'] * (n // 16), head))


@case(1 * MB, 10 * KB)
def bodies(n):
    return wrap(fill('公安、交通、生态环境单位', n))


@case(1 * MB, 10 * KB)
def bodies_in_brackets(n):
    return wrap(fill('（单位部门负责负责负责牵头', n))


@case(1 * MB, 10 * KB)
def bodies_in_one_sentence(n):
    return wrap(fill('按照按照按照在在在县公安局结合', n))


@case(1 * MB, 10 * KB)
def titles(n):
    return wrap(fill('《甲〉《乙》（渝府发〔2018〕25号）', n))


@case(100 * KB, 2 * KB)
def projects_of_a_long_group(n):
    head = '\t领域\t重点项目\n\n'
    return wrap('专栏1 重点工程项目\n' + head + '\t' + '组' * n + '\n\t' + '（一）治理工程。新建管网5公里。\n' * (n // 20) + '\n')


@case(1 * MB, 10 * KB)
def goals(n):
    return '第一章 主要目标\n'.encode() + fill('——环境质量持续改善。到2025年，达到64%。\n', n)


@case(1 * MB, 10 * KB)
def pipe_rules(n):
    return fill('|-|-|\n文\n', n)


@case(1 * MB, 10 * KB)
def weak_headings(n):
    return '第一章 总则\n'.encode() + fill('第二章总则\n第一节总则\n第一条 总则\n', n)


@case(1 * MB, 10 * KB)
def returns_in_footnotes(n):
    return fill('[1: 注\r文]\r[bookmark: a\r]', n)


@case(1 * MB, 10 * KB)
def ideographic_blanks(n):
    return wrap(fill('　　 ', n) + '文'.encode())


@case(1 * MB, 10 * KB)
def ideographic_paragraphs(n):
    return wrap(fill('　　强化污染防控', n))


@case(1 * MB, 10 * KB)
def combining_marks(n):
    return wrap(fill('规' + '\u0301' * 150 + '\n', n))


@case(1 * MB, 10 * KB)
def compatibility_chars(n):
    """chars that folding makes eighteen of"""
    return wrap(fill('\ufdfa' * 90 + '\n', n))


@case(1 * MB, 10 * KB)
def private_use(n):
    return wrap(fill('规划\ue000\uf8ff\U000f0000\U0010fffd\n', n))


@case(1 * MB, 10 * KB)
def noncharacters(n):
    return wrap(fill('规划\ufffe\uffff\U0001ffff\ufdd0\n', n))


@case(1 * MB, 10 * KB)
def markup(n):
    return wrap(fill('<p>&amp;]]><![CDATA["\'<!-- -->\n', n))


@case(200 * KB, 2 * KB)
def captions(n):
    return ''.join(f'专栏{i % 999 + 1} 重点工程项目\n' for i in range(n)).encode()


@case(200 * KB, 2 * KB)
def cells_apart(n):
    return wrap(fill('\t1\n\n\n强化污染防控，推进治理达到目标。\n', n * 10))


@case(500 * KB, 5 * KB)
def region_names(n):
    return fill('重庆市石柱县忠县开州区北京市朝阳区鼓楼区城区', n)


def mixture(seed):
    pieces = ['\t', '\n', '\n', '\n\t', '[', ']', '（', '）', '1', '25', '%', '。', '，', '专栏1 指标\n', '第一章 ', '一、', '《', '》', '“', '”', ' ', '　', '[1: ',
              '[bookmark: a]', '[footnoteRef:1]', '指标', '单位', '2025年', '目标', '\r', '注：', '（1）', '*', '|', '——', '目录\n', '…', '\0', '\ufeff', '𠮷']

    def make(n):
        dice, out, size = Dice(seed), [], 0
        while size < n:
            piece = dice.of(pieces) if dice.below(3) else ''.join(dice.of(HANZI) for _ in range(dice.below(30)))
            out.append(piece)
            size += len(piece.encode())
        return ''.join(out).encode()
    return make


def noise(seed):
    def make(n):
        dice = Dice(seed)
        return bytes(dice.below(256) for _ in range(n))
    return make


def named(name, function):
    function.__name__ = name
    return function


for s in range(1, 5):
    case(300 * KB, 10 * KB)(named(f'mixture_{s}', mixture(s)))
for s in range(1, 4):
    case(300 * KB, 10 * KB)(named(f'noise_{s}', noise(s)))


# == texts ==

def text_of(name, data):
    """what the decoded text must be, or None where only the program can say"""
    if name.startswith('noise') or name.startswith('nothing'):
        return None
    for mark, codec in ((b'\xff\xfe', 'utf-16-le'), (b'\xfe\xff', 'utf-16-be')):
        if data.startswith(mark):
            return data[2:].decode(codec, errors='replace')
    if name.endswith('gb18030'):
        return data.decode('gb18030')
    return data.removeprefix(codecs.BOM_UTF8).decode(errors='byte by byte')


# == mutations ==

def pieces_of(path, size):
    with open(path, 'rb') as f:
        data = f.read()
    return [data[i:i + size] for i in range(0, len(data), size)]


def mutate(dice, data, other):
    out = bytearray(data)
    for _ in range(1 + dice.below(8)):
        at, n = dice.below(len(out) + 1), dice.below(60)
        kind = dice.below(7)
        if kind == 0:
            del out[at:at + n]
        elif kind == 1:
            out[at:at] = out[at:at + n] * (1 + dice.below(4))
        elif kind == 2 and at < len(out):
            out[at] = dice.below(256)
        elif kind == 3:
            begin = dice.below(len(other) + 1)
            out[at:at] = other[begin:begin + 4 * n]
        elif kind == 4:
            out[at:at] = dice.of(('\n', '\t', '\n\n', '\r', '　　', '第一章 ', '专栏1 指标\n', '[1: ', ']', '（1）', '注：', '\0')).encode()
        elif kind == 5:
            out[at:at + n] = out[at:at + n].replace(b'\n', b'')
        else:
            out[at:at + n] = out[at:at + n].replace(b'\t', b'\n\t')
    return bytes(out)


def write(path, data):
    with open(path, 'wb') as f:
        f.write(data)


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == 'list':
        for name, (_, *rest) in CASES.items():
            print(name, *rest)
    elif command == 'make':
        name, size, path = arguments[0], int(arguments[1]), arguments[2]
        data = CASES[name][0](size)
        text = text_of(name, data)
        write(path, data)
        if text is None or text.encode() != data:
            write(path + '.utf8', (text or '').encode())
    elif command == 'wellformed':
        with open(arguments[0], 'rb') as f:
            xml.parsers.expat.ParserCreate().ParseFile(f)
    elif command == 'mutate':
        dice, count, folder = Dice(int(arguments[0])), int(arguments[1]), arguments[2]
        pieces = [p for path in arguments[3:] for p in pieces_of(path, 3000)]
        os.makedirs(folder, exist_ok=True)
        for i in range(count):
            write(os.path.join(folder, f'm{i:04}'), mutate(dice, dice.of(pieces), dice.of(pieces)))


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
