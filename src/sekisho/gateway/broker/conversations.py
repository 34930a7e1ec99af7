"""Which entries belong to one conversation: those of one host process.

A host starts each entry's relay itself, or through launchers: a shell, `npx`, `uvx`, `env`. So the host is the first
process above the relay that only starts others on nobody's behalf: neither a launcher nor Sekisho. Its process id
and the time at which it began name it for good, as a process id alone does not.
Where there is none (the launchers were started by the first process of the machine, or nobody tells), the topmost
launcher is taken, and the relay itself only when nothing is above it.

A conversation has an id of its own, which the store keeps beside its host process: so it is the same behind another
relay, a recycled child and another broker. Where the store can't be used the process itself names it.

Limits: a host whose every window is a process of its own has a conversation for each window; a host that serves several
users' chats from one process has one for all of them, which errs on the side of what has been seen.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho import ports
from sekisho.adapters.ancestry import ancestors, base_name, boot
from sekisho.adapters.store import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sekisho.adapters.ancestry import Process

__all__ = ["Conversation", "Conversations", "host_of", "key_of"]

_LAUNCHERS: Final = frozenset(
    {
        *("sh", "bash", "dash", "ash", "zsh", "fish", "ksh", "mksh", "busybox", "tcsh", "csh", "nu", "pwsh"),
        *("npx", "npm", "pnpm", "pnpx", "yarn", "bunx", "uvx", "uv", "pipx", "env", "direnv", "mise", "asdf"),
        *("timeout", "nice", "nohup", "setsid", "stdbuf", "script", "sudo", "doas", "xargs", "sekisho"),
    }
)
_INTERPRETERS: Final = frozenset({"python", "node", "nodejs", "bun"})
_SCRIPTS: Final = frozenset(
    {"npx", "npx-cli", "npm", "npm-cli", "pnpm", "pnpx", "yarn", "sekisho", "pipx", "uvx", "uv"}
)
_INITS: Final = frozenset(
    {"systemd", "init", "tini", "dumb-init", "docker-init", "catatonit", "s6-svscan", "runit", "launchd"}
)
_MOST: Final = 1024
_FORGOTTEN: Final = 365 * 24 * 3600
"""How long a conversation is kept that nobody enters, in seconds: longer than a host process lives."""


def host_of(relay: Iterable[Process]) -> Process | None:
    """Return the host's process.

    Args:
        relay: the relay's process and those above it, nearest first.
    """
    last: Process | None = None
    for process in relay:
        if last is None:
            last = process  # the relay itself
        elif process.pid == 1 and base_name(process.name) in _INITS:
            return last
        elif _launches(process):
            last = process
        else:
            return process
    return last


def _launches(process: Process) -> bool:
    names = {process.name, base_name(process.program)} - {""}
    if names & _LAUNCHERS or process.name.startswith(("npm-exec", "sekisho-")):
        return True
    if not any(name.rstrip("0123456789.") in _INTERPRETERS for name in names):
        return False
    words = iter(process.arguments[1:])
    for word in words:
        if word == "-m":
            return base_name(next(words, "")) in _SCRIPTS
        if not word.startswith("-"):
            return base_name(word) in _SCRIPTS
    return False


def key_of(host: Process | None, relay: int) -> str:
    """Return what names a host process while the machine runs; the relay's own when nobody tells of processes."""
    return f"host:{host.pid}-{host.started}" if host is not None else f"relay:{relay}"


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One host process and what belongs to it."""

    id: str
    """Its name in every event and record."""

    process: str
    """Its host process, as `key_of` names it."""

    host: str
    """The host's name in the process table; for people."""

    since: float
    """When its first entry came, behind whatever broker, in seconds since 1970."""

    entries: int = 0
    """How many of its entries are open."""


class Conversations:
    """The conversations of one broker. One outlives its entries: a host recycles children between calls.

    Args:
        clock: the time of day.
        above: tells which processes are above one; for tests.
        store: keeps them across brokers; None where there is none to be had.
        principal: whose they are.
        say: tells the person who runs us that they are not kept.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        above: Callable[[int], Iterable[Process]] = ancestors,
        *,
        store: ports.ConversationStore | None = None,
        principal: str = "",
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._above = above
        self._store = store
        self._principal = principal
        self._say = say
        self._boot = boot()
        self._known: dict[str, Conversation] = {}

    def __iter__(self) -> Iterator[Conversation]:
        return iter(self._known.values())

    def enter(self, relay: int) -> Conversation:
        """Return the conversation to which a relay's entry belongs, and count the entry."""
        host = host_of(self._above(relay))
        key = key_of(host, relay)
        found = self._known.pop(key, None)
        if found is None:
            self._forget()
            found = self._entered(key, host.name if host is not None else "")
        self._known[key] = found
        found.entries += 1
        return found

    def leave(self, conversation: Conversation) -> None:
        """One of its entries is closed."""
        conversation.entries -= 1

    def _entered(self, process: str, host: str) -> Conversation:
        """Return the conversation of a process that this broker has not seen: the one that is kept, or a new one."""
        now = self._clock()
        if self._store is None:
            return Conversation(id=process, process=process, host=host, since=now)
        new = ports.Conversation(
            id=f"host:{secrets.token_hex(8)}",
            principal=self._principal,
            process=f"{self._boot}/{process}",
            since=int(now),
            seen=int(now),
        )
        try:
            self._store.forget(before=int(now) - _FORGOTTEN)
            kept = self._store.enter(new)
        except StoreUnavailable as error:
            self._say(str(error))
            return Conversation(id=process, process=process, host=host, since=now)
        return Conversation(id=kept.id, process=process, host=host, since=float(kept.since))

    def _forget(self) -> None:
        """Make room: the one without entries that was entered longest ago goes."""
        if len(self._known) >= _MOST:
            idle = next((key for key, one in self._known.items() if not one.entries), None)
            if idle is not None:
                del self._known[idle]
