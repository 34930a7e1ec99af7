"""What is behind a face: how a session is made, and how its server is reached."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from sekisho import __version__
from sekisho.adapters.recording import AuditUnavailable
from sekisho.engine.bridge.older import OlderServer
from sekisho.engine.events import Halted
from sekisho.engine.seal import Sealer
from sekisho.engine.session import Session
from sekisho.engine.state import Face, Setup
from sekisho.engine.surface.shelf import Guard
from sekisho.gateway.books import Books
from sekisho.gateway.bridge import Bridge
from sekisho.gateway.identity import formerly, of_command, of_url
from sekisho.gateway.launch import Launch
from sekisho.gateway.link import Link
from sekisho.gateway.site import facts_of, settled_reach
from sekisho.gateway.turn import Turn
from sekisho.policy.document import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.adapters.halt import HaltFlag
    from sekisho.engine.effects import Record
    from sekisho.engine.hub.setup import Known
    from sekisho.engine.ready import Ready
    from sekisho.gateway.behind.reading import Read
    from sekisho.gateway.behind.tree import Digests
    from sekisho.gateway.desk import Desk
    from sekisho.gateway.neighbourhood import Neighbourhood
    from sekisho.gateway.remote import Remote
    from sekisho.gateway.warden_client import Warden
    from sekisho.model.subject import Who
    from sekisho.pin.records import Ledger
    from sekisho.policy.configuration import Terms
    from sekisho.ports import AuditSink, Upstream

__all__ = ["Connector"]


class Connector:
    """Makes sessions for one server.

    Args:
        target: the command to start, or the remote server to call.
        warden: starts children; needed for a command.
        audit: takes every record.
        halt: whether a new session starts halted.
        desk: keeps what is decided about definitions.
        seal_key: 32 bytes for sealing states.
        terms: what one message may cost, and which definitions are shown.
        say: tells the person who runs us.
        books: what was cut out of results, by conversation.
        name: what the user calls the server; else its identity is taken from the target.
        digests: of code, to read what runs behind a command; None where nobody judges that.
        own: folders of our own state, which no call may touch.
        neighbourhood: the servers of the same configuration; None for one alone.
    """

    def __init__(  # noqa: PLR0913 - what a session needs comes together here
        self,
        target: Launch | Remote,
        *,
        warden: Warden | None,
        audit: AuditSink,
        halt: HaltFlag,
        desk: Desk,
        seal_key: bytes,
        terms: Terms,
        say: Callable[[str], None],
        books: Books | None = None,
        name: str | None = None,
        digests: Digests | None = None,
        own: Sequence[str] = (),
        neighbourhood: Neighbourhood | None = None,
    ) -> None:
        self._target = target
        self._warden = warden
        self._audit = audit
        self._halt = halt
        self._desk = desk
        self._terms = terms
        self._books = books if books is not None else Books()
        self._seal_key = seal_key
        self._turn = Turn(audit)
        self._neighbourhood = neighbourhood
        self._facts = facts_of(target, own, settled_reach(terms.reach, target))
        self._calls = {
            tool: replace(each, reach=settled_reach(each.reach, target)) for tool, each in terms.calls.items()
        }
        self._digests = digests
        self._ready: dict[tuple[str, str, str, str], Ready] = {}
        self._say = say
        self._face = Face.STDIO if isinstance(target, Launch) else Face.HTTP
        self._name = name or _identity(target)
        if name is None and isinstance(target, Launch) and (before := formerly(target.argv, target.cwd)) != self._name:
            desk.adopt(self._name, before)

    @property
    def server(self) -> str:
        """The server's identity in policy and audit."""
        return self._name

    def known(self) -> Known | None:
        """Return what was approved of the server before; None while nobody can tell."""
        from sekisho.engine.hub.setup import Known  # noqa: PLC0415 - one server alone starts without it

        ledger = self._desk.ledger(self._name)
        if ledger is None:
            return None
        terms = self._terms
        return Known(
            ledger=ledger,
            tools=terms.tools,
            calls=terms.calls,
            withheld=terms.withheld,
            notes_code=terms.notes_code,
        )

    def follow(self, listener: Callable[[Ledger | None], None]) -> Callable[[], None]:
        """Tell `listener` of every other ledger of the server, until what is returned is called."""
        self._desk.join(self._name, listener)
        return lambda: self._desk.leave(self._name, listener)

    @property
    def code(self) -> str:
        """Which code the server runs, as `code.code_of` names it."""
        from sekisho.gateway.code import code_of  # noqa: PLC0415 - one server alone starts without it

        return code_of(self._target)

    def backend(self, who: Who, face: Face) -> Bridge:
        """Return what a host with this face talks to, in either generation; not opened."""
        return Bridge(
            server=self._name,
            link=lambda: self.link(who, face),
            audit=self._audit,
            older=OlderServer(self._name, sealer=self._sealer(), epoch=_epoch()),
        )

    def link(self, who: Who, face: Face) -> Link:
        """Return a new link with a session and a server's side of its own, for a host with this face; not opened."""
        link = self._link(who, face)
        link.join(self._upstream(link, face))
        if self._halt.is_set:
            link.receive(Halted(link.clock()))
        return link

    def _link(self, who: Who, face: Face) -> Link:
        guard = Guard(
            ledger=self._desk.ledger(self._name),
            session=secrets.token_hex(16),
            first_use=self._terms.first_use,
            notes_code=self._terms.notes_code,
            tools=self._terms.tools,
            version=__version__,
        )
        book = self._books.of(who)
        setup = Setup(
            server=self._name,
            who=who,
            host_face=face,
            server_face=self._face,
            sealer=self._sealer(),
            salt=secrets.token_bytes(16),
            epoch=_epoch(),
            asked=secrets.randbelow(2**30),
            guard=guard,
            facts=self._facts,
            ready=self._ready,
            calls=self._calls,
            policy=replace(Policy().without(self._terms.withheld), asks_sampling=self._terms.asks_sampling),
            mark=self._terms.mark,
            references=book.references,
            permits=book.permits,
            apart=True,
            lenient=True,
        )
        return Link(
            Session(setup), self._audit, time.monotonic, self._turn, desk=self._desk, neighbourhood=self._neighbourhood
        )

    def _upstream(self, link: Link, face: Face) -> Upstream:
        target = self._target
        match target:
            case Launch():
                from sekisho.gateway.upstream_stdio import StdioUpstream  # noqa: PLC0415 - only one of both is needed

                if self._warden is None:
                    raise RuntimeError("a command needs a warden")
                return StdioUpstream(
                    target,
                    warden=self._warden,
                    link=link,
                    limits=self._terms.limits,
                    say=self._say,
                    reader=_reader(target, self._digests),
                )
            case _ if target.transport == "sse":
                from sekisho.gateway.upstream_sse import SseUpstream  # noqa: PLC0415 - as above

                return SseUpstream(
                    target.endpoint,
                    target.pool,
                    headers=target.headers,
                    link=link,
                    limits=self._terms.limits,
                    say=self._say,
                )
            case _:
                from sekisho.gateway.upstream_http import HttpUpstream  # noqa: PLC0415 - as above

                return HttpUpstream(
                    target.pool,
                    headers=target.headers,
                    link=link,
                    limits=self._terms.limits,
                    listens=face is Face.STDIO,
                    say=self._say,
                )

    def _sealer(self) -> Sealer:
        return Sealer(self._seal_key, secrets.token_bytes(16))

    def record(self, record: Record) -> None:
        """Put on record what belongs to no link; what can't be recorded was refused anyway."""
        try:
            self._audit.append(record)
        except AuditUnavailable as error:
            self._say(str(error))


def _identity(target: Launch | Remote) -> str:
    return of_command(target.argv, target.cwd) if isinstance(target, Launch) else of_url(target.endpoint)


def _reader(launch: Launch, digests: Digests | None) -> Callable[[int | None], Read] | None:
    """Return what reads the code behind a launch; loaded by who reads, so that no start waits for that."""
    if digests is None:
        return None

    def read(pid: int | None) -> Read:
        from sekisho.gateway.behind.reading import Reader  # noqa: PLC0415 - as above

        return Reader(launch, digests).read(pid)

    return read


def _epoch() -> float:
    """Return the time of day minus the monotonic time, in seconds."""
    return time.time() - time.monotonic()
