"""`Heads`: the heads of the requests to one upstream.

Every byte of a head comes through here, so this is where header injection ends (CWE-93, CWE-113).
What does not change from call to call is made once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.gateway.endpoint import AddressError, parse_target
from sekisho.gateway.pool_reply import PoolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.gateway.endpoint import Endpoint
    from sekisho.gateway.pool_reply import Kind
    from sekisho.gateway.proxies import Proxy

__all__ = ["Heads"]

_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_WITH_LENGTH: Final = frozenset(("POST", "PUT", "PATCH"))
_TOKEN: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OWN_FIELDS: Final = frozenset(
    (
        b"accept-encoding", b"connection", b"content-length", b"expect", b"host", b"keep-alive",
        b"proxy-authorization", b"proxy-connection", b"trailer", b"transfer-encoding", b"upgrade",
        b"te",  # codespell:ignore te
    )
)  # fmt: skip
_CONTROLS: Final = bytes([*range(9), *range(10, 32), 127])
_REMEMBERED: Final = 256


class Heads:
    """Writes heads.

    Args:
        url: the upstream.
        proxy: the proxy before it; for plain http the request line then names the whole URL.
        limit: most bytes of header fields.
    """

    def __init__(self, url: Endpoint, *, proxy: Proxy | None, limit: int) -> None:
        self._url = url
        self._proxy = proxy if url.scheme == "http" else None
        self._limit = limit
        self._lines: dict[tuple[str, str | None], bytes] = {}
        self._names: set[bytes] = set()

    def encode(
        self, method: str, headers: Sequence[tuple[bytes, bytes]], body: bytes | None, *, target: str | None
    ) -> bytes:
        """Return request line, fields and the empty line.

        Args:
            method: one of the known methods.
            headers: fields in order; framing, `Host` and `Accept-Encoding` are written here and refused from outside.
            body: what will follow.
            target: path and query instead of the endpoint's.

        Raises:
            PoolError: `protocol` for what must not be sent, `too-large` for too much of it.
        """
        line = self._lines.get((method, target)) or self._line(method, target)
        names = [name for name, _ in headers]
        if not self._names.issuperset(names):
            self._admit(names)
        lines = [b": ".join(field) for field in headers]
        lines.append(b"")
        block = b"\r\n".join(lines)
        # Two line-end bytes for each field and no other control: nothing in a value can end its line.
        if len(block) - len(block.translate(None, _CONTROLS)) != 2 * len(headers):
            raise self._error("protocol", "A header value holds a control character", "Remove it.")
        if len(block) > self._limit:
            raise self._error("too-large", f"The header fields have {len(block)} bytes", f"Send {self._limit} at most.")
        if body or method in _WITH_LENGTH:
            return b"%bContent-Length: %d\r\n%b\r\n" % (line, len(body or b""), block)
        return line + block + b"\r\n"

    def _line(self, method: str, target: str | None) -> bytes:
        """Return the request line and the fields that are always the same."""
        url, proxy = self._url, self._proxy
        if method not in _METHODS:
            raise self._error("protocol", "The method is not one that is sent", f"Use one of {', '.join(_METHODS)}.")
        try:
            path = url.target if target is None else parse_target(target)
        except AddressError as error:
            raise self._error("protocol", "The target is refused", f"{error}.") from None
        where = path if proxy is None else f"http://{url.authority}{path}"
        line = f"{method} {where} HTTP/1.1\r\nHost: {url.authority}\r\nAccept-Encoding: identity\r\n".encode("ascii")
        if proxy is not None and proxy.authorization is not None:
            line += b"Proxy-Authorization: " + proxy.authorization + b"\r\n"
        if len(self._lines) < _REMEMBERED:
            self._lines[method, target] = line
        return line

    def _admit(self, names: list[bytes]) -> None:
        for name in names:
            if not _TOKEN.fullmatch(name):
                raise self._error("protocol", "A header name holds a forbidden character", "Use letters, digits and -.")
            if name.lower() in _OWN_FIELDS:
                text = f"The header {name.decode('ascii')} is written by the connection itself"
                raise self._error("protocol", text, "Leave it out.")
            if len(self._names) < _REMEMBERED:
                self._names.add(name)

    def _error(self, kind: Kind, text: str, advice: str) -> PoolError:
        return PoolError(kind, f"{text} ({self._url.origin}); the request was not sent. {advice}", sent=False)
