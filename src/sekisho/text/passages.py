"""Every string of a definition, and where it stands.

A model is shown the whole definition, so a position that "nobody reads" does not exist: property names, enum values,
defaults, examples, `$defs`, annotations, icons, `_meta` and unknown members count as much as the description.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sekisho.wire.pointer import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json

__all__ = ["Passage", "Path", "Role", "passages", "steps"]


class Role(Enum):
    """What a string is there for."""

    PROSE = auto()
    """To be read: descriptions, titles, instructions, comments."""

    NAME = auto()
    """To be used as a name: of the definition, of a property, of a `$defs` entry."""

    VALUE = auto()
    """To be used as a value: defaults, enum members, examples, annotations, URIs, whatever is unknown."""


Path: TypeAlias = "tuple[Path, str | int] | None"
"""Member names and indexes from the body, linked from the last one upwards: most strings are never pointed at."""


class Passage(NamedTuple):
    """One string."""

    path: Path
    """Where it stands in the body; a name stands at the member that it names."""

    key: str
    """The nearest member name above it."""

    role: Role
    """What it is there for."""

    text: str
    """The string as it came."""

    @property
    def in_parameter(self) -> bool:
        """Whether it belongs to something that a call is filled with: a property, or a prompt's argument."""
        return bool({"properties", "arguments"} & set(steps(self.path)))

    def pointer(self, base: str) -> str:
        """Return where it stands in the dump, whose definition stands at `base`."""
        return base + build(reversed(list(steps(self.path))))


def steps(path: Path) -> Iterator[str | int]:
    """Yield the steps of a path, from the last one upwards."""
    while path is not None:
        path, step = path
        yield step


_PROSE: Final = frozenset({"description", "title", "instructions", "$comment", "text", "summary", "message"})
_NAMES: Final = frozenset({"name"})
_SYNTAX: Final = frozenset({"type", "$schema", "format"})
_LONG_SYNTAX: Final = 64
_HOLDS: Final = (str, dict, list)
"""What holds strings, or is one."""
_KEYWORDS: Final = frozenset(
    {
        *_PROSE, *_NAMES, *_SYNTAX, "inputSchema", "outputSchema", "annotations", "properties", "required", "items",
        "enum", "default", "examples", "const", "anyOf", "oneOf", "allOf", "not", "additionalProperties", "$ref",
        "$defs", "definitions", "$id", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
        "maxLength", "minItems", "maxItems", "uniqueItems", "pattern", "multipleOf", "if", "then", "else",
        "patternProperties", "prefixItems", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint",
        "arguments", "uri", "uriTemplate", "mimeType", "icons", "src", "sizes", "_meta", "version", "nullable",
    }
)  # fmt: skip
"""Member names that schemas and the protocol give; every other one was chosen by the server."""


def passages(body: Json) -> Iterator[Passage]:
    """Yield every string and every chosen member name, in the order of the document; any depth, no recursion."""
    stack: list[tuple[Path, str, Json]] = [(None, "description", body)]
    while stack:
        path, key, value = stack.pop()
        if isinstance(value, str):
            if key not in _SYNTAX or len(value) > _LONG_SYNTAX or " " in value:
                role = Role.PROSE if key in _PROSE else Role.NAME if key in _NAMES else Role.VALUE
                yield Passage(path, key, role, value)
        elif isinstance(value, dict):
            stack += [((path, name), name, each) for name, each in reversed(value.items()) if isinstance(each, _HOLDS)]
            for name in value:
                if name not in _KEYWORDS:
                    yield Passage((path, name), name, Role.NAME, name)
        elif isinstance(value, list):
            stack += [((path, index), key, value[index]) for index in range(len(value) - 1, -1, -1)]
