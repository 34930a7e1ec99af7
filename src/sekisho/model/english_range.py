"""The part of the English catalogue about the range and the demo."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RANGE"]

RANGE: Final[Mapping[Id, str]] = MappingProxyType({
    Id.TITLE_PRIVATE_REPOSITORY: "GitHub issue, private repo",
    Id.TITLE_SHADOWED_MESSENGER: "WhatsApp shadowing",
    Id.TITLE_RUG_PULL: "Rug pull",
    Id.TITLE_SAME_NAME: "Same tool name twice",
    Id.TITLE_COMMAND_INJECTION: "Command injection",
    Id.TITLE_PATH_TRAVERSAL: "Path traversal and symlink",
    Id.TITLE_SQL_INJECTION: "SQL injection",
    Id.TITLE_METADATA_ADDRESS: "SSRF",
    Id.TITLE_LYING_PAGE: "A web page that lies",
    Id.TITLE_TWO_READINGS: "A message with two readings",
    Id.TITLE_FILESYSTEM_RELEASE: "filesystem 2025.3.28 (npm)",
    Id.TITLE_SQLITE_RELEASE: "sqlite 2025.4.25 (PyPI)",
    Id.HARM_PUBLISHED: "published {bytes} B",
    Id.HARM_SENT: "{count} chats sent",
    Id.HARM_READ: "new text read",
    Id.HARM_WRONG_SERVER: "wrong server ran",
    Id.HARM_CREATED: "file created",
    Id.HARM_KEYS: "key read, {count} times",
    Id.HARM_DROPPED: "table dropped",
    Id.HARM_METADATA: "metadata read",
    Id.HARM_LIE: "lie in the answer",
    Id.HARM_OBEYED: "obeyed, {count} times",
    Id.HARM_NONE: "nothing came of it",
    Id.WELL_UNREAD: "held; order not read",
    Id.WELL_HELD: "held; asked to review",
    Id.WELL_APART: "both kept apart",
    Id.WELL_UNOBEYED: "not obeyed",
    Id.REFUSED_ONCE: "refused",
    Id.REFUSED_OFTEN: "refused, {count} times",
    Id.DEMO_TITLE: "Sekisho demo   {cases} cases, each run twice against the same server    no network",
    Id.DEMO_AGENT: "The agent obeys everything it reads: the worst case, no model needed.",
    Id.DEMO_WITHOUT: "WITHOUT",
    Id.DEMO_WITH: "WITH SEKISHO",
    Id.DEMO_NOT_YET: "not yet: what flows from one server to another is not judged",
    Id.DEMO_LOST: "text to text: Sekisho does not stop this (docs/limits.md)",
    Id.DEMO_HONEST: "Honest calls",
    Id.DEMO_HONEST_PASSED: "{passed} of {total} passed, {questions} questions      added time p50 {added} ms",
    Id.DEMO_RECORD: "On record",
    Id.DEMO_RECORD_WHOLE: "{events} events, chain verified (sekisho audit verify)",
    Id.DEMO_RECORD_BROKEN: "{events} events; the chain does NOT verify",
    Id.DEMO_CLOSER: "Look closer",
    Id.DEMO_CLOSER_STEP: "sekisho demo 1 --step             all of it in {seconds} s",
    Id.DEMO_MACHINE: "Your machine",
    Id.DEMO_MACHINE_SCAN: "sekisho scan                      reads only, starts nothing",
    Id.DEMO_WRONG: "This did not end as promised: {outcome}\n"
    "Please report it with the output of: sekisho doctor",
    Id.DEMO_UNKNOWN: "There is no case {number}: they are numbered 1 to {last}.\n"
    "The list: sekisho range list",
    Id.DEMO_STEP_ALONE: "--step shows one case: name its number.",
    Id.RANGE_UNKNOWN: "There is no incident {name}.\n"
    "The list: sekisho range list",
    Id.RANGE_NONE: "Name an incident, or take --all.\n"
    "The list: sekisho range list",
    Id.RANGE_STORY: "What happened",
    Id.RANGE_SOURCES: "Published",
    Id.RANGE_SAID: "What Sekisho said",
    Id.RANGE_SAID_NOTHING: "nothing",
    Id.RANGE_HONEST: "{passed} of {total} honest calls passed",
    Id.RANGE_FETCHING: "Fetching {package} into {path} (once) ...",
    Id.RANGE_SKIPPED: "skipped: {problem}",
    Id.RANGE_NEEDS_REAL: "a real release: add --real",
})  # fmt: skip
