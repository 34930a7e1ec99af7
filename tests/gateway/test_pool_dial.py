"""Ways to a server: TLS that verifies, proxies, and what a person reads when there is no way."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
from typing import TYPE_CHECKING, TypeVar

import pytest
import uvloop
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from http_peers import answer, listen
from peers.loops import PATIENCE
from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.pool import Pool, PoolError, PoolLimits, Proxy
from sekisho.gateway.pool_dial import Way, shared_tls
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

    from http_peers import Peer, Server

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

T = TypeVar("T")
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(params=["asyncio", "uvloop"])
def loop(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def run(loop: str, work: Coroutine[object, object, T]) -> T:
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        return runner.run(asyncio.wait_for(work, 20))


def certificate(
    name: str,
    *names: x509.GeneralName,
    issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None,
    until: dt.datetime,
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0] if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 3 * DAY)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


class Authority:
    """A throw-away authority in a directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        root, self.key = certificate("Throw-away", issuer=None, until=NOW + DAY)
        self.name = root.subject
        self.path = folder / "root.pem"
        self.path.write_bytes(pem(root))

    def server(self, name: str, *names: x509.GeneralName, until: dt.datetime = NOW + DAY) -> ssl.SSLContext:
        issued, key = certificate(name, *names, issuer=(self.name, self.key), until=until)
        path = self.folder / f"{name}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(secret + pem(issued))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        context.set_alpn_protocols(["h2", "http/1.1"])
        return context


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust the authority the way a user does."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    shared_tls.cache_clear()
    yield
    shared_tls.cache_clear()


