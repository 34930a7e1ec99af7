"""Who may talk to a local HTTP face at all, decided before the body is looked at, or much of it is kept.

A page in the user's browser can reach loopback (DNS rebinding), and so can every other user of the machine.
So Host and Origin have to be ours, and the peer has to be this user's process where the system tells,
or it has to know the token. (Specification, basic/transports, Security Warning; CVE-2025-49596 is this flaw.)
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.wire.steering import steers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.gateway.http_head import Head

__all__ = ["Credential", "Gate", "Turned", "foreign", "steered"]

_AUTHORITY: Final = rb"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?"
_LOCAL: Final = re.compile(_AUTHORITY, re.IGNORECASE)
"""This machine, as programs that mean it write it. Spellings that parsers read differently are not among them."""

_LOCAL_ORIGIN: Final = re.compile(rb"https?://" + _AUTHORITY, re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A request that may not come in."""

    status: int
    """The HTTP status."""

    rule: str
    """The id of the check."""

    message: str
    """What is wrong and what to do, without a word of the request."""


def foreign(headers: Sequence[tuple[bytes, bytes]]) -> Turned | None:
    """Return why nothing may come in through this host name or from this origin, or None."""
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1 or _LOCAL.fullmatch(hosts[0]) is None:
        text = "Sekisho: this address answers to localhost, 127.0.0.1 and [::1] only; use one of them in the URL"
        return Turned(status=421, rule="foreign-host", message=text)
    for name, value in headers:
        if name == b"origin" and _LOCAL_ORIGIN.fullmatch(value) is None:
            text = "Sekisho: requests from web pages of other origins are refused"
            return Turned(status=403, rule="foreign-origin", message=text)
    return None


def steered(headers: Sequence[tuple[bytes, bytes]]) -> Turned | None:
    """Return why a request may not come in that tells the server which address to use, or None."""
    if not steers(headers):
        return None
    text = (
        "Sekisho: a header of this request names an address for the server to use, and no header of a client is passed "
        "on; whoever starts serve --url gives the server its headers with --header"
    )
    return Turned(status=400, rule="header-steers", message=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What one principal says to come in."""

    principal: str
    """Who it is."""

    token: str = field(repr=False)
    """The bearer token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The checks for one listening socket."""

    owner: str
    """Who runs us, and who everybody is that comes in without a token."""

    credentials: tuple[Credential, ...] = ()
    """When there are any, every request has to carry one; they also admit other users of this machine."""

    uid: int | None = None
    """The user id that a peer has to have; None where the system does not tell."""

    def admit(self, head: Head, peer_uid: int | None) -> str | Turned:
        """Return who comes in, or why this request may not.

        Args:
            head: what its lines say.
            peer_uid: the user id at the other end of the connection, None when it is unknown.
        """
        if head.foreign is not None:
            return head.foreign
        if self.credentials:
            found = self._known(head.credentials)
            if found is not None:
                return head.steered or found
            text = "Sekisho: this server wants its token: send Authorization: Bearer with the value of --token-file"
            return Turned(status=401, rule="missing-token", message=text)
        if self.uid is not None and peer_uid != self.uid:
            text = "Sekisho: another user of this machine started this server; start your own, or share a --token-file"
            return Turned(status=403, rule="foreign-user", message=text)
        return head.steered or self.owner

    def _known(self, given: Sequence[bytes]) -> str | None:
        """Return whose token this is; every one is compared, so that time does not tell which was nearly right."""
        found = None
        if len(given) == 1:
            for credential in self.credentials:
                if hmac.compare_digest(given[0], b"Bearer " + credential.token.encode()):
                    found = credential.principal
        return found
