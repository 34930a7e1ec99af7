"""Keeping a running hub at what its configuration files say."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import finalize

from sekisho.adapters.projects import Projects, ProjectsError
from sekisho.adapters.state import StateDirectoryError
from sekisho.cli.configuration import load_servers, tell
from sekisho.cli.fleet import connector_of, target_of
from sekisho.cli.screen import complain, located, note
from sekisho.gateway.endpoint import AddressError
from sekisho.gateway.launch import Launch, LaunchError
from sekisho.gateway.warden_client import WardenError
from sekisho.gateway.watching import FileWatch
from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.adapters.places import Places
    from sekisho.cli.configuration import Loaded
    from sekisho.cli.house import House
    from sekisho.gateway.connector import Connector
    from sekisho.gateway.hub_connector import HubConnector
    from sekisho.gateway.neighbourhood import Neighbourhood
    from sekisho.gateway.pool import Pool
    from sekisho.gateway.warden_client import Warden
    from sekisho.policy.configuration import Configuration, ServerEntry, Terms
    from sekisho.wire.strict import Limits

__all__ = ["Reload"]


class Reload:
    """Reads the files again when they change; what is wrong with them is told, and what was in force stays.

    Args:
        places: where the files are.
        configuration: what is in force.
        behind: what makes each server's backend, by alias.
        hub: what all of them are behind.
        house: what is open while a gateway runs.
        warden: starts children.
        neighbourhood: the servers, as each knows of the others.
    """

    def __init__(
        self,
        places: Places,
        configuration: Configuration,
        behind: Mapping[str, Connector],
        hub: HubConnector,
        house: House,
        warden: Warden,
        neighbourhood: Neighbourhood,
    ) -> None:
        self._places = places
        self._configuration = configuration
        self._limits: Limits = configuration.limits
        self._behind = behind
        self._hub = hub
        self._house = house
        self._warden = warden
        self._neighbourhood = neighbourhood
        self._loop = asyncio.get_running_loop()
        self._closing: set[asyncio.Task[None]] = set()

    def watch(self) -> FileWatch:
        """Return a watch over all files that count, not started."""
        return FileWatch((*self._places.files, Projects(self._house.directory).path), self.changed)

    def changed(self) -> None:
        """Go on with what the files say now, if that can be used."""
        try:
            loaded = load_servers(self._places)
            behind = self._made(loaded.configuration)
        except ConfigurationError as error:
            for problem in error.problems:
                complain(located(problem))
            note(MessageId.CONFIG_RELOAD_KEPT)
            return
        except (ProjectsError, StateDirectoryError, LaunchError, AddressError, WardenError) as error:
            complain(str(error))
            note(MessageId.CONFIG_RELOAD_KEPT)
            return
        self._go_on(loaded, behind)

    def _made(self, wanted: Configuration) -> dict[str, Connector]:
        """Return what makes each server's backend: what did not change is the same as before."""
        known = {entry.alias: (entry, self._configuration.terms(entry)) for entry in self._configuration.servers}
        behind: dict[str, Connector] = {}
        for entry in wanted.servers:
            terms = replace(wanted.terms(entry), limits=self._configuration.limits)
            same = known.get(entry.alias) == (entry, terms)
            behind[entry.alias] = self._behind[entry.alias] if same else self._connector(entry, terms)
        return behind

    def _connector(self, entry: ServerEntry, terms: Terms) -> Connector:
        target = target_of(entry, os.environ)
        if isinstance(target, Launch):
            self._warden.spawn()
        connector = connector_of(
            target, entry.alias, self._house, self._warden, terms, neighbourhood=self._neighbourhood
        )
        if not isinstance(target, Launch):
            finalize(connector, self._let_go, target.pool).atexit = False
        return connector

    def _go_on(self, loaded: Loaded, behind: dict[str, Connector]) -> None:
        wanted, limits = loaded.configuration, self._configuration.limits
        if wanted.limits != self._limits:
            self._limits = wanted.limits
            note(MessageId.CONFIG_RELOAD_LIMITS)
        if list(behind.items()) == list(self._behind.items()):
            return
        tell(loaded)
        fresh = frozenset(alias for alias, made in behind.items() if made is not self._behind.get(alias))
        gone = len(set(self._behind) - set(behind))
        self._configuration = replace(wanted, limits=limits)
        self._behind = behind
        self._neighbourhood.become({alias: made.code for alias, made in behind.items()})
        self._hub.configure(behind, fresh)
        note(MessageId.CONFIG_RELOADED, servers=len(behind), fresh=len(fresh), gone=gone)

    def _let_go(self, pool: Pool) -> None:
        """Nobody uses a remote server's connections any more. May come from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._close, pool)

    def _close(self, pool: Pool) -> None:
        task = self._loop.create_task(pool.aclose())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
