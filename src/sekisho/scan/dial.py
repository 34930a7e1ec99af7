"""Makes a link to a server that is scanned: the gateway's own, without the gate before definitions.

Nothing that the server says reaches a model, and what waits for approval is what a scan wants to see.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.engine.events import Halted
from sekisho.engine.seal import Sealer
from sekisho.engine.session import Session
from sekisho.engine.state import Face, Setup
from sekisho.gateway.link import Link
from sekisho.gateway.upstream_stdio import StdioUpstream
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.adapters.halt import HaltFlag
    from sekisho.gateway.launch import Launch
    from sekisho.gateway.warden_client import Warden
    from sekisho.model.subject import Who
    from sekisho.ports import AuditSink

__all__ = ["Dial"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """What every link of a scan has."""

    warden: Warden
    """Starts servers, and ends all that they leave behind."""

    audit: AuditSink
    """Takes every record."""

    halt: HaltFlag
    """Whether everything is halted."""

    seal_key: bytes
    """32 bytes."""

    who: Who
    """On whose behalf."""

    say: Callable[[str, str], None]
    """Takes what is said about a server: its name, and the text."""

    def link(self, server: str, launch: Launch) -> Link:
        """Return a new link with a fresh server behind it; not opened."""
        setup = Setup(
            server=server,
            who=self.who,
            host_face=Face.STDIO,
            server_face=Face.STDIO,
            sealer=Sealer(self.seal_key, secrets.token_bytes(16)),
            salt=secrets.token_bytes(16),
            epoch=time.time() - time.monotonic(),
        )
        link = Link(Session(setup), self.audit, time.monotonic)
        limits = Limits()
        upstream = StdioUpstream(
            launch, warden=self.warden, link=link, limits=limits, say=lambda text: self.say(server, text)
        )
        link.join(upstream)
        if self.halt.is_set:
            link.receive(Halted(link.clock()))
        return link
