"""Words of a command that name files, by their names alone: where the command runs is not known.

The service by which a cloud hands out credentials is named by them as well, in every spelling of its address.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.addresses import Kind, addresses_in, kind_of, known
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
_SERVICE: Final = re.compile(r"169\.254|100\.100|metadata|instance-data")
"""What may be the bare name or address of a service for metadata; in an address with a scheme any host may."""

_OF_PROCESS: Final = re.compile(r"/proc/.{1,80}/(?:environ|mem)\b")
"""What a process was told in its variables, and all that it knows."""

_ADDRESS: Final = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:\[(?P<six>[^\]]+)\]|(?P<host>[^/:?#]+))", re.IGNORECASE
)


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
    if "/proc/" in text and _OF_PROCESS.search(text):
        return ("path-credential",)
    if not _COMPOUND.search(text) and "\\" not in text and text[-1] not in "./" and innocent(text):
        return ("url-private",) if _is_service(text) else ()
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
    if _is_service(text):
        found.append("url-private")
    return tuple(found)


def _is_service(text: str) -> bool:
    """Say whether a word leads to the service by which a cloud hands out credentials; a bare name may be looked for."""
    if "/" not in text or not ("://" in text or _SERVICE.search(text)):
        return False
    return any(_is_of_service(_ADDRESS.match(part)) for part in {text, text.partition("=")[2]})


def _is_of_service(found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    host = (found["six"] or found["host"]).rstrip(".").lower()
    named = host in known().metadata and (found["scheme"] or "." in host)
    return bool(named) or any(kind_of(each) is Kind.METADATA for each in addresses_in(host))
