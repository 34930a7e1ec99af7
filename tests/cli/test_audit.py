from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from clikit import NOON, PATIENCE, entry, narrow, steady
from sekisho.adapters.audit import Entry, chain

if TYPE_CHECKING:
    from clikit import Desk

SESSION = (
    entry("request", method="initialize", call=1, verdict="allow"),
    entry("answer", method="initialize", call=1, verdict="allow", outcome="result", ms=14.25),
    entry("request", method="tools/call", name="get_forecast", call=2, verdict="allow"),
    entry("error", rule="duplicate-key", code=-32700, verdict="deny"),
    entry("refusal", method="tools/call", rule="server-exited", pointer="", ticket="7F3K2A", verdict="deny"),
)


def test_tail_shows_the_newest_records_oldest_first_as_a_table(desk: Desk) -> None:
    desk.record(*SESSION)
    done = desk.call("audit", "tail")
    assert done.exit_code == 0
    assert steady(done.output) == (
        "time      event        verdict  server        what happened\n"
        "2026-11-30\n"
        "12:00:01  aaaaaa:2     allow    weather.py    request  initialize\n"
        "12:00:02  aaaaaa:3     allow    weather.py    answer  initialize  14.2 ms\n"
        "12:00:03  aaaaaa:4     allow    weather.py    request  tools/call get_forecast\n"
        "12:00:04  aaaaaa:5     deny     weather.py    error  duplicate-key\n"
        "12:00:05  aaaaaa:6     deny     weather.py    refusal  7F3K2A  server-exited  t…\n"
    )


def test_tail_speaks_japanese_in_the_same_columns(desk: Desk) -> None:
    desk.record(SESSION[0])
    done = desk.call("audit", "tail", "--lang", "ja")
    assert steady(done.output) == (
        "時刻      イベント     判定     サーバー      内容\n"
        "2026-11-30\n"
        "12:00:01  aaaaaa:2     allow    weather.py    request  initialize\n"
    )


def test_a_new_day_gets_a_line_of_its_own(desk: Desk) -> None:
    desk.record(SESSION[0])
    desk.record(SESSION[0], begin=NOON + 86_400_000)
    days = [line for line in desk.call("audit", "tail").output.splitlines() if line.startswith("2026-")]
    assert days == ["2026-11-30", "2026-12-01"]


def test_times_are_those_of_this_machine(desk: Desk) -> None:
    desk.record(SESSION[0])
    done = desk.run("audit", "tail", TZ="Asia/Tokyo")
    assert "\n21:00:01  " in done.stdout


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (["-n", "2"], [5, 6]),
        (["-n", "0"], []),
        (["--kind", "request"], [2, 4]),
        (["--kind", "audit-file"], [1]),
        (["--verdict", "deny"], [5, 6]),
        (["--rule", "duplicate-key"], [5]),
        (["--ticket", "7f3k2a"], [6]),
        (["--server", "weather"], [2, 3, 4, 5, 6]),
        (["--server", "slack"], []),
        (["--since", "2026-11-30T12:00:05"], [6]),
        (["--since", "2026-11-30"], [2, 3, 4, 5, 6]),
        (["--verdict", "deny", "-n", "1"], [6]),
    ],
)
def test_options_choose_records(desk: Desk, options: list[str], numbers: list[int]) -> None:
    desk.record(*SESSION)
    shown = re.findall(r"[0-9a-f]{6}:([0-9]+)", desk.call("audit", "tail", *options).output)
    assert [int(number) for number in shown] == numbers


@pytest.mark.parametrize(("since", "count"), [("1h", 1), ("30m", 1), ("00:00:00", 1), ("9w", 2)])
def test_since_counts_from_now(desk: Desk, since: str, count: int) -> None:
    now = int(datetime.now(UTC).timestamp() * 1000)
    desk.record(SESSION[0], begin=now - 40 * 86_400_000)
    desk.record(SESSION[0], begin=now - 1000)
    assert desk.call("audit", "tail", "--since", since).output.count("initialize") == count


@pytest.mark.parametrize("since", ["", "yesterday", "5", "999999w", "2026-13-01", "25:00"])
def test_a_time_that_is_none_is_a_mistake_of_the_caller(desk: Desk, since: str) -> None:
    done = desk.call("audit", "tail", "--since", since)
    assert done.exit_code == 2
    assert "write 30m" in done.output


def test_an_empty_audit_says_so(desk: Desk) -> None:
    done = desk.call("audit", "tail")
    assert (done.exit_code, done.output) == (0, "Nothing like that is on record.\n")


