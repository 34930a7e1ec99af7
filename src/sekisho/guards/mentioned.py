"""Words of a command that name files, by their names alone: where the command runs is not known."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.places import innocent, places, touches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.guards.places import Access

__all__ = ["may_mention", "mentions", "tells_nothing"]

_OPTION_PATH: Final = re.compile(r"-[\w-]*=?(?=[/~.])")
_COMPOUND: Final = re.compile(r"[=@:,]|^-")
_EXAMPLE: Final = re.compile(r"(?:[\w.-]+/)*\.env\.(?:[\w-]+\.)?(?:example|sample|template|dist|defaults?)")
_PAIR: Final = 2
_LISTING: Final = frozenset({"[", "ls", "stat", "test"})
_KEPT: Final = 256
"""Characters of a word whose judgement is kept: the same words come again and again."""

_ATTACHED: Final = re.compile(r"[=@:,]")


@cache
def _trails() -> frozenset[str]:
    return frozenset(places().credentials.trails)


def may_mention(texts: Sequence[str]) -> bool:
    """Say whether one of many words may name a file that matters; most commands have none."""
    together = " ".join(texts)
    if "/" in together or "." in together or "id_" in together:
        return True
    return not _trails().isdisjoint(map(str.casefold, texts))


def mentions(text: str, access: Access) -> Sequence[str]:
    """Return the rules that a word breaks by what it names.

    Args:
        text: the word.
        access: what the program does with files.
    """
    if not ("/" in text or "." in text or text.startswith("id_") or text.casefold() in _trails()):
        return ()
    if not _COMPOUND.search(text) and "\\" not in text and text[-1] not in "./" and innocent(text):
        return ()
    return _broken(text, access) if len(text) <= _KEPT else _broken.__wrapped__(text, access)


def tells_nothing(plain: str, texts: Sequence[str]) -> bool:
    """Say whether a program tells nothing of what is in files, or fills one from an example.

    Args:
        plain: its name.
        texts: its words.
    """
    files = [text for text in texts if not text.startswith("-")]
    if plain == "cp":
        return bool(files) and len(files) <= _PAIR and _EXAMPLE.fullmatch(files[0]) is not None
    return plain in _LISTING


@lru_cache(maxsize=2048)
def _broken(text: str, access: Access) -> tuple[str, ...]:
    found: list[str] = []
    parts = {text, *_ATTACHED.split(text), _OPTION_PATH.sub("", text)} if _COMPOUND.search(text) else (text,)
    for part in parts:
        anchor = "/" if part.startswith("/") else ""
        names = [name for name in part.replace("\\", "/").split("/") if name not in {"", "."}]
        found += touches((anchor, *names), access)
    return tuple(found)
