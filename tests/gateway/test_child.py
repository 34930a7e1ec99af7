"""A child: its lines, its limits, its end. Real processes on both event loops."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from childkit import ECHO, ENV, LOOPS, PATIENCE, Recorder, descriptors, launch, python, run, site, watched
from sekisho.gateway.child import Child, ChildLimits, Ending
from sekisho.gateway.launch import LaunchError

if TYPE_CHECKING:
    from childkit import Site
    from sekisho.gateway.launch import Launch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")

STUBBORN = (
    "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up', flush=True)\nwhile True: signal.pause()"
)
MIB = 1024 * 1024


def test_lines_come_whole_in_order_and_before_the_exit(loop: str) -> None:
    code = "import sys\nsys.stdout.buffer.write(b'one\\r\\n\\n' + b'x' * 300000 + b'\\nlast')\nsys.exit(3)"

    async def work(place: Site) -> None:
        _, events = await place.start(python(code))
        assert await events.exit() == (3, None)
        assert events.lines == [b"one", b"", b"x" * 300_000, b"last"]

    run(loop, work)


def test_many_lines_of_one_read_all_come(loop: str) -> None:
    async def work(place: Site) -> None:
        _, events = await place.start(python("print('\\n'.join(map(str, range(100000))))"))
        await events.exit()
        assert events.lines == [str(number).encode() for number in range(100_000)]

    run(loop, work)


def test_what_is_written_arrives(loop: str) -> None:
    big = b"y" * (3 * MIB)

    async def work(place: Site) -> None:
        child, events = await place.start(launch("/bin/cat"))
        child.write(b"hello\n")
        child.write(big + b"\n")
        assert await events.lines_seen(2) == [b"hello", big]
        assert child.buffered == 0
        assert events.writables == 1
        await child.stop(grace=PATIENCE)
        assert (events.exits, child.ending) == ([(0, None)], Ending.STOPPED)
        child.write(b"too late\n")
        assert child.buffered == 0

    run(loop, work)


def test_nothing_is_said_before_start_has_returned(loop: str) -> None:
    async def work(place: Site) -> None:
        for _ in range(20):
            _, events = await place.start(launch("/bin/echo", "hello"))
            assert (events.lines, events.exits) == ([], [])
            assert await events.exit() == (0, None)
            assert events.lines == [b"hello"]

    run(loop, work)


def test_the_environment_and_the_folder_are_exactly_those_of_the_launch(loop: str, tmp_path: Path) -> None:
    env = {"A": "1", "EMPTY": "", "ODD": "x=y", "PATH": "/bin"}

    async def work(place: Site) -> None:
        _, events = await place.start(launch("/bin/sh", "-c", "pwd; exec /usr/bin/env", cwd=str(tmp_path), env=env))
        await events.exit()
        folder, *variables = events.lines
        assert folder == os.fsencode(tmp_path)
        kept = {line for line in variables if not line.startswith((b"PWD=", b"OLDPWD=", b"SHLVL=", b"_="))}
        assert kept == {f"{name}={value}".encode() for name, value in env.items()}

    run(loop, work)


def test_a_signal_that_ends_a_child_is_reported(loop: str) -> None:
    async def work(place: Site) -> None:
        child, events = await place.start(python("import os\nos.kill(os.getpid(), 11)"))
        assert await events.exit() == (None, signal.SIGSEGV)
        assert child.ending is None

    run(loop, work)


def test_a_line_without_end_is_cut_in_flat_memory(loop: str) -> None:
    code = "import os\nblock = b'a' * 65536\nprint('first', flush=True)\nfor _ in range(3200): os.write(1, block)"

    async def work(place: Site) -> None:
        before = forget_the_peak()
        child, events = await place.start(python(code))
        assert await events.exit() == (None, signal.SIGKILL)
        assert events.overflows == [ChildLimits().line]
        assert events.lines == [b"first"]
        assert child.ending is Ending.LINE
        assert memory("VmHWM") - before < 100 * 1024

    run(loop, work)


def forget_the_peak() -> int:
    """Let the kernel measure the peak of our memory anew; return what we have now, in KiB."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def memory(field: str) -> int:
    """One figure of our own memory in KiB."""
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])


