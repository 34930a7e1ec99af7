"""What a person says that a server or a tool may name: hosts, folders, programs.

Each list is one that a value has to be in; of several, written by several files or for a server and one of its tools,
a value has to be in every one. A list of somebody who may widen takes the place of what is inferred, so that an inner
host or a folder elsewhere is open to it; every other list only narrows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.url_facts import UrlFacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.policy.facts import ServerFacts

__all__ = ["ANYWHERE", "KINDS", "Listed", "Reach", "every", "reaching"]

KINDS: Final = ("hosts", "roots", "programs")
"""What can be listed."""

_NOWHERE: Final = ("/\0",)
"""A folder in which nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One list."""

    values: tuple[str, ...]
    """The only ones."""

    widens: bool
    """Whether it may open what is closed else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The lists of one server or one tool; none of a kind leaves it as it is."""

    hosts: tuple[Listed, ...] = ()
    """Hosts that an argument may name: `host` for the scheme's own port, or `host:port`."""

    roots: tuple[Listed, ...] = ()
    """Folders in which paths must be: absolute ones, or below `~`."""

    programs: tuple[Listed, ...] = ()
    """Programs that a command may start."""

    unresolved: bool = False
    """Whether an argument may name a host that the resolver here does not know."""

    def settled(self, folder: Callable[[str], tuple[str, ...]]) -> Reach:
        """Return the same with every folder as `folder` finds it: as it is written and as its real path."""
        roots = tuple(
            Listed(values=tuple(path for each in listed.values for path in folder(each)), widens=listed.widens)
            for listed in self.roots
        )
        return replace(self, roots=roots)


ANYWHERE: Final = Reach()
"""Nothing is listed."""


def reaching(facts: ServerFacts, reach: Reach) -> ServerFacts:
    """Return what the guards are told where lists hold as well."""
    limits = [*facts.limits]
    if reach.unresolved:
        facts = replace(facts, url=replace(facts.url, unresolved=True))
    for kind in KINDS:
        for listed in _of(reach, kind):
            if listed.widens and kind not in facts.listed:
                facts = replace(_with(facts, kind, listed), listed=facts.listed | {kind})
            else:
                limits.append((kind, replace(listed, widens=False)))
    return replace(facts, limits=tuple(limits))


@lru_cache(maxsize=256)
def every(facts: ServerFacts) -> tuple[ServerFacts, ...]:
    """Return the facts by each of which a call has to be right: those with what is open, and one for each limit."""
    return (facts, *(_with(facts, kind, listed) for kind, listed in facts.limits))


def _of(reach: Reach, kind: str) -> tuple[Listed, ...]:
    match kind:
        case "hosts":
            return reach.hosts
        case "roots":
            return reach.roots
        case _:
            return reach.programs


def _with(facts: ServerFacts, kind: str, listed: Listed) -> ServerFacts:
    """Return facts with one list in place of what was known."""
    match kind:
        case "hosts":
            hosts = frozenset(each.lower().replace("[", "").replace("]", "") for each in listed.values)
            return replace(facts, url=UrlFacts(schemes=facts.url.schemes, hosts=hosts, only_listed=True))
        case "roots":
            path = replace(facts.path, roots=listed.values or _NOWHERE)
            return replace(facts, path=path, why_roots="settings")
        case _:
            from sekisho.guards.commands import plain_name  # noqa: PLC0415 - few servers have such a list

            return replace(facts, programs=frozenset(map(plain_name, listed.values)), opens=listed.widens)
