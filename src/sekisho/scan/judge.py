"""Asks the rules about what was read, and puts their findings where a person finds them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sekisho.engine.survey import survey
from sekisho.flow.roles import roles
from sekisho.model.definition import surface
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.scan.report import Looked, Report, Spot, Unseen
from sekisho.settings.formats import Format, parse
from sekisho.settings.node import SettingsError, locate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.finding import Persona, Severity
    from sekisho.scan.dumps import Dump
    from sekisho.settings.node import Node, Region

__all__ = ["judge"]


def judge(dumps: Mapping[str, Dump], *, persona: Persona, fail_on: Severity | None, regions: bool = False) -> Report:
    """Judge the surfaces of all servers together.

    Args:
        dumps: by server.
        persona: who listens.
        fail_on: from which severity on the scan fails; None never fails.
        regions: whether findings shall know their lines and columns, which takes as long as judging.
    """
    found = survey({server: dump.body for server, dump in dumps.items()}, persona=persona)
    places = _Places()
    spots = (
        Spot(
            finding=finding,
            file=dump.file,
            pointer=dump.prefix + finding.pointer,
            region=places.region(dump, finding.pointer) if regions else None,
        )
        for finding in found
        for dump in (dumps[finding.place.server],)
    )
    return Report(
        looked=tuple(_looked(server, dump) for server, dump in dumps.items()),
        spots=tuple(spots),
        unseen=(
            *(unseen for dump in dumps.values() for unseen in dump.unseen),
            Unseen(what="", why=MessageId.SCAN_ONLY_TEXT),
        ),
        persona=persona,
        fail_on=fail_on,
    )


class _Places:
    """Where pointers lead, with each file read once."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node | None] = {}

    def region(self, dump: Dump, pointer: str) -> Region | None:
        if dump.file not in self._nodes:
            try:
                self._nodes[dump.file] = parse(dump.data, Format.JSON)
            except SettingsError:
                # Deeper than settings ever are: the finding is told without its line.
                self._nodes[dump.file] = None
        node = self._nodes[dump.file]
        return None if node is None else locate(node, dump.prefix + pointer)


def _looked(server: str, dump: Dump) -> Looked:
    defined = surface(server, dump.body).definitions
    tools = (definition.body for definition in defined if definition.place.kind is Kind.TOOL)
    return Looked(
        server=server,
        source=dump.file,
        definitions=Counter(definition.place.kind.value for definition in defined),
        roles=frozenset(role for tool in tools for role in roles(tool)),
    )
