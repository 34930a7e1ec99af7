"""Commands: variants that start one harmless program in disguise, against bash itself."""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
from pathlib import Path

from forms import INSIDE, LINES, NAMES, NESTINGS

from sekisho.guards.shell import CommandFacts, judge_command
from sekisho.guards.word import judge_identifier

MARK = "canary"
DRIVER = """
export PATH="$PWD/bin:$PATH"
while IFS= read -r -d '' line; do
  rm -f hit
  timeout -k 1 4 bash -c "$line"$'\\n'wait < /dev/null > /dev/null 2>&1
  [ -e hit ] && printf 1 || printf 0
done < variants
"""


def _ran(lines: list[str]) -> list[bool]:
    """Say for each line whether bash starts the program. All that the lines name is harmless."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bin").mkdir()
        program = folder / "bin" / MARK
        program.write_text(f"#!/bin/sh\ntouch {folder}/hit\n")
        program.chmod(0o755)
        (folder / "variants").write_bytes(b"".join(line.encode() + b"\0" for line in lines))
        (folder / "driver").write_text(DRIVER)
        settings = {"PATH": os.environ["PATH"], "HOME": name}
        done = subprocess.run(
            ["bash", "driver"], cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=1500
        )
        return [char == "1" for char in done.stdout]


def measure(count: int, seed: int) -> dict[str, object]:
    """Compare `count` commands with bash."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    lines: list[str] = []
    for _ in range(count):
        line = chance.choice(NAMES)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
            line = chance.choice(NESTINGS).format(line)
        lines.append(line)
    ran = _ran(lines)
    clean = [not judge_command(line, CommandFacts()).objections for line in lines]
    return _figures(lines, lines, ran, clean)


def measure_words(count: int, seed: int) -> dict[str, object]:
    """Compare `count` names, put into commands as careless servers do, with bash."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    values = [chance.choice(INSIDE).format(chance.choice(INSIDE).format(chance.choice(NAMES))) for _ in range(count)]
    lines = [chance.choice(LINES).replace("{}", value) for value in values]
    ran = _ran(lines)
    clean = [not judge_identifier(value).objections for value in values]
    return _figures(values, lines, ran, clean)


def _figures(values: list[str], lines: list[str], ran: list[bool], clean: list[bool]) -> dict[str, object]:
    suspects = [at for at, hit in enumerate(ran) if hit and clean[at]]
    # a program that an earlier line left behind may leave its mark late: whoever is suspected is run again, alone
    bypasses = [values[at] for at in suspects if _ran([lines[at]]) == [True]]
    strict = sum(not hit and not passed for hit, passed in zip(ran, clean, strict=True))
    return {
        "variants": len(lines),
        "harm": sum(ran),
        "bypass": len(bypasses),
        "stricter": strict,
        "examples": bypasses[:5],
    }
