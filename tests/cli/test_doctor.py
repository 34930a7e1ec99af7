"""The doctor, once as a process of its own: it starts children and opens sockets."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from clikit import entry, narrow
from sekisho.adapters.audit import chain

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

IDS = [
    *("platform", "python", "state", "key", "audit", "halt", "pins", "broker"),
    *("peers", "uvloop", "warden", "launchers", "environment"),
]


def found(desk: Desk, *words: str, code: int = 0, **environ: str) -> dict[str, dict[str, str]]:
    """Run the doctor in this process and return its checks by id."""
    done = desk.call("doctor", "--json", *words, **environ)
    assert done.exit_code == code, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["ok"] is (code == 0)
    return {one["id"]: one for one in told["checks"]}


def test_on_a_machine_where_all_is_well_it_says_so(desk: Desk) -> None:
    desk.record(entry("request", method="ping", verdict="allow"))
    done = desk.run("doctor", SSH_AUTH_SOCK="/run/secret/place")
    assert (done.returncode, done.stderr) == (0, "")
    assert narrow(done.stdout)
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"Sekisho \S+, Python \S+, Linux \S+", lines[0])
    assert lines[1] == ""
    assert "ok    Halt: none in force." in lines
    assert "ok    Local connections: only your own user is let in." in lines
    assert "ok    Processes: a server's runaway (setsid, two forks) died with it just now." in lines
    assert any(re.fullmatch(r"        SSH_AUTH_SOCK +signs with your SSH keys", line) for line in lines)
    assert "/run/secret/place" not in done.stdout
    assert lines[-1] == "13 of 13 checks passed."


def test_it_speaks_japanese(desk: Desk) -> None:
    done = desk.call("doctor", "--lang", "ja")
    assert done.exit_code == 0
    assert narrow(done.stdout)
    assert "\n正常  全面停止: していません。\n" in done.stdout
    assert done.stdout.endswith("\n13 項目中 13 項目が正常です。\n")


def test_as_json_each_check_has_a_stable_name(desk: Desk) -> None:
    assert list(found(desk)) == IDS


def test_a_program_is_named_and_not_started(desk: Desk, tmp_path: Path) -> None:
    mark = tmp_path / "started"
    checks = found(desk, "--", sys.executable, "-S", "-c", f"open({str(mark)!r}, 'w')")
    assert checks["program"]["said"] == f"Program {sys.executable}: {sys.executable}"
    assert checks["code"]["said"] == "Code behind it: 0 packages, 1 sources, 0 variables that load code."
    assert not mark.exists()


def test_code_that_cannot_be_read_whole_is_told(desk: Desk) -> None:
    check = found(desk, "--", "sh", "none.sh")["code"]
    assert check["health"] == "look"
    assert check["next"].startswith("What is not read is not pinned")


@pytest.mark.parametrize(
    ("words", "said", "step"),
    [
        (["--", "no-such-program"], "There is no program no-such-program on the PATH.", "Install it, correct its name"),
        (["--cwd", "/no/such", "--", "sh"], "The working directory /no/such does not exist.", "Create it"),
        (["--", "/etc/passwd"], "the program may not be executed (/etc/passwd).", ""),
        (["--", "/etc"], "the program is not a file (/etc).", ""),
        (["--env", "NOT_SET_HERE", "--", "sh"], "the declared variable NOT_SET_HERE is not set", ""),
    ],
)
def test_what_cannot_be_started_is_a_failure_with_a_next_step(
    desk: Desk, words: list[str], said: str, step: str
) -> None:
    check = found(desk, *words, code=1)["program"]
    assert check["health"] == "fail"
    assert check["said"].startswith(said)
    assert check["next"].startswith(step)


def test_a_state_directory_that_cannot_be_used_ends_no_other_check(desk: Desk) -> None:
    checks = found(desk, code=1, SEKISHO_STATE="not/absolute")
    assert checks["state"]["health"] == "fail"
    assert checks["warden"]["health"] == "ok"
    assert "key" not in checks


def test_a_key_that_others_may_read_is_a_failure(desk: Desk) -> None:
    desk.record()
    (desk.state / "key").chmod(0o644)
    checks = found(desk, code=1)
    assert (checks["key"]["health"], checks["audit"]["health"]) == ("fail", "fail")


def test_an_audit_without_its_key_is_a_failure(desk: Desk) -> None:
    desk.record()
    (desk.state / "key").unlink()
    assert found(desk, code=1)["audit"]["said"].startswith("The sealing key ")


def test_a_broken_audit_is_a_failure(desk: Desk) -> None:
    writer = desk.record(entry("request", method="ping", verdict="allow"))
    file = desk.state / "audit" / chain.file_name(writer, 1)
    file.write_bytes(file.read_bytes().replace(b"allow", b"ALLOW"))
    check = found(desk, code=1)["audit"]
    assert (check["health"], check["next"]) == ("fail", "See where: sekisho audit verify")


@pytest.mark.parametrize(
    "words",
    [
        ["--url", "http://127.0.0.1:1/mcp", "--", "sh"],
        ["--header", "a: b"],
        ["--cwd", "/"],
        ["--lang", "fr"],
    ],
)
def test_what_makes_no_sense_together_is_a_mistake_of_the_caller(desk: Desk, words: list[str]) -> None:
    assert desk.call("doctor", *words).exit_code == 2


def test_an_address_that_is_none_is_a_failure(desk: Desk) -> None:
    check = found(desk, "--url", "ftp://example.com", code=1)["server"]
    assert "not an http or https URL" in check["said"]
