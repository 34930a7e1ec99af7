from __future__ import annotations

from sekisho.engine.observing import survey_started
from sekisho.model.finding import Persona
from sekisho.rules.observed import Observed


def test_each_secret_of_each_server_is_reported_once() -> None:
    every = [
        Observed(server="a", read=(".ssh/id_ed25519", ".aws/credentials"), told=(".aws/credentials",)),
        Observed(server="b", read=(), told=()),
    ]
    found = survey_started(every, persona=Persona.REGULAR)
    assert [(one.place.server, one.excerpt) for one in found] == [
        ("a", "~/.aws/credentials"),
        ("a", "~/.ssh/id_ed25519"),
    ]
