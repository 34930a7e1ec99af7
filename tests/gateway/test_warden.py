"""The warden: nothing outlives us, and nobody hits the neighbour."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from childkit import ECHO, ORPHAN, PATIENCE, Recorder, alive, descriptors, launch, python, run, watched
from sekisho.gateway import warden_client
from sekisho.gateway.child import Child, ChildLimits
from sekisho.gateway.launch import LaunchError
from sekisho.gateway.purge import descendants, look
from sekisho.gateway.warden_client import Warden

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from childkit import Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the warden's promises hold on Linux")

LEAVES_AN_ORPHAN = ORPHAN + "print(orphan(), flush=True)\n"
ON_ASYNCIO, ON_UVLOOP = "asyncio", "uvloop"

PARENT = f"""
import asyncio, fcntl, os, signal, sys, termios
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from childkit import Recorder, python
from sekisho.gateway.child import Child, ChildLimits
from sekisho.gateway.warden_client import Warden

async def main():
    warden, events = Warden(), Recorder()
    child = await Child.start(python(sys.argv[1]), events, warden=warden, limits=ChildLimits())
    said = (await events.lines_seen(1))[0].decode()
    print(warden.pid, child.pid, said, flush=True)
    await asyncio.get_running_loop().create_future()
"""


@pytest.fixture(params=[ON_ASYNCIO, ON_UVLOOP])
def loop(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stopped_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warden_client, "KILL_SECONDS", 0.3)


@contextmanager
def parent(
    code: str, *, before: str = "", stdin: int = subprocess.DEVNULL
) -> Generator[tuple[subprocess.Popen[bytes], list[str]]]:
    """A process that has a child as sekisho has one; with what it prints: warden, child, and the child's first line."""
    script = PARENT + before + "\nasyncio.run(main())\n"
    with subprocess.Popen(
        [sys.executable, "-c", script, code], stdin=stdin, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().decode().split(maxsplit=2)
        finally:
            process.kill()


@pytest.fixture(params=["while the child waits", "while the child is stopped"])
def orphaned(request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    stop = "os.kill(os.getpid(), signal.SIGSTOP)" if "stopped" in request.param else "signal.pause()"
    with parent(LEAVES_AN_ORPHAN + stop) as (process, words):
        yield process, [int(word) for word in words]


def test_a_killed_parent_leaves_neither_child_nor_orphan_nor_warden(
    orphaned: tuple[subprocess.Popen[bytes], list[int]],
) -> None:
    process, pids = orphaned
    with watched(*pids) as all_dead:
        process.kill()
        all_dead()


def test_signals_to_our_process_group_do_not_reach_the_warden() -> None:
    with parent("import os, signal\nprint(os.getppid(), flush=True)\nsignal.pause()") as (process, words):
        warden, child, keeper = map(int, words)
        assert len({os.getsid(pid) for pid in (process.pid, warden, child)}) == 3
        for pid in (warden, keeper):
            ignored = int(status_of(pid)["SigIgn"], 16)
            assert all(ignored >> (number - 1) & 1 for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
        with watched(warden, child, keeper) as all_dead:
            os.killpg(process.pid, signal.SIGINT)
            all_dead()


def status_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_a_child_has_no_controlling_terminal() -> None:
    take = "\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\nos.close(os.open('/dev/tty', os.O_RDWR))\n"
    code = "import os\ntry: os.open('/dev/tty', os.O_RDWR)\nexcept OSError as error: print(error.strerror, flush=True)"
    master, slave = pty.openpty()
    try:
        with parent(code, before=take, stdin=slave) as (_, words):
            assert words[2] == "No such device or address\n"
    finally:
        os.close(master)
        os.close(slave)


def test_a_child_inherits_no_descriptor_and_no_signal_setting(loop: str) -> None:
    # Not Python: it ignores two signals by itself. The fourth descriptor is the one that `ls` reads the folder with.
    shell = launch("/bin/sh", "-c", "ls /proc/self/fd; grep -E 'SigIgn|SigBlk' /proc/self/status")

    async def work(place: Site) -> None:
        _, events = await place.start(shell)
        await events.exit()
        assert events.lines[:4] == [b"0", b"1", b"2", b"3"]
        names = [line.split(b":\t")[0] for line in events.lines[4:]]
        # The C library keeps signals 32 and 33 to itself: what was inherited for them can't be changed by anybody.
        masks = [int(line.split(b":\t")[1], 16) & ~(0b11 << 31) for line in events.lines[4:]]
        assert (names, masks) == ([b"SigBlk", b"SigIgn"], [0, 0])

    reading, writing = os.pipe()
    os.set_inheritable(reading, True)  # noqa: FBT003 - the standard library's signature
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGCHLD})
    try:
        run(loop, work)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(reading)
        os.close(writing)


def test_the_end_of_one_child_does_not_touch_another(loop: str) -> None:
    async def work(place: Site) -> None:
        one, one_events = await place.start(python(LEAVES_AN_ORPHAN + "sys.stdin.read()"))
        two, two_events = await place.start(python(LEAVES_AN_ORPHAN + ECHO))
        orphan, neighbour = [int((await events.lines_seen(1))[0]) for events in (one_events, two_events)]
        with watched(one.pid, orphan) as dead:
            await one.stop(grace=PATIENCE)
            dead()
        assert one_events.exits == [(0, None)]
        assert alive(neighbour)
        two.write(b"still here\n")
        assert (await two_events.lines_seen(2))[1] == b"still here"
        with watched(two.pid, neighbour) as dead:
            await two.stop(grace=0)
            dead()

    run(loop, work)


def test_what_a_child_leaves_behind_dies_with_it(loop: str) -> None:
    async def work(place: Site) -> None:
        child, events = await place.start(python(LEAVES_AN_ORPHAN + "sys.stdin.readline()"))
        orphan = int((await events.lines_seen(1))[0])
        with watched(orphan) as dead:
            child.write(b"leave\n")
            assert await events.exit() == (0, None)
            dead()

    run(loop, work)


@pytest.mark.parametrize("hop", ["pass", "os.setsid()"], ids=["in one session", "in a new session each time"])
def test_processes_that_fork_faster_than_one_can_look_are_caught(loop: str, hop: str) -> None:
    # Each generation lives for a moment, forks its heir and exits: the numbers are old before they are read.
    comet = (
        "import os, sys\nprint('up', flush=True)\nfor _ in range(3): os.fork()\n"
        f"while True:\n    if os.fork(): os._exit(0)\n    {hop}"
    )
    code = f"import os, sys\nif os.fork() == 0:\n    os.setsid()\n    exec({comet!r})\nsys.stdin.read()"

    async def work(place: Site) -> None:
        child, events = await place.start(python(code))
        await events.lines_seen(1)
        await child.stop(grace=0)
        assert child.left == 0
        assert place.warden.pid is not None
        await nothing_below(place.warden.pid)

    run(loop, work)


async def nothing_below(pid: int) -> None:
    """Wait until a process has no living descendant."""
    below = list(descendants(pid, ()))
    try:
        with watched(*below) as dead:
            await asyncio.to_thread(dead)
    except ProcessLookupError:
        await nothing_below(pid)


def test_a_killed_warden_takes_every_child_with_it_and_is_replaced(loop: str) -> None:
    async def work(place: Site) -> None:
        started = [await place.start(python(LEAVES_AN_ORPHAN + "sys.stdin.read()")) for _ in range(3)]
        orphans = [int((await events.lines_seen(1))[0]) for _, events in started]
        first = place.warden.pid
        assert first is not None
        with watched(*orphans, *(child.pid for child, _ in started)) as dead:
            os.kill(first, signal.SIGKILL)
            for _, events in started:
                assert await events.exit() == (None, signal.SIGKILL)
            dead()
        _, events = await place.start(launch("/bin/true"))
        assert await events.exit() == (0, None)
        assert place.warden.pid != first

    run(loop, work)


def test_a_killed_keeper_takes_its_own_child_with_it_and_no_other(loop: str) -> None:
    async def work(place: Site) -> None:
        one, one_events = await place.start(python(LEAVES_AN_ORPHAN + "sys.stdin.read()"))
        two, two_events = await place.start(python(LEAVES_AN_ORPHAN + ECHO))
        orphan, neighbour = [int((await events.lines_seen(1))[0]) for events in (one_events, two_events)]
        with watched(one.pid, orphan) as dead:
            os.kill(keeper_of(one), signal.SIGKILL)
            assert await one_events.exit() == (None, None)
            dead()
        two.write(b"still here\n")
        assert (await two_events.lines_seen(2))[1] == b"still here"
        assert alive(neighbour)

    run(loop, work)


def keeper_of(child: Child) -> int:
    process = look(child.pid)
    assert process is not None
    return process.parent


@pytest.mark.usefixtures("stopped_soon")
def test_a_keeper_that_its_child_has_stopped_does_not_save_the_child(loop: str) -> None:
    code = LEAVES_AN_ORPHAN + "os.kill(os.getppid(), signal.SIGSTOP)\nprint('stopped', flush=True)\nsignal.pause()"

    async def work(place: Site) -> None:
        child, events = await place.start(python(code), limits=ChildLimits(term=0.1))
        orphan = int((await events.lines_seen(2))[0])
        with watched(child.pid, orphan) as dead:
            await child.stop(grace=0)
            dead()
        assert events.exits == [(None, None)]

    run(loop, work)


@pytest.mark.parametrize("interpreter", ["/nonexistent/python", "/bin/false", ""])
def test_a_warden_that_can_not_start_is_an_error_that_says_so(
    loop: str, interpreter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(place: Site) -> None:
        monkeypatch.setattr(sys, "executable", interpreter)
        with pytest.raises(LaunchError, match=r"the warden (could not be started|did not start)"):
            await place.start(launch("/bin/true"))
        monkeypatch.undo()
        _, events = await place.start(launch("/bin/true"))
        assert await events.exit() == (0, None)

    run(loop, work)


def test_the_warden_can_be_spawned_before_there_is_a_loop(loop: str) -> None:
    warden = Warden()
    warden.spawn()
    pid = warden.pid

    async def work(_: Site) -> None:
        await asyncio.gather(*(warden.start() for _ in range(3)))
        assert warden.pid == pid
        events = Recorder()
        await Child.start(launch("/bin/true"), events, warden=warden, limits=ChildLimits())
        assert await events.exit() == (0, None)
        await warden.close()
        await warden.close()
        assert warden.pid is None

    run(loop, work)


def test_the_warden_imports_nothing_heavy() -> None:
    code = warden_client.SCRIPT.replace("main()\n", "print(*sys.modules)")
    here = Path(warden_client.__file__).parent
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, "0", str(here.parent), str(here)],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert not {"enum", "re", "typing", "socket", "signal", "asyncio", "json", "pathlib"} & set(
        done.stdout.decode().split()
    )


def test_a_warden_whose_sekisho_ended_before_it_began_ends_without_a_word() -> None:
    here = Path(warden_client.__file__).parent
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        words = ["-I", "-S", "-c", warden_client.SCRIPT, str(theirs.fileno()), str(here.parent), str(here)]
        done = subprocess.run(
            [sys.executable, *words], pass_fds=[theirs.fileno()], capture_output=True, timeout=PATIENCE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_hundreds_of_children_leave_no_process_and_no_descriptor() -> None:
    async def work(place: Site) -> None:
        async def one() -> None:
            events = Recorder()
            child = await Child.start(launch("/bin/true"), events, warden=place.warden, limits=ChildLimits())
            await child.stop(grace=PATIENCE)
            assert events.exits == [(0, None)]

        await one()
        assert place.warden.pid is not None
        before = descriptors(), descriptors(place.warden.pid)
        for _ in range(30):
            await asyncio.gather(*(one() for _ in range(8)))
        await nothing_below(place.warden.pid)
        assert (descriptors(), descriptors(place.warden.pid)) == before

    run(ON_UVLOOP, work)


def test_what_two_processes_say_at_once_stays_apart(loop: str) -> None:
    async def work(place: Site) -> None:
        started = await asyncio.gather(*(place.start(python(ECHO)) for _ in range(8)))
        for number, (child, _) in enumerate(started):
            child.write(json.dumps(number).encode() + b"\n")
        for number, (_, events) in enumerate(started):
            assert await events.lines_seen(1) == [json.dumps(number).encode()]

    run(loop, work)
