#!/usr/bin/python3
"""bench_diff.py: gangmu diff beside xmldiff, a tree diff, on the same two plans (the real ones of corpus/), as a ratio;
and its time on made plans of 100 KB to 10 MB. xmldiff (Debian package `xmldiff`) gets the XML that gangmu writes;
gangmu reads the plans' text itself. Best of ROUNDS; the tree diff runs once a pair, for it takes seconds.

By default xmldiff pairs elements of the same xml:id, whatever stands in them: fast, but no comparison of two counties,
whose ids say nothing. The ratio that counts (WANTED) is to that; for the first pair it also runs by content."""
import glob
import os
import random
import shutil
import subprocess
import sys
import time

ROUNDS = 5
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORK = os.path.join(TOP, 'build/bench')
GANGMU = os.environ.get('GANGMU', os.path.join(TOP, 'gangmu'))
WANTED = 10     # times as fast as the tree diff


def seconds(command, rounds, good=(0, 1)):
    best = None
    for _ in range(rounds):
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        took = time.perf_counter() - start
        if done.returncode not in good:
            sys.exit(f'bench_diff.py: 退出码 exit status {done.returncode}: {" ".join(command)}')
        best = took if best is None else min(best, took)
    return best


def made(size, seed):
    """the real plans one after the other up to a size, a place in half of the long paragraphs changed"""
    rnd = random.Random(seed)
    texts = []
    for path in sorted(glob.glob(os.path.join(TOP, 'corpus/*.txt'))):
        with open(path, encoding='utf-8') as f:
            texts.append(f.read())
    path = os.path.join(WORK, f'diff-{size}-{seed}.txt')
    with open(path, 'w', encoding='utf-8') as f:
        done = copy = 0
        while done < size:
            lines = texts[copy % len(texts)].split('\n')
            copy += 1
            for i, line in enumerate(lines):
                if not line.startswith('\t') and len(line) > 60 and rnd.random() < .5:
                    at = rnd.randrange(20, len(line) - 10)
                    lines[i] = line[:at] + rnd.choice('甲乙丙丁戊己') + str(copy) + line[at + 2:]
            text = '\n'.join(lines) + '\n'
            f.write(text)
            done += len(text.encode())
    return path


def beside_tree_diff():
    plans = sorted(glob.glob(os.path.join(TOP, 'corpus/*.txt')))
    tool = shutil.which('xmldiff')
    if not tool:
        print('xmldiff 没有安装，不作比较。 xmldiff is not installed: no comparison (apt-get install xmldiff)')
    worst = None
    for a, b in zip(plans, plans[1:] + plans[:1]):
        ours = seconds([GANGMU, 'diff', '-f', 'xml', '-o', '/dev/null', a, b], ROUNDS)
        line = f'{os.path.basename(a)} {os.path.basename(b)}: gangmu diff {ours * 1000:.0f} ms'
        if tool:
            xml = [os.path.join(WORK, f'diff-{i}.xml') for i in (0, 1)]
            for path, out in zip((a, b), xml):
                subprocess.run([GANGMU, 'parse', '-q', '-o', out, path], check=True)
            theirs = seconds([tool, *xml], 1, (0,))
            ratio = theirs / ours
            worst = ratio if worst is None else min(worst, ratio)
            line += f', xmldiff {theirs:.1f} s, ratio {ratio:.0f}'
            if a == plans[0]:
                theirs = seconds([tool, *xml, '--unique-attributes', 'none'], 1, (0,))
                line += f'; by content {theirs:.1f} s, ratio {theirs / ours:.0f}'
        print(line, flush=True)
    return worst


def growth():
    before = None
    for size in (100_000, 1_000_000, 10_000_000):
        took = seconds([GANGMU, 'diff', '-o', '/dev/null', made(size, 1), made(size, 2)], 2)
        print(f'{size / 1e6:g} MB: {took:.2f} s' + (f', {took / before:.1f} times the one before' if before else ''), flush=True)
        before = took


def main():
    os.makedirs(WORK, exist_ok=True)
    worst = beside_tree_diff()
    growth()
    if worst is not None and worst < WANTED:
        sys.exit(f'bench_diff.py: 比 xmldiff 快不到 {WANTED} 倍 not {WANTED} times as fast as xmldiff')


if __name__ == '__main__':
    main()
