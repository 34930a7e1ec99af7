"""Commands: variants that start one harmless program in disguise, against bash itself."""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
from pathlib import Path

from sekisho.guards.shell import CommandFacts, judge_command
from sekisho.guards.word import judge_identifier

MARK = "canary"
NAMES = (
    "canary",
    "'canary'",
    '"canary"',
    "c\\anary",
    "can''ary",
    'can""ary',
    "$'can\\x61ry'",
    "$'\\143anary'",
    "ca\\\nnary",
    '$"canary"',
    "can$@ary",
    "canar$*y",
    "$(echo canary)",
    "`echo canary`",
    "${x:-canary}",
    "can${z}ary",
    "{canary,}",
    "canar[y]",
    "./bin/canary",
    "$PWD/bin/canary",
    "c'ana'r\"y\"",
    '"can"\\ary',
    "$'can'$'ary'",
    "\\canary",
    "\\can\\ary",
    "canary",
    "canary",
)
NESTINGS = (
    "{}",
    "{}\n",
    "echo x; {}",
    "echo x && {}",
    "false || {}",
    "echo x | {}",
    "echo x & {}",
    "echo $({})",
    "echo `{}`",
    'echo "$({})"',
    "({})",
    "{{ {}; }}",
    "if {}; then echo; fi",
    "if true; then {}; fi",
    "for i in 1; do {}; done",
    "while {}; do break; done",
    "case x in x) {};; esac",
    "f() {{ {}; }}; f",
    "cat <({})",
    "cat <<E\n$({})\nE",
    "x=$({})",
    "export x=$({})",
    "x=(1 $({}))",
    "echo ${{q:-$({})}}",
    "echo $(( $({}) + 1 ))",
    "! {}",
    "time {}",
    "[[ -n $({}) ]]",
    'test -n "`{}`"',
    "cat <<< $({})",
    "until {}; do break; done",
    "echo x > /dev/null; {}",
    "eval {}",
    "eval '{}'",
    "bash -c '{}'",
    'sh -c "{}"',
    "env {}",
    "env -i PATH=$PATH {}",
    "nohup {}",
    "timeout 5 {}",
    "nice {}",
    "echo x | xargs {}",
    "command {}",
    "exec {}",
    "find . -maxdepth 0 -exec {} ;",
    "echo 'x' # y\n{}",
    'echo "a\nb"; {}',
    "echo x\\\n; {}",
    "a=1 {}",
    "{} > /dev/null 2>&1",
    "{} < /dev/null",
    "> /dev/null {}",
    "cat <<'E'\n$({})\nE\n",
    "echo '{}'",
    'echo "{}"',
    "# {}",
    "echo \\$\\({}\\)",
    "echo x # ; {}",
    "cat <<E\n{}\nE",
    "echo ${{y#{}}}",
    "printf '%s' '{}'",
    "trap {} EXIT",
    "trap '{}' EXIT",
    "alias q={}; q",
    "source <(echo {})",
    "echo {} | bash",
    "echo {} | sh",
    ". <(echo {})",
    "coproc {}",
    "select i in 1; do {}; done < /dev/null",
    "bash <<< {}",
    "bash <<E\n{}\nE",
    "echo x |& {}",
    "((1)) && {}",
    "[ 1 ] && {}",
    "true;{}",
    "true&&{}",
    "let 'x=1'; {}",
    "set -- {}; $1",
    "x={}; $x",
    "${{x:={}}}",
    "let 'a[$({})]=1'",
    "[ -v 'a[$({})]' ]",
    "[[ -v 'a[$({})]' ]]",
    "[[ 'a[$({})]' -eq 1 ]]",
    "test -v 'a[$({})]'",
    "printf -v 'a[$({})]' x",
    "declare 'a[$({})]=1'",
    "unset 'a[$({})]'",
    "read 'a[$({})]' <<< x",
    "(( a[$({})] ))",
    "mapfile -C '{} #' -c 1 <<< x",
    "compgen -C '{}' x",
    "shopt -s expand_aliases\nalias ls='{}'\nls",
    "sed '1e {}' <<< x",
    "echo x | sed 's/x/{}/e'",
    "x='$({})'; echo ${{x@P}}",
    "x='a[$({})]'; echo $((x))",
    "for PATH in $PWD/bin; do {}; done",
    "read PATH <<< $PWD/bin; {}",
    "hash -p $PWD/bin/canary ls; ls",
    "ls() {{ {}; }}; ls",
    "env -S '{}'",
    "xargs -I% % <<< {}",
    "awk 'BEGIN{{system(\"{}\")}}'",
    "perl -e 'system(\"{}\")'",
    "echo x | tee >({})",
    "exec 3< <({}); cat <&3",
    "read x < <({})",
    "builtin eval {}",
    "command eval '{}'",
    "\\eval {}",
    "trap '{}' DEBUG; ls",
    "PS4='$({})'; set -x; ls",
    "coproc X {{ {}; }}",
    "bash -O extglob -c '{}'",
    "tar cf /dev/null bin --checkpoint=1 --checkpoint-action=exec={}",
    "echo ${{a[$({})]}}",
    "echo ${{x/x/$({})}}",
    "echo $[ $({}) ]",
    "cat <<-E\n\t$({})\n\tE",
    "a=([$({})]=1)",
    "a[$({})]=1",
    "echo {{$({}),x}}",
    "f() if {}; then :; fi; f",
    "f() ( {} ); f",
    "function g {{ {}; }}; g",
    "while IFS= read -r l; do {}; done <<< x",
    "case $({}) in *) :;; esac",
    "printf '%s' \"${{x:-`{}`}}\"",
    'echo "a $(echo "b $({})")"',
    "if [ 1 ]; then :; elif {}; then :; fi",
    "echo '$(ls '; {}; ls ')'",
    'echo "$(ls "; {}; ls ")"',
    "echo '$(ls '$({})')'",
    "for f in x; do ls '; {}; ls '; done",
    "echo 'for f in x; do ls '; {}; ls '; done'",
    "if ls; then {}; fi",
    "for f in $({}); do ls; done",
    "while read -r f; do {}; done <<< x",
    '[ -n "$({})" ]',
    "[ 'a' = \"$({})\" ]",
    "[ -f x ] || {}",
    "git commit -m \"$(cat <<'E'\nx $({})\nE\n)\"",
    "git commit -m \"$(cat <<'E'\nx\nE\n{}\n)\"",
    'git commit -m "$(cat <<\'E\'\nx\n E\n)"\nE\n)"; {}',
    'git commit -m "$(cat <<E\n$({})\nE\n)"',
    'git log "$(ls $({}))"',
    "ls $(ls $(ls $({})))",
    "ls $'a\\'' $({}) 'b'",
    "ls \\'$({})\\'",
    "ls # '\n{} # '",
    "ls\n{}",
    "ls x\n\\\n{}",
    "ls \\\n{}",
    "ls # x\n{}",
    "ls > /dev/null\n{}",
    "(ls\n{})",
    "cat <<E\n\\x\nE\n{}",
    "env -S'{}'",
    "env -S 'a=1 {}'",
    "env --split-string='{}'",
    "env -u ls {}",
    "env -C . {}",
    "env -- {}",
    "echo x | xargs -I ls {}",
    "echo x | xargs -n 1 -P 2 {}",
    "xargs -a /dev/null {}",
    "(exec -a ls {})",
    "timeout -s INT 5 {}",
    "nice -n 5 {}",
    "stdbuf -o L {}",
    "setsid -w {}",
    "time -p {}",
    "strace -o ls {}",
    "script -qc '{}' /dev/null",
    "watch -n 1 ls ';{}'",
)
INSIDE = (
    "{}",
    "a {}",
    "a;{}",
    "a; {}",
    "a|{}",
    "a&{}",
    "a$({})",
    "a`{}`",
    "a\n{}",
    "a&&{}",
    "a||{}",
    "'{}'",
    "a {} b",
    "a'; {}; '",
    'a"; {}; "',
    "$({})",
    "`{}`",
    "a >x; {}",
    "<({})",
    "a${{x:-$({})}}",
    "a\\;{}",
    "a' ; {} '",
    "a\\\n;{}",
    "-x {}",
    "a-{}",
)
LINES = ("echo {}", 'echo "{}"', "echo '{}'", "echo x{}", "echo --y={}")
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
