"""`Way`: how a connection to an upstream is opened: direct, by a proxy, or through one; with TLS that verifies.

Errors of the operating system and of OpenSSL are translated here, once.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl
from typing import TYPE_CHECKING

from sekisho.gateway.pool_reply import PoolError
from sekisho.gateway.proxies import Tunnel, TunnelError

if TYPE_CHECKING:
    from sekisho.gateway.endpoint import Endpoint
    from sekisho.gateway.pool_reply import Kind
    from sekisho.gateway.proxies import Proxy

__all__ = ["Way", "shared_tls"]


@functools.cache
def shared_tls() -> ssl.SSLContext:
    """Return the context that verifies servers against the system's authorities (or `SSL_CERT_FILE`).

    It is made once, because that takes milliseconds.
    """
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class Way:
    """The way to one upstream.

    Args:
        url: the upstream.
        proxy: what stands before it.
        tls: instead of `shared_tls`; it must verify certificates and names.
        seconds: the bound that the caller keeps, for texts and for the TLS handshake.

    Raises:
        ValueError: the context does not verify.
    """

    def __init__(self, url: Endpoint, *, proxy: Proxy | None, tls: ssl.SSLContext | None, seconds: float) -> None:
        if tls is not None and (tls.verify_mode is not ssl.CERT_REQUIRED or not tls.check_hostname):
            raise ValueError("the TLS context must verify certificates and names; add the authority to it instead")
        self._url = url
        self._proxy = proxy
        self._tls = (tls or shared_tls()) if url.scheme == "https" else None
        self._seconds = seconds

    async def reach(self, connection: asyncio.Protocol) -> None:
        """Open the way for `connection`, which is told by `connection_made`; the caller bounds the wait.

        Raises:
            OSError: (with `ssl.SSLError`, `socket.gaierror`, `TimeoutError`) no way.
            TunnelError: the proxy refuses.
        """
        url, proxy, tls = self._url, self._proxy, self._tls
        loop = asyncio.get_running_loop()
        place = proxy or url
        if proxy is None or tls is None:
            name = url.host if tls is not None else None
            await loop.create_connection(lambda: connection, place.host, place.port, ssl=tls, server_hostname=name)
            return
        transport, tunnel = await loop.create_connection(lambda: Tunnel(url, proxy), place.host, place.port)
        try:
            await tunnel.opened
            secured = await loop.start_tls(transport, connection, tls, server_hostname=url.host)
        except BaseException:
            transport.abort()
            raise
        if secured is None:
            raise ConnectionResetError
        connection.connection_made(secured)

    def explain(self, error: OSError | TunnelError) -> PoolError:
        """Return an error of `reach` as what a person needs to know."""
        proxy = self._proxy
        way = "No connection" if proxy is None else f"No connection through the proxy {proxy.host}:{proxy.port}"
        match error:
            case TunnelError():
                return self._error("proxy", f"{way}: {error}", "Check HTTPS_PROXY and NO_PROXY.")
            case TimeoutError():
                return self._error("timeout", f"{way} within {self._seconds:g} s", "Check that the server is up.")
            case socket.gaierror():
                host = self._url.host if proxy is None else proxy.host
                return self._error("dns", f"The name {host} cannot be resolved", "Check the spelling and the network.")
            case ssl.SSLError():
                # Both are texts of OpenSSL, not of the peer.
                reason = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
                advice = "For a private authority set SSL_CERT_FILE; verification is never switched off."
                return self._error("tls", f"No trusted connection: {reason}", advice)
            case ConnectionResetError() | ConnectionAbortedError() if self._tls is not None:
                return self._error("tls", f"{way}: the TLS handshake broke off", "Check that the port speaks TLS.")
            case _:
                return self._error("refused", f"{way}: {error.strerror}", "Check host and port, and that it runs.")

    def _error(self, kind: Kind, text: str, advice: str) -> PoolError:
        return PoolError(kind, f"{text} ({self._url.origin}). {advice}", sent=False)
