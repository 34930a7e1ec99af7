"""Pages that a server wants a person to open (elicitation of mode `url`): only what a browser can open harmlessly.

A page of a server that runs here may be on this machine; one elsewhere inside may not, nor a program behind a scheme.
Some hosts hand the address to a shell (CVE-2025-6514), so it holds only what an address may (RFC 3986, and letters).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["is_unsafe"]

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_HERE: Final = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?(?:[/?#]|$)")
_STRANGE: Final = re.compile(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}\u2028\u2029]|\$\(")
_LATER: Final = frozenset({"url-port", "url-unresolved"})
"""What is the page's own affair: the person sees the address before it is opened."""


def is_unsafe(params: JsonObject) -> bool:
    """Say whether a question asks to open what no server should send a person to.

    Args:
        params: of the question; of another mode than `url`, nothing is opened.
    """
    if params.get("mode") != "url":
        return False
    address = params.get("url")
    if not isinstance(address, str) or _STRANGE.search(address):
        return True
    if _HERE.match(address):
        return False
    # The guards load with the first call, not at the start.
    from sekisho.guards.url import judge_url  # noqa: PLC0415 - as above
    from sekisho.guards.url_facts import UrlFacts  # noqa: PLC0415 - as above

    found = judge_url(address, UrlFacts(schemes=frozenset({"http", "https"})))
    return not _WEB.match(address) or any(each.rule not in _LATER for each in found.objections)