def test_names_from_outside_can_do_nothing_to_a_terminal(desk: Desk) -> None:
    name = "x\x1b]8;;a\x07\u202e\u009b31m" + "漢" * 200
    desk.record(
        entry("request", method="tools/call", name=name, verdict=f"deny{name}"),
        Entry(kind=f"lifecycle{name}", server=f"npx {name} @ /srv", fields={"event": name, name: name}),
    )
    output = desk.call("audit", "tail").output
    output += desk.call("audit", "tail", "--json").output
    for word in re.findall(r"[0-9a-f]{6}:[0-9]+", output)[:2]:
        output += (shown := desk.call("audit", "show", word).output)
        assert narrow(shown)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output)
    assert narrow(desk.call("audit", "tail").output)


def test_tail_as_json_is_one_object_a_line(desk: Desk) -> None:
    writer = desk.record(*SESSION)
    found = [json.loads(line) for line in desk.call("audit", "tail", "--json").output.splitlines()]
    assert [one["kind"] for one in found] == [one.kind for one in SESSION]
    assert found[0]["id"] == f"{writer}:2"
    assert found[0]["fields"] == {"method": "initialize", "call": 1, "verdict": "allow"}


def test_following_shows_what_is_written_until_it_is_stopped(desk: Desk) -> None:
    desk.record(*SESSION)
    command = [sys.executable, "-u", "-m", "sekisho", "audit", "tail", "--follow", "-n", "1", "--verdict", "deny"]
    with subprocess.Popen(
        command, env=desk.environ(PYTHONUNBUFFERED="1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        shown = [process.stdout.readline() for _ in range(3)]
        assert "server-exited" in shown[-1]
        with desk.log(NOON + 60_000) as log:
            log.append(entry("request", method="ping", verdict="allow"))
            log.append(entry("error", rule="too-deep", verdict="deny"))
            assert process.stdout.readline().endswith("error  too-deep\n")
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=PATIENCE)
    assert (rest, said, process.returncode) == ("", "sekisho: Waiting for events. Stop with Ctrl-C.\n", 0)


def test_show_tells_all_of_a_record(desk: Desk) -> None:
    writer = desk.record(
        Entry(
            kind="request",
            principal="ada",
            conversation="stdio:1-1",
            server="weather",
            fields={"method": "tools/call", "call": 2, "verdict": "allow"},
            values={"params": {"city": "Kyoto"}},
        )
    )
    done = desk.call("audit", "show", f"{writer}:2")
    assert done.exit_code == 0
    digest = re.search(r"digest ([0-9a-f]{32})", done.output)
    assert digest is not None
    offset = (desk.state / "audit" / chain.file_name(writer, 1)).read_bytes().index(b"\n") + 1
    assert done.output.replace(digest[1], "D" * 32) == (
        f"record        {writer}:2\n"
        "time          2026-11-30 12:00:01.000 +0000\n"
        "kind          request\n"
        "method        tools/call\n"
        "call          2\n"
        "verdict       allow\n"
        "server        weather\n"
        "principal     ada\n"
        "conversation  stdio:1-1\n"
        f"params        digest {'D' * 32}, 16 bytes as JSON\n"
        f"file          {writer}.000001.jsonl, byte {offset}\n"
    )


@pytest.mark.parametrize("ticket", ["7F3K2A", "7f3k2a"])
def test_show_finds_a_ticket(desk: Desk, ticket: str) -> None:
    desk.record(*SESSION)
    assert "rule          server-exited\n" in desk.call("audit", "show", ticket).output


def test_show_finds_a_short_id_and_gives_json(desk: Desk) -> None:
    writer = desk.record(*SESSION)
    done = desk.call("audit", "show", f"{writer[-6:]}:5", "--json")
    assert json.loads(done.output)["fields"]["rule"] == "duplicate-key"


@pytest.mark.parametrize("which", ["ABCDEF", "abcdef:1", "abcdef:", ":", "20260101T000000Z-aaaaaaaaaaaa:1", "../x:1"])
def test_show_says_that_there_is_no_such_record(desk: Desk, which: str) -> None:
    desk.record(*SESSION)
    done = desk.call("audit", "show", which)
    assert done.exit_code == 1
    assert done.output == f"sekisho: There is no event {which}.\nThe newest ones: sekisho audit tail\n"


def test_a_short_id_that_two_records_share_is_refused_with_both_names(desk: Desk) -> None:
    first = desk.record(SESSION[0])
    audit = desk.state / "audit"
    second = f"20260101T000000Z-bbbbbb{first[-6:]}"
    (audit / chain.file_name(second, 1)).write_bytes((audit / chain.file_name(first, 1)).read_bytes())
    done = desk.call("audit", "show", f"{first[-6:]}:2")
    assert done.exit_code == 2
    assert f"  {first}:2\n" in done.output
    assert f"  {second}:2\n" in done.output


def test_verify_finds_an_honest_audit_intact(desk: Desk) -> None:
    desk.record(*SESSION)
    desk.record(*SESSION)
    done = desk.call("audit", "verify")
    assert done.exit_code == 0
    assert done.output == "Intact: 14 records of 2 processes; none edited, dropped or reordered.\n"


def test_verify_finds_an_edit_with_its_place(desk: Desk) -> None:
    writer = desk.record(*SESSION)
    file = desk.state / "audit" / chain.file_name(writer, 1)
    file.write_bytes(file.read_bytes().replace(b"duplicate-key", b"duplicate-kex"))
    done = desk.call("audit", "verify")
    assert done.exit_code == 1
    assert done.output.startswith("Broken. Signs of tampering or loss: 1.\nKeep a copy of ")
    assert f"\n  {file.name}:5  this is not what number 6 was\n    chained to" in done.output


def test_verify_as_json_says_the_same(desk: Desk) -> None:
    writer = desk.record(*SESSION)
    found = json.loads(desk.call("audit", "verify", "--json").output)
    assert (found["intact"], found["complete"], found["records"], found["problems"]) == (True, True, 7, [])
    assert [one["writer"] for one in found["writers"]] == [writer]


def test_without_the_key_nothing_counts_as_intact(desk: Desk) -> None:
    desk.record(*SESSION)
    (desk.state / "key").unlink()
    done = desk.call("audit", "verify")
    assert done.exit_code == 1
    assert "The sealing key" in done.output
    assert not (desk.state / "key").exists()


def test_a_process_that_was_killed_leaves_a_note(desk: Desk) -> None:
    code = (
        "import os\nfrom pathlib import Path\nfrom clikit import Desk, entry\n"
        f"with Desk(Path({str(desk.state)!r})).log() as log:\n    log.append(entry('request'))\n    os._exit(9)\n"
    )
    tests = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - a string for a path variable
    subprocess.run([sys.executable, "-c", code], env=desk.environ(PYTHONPATH=tests), timeout=PATIENCE, check=False)
    done = desk.call("audit", "verify")
    assert done.exit_code == 0
    assert "records are not sealed; their end could still be cut off." in done.output


def test_there_may_be_nothing_to_verify(desk: Desk) -> None:
    done = desk.call("audit", "verify", "--lang", "ja")
    assert (done.exit_code, done.output) == (0, "まだ記録がないため、検証するものはありません。\n")


def test_a_state_directory_that_cannot_be_used_is_a_mistake_of_the_caller(desk: Desk) -> None:
    for command in ("tail", "verify", "export"):
        done = desk.call("audit", command, SEKISHO_STATE="not/absolute")
        assert done.exit_code == 2
        assert "not an absolute path" in done.output


def test_an_export_is_the_chained_lines_with_their_ids_in_front(desk: Desk) -> None:
    writer = desk.record(*SESSION)
    lines = desk.call("audit", "export").stdout_bytes.splitlines(keepends=True)
    prefixes = [f'{{"id":"{writer}:{number}",'.encode() for number in range(1, 8)]
    assert [line[: len(prefix)] for line, prefix in zip(lines, prefixes, strict=True)] == prefixes
    raw = b"".join(b"{" + line[len(prefix) :] for line, prefix in zip(lines, prefixes, strict=True))
    assert raw == (desk.state / "audit" / chain.file_name(writer, 1)).read_bytes()


def test_an_export_takes_the_same_filters(desk: Desk) -> None:
    desk.record(*SESSION)
    found = [json.loads(line) for line in desk.call("audit", "export", "--verdict", "deny").output.splitlines()]
    assert [one["fields"]["rule"] for one in found] == ["duplicate-key", "server-exited"]


def test_an_export_does_not_write_to_a_terminal(desk: Desk) -> None:
    desk.record(*SESSION)
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sekisho", "audit", "export"],
            env=desk.environ(),
            stdout=theirs,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 2
    assert b"sekisho audit export > audit.jsonl" in done.stderr
