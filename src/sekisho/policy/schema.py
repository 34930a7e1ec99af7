"""What a schema of settings is made of: data, from which files are read and the published schema is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.model.alias import ALIAS, RESERVED
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ADDRESS",
    "ALIASES",
    "FOLDER",
    "HEADER",
    "HEADER_VALUE",
    "HOST",
    "PLAIN",
    "PROGRAM",
    "VARIABLE",
    "VARIABLE_VALUE",
    "Choice",
    "Form",
    "Key",
    "Named",
    "Node",
    "Pairs",
    "Table",
    "Text",
    "Texts",
    "Tightens",
    "Value",
    "Version",
    "Whole",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a text has to look like."""

    pattern: str
    """A pattern for all of it, which Python and ECMAScript read alike."""

    message: MessageId
    """What is said of another one."""

    def fits(self, value: str) -> bool:
        """Whether a text looks like this."""
        return re.fullmatch(self.pattern, value) is not None


PLAIN: Final = Form(pattern=r"[^\u0000]+", message=MessageId.CONFIG_PLAIN)
ADDRESS: Final = Form(pattern=r"https?:\/\/[^\u0000-\u0020\u007f]+", message=MessageId.CONFIG_ADDRESS)
ALIASES: Final = Form(pattern=rf"(?!{RESERVED}$){ALIAS.pattern}", message=MessageId.CONFIG_ALIAS)
FOLDER: Final = Form(pattern=r"(?:\/|~(?:\/|$)|[A-Za-z]:[\/\\])[^\u0000]*", message=MessageId.CONFIG_FOLDER)
HOST: Final = Form(
    pattern=r"(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\])(?::[1-9][0-9]{0,4})?",
    message=MessageId.CONFIG_HOST,
)
PROGRAM: Final = Form(pattern=r"[A-Za-z0-9_.\/+@~:\\-]+", message=MessageId.CONFIG_PROGRAM)
HEADER: Final = Form(pattern=r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", message=MessageId.CONFIG_HEADER)
HEADER_VALUE: Final = Form(pattern=r"[\t\u0020-\u007e]*", message=MessageId.CONFIG_HEADER_VALUE)
VARIABLE: Final = Form(pattern=r"[^=\u0000]+", message=MessageId.CONFIG_VARIABLE)
VARIABLE_VALUE: Final = Form(pattern=r"[^\u0000]*", message=MessageId.CONFIG_PLAIN)


class Tightens(Enum):
    """How a file that may only tighten may set a key."""

    NEVER = auto()
    """Not at all."""

    LOWER = auto()
    """Down only."""

    LATER = auto()
    """To a later word only: they are in the order of their strictness."""

    FEWER = auto()
    """To fewer of them only."""

    EACH = auto()
    """By a list of its own: what is in one file's list has to be in every other's too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text."""

    example: str
    """One that fits."""

    form: Form = PLAIN
    """What it has to look like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]
    """They; where one is stricter than another, the strictest last."""

    default: str
    """What holds where nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number."""

    low: int
    """The least."""

    high: int
    """The greatest."""

    default: int
    """What holds where nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The version of the file's format."""

    known: int
    """The newest that is read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A text, a number, true or false."""

    example: str | int | float | bool
    """One that fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A list of texts."""

    example: tuple[str, ...]
    """One that fits."""

    form: Form = PLAIN
    """What each has to look like."""

    filled: bool = False
    """Whether there has to be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """A table of texts under names of the user's own."""

    example: Mapping[str, str]
    """One that fits."""

    names: Form
    """What a name has to look like."""

    form: Form
    """What a text has to look like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with keys that are known."""

    keys: tuple[Key, ...]
    """They, in the order in which they are told."""

    planned: tuple[str, ...] = ()
    """Keys that mean something already, but that nothing enforces yet: refused, not passed over."""

    apart: tuple[tuple[str, str], ...] = ()
    """Keys that do not go together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Tables under names of the user's own."""

    names: Form
    """What a name has to look like."""

    example: str
    """One that fits."""

    table: Table
    """What is below each."""


Node: TypeAlias = Text | Choice | Whole | Version | Value | Texts | Pairs | Table | Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a table."""

    name: str
    """How it is written."""

    node: Node
    """What it takes."""

    says: str
    """What it does, in English."""

    tightens: Tightens = Tightens.NEVER
    """What a file that may only tighten may do with it."""
