"""What a server said and that waits: what comes behind it, and where too much would."""

from __future__ import annotations

import pytest

from answerkit import Answering, asked, nobody, said, shown
from engine.play import (
    LEGACY,
    aborts,
    answer,
    envelope,
    initialize,
    initialized,
    note,
    refused,
    request,
    result,
    stops,
)
from sekisho.engine.events import Trouble
from sekisho.engine.jobs import whole
from sekisho.engine.results import waiting

TOLD = "DB_PASSWORD=hunter2x\n"


def test_of_too_much_that_waits_the_next_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_MOST", 1)
    play = asked(asked(asked(Answering(works=False).opened(LEGACY, {"sampling": {}})), "s"), "t", method="prompts/get")
    play.server(result(2, said(TOLD)))
    play.server(result(3, said(TOLD))).expects(refused("s", "result-not-read"))
    play.server(note("notifications/message", {"data": TOLD})).expects_nothing()
    play.records("server-notification", verdict="deny", rule="result-not-read")
    play.server(request("q", "sampling/createMessage", {"messages": [], "systemPrompt": TOLD}))
    play.records("server-request", verdict="deny", rule="result-not-read")
    play.server(note("notifications/cancelled", {"requestId": "none", "reason": TOLD}))


def test_what_a_server_does_next_waits_for_what_it_said_before_unless_that_was_an_answer() -> None:
    play = asked(asked(asked(Answering(works=False).opened(LEGACY)), "s"), "t")
    log = note("notifications/message", {"level": "info", "data": TOLD})
    plain = note("notifications/message", {"level": "info", "data": "Nothing."})
    play.server(result(2, said(TOLD)))
    answers = play.effects
    play.server(log)
    logs = play.effects
    play.server(plain).expects_nothing()
    play.server(log).expects_nothing()
    play.server(result(3, said("fine"))).expects_nothing()
    play.server_garbled().expects_nothing()
    play.server_left(Trouble.EXITED).expects_nothing()
    play.effects = answers
    assert "password" in shown(play.worked()).lower()
    play.effects = logs
    play.worked(nobody)
    assert [seen.what for seen in play.seen] == ["to host", "looks"]  # what nobody read is not told
    assert play.sent == [plain]
    play.wait(5).worked()
    assert "PASSWORD" in str(play.sent[0])
    assert play.seen[1:4] == [answer(result("s", said("fine"))), aborts(4), refused("t", "server-exited")]


@pytest.mark.parametrize("bound", ["_BEHIND", "_BEHIND_BYTES"])
def test_where_too_much_would_wait_what_a_server_does_comes_at_once(
    monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(waiting, bound, 1)
    play = asked(Answering(works=False).opened(LEGACY)).server(note("notifications/message", {"data": TOLD}))
    logs = play.effects
    play.server(note("notifications/message", {"data": "Nothing."})).expects_nothing()
    play.server(result(2, said("fine"))).expects(answer(result("r", said("fine"))))
    play.lost(logs).expects_nothing()
    assert not play.session.idle
    assert play.tick(1).sent == [note("notifications/message", {"data": "Nothing."})]
    assert play.state.behind_bytes == 0
    play.server(note("notifications/message", {"data": "Nothing."}))
    assert [seen.what for seen in play.seen] == ["to host"]


def test_a_server_that_nobody_listens_to_is_not_taken_for_hung() -> None:
    play = asked(asked(Answering(works=False).opened(LEGACY)), "s")
    log = note("notifications/message", {"level": "info", "data": TOLD})
    play.server(log)
    logs = play.effects
    play.host(note("notifications/cancelled", {"requestId": "r"})).tick(after=6)
    ping = play.sent[-1]
    assert ping["method"] == "ping"
    assert stops(Trouble.HUNG) not in play.tick(after=60).seen
    play.server(result(whole(ping["id"]), {})).expects_nothing()
    play.effects = logs
    play.worked()
    assert stops(Trouble.HUNG) not in play.tick(after=60).seen


def test_what_a_server_did_that_another_one_takes_the_place_of_happens_to_nobody() -> None:
    play = Answering(works=False).host(request("a", "server/discover", {"_meta": envelope()}))
    play.server(note("notifications/message", {"level": "info", "data": TOLD}))
    logs = play.effects
    play.server(note("notifications/message", {"level": "info", "data": "Nothing."}))
    play.server_left(Trouble.EXITED).expects_nothing()
    assert "starts server" in [seen.what for seen in play.host(initialize("b")).seen]
    assert not play.session.waits_in_order
    play.effects = logs
    play.worked().expects_nothing()
    play.server(initialized(2))
    assert "result" in play.sent[-1]


def test_a_question_whose_look_is_lost_is_refused_and_nothing_waits_for_it() -> None:
    play = Answering(works=False).opened(LEGACY).server(request("q", "ping", {"said": TOLD}))
    play.lost(play.effects)
    assert [(each["id"], "error" in each) for each in play.sent] == [("q", True)]
    play.server(note("notifications/message", {"data": TOLD}))
    play.lost(play.effects).expects_nothing()
    assert not play.session.waits_in_order
