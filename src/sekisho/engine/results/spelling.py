"""One text, written so that it can be shown, and read back: `spell` and `restore` undo each other, byte for byte.

    escape character          sign for escape (U+241B)
    sign for escape           bracketed word "sign" around it
    secret                    reference `secret:` with a number, in white square brackets (U+27E6, U+27E7)
    tag characters, 8-bit     reference `hidden:` with a number
    controls
    a mark around a text      nothing: it is ours, and is not written back
    a bracket before one of   the same with "not " behind the bracket: what a server writes is never taken for ours
    those words

Flags, whose letters are tag characters behind a black flag, are left alone, as is everything else: emoji sequences,
joiners, right-to-left text, byte order marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.adjacent import joined
from sekisho.engine.results.references import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.engine.results.references import References

__all__ = ["SIGNS", "Restored", "Spelt", "restore", "spell"]

_ESCAPE_SIGN: Final = "\u241b"
_SIGN: Final = f"\u27e6sign {_ESCAPE_SIGN}\u27e7"
_OURS: Final = r"(?=(?:not )*(?:\s{0,8}(?:secret|hidden)\s{0,8}:|sign |data |end ))"
_UNSHOWN: Final = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|(?P<hidden>[\U000e0000-\U000e007f]+|(?<![\u20ac\x80])[\x90\x98\x9b\x9d-\x9f])"
    f"|(?P<escape>\x1b)|(?P<sign>{_ESCAPE_SIGN})|(?P<bracket>\u27e6{_OURS})"
)
_SHOWN: Final = re.compile(
    r"(?P<mark>\u27e6data [A-Z2-7]{4,12}: [a-z ,;]{1,80}\u27e7\n|\n\u27e6end [A-Z2-7]{4,12}\u27e7)|"
    rf"(?P<sign>{_SIGN})|(?P<escape>{_ESCAPE_SIGN})|(?P<bracket>\u27e6not {_OURS})"
    r"|\u27e6(?P<kind>secret|hidden):(?P<number>[0-9]{1,10})\u27e7|(?P<broken>\u27e6\s{0,8}(?:secret|hidden)\s{0,8}:)"
)

SIGNS: Final = "[\x1b\x90\x98\x9b\x9d-\x9f\u241b\u27e6\U000e0000-\U000e007f]"
"""What a text holds in which something besides secrets is not shown as it is, in RE2's syntax over UTF-8."""


@dataclass(slots=True)
class Spelt:
    """What was done to one text."""

    secrets: int = 0
    """Secrets cut out."""

    hidden: int = 0
    """Stretches of invisible characters cut out."""

    escapes: int = 0
    """Escape characters shown as signs."""

    forged: int = 0
    """References that were not ours, made harmless."""


@dataclass(slots=True)
class Restored:
    """What was found in the texts of one message on their way back."""

    expanded: int = 0
    """References that were expanded."""

    objections: list[tuple[str, str]] = field(default_factory=list["tuple[str, str]"])
    """Rule and excerpt of each reference that may not be."""


def spell(text: str, references: References, server: str, tally: Spelt, spans: Iterable[tuple[int, int]]) -> str:
    """Return a server's text as it is shown.

    Args:
        text: as it came.
        references: of the conversation.
        server: whose text it is.
        tally: counts what is done.
        spans: the secrets in it, in bytes; they may overlap.

    Raises:
        TooManyError: what is cut out can't be remembered.
    """
    cut = joined({*spans})
    if not cut:
        return _marked(text, references, server, tally)
    data = text.encode()
    pieces: list[str] = []
    place = 0
    for start, end in cut:
        pieces.append(_marked(data[place:start].decode(), references, server, tally))
        pieces.append(references.give(server, Kind.SECRET, data[start:end].decode()))
        tally.secrets += 1
        place = end
    pieces.append(_marked(data[place:].decode(), references, server, tally))
    return "".join(pieces)


def _marked(text: str, references: References, server: str, tally: Spelt) -> str:
    def shown(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "hidden":
                tally.hidden += 1
                return references.give(server, Kind.HIDDEN, found[0])
            case "escape":
                tally.escapes += 1
                references.showed_escape(server)
                return _ESCAPE_SIGN
            case "sign":
                return _SIGN
            case "bracket":
                tally.forged += 1
                return "\u27e6not "
            case _:
                return found[0]

    return _UNSHOWN.sub(shown, text)


def restore(text: str, references: References, server: str, tally: Restored) -> str:
    """Return a host's text as the server wrote what is in it.

    Args:
        text: as it came.
        references: of the conversation.
        server: who will get it.
        tally: takes what is objected to; then the text must not be sent.
    """

    def original(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "sign":
                return _ESCAPE_SIGN
            case "escape":
                return "\x1b" if references.has_escapes(server) else found[0]
            case "bracket":
                return "\u27e6"
            case "mark":
                return ""
            case _:
                return _expanded(found, references, server, tally)

    return _SHOWN.sub(original, text)


def _expanded(found: re.Match[str], references: References, server: str, tally: Restored) -> str:
    number = found["number"]
    cut = references.stands_for(int(number)) if number is not None else None
    if cut is None or cut.kind != found["kind"]:
        tally.objections.append(("reference-unknown", found[0]))
    elif cut.server != server:
        tally.objections.append(("reference-elsewhere", found[0]))
    else:
        tally.expanded += 1
        return cut.text
    return found[0]