LOCALHOST = (x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1")))


async def echo(peer: Peer, server: Server) -> None:
    while request := await peer.request():
        server.requests.append(request)
        await peer.send(answer(b"pong"))


async def ask(url: str, *, proxy: Proxy | None = None, limits: PoolLimits | None = None, times: int = 1) -> bytes:
    pool = Pool(Endpoint.parse(url), proxy=proxy, limits=limits)
    try:
        body = b""
        for _ in range(times):
            body = await (await pool.send("POST", [], b"{}")).read()
        return body
    finally:
        await pool.aclose()


async def refused(url: str, *, proxy: Proxy | None = None, limits: PoolLimits | None = None) -> PoolError:
    with pytest.raises(PoolError) as caught:
        await ask(url, proxy=proxy, limits=limits)
    assert not caught.value.sent
    return caught.value


@pytest.mark.usefixtures("trusted")
def test_a_trusted_server_is_asked_over_one_tls_connection_with_name_and_protocol(
    loop: str, authority: Authority
) -> None:
    async def work() -> None:
        seen: list[str | None] = []

        async def script(peer: Peer, server: Server) -> None:
            seen.append(peer.writer.get_extra_info("ssl_object").selected_alpn_protocol())
            await echo(peer, server)

        context = authority.server("localhost", *LOCALHOST)
        context.sni_callback = lambda _connection, name, _context: seen.append(name)
        async with listen(script, tls=context) as server:
            assert await ask(f"https://localhost:{server.port}/mcp", times=3) == b"pong"
            assert server.connections == 1
        assert seen == ["localhost", "http/1.1"]

    run(loop, work())


@pytest.mark.usefixtures("trusted")
def test_an_address_is_verified_as_an_address(loop: str, authority: Authority) -> None:
    async def work() -> None:
        async with listen(echo, tls=authority.server("localhost", *LOCALHOST)) as server:
            assert await ask(f"https://127.0.0.1:{server.port}/") == b"pong"
        async with listen(echo, tls=authority.server("name-only", x509.DNSName("127.0.0.1"))) as server:
            assert (await refused(f"https://127.0.0.1:{server.port}/")).kind == "tls"

    run(loop, work())


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("fault", ["another name", "expired", "unknown authority"])
def test_a_server_that_is_not_verified_gets_no_request(
    loop: str, authority: Authority, tmp_path: Path, fault: str
) -> None:
    async def work() -> None:
        match fault:
            case "another name":
                context = authority.server("other", x509.DNSName("other.example"))
            case "expired":
                context = authority.server("expired", *LOCALHOST, until=NOW - DAY)
            case _:
                context = Authority(tmp_path).server("localhost", *LOCALHOST)
        async with listen(echo, tls=context) as server:
            error = await refused(f"https://localhost:{server.port}/")
            assert error.kind == "tls"
            assert "SSL_CERT_FILE" in str(error)
            assert server.requests == []

    run(loop, work())


def test_a_context_that_does_not_verify_is_refused() -> None:
    lax = ssl.create_default_context()
    lax.check_hostname = False
    off = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    off.check_hostname = False
    off.verify_mode = ssl.CERT_NONE
    for context in (lax, off):
        with pytest.raises(ValueError, match="verify"):
            Way(Endpoint.parse("https://localhost/"), proxy=None, tls=context, seconds=1)


def test_a_server_without_tls_is_explained(loop: str) -> None:
    async def hang_up(peer: Peer, _server: Server) -> None:
        await peer.reader.read(1)

    async def work() -> None:
        async with listen(hang_up) as server:
            assert (await refused(f"https://localhost:{server.port}/")).kind == "tls"

    run(loop, work())


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_port_that_nobody_listens_on_is_refused(loop: str, scheme: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        error = run(loop, refused(f"{scheme}://127.0.0.1:{port}/mcp?token=secret"))
    assert error.kind == "refused"
    assert f"{scheme}://127.0.0.1:{port}" in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize("proxied", [True, False])
def test_a_handshake_that_does_not_end_is_given_up(loop: str, proxied: bool) -> None:  # noqa: FBT001 - a table's column
    async def silent(peer: Peer, _server: Server) -> None:
        await peer.gone()

    async def work() -> None:
        async with listen(silent) as server:
            url = "https://a.example/" if proxied else f"https://127.0.0.1:{server.port}/"
            proxy = Proxy(host="127.0.0.1", port=server.port) if proxied else None
            error = await refused(url, proxy=proxy, limits=PoolLimits(connect_seconds=0.1))
            assert error.kind == "timeout"
            if server.open:
                await asyncio.wait(server.open, timeout=PATIENCE)
            assert not server.open

    run(loop, work())


@rows(
    ("error", "proxy", "kind", "word"),
    [
        (socket.gaierror(-2, "Name or service not known"), None, "dns", "a.example"),
        (socket.gaierror(-2, "Name or service not known"), Proxy(host="p.example", port=1), "dns", "p.example"),
        (TimeoutError(110, "Connection timed out"), None, "timeout", "a.example"),
        (ConnectionRefusedError(111, "Connection refused"), Proxy(host="p.example", port=1), "refused", "p.example:1"),
        (OSError(113, "No route to host"), None, "refused", "No route to host"),
        (ConnectionAbortedError(), None, "tls", "handshake"),
    ],
)
def test_errors_of_the_system_are_translated(error: OSError, proxy: Proxy | None, kind: str, word: str) -> None:
    way = Way(Endpoint.parse("https://a.example/?secret"), proxy=proxy, tls=None, seconds=5)
    explained = way.explain(error)
    assert (explained.kind, explained.sent) == (kind, False)
    assert word in str(explained)
    assert "secret" not in str(explained)


async def connect_proxy(peer: Peer, server: Server) -> None:
    """A small CONNECT proxy; every name leads to the port of this machine."""
    head = await peer.request()
    server.requests.append(head)
    port = int(head.split(b" ")[1].rpartition(b":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await peer.send(b"HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n")

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        except ConnectionError:
            pass
        finally:
            sink.close()

    await asyncio.gather(pump(reader, peer.writer), pump(peer.reader, writer))


@pytest.mark.usefixtures("trusted")
def test_a_tls_server_is_reached_through_a_tunnel(loop: str, authority: Authority) -> None:
    async def work() -> None:
        context = authority.server("inner", x509.DNSName("a.example"))
        async with listen(echo, tls=context) as server, listen(connect_proxy) as tunnel:
            proxy = Proxy.parse(f"http://me:pw@127.0.0.1:{tunnel.port}")
            assert await ask(f"https://a.example:{server.port}/mcp", proxy=proxy, times=3) == b"pong"
            assert tunnel.connections == server.connections == 1
            where = b"a.example:%d" % server.port
            assert tunnel.requests == [
                b"CONNECT %b HTTP/1.1\r\nHost: %b\r\nProxy-Authorization: Basic bWU6cHc=\r\n\r\n" % (where, where)
            ]
            assert b"roxy" not in b"".join(server.requests)
            assert server.requests[0].startswith(b"POST /mcp HTTP/1.1\r\n")
            # What is verified is the name behind the tunnel.
            assert (await refused(f"https://b.example:{server.port}/", proxy=proxy)).kind == "tls"
            assert len(server.requests) == 3

    run(loop, work())


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "password"),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!", "403"),
        (b"HTTP/1.1 301 Moved\r\nLocation: http://evil.example/\r\n\r\n", "301"),
        (b"HTTP/1.1 200 OK\r\n\r\n\x16\x03\x01", "own"),
        (b"SOCKS?\r\n\r\n", "HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000, "end"),
        (b"", "closed"),
        (b"HTTP/1.1 200 OK\r\n", "closed"),
    ],
)
def test_a_proxy_that_opens_no_tunnel_is_explained(loop: str, reply: bytes, word: str) -> None:
    async def script(peer: Peer, _server: Server) -> None:
        await peer.request()
        for at in range(0, len(reply), 1000):
            await peer.send(reply[at : at + 1000])
        if reply and not reply.endswith(b"OK\r\n"):
            await peer.gone()

    async def work() -> None:
        async with listen(script) as tunnel:
            proxy = Proxy(host="127.0.0.1", port=tunnel.port)
            error = await refused("https://a.example/", proxy=proxy)
            assert error.kind == "proxy"
            assert word in str(error)
            if tunnel.open:
                await asyncio.wait(tunnel.open, timeout=PATIENCE)
            assert not tunnel.open

    run(loop, work())


def test_a_plain_request_goes_to_the_proxy_whole(loop: str) -> None:
    async def work() -> None:
        async with listen(echo) as tunnel:
            proxy = Proxy.parse(f"http://me:pw@127.0.0.1:{tunnel.port}")
            assert await ask("http://a.example/mcp?x=1", proxy=proxy, times=2) == b"pong"
            assert tunnel.connections == 1
            lines = tunnel.requests[0].split(b"\r\n")
            assert lines[:2] == [b"POST http://a.example/mcp?x=1 HTTP/1.1", b"Host: a.example"]
            assert b"Proxy-Authorization: Basic bWU6cHc=" in lines

    run(loop, work())
