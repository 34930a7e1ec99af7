"""The self-tests against real processes and servers."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from clikit import PATIENCE
from sekisho.cli.selftest import peers_are_told, runaway_dies
from sekisho.range.incidents.two_readings import weather

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from clikit import Desk


loopback = pytest.mark.allow_hosts(["127.0.0.1"])


def test_a_runaway_dies_with_its_server() -> None:
    assert asyncio.run(runaway_dies())


@loopback
def test_the_system_tells_whose_a_loopback_connection_is() -> None:
    assert peers_are_told()


@contextmanager
def served(desk: Desk, folder: Path) -> Generator[str]:
    """Serve the weather over HTTP and return its URL."""
    command = [sys.executable, "-m", "sekisho", "serve", "--port", "0", "--", *weather(folder).command]
    with subprocess.Popen(command, env=desk.environ(), stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            yield next(word for word in said.split() if word.startswith("http://"))
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE)


@loopback
def test_a_remote_server_is_asked_what_it_speaks(desk: Desk, tmp_path: Path) -> None:
    with served(desk, tmp_path) as url:
        done = desk.call("doctor", "--url", url)
    assert done.exit_code == 0, done.stdout
    assert f"ok    Server {url.removesuffix('/mcp')}: answers, revision 2025-11-25.\n" in done.stdout


@loopback
def test_a_server_that_is_not_there_is_a_failure_and_no_refusal_of_a_host(desk: Desk) -> None:
    done = desk.call("doctor", "--url", "http://127.0.0.1:9/private?token=x")
    assert done.exit_code == 1
    assert "\nfail  No connection: " in done.stdout
    assert "private" not in done.stdout
    assert desk.call("why").exit_code == 1


@loopback
def test_a_server_that_is_none_is_a_failure(desk: Desk, tmp_path: Path) -> None:
    code = (
        "import http.server\nserver = http.server.HTTPServer(('127.0.0.1', 0), http.server.SimpleHTTPRequestHandler)\n"
        "print(server.server_port, flush=True)\nserver.serve_forever()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path
    ) as process:
        try:
            assert process.stdout is not None
            done = desk.call("doctor", "--url", f"http://127.0.0.1:{process.stdout.readline().strip()}/")
        finally:
            process.kill()
    assert done.exit_code == 1
    assert "\nfail  " in done.stdout


def test_the_test_leaves_no_process_behind() -> None:
    asyncio.run(runaway_dies())
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
