"""The code behind a server, as a fact that is pinned beside its texts: what runs when it is started.

The body of this pin is made by a shell, which reads files and executes none. Its members, each of which may be missing:

- `version`: of the package that the launch line names;
- `asked`: what the line names, by package: `version`, and whether that is `exact`;
- `programs`: what is executed, by the name on the line: `path`, `digest`, and `system` where only an administrator can
  change it;
- `packages`: everything with a version that is loaded: `version` and `digest`;
- `sources`: digests of files and folders that are loaded and have no version;
- `variables`: digests of variables that make programs load code, and of what they name; never a value;
- `folder`: where it starts, and `from_folder`, whether code is looked for there;
- `unread`: what could not be read whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.definition import Definition
from sekisho.model.place import Kind, Place
from sekisho.pin.diff import changes
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Grade, Judgement, Reason, Why
from sekisho.pin.records import Key, Package, State
from sekisho.wire.pointer import build
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.pin.records import Ledger
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["KEY", "definition", "graded", "is_held", "is_known", "name_of", "objection", "package"]

KEY: Final = Key(Kind.CODE, "")
"""Names the pin within its server."""


def definition(ledger: Ledger, body: JsonObject) -> Definition:
    """Return the code of a server as one of its definitions."""
    return Definition(place=Place(ledger.server, Kind.CODE, ""), pointer="", body=body)


def is_known(ledger: Ledger) -> bool:
    """Tell whether there is anything that code can be compared with."""
    pin = ledger.pins.get(KEY)
    return pin is not None and pin.approved is not None


def objection(ledger: Ledger, name: str, *, noted: bool = False) -> Why | None:
    """Return why code may not run; None where nothing is said against it.

    Args:
        ledger: what is kept.
        name: the fingerprint of the code.
        noted: whether a change is noted only: then nothing is said against code but that a person refused it.
    """
    pin = ledger.pins.get(KEY)
    waiting = pin.waiting if pin is not None else None
    if pin is None or waiting is None or waiting.fingerprint != name:
        return None
    if waiting.refused:
        return Why.REFUSED
    return waiting.reasons[0].why if pin.state is State.HELD and not noted else None


def is_held(ledger: Ledger, *, noted: bool = False) -> bool:
    """Tell whether the code that was read last may not run; `noted` as for `objection`."""
    pin = ledger.pins.get(KEY)
    waiting = pin.waiting if pin is not None else None
    return waiting is not None and objection(ledger, waiting.fingerprint, noted=noted) is not None


def package(ledger: Ledger) -> Package:
    """Return what is known of the code that runs now, for the texts that come from it."""
    pin = ledger.pins.get(KEY)
    text_ = (pin.waiting if pin.state is State.CHANGED else None) or pin.approved if pin is not None else None
    if text_ is None:
        return Package()
    return Package(version=text(obj(text_.body).get("version")) or "", digest=text_.fingerprint)


def graded(before: Json, after: Json) -> Judgement:
    """Grade code against the code that was approved.

    Other contents need another version, another program needs an administrator, and a variable that loads code needs a
    person: else it is held. What has another version waits, and runs meanwhile.
    """
    old, new = obj(before), obj(after)
    found = [
        *_of_programs(obj(old.get("programs")), obj(new.get("programs"))),
        *_of_variables(obj(old.get("variables")), obj(new.get("variables"))),
        *_of_packages(old, new),
        *_of_sources(obj(old.get("sources")), obj(new.get("sources"))),
        *_of_rest(old, new),
    ]
    ordered = sorted(found, key=lambda each: -each[0])
    return Judgement(
        grade=ordered[0][0] if ordered else Grade.NEUTRAL,
        reasons=tuple(dict.fromkeys(reason for _, reason in ordered)),
        changes=changes(before, after),
    )


def _reason(why: Why, *path: str) -> Reason:
    return Reason(why=why, pointer=build(path))


def _of_programs(old: JsonObject, new: JsonObject) -> Iterator[tuple[Grade, Reason]]:
    for name in sorted(old.keys() | new.keys()):
        was, now = obj(old.get(name)), obj(new.get(name))
        if was != now:
            given = not now or (was.get("system") is True and now.get("system") is True)
            yield Grade.WAITS if given else Grade.HELD, _reason(Why.OTHER_PROGRAM, "programs", name)


def _of_variables(old: JsonObject, new: JsonObject) -> Iterator[tuple[Grade, Reason]]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            grade = Grade.HELD if name in new else Grade.WAITS
            yield grade, _reason(Why.LOADER_VARIABLE, "variables", name)


def _of_packages(old: JsonObject, new: JsonObject) -> Iterator[tuple[Grade, Reason]]:
    known, asked, wanted = obj(old.get("packages")), obj(old.get("asked")), obj(new.get("asked"))
    for name, value in obj(new.get("packages")).items():
        was, now = obj(known.get(name)), obj(value)
        if was.get("version") != now.get("version"):
            # A line that names one version gets that one, so another one under the same line is no update.
            fixed = obj(wanted.get(name)).get("exact") is True and wanted.get(name) == asked.get(name) and was
            why = Why.OTHER_PACKAGE if fixed else Why.OTHER_VERSION
            yield Grade.HELD if fixed else Grade.WAITS, _reason(why, "packages", name)
        elif was.get("digest") != now.get("digest"):
            yield Grade.HELD, _reason(Why.OTHER_PACKAGE, "packages", name)
    for name in known.keys() - obj(new.get("packages")).keys():
        yield Grade.WAITS, _reason(Why.OTHER_VERSION, "packages", name)


def _of_sources(old: JsonObject, new: JsonObject) -> Iterator[tuple[Grade, Reason]]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield Grade.HELD if name in new else Grade.WAITS, _reason(Why.OTHER_PACKAGE, "sources", name)


def _of_rest(old: JsonObject, new: JsonObject) -> Iterator[tuple[Grade, Reason]]:
    if old.get("folder") != new.get("folder") and (old.get("from_folder") or new.get("from_folder")):
        yield Grade.WAITS, _reason(Why.OTHER_FOLDER, "folder")
    if old.get("asked") != new.get("asked"):
        yield Grade.WAITS, _reason(Why.VALUE, "asked")
    if [each for each in items(new.get("unread")) if each not in items(old.get("unread"))]:
        yield Grade.HELD, _reason(Why.CODE_UNREAD, "unread")


def name_of(body: JsonObject) -> str:
    """Return the fingerprint of code."""
    return fingerprint(Kind.CODE, body)
