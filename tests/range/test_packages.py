"""Releases without a network: how they are started, and each way in which one is not to be had."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.range import packages
from sekisho.range.incidents import incidents
from sekisho.range.packages import Index, Package, Unavailable, command, fetch

if TYPE_CHECKING:
    from pathlib import Path

PYPI = Package(index=Index.PYPI, name="sekisho-no-such-package", version="1.0", program="serve", beside=("mcp<2",))
NPM = Package(index=Index.NPM, name="@sekisho/no-such-package", version="1.0", program="dist/index.js")


def never(_path: Path) -> None:
    pytest.fail("nothing has to be fetched")


def test_what_was_fetched_once_is_not_fetched_again_and_nothing_of_it_runs_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "npm").touch(mode=0o700)
    ran: list[list[str]] = []

    def run(command: list[str], seconds: float) -> None:
        assert seconds > 0
        ran.append(command)
        os.makedirs(told[0], exist_ok=True)  # noqa: PTH103 - a string

    monkeypatch.setattr(packages, "executed", run)
    told: list[Path] = []
    for package in (PYPI, NPM):
        fetch(package, told.append)
        fetch(package, never)
    assert [command[1] for command in ran] == ["-m", "-m", "install"]
    assert {"--only-binary", "sekisho-no-such-package==1.0", "mcp<2"} < set(ran[1])
    assert {"--ignore-scripts", "@sekisho/no-such-package@1.0"} < set(ran[2])
    assert all(path.is_relative_to(tmp_path) for path in told)
    assert command(PYPI, "--db", "x") == (str(told[0] / "bin" / "serve"), "--db", "x")
    assert command(NPM, "x")[:2] == ("node", str(told[1] / "node_modules/@sekisho/no-such-package/dist/index.js"))


def test_without_npm_its_packages_are_not_to_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="no npm on the PATH"):
        fetch(NPM, lambda _path: None)


def test_the_reason_is_one_line() -> None:
    cases = (
        ([sys.executable, "-c", "import sys; sys.exit('one\\nERROR: two\\nthree')"], "ERROR: two"),
        ([sys.executable, "-c", "import sys; sys.exit('one\\ntwo')"], "two"),
        ([sys.executable, "-c", "import sys; sys.exit(3)"], "ended with code 3"),
        (["/no/such/program"], "program: No such file"),
    )
    for words, said in cases:
        with pytest.raises(Unavailable) as error:
            packages.executed(words, 20.0)
        assert said in str(error.value)


def test_a_command_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Unavailable, match="took longer"):
        packages.executed([sys.executable, "-c", "input() if 0 else __import__('signal').pause()"], 0.05)


def test_every_release_is_pinned() -> None:
    assert all(each.package.version[0].isdigit() for each in incidents() if each.package is not None)
