"""A report for a person at a terminal: causes, places, what was not looked at, what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.escape import printable
from sekisho.model.finding import Severity
from sekisho.model.messages import text
from sekisho.model.scan_ids import ScanId
from sekisho.scan import words
from sekisho.scan.collect import Outcome
from sekisho.scan.steps import steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.model.messages import Lang
    from sekisho.scan.report import Cause, Report, Server, Spot, Unseen

__all__ = ["Line", "lines"]

Line = tuple[str, str]
"""What stands in front of a line, and the line; it is folded behind its front."""

_SPOTS: Final = 5
_EXCERPT: Final = 300


def lines(report: Report, lang: Lang) -> Iterator[Line]:
    """Return the lines of a report, each printable, of any length."""
    yield "", text(ScanId.SCAN_TITLE, lang, servers=len(report.servers), definitions=report.definitions)
    yield "", ""
    for cause in report.causes:
        yield from _cause(cause, lang)
        yield "", ""
    yield "", _sum(report, lang)
    if report.known:
        yield "", text(ScanId.SCAN_KNOWN, lang, count=len(report.known))
    for note in report.notes:
        yield "", _unseen(note, lang)
    yield from _looked(report, lang)
    yield "", ""
    yield from _todo(report, lang)


def _cause(cause: Cause, lang: Lang) -> Iterator[Line]:
    yield f"{words.severity(cause.severity, lang)}  ", f"{cause.rule}: {words.title(cause.rule, lang)}"
    yield "    ", " · ".join(_facts(cause, lang))
    for spot in cause.spots[:_SPOTS]:
        yield from _spot(spot)
    if len(cause.spots) > _SPOTS:
        yield "  ", text(ScanId.SCAN_MORE_PLACES, lang, count=len(cause.spots) - _SPOTS)


def _facts(cause: Cause, lang: Lang) -> Iterator[str]:
    cited = words.cites(cause.rule)
    if cited is not None:
        yield " ".join([*cited.owasp, *(f"CWE-{number}" for number in cited.cwe)])
    yield words.confidence(cause.confidence, lang)
    if len(cause.spots) > 1:
        yield text(ScanId.SCAN_PLACES, lang, count=len(cause.spots))


def _spot(spot: Spot) -> Iterator[Line]:
    place = spot.finding.place
    name = " ".join(part for part in (place.kind.value, printable(place.name, width=_EXCERPT)) if part)
    yield "  ", f"{printable(place.server)} · {name}  {printable(spot.pointer, width=_EXCERPT)}".removeprefix(" · ")
    if spot.region is not None:
        yield "    ", f"{printable(spot.file)}:{spot.region.line}:{spot.region.column}"
    if spot.finding.excerpt:
        yield "    ", f'"{printable(spot.finding.excerpt.strip(), width=_EXCERPT)}"'


def _sum(report: Report, lang: Lang) -> str:
    if not report.spots:
        return text(ScanId.SCAN_CLEAN, lang)
    return text(ScanId.SCAN_COUNTS, lang, **{level.name.lower(): report.counts[level] for level in Severity})


def _looked(report: Report, lang: Lang) -> Iterator[Line]:
    yield "", text(ScanId.SCAN_LOOKED, lang)
    sources: dict[str, list[Server]] = {}
    for server in report.servers:
        sources.setdefault(server.source, []).append(server)
    for source, servers in sources.items():
        yield from _source(source, servers, lang)
    for place in report.places:
        if place.outcome is Outcome.READ and place.source.file not in sources:
            yield "  ", text(ScanId.SCAN_NO_SERVERS, lang, source=place.source.file)
    if absent := [place for place in report.places if place.outcome is Outcome.ABSENT]:
        hosts = len({place.source.host for place in absent})
        yield "  ", text(ScanId.SCAN_ABSENT, lang, count=len(absent), hosts=hosts)
    yield "", text(ScanId.SCAN_UNSEEN, lang)
    for unseen in report.unseen:
        yield "  ", _unseen(unseen, lang)


def _source(source: str, servers: Sequence[Server], lang: Lang) -> Iterator[Line]:
    for server in servers:
        if server.definitions is not None:
            count = sum(server.definitions.values())
            yield "  ", text(ScanId.SCAN_LOOKED_AT, lang, server=server.name, definitions=count, source=source)
    if names := ", ".join(server.name for server in servers if server.definitions is None):
        yield "  ", text(ScanId.SCAN_LOOKED_IN, lang, source=source, servers=names)


def _unseen(unseen: Unseen, lang: Lang) -> str:
    why = text(unseen.why, lang)
    return f"{printable(unseen.what, width=_EXCERPT)}: {why}" if unseen.what else why


def _todo(report: Report, lang: Lang) -> Iterator[Line]:
    yield "", text(ScanId.SCAN_TODO, lang)
    for number, step in enumerate(steps(report, lang), 1):
        yield f"  {number}  ", step.text
    if report.spots:
        yield "", text(ScanId.SCAN_MORE, lang, rule=report.causes[0].rule)
    else:
        yield "  ", text(ScanId.SCAN_NOTHING_TO_DO, lang)
