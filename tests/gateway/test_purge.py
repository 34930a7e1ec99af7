"""The process tree, and the requests of a keeper: pieces that run in the warden, tested here in our own process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from childkit import PATIENCE, alive, watched
from sekisho.gateway.keeper import pack_request, read_request
from sekisho.gateway.purge import descendants, look, strike

if TYPE_CHECKING:
    from collections.abc import Generator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walks /proc")

WORD = st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=8)
NAME = WORD.filter(lambda name: name and "=" not in name)


@contextmanager
def sleeper(name: str = "sleeper") -> Generator[int]:
    """A process that sleeps under a name."""
    code = "import signal, sys\nopen('/proc/self/comm', 'w').write(sys.argv[1])\nprint(flush=True)\nsignal.pause()"
    with subprocess.Popen([sys.executable, "-I", "-S", "-c", code, name], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"\n"
            yield process.pid
        finally:
            process.kill()
            process.wait(PATIENCE)


@pytest.mark.parametrize("name", ["plain", ") Z 1 2 3 (", "a b) c", "))"])
def test_the_name_of_a_process_does_not_confuse_the_walk(name: str) -> None:
    with sleeper(name) as pid:
        process = look(pid)
        assert process is not None
        assert (process.parent, process.group) == (os.getpid(), os.getpgrp())
        assert process.state in b"SR"


def test_a_walk_finds_what_is_below_and_spares_what_it_is_told_to() -> None:
    with sleeper() as one, sleeper() as two:
        assert {one, two} <= descendants(os.getpid(), ()).keys()
        below = descendants(os.getpid(), {one}).keys()
        assert two in below
        assert one not in below
        assert not descendants(one, ())


def test_a_signal_never_reaches_a_later_owner_of_a_number() -> None:
    with sleeper() as pid, watched(pid) as dead:
        before = look(pid)
        assert before is not None
        before.born -= 1
        strike(pid, before, signal.SIGKILL)
        assert alive(pid)
        before.born += 1
        strike(pid, before, signal.SIGKILL)
        dead()
        strike(pid, before, signal.SIGKILL)


@given(st.lists(WORD, min_size=1, max_size=4), st.dictionaries(NAME, WORD, max_size=4))
def test_a_request_is_read_as_it_was_written(argv: list[str], env: dict[str, str]) -> None:
    request = pack_request(program="/bin/server", cwd="/tmp", argv=argv, env=env.items())  # noqa: S108 - a folder
    ours, theirs = socket.socketpair()
    with ours, theirs, open(os.devnull) as null:  # noqa: PTH123 - any descriptor
        # In two pieces, as a long one arrives.
        socket.send_fds(ours, [request[:5]], [null.fileno()] * 3)
        ours.sendall(request[5:])
        read = read_request(theirs)
        assert read is not None
        program, numbers = read
        assert (program.path, program.cwd) == (b"/bin/server", b"/tmp")
        assert program.argv == [word.encode() for word in argv]
        assert program.env == {name.encode(): value.encode() for name, value in env.items()}
        assert len(numbers) == 3
        assert not any(os.get_inheritable(number) for number in numbers)
        for number in numbers:
            os.close(number)


@pytest.mark.parametrize("size", [0, 5, 12])
def test_half_a_request_is_none(size: int) -> None:
    request = pack_request(program="/bin/server", cwd="/", argv=["server"], env=())
    ours, theirs = socket.socketpair()
    with theirs:
        with ours:
            ours.sendall(request[:size])
        assert read_request(theirs) is None
