#!/usr/bin/python3
"""console.py PAGE: prints a Markdown page with the answers its commands give now. Blocks ```sh are run first and define
what the commands use; in blocks ```console every line `$ command`, gone on with in lines `> …`, is run by bash in the working
directory, and what it prints takes the place of the lines below it."""
import re
import subprocess
import sys

BLOCK = re.compile(r'^```(sh|console)\n(.*?)^```$', re.M | re.S)


def answer(definitions, command):
    script = definitions + '\n' + command
    return subprocess.run(['bash', '-c', script], stdout=subprocess.PIPE, check=False).stdout.decode()


def commands(block):
    """the commands of a console block, with their prompts"""
    return re.findall(r'^\$ .*\n(?:> .*\n)*', block, re.M)


def main():
    with open(sys.argv[1], encoding='utf-8') as f:
        page = f.read()
    definitions = []

    def run(m):
        if m.group(1) == 'sh':
            definitions.append(m.group(2))
            return m.group(0)
        out = [c + answer('\n'.join(definitions), re.sub('^[$>] ', '', c, flags=re.M)) for c in commands(m.group(2))]
        return '```console\n' + ''.join(out) + '```'

    sys.stdout.write(BLOCK.sub(run, page))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
