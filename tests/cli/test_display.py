from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from clikit import narrow
from sekisho.cli.display import listed, shown
from sekisho.policy.layers import Layer, Rank, merge
from sekisho.policy.toml import parse
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.policy.layers import Effective

SECRET: Final = "hunter2"  # noqa: S105 - that it is not shown is the test
TEXT: Final = f"""
[servers.git]
command = ["git", "--token", "{SECRET}"]
cwd = "~/src"
env = {{ TOKEN = "{SECRET}" }}
pass_env = ["GITHUB_TOKEN"]
[servers.docs]
url = "https://ada:{SECRET}@mcp.example.com:8443/{SECRET}?key={SECRET}"
headers = {{ Authorization = "Bearer {SECRET}" }}
[limits]
message_depth = 64
"""


def said(text: str) -> Effective:
    return merge([Layer(rank=Rank.USER, document=parse(text, file="f.toml"))])


def test_what_holds_is_shown_with_its_origin_and_without_secrets() -> None:
    assert list(shown(said(TEXT))) == [
        '  servers.git.command = ["git", "…"]',
        "    # user: f.toml:3:1",
        '  servers.git.cwd = "~/src"',
        "    # user: f.toml:4:1",
        '  servers.git.env = {"TOKEN": "…"}',
        "    # user: f.toml:5:1",
        '  servers.git.pass_env = ["GITHUB_TOKEN"]',
        "    # user: f.toml:6:1",
        '  servers.docs.url = "https://mcp.example.com:8443/…"',
        "    # user: f.toml:8:1",
        '  servers.docs.headers = {"Authorization": "…"}',
        "    # user: f.toml:9:1",
        "  limits.message_depth = 64",
        "    # user: f.toml:11:1",
    ]


def test_a_machine_is_told_the_same() -> None:
    effective = said(TEXT)
    entries = listed(effective)
    assert len(entries) == len(effective.values)
    assert SECRET not in json.dumps(entries)
    assert entries[-1] == {
        "key": "limits.message_depth",
        "value": 64,
        "file": "f.toml",
        "line": 11,
        "column": 1,
        "rank": "user",
    }


def test_who_has_to_decide_sees_everything() -> None:
    assert "".join(line.strip() for line in shown(said(TEXT), everything=True)).count(SECRET) == 6


def test_lines_are_narrow_and_speak_no_escape_sequences() -> None:
    evil = "servers.a.command = ['sh', '-c', \"" + "x " * 200 + '\\u001b[2J"]\n'
    text = "\n".join(shown(said(evil), everything=True))
    assert narrow(text)
    assert "\x1b" not in text


@rows(
    ("url", "expected"),
    [
        ("http://a.example", "http://a.example"),
        ("http://a.example/", "http://a.example"),
        ("http://[::1]:8/mcp", "http://[::1]:8/…"),
        ("http://a:99999/", "…"),
        ("http://[a/", "…"),
        ("https://u:p@h?q", "https://h/…"),
    ],
)
def test_of_an_address_only_the_origin_is_shown(url: str, expected: str) -> None:
    (entry,) = listed(said(f"servers.a.url = '{url}'"))
    assert entry["value"] == expected
