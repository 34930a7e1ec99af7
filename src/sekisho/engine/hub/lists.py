"""Reading all pages of one server's list, keeping them, and cutting the whole into pages of our own.

All upstream pages are read before any is shown, within bounds that no honest server meets; one that exceeds them, or
hands out the same cursor twice, has no list: it alone (CWE-770).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.engine.hub import names, uris
from sekisho.wire.jsonrpc import serialise
from sekisho.wire.versions import LIST_ITEMS
from sekisho.wire.views import items, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["LIST_BYTES", "LIST_ITEMS_MOST", "LIST_PAGES", "LIST_SECONDS", "Fetch", "Listing", "Whole", "is_same"]

LIST_PAGES: Final = 1_000
"""How many pages of a server are read."""

LIST_ITEMS_MOST: Final = 10_000
"""How many entries a server may list."""

LIST_BYTES: Final = 64 * 1024 * 1024
"""How large they may be together."""

LIST_SECONDS: Final = 30.0
"""How long it may take to read them."""

_PAGE: Final = 1_000_000
"""How large a page of ours is, in bytes, unless one entry alone is larger."""

_TTL: Final = 2**53 - 1
"""The longest time to live that is passed on, in milliseconds: what every peer can read as a number."""

_NAMED: Final = frozenset({"tools/list", "prompts/list"})


@dataclass(slots=True, eq=False)
class Fetch:
    """Pages that are being read."""

    number: int
    """The id of the request for the next page."""

    since: float
    """When reading began."""

    params: JsonObject
    """What the next page is asked with."""

    pages: int = 0
    """How many have come."""

    size: int = 0
    """How large they are together, in bytes."""

    cursors: set[str] = field(default_factory=set[str])
    """Those that the server has handed out."""

    entries: list[JsonObject] = field(default_factory=list["JsonObject"])
    """What has come, as it is shown."""

    sizes: list[int] = field(default_factory=list[int])
    """How large each is."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    """What is shown, and the server's own name for it."""

    ttl: int | None = None
    """The shortest time to live that a page named, in milliseconds."""

    public: bool = True
    """Whether every page may be cached for everybody."""

    stale: bool = False
    """Whether the server said meanwhile that its list has changed."""

    def take(self, alias: str, method: str, result: JsonObject) -> str | None:
        """Take a page; return the rule that it breaks."""
        self.pages += 1
        listed = items(result.get(LIST_ITEMS[method]))
        if len(self.entries) + len(listed) > LIST_ITEMS_MOST:
            return "list-too-long"
        for entry in listed:
            if isinstance(entry, dict):
                self.keep(alias, method, entry)
        ttl = result.get("ttlMs")
        lives = min(max(0, int(ttl)), _TTL) if isinstance(ttl, int | float) and not isinstance(ttl, bool) else 0
        self.ttl = lives if self.ttl is None else min(self.ttl, lives)
        self.public = self.public and result.get("cacheScope") == "public"
        if self.size > LIST_BYTES:
            return "list-too-long"
        return self._turn(result.get("nextCursor"))

    def _turn(self, cursor: Json) -> str | None:
        if not isinstance(cursor, str):
            self.params = {key: value for key, value in self.params.items() if key != "cursor"}
            return None
        if cursor in self.cursors:
            return "list-repeats"
        if self.pages >= LIST_PAGES:
            return "list-too-long"
        self.cursors.add(cursor)
        self.params = {**self.params, "cursor": cursor}
        return None

    def keep(self, alias: str, method: str, entry: JsonObject) -> None:
        """Take one entry, as it is shown."""
        told = entry
        name = text(entry.get("name"))
        if method in _NAMED:
            if name is None:
                return
            told = uris.shown_definition(alias, {**entry, "name": names.shown(alias, name)})
            if self.names.setdefault(str(told["name"]), name) != name:
                # Two names with one digest: 80 bits do not meet by chance.
                return
        elif method == "resources/list":
            told = uris.shown_definition(alias, uris.with_text(alias, entry, "uri"))
        else:
            told = uris.shown_definition(alias, uris.with_text(alias, entry, "uriTemplate"))
            told = {**told, "name": f"{alias}__{name}"} if name is not None else told
        self.entries.append(told)
        self.sizes.append(len(serialise(told)))
        self.size += self.sizes[-1]

    @property
    def deadline(self) -> float:
        """When reading ends, whatever has come."""
        return self.since + LIST_SECONDS

    @property
    def done(self) -> bool:
        """Whether the last page has come."""
        return self.pages > 0 and "cursor" not in self.params


@dataclass(slots=True, eq=False)
class Listing:
    """One server's list, as it was last read."""

    entries: list[JsonObject] = field(default_factory=list["JsonObject"])
    """What is shown of it."""

    sizes: list[int] = field(default_factory=list[int])
    """How large each entry is, in bytes."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    """What is shown, and the server's own name for it."""

    good_until: float = 0.0
    """Until when it need not be read again."""

    public: bool = False
    """Whether it may be cached for everybody (2026-07-28)."""

    fetch: Fetch | None = None
    """The reading that is under way."""

    read: bool = False
    """Whether a reading has ended, well or not."""

    read_at: float = 0.0
    """When it ended."""

    missed: bool = False
    """Whether the host was shown the whole without the reading that is under way."""

    refused: str = ""
    """The rule that the last reading broke."""

    recalled: bool = False
    """Whether this is what was shown last, as the server's own list was not read since."""

    declared: str = ""
    """To hosts that declare what, in that case."""


@dataclass(slots=True, eq=False)
class Whole:
    """All servers' lists together, as the host last saw them."""

    edition: int = 0
    """Counts the states of the list."""

    entries: list[JsonObject] = field(default_factory=list["JsonObject"])
    """All entries: servers in configuration order, each server's in its own."""

    starts: list[int] = field(default_factory=lambda: [0])
    """Where each page begins."""

    def become(self, listings: Sequence[Listing], edition: int) -> None:
        """Take what the servers list now; it is another edition if that differs."""
        entries = [entry for listing in listings for entry in listing.entries]
        if self.edition and entries == self.entries:
            return
        self.edition = edition
        self.entries = entries
        self.starts = _cut([size for listing in listings for size in listing.sizes])

    def page(self, number: int) -> list[Json]:
        """Return the entries of a page."""
        ends = [*self.starts[1:], len(self.entries)]
        return list(self.entries[self.starts[number] : ends[number]])


def is_same(one: Sequence[JsonObject], other: Sequence[JsonObject]) -> bool:
    """Tell whether two lists hold the same; an order is no news."""
    if one == other:
        return True
    return len(one) == len(other) and sorted(map(serialise, one)) == sorted(map(serialise, other))


def _cut(sizes: Sequence[int]) -> list[int]:
    """Return where pages begin, each of at most a megabyte unless one entry alone is larger."""
    starts, filled = [0], 0
    for place, size in enumerate(sizes):
        if filled and filled + size + 1 > _PAGE:
            starts.append(place)
            filled = 0
        filled += size + 1
    return starts
