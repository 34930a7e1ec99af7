"""Where a definition stands: server, kind and name, the canonical key of policy, pins and findings."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

__all__ = ["NOWHERE", "Kind", "Place"]


class Kind(StrEnum):
    """What a server defines."""

    # Enumerations hash by their names, in Python: these are keys of what every call looks up.
    __hash__ = str.__hash__

    TOOL = "tool"
    PROMPT = "prompt"
    RESOURCE = "resource"
    TEMPLATE = "template"
    INSTRUCTIONS = "instructions"
    SERVER = "server"
    GENERATIONS = "generations"
    """The generations of the protocol in which it answers. No dump has them: a session finds out."""
    CODE = "code"
    """What runs when it is started. No dump has it either: it is read from the disk."""


class Place(NamedTuple):
    """Names one definition. A tuple: it is made and compared for each of thousands."""

    server: str
    """The server's identity: an alias, or the name of its dump; never its own `serverInfo`."""

    kind: Kind
    """What it is."""

    name: str
    """The tool's or prompt's name, the resource's URI, the template; empty for what a server has one of."""


NOWHERE: Final = Place("", Kind.SERVER, "")
"""The place of a finding about a single message, which tells by itself whose it is."""
