"""check.py DIR GANGMU [OPTION]...: reckons ranks, medians, gaps and groups anew from the database, with fractions, and compares."""
import csv, io, re, sqlite3, subprocess, sys
from collections import defaultdict
from fractions import Fraction as F
root, gangmu = sys.argv[1], sys.argv[2:]
run = lambda *a: subprocess.run([*gangmu, *a, '-C', root], check=True, capture_output=True).stdout.decode('utf-8-sig')
rows = lambda *a: list(csv.DictReader(io.StringIO(run(*a)), strict=True))
db = sqlite3.connect(f'file:{root}/gangmu.db?mode=ro', uri=True)
db.row_factory = sqlite3.Row
plans = {p['plan_id']: p for p in db.execute('SELECT * FROM plans')}

# the panel has every figure once, as the database has it
panel = rows('panel')
there = {(r['plan_id'], r['observation_id']): r for r in db.execute('SELECT * FROM indicators')}
there |= {(r['plan_id'], r['target_id']): r for r in db.execute('SELECT * FROM targets')}
assert len(panel) == len(there) and {(r['plan_id'], r['record_id']) for r in panel} == set(there)
text = lambda v: '' if v is None else str(v)
for r in panel:
    d = there[r['plan_id'], r['record_id']]
    for c in 'indicator_code year op value value_high unit unit_code norm_value norm_unit raw line col begin end concept_value'.split():
        assert r[c] == text(d[c]), (r, c)
    noted = d['noted_basis'] if 'noted_basis' in d.keys() else None
    own = d['inferred'] and 'basis' in d['inferred']
    assert r['basis'] == (noted or (text(d['basis']) if 'basis' not in r['inferred'] or own else 'cumulative')), r
    assert r['indicator_read'] == text(d['indicator' if r['source'] == 'table' else 'subject'])
    p = plans[r['plan_id']]
    assert r['file'] == p['file'] and r['region_code'] == text(p['region_code']) and r['period'] == text(p['period'])

# at most one is taken of a plan, indicator, year and role; agreement and contradiction
groups = defaultdict(list)
for r in panel:
    groups[r['plan_id'], r['indicator_code'] or '?' + r['indicator_read'], r['year'], r['role']].append(r)
for g in groups.values():
    taken = [r for r in g if r['taken']]
    assert len(taken) <= 1, g
    if len(g) == 1 and g[0]['why'] != 'too-many':
        assert taken, g
    by_id = {r['record_id']: r for r in g}
    for r in g:
        for other in r['conflict'].split():
            assert r['record_id'] in by_id[other]['conflict'].split()
            assert {r['why'], by_id[other]['why']} == {'table', 'beside'} or F(r['norm_value'] or r['value']) != F(by_id[other]['norm_value'] or by_id[other]['value'])
        for other in g:
            if r['agrees'] and r['agrees'] == other['agrees'] and r['value']:
                assert F(r['norm_value'] or r['value']) == F(other['norm_value'] or other['value'])

# ranks and spread, from the figures shown
peers = defaultdict(list)
for p in plans.values():
    peers[p['end_year'], p['period'], p['region_level'], p['field']].append(p['plan_id'])
order = {r: i for i, r in enumerate(['nation', 'province', 'prefecture', 'county'])}
names = sorted(peers, key=lambda k: (k[0] or 0, k[1] or '', order.get(k[2], 4), (k[3] or '').encode()))
ranked = 0
for m in rows('compare', '-f', 'csv'):
    for i, name in enumerate(names):
        key = f'peers{i + 1}.' if len(names) > 1 else ''
        numbers = {}
        for p in peers[name]:
            value, shown = m[p + '.target'], m[p + '.shown']
            against = shown[:1] in '≤<' and m['direction'] == 'up' or shown[:1] in '≥>' and m['direction'] == 'down'
            if value and not (shown and against):
                up = m['direction'] == 'up'
                asks = {'>': 1, '<': 1, '≈': -1}.get(shown[:1], 0)
                numbers[p] = (('[' in shown or shown[:1] == '较' or '(算作累计)' in shown or '(as of the period)' in shown) and 1) or ('/年' in shown and 2) or 0, (F(value), asks if up else -asks)
        kinds = [b for b, _ in numbers.values()]
        best = max((0, 1, 2), key=lambda b: (kinds.count(b), -b))
        numbers = {p: v for p, (b, v) in numbers.items() if b == best}
        values = sorted(v for v, _ in numbers.values())
        assert m[key + 'count'] == (str(len(values)) if values else ''), (m['indicator'], name, numbers)
        if len(values) > 1:
            n = len(values)
            assert F(m[key + 'min']) == values[0] and F(m[key + 'max']) == values[-1]
            assert F(m[key + 'median']) == (values[(n - 1) // 2] + values[n // 2]) / 2, (m['indicator'], values)
        for p in peers[name]:
            want = ''
            if p in numbers and len(values) > 1 and m['direction']:
                better = (lambda v: v > numbers[p]) if m['direction'] == 'up' else (lambda v: v < numbers[p])
                want = str(1 + sum(map(better, numbers.values())))
                ranked += 1
            assert m[p + '.rank'] == want, (m['indicator'], p, want, m[p + '.rank'])
assert ranked > 5, ranked

# gaps: number minus number, percent rounded half away from zero
def close(part, whole, said):
    exact = part / abs(whole) * 100
    return abs(F(said) - exact) <= F(1, 20)
number = lambda s: F(re.sub(r'[^0-9.]', '', s))
some = 0
for r in rows('compare', '--what', 'ratchet', '-f', 'csv'):
    for of, gap in ('superior', 'superior_gap'), ('base', 'base_gap'), ('last_target', 'last_gap'), ('neighbour_median', 'median_gap'):
        if r[gap]:
            other = number(re.sub(r'\(.*?\)', '', r[of]))
            assert F(r[gap]) == F(r['target_value']) - other, (r, gap)
            assert not r[gap + '_percent'] or close(F(r[gap]), other, r[gap + '_percent']), (r, gap)
            some += 1
    assert r['target.place'] and bool(r['superior']) == bool(r['superior.place'])
    assert r['strictness'] in ('', 'stricter', 'looser', 'equal', 'incomparable', 'delegated')
assert some > 5, some

# themes: shares add up to a hundred but for rounding
themes = rows('compare', '--what', 'themes', '-f', 'csv')
for p in plans:
    shares = [F(t[p]) for t in themes if t[p]]
    assert not shares or abs(sum(shares) - 100) <= F(len(shares), 20), (p, shares)
agencies = rows('compare', '--what', 'agencies', '-f', 'csv')
for p in plans:
    assert sum(int(a[p] or 0) for a in agencies) == db.execute('SELECT count(*) FROM duties WHERE plan_id = ?', [p]).fetchone()[0]
