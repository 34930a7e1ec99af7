"""Refusals in the log of `sekisho serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.cli.refusal_log import RefusalLog
from sekisho.engine.effects import Record
from sekisho.model.lang import Lang
from sekisho.model.messages import text
from sekisho.model.subject import Who
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.call_ids import CallId
    from sekisho.wire.strict import Json

WHO = Who(principal="alice", conversation="first")


class Said:
    """A log, its lines, and its clock."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.now = 0.0
        self.log = RefusalLog(self._say, lambda: self.now)

    def _say(self, message: CallId, values: Mapping[str, str | int]) -> None:
        self.lines.append(text(message, Lang.EN, **values))

    def hear(self, kind: str, **fields: Json) -> None:
        self.log.hear(Record(kind, WHO, "files", fields, {}))


@rows(
    ("kind", "fields", "said"),
    [
        (
            "refusal",
            {"method": "tools/call", "name": "read", "rule": "path-credential", "ticket": "K7Q2", "verdict": "deny"},
            ["refused: tools/call read of alice: path-credential. See: sekisho why K7Q2"],
        ),
        (
            "refusal",
            {"method": "tools/call", "name": "a\n\x1b[2J", "rule": "r", "ticket": "K7Q2", "verdict": "deny"},
            ["refused: tools/call a␊␛[2J of alice: r. See: sekisho why K7Q2"],
        ),
        ("turned-away", {"rule": "token", "verdict": "deny"}, ["turned away, and nothing of it was read: token."]),
        (
            "turned-away",
            {"rule": "token", "verdict": "deny", "count": 7},
            ["turned away 7 times more: token."],
        ),
        ("error", {"rule": "late", "code": -31000, "verdict": "deny"}, ["refused: error of alice: late."]),
        ("request", {"method": "tools/call", "verdict": "allow"}, []),
        ("lifecycle", {"event": "ready"}, []),
    ],
)
def test_each_refusal_is_a_line_and_nothing_else_is(kind: str, fields: dict[str, Json], said: list[str]) -> None:
    heard = Said()
    heard.hear(kind, **fields)
    assert heard.lines == said


def test_a_client_that_is_refused_without_end_does_not_fill_the_log() -> None:
    heard = Said()
    for _ in range(10_000):
        heard.hear("turned-away", rule="token", verdict="deny")
    assert len(heard.lines) == 60
    heard.now = 2.0
    heard.hear("turned-away", rule="token", verdict="deny")
    assert heard.lines[60:] == [
        "9940 more refusals were not told here. See: sekisho audit tail --verdict deny",
        "turned away, and nothing of it was read: token.",
    ]
