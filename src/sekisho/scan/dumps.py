"""Reads dumps of what servers offer. Each file is one server, named after the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.model.scan_ids import ScanId
from sekisho.scan.report import Unseen
from sekisho.wire.strict import Limits, WireError, loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Dump", "SourceError", "dump", "named", "read", "read_dumps"]

_LIMITS: Final = Limits()
_LISTS: Final = ("tools", "prompts", "resources", "resourceTemplates")
_OTHERS: Final[tuple[tuple[str, type], ...]] = (("instructions", str), ("serverInfo", dict))
_BOM: Final = b"\xef\xbb\xbf"


class SourceError(Exception):
    """A source that can't be used: what and where, and what to do next.

    Args:
        message: the words, with the place for `path` and the names of `values`.
        path: where.
        values: more of what the message tells.
    """

    def __init__(self, message: ScanId, path: str, **values: str) -> None:
        super().__init__(f"{message} {path}")
        self.message = message
        self.values = {"path": path, **values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """What one server offers, as a file has it."""

    file: str
    """The file, as it was named."""

    body: JsonObject
    """The surface: an object with any of the members of a dump."""

    prefix: str
    """Where `body` stands in the file: an RFC 6901 pointer."""

    data: bytes
    """The file."""

    unseen: tuple[Unseen, ...]
    """What is in it, or missing from it, and can't be judged."""


def read_dumps(files: Sequence[str]) -> dict[str, Dump]:
    """Return what the files hold, by the names of the servers. A file that is named twice counts once.

    Raises:
        SourceError: a file can't be read, or is no dump.
    """
    return named(dump(file, read(file)) for file in files)


def named(dumps: Iterable[Dump]) -> dict[str, Dump]:
    """Name each server after its file; of several files with one name each is called by its path."""
    each: dict[Path, Dump] = {}
    for one in dumps:
        each.setdefault(Path(one.file).absolute(), one)
    stems = [_stem(one.file) for one in each.values()]
    return {one.file if stems.count(stem) > 1 else stem: one for stem, one in zip(stems, each.values(), strict=True)}


def _stem(file: str) -> str:
    return Path(file).name.removesuffix(".json") or file


def read(file: str) -> bytes:
    """Return a file, or as much of it as shows that it is too long.

    Raises:
        SourceError: it can't be read.
    """
    try:
        with Path(file).open("rb") as stream:
            return stream.read(_LIMITS.bytes + 1)
    except (OSError, ValueError) as error:
        problem = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SourceError(ScanId.SCAN_UNREADABLE, file, problem=problem) from None


def dump(file: str, data: bytes) -> Dump:
    """Read the text of a dump: a tools list, a JSON-RPC response that holds one, or an object with more of a surface.

    Raises:
        SourceError: it is not JSON, or has another shape. Nothing of it is judged then: half a dump would look clean.
    """
    try:
        value = loads(data.removeprefix(_BOM), _LIMITS)
    except WireError as error:
        raise SourceError(ScanId.SCAN_NOT_JSON, file, problem=error.detail) from None
    body, prefix = _unwrapped(value)
    if not isinstance(body, dict) or not any(member in body for member in (*_LISTS, *(key for key, _ in _OTHERS))):
        raise SourceError(ScanId.SCAN_NO_DUMP, file)
    for member, form in (*((key, list) for key in _LISTS), *_OTHERS):
        if body.get(member) is not None and not isinstance(body[member], form):
            raise SourceError(ScanId.SCAN_WRONG_SHAPE, file, member=member)
    return Dump(file=file, body=body, prefix=prefix, data=data, unseen=tuple(_unseen(file, body)))


def _unwrapped(value: Json) -> tuple[Json, str]:
    """Take the result out of a JSON-RPC response."""
    if isinstance(value, dict) and "jsonrpc" in value and "result" in value:
        return value["result"], "/result"
    return value, ""


def _unseen(file: str, body: JsonObject) -> Iterator[Unseen]:
    if body.get("nextCursor") is not None:
        yield Unseen(what=file, why=ScanId.SCAN_MORE_PAGES)
    for member in _LISTS:
        items = body.get(member)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if not isinstance(item, dict):
                yield Unseen(what=f"{file} /{member}/{index}", why=ScanId.SCAN_NO_OBJECT)
    if missing := [member for member in (*_LISTS, "instructions") if body.get(member) is None]:
        yield Unseen(what=f"{file}: {', '.join(missing)}", why=ScanId.SCAN_NOT_IN_DUMP)
