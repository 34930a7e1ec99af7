"""Addresses: variants of inner hosts, against the parsers of Python, Node and curl."""

from __future__ import annotations

import ipaddress
import json
import random
import shutil
import socket
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from sekisho.guards.url import judge_url
from sekisho.guards.url_facts import UrlFacts

BASES = (
    "127.0.0.1",
    "10.0.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "172.16.0.9",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - an address to be judged
    "8.8.8.8",
    "93.184.216.34",
)
NAMES = (
    "localhost",
    "LOCALHOST",
    "localhost.",
    "foo.localhost",
    "metadata.google.internal",
    "example.com",
    "a.b.example.org",
)
SIX = (
    "[::1]",
    "[::]",
    "[::ffff:{h}]",
    "[64:ff9b::{h}]",
    "[2002:{h}::]",
    "[::{h}]",
    "[fe80::1]",
    "[fd00::1]",
    "[2606:4700::1]",
)
FORMS = (
    "http://{}/",
    "http://{}",
    "https://{}:8443/x",
    "http:/{}/",
    "http:{}/",
    "http:\\\\{}\\",
    "//{}/",
    "http://x@{}/",
    "http://{}@example.com/",
    "http://example.com@{}/",
    "http://example.com\\@{}/",
    "http://{}\\@example.com/",
    "http://example.com#@{}/",
    "http://example.com?@{}/",
    "http://{}#x",
    "http://{}?x",
    " http://{}/",
    "\thttp://{}/",
    "ht\ntp://{}/",
    "HTTP://{}/",
    "http:///{}/",
    "http://{}:80/",
    "http://{}:/",
    "http://@{}/",
    "http://a:b@{}/",
    "http://example.com/{}",
    "http://example.com/?u=http://{}/",
    "http://{}.example.com/",
    "http://example.com:80@{}/",
    "http://example.com;{}/",
    "http://{},example.com/",
)
NODE = """
const lines = require('fs').readFileSync(0, 'utf8').split('\\n').filter(Boolean).map(JSON.parse);
console.log(JSON.stringify(lines.map(u => { try { return new URL(u).hostname } catch (e) { return null } })));
"""


def _number(chance: random.Random, value: int) -> str:
    return chance.choice(
        (str, hex, lambda number: f"0{number:o}", lambda number: f"0x{number:08x}", lambda number: f"00{number:o}")
    )(value)


def _host(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.15:
        text = chance.choice(NAMES)
    elif kind < 0.35:
        packed = int(ipaddress.IPv4Address(chance.choice(BASES)))
        text = chance.choice(SIX).format(h=f"{packed >> 16:x}:{packed & 0xFFFF:x}")
    else:
        packed = int(ipaddress.IPv4Address(chance.choice(BASES)))
        front = chance.randint(0, 3)
        parts = [_number(chance, packed >> 8 * (3 - at) & 0xFF) for at in range(front)]
        text = ".".join([*parts, _number(chance, packed & (1 << 8 * (4 - front)) - 1)])
    dress = chance.random()
    if dress < 0.1:
        at = chance.randrange(len(text))
        text = f"{text[:at]}%{ord(text[at]):02x}{text[at + 1 :]}" if text[at].isascii() else text
    elif dress < 0.2:
        text = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() and chance.random() < 0.5 else char for char in text)
    elif dress < 0.25:
        text = text.replace(".", chance.choice(("\u3002", "\uff0e", "\uff61")))
    elif dress < 0.3:
        text += chance.choice((".", "..", "\u200b", "\t", "%00", " "))
    return text


def _python(url: str) -> str | None:
    try:
        return urlsplit(url.strip()).hostname
    except ValueError:
        return None


def _node(urls: list[str]) -> list[str | None]:
    given = "\n".join(map(json.dumps, urls))
    done = subprocess.run(["node", "-e", NODE], input=given, capture_output=True, text=True, check=True, timeout=120)
    return json.loads(done.stdout)


class _Proxy(BaseHTTPRequestHandler):
    """Answers each request with the host that it was asked for, and asks nobody."""

    def do_GET(self) -> None:
        """Say what curl wants."""
        body = (urlsplit(self.path).hostname or "").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def _curl(urls: list[str]) -> list[str | None]:
    """Ask curl which host it would ask a proxy of ours for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    head = f'proxy = "http://127.0.0.1:{server.server_port}"\nnoproxy = ""\ngloboff\nsilent\nmax-time = 20\n'
    found: list[str | None] = []
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        for at in range(0, len(urls), 200):
            part = [url.replace("https://", "http://") for url in urls[at : at + 200]]
            quoted = [
                url.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n") for url in part
            ]
            blocks = (f'url = "{url}"\n{head}write-out = "\\t{number}\\n"\n' for number, url in enumerate(quoted))
            config.write_text("next\n".join(blocks), "utf-8")
            done = subprocess.run(
                ["curl", "-q", "-K", str(config)], capture_output=True, text=True, check=False, timeout=200
            )
            told = dict(reversed(line.split("\t", 1)) for line in done.stdout.splitlines() if "\t" in line)
            found += [told.get(str(number)) or None for number in range(len(part))]
    server.shutdown()
    return found


def _is_inner(host: str | None) -> bool:
    """Say whether a parser's host is not public, by the C library and Python's own tables, not by ours."""
    if not host:
        return False
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith((".localhost", ".internal")):
        return True
    try:
        address: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        try:
            address = ipaddress.IPv4Address(socket.inet_aton(bare))
        except (OSError, UnicodeError, ValueError):
            return False
    return not address.is_global or address.is_multicast


def measure(count: int, seed: int) -> dict[str, object]:
    """Compare `count` variants with the parsers that are here."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    urls = [chance.choice(FORMS).format(_host(chance)) for _ in range(count)]
    parsers = {"python": [_python(url) for url in urls]}
    if shutil.which("node"):
        parsers["node"] = _node(urls)
    if shutil.which("curl"):
        parsers["curl"] = _curl(urls)
    bypasses: list[str] = []
    inner = strict = 0
    for at, url in enumerate(urls):
        clean = not judge_url(
            url, UrlFacts(), resolved=dict.fromkeys(("example.com", "a.b.example.org"), ("93.184.216.34",))
        ).objections
        leads = any(_is_inner(hosts[at]) for hosts in parsers.values())
        inner += leads
        bypasses += [url] if leads and clean else []
        strict += not leads and not clean
    return {
        "variants": count,
        "parsers": list(parsers),
        "harm": inner,
        "bypass": len(bypasses),
        "stricter": strict,
        "examples": bypasses[:5],
    }
