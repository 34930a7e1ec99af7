"""Asks the rules about what was read, and puts their findings where a person finds them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sekisho.engine.entries import survey_entries
from sekisho.engine.observing import survey_started
from sekisho.engine.survey import survey
from sekisho.flow.roles import Role, roles
from sekisho.model.definition import surface
from sekisho.model.place import Kind
from sekisho.model.scan_ids import ScanId
from sekisho.scan.collect import Outcome
from sekisho.scan.report import Report, Server, Spot, Unseen
from sekisho.settings.json_places import JsonPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.model.definition import Definition
    from sekisho.model.finding import Persona, Severity
    from sekisho.scan.collect import Collection
    from sekisho.scan.dumps import Dump
    from sekisho.scan.sources import Sources
    from sekisho.settings.node import Region

__all__ = ["judge"]

_UNREAD: Final = {
    Outcome.DENIED: ScanId.SCAN_DENIED,
    Outcome.NO_FILE: ScanId.SCAN_NO_FILE,
    Outcome.TOO_LARGE: ScanId.SCAN_TOO_LARGE,
}


def judge(sources: Sources, *, persona: Persona, fail_on: Severity | None, regions: bool = False) -> Report:
    """Judge the surfaces of all servers together, and the settings of each.

    Args:
        sources: what was read.
        persona: who listens.
        fail_on: from which severity on the scan fails; None never fails.
        regions: whether findings about definitions shall know their lines too.
    """
    collection = sources.collection
    return Report(
        servers=(*(_described(name, dump) for name, dump in sources.dumps.items()), *_configured(collection)),
        spots=(
            *_about_definitions(sources, persona, regions=regions),
            *_about_settings(collection, persona),
            *_about_starts(sources, persona),
        ),
        unseen=(*sources.unseen, *_unseen(sources)),
        persona=persona,
        fail_on=fail_on,
        places=collection.looked,
    )


def _about_definitions(sources: Sources, persona: Persona, *, regions: bool) -> Iterator[Spot]:
    dumps = sources.dumps
    places = _Places()
    for finding in survey({server: dump.body for server, dump in dumps.items()}, persona=persona):
        dump = dumps[finding.place.server]
        yield Spot(
            finding=finding,
            file=dump.file,
            pointer=dump.prefix + finding.pointer,
            region=places.region(dump, finding.pointer) if regions else None,
        )


def _about_settings(collection: Collection, persona: Persona) -> Iterator[Spot]:
    entries = (entry for settings in collection.settings for entry in settings.judged)
    for located in survey_entries(entries, persona=persona):
        yield Spot(
            finding=located.finding,
            file=located.source.file,
            pointer=located.finding.pointer,
            region=located.region,
        )


def _about_starts(sources: Sources, persona: Persona) -> Iterator[Spot]:
    for finding in survey_started(sources.observed, persona=persona):
        yield Spot(finding=finding, file=finding.place.server, pointer=finding.pointer)


class _Places:
    """Where pointers lead, with the lines of each file counted once."""

    def __init__(self) -> None:
        self._files: dict[str, JsonPlaces] = {}

    def region(self, dump: Dump, pointer: str) -> Region | None:
        if not dump.data:
            return None  # a server said it: it stands in no file
        places = self._files.get(dump.file)
        if places is None:
            places = self._files[dump.file] = JsonPlaces(dump.data.decode("utf-8-sig"))
        return places.region(dump.prefix + pointer)


def _described(name: str, dump: Dump) -> Server:
    defined = surface(name, dump.body).definitions
    return Server(
        name=name,
        source=dump.file,
        definitions=Counter(definition.place.kind.value for definition in defined),
        roles=_played(definition for definition in defined if definition.place.kind is Kind.TOOL),
    )


def _played(tools: Iterable[Definition]) -> frozenset[Role]:
    """Return every role that one of the tools can play; once all three are found, no other tool matters."""
    found = frozenset[Role]()
    for tool in tools:
        found |= roles(tool.body)
        if len(found) == len(Role):
            break
    return found


def _configured(collection: Collection) -> Iterator[Server]:
    for settings in collection.settings:
        for entry in settings.entries:
            yield Server(name=entry.alias, source=settings.source.file, definitions=None)


def _unseen(sources: Sources) -> Iterator[Unseen]:
    collection = sources.collection
    for problem in collection.problems:
        where = f"{problem.source.file}:{problem.line}:{problem.column}"
        yield Unseen(what=where, why=ScanId.SCAN_BROKEN)
    for place in collection.looked:
        if place.outcome in _UNREAD:
            yield Unseen(what=place.source.file, why=_UNREAD[place.outcome])
    for settings in collection.settings:
        for entry in settings.unread:
            yield Unseen(what=f"{settings.source.file} {entry.pointer}", why=ScanId.SCAN_NO_LAUNCH)
    if not sources.started and any(settings.entries for settings in collection.settings):
        yield Unseen(what="", why=ScanId.SCAN_NOT_STARTED)
    if sources.dumps:
        yield from (unseen for dump in sources.dumps.values() for unseen in dump.unseen)
        yield Unseen(what="", why=ScanId.SCAN_ONLY_TEXT)
