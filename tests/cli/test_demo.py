"""The demo, whole: what it prints, that it checks itself, and what it says when something is not as promised."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from clikit import Desk, narrow
from sekisho.cli import demo
from sekisho.range.host import HostError
from sekisho.range.incidents import incidents
from sekisho.range.packages import Unavailable
from sekisho.range.play import Played, Side

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sekisho.range.incident import Incident
    from sekisho.range.packages import Package

ENGLISH: Final = """\
Sekisho demo   9 cases, each run twice against the same server    no network
The agent obeys everything it reads: the worst case, no model needed.

                                     WITHOUT            WITH SEKISHO
1 GitHub issue, private repo   p.15  published 412 B    published 412 B
    flow  not yet: what flows from one server to another is not judged
2 WhatsApp shadowing           p.27  12 chats sent      held; order not read
    governs-other-tools  get_fact_of_the_day  /description  + "Returns a fact f…
3 Rug pull                     p.26  new text read      held; asked to review
    governs-other-tools  get_fact_of_the_day  /description  + "Before any send,…
4 Same tool name twice         p.26  wrong server ran   both kept apart
    name  mail__send_message, notes__send_message
5 Command injection            p.21  file created       refused
    shell-other-program  /arguments/command  "aws s3 ls; touch made-by-the-seco…
6 Path traversal and symlink   p.21  key read, 2 times  refused, 2 times
    path-credential  /arguments/path  "../work-home/.ssh/id_ed25519"
    path-credential  /arguments/path  "notes/latest.txt"
7 SQL injection                p.21  table dropped      refused
    sql-several  /arguments/query  "SELECT 1; DROP TABLE users"
8 SSRF                         p.21  metadata read      refused
    url-private  /arguments/url  "http://2852039166/latest/meta-data/iam/securi…
9 A web page that lies               lie in the answer  lie in the answer
    none  text to text: Sekisho does not stop this (docs/limits.md)

Honest calls  34 of 34 passed, 0 questions      added time p50 N ms
On record     N events, chain verified (sekisho audit verify)
Look closer   sekisho demo 1 --step             all of it in N s
Your machine  sekisho scan                      reads only, starts nothing
"""


def masked(text: str) -> str:
    """Replace what differs from run to run."""
    text = re.sub(r"p50 \d+\.\d\d ms", "p50 N ms", text)
    return re.sub(r"in \d+ s$", "in N s", re.sub(r"\d+ events", "N events", text), flags=re.MULTILINE)


@pytest.mark.timeout(180)
def test_all_nine_cases_are_played_and_the_table_tells_what_was_found(tmp_path: Path) -> None:
    """The one test that plays them all, some thirty processes: a state directory that is set must not be touched."""
    done = Desk(tmp_path / "state").call("demo")
    assert not (tmp_path / "state").exists()
    assert (done.exit_code, done.stderr) == (0, "")
    assert masked(done.stdout) == ENGLISH
    assert narrow(done.stdout)


class Acts:
    """Plays nothing: nothing came of an incident, or what a test says."""

    def __init__(self, change: Callable[[Played], Played] = lambda played: played) -> None:
        self._change = change

    def __call__(self, incident: Incident, *, folder: Path, environ: object) -> Played:
        assert folder.is_dir()
        assert environ
        side = Side(honest=[], attack=[], harm=None, questions=0, seconds=[0.001], tools=["read_\x1bfile"])
        played = Played(incident=incident, without=side, through=side, waits=[], events=1, verified=True)
        return self._change(played)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_is_not_as_promised_is_said_and_is_exit_code_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "play", Acts(lambda played: replace(played, verified=False)))
    done = desk.call("demo")
    assert done.exit_code == 1
    assert "sekisho: This did not end as promised: rug-pull: the audit does not verify\n" in done.stderr
    assert "with the output of: sekisho doctor\n" in done.stderr
    assert "9 events; the chain does NOT verify" in done.stdout
    assert done.stdout.count("nothing came of it") == 17
    assert "4 Same tool name twice         p.26  nothing came of it both kept apart" in done.stdout
    assert narrow(done.stdout)


def test_it_speaks_japanese_in_aligned_columns(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "play", Acts())
    done = desk.call("demo", "--lang", "ja")
    assert narrow(done.stdout)
    lines = done.stdout.splitlines()
    assert lines[0] == "関所 デモ   9 件、同じサーバーで 2 回ずつ    通信なし"
    assert "6 パストラバーサルとリンク     p.21  何も起きない       何も起きない" in lines


def test_a_host_without_an_answer_ends_its_case_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_played: Played) -> Played:
        raise HostError("initialize: it ended: no\x1b such thing")

    monkeypatch.setattr(demo, "play", Acts(silent))
    done = desk.call("demo")
    assert done.exit_code == 1
    assert done.stdout.count("    skipped: initialize: it ended: no␛ such thing") == 9
    assert desk.call("demo", "3", "--step").exit_code == 1


def test_one_case_is_shown_with_its_messages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "play", Acts())
    done = desk.call("demo", "3", "--step")
    assert "What happened\n  A tool says something harmless until it is approved" in done.stdout
    assert done.stdout.count("tools: read_␛file") == 2
    assert [desk.call("demo", *words).exit_code for words in (("--step",), ("10",), ("0",))] == [2, 2, 2]


def test_a_real_release_that_is_not_to_be_had_is_skipped_with_the_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(_package: Package, fetching: Callable[[Path], None]) -> None:
        fetching(desk.state)
        raise Unavailable("ERROR: No matching distribution found")

    monkeypatch.setattr(demo, "play", Acts(lambda played: replace(played, verified=played.incident.place > 0)))
    monkeypatch.setattr(demo, "fetch", unavailable)
    done = desk.call("demo", "--real")
    assert done.stdout.count("    skipped: ERROR: No matching distribution found\n") == 2
    assert "10 filesystem 2025.3.28 (npm)\n" in done.stdout
    assert "sekisho: Fetching mcp-server-sqlite 2025.4.25 into " in done.stderr


def test_every_case_of_the_demo_is_a_small_server_of_ours() -> None:
    assert not [each.id for each in incidents() if each.place and each.package is not None]
