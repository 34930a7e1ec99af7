"""What a rule looks at: one message, with the facts of where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject
    from sekisho.wire.versions import Revision

__all__ = ["Carrier", "Subject", "Who"]


class Carrier(StrEnum):
    """Which kind of message carries the content. Every kind is judged: data travels in all of them."""

    HOST_REQUEST = "host-request"
    HOST_NOTIFICATION = "host-notification"
    HOST_ANSWER = "host-answer"
    SERVER_ANSWER = "server-answer"
    SERVER_REQUEST = "server-request"
    SERVER_NOTIFICATION = "server-notification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """On whose behalf, and in which conversation, something is done."""

    principal: str
    """The authenticated user; on one's own machine the user's name."""

    conversation: str
    """Names the conversation whose state this belongs to; never a process or a trace id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One message to be judged."""

    carrier: Carrier
    """Its kind and direction."""

    who: Who
    """The principal and the conversation."""

    server: str
    """The server's identity in policy, pins and audit."""

    method: str
    """The MCP method; for an answer, the method that it answers."""

    revision: Revision | None
    """The protocol revision in force, None before it is agreed."""

    body: JsonObject
    """The whole message as it would be forwarded."""
