"""The part of the English catalogue about pins."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PINS"]

PINS: Final[Mapping[Id, str]] = MappingProxyType({
    Id.PIN_DIFF_TITLE: "Definitions compared   {before} - {after}",
    Id.PIN_DIFF_SAME: "Nothing differs.",
    Id.PIN_DIFF_COUNTS: "{held} held, {waits} waiting, {neutral} neutral",
    Id.PIN_DIFF_NOT_COMPARED: "Not compared, because {path} does not have them: {members}.",
    Id.PIN_DIFF_MORE: "and {count} more: all of them with --json",
    Id.PIN_HELD: "HELD",
    Id.PIN_WAITS: "WAITS",
    Id.PIN_NEUTRAL: "NEUTRAL",
    Id.PIN_ADDED: "added",
    Id.PIN_REMOVED: "removed",
    Id.PIN_CHANGED: "changed",
    Id.PIN_RENAMED: "renamed, it was {name}",
    Id.PIN_SPLIT: "split off {name}",
    Id.PIN_WHY_NEW: "Nobody has approved it.",
    Id.PIN_WHY_FINDING: "A rule objects: {detail}",
    Id.PIN_WHY_STEERS: "A new sentence could steer a model: {detail}",
    Id.PIN_WHY_INSTRUCTIONS: "The server's instructions changed; they are there to steer.",
    Id.PIN_WHY_PARAMETER_REMOVED: "A parameter is gone.",
    Id.PIN_WHY_PARAMETER_REQUIRED: "A call now needs a parameter that it did not need.",
    Id.PIN_WHY_HINT_LOOSER: "A hint may make a host ask less.",
    Id.PIN_WHY_HINT_STRICTER: "A hint makes a host ask more.",
    Id.PIN_WHY_MEANING_TURNED: "Only words like not, only or must came or went.",
    Id.PIN_WHY_TEXT: "Other words.",
    Id.PIN_WHY_VALUE: "Another value, name or schema.",
    Id.PIN_WHY_UNREADABLE: "It could not be compared, so everything is assumed of it.",
    Id.PIN_WHY_SAME_VERSION: "The package has the version that it had.",
    Id.PIN_WHY_OTHER_PACKAGE: "The package has other contents, and no other version.",
    Id.PIN_WHY_REMOVED: "It is not there any more.",
    Id.PIN_WHY_RENAMED: "It has the text of {detail}, which is gone.",
    Id.PIN_WHY_SPLIT: "It has a part of the text of {detail}.",
    Id.PIN_WHY_DUPLICATE: "The server lists several of this name, with different texts.",
    Id.PIN_WHY_QUARANTINED: "The server is in quarantine.",
    Id.PIN_WHY_REFUSED: "This text was looked at and refused.",
})  # fmt: skip
