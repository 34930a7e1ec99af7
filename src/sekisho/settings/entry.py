"""One server as a host knows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sekisho.model.place import Kind, Place
from sekisho.settings.node import locate, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.node import Node, Region, Text

__all__ = ["Entry", "Problem", "Scope", "Settings", "Source"]


class Scope(StrEnum):
    """Whose settings a file holds."""

    USER = "user"
    PROJECT = "project"
    """A folder's: whoever cloned it has them."""
    SYSTEM = "system"
    """The administrator's."""
    NAMED = "named"
    """A file that was named on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that settings come from."""

    host: str
    """The host's id in `data/hosts.toml`; empty for a file of an unknown host."""

    scope: Scope
    """Whose settings they are."""

    file: str
    """The path, for people and reports."""

    home: str = ""
    """The home folder that `~` stands for in it; empty where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A server that a host starts or contacts. An alias of "" stands for what a file says about all its servers."""

    source: Source
    """Where it stands."""

    alias: str
    """What the host calls it."""

    pointer: str
    """Where in the file its table is (RFC 6901)."""

    node: Node
    """Its table, as it stands."""

    command: Text | None = None
    """The program, for a server that is started."""

    args: tuple[Text, ...] = ()
    """What it is started with."""

    env: tuple[Text, ...] = ()
    """Variables that it is started with; `key` is the name."""

    cwd: Text | None = None
    """The folder that it is started in."""

    url: Text | None = None
    """Where it is, for a server that is contacted."""

    headers: tuple[Text, ...] = ()
    """What is sent along; `key` is the name."""

    disabled: bool = False
    """The host does not use it now. It is judged all the same: one click starts it."""

    approvals: tuple[Text, ...] = ()
    """What happens without a question: names of tools, `*`, or `true` under the switch's own name."""

    @property
    def place(self) -> Place:
        """Return its name in findings."""
        return Place(self.alias, Kind.SERVER, "")

    def region(self, pointer: str) -> Region:
        """Return where in the file a pointer of a finding about this entry leads."""
        return locate(self.node, pointer.removeprefix(self.pointer))

    def texts(self) -> Iterator[Text]:
        """Yield everything that is written in it."""
        return texts(self.node, self.pointer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one file says about servers."""

    source: Source
    """The file."""

    entries: tuple[Entry, ...]
    """Its servers."""

    general: Entry | None
    """The switches that concern all servers, without alias and launch; None where the file has none."""

    unread: tuple[Entry, ...]
    """What stands where a server should, and is none that we understand."""

    @property
    def judged(self) -> tuple[Entry, ...]:
        """Return what rules look at."""
        return (*self.entries, *(() if self.general is None else (self.general,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A file that could not be read as settings."""

    source: Source
    """The file."""

    reason: str
    """One of `node.Reason`."""

    line: int
    """Where reading ended."""

    column: int
    """As above."""
