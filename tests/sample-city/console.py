"""console.py PAGE GANGMU CORPUS: runs the commands of the ```console blocks of a page in an empty folder with the corpus and
compares what they print with what the page shows."""
import difflib, os, re, subprocess, sys, tempfile
page, gangmu, corpus = sys.argv[1], *map(os.path.abspath, sys.argv[2:])
faults = commands = 0
with tempfile.TemporaryDirectory() as folder:
    os.symlink(corpus, folder + '/corpus')
    os.mkdir(folder + '/bin')
    os.symlink(gangmu, folder + '/bin/gangmu')
    env = {**os.environ, 'PATH': folder + '/bin:' + os.environ['PATH'], 'LANG': 'zh_CN.UTF-8', 'LC_ALL': 'C.UTF-8', 'COLUMNS': '120',
           'GANGMU_GRAMMARS': os.path.abspath('grammars')}
    env.pop('LC_ALL')
    env.pop('LC_MESSAGES', None)
    run = lambda c: subprocess.run(['bash', '-c', c], cwd=folder, capture_output=True, env=env)
    run('gangmu build corpus')
    for block in re.findall(r'```console\n(.*?)\n```', open(page, encoding='utf-8').read(), re.S):
        for part in re.split(r'^\$ ', block, flags=re.M)[1:]:
            command, _, shown = part.partition('\n')
            done = run(command)
            commands += 1
            said = (done.stdout + done.stderr).decode().rstrip('\n')
            if said != shown.rstrip('\n'):
                faults += 1
                print(f'{page}: {command}')
                print(*difflib.unified_diff(shown.split('\n'), said.split('\n'), 'page', 'program', lineterm='', n=1), sep='\n')
print(commands, 'commands')
sys.exit(faults > 0 or not commands)
