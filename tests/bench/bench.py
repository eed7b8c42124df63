#!/usr/bin/python3
"""bench.py [DOCUMENTS]: speed and memory of ./gangmu on a made corpus (default 2,000 documents), as ratios to peers
measured in the same run: xmllint over the files written, and researcher.py, the script that does the work today.

Runs alternate between the program and its peers; the best of ROUNDS counts. Results also go to build/bench/result.tsv."""
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata

ROUNDS, SMALL_ROUNDS = 3, 15
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE = os.path.join(TOP, 'tests/bench')
WORK = os.path.join(TOP, 'build/bench')
OLD = os.path.join(WORK, 'old')
PYTHON = '/usr/bin/python3'     # not a shim on PATH, which can cost 100 ms
GANGMU = os.environ.get('GANGMU', os.path.join(TOP, 'gangmu'))


def run(command):
    """(wall, cpu) seconds of a command and all it waits for"""
    null = os.open(os.devnull, os.O_RDWR)
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=[(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1),
                                       (os.POSIX_SPAWN_DUP2, null, 2)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(null)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        sys.exit(f'bench.py: 退出码 exit status {code}: {" ".join(command[:8])} …')
    return wall, usage.ru_utime + usage.ru_stime


def best(runs):
    return tuple(min(values) for values in zip(*runs))


def peak(command):
    """KiB of the largest process of a command. Asked of `time`: a child of ours would count our own memory as its."""
    out = os.path.join(WORK, 'peak')
    subprocess.run(['/usr/bin/time', '-q', '-f', '%M', '-o', out] + command, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    with open(out, encoding='ascii') as f:
        return int(f.read().split()[-1])


def instructions(command):
    out = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=' + os.path.join(WORK, 'callgrind.out')]
                         + command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                         check=False).stderr.decode('utf-8', 'replace')
    m = re.search(r'Collected : (\d+)', out)
    return int(m.group(1)) if m else sys.exit('bench.py: valgrind:\n' + out)


def fresh(name):
    """A folder that is not there. What stood there is put aside and removed at the end: for minutes after many files
    were deleted, ext4 takes several times as long to make new ones."""
    path = os.path.join(WORK, name)
    if os.path.exists(path):
        os.makedirs(OLD, exist_ok=True)
        os.rename(path, os.path.join(OLD, f'{name}-{time.monotonic_ns()}'))
    os.sync()   # and nothing is waiting to be written
    return path


def make_corpus(count):
    """the seeds and the made documents, in build/bench, made again only when the seeds, the maker or the count change"""
    sources = sorted(glob.glob(os.path.join(TOP, 'corpus/*.txt')))
    if not sources:
        sys.exit('bench.py: corpus/ 里没有文档 no documents in corpus/')
    state = hashlib.sha256(str(count).encode())
    for path in sources + [os.path.join(HERE, 'mkcorpus.py')]:
        with open(path, 'rb') as f:
            state.update(hashlib.sha256(f.read()).digest())
    stamp, seeds, docs = (os.path.join(WORK, x) for x in ('stamp', 'seeds', 'docs'))
    if not os.path.exists(stamp) or open(stamp, encoding='ascii').read() != state.hexdigest():
        shutil.rmtree(WORK, ignore_errors=True)
        os.makedirs(seeds)
        for path in sources:
            shutil.copy(path, seeds)
        subprocess.run([PYTHON, os.path.join(HERE, 'mkcorpus.py'), seeds, docs, str(count)], check=True,
                       stdout=subprocess.DEVNULL)
        os.remove(os.path.join(WORK, 'all.txt'))
        with open(stamp, 'w', encoding='ascii') as f:
            f.write(state.hexdigest())
    return sorted(glob.glob(seeds + '/*.txt')), docs, sorted(glob.glob(docs + '/*.txt'))


def pad(text, width):
    wide = sum(unicodedata.east_asian_width(c) in 'WF' for c in text)
    return text + ' ' * max(1, width - len(text) - wide)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seeds, docs, files = make_corpus(count)
    size = sum(map(os.path.getsize, files))
    large = max(seeds, key=os.path.getsize)
    script = [PYTHON, os.path.join(HERE, 'researcher.py')]
    xml, one, two, out = (os.path.join(WORK, x) for x in ('xml', 'j1', 'j2', 'script'))
    build_xml = [GANGMU, 'build', '-o', xml, '-j', '1', '--only', 'xml', docs]
    build_1 = [GANGMU, 'build', '-o', one, '-j', '1', docs]
    build_2 = [GANGMU, 'build', '-o', two, '-j', '2', docs]
    print(f'语料 corpus: {len(files)} 份 documents, {size / 1e6:.1f} MB', flush=True)

    runs = {name: [] for name in ('xml', 'lint', 'one', 'two', 'again', 'script')}
    for _ in range(ROUNDS):
        fresh('xml')
        runs['xml'].append(run(build_xml))
        written = sorted(glob.glob(xml + '/xml/*.xml'))
        if len(written) != len(files):
            sys.exit(f'bench.py: {len(files)} 份文档写出 {len(written)} 个 XML documents, XML files written')
        runs['lint'].append(run([shutil.which('xmllint'), '--noout'] + written))
        fresh('script')
        runs['script'].append(run(script + [out, '--xml'] + files))
        fresh('j1')
        runs['one'].append(run(build_1))
        runs['again'].append(run(build_1))
        fresh('j2')
        runs['two'].append(run(build_2))
    xml_bytes = sum(map(os.path.getsize, written))
    (t_xml, _), (t_lint, _), (t_one, c_one), (t_two, _), (t_again, _), (t_script, c_script) = (
        best(runs[x]) for x in ('xml', 'lint', 'one', 'two', 'again', 'script'))

    parse = [[GANGMU, 'parse', s, '-t', 'xml'] for s in seeds]
    peer = [script + [out, '--xml', s] for s in seeds]
    parse_runs, peer_runs = [[] for _ in seeds], [[] for _ in seeds]
    for _ in range(SMALL_ROUNDS):
        for i in range(len(seeds)):
            parse_runs[i].append(run(parse[i]))
            peer_runs[i].append(run(peer[i]))
    t_parse, t_peer = (sum(best(r)[0] for r in all_runs) / len(seeds) for all_runs in (parse_runs, peer_runs))
    line = os.path.join(WORK, 'line.txt')
    with open(line, 'w', encoding='utf-8') as f:
        f.write('前言\n')
    t_start = best(run([GANGMU, 'parse', line, '-t', 'xml']) for _ in range(SMALL_ROUNDS))[0]

    m_parse, m_peer = max(map(peak, parse)), max(map(peak, peer))
    fresh('j1')
    m_all = peak(build_1)
    seed_only = fresh('seed')
    os.makedirs(seed_only)
    shutil.copy(large, seed_only)
    fresh('j1')
    m_seed = peak([GANGMU, 'build', '-o', one, '-j', '1', seed_only])
    work = [instructions(p) for p in parse]
    sizes = list(map(os.path.getsize, seeds))

    print('\n' + pad('', 42) + '    MB/s   份/s docs/s     秒 s')
    for title, t in (('文本→XML build --only xml', t_xml), ('全部 build -j1', t_one), ('全部 build -j2', t_two),
                     ('无变化再编译 rebuild, nothing changed', t_again),
                     ('脚本 researcher.py --xml', t_script)):
        print(f'{pad(title, 42)}{size / 1e6 / t:8.1f} {len(files) / t:13.0f} {t:8.2f}')
    print(f'{pad("xmllint --noout（读 XML of XML）", 42)}{xml_bytes / 1e6 / t_lint:8.1f} {len(files) / t_lint:13.0f} {t_lint:8.2f}')
    print(f'\n一份 one plan: parse {t_parse * 1e3:.1f} ms, 脚本 script {t_peer * 1e3:.1f} ms; '
          f'启动（一行文本）start (text of one line) {t_start * 1e3:.1f} ms')
    print(f'内存峰值 peak memory, MiB: parse {m_parse / 1024:.1f}, 脚本 script {m_peer / 1024:.1f}, '
          f'build 一份 one {m_seed / 1024:.1f}, build 全部 all {m_all / 1024:.1f}')
    print('指令/字节 instructions per byte:')
    for s, w, n in zip(seeds, work, sizes):
        print(f'  {w / n:8.1f}  {os.path.basename(s)}')

    rows = [    # title, value, must, goal, more is better
        ('XML / xmllint', t_xml / t_lint, 2.2, 1.2, False),
        ('全部 CPU whole build / 脚本 script', c_one / c_script, 1.0, 0.5, False),
        ('一份 one seed, parse / 脚本 script', t_parse / t_peer, 0.5, 0.15, False),
        ('内存 memory, one seed / 脚本 script', m_parse / m_peer, 1.5, 0.8, False),
        ('内存 memory, all / one seed', m_all / m_seed, 1.5, 1.2, False),
        ('build -j2 / -j1 加速 speed-up', t_one / t_two, 1.6, 1.85, True),
        ('再编译 rebuild / first build', t_again / t_one, 0.05, 0.01, False),
        ('指令/字节 instructions per byte', sum(work) / sum(sizes), 160, 80, False),
    ]
    print('\n' + pad('比值 ratio', 40) + pad('实测 now', 12) + pad('须 must', 12) + '目标 goal')
    with open(os.path.join(WORK, 'result.tsv'), 'w', encoding='utf-8') as tsv:
        for title, value, must, goal, more in rows:
            def reached(limit):
                return value >= limit if more else value <= limit
            sign = '≥' if more else '≤'
            print(pad(title, 40) + pad(f'{value:.3f}', 12) + pad(f'{sign} {must} {"ok" if reached(must) else "!!"}', 12)
                  + f'{sign} {goal} {"ok" if reached(goal) else "!!"}')
            tsv.write(f'{title}\t{value:.4f}\t{must}\t{goal}\n')


if __name__ == '__main__':
    try:
        main()
    finally:
        shutil.rmtree(OLD, ignore_errors=True)
