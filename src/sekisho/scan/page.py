"""A report as one HTML file: no script, nothing loaded, fit for printing.

Everything from outside goes through `printable` and then through HTML's own escaping.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from sekisho.model.escape import printable
from sekisho.model.finding import Severity
from sekisho.model.messages import text
from sekisho.model.scan_ids import ScanId
from sekisho.scan import words
from sekisho.scan.collect import Outcome
from sekisho.scan.picture import picture
from sekisho.scan.steps import steps
from sekisho.scan.style import CSS, POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.messages import Lang
    from sekisho.scan.report import Cause, Report, Spot

__all__ = ["page"]

_SPOTS: Final = 50
_WORDS: Final = 2_000
"""Columns of an excerpt that are shown."""


def page(report: Report, lang: Lang, *, version: str, made: str) -> str:
    """Return a report as an HTML page.

    Args:
        report: the report.
        lang: its language.
        version: of this program.
        made: when, for people.
    """
    title = _said(ScanId.PAGE_TITLE, lang)
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{lang.value}">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<h1>{title}</h1>",
            f'<p class="soft">{_said(ScanId.PAGE_MADE, lang, made=made, version=version)}</p>',
            *_counts(report, lang),
            *_first(report, lang),
            *_picture(report, lang),
            *_findings(report, lang),
            *_looked(report, lang),
            *_unseen(report, lang),
            "</body>\n</html>\n",
        )
    )


def _counts(report: Report, lang: Lang) -> Iterator[str]:
    yield '<ul class="counts">'
    for level in sorted(Severity, reverse=True):
        yield f"<li><b>{report.counts[level]}</b>{escape(words.severity(level, lang))}</li>"
    yield "</ul>"


def _first(report: Report, lang: Lang) -> Iterator[str]:
    yield f"<h2>{_said(ScanId.SCAN_TODO, lang)}</h2>"
    if found := steps(report, lang):
        yield "<ol>"
        yield from (f"<li>{escape(step.text)}</li>" for step in found)
        yield "</ol>"
    else:
        yield f"<p>{_said(ScanId.SCAN_NOTHING_TO_DO, lang)}</p>"


def _picture(report: Report, lang: Lang) -> Iterator[str]:
    drawn = picture(report, lang)
    if drawn:
        yield f"<h2>{_said(ScanId.PICTURE_TITLE, lang)}</h2>"
        yield drawn
        yield f'<p class="soft">{_said(ScanId.PICTURE_NOTE, lang)}</p>'
        idle = ", ".join(one.name for one in report.servers if one.definitions is not None and not one.roles)
        if idle:
            yield f'<p class="soft">{_said(ScanId.PICTURE_IDLE, lang, servers=idle)}</p>'


def _findings(report: Report, lang: Lang) -> Iterator[str]:
    yield f"<h2>{_said(ScanId.PAGE_FINDINGS, lang)}</h2>"
    if not report.spots:
        yield f"<p>{_said(ScanId.SCAN_CLEAN, lang)}</p>"
    for cause in report.causes:
        yield from _cause(cause, lang)
    if report.known:
        yield f"<p>{_said(ScanId.SCAN_KNOWN, lang, count=len(report.known))}</p>"
    for note in report.notes:
        yield f"<p>{_shown(note.what)}: {_said(note.why, lang)}</p>"


def _cause(cause: Cause, lang: Lang) -> Iterator[str]:
    level = cause.severity.name.lower()
    yield f'<section class="cause {level}">'
    badge = escape(words.severity(cause.severity, lang))
    yield f'<h3><span class="badge {level}">{badge}</span>{escape(words.title(cause.rule, lang))}</h3>'
    cited = words.cites(cause.rule)
    refs = [*cited.owasp, *(f"CWE-{number}" for number in cited.cwe), *cited.atlas] if cited is not None else []
    facts = [cause.rule, words.confidence(cause.confidence, lang), " ".join(refs)]
    yield f'<p class="soft">{escape(" · ".join(fact for fact in facts if fact))}</p>'
    yield f"<p><b>{_said(ScanId.EXPLAIN_FIX, lang)}</b> {escape(words.fix(cause.rule, lang))}</p>"
    for spot in cause.spots[:_SPOTS]:
        yield from _spot(spot)
    if len(cause.spots) > _SPOTS:
        yield f"<p>{_said(ScanId.SCAN_MORE_PLACES, lang, count=len(cause.spots) - _SPOTS)}</p>"
    yield "</section>"


def _spot(spot: Spot) -> Iterator[str]:
    place = spot.finding.place
    name = " ".join(part for part in (place.kind.value, place.name) if part)
    head = f"<b>{_shown(place.server)}</b> · {_shown(name)}" if place.server else _shown(name)
    at = f":{spot.region.line}:{spot.region.column}" if spot.region is not None else ""
    yield f'<div class="spot">{head}<br><code>{_shown(spot.file)}{at} {_shown(spot.pointer)}</code>'
    if spot.finding.excerpt:
        yield f'<span class="words">{_shown(spot.finding.excerpt.strip())}</span>'
    yield "</div>"


def _looked(report: Report, lang: Lang) -> Iterator[str]:
    yield f"<h2>{_said(ScanId.SCAN_LOOKED, lang)}</h2>\n<table>"
    for server in report.servers:
        kinds = ", ".join(f"{kind} {count}" for kind, count in (server.definitions or {}).items())
        yield f"<tr><th>{_shown(server.name)}</th><td>{_shown(server.source)}</td><td>{escape(kinds)}</td></tr>"
    yield "</table>"
    if absent := [place for place in report.places if place.outcome is Outcome.ABSENT]:
        hosts = len({place.source.host for place in absent})
        yield f'<p class="soft">{_said(ScanId.SCAN_ABSENT, lang, count=len(absent), hosts=hosts)}</p>'


def _unseen(report: Report, lang: Lang) -> Iterator[str]:
    yield f"<h2>{_said(ScanId.SCAN_UNSEEN, lang)}</h2>\n<table>"
    for unseen in report.unseen:
        yield f"<tr><td>{_shown(unseen.what)}</td><td>{_said(unseen.why, lang)}</td></tr>"
    yield "</table>"


def _shown(foreign: str) -> str:
    return escape(printable(foreign, width=_WORDS))


def _said(id_: ScanId, lang: Lang, **values: str | int) -> str:
    return escape(text(id_, lang, **values))