def test_a_child_that_does_not_read_is_ended_at_the_limit(loop: str) -> None:
    async def work(place: Site) -> None:
        limits = ChildLimits(stdin_buffer=4 * MIB)
        child, events = await place.start(python("import signal\nsignal.pause()"), limits=limits)
        for _ in range(10):
            child.write(b"z" * MIB)
            assert child.buffered <= limits.stdin_buffer
        assert await events.exit() == (None, signal.SIGKILL)
        assert (events.overflows, child.ending) == ([limits.stdin_buffer], Ending.STDIN)
        assert child.buffered == 0

    run(loop, work)


def test_a_paused_child_says_nothing_and_blocks(loop: str) -> None:
    async def work(place: Site) -> None:
        holder: list[Child] = []

        def react(line: bytes) -> None:
            if line == b"10":
                holder[0].pause()

        child, events = await place.start(python("for n in range(200000): print(n)"), react=react)
        holder.append(child)
        await events.lines_seen(11)
        for _ in range(200):
            await asyncio.sleep(0)
        assert len(events.lines) == 11
        assert not events.exits
        child.resume()
        assert await events.exit() == (0, None)
        assert events.lines == [str(number).encode() for number in range(200_000)]

    run(loop, work)


def test_the_last_lines_of_a_dead_child_wait_for_resume(loop: str) -> None:
    async def work(place: Site) -> None:
        child, events = await place.start(python("import sys\nsys.stdin.readline()\nprint('bye')"))
        child.pause()
        with watched(child.pid) as dead:
            child.write(b"go\n")
            await asyncio.to_thread(dead)
        for _ in range(200):
            await asyncio.sleep(0)
        assert (events.lines, events.exits) == ([], [])
        child.resume()
        assert await events.exit() == (0, None)
        assert events.lines == [b"bye"]

    run(loop, work)


def test_stop_lifts_a_pause(loop: str) -> None:
    async def work(place: Site) -> None:
        child, events = await place.start(python("import sys\nsys.stdin.read()\nprint('bye')"))
        child.pause()
        await child.stop(grace=PATIENCE)
        assert (events.lines, events.exits) == ([b"bye"], [(0, None)])

    run(loop, work)


def test_a_stubborn_child_is_stopped_in_bounded_time(loop: str) -> None:
    async def work(place: Site) -> None:
        child, events = await place.start(python(STUBBORN), limits=ChildLimits(term=0.2))
        await events.lines_seen(1)
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(child.stop(grace=600), child.stop(grace=0.1), child.stop(grace=0.1))
            await child.stop(grace=600)
        assert (events.exits, child.ending) == ([(None, signal.SIGKILL)], Ending.STOPPED)

    run(loop, work)


def test_a_child_that_obeys_sigterm_is_not_killed(loop: str) -> None:
    code = "import sys\n" + STUBBORN.replace("signal.SIG_IGN", "lambda *_: sys.exit(7)")

    async def work(place: Site) -> None:
        child, events = await place.start(python(code), limits=ChildLimits(term=PATIENCE))
        await events.lines_seen(1)
        await child.stop(grace=0)
        assert events.exits == [(7, None)]

    run(loop, work)


def test_a_stop_that_is_cancelled_kills(loop: str) -> None:
    async def work(place: Site) -> None:
        child, events = await place.start(python(STUBBORN))
        await events.lines_seen(1)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await child.stop(grace=600)
        assert await events.exit() == (None, signal.SIGKILL)

    run(loop, work)


def test_a_start_that_is_cancelled_leaves_nothing(loop: str) -> None:
    async def work(place: Site) -> None:
        # One whole life first: the loops keep a descriptor or two from their first connection on.
        child, _ = await place.start(python(ECHO))
        await child.stop(grace=PATIENCE)
        before = descriptors()
        for turns in range(12):
            events = Recorder()
            limits = ChildLimits()
            task = asyncio.ensure_future(Child.start(python(ECHO), events, warden=place.warden, limits=limits))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await (await task).stop(grace=0)
        # The loop closes what was dropped in its next turns.
        for _ in range(100_000):
            if descriptors() <= before:
                return
            await asyncio.sleep(0)
        pytest.fail("descriptors are left")

    run(loop, work)


