"""One table of words that are no command: what would become one, and what looks like it and is honest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.objection import CLEAN
from sekisho.guards.word import (
    LONGEST,
    judge_identifier,
    judge_key,
    judge_label,
    judge_option,
    judge_part,
    judge_setting,
    judge_text,
)
from tablekit import rows

SHELL = (
    "https://x.example/a?b=1&id", "https://x.example/a?b=1&PATH=/tmp", "https://x.example/a?b=1&c=2;id", "https://x.example/a?b=$(id)",
    "abc$(touch x)", "abc`id`", "a;id", "a; id", "a|id", "a&id", "a && id", "a||id", "a\nid", "a\r\nid", "a>x", "a<x", "a >> x", "$(id)", "`id`",
    "a$IFS$9id", "${IFS}id", "$HOME", "$'\\x3b'", '$"x"', 'a" -x', "a' --x", "a\\;id", 'a\\"', "a\0b", "a;", ";id", "|id", "a&", "<(id)", ">(id)",
    "a%3bid", "a%24(id)", "a%0aid", "a%60id%60", "a%253bid", "a\uff1bid", "a\uff5cid", "a\uff06id", "\uff04(id)", "a;\u200bid", "x'; id; '", 'x";id;"',
    "main;id", "main$(id)", "feature/x`id`", "pods;id", "0.0.0.0;id", "a${x}", "a$(<x)", "a\n--x", "@a;b", "#;id", "a\u037eid", ">=1 <2; id", "1 || id", "x>=2,<3\nid", "1,\n2to3", "1 <2 $(id)", "x>/etc/x", ">=1 <../2", "a\x00", "x" * (LONGEST + 1) + "`",
)  # fmt: skip
OPTIONS = (
    "--server=http://x", "-s", "-oProxyCommand=id", "--upload-pack=id", "--output=/tmp/x", "-c", "-Oid", "--help", "-x y", "--exec=id", " --x", "\t--x",
    "main --upload-pack=id", "main -O x", "HEAD --output=x", "pods --kubeconfig x", "name --token=x", "\uff0d\uff0dserver=x", "-\uff0dx",
    "%2d%2dserver=x", "%2d-x", "\u200b--x", "ext::sh -c id", "EXT::sh", "fd::17", "origin ext::x", "@/etc/passwd", "@~/x", "@./x", "-rf", "-la", "-nx",
    '"--x"', "'-oProxyCommand=id'", "-1x-2", "main --config core.pager=id", "--no-index", "-i", "-F", "x --checkpoint-action=exec=id",
)  # fmt: skip
HONEST = (
    "postgresql://a@db/shop?sslmode=require&connect_timeout=10", "https://x.example/a?b=1&c=2",
    "main", "feature/x-1", "HEAD", "HEAD~1", "HEAD^", "HEAD^2", "HEAD@{1}", "v1.2.3", "v1.2.3-rc.1", "release/2026.1", "origin/main", "main..feature", "a...b", "refs/heads/x",
    "fix-123", "fix_123", "user/fix--double", "a-b", "a--b", "x-", "dependabot/npm_and_yarn/lodash-4.17.21", "my-pod-7d9f8b6c5-x2x4z", "default", "kube-system", "app=web", "app in (a,b)",
    "pods", "deployments.apps", "svc/web", "deployment/web", "node-1.example.com", "10.0.0.1", "1", "AbC123dEf", "1:2", "1-2", "user@example.com", "@scope/pkg", "@user",
    "-1", "-5m", "-10", "-1.5", "-7d", "-100%", "-1,-2", "0", "1e-5", "a b", "my file", "Smith, John", "O'Brien", "it's", "C++", "C#", "F#", "a.b.c", "x[0]", "x(1)", "{a}", "a,b", "~x", "%", "100%", "50% off",
    "日本語", "機能/新規", "Überblick", "файл", "\U0001f600", "a\u00a0b", "価格¥100", "(会社)", "A+B", "a=b", "a:b", "a/b/c", "a@b", "#1", "#channel", "x?", ">=1.0.0 <2.0.0", "1.x || >=2.5.0 || 5.0.0 - 7.2.3", "requests>=2,<3", "pkg[a,b]>=1, <2", "eslint@>=8 <9", "@scope/pkg@>=1 <2", "~=1.4", "what?", "!important", "a!b", "x*", "*.py", "^main",
    "stash@{0}", ":/fix", "HEAD:README.md", "a" * 255, "sha256:abcdef", "e83c5163316f89bfbde7d9ab23ca2e25604af290", "", " main ", "\u2014x", "\u2013 5", "en-US", "ja_JP.UTF-8", "utf-8",
    "2026-11-29T12:00:00Z", "12:30", "name with -dash", "a - b", "well-known", "x -1", "5 -3", "-0.5", "-1K", "a b-c",
)  # fmt: skip
TEXTS = (
    "fix: a; b && $(c)", "-- --output=x", "Use `foo` and `bar`", "a | b", "x && y", "rock & roll", "if (a < b) { c; }", "$5 off", "use $HOME", "# Title\n\n- item; x", "- item", "-5 °C today",
    "--help shows the help", "'; COMMIT; --", "SELECT * FROM x; -- y", "a > b", "<b>x</b>", "日本語; テスト", "1; 2; 3", "see `x.y`", "cost: $100; tax: $5", "* a\n* b", '"quoted" text', "R&D", "-- signature",
    "a --server=x in prose", "wrote it; then left", "tea & coffee; cake", "echo", "git push", "step one; step two", "[?x > `1`] | [0]", "-Wall", "-v", "-", "—", "a\r\nb",
)  # fmt: skip


def rules(value: str, *programs: str) -> set[str]:
    found = judge_identifier(value, programs)
    assert all(0 <= each.start <= each.end <= len(value) for each in found.objections)
    return {each.rule for each in found.objections}


@rows("value", SHELL)
def test_an_identifier_starts_no_second_command(value: str) -> None:
    assert "word-shell" in rules(value)


@rows("value", OPTIONS)
def test_an_identifier_is_no_option(value: str) -> None:
    assert "word-option" in rules(value)


@rows("value", HONEST)
def test_an_honest_identifier_passes(value: str) -> None:
    assert judge_identifier(value) == CLEAN
    assert judge_identifier(value, ("git", "kubectl")) == CLEAN


@rows("value", TEXTS)
def test_punctuation_in_a_text_is_honest(value: str) -> None:
    assert judge_text(value) == CLEAN
    assert judge_text(value, ("git",)) == CLEAN


@rows(
    ("value", "programs", "expected"),
    [
        ("x; rm -rf y", ("git",), {"word-shell"}),
        ("x $(curl http://x)", ("git",), {"word-shell"}),
        ("x`whoami`", ("git",), {"word-shell"}),
        ("x | nc a 1", ("git",), {"word-shell"}),
        ("x\n/usr/bin/touch y", ("git",), {"word-shell"}),
        ("x; rm -rf y", (), set[str]()),
        ("x%3b rm y", ("git",), {"word-shell"}),
        ("--upload-pack=id", (), {"word-option"}),
        ("--upload-pack=id", ("git",), {"word-option"}),
        (' "--output=x', ("git",), {"word-option"}),
        ("-O x", ("git",), {"word-option"}),
        ("-O x", (), set[str]()),
        ("%" + "25" * 200, ("git",), {"word-shell"}),
    ],
)  # fmt: skip
def test_a_text_becomes_a_command_only_with_a_program(
    value: str, programs: tuple[str, ...], expected: set[str]
) -> None:
    assert {each.rule for each in judge_text(value, programs).objections} == expected


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(value: str) -> None:
    judge_identifier(value, ("git",))
    judge_text(value, ("git",))


@rows("piece", [";", "$(", "-", " ", "a ", "--a ", "%25", "\uff0d", "`", "=-", "a-", "\n"])
def test_the_length_is_bounded(piece: str) -> None:
    judge_identifier(piece * (LONGEST // len(piece)), ("git",))
    judge_identifier(piece * (1_000_000 // len(piece)))
    judge_text(piece * (1_000_000 // len(piece)), ("git",))


@rows(
    ("value", "queries"),
    [
        ("42?role=admin", True),
        (" 42?a[]=1", True),
        ("42%3frole=admin", True),
        ("42\uff1frole=admin", True),
        ("42", False),
        ("what?", False),
        ("a?b c=d", False),
        ("https://x.example/?a=b", False),
        ("50%", False),
        ("日本", False),
    ],
)
def test_an_identifier_brings_no_query(value: str, *, queries: bool) -> None:
    assert bool(judge_key(value).objections) is queries


@rows(
    ("value", "expected"),
    [
        ("core.hooksPath", True),
        (" CORE.FSMONITOR ", True),
        ("alias.co", True),
        ("user.name", False),
        ("core.autocrlf", False),
        ("aliases", False),
    ],
)
def test_a_setting_of_git_starts_nothing(value: str, *, expected: bool) -> None:
    assert bool(judge_setting(value).objections) is expected


@rows(
    ("value", "programs", "expected"),
    [
        ("--pre=/tmp/x.sh", ("rg",), True),
        (" --pre=sh ", (), True),
        ("--pre flag", ("rg",), False),
        ("--pre=a b", ("rg",), False),
        ("--color=never", ("rg",), False),
        ("a --pre=x", ("rg",), False),
    ],
)
def test_a_text_that_is_one_option_is_none_that_starts_something(
    value: str, programs: tuple[str, ...], *, expected: bool
) -> None:
    assert bool(judge_option(value, programs).objections) is expected


@rows(
    ("value", "expected"),
    [
        ("C01&token=x#", True),
        ("42?role=admin", True),
        ("R&D", False),
        ("a&b", False),
        ("https://a.example/?b=1&c=2", False),
    ],
)
def test_an_identifier_brings_no_part_of_a_query(value: str, *, expected: bool) -> None:
    assert bool(judge_key(value).objections) is expected


@rows(("value", "expected"), [("evil.example/#", True), ("a@b", True), ("us-east-1", False), ("eu_west", False)])
def test_a_part_of_a_hosts_name_ends_in_no_other_host(value: str, *, expected: bool) -> None:
    assert bool(judge_label(value).objections) is expected


@rows(
    ("value", "name", "expected"),
    [("42?role=admin", "id", True), ("a/b", "region", True), ("a/b?c=d", "text", False), ("a/b", "id", False)],
)
def test_the_name_says_of_what_a_value_becomes_a_part(value: str, name: str, *, expected: bool) -> None:
    assert bool(judge_part(value, name).objections) is expected
