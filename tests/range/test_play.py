"""Playing against real processes: what is equal, what is stopped, and what the play notices."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.range.host import HostError
from sekisho.range.play import Exchange, Server, play, weather
from sekisho.range.script import ATTEMPTS, LEGACY_VISIT, MODERN_VISIT, Script, opening

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    place = tmp_path / "state"
    place.mkdir(mode=0o700)
    return place


@pytest.mark.parametrize("script", [LEGACY_VISIT, MODERN_VISIT], ids=lambda script: script.revision)
def test_an_honest_visit_is_answered_the_same(script: Script, state: Path, tmp_path: Path) -> None:
    played = play(script, weather(tmp_path), state=state, environ=os.environ)
    assert played.problems == []
    assert all(exchange.same for exchange in played.exchanges)
    assert len(played.asked) == 4


def test_the_attempts_are_stopped_and_would_not_have_been(state: Path, tmp_path: Path) -> None:
    played = play(ATTEMPTS, weather(tmp_path), state=state, environ=os.environ)
    assert played.problems == []
    assert [exchange.said.refused for exchange in played.exchanges if exchange.stopped] == [
        "duplicate-key",
        "unknown-method",
    ]


def test_the_servers_own_environment_does_not_differ_by_us(state: Path, tmp_path: Path) -> None:
    # A server that answers by what it was given: any difference would be reported.
    code = (
        "import json, os, sys\nfor line in sys.stdin:\n    asked = json.loads(line)\n"
        "    told = {'protocolVersion': '2025-11-25', 'capabilities': {}, 'serverInfo': {'name': 'x', 'version':"
        " str(len([n for n in os.environ if n.startswith('SEKISHO')]))}}\n"
        "    'id' in asked and print(json.dumps({'jsonrpc': '2.0', 'id': asked['id'], 'result': told}), flush=True)\n"
    )
    server = Server(command=(sys.executable, "-I", "-c", code), cwd=tmp_path)
    script = Script(revision="2025-11-25", said=opening())
    played = play(script, server, state=state, environ={**os.environ, "SEKISHO_LANG": "ja"})
    assert played.problems == ["initialize was answered differently"]


def test_a_server_that_does_not_answer_is_named_with_the_question(state: Path, tmp_path: Path) -> None:
    server = Server(command=(sys.executable, "-c", "import sys; sys.exit('broken')"), cwd=tmp_path)
    with pytest.raises(HostError, match="initialize: it ended: broken"):
        play(LEGACY_VISIT, server, state=state, environ=os.environ)


def test_what_the_server_sees_in_spite_of_us_is_noticed(state: Path, tmp_path: Path) -> None:
    passing = Script(revision="2025-11-25", said=[*ATTEMPTS.said[:2], LEGACY_VISIT.said[2]])
    marked = Script(
        revision="2025-11-25",
        said=[*passing.said[:2], type(passing.said[2])(line=passing.said[2].line, method="x", shown="", refused="x")],
    )
    played = play(marked, weather(tmp_path), state=state, environ=os.environ)
    assert len(played.problems) == 3
    assert "x was to be stopped (x)" in played.problems


@pytest.mark.parametrize(
    ("direct", "through", "stopped"),
    [
        ({"result": {}}, {"error": {}}, True),
        ({"result": {}}, {"result": {}}, False),
        ({"error": {}}, {"error": {}}, False),
        (None, None, False),
    ],
)
def test_stopped_is_what_the_server_would_have_done(
    direct: dict[str, object] | None,
    through: dict[str, object] | None,
    stopped: bool,  # noqa: FBT001 - a parameter
) -> None:
    assert Exchange(said=LEGACY_VISIT.said[0], direct=direct, through=through).stopped is stopped
