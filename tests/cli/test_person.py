from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from sekisho.cli.person import insist, typed
from sekisho.cli.presence import Objection
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clikit import Desk


def test_whoever_is_not_believed_is_told_and_put_on_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(_environ: Mapping[str, str], *, interactive: bool) -> Objection:
        assert not interactive
        return Objection(message=MessageId.RESUME_VARIABLE, values={"name": "AGENT"})

    monkeypatch.setattr("sekisho.cli.person.objection", found)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(SystemExit) as caught:
        insist(desk.state, "project", MessageId.ALLOW_NEEDS_PERSON)
    assert caught.value.code == 1
    assert "the variable AGENT says" in capsys.readouterr().err
    assert '"event": "project-refused", "rule": "resume-variable"' in desk.call("audit", "tail", "--json").output


def test_a_person_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_environ: Mapping[str, str], *, interactive: bool) -> None:
        assert not interactive

    monkeypatch.setattr("sekisho.cli.person.objection", none)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    insist(desk.state, "project", MessageId.ALLOW_NEEDS_PERSON)


@pytest.mark.parametrize(
    ("line", "expected"), [("allow\n", True), (" allow ", True), ("", False), ("allow it\n", False)]
)
def test_only_the_word_itself_counts(monkeypatch: pytest.MonkeyPatch, line: str, *, expected: bool) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    assert typed("allow") is expected
