"""Findings that are known: a baseline of what was there before, and suppressions with a reason and an end.

One JSON file holds both. An entry names a finding by its fingerprint; `rule`, `server` and `name` are for people.
With `reason` and `expires` it is a suppression, which from that day on says so and counts no more.
A finding that is known is left out of the counts and of the exit code, never out of the report.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from sekisho.model.scan_ids import ScanId
from sekisho.scan.document import fingerprint
from sekisho.scan.dumps import SourceError, read
from sekisho.scan.report import Known, Unseen
from sekisho.wire.strict import Limits, WireError, loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sekisho.scan.report import Report, Spot
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Entry", "applied", "baseline", "written"]

_FORMAT: Final = 1
_PRINT: Final = re.compile(r"[0-9a-f]{32}")
_KEYS: Final = frozenset({"fingerprint", "rule", "server", "name", "reason", "expires"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding that is known."""

    fingerprint: str
    """Which."""

    reason: str = ""
    """Why it is accepted; empty where it was only there before."""

    expires: date | None = None
    """The first day on which it counts again; None for never."""


def baseline(file: str) -> dict[str, Entry]:
    """Read what is known, by fingerprint.

    Raises:
        SourceError: the file can't be read, or holds anything else: a suppression that is misread hides something.
    """
    try:
        value = loads(read(file), Limits())
    except WireError as error:
        raise SourceError(ScanId.SCAN_NOT_JSON, file, problem=error.detail) from None
    findings = value.get("findings") if isinstance(value, dict) and value.get("format") == _FORMAT else None
    if not isinstance(findings, list):
        raise SourceError(ScanId.SCAN_NO_BASELINE, file, place="/findings")
    entries = [_entry(file, index, item) for index, item in enumerate(findings)]
    return {entry.fingerprint: entry for entry in entries}


def _entry(file: str, index: int, item: Json) -> Entry:
    try:
        return _checked(item)
    except ValueError:
        raise SourceError(ScanId.SCAN_NO_BASELINE, file, place=f"/findings/{index}") from None


def _checked(item: Json) -> Entry:
    if not isinstance(item, dict) or not item.keys() <= _KEYS or not all(isinstance(it, str) for it in item.values()):
        raise ValueError
    print_, reason, expires = (str(item.get(key, "")) for key in ("fingerprint", "reason", "expires"))
    if _PRINT.fullmatch(print_) is None or bool(reason.strip()) != bool(expires):
        raise ValueError
    return Entry(fingerprint=print_, reason=reason, expires=date.fromisoformat(expires) if expires else None)


def applied(report: Report, known: Mapping[str, Entry], today: date) -> Report:
    """Return the report with what is known put aside. An entry that has expired or fits nothing is said.

    Args:
        report: a report.
        known: what `baseline` returned.
        today: the day, in this machine's zone.
    """
    left: list[Spot] = []
    aside = [*report.known]
    met: set[str] = set()
    said: list[Unseen] = []
    for spot in report.spots:
        entry = known.get(fingerprint(spot))
        if entry is None:
            left.append(spot)
            continue
        met.add(entry.fingerprint)
        if entry.expires is not None and entry.expires <= today:
            left.append(spot)
            what = f"{spot.finding.rule} {spot.finding.place.server} ({entry.expires}, {entry.reason})"
            said.append(Unseen(what=what, why=ScanId.SCAN_EXPIRED))
        else:
            aside.append(Known(spot=spot, reason=entry.reason, expires=entry.expires))
    if gone := len(known) - len(met):
        said.append(Unseen(what=str(gone), why=ScanId.SCAN_NOT_MET))
    return replace(report, spots=tuple(left), known=tuple(aside), notes=(*report.notes, *said))


def written(report: Report) -> str:
    """Return a baseline of everything in a report; what was known with a reason keeps it."""
    findings = list({str(one["fingerprint"]): one for one in _entries(report)}.values())
    return json.dumps({"format": _FORMAT, "findings": findings}, indent=1, ensure_ascii=True) + "\n"


def _entries(report: Report) -> Iterator[JsonObject]:
    for known in (*report.known, *(Known(spot=spot) for spot in report.spots)):
        place = known.spot.finding.place
        entry: JsonObject = {"fingerprint": fingerprint(known.spot), "rule": known.spot.finding.rule}
        entry |= {"server": place.server, "name": place.name}
        if known.expires is not None:
            entry |= {"reason": known.reason, "expires": known.expires.isoformat()}
        yield entry
