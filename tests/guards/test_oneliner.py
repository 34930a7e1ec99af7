"""One table of short programs: those that only compute, read and tell, and those of which nobody knows what they do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.oneliner import LONGEST, only_computes, only_shows
from sekisho.guards.shell import judge_command
from tablekit import rows

COMPUTING = (
    "import sys; print(sys.version)", "import json; print(json.load(open('package.json'))['version'])", "import app; print(app.__version__)", "import numpy as np; print(np.__version__)",
    "import app", "import yaml; print(yaml.safe_load(open('a.yml'))['b'])", "print(1 + 1)", "import ast,pathlib\nfor p in pathlib.Path('src').rglob('*.py'):\n    ast.parse(p.read_text())\nprint('ok')", "import json,sys; d=json.load(sys.stdin); print(d['a']['b'])",
    "import json,sys; [print(x['n']) for x in json.load(sys.stdin)['items'] if x.get('ok')]", "import sys, json\nd = json.load(sys.stdin)\nfor r in sorted(d, key=lambda x: x['n']):\n    print(f\"{r['id']}: {r['n']:>5}\")",
    "import sys; print('\\n'.join(sys.path))", "from importlib.metadata import version; print(version('x'))", "import importlib.metadata as m; print(m.version('x'))", "from pathlib import Path; print(Path('README.md').read_text()[:50])",
    "from pathlib import Path; print((Path('a') / 'b').exists())", "from pathlib import Path; print(Path('a').read_text().replace('a', 'b'))", "print('a'.replace('a', 'b'))", "from datetime import datetime, timedelta; print(datetime.now() - timedelta(days=3))", "import re; print(re.findall('\\d+', open('x.txt').read()))",
    "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project'])", "with open('a.txt', encoding='utf-8') as f: print(len(f.readlines()))", "print(open('a', mode='r').read())", "import csv; print(sum(1 for _ in csv.reader(open('x.csv'))))",
    "from app import __version__; print(__version__)", "n = 0\nn += 1\nprint(n)", "d = {}\nd['a'] = 1\nprint(d)", "print(open('/tmp/out.json').read())", "import torch; print(torch.version if 1 else torch.__file__)", "from pathlib import Path; print([*Path().glob('*.md')])",
)  # fmt: skip
UNKNOWN = (
    "x", "import os", "import os; os.system('id')", "__import__('os').system('id')", "eval('1')", "exec('x')", "open('x', 'w').write('y')", "open('x', mode='a')", "open('x', mode=m)", "open(chr(47) + 'etc/shadow')", "open()", "open('x', opener=y)",
    "open('x', 1)", "o = open; o('x', 'w')", "print(*map(open, ['a']))", "open", "print(open('/home/x/.ssh/id_rsa').read())", "print(open('.env').read())", "from pathlib import Path; Path('x').write_text('y')", "from pathlib import Path; print((Path('/etc') / 'shadow').read_text())",
    "from pathlib import Path; print((Path('a') / chr(47)).read_text())", "from pathlib import Path as P; P('x')", "from pathlib import Path; p = Path; p('/etc')", "from pathlib import Path; print(Path(*['/etc']))", "from pathlib import Path; Path('a', x=1)",
    "from pathlib import Path; [p for p in Path('.').glob('../' + 'x')]", "from pathlib import Path; Path('../x').read_text()", "import pathlib; pathlib.Path.home()", "import pathlib; pathlib.os.system('id')", "from pathlib import *", "import json; json.codecs.sys",
    "().__class__.__mro__", "import app; app.run()", "import app; a = app; a.run()", "import app; app.version()", "from app import run; run()", "import app.x; app.x.y", "import app; print(app)", "import yaml; yaml.load(open('a.yml'))", "import yaml; y = yaml; y.safe_load('a')", "import app; app.safe_load('a')", "import subprocess", "import sys; sys.path.insert(0, '/x'); import csv",
    "import sys; sys.path += ['/x']; import csv", "import sys; sys.path[0] = '/x'; import csv", "import sys; print(sys.path); import app", "import sys; p = sys.path; p.append('/x')", "from sys import path; path.append('x')", "import sys; sys.modules", "import json; json.loads = print",
    "'{0.__class__}'.format(1)", "getattr(1, 'real')", "print($X)", "print(`id`)", "import importlib.metadata; importlib.import_module('os')", "import importlib.util", "import urllib.parse; urllib.request.urlopen('x')", "import pickle", "while True: pass", "def f(): pass",
    "from pathlib import Path; Path('a').replace('.git/hooks/x')", "import pathlib; pathlib.Path('a').copy('b')", "from pathlib import Path; [*map(Path('a').replace, ['b'])]",
    "from pathlib import Path; Path('a').replace(*['b'])", "from pathlib import Path; Path('a').replace(target='b')", "from pathlib import Path; f = Path('a').copy", "from pathlib import Path; Path('a').copy(target='b')",
    "from . import x", "from os import system", "from json import codecs", "(", "print(1)\0", "(" * 300, "-" * LONGEST, "print(1)" + " " * LONGEST, "from sys import argv, settrace", "import re; re.enum",
)  # fmt: skip
SHOWING = (
    "process.version",
    "process.versions.v8",
    "console.log(process.version);",
    "console.log(require('./package.json').version)",
    'require("./a/b.json")["x-y"].z',
)
HIDING = (
    "require('./x').y", "require('child_process')", "require('./../x.json')", "console.log(process.env)", "process.exit()", "require('./x.json').a()", "require('./x.json'", "process.version" + " " * LONGEST, "x", "",
    "require('./.x/y.json')",
)  # fmt: skip


@rows("text", COMPUTING)
def test_a_program_that_only_computes_reads_and_tells_is_known(text: str) -> None:
    assert only_computes(text)


@rows("text", UNKNOWN)
def test_of_any_other_nobody_knows_what_it_does(text: str) -> None:
    assert not only_computes(text)


@rows(("text", "expected"), [*((text, True) for text in SHOWING), *((text, False) for text in HIDING)])
def test_a_program_of_node_shows_a_version_or_a_file_of_the_project(text: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert only_shows(text) is expected


@given(st.text(max_size=60), st.text(alphabet="import os.path;()[]{}'\"\n= :lambdax_", max_size=60))
def test_no_text_makes_it_fail(any_text: str, program: str) -> None:
    assert only_computes(any_text) in {True, False}
    assert only_computes(program) in {True, False}


@rows(
    ("command", "passes"),
    [
        ("python3 -c 'import sys; print(sys.version)'", True),
        ("curl -s x | python -c \"import json,sys; print(json.load(sys.stdin)['a'])\"", True),
        ("uv run python -c 'import app; print(app.__version__)'", True),
        ("node -p process.version", True),
        ("node -e \"console.log(require('./package.json').version)\"", True),
        ('python -c "print($X)"', False),
        ('python -c "print(1); $(cat x)"', False),
        ("python -Bc 'print(1)'", False),
        ("python -c", False),
        ("node -e", False),
        ("node -p process.version x", False),
        ("tsx -e process.version", False),
    ],
)
def test_on_a_command_line_such_a_program_passes(command: str, passes: bool) -> None:  # noqa: FBT001 - a column
    assert (not judge_command(command).objections) is passes
