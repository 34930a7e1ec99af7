"""The guard for URIs of a server's own: what no honest one holds, and what makes its pattern explode.

A server finds the template that a URI fits by a regular expression of its own (CVE-2026-0621). Bounds on the URI stop
such patterns whatever they are; a deadline would only count how long they hold the server.
"""

from __future__ import annotations

import re
from typing import Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

__all__ = ["LONGEST", "MOST_ALIKE", "judge_uri"]

LONGEST: Final = 8192
"""Characters; servers of the web take as many."""

MOST_ALIKE: Final = 24
"""How often one delimiter may separate parts of a path."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DELIMITERS: Final = ",;&+|*!~@:"


def judge_uri(value: str) -> Judgement:
    """Judge a resource's URI (RFC 3986, RFC 3987): `uri-malformed` and `uri-bounds`.

    Args:
        value: the URI as the host sent it.
    """
    found: list[Objection] = []
    odd = _CONTROL.search(value)
    if odd:
        found.append(Objection(rule="uri-malformed", start=odd.start(), end=odd.end()))
    front = value.partition("?")[0].partition("#")[0]
    if len(value) > LONGEST or any(front.count(each) > MOST_ALIKE for each in _DELIMITERS):
        found.append(Objection(rule="uri-bounds", start=0, end=len(value), numbers=(len(value),)))
    return Judgement(objections=tuple(found)) if found else CLEAN
