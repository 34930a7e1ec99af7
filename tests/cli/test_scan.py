from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clikit import narrow
from scankit import CLEAN, POISON, SECRETIVE, written
from sekisho.cli import scan as command
from sekisho.rules.example import listing, tool

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk

SETTINGS = {"mcpServers": {"sky": {"command": "sky", "env": {"LD_PRELOAD": "/srv/x.so"}}}}


def options(files: list[str]) -> list[str]:
    return [word for file in files for word in ("--tools", file)]


def test_clean_servers_are_0_and_findings_1(desk: Desk, tmp_path: Path) -> None:
    assert desk.call("scan", *options(written(tmp_path, sky=CLEAN))).exit_code == 0
    done = desk.call("scan", *options(written(tmp_path, tides=POISON)))
    assert done.exit_code == 1
    assert "hides-from-user" in done.output


@pytest.mark.parametrize(("fail_on", "code"), [("low", 1), ("high", 1), ("critical", 0), ("never", 0)])
def test_the_threshold_decides_the_exit_code(desk: Desk, tmp_path: Path, fail_on: str, code: int) -> None:
    done = desk.call("scan", *options(written(tmp_path, tides=POISON)), "--fail-on", fail_on)
    assert done.exit_code == code
    assert "hides-from-user" in done.output


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_line_fits_and_none_is_a_command(desk: Desk, tmp_path: Path, lang: str) -> None:
    long = " ".join(["漢字と words"] * 12)
    poison = listing(tool(f"{long}. {SECRETIVE} {long} ::error::x \x1b[2J", name="n" * 300))
    done = desk.call("scan", *options(written(tmp_path, tides=poison)), "--lang", lang)
    assert done.exit_code == 1
    assert narrow(done.output)
    assert not any(line.lstrip().startswith("::") for line in done.output.splitlines())
    assert "\x1b" not in done.output


def test_json_is_ascii_and_holds_no_command_of_a_runner(desk: Desk, tmp_path: Path) -> None:
    poison = listing(tool(f"##[error]x \x1b[2J 漢 {SECRETIVE}"))
    done = desk.call("scan", *options(written(tmp_path, tides=poison)), "--format", "json")
    assert done.output.isascii()
    assert "##[" not in done.output
    assert any("##[error]x" in found["excerpt"] for found in json.loads(done.output)["findings"])


def test_a_file_that_is_no_dump_is_2_and_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"mcpServers": {}}')
    done = desk.call("scan", *options(written(tmp_path, tides=POISON)), "--tools", str(tmp_path / "x.json"))
    assert done.exit_code == 2
    assert "x.json has no tools, prompts, resources or instructions" in done.output
    assert "Give the answer to tools/list" in done.output
    assert "hides-from-user" not in done.output


def test_without_arguments_this_machines_settings_are_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".cursor").mkdir()
    (tmp_path / ".cursor" / "mcp.json").write_text(json.dumps(SETTINGS))
    done = desk.call("scan", HOME=str(tmp_path))
    assert done.exit_code == 1
    assert "loader-variable" in done.output
    assert "nothing was started or contacted" in done.output
    assert narrow(done.output)
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert desk.call("scan", HOME=str(empty)).exit_code == 0


@pytest.mark.parametrize("form", ["table", "json", "sarif", "html"])
def test_settings_that_are_named_are_judged_in_every_form(desk: Desk, tmp_path: Path, form: str) -> None:
    file = tmp_path / "mcp.json"
    file.write_text(json.dumps(SETTINGS, indent=2))
    done = desk.call("scan", str(file), "--format", form)
    assert done.exit_code == 1
    assert "loader-variable" in done.output


def test_what_fails_in_here_is_3_and_no_clean_report(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError(SECRETIVE)

    monkeypatch.setattr(command, "_scanned", broken)
    done = desk.call("scan", *options(written(tmp_path, sky=CLEAN)))
    assert done.exit_code == 3
    assert "KeyError" in done.output
    assert SECRETIVE not in done.output


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_page_is_written_as_utf_8_in_the_language_asked_for(desk: Desk, tmp_path: Path, lang: str) -> None:
    done = desk.call("scan", *options(written(tmp_path, 時計=POISON)), "--format", "html", "--lang", lang)
    text = done.stdout_bytes.decode()
    assert done.exit_code == 1
    assert text.startswith(f'<!doctype html>\n<html lang="{lang}">')
    assert "時計" in text


def test_sarif_is_ascii_and_holds_no_command_of_a_runner(desk: Desk, tmp_path: Path) -> None:
    poison = listing(tool(f"##[error]x \x1b[2J 漢 ::error::x {SECRETIVE}"))
    done = desk.call("scan", *options(written(tmp_path, tides=poison)), "--format", "sarif")
    assert done.exit_code == 1
    assert done.output.isascii()
    assert not any(mark in done.output for mark in ("##[", "\x1b", "\\u001b"))
    assert not any(line.lstrip().startswith("::") for line in done.output.splitlines())
    (run,) = json.loads(done.output)["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


@pytest.mark.parametrize("form", ["table", "json", "sarif", "html"])
def test_a_baseline_puts_what_is_known_aside_and_still_tells_it(desk: Desk, tmp_path: Path, form: str) -> None:
    known, files = str(tmp_path / "known"), options(written(tmp_path, tides=POISON))
    wrote = desk.call("scan", *files, "--write-baseline", known)
    assert (wrote.exit_code, wrote.stdout) == (0, "")
    done = desk.call("scan", *files, "--baseline", known, "--format", form)
    assert done.exit_code == 0
    assert {"json": '"known": [', "sarif": '"suppressions"'}.get(form, "Known from the baseline") in done.output


def test_a_baseline_that_cannot_be_read_or_written_is_2(desk: Desk, tmp_path: Path) -> None:
    files = options(written(tmp_path, tides=POISON))
    assert desk.call("scan", *files, "--baseline", str(tmp_path / "nosuch")).exit_code == 2
    done = desk.call("scan", *files, "--write-baseline", str(tmp_path / "no" / "such"))
    assert done.exit_code == 2
    assert "cannot be written" in done.output
