"""Broken traffic between honest calls, in each direction and over each transport; each function returns its figures.

What has to hold around every broken piece: Sekisho lives, and each honest call gets its own answer, once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from http_peers import listen
from peers.http_host import HttpHost, wire
from peers.lines import line_host
from peers.messages import call
from peers.places import scripted, sekisho, serve
from peers.remote import answer_with, remote
from peers.words import text_of
from torture.mutations import FROM_HOST, FROM_SERVER, mutants

if TYPE_CHECKING:
    from http_peers import Peer
    from peers.lines import LineHost
    from peers.places import Place
    from peers.remote import Asked
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Mangled", "from_http_host", "from_http_server", "from_stdio_host", "from_stdio_server"]

_GROUP: Final = 20
"""How many broken pieces go before one honest call."""

_PER_SESSION: Final = 100
"""How many of a server's broken pieces one session is shown: beyond its allowances a server is rightly cut off."""


@dataclass(frozen=True, slots=True)
class Mangled:
    """What one direction came to."""

    broken: int
    honest: int


async def from_stdio_host(at: Place, *, seed: int, count: int) -> Mangled:
    """Broken lines from the host, honest ones between them."""
    honest = 0
    async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
        await host.open()
        for number, line in enumerate(mutants(FROM_HOST, seed=seed, count=count)):
            host.send(line)
            if number % _GROUP == 0:
                await _honest(host, honest)
                honest += 1
        await _honest(host, honest)
        assert not host.junk, host.junk[:3]
        assert await host.close() == 0
    return Mangled(count, honest + 1)


async def _honest(host: LineHost, number: int) -> None:
    text = f"honest {number} ☃"
    answer = await host.ask(call(f"honest-{number}", "echo", {"text": text}))
    assert text_of(answer) == text, answer


async def from_stdio_server(at: Place, *, seed: int, count: int) -> Mangled:
    """Broken lines from the server, each honest answer among them."""
    honest = 0
    for start in range(0, count, _PER_SESSION):
        pieces = mutants(FROM_SERVER, seed=seed + start, count=min(_PER_SESSION, count - start))
        file = at.folder / "pieces.json"
        file.write_text(json.dumps([piece.decode("latin-1") for piece in pieces]), "latin-1")
        async with line_host(*sekisho("run", "--cwd", str(at.folder), "--", *scripted(at)), env=at.env) as host:
            await host.open(capabilities={"elicitation": {}})
            for first in range(0, _PER_SESSION, _GROUP):
                text = f"honest {first} ☃"
                given: JsonObject = {"file": str(file), "first": first, "last": first + _GROUP, "text": text}
                answer = await host.ask(call(f"honest-{first}", "spill", given))
                assert text_of(answer) == text, answer
                honest += 1
            assert not host.junk, host.junk[:3]
            answered = [id_ for id_ in host.answers if id_ != 0 and not str(id_).startswith("honest-")]
            assert not answered, answered
            assert await host.close() == 0
    return Mangled(count, honest)


async def from_http_host(at: Place, *, seed: int, count: int) -> Mangled:
    """Broken HTTP requests, each on a connection of its own, honest ones between them."""
    honest = 0
    async with serve(at, "--", *scripted(at)) as served:
        good, bad = HttpHost(served.port), HttpHost(served.port)
        await good.open()
        await bad.open()
        traffic = _requests(bad)
        for number, piece in enumerate(mutants(traffic, seed=seed, count=count, line_feed=b"")):
            await _broken_request(served.port, piece)
            if number % _GROUP == 0:
                text = f"honest {honest}"
                assert text_of(await good.ask(call(honest, "echo", {"text": text}))) == text
                honest += 1
        assert served.process.returncode is None
    return Mangled(count, honest)


async def _broken_request(port: int, piece: bytes) -> None:
    async with wire(port) as connection:
        connection.writer.write(piece)
        connection.writer.write_eof()
        await connection.closed()


def _requests(host: HttpHost) -> list[bytes]:
    """Return requests as they travel, head and body."""
    found: list[bytes] = []
    for body in FROM_HOST:
        fields = [*host.headers(), ("host", f"127.0.0.1:{host.port}"), ("content-length", str(len(body)))]
        found.append(_head("POST", fields) + body)
    found.append(_head("GET", [*host.headers(), ("host", "localhost"), ("last-event-id", "1_1")]))
    found.append(_head("DELETE", [*host.headers(), ("host", "localhost")]))
    return found


def _head(method: str, fields: list[tuple[str, str]]) -> bytes:
    return "\r\n".join([f"{method} /mcp HTTP/1.1", *(f"{name}: {value}" for name, value in fields), "", ""]).encode()


async def from_http_server(at: Place, *, seed: int, count: int) -> Mangled:
    """Broken HTTP answers, each to a call of its own; honest calls go on beside them."""
    honest = 0
    for start in range(0, count, _PER_SESSION):
        pieces = list(mutants(_answers(), seed=seed + start, count=min(_PER_SESSION, count - start), line_feed=b""))

        async def tool(peer: Peer, asked: Asked, pieces: list[bytes] = pieces) -> None:
            if asked.body["method"] == "tools/list":
                await answer_with(peer, asked, asked.result({"tools": _tools("echo", *map(str, range(len(pieces))))}))
            elif asked.tool == "echo":
                await answer_with(peer, asked, asked.echoed())
            else:
                await peer.send(pieces[int(asked.tool)])
                peer.writer.close()

        async with (
            listen(remote(tool)) as server,
            line_host(*sekisho("run", "--url", f"http://127.0.0.1:{server.port}/mcp"), env=at.env) as host,
        ):
            await host.open()
            for number in range(len(pieces)):
                host.send(call(number + 1, str(number)))
                if number % _GROUP == 0:
                    await _honest(host, number)
                    honest += 1
            for number in range(len(pieces)):
                await host.answer(number + 1)
            await _honest(host, len(pieces))
            assert not host.junk, host.junk[:3]
            assert await host.close() == 0
    return Mangled(count, honest)


def _tools(*names: str) -> list[Json]:
    return [{"name": name, "inputSchema": {"type": "object"}} for name in names]


def _answers() -> list[bytes]:
    """Return answers as they travel."""
    found: list[bytes] = []
    for body in FROM_SERVER:
        plain = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        found.append(plain + body)
        event = b"event: message\ndata: " + body + b"\n\n"
        stream = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        found.append(stream + b"%x\r\n%b\r\n0\r\n\r\n" % (len(event), event))
    return found
