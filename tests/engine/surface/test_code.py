"""Code that may not run: the server is stopped, everything is refused, and a person or the old code lets it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import STARTS, refused, stops
from pinkit import CODE, code_with
from sekisho.engine.effects import Record
from sekisho.engine.events import CodeRead, Trouble
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.pin.code import KEY, name_of
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.records import Key
from sekisho.pin.review import approve, quarantine, refuse
from surfacekit import ADD, Guarded, guarded, lists
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.pin.records import Ledger
    from sekisho.wire.strict import JsonObject

BAD = code_with("sources", {"/x/start.js": "t"})
NEWER = code_with("packages", {"npm files": {"version": "1.0.1", "digest": "b"}})


def read(play: Guarded, body: JsonObject) -> Guarded:
    play.receive(CodeRead(body, play.now))
    return play


def ledger(play: Guarded) -> Ledger:
    shelf = play.state.shelf
    assert shelf is not None
    assert shelf.ledger is not None
    return shelf.ledger


def known() -> Ledger:
    """Return what is kept of a server whose code was read once."""
    return ledger(read(guarded(), CODE))


def test_code_that_is_seen_first_is_pinned_and_the_same_code_is_no_news() -> None:
    play = read(guarded(), CODE)
    play.expects_nothing().records("lifecycle", event="code-read", fingerprint=name_of(CODE))
    assert play.kept is not None
    assert play.session.knows_code
    assert not play.session.refuses_code
    read(play, CODE).expects_nothing()
    assert (play.kept, play.told) == (None, [])


@rows(
    ("body", "rule"),
    [
        (BAD, Trouble.PACKAGE),
        (code_with("programs", {"npx": {"path": "/x/npx"}}), Trouble.PROGRAM),
        (code_with("variables", {"LD_PRELOAD": "x"}), Trouble.VARIABLE),
    ],
)
def test_code_that_may_not_run_is_stopped_and_only_a_ping_is_not_refused(body: JsonObject, rule: Trouble) -> None:
    play = guarded(known())
    assert not play.session.refuses_code
    read(play, body)
    assert play.seen[0] == stops(rule)
    assert (play.session.refuses_code, play.kept is not None) == (True, True)
    assert play.told == [(MessageId.CODE_HELD, {"server": "server", "rule": rule})]
    play.server_left(rule)
    for number, method in enumerate(("tools/list", "initialize", "server/discover")):
        play.host(play.asks(str(number), method, {})).expects(refused(str(number), rule))
    told = [each for each in play.effects if isinstance(each, Record)]
    assert told[-1].fields["fingerprint"] == name_of(body)


def test_what_a_person_approves_or_who_put_it_right_starts_it_again() -> None:
    play = read(guarded(known()), BAD)
    play.server_left(Trouble.PACKAGE)
    play.pinned(approve(ledger(play), KEY, name_of(BAD)))
    play.host(play.asks("a", "tools/list", {}))
    assert STARTS in play.seen
    again = read(guarded(ledger(read(guarded(known()), BAD))), CODE)
    assert not again.session.refuses_code
    assert lists(again, ADD) == [ADD]


def test_a_new_version_goes_on_and_is_told_once_until_a_person_refuses_it() -> None:
    play = read(guarded(known()), NEWER)
    assert play.told == [(MessageId.CODE_CHANGED, {"server": "server"})]
    assert lists(play, ADD) == [ADD]
    assert lists(read(guarded(ledger(play)), NEWER), ADD) == [ADD]
    play.pinned(refuse(ledger(play), KEY, name_of(NEWER)))
    assert play.seen[0] == stops(Trouble.PACKAGE)
    play.pinned(approve(ledger(play), Key(Kind.TOOL, "add"), fingerprint(Kind.TOOL, ADD))).expects_nothing()


def test_where_a_change_is_noted_it_goes_on_and_is_told_until_a_person_refuses_it() -> None:
    play = read(guarded(known(), notes_code=True), BAD)
    play.records("lifecycle", event="code-read", fingerprint=name_of(BAD), noted=Trouble.PACKAGE)
    noted = [(MessageId.CODE_NOTED, {"server": "server", "rule": Trouble.PACKAGE})]
    assert play.told == noted
    assert not play.session.refuses_code
    assert lists(play, ADD) == [ADD]
    again = read(guarded(ledger(play), notes_code=True), BAD)
    again.records("lifecycle", event="code-read", fingerprint=name_of(BAD), noted=Trouble.PACKAGE)
    assert again.told == noted
    assert again.pinned(known()).told == []
    assert read(guarded(ledger(play)), BAD).session.refuses_code
    play.pinned(refuse(ledger(play), KEY, name_of(BAD)))
    assert play.seen[0] == stops(Trouble.PACKAGE)
    assert read(guarded(ledger(play), notes_code=True), BAD).session.refuses_code


def test_what_others_hold_is_no_matter_of_a_server_that_runs_what_is_approved() -> None:
    play = read(guarded(known()), CODE)
    play.pinned(ledger(read(guarded(known()), BAD))).expects_nothing()
    assert lists(play, ADD) == [ADD]


def test_it_is_stopped_also_where_that_cannot_be_kept_and_judged_again_where_somebody_was_faster() -> None:
    play = read(guarded(known()), BAD)
    play.unkept(None)
    assert not play.session.refuses_code
    play = read(guarded(known()), BAD)
    play.unkept(known())
    assert play.session.refuses_code
    assert play.kept is not None


def test_nothing_is_judged_where_nobody_can_tell_or_the_server_is_set_aside() -> None:
    play = Guarded()
    read(play, CODE).expects_nothing()
    assert (play.session.knows_code, play.session.refuses_code) == (False, False)
    aside = read(guarded(known()).pinned(quarantine(known(), "why")), BAD)
    assert (aside.kept, aside.session.refuses_code) == (None, False)
    nobody = guarded(known()).pinned(None)
    read(nobody, BAD).expects_nothing()
    assert not nobody.session.knows_code