def test_a_child_that_closes_its_stdout_and_lives_on_is_ended(loop: str) -> None:
    code = "import os, signal\nprint('last words', flush=True)\nos.close(1)\nsignal.pause()"

    async def work(place: Site) -> None:
        child, events = await place.start(python(code), limits=ChildLimits(half_closed=0.1))
        assert await events.exit() == (None, signal.SIGTERM)
        assert (events.lines, child.ending) == ([b"last words"], Ending.HALF_CLOSED)

    run(loop, work)


def test_a_child_that_closes_its_stdin_and_lives_on_is_ended(loop: str) -> None:
    code = "import os, signal\nos.close(0)\nprint('deaf', flush=True)\n" + STUBBORN

    async def work(place: Site) -> None:
        child, events = await place.start(python(code), limits=ChildLimits(half_closed=0.1, term=0.1))
        await events.lines_seen(2)
        child.write(b"hello?\n")
        assert await events.exit() == (None, signal.SIGKILL)
        assert child.ending is Ending.HALF_CLOSED

    run(loop, work)


def test_somebody_else_who_holds_the_pipes_does_not_hold_us(loop: str, tmp_path: Path) -> None:
    code = (
        "import socket, sys\npeer = socket.socket(socket.AF_UNIX)\npeer.connect(sys.argv[1])\n"
        "socket.send_fds(peer, [b'x'], [1, 2])\nprint('given')"
    )

    async def work(place: Site) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(tmp_path / "s"))
            listener.listen()
            _, events = await place.start(python(code, str(tmp_path / "s")), limits=ChildLimits(drain=0.1))
            assert await events.exit() == (0, None)
            assert events.lines == [b"given"]

    run(loop, work)


def test_the_end_of_stderr_is_kept(loop: str) -> None:
    code = "import os\nos.write(2, b'begin' + b'm' * 1000000)\nos.write(2, b'end')"

    async def work(place: Site) -> None:
        child, events = await place.start(python(code))
        await events.exit()
        assert child.stderr_tail() == b"m" * (65_536 - 3) + b"end"

    run(loop, work)


def test_a_receiver_that_raises_ends_the_child(loop: str) -> None:
    failures: list[object] = []

    def react(_: bytes) -> None:
        raise RuntimeError("a defect of ours")

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context["exception"]))
        async with site() as place:
            child, events = await place.start(python("print('a\\nb', flush=True)\n" + STUBBORN), react=react)
            assert await events.exit() == (None, signal.SIGKILL)
            assert (events.lines, child.ending) == ([b"a"], Ending.FAULT)

    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        runner.run(main())
    assert [str(failure) for failure in failures] == ["a defect of ours"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("#!/nonexistent/interpreter\n", "interpreter was not found"),
        ("echo no first line\n", "no #! line"),
        ("\x7fELF", "no #! line"),
    ],
)
def test_a_program_that_can_not_be_executed_is_an_error_that_says_why(
    loop: str, tmp_path: Path, content: str, what: str
) -> None:
    program = tmp_path / "server"
    program.write_text(content)
    program.chmod(0o755)

    async def work(place: Site) -> None:
        with pytest.raises(LaunchError, match=what) as caught:
            await place.start(launch(str(program)))
        assert str(program) in str(caught.value)

    run(loop, work)


def test_an_environment_that_is_too_long_is_an_error_that_says_so(loop: str) -> None:
    async def work(place: Site) -> None:
        with pytest.raises(LaunchError, match="too long"):
            await place.start(launch("/bin/true", env=ENV | {"BIG": "x" * (3 * MIB)}))

    run(loop, work)


def test_a_folder_that_vanishes_is_an_error_that_says_so(
    loop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(_: Launch) -> str:
        return "/bin/true"

    monkeypatch.setattr("sekisho.gateway.child.resolve", found)

    async def work(place: Site) -> None:
        with pytest.raises(LaunchError, match="working directory can not be entered"):
            await place.start(launch("/bin/true", cwd=str(tmp_path / "gone")))

    run(loop, work)


def test_a_program_that_is_never_executed_is_given_up(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def not_yet(*_: object, **__: object) -> None:
        monkeypatch.undo()  # what happens behind it waits as it always does

    async def work(place: Site) -> None:
        monkeypatch.setattr(asyncio, "wait", not_yet)
        with pytest.raises(LaunchError, match="was not executed within 0 s"):
            await place.start(launch("/bin/true"), limits=ChildLimits(start=0))

    run(loop, work)
