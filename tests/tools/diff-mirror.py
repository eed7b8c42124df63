#!/usr/bin/python3
"""diff-mirror.py AB.json BA.json: says where diff(B, A) is not diff(A, B) seen in a mirror. Silent when it is.
Says too where the counts of a group are not the sum of its pairs and of what one plan has alone."""
import json
import sys

OTHER = {'added': 'dropped', 'dropped': 'added', 'given': 'omitted', 'omitted': 'given', 'raised': 'lowered', 'lowered': 'raised',
         'stricter': 'looser', 'looser': 'stricter'}
GROUPS = ('outline', 'indicators', 'results', 'targets', 'measures', 'projects', 'duties', 'wording')


def other(word):
    return OTHER.get(word, word)


def piece(p, mirror):
    if p[0] == 'same':
        return ('same', p[2], p[1]) if mirror else tuple(p)
    return (({'gone': 'new', 'new': 'gone'}[p[0]] if mirror else p[0]), p[1])


def pieces(c, mirror):
    """between two equal stretches, what is gone and what is new are a set"""
    out, run = [], []
    for p in [piece(p, mirror) for p in c.get('pieces', [])]:
        if p[0] == 'same':
            out += sorted(run) + [p]
            run = []
        else:
            run.append(p)
    return out + sorted(run)


def change(c, mirror):
    a, b = ('b', 'a') if mirror else ('a', 'b')
    kind = other(c['kind']) if mirror else c['kind']
    strict = c.get('strictness', '')
    return (kind, c['field'], c.get('role', ''), str(c.get('year_' + a)), str(c.get('year_' + b)),
            other(strict) if mirror else strict, c.get('note', ''), json.dumps(c[a], sort_keys=True),
            json.dumps(c[b], sort_keys=True), json.dumps(pieces(c, mirror)))


def entry(e, mirror):
    a, b = ('b', 'a') if mirror else ('a', 'b')
    changes = [change(c, mirror) for c in e['changes'] if 'sentence' not in c['field'] or c['kind'] != 'moved']
    return (json.dumps(e[a], sort_keys=True), json.dumps(e[b], sort_keys=True), str(e.get('how')),
            str(e.get('likeness')), tuple(sorted(changes)))


def group(g, mirror):
    """all of it, and the sentences that went from one paragraph to another, which stand in both"""
    moved = {change(c, mirror)[7:] for e in g['entries'] for c in e['changes']
             if c['kind'] == 'moved' and 'sentence' in c['field']}
    counts = sorted((other(k) if mirror else k, n) for k, n in g['changes'].items())
    a, b = ('count_b', 'count_a') if mirror else ('count_a', 'count_b')
    head = [g[a], g[b], g['pairs'], g['same'], counts]
    return head, sorted(entry(e, mirror) for e in g['entries']), sorted(moved)


def sums(g):
    """records are pairs, dropped or added"""
    n = {k: sum(c['kind'] == k and c['field'] == 'record' for e in g['entries'] for c in e['changes'])
         for k in ('dropped', 'added')}
    return g['count_a'] == g['pairs'] + n['dropped'] and g['count_b'] == g['pairs'] + n['added']


def main():
    ab, ba = (json.load(open(path, encoding='utf-8')) for path in sys.argv[1:3])
    if ab['a'] != ba['b'] or ab['b'] != ba['a']:
        print('plans:', ab['a'], ba['b'])
    for name in GROUPS:
        if name not in ('results', 'wording') and not sums(ab[name]):
            print(name, 'does not add up')
        one, two = group(ab[name], False), group(ba[name], True)
        for x, y in zip(one, two):
            if x != y:
                both = [[r for r in x if r not in y], [r for r in y if r not in x]] if isinstance(x, list) else [x, y]
                print(name, 'A,B only:', both[0][:2], 'B,A only:', both[1][:2])
    if ab.get('promises') != ba.get('promises'):
        flip = json.loads(json.dumps(ba.get('promises')).replace('"plan": "a"', '"plan": "x"')
                          .replace('"plan": "b"', '"plan": "a"').replace('"plan": "x"', '"plan": "b"'))
        if ab.get('promises') != flip:
            print('promises differ')


main()
