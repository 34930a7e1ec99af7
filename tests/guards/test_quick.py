from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards import quick
from sekisho.guards.commands import commands
from sekisho.guards.objection import CLEAN
from sekisho.guards.places import places
from sekisho.guards.quick import LONGEST, is_quiet
from sekisho.guards.shell import CommandFacts, judge_carefully
from sekisho.text.signatures import SignatureError
from tablekit import rows

if TYPE_CHECKING:
    import pytest

WORDS = (
    "ls", "cat", "git log", "git commit", "git config", "grep", "sort", "rg", "make", "sed", "test", "rm", "evil", "a", "-x", "-o", "-O", "-c", "--y=z", "'a b'", '"a $b"', "$x", "${x}",
    "*.py", ".s*h", "id_*", "-C.s*h", "src/x.py", "~/x", "'a\\.b'", "'$x'", "'a[$(x)]'", "`x`", "$(x)", "\\", "2>&1", "> x", ">x", "< x", "&> x", "a2>x", "|", "&&", "||", ";", "&", ";;",
    "|&", "\n", "#", "!", "for x in a;", "for PATH in a;", "while", "do", "; do", "; done", "done", "; then", "; fi", "else", "$(", "[ -f x ]", "[ 'a' = b ]", "read x", "python -m x", "-", "eval", "--eval", "if", "then", "fi", "{", "}", "(", ")", "/etc/passwd", "/dev/sda", "/dev/tcp/x/1", "/:/x", "a=b", "PATH=x", "config", "core.pager=x",
    "x.pem", "@P}", "config.py", "HEAD~1", ".ssh\\x", ".config/./gcloud", "--output", "--pre=x", "-toolexec", "=", "'", '"', "\0", "\r", "\u00e9",
)  # fmt: skip
OBJECTED = tuple(
    name
    for table in (places().credentials, places().secrets, places().protected)
    for first, trails in table.trails.items()
    for name in ("/".join((first, *rest)) for rest, _ in trails)
)


@rows(
    "text",
    [
        "ls", "git status", "grep -rn 'foo bar' src | sort | uniq -c | head -20 && git log --oneline -5", "make test 2>&1 | tail -20", "pytest -q tests/x.py::test_y > log", "cat a.txt\nwc -l b.txt\n",
        'git commit -m "Fix the parser of $name"', "git add src/*.py; git diff --stat HEAD~1", "rg -n 'a\\.b$' --type py", "sort -n x", "LS -la", "cargo test --all", "npm run build", "ls &> x", "cat < x", "cd src && python -m pytest -q 2>&1 | tail -3",
        'for f in src/*.py; do if grep -q "foo" "$f"; then echo "$f"; head -3 "$f"; fi; done', "while read -r f; do wc -l $f; done < files | sort", "until [ -f x ]\ndo\n  make\ndone 2>&1 | tail -3", '[ "$x" = "y" ] && ls', "[ ! -d 'x y' ] || make",
        "git commit -m \"$(cat <<'EOF'\nMend it: `x` isn't $(y)\n\nEOF\n)\" && git log -1", 'echo "at $(git rev-parse --short HEAD)" $(date)', "if [ $n -gt 3 ]; then ls; elif [ -z $n ]; then\n  make\nelse pwd; fi && echo $(ls $(git ls-files | head -1))",
    ],
)  # fmt: skip
def test_a_command_that_only_shows_or_builds_is_quiet(text: str) -> None:
    assert is_quiet(text)
    assert judge_carefully(text, CommandFacts()) == CLEAN


@rows(
    "text",
    [
        "", "evil", "ls; evil", "ls $(x)", "ls `x`", "ls 'x", "cat .env", "cat .s*h/x", "sort -o x", "sort -ox", "rg -z x", "rg --pre=x y", "git -c a=b log", "git config x", "git log config", "rm x", "sed x y", "[ a ]",
        "ls > x.pem", "cat /etc/passwd", "cat .config//gcloud/x", "ls \\\nx", "ls # x", "for f do rm x; done", "ls (x)", "ls {a,b}", "x=1 ls", "ls\0", "ls é", "ls " + "a" * LONGEST, "ls;;", "shuf2>&1", "for PATH in x; do ls; done", "for f in x; do evil; done", "ls $(evil)", 'ls "$(evil)"', "ls '$(ls '; evil; ls ')'", "read PATH", "[ -v x ]", "[[ a ]]", "python -m x -", "python -m x -; ls", "python3 -m x eval>y", "python -m x -c y", "python x.py", "python -m x eval", "ls $(" + "ls $(" * 9 + ")" * 10, "alias x=y", "printf x",
    ],
)  # fmt: skip
def test_whatever_else_is_read_carefully(text: str) -> None:
    assert not is_quiet(text)


def test_every_name_and_option_that_is_objected_to_is_read_carefully() -> None:
    options = [f"{program} {each}" for program, every in commands().options.items() for each in every]
    quiet = [text for text in (*(f"cat {name}" for name in OBJECTED), *options) if is_quiet(text)]
    assert [text for text in quiet if judge_carefully(text, CommandFacts()) != CLEAN] == []


@given(st.lists(st.sampled_from([*WORDS, *OBJECTED]), max_size=8), st.sampled_from([" ", " ", " ", ""]))
def test_nothing_is_quiet_that_the_careful_reading_objects_to(words: list[str], between: str) -> None:
    text = between.join(["ls", *words])
    assert not is_quiet(text) or judge_carefully(text, CommandFacts()) == CLEAN


@given(
    st.lists(
        st.sampled_from(
            [
                "ls",
                "cat x",
                "git log -5",
                "sort -n",
                "'a'",
                "x",
                "-l",
                "|",
                ";",
                "&&",
                "\n",
                "> y",
                "$(ls)",
                '"$(ls)"',
                "for f in x;",
                "do ls;",
                "done",
                "if",
                "then ls;",
                "fi",
            ]
        ),
        max_size=8,
    )
)
def test_nothing_almost_quiet_is_objected_to(words: list[str]) -> None:
    text = " ".join(["ls", *words])
    assert not is_quiet(text) or judge_carefully(text, CommandFacts()) == CLEAN


def test_a_set_that_could_not_look_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Blind:
        def match(self, _: str) -> list[int]:
            raise SignatureError

    monkeypatch.setattr(quick, "_patterns", Blind)
    assert not is_quiet("ls")
