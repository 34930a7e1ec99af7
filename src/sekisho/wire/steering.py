"""Headers of a client that tell a server which address to use (CVE-2026-27826: `X-Atlassian-Jira-Url`).

None of a client's headers is passed on. A server that was to work with one instance would work with its own one
instead, and nobody would notice: so such a request is refused. What proxies, browsers and tracing add says where a
request came from, not where another one goes, and is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["steers"]

_ADDRESS: Final = re.compile(rb"[\s\"'<]*[A-Za-z][A-Za-z0-9+.-]{0,30}:[/\\]{2}")
_NAMED: Final = re.compile(
    rb".+[-_](?:url|uri|endpoint|host|hostname|server|backend|upstream|target|base|domain|proxy)", re.IGNORECASE
)
"""A name of several words, the last of which is that of an address."""

_PASSED_OVER: Final = re.compile(
    rb"(?:host|origin|referer|http-referer|link|location|content-location|destination|from|via|forwarded|baggage"
    rb"|tracestate|traceparent|user-agent|report-to|nel|signature|signature-input|signature-agent|authorization"
    rb"|proxy-authorization|cookie|server|x-host|x-title|x-app|x-scheme)"
    rb"|(?:sec|mcp|cf|fly|fastly|access-control|x-(?:forwarded|original|rewrite|real|envoy|amz|amzn|azure|ms|goog|cloud"
    rb"|vercel|appengine|b3|datadog|request|correlation|stainless|arr|nginx|middleware|nextjs|proxy|cluster|akamai"
    rb"|client|github|newrelic|cloudfront|varnish|powered))[-_].*",
    re.IGNORECASE,
)


def steers(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Say whether a header names an address that a server is to use: by its value, or by its name.

    Args:
        headers: the client's lines.
    """
    return any(
        value.strip() and (_ADDRESS.match(value) or _NAMED.fullmatch(name)) and not _PASSED_OVER.fullmatch(name)
        for name, value in headers
    )
