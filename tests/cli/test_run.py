"""`sekisho run` as a host starts it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from clikit import PATIENCE
from sekisho.range.host import Host
from sekisho.range.incidents.two_readings import weather
from sekisho.range.script import ATTEMPTS, LEGACY_VISIT, opening

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from clikit import Desk


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "sekisho", "run", "--cwd", str(folder), "--", *weather(folder).command]


def test_a_whole_conversation_through_a_pipe_is_answered_before_it_ends(desk: Desk, tmp_path: Path) -> None:
    said = b"".join(one.line + b"\n" for one in LEGACY_VISIT)
    done = subprocess.run(
        command(tmp_path), input=said, env=desk.environ(), capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0
    # A call that comes before its list was answered waits for one.
    assert sorted(json.loads(line)["id"] for line in done.stdout.splitlines()) == [1, 2, 3, 4]


def test_what_was_refused_is_what_why_tells(desk: Desk, tmp_path: Path) -> None:
    with Host(command(tmp_path), desk.environ(), cwd=tmp_path) as host:
        for said in (*opening(), *ATTEMPTS):
            if said.answered:
                host.ask(said.line)
            else:
                host.tell(said.line)
    assert "rule   unknown-method\n" in desk.call("why").output
    assert desk.call("audit", "verify").exit_code == 0


def test_told_to_end_it_ends_and_seals_its_record(desk: Desk, tmp_path: Path) -> None:
    with subprocess.Popen(
        command(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=desk.environ()
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(LEGACY_VISIT[0].line + b"\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert desk.call("audit", "verify").output.startswith("Intact: ")


def test_a_server_that_cannot_start_is_told_to_the_host_and_to_why(desk: Desk, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "sekisho", "run", "--", "no-such-program"]
    with Host(words, desk.environ(), cwd=tmp_path) as host:
        answer = json.dumps(host.ask(LEGACY_VISIT[0].line))
    assert '"rule": "server-cannot-start"' in answer
    assert "The server could not be started" in desk.call("why").output


def test_a_state_directory_that_cannot_be_used_is_exit_code_two(desk: Desk) -> None:
    done = desk.run("run", "--", "cat", SEKISHO_STATE="here")
    assert (done.returncode, done.stdout) == (2, "")
    assert "not an absolute path" in done.stderr


def test_an_entry_stands_alone(desk: Desk) -> None:
    done = desk.run("run", "--entry", "one", "--", "cat")
    assert done.returncode == 2
    assert "only --config F may stand beside it" in done.stderr


def test_an_entry_is_refused_where_there_is_no_broker(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    done = desk.call("run", "--entry", "one")
    assert done.exit_code == 2
    assert "--entry works on Linux only" in done.output


FLOOD = """
import json, sys, threading
lines = ("x" * 300 + "\\n" for _ in range(2000))
threading.Thread(target=lambda: [(sys.stderr.write(line), sys.stderr.flush()) for line in lines], daemon=True).start()
for line in sys.stdin:
    said = json.loads(line)
    if "id" in said:
        made = {"capabilities": {}, "serverInfo": {"name": "a", "version": "1"}}
        made = {**made, "protocolVersion": said["params"]["protocolVersion"]} if said["method"] == "initialize" else {}
        print(json.dumps({"jsonrpc": "2.0", "id": said["id"], "result": made}), flush=True)
"""


def test_a_host_that_never_reads_what_a_chatty_server_logs_gets_its_answers(desk: Desk) -> None:
    words = [sys.executable, "-m", "sekisho", "run", "--", sys.executable, "-c", FLOOD]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, env=desk.environ()) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for said in (LEGACY_VISIT[0].line, *(ping(number) for number in range(2, 60))):
            process.stdin.write(said + b"\n")
            process.stdin.flush()
            assert b"result" in process.stdout.readline()
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def ping(number: int) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": "ping"}).encode()
