"""Code as a pinned fact: other contents need another version, another program an administrator, a variable a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pinkit import CODE, FILES, NODE, OWN, SERVER, code_with, observation
from sekisho.pin.code import KEY, definition, graded, is_held, is_known, name_of, objection, package
from sekisho.pin.grade import Grade, Why
from sekisho.pin.ledger import observe
from sekisho.pin.records import Ledger, Package, State
from sekisho.pin.review import approve, refuse
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

HELD, WAITS = Grade.HELD, Grade.WAITS
EXACT: JsonObject = {**CODE, "asked": {"npm files": {"version": "1.0.0", "exact": True}}}


def without(member: str, name: str) -> JsonObject:
    before = CODE[member]
    assert isinstance(before, dict)
    return {**CODE, member: {key: value for key, value in before.items() if key != name}}


@rows(
    ("before", "after", "grade", "whys"),
    [
        (CODE, dict(reversed(CODE.items())), Grade.NEUTRAL, []),
        (CODE, {**CODE, "folder": "/other"}, Grade.NEUTRAL, []),
        (CODE, {**CODE, "folder": "/other", "from_folder": True}, WAITS, [Why.OTHER_FOLDER]),
        ({**CODE, "from_folder": True}, {**CODE, "folder": "/other"}, WAITS, [Why.OTHER_FOLDER]),
        (CODE, code_with("programs", {"node": {**NODE, "digest": "b"}}), WAITS, [Why.OTHER_PROGRAM]),
        (CODE, code_with("programs", {"node": {**OWN, "digest": "b"}}), HELD, [Why.OTHER_PROGRAM]),
        (CODE, code_with("programs", {"npx": {**OWN, "digest": "b"}}), HELD, [Why.OTHER_PROGRAM]),
        (CODE, code_with("programs", {"npx": {**OWN, "path": "/x/npx"}}), HELD, [Why.OTHER_PROGRAM]),
        (CODE, code_with("programs", {"sh": NODE}), HELD, [Why.OTHER_PROGRAM]),
        (CODE, without("programs", "npx"), WAITS, [Why.OTHER_PROGRAM]),
        (CODE, code_with("packages", {"npm files": {**FILES, "digest": "b"}}), HELD, [Why.OTHER_PACKAGE]),
        (CODE, code_with("packages", {"npm zod": {"version": "3.0.0", "digest": "y"}}), HELD, [Why.OTHER_PACKAGE]),
        (CODE, code_with("packages", {"npm files": {"version": "1.0.1", "digest": "b"}}), WAITS, [Why.OTHER_VERSION]),
        (
            EXACT,
            code_with("packages", {"npm files": {"version": "1.0.1", "digest": "b"}}, EXACT),
            HELD,
            [Why.OTHER_PACKAGE],
        ),
        (
            EXACT,
            code_with("packages", {"npm zod": {"version": "3.0.1", "digest": "b"}}, EXACT),
            WAITS,
            [Why.OTHER_VERSION],
        ),
        (EXACT, code_with("packages", {"npm new": FILES}, EXACT), WAITS, [Why.OTHER_VERSION]),
        (CODE, {**EXACT, "packages": {"npm files": {"version": "1.0.1"}}}, WAITS, [Why.OTHER_VERSION, Why.VALUE]),
        (CODE, without("packages", "npm zod"), WAITS, [Why.OTHER_VERSION]),
        (CODE, code_with("sources", {"/x/start.js": "t"}), HELD, [Why.OTHER_PACKAGE]),
        (CODE, code_with("sources", {"/x/evil.js": "t"}), HELD, [Why.OTHER_PACKAGE]),
        (CODE, without("sources", "/x/start.js"), WAITS, [Why.OTHER_PACKAGE]),
        (CODE, code_with("variables", {"LD_PRELOAD": "p"}), HELD, [Why.LOADER_VARIABLE]),
        (CODE, code_with("variables", {"NODE_OPTIONS": "p"}), HELD, [Why.LOADER_VARIABLE]),
        (CODE, without("variables", "NODE_OPTIONS"), WAITS, [Why.LOADER_VARIABLE]),
        (CODE, {**CODE, "unread": ["/big"]}, HELD, [Why.CODE_UNREAD]),
        ({**CODE, "unread": ["/big"]}, CODE, Grade.NEUTRAL, []),
        (CODE, None, WAITS, [Why.OTHER_PROGRAM, Why.LOADER_VARIABLE, Why.OTHER_VERSION, Why.OTHER_PACKAGE, Why.VALUE]),
        (None, CODE, HELD, [Why.OTHER_PROGRAM, Why.LOADER_VARIABLE, Why.OTHER_PACKAGE, Why.OTHER_VERSION, Why.VALUE]),
    ],
)
def test_what_other_code_means(before: Json, after: Json, grade: Grade, whys: list[Why]) -> None:
    judged = graded(before, after)
    assert (judged.grade, list(dict.fromkeys(reason.why for reason in judged.reasons))) == (grade, whys)
    assert all(reason.pointer for reason in judged.reasons)


def seen(ledger: Ledger, body: JsonObject) -> Ledger:
    return observe(ledger, replace(observation({}, listed=frozenset()), definitions=(definition(ledger, body),))).ledger


def test_code_is_pinned_when_it_is_seen_first_and_what_is_held_may_not_run_until_it_is_approved_or_put_right() -> None:
    empty = Ledger(server=SERVER)
    first, bad = seen(empty, CODE), code_with("packages", {"npm zod": {"version": "3.0.0", "digest": "y"}})
    assert (is_known(empty), is_known(first), is_held(empty), is_held(first)) == (False, True, False, False)
    assert seen(first, CODE) is first
    held, name = seen(first, bad), name_of(bad)
    assert (held.pins[KEY].state, is_held(held), objection(held, name)) == (State.HELD, True, Why.OTHER_PACKAGE)
    assert objection(held, name_of(CODE)) is objection(first, name) is objection(empty, name) is None
    assert not is_held(seen(held, CODE))
    assert (is_held(held, noted=True), objection(held, name, noted=True)) == (False, None)
    assert objection(approve(held, KEY, name), name) is None
    assert objection(seen(approve(held, KEY, name), CODE), name_of(CODE)) is Why.OTHER_PACKAGE


def test_a_new_version_runs_while_it_waits_unless_a_person_refuses_it() -> None:
    newer = {**code_with("packages", {"npm files": {"version": "1.0.1", "digest": "b"}}), "version": "1.0.1"}
    waiting, name = seen(seen(Ledger(server=SERVER), CODE), newer), name_of(newer)
    assert (waiting.pins[KEY].state, objection(waiting, name)) == (State.CHANGED, None)
    assert package(waiting) == Package(version="1.0.1", digest=name)
    refused = refuse(waiting, KEY, name)
    assert objection(refused, name) is objection(seen(refused, newer), name) is Why.REFUSED
    assert (is_held(refused, noted=True), objection(refused, name, noted=True)) == (True, Why.REFUSED)


def test_texts_are_pinned_with_the_code_that_they_came_from() -> None:
    empty = Ledger(server=SERVER)
    assert package(empty) == Package()
    held = seen(seen(empty, CODE), code_with("sources", {"/x/start.js": "t"}))
    assert package(held) == package(seen(empty, CODE)) == Package(version="1.0.0", digest=name_of(CODE))
