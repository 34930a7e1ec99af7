"""What is behind a face when there is a configuration: a hub, and behind it what each server's connector makes."""

from __future__ import annotations

import secrets
import time
from functools import partial
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

from sekisho import __version__
from sekisho.adapters.recording import AuditUnavailable
from sekisho.engine.hub.hub import Hub
from sekisho.engine.hub.setup import HubSetup
from sekisho.engine.seal import Sealer
from sekisho.gateway.hub_link import HubLink
from sekisho.model.alias import RESERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sekisho.adapters.halt import HaltFlag
    from sekisho.engine.effects import Record
    from sekisho.engine.hub.setup import Known
    from sekisho.engine.state import Face
    from sekisho.model.subject import Who
    from sekisho.pin.records import Ledger
    from sekisho.ports import AuditSink, Backend

__all__ = ["HubConnector", "Member"]


class Member(Protocol):
    """Makes what is behind a hub for one server."""

    def backend(self, who: Who, face: Face) -> Backend:
        """Return a new backend for a host with this face, not opened."""
        ...

    def known(self) -> Known | None:
        """Return what was approved of the server before; None while nobody can tell."""
        ...

    def follow(self, listener: Callable[[Ledger | None], None]) -> Callable[[], None]:
        """Tell `listener` of every other ledger of the server, until what is returned is called."""
        ...


class HubConnector:
    """Makes hubs for a configuration's servers.

    Args:
        servers: what makes each server's backend, by alias, in configuration order.
        audit: takes the hub's own records.
        halt: whether a new hub starts halted.
        seal_key: 32 bytes for sealing cursors.
        say: tells the person who runs us.
    """

    def __init__(
        self,
        servers: Mapping[str, Member],
        *,
        audit: AuditSink,
        halt: HaltFlag,
        seal_key: bytes,
        say: Callable[[str], None],
    ) -> None:
        self._servers = servers
        self._audit = audit
        self._halt = halt
        self._seal_key = seal_key
        self._say = say
        self._links: WeakKeyDictionary[HubLink, tuple[Who, Face]] = WeakKeyDictionary()

    @property
    def server(self) -> str:
        """What is recorded as the server of what belongs to none of them."""
        return RESERVED

    def backend(self, who: Who, face: Face) -> HubLink:
        """Return a new hub with a backend of its own for each server, not opened."""
        setup = HubSetup(
            aliases=tuple(self._servers),
            version=__version__,
            sealer=Sealer(self._seal_key, secrets.token_bytes(16)),
            salt=secrets.token_bytes(16),
            epoch=time.time() - time.monotonic(),
            halted=self._halt.is_set,
            known=_known(self._servers),
        )
        makers = [_maker(connector, who, face) for connector in self._servers.values()]
        link = HubLink(Hub(setup, who), makers, self._audit, time.monotonic)
        self._links[link] = (who, face)
        for alias, connector in self._servers.items():
            link.until_closed(connector.follow(partial(link.repinned, alias)))
        return link

    def configure(self, servers: Mapping[str, Member], fresh: frozenset[str]) -> None:
        """Go on with these servers: hubs that there are change, and new ones begin with them.

        Args:
            servers: as in the constructor.
            fresh: the aliases whose server is not what it was before.
        """
        self._servers = servers
        for link, (who, face) in list(self._links.items()):
            makers = {alias: _maker(connector, who, face) for alias, connector in servers.items()}
            link.configure(makers, fresh)

    def record(self, record: Record) -> None:
        """Put on record what belongs to no session; what can't be recorded was refused anyway."""
        try:
            self._audit.append(record)
        except AuditUnavailable as error:
            self._say(str(error))


def _known(servers: Mapping[str, Member]) -> dict[str, Known]:
    found = {alias: connector.known() for alias, connector in servers.items()}
    return {alias: known for alias, known in found.items() if known is not None}


def _maker(connector: Member, who: Who, face: Face) -> Callable[[], Backend]:
    return lambda: connector.backend(who, face)
