"""Commands of plain words: what the reader without a parser takes for programs, words and files, and what bash does.

Each command is run by bash, in which the programs are functions that write down what they were given; the files that it
writes are in a folder of its own. A difference of any kind counts as one that gets by; a command that the reader leaves
to the grammar counts as stricter.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from pathlib import Path

from sekisho.guards.plain import cut

PROGRAMS = ("a", "b", "'a'", '"b"', "a''")
WORDS = (
    "a", "b", "-x", "--y=z", "'a b'", '"a b"', "'$(b)'", "'`b`'", "'$x'", "a'b'\"c\"", "2", "12", "-", "--", "''", '""',
    "HEAD~1", "@", "a,b", "a:b", "+x", "a%1", "a=b", "A+=1", "'\\'", "'a\\b'", '"it\'s"', "'say \"x\"'", "if", "in", "do",
    "^x", "x.y", "a?q", "q*z", "=", "==", "=x", "case", "function", "time", "a~", "done", "!", "#", "{b}", "[b]", "b&",
    "\\b", "é", "a#b", "$(b)", "(", "b;", "é'x'", "a\tb",
)  # fmt: skip
REDIRECTED = (
    "2>&1", ">f1", ">> f2", "2>f3", "&> f4", "&>>f5", "< in", "<in", "1>&2", ">&2", "10> f6", "2>/dev/null", "2 >f1",
    "12<in", "2&>f7", "a>f8", ">f9>f10", ">'f 11'", '>"f"12', "<>f13", ">|f14", ">&f15", "<<<b", "2>&1>f16",
)  # fmt: skip
SETTINGS = ("A=1", "B='b c'", 'C="x"', "D=", "a='q'z", "'E'=1", "F+=1", "G=b:b")
JOINTS = ("|", "&&", ";", "\n", " | ", " ; ", "\n\n", " &&\n", "|\n", ";\n", " & ", "|&", ";;", "\n|")
DRIVER = """
a() { printf '%s\\0' a "$@" $'\\1' >> ../log; }
b() { printf '%s\\0' b "$@" $'\\1' >> ../log; }
command_not_found_handle() { printf '%s\\0' "$@" $'\\1' >> ../log; }
export -f a b command_not_found_handle
while IFS= read -r -d '' line; do
  rm -rf w log; mkdir w; : > w/in; : > log
  (cd w && timeout -k 1 4 bash -c "$line" < /dev/null > /dev/null 2>&1)
  cat log; printf '\\2\\0'
  (cd w && printf '%s\\0' *); printf '\\3\\0'
done < variants
"""


def measure(count: int, seed: int) -> dict[str, object]:
    """Compare `count` commands with bash."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    lines = [_line(chance) for _ in range(count)]
    read = [(line, found) for line in lines if (found := cut(line)) is not None]
    wrong: list[str] = []
    for (line, found), (ran, files) in zip(read, _ran([line for line, _ in read]), strict=True):
        programs = sorted([each.name.text, *(word.text for word in each.words)] for each in found.programs)
        targets = {each.text for each in found.targets} - {"1", "2", "/dev/null"}
        if (programs, targets) != (ran, files):
            wrong.append(line)
    return {
        "variants": count,
        "harm": len(read),
        "bypass": len(wrong),
        "stricter": count - len(read),
        "examples": wrong[:5],
    }


def _line(chance: random.Random) -> str:
    line = _command(chance)
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        line += chance.choice(JOINTS[:10] * 4 + JOINTS[10:]) + _command(chance)
    return line + chance.choice(("", "", "", "", ";", "\n", " "))


def _command(chance: random.Random) -> str:
    settings = [chance.choice(SETTINGS) for _ in range(chance.choice((0, 0, 0, 1, 2)))]
    others = [chance.choice(WORDS if chance.random() < 0.75 else REDIRECTED) for _ in range(chance.randint(0, 4))]
    return " ".join([*settings, chance.choice(PROGRAMS), *others])


def _ran(lines: list[str]) -> list[tuple[list[list[str]], set[str]]]:
    """Return for each line the programs that bash started, in order of their names, and the files that it wrote."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "variants").write_bytes(b"".join(line.encode() + b"\0" for line in lines))
        (folder / "driver").write_text(DRIVER)
        settings = {"PATH": "/usr/bin:/bin", "HOME": name}
        done = subprocess.run(
            ["bash", "driver"], cwd=folder, env=settings, capture_output=True, check=False, timeout=900
        )
    told: list[tuple[list[list[str]], set[str]]] = []
    for each in done.stdout.decode().split("\3\0")[:-1]:
        started, _, files = each.partition("\2\0")
        calls = sorted(call.split("\0")[:-1] for call in started.split("\1\0")[:-1])
        told.append((calls, {*files.split("\0")[:-1]} - {"in"}))
    return told
