"""The stdio load client: one conversation with a started server over its pipes.

`StdioClient.greet` opens the conversation, `alone` calls one after the other, `pipelined` keeps 32 calls in flight.
Pipes do not block, every wait has a deadline, every answer is checked. Called by `targets` and `startup`.
"""

from __future__ import annotations

import os
import select
import time
from typing import TYPE_CHECKING, Final

import generations as g
import orjson
from slots import ANSWER_SECONDS, WIDTH, Tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from processes import Clock
    from slots import Slot

_CHUNK: Final = 1 << 16
_MAX_LINE: Final = 16 << 20


class StdioClient:
    """Speaks one era with one server."""

    def __init__(self, pipes: tuple[IO[bytes], IO[bytes]], era: g.Era) -> None:
        """Take over the server's input and output."""
        self._input, self._output = pipes[0].fileno(), pipes[1].fileno()
        os.set_blocking(self._input, False)
        os.set_blocking(self._output, False)
        self._era: g.Era = era
        self._held = bytearray()
        self._searched = 0
        self._tool = ""
        self._readable = select.poll()
        self._readable.register(self._output, select.POLLIN)
        self._number = g.FIRST_NUMBER
        self.reading = 0.0
        """Seconds that `listed` took to understand what had come: the host's part of a list."""

    def greet(self, *, seconds: float) -> None:
        """Open the conversation and find the echo tool, within `seconds`."""
        self.open(seconds=seconds)
        deadline = time.monotonic() + seconds
        listing = g.request(era=self._era, number=2, method="tools/list")
        self._tool = g.echo_name(self._ask(listing, 2, deadline))

    def open(self, *, seconds: float) -> None:
        """Open the conversation, within `seconds`."""
        deadline = time.monotonic() + seconds
        _, first = g.opening(self._era, 1)
        g.check_opening(self._era, self._ask(first, 1, deadline))
        if self._era == g.LEGACY:
            self._send(g.INITIALIZED + b"\n", deadline)

    def listed(self, *, seconds: float) -> list[str]:
        """List all pages of tools, within `seconds`; return their names."""
        deadline = time.monotonic() + seconds
        names: list[str] = []
        params: g.Json = {}
        while True:
            number = self._next()
            asked = g.request(era=self._era, number=number, method="tools/list", params=params)
            self._send(asked + b"\n", deadline)
            line = self._line(deadline)
            while number != (answer := self._read_through(line)).get("id") or "method" in answer:
                line = self._line(deadline)
            begun = time.perf_counter()
            result = g.result_of(answer)
            names += [str(g.as_object(tool).get("name")) for tool in g.as_list(result.get("tools"))]
            self.reading += time.perf_counter() - begun
            if not isinstance(result.get("nextCursor"), str):
                return names
            params = {"cursor": result["nextCursor"]}

    def _read_through(self, line: bytes) -> g.Json:
        begun = time.perf_counter()
        answer = g.parse(line)
        self.reading += time.perf_counter() - begun
        return answer

    def aim(self, tool: str) -> None:
        """Call this tool from now on."""
        self._tool = tool

    def alone(self, *, size: int, seconds: float, clock: Callable[[], Clock]) -> Slot:
        """Call one after the other for `seconds`."""
        calls = g.Calls(era=self._era, tool=self._tool, size=size)
        tally = Tally(seconds=seconds, clock=clock)
        while tally.running():
            warming = tally.warming()
            number = self._next()
            line = calls.request(number) + b"\n"
            deadline = time.monotonic() + ANSWER_SECONDS
            start = time.perf_counter()
            self._send(line, deadline)
            answer = self._line(deadline)
            took = time.perf_counter() - start
            while (answered := calls.answered(answer)) is None:
                answer = self._line(deadline)
                took = time.perf_counter() - start
            if answered != number:
                raise g.WrongAnswer(f"call {number} was answered as {answered}")
            if not warming:
                tally.add(took)
        return tally.slot()

    def pipelined(self, *, size: int, seconds: float, clock: Callable[[], Clock]) -> Slot:
        """Keep 32 calls in flight for `seconds`, then await the last ones."""
        calls = g.Calls(era=self._era, tool=self._tool, size=size)
        tally = Tally(seconds=seconds, clock=clock)
        tally.open()
        flight: dict[int, float] = {}
        unsent = bytearray()
        while True:
            deadline = time.monotonic() + ANSWER_SECONDS
            while len(flight) < WIDTH and tally.running():
                number = self._next()
                unsent += calls.request(number) + b"\n"
                flight[number] = time.perf_counter()
            if not flight:
                return tally.slot()
            self._write_some(unsent)
            for line in self._lines(deadline, also_write=bool(unsent)):
                number = calls.answered(line)
                if number is not None:
                    if number not in flight:
                        raise g.WrongAnswer(f"call {number} was answered, but is not in flight")
                    tally.add(time.perf_counter() - flight.pop(number))

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _ask(self, message: bytes, number: int, deadline: float) -> g.Json:
        self._send(message + b"\n", deadline)
        while True:
            answer = g.parse(self._line(deadline))
            if "method" not in answer and answer.get("id") == number:
                return g.result_of(answer)
            if "method" in answer and "id" in answer:
                refusal: g.Json = {"code": -32601, "message": "This client declared no capabilities"}
                reply = orjson.dumps({"jsonrpc": "2.0", "id": answer["id"], "error": refusal})
                self._send(reply + b"\n", deadline)

    def _send(self, data: bytes, deadline: float) -> None:
        left = bytearray(data)
        while left:
            self._write_some(left)
            if left:
                waiter = select.poll()
                waiter.register(self._input, select.POLLOUT)
                if not waiter.poll(max(0.0, deadline - time.monotonic()) * 1e3):
                    raise g.WrongAnswer("the server does not read")

    def _write_some(self, data: bytearray) -> None:
        try:
            while data:
                del data[: os.write(self._input, data)]
        except BlockingIOError:
            return
        except OSError as error:
            raise g.WrongAnswer("the server closed its input") from error

    def _line(self, deadline: float) -> bytes:
        while (end := self._held.find(b"\n", self._searched)) < 0:
            self._searched = len(self._held)
            self._wait(deadline, self._readable)
            self._read()
        line = bytes(self._held[:end])
        del self._held[: end + 1]
        self._searched = 0
        return line

    def _lines(self, deadline: float, *, also_write: bool) -> list[bytes]:
        waiter = self._readable
        if also_write:
            waiter = select.poll()
            waiter.register(self._output, select.POLLIN)
            waiter.register(self._input, select.POLLOUT)
        self._wait(deadline, waiter)
        try:
            self._read()
        except BlockingIOError:
            return []
        *lines, rest = self._held.split(b"\n")
        self._held = rest
        return [bytes(line) for line in lines]

    def _wait(self, deadline: float, waiter: select.poll) -> None:
        if not waiter.poll(max(0.0, deadline - time.monotonic()) * 1e3):
            raise g.WrongAnswer("no answer in time")

    def _read(self) -> None:
        data = os.read(self._output, _CHUNK)
        if not data:
            raise g.WrongAnswer("the server ended")
        self._held += data
        if len(self._held) > _MAX_LINE:
            raise g.WrongAnswer("a line of more than 16 MiB")
