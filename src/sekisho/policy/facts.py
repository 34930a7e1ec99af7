"""What is known about a server before it is called: where it may work, whom it may talk to. Inferred, and shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sekisho.guards.path import PathFacts, names_of
from sekisho.guards.places import Access, touches
from sekisho.guards.url_facts import UrlFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.policy.reach import Listed

__all__ = ["NOTHING_KNOWN", "ServerFacts", "Site", "facts_of_launch", "facts_of_remote", "is_wide"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a shell saw on this machine."""

    folders: tuple[str, ...] = ()
    """Folders that the launch line names; those of passed variables where it names none. Each also as its real path."""

    doubted: tuple[str, ...] = ()
    """Folders that hold everything, and that only a file of a project says the server is for."""

    cwd: str = "/"
    """The server's working directory, as written."""

    real_cwd: str | None = None
    """Where that leads; None if it is the same."""

    home: str | None = None
    """The user's home."""

    own: tuple[str, ...] = ()
    """Our own state."""

    caseless: bool = False
    """Whether the file system takes `A` for `a`."""

    windows: bool = False
    """Whether this is Windows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """What the guards are told about one server."""

    path: PathFacts = field(default_factory=PathFacts)
    """Where it may work."""

    url: UrlFacts = field(default_factory=UrlFacts)
    """Whom it may talk to."""

    words: tuple[str, ...] = ()
    """Words of its launch line."""

    remote: bool = False
    """Whether its files are on a machine that we do not see."""

    why_roots: str = "none"
    """Where the roots come from: `launch`, `cwd`, `settings`, or `none`."""

    left_out: tuple[str, ...] = ()
    """Folders that it was given and that are no roots: they hold credentials, or everything and nobody confirmed it."""

    programs: frozenset[str] | None = None
    """The only programs that its commands may start; None where nobody listed any."""

    opens: bool = False
    """Whether that list opens programs that nobody knows."""

    listed: frozenset[str] = frozenset()
    """Of what a person's list took the place of what is inferred: `hosts`, `roots`, `programs`."""

    limits: tuple[tuple[str, Listed], ...] = ()
    """Further lists with their kinds: a call has to be right by each of them as well (`reach.every`)."""


_WHERE_HOMES_ARE: Final = frozenset({(), ("home",), ("Users",), ("users",), ("root",)})

NOTHING_KNOWN: Final = ServerFacts(remote=True)
"""A server about which nobody said anything."""


def facts_of_launch(site: Site, *, words: Sequence[str], hosts: frozenset[str]) -> ServerFacts:
    """Return the facts of a server that is started here.

    Roots are the folders that it was given; else its working directory, unless that is the root or a home: then nothing
    contains it, and credentials and the system's files are refused all the same.
    A folder of credentials is never a root (`--cert ~/.ssh/id`), nor one that is doubted.
    """
    given = tuple(each for each in site.folders if not _is_secret(each, windows=site.windows))
    fallback = () if _is_everything(site) else tuple(dict.fromkeys((site.cwd, site.real_cwd or site.cwd)))
    roots = given or fallback
    return ServerFacts(
        path=PathFacts(
            roots=roots,
            base=site.cwd,
            home=site.home,
            caseless=site.caseless,
            windows=site.windows,
            shared=True,
            own=site.own,
        ),
        url=UrlFacts(hosts=hosts),
        words=tuple(words),
        why_roots="launch" if given else "cwd" if roots else "none",
        left_out=(*(each for each in site.folders if each not in given), *site.doubted),
    )


def facts_of_remote(host: str, own: tuple[str, ...] = ()) -> ServerFacts:
    """Return the facts of a server elsewhere: only what is nobody's business anywhere is refused."""
    return replace(NOTHING_KNOWN, path=PathFacts(own=own), url=UrlFacts(hosts=frozenset({host})))


def _is_everything(site: Site) -> bool:
    """Say whether a working directory says nothing: the root, a home, or where homes are."""
    here = names_of(site.real_cwd or site.cwd, windows=site.windows)
    home = names_of(site.home, windows=site.windows) if site.home else ()
    return here == home or here[1:] in _WHERE_HOMES_ARE


def is_wide(path: str, home: str | None, *, windows: bool) -> bool:
    """Say whether a folder holds everything: the top of a file system, a home, where homes are, or above one."""
    names = names_of(path, windows=windows)
    own = names_of(home, windows=windows) if home else ()
    return names[1:] in _WHERE_HOMES_ARE or own[: len(names)] == names


def _is_secret(path: str, *, windows: bool) -> bool:
    return any(rule == "path-credential" for rule in touches(names_of(path, windows=windows), Access.READ))
