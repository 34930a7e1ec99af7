"""What is behind an entry of the broker: a server of the user's configuration, for a relay's environment and folder.

The files are those that hold for the relay: its environment says where the user's is, its folder where a project's is.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.adapters.places import places_of
from sekisho.adapters.projects import ProjectsError
from sekisho.adapters.state import StateDirectoryError
from sekisho.cli.configuration import load_servers
from sekisho.cli.fleet import connector_of, target_of
from sekisho.cli.screen import located
from sekisho.cli.target import launch_of_entry
from sekisho.engine.state import Face
from sekisho.gateway.broker.service import EntryError
from sekisho.gateway.code import code_of
from sekisho.gateway.endpoint import AddressError, Endpoint
from sekisho.gateway.identity import of_url
from sekisho.gateway.launch import Launch, LaunchError
from sekisho.gateway.neighbourhood import Neighbourhood
from sekisho.gateway.warden_client import WardenError
from sekisho.policy.problem import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.cli.house import House
    from sekisho.gateway.bridge import Bridge
    from sekisho.gateway.broker.frames import Hello
    from sekisho.gateway.connector import Connector
    from sekisho.gateway.remote import Remote
    from sekisho.gateway.warden_client import Warden
    from sekisho.model.subject import Who
    from sekisho.policy.configuration import Configuration, ServerEntry
    from sekisho.wire.strict import Limits

__all__ = ["Entries"]


def _entry(hello: Hello, say: Callable[[str], None]) -> tuple[ServerEntry, Configuration]:
    """Return the server that a relay asks for, and the configuration that it is in.

    Raises:
        EntryError: the configuration can't be used, or has no such server.
    """
    places = places_of(hello.config or None, hello.env, Path(hello.cwd))
    try:
        loaded = load_servers(places)
    except ConfigurationError as error:
        raise EntryError("\n".join(located(problem) for problem in error.problems)) from None
    except (StateDirectoryError, ProjectsError) as error:
        raise EntryError(str(error)) from None
    for note in loaded.effective.notes:
        say(located(note))
    servers = loaded.configuration.servers
    found = next((server for server in servers if server.alias == hello.entry), None)
    if found is None:
        there = ", ".join(server.alias for server in servers)
        raise EntryError(f"{places.user} has no [servers.{hello.entry}]. It has: {there}.")
    return found, loaded.configuration


def _codes(configuration: Configuration, hello: Hello, own: Launch | Remote) -> dict[str, str]:
    """Return which code is behind each server of a configuration; one that can't be used says nothing to a model."""
    found = {hello.entry: code_of(own)}
    for entry in configuration.servers:
        with suppress(AddressError, LaunchError):
            if entry.alias not in found:
                found[entry.alias] = (
                    code_of(launch_of_entry(entry, hello.env, hello.cwd))
                    if entry.url is None
                    else of_url(Endpoint.parse(entry.url))
                )
    return found


class _Served:
    """One entry's connector."""

    def __init__(self, connector: Connector, target: Launch | Remote, limits: Limits) -> None:
        self._connector = connector
        self._target = target
        self.limits = limits

    @property
    def server(self) -> str:
        return self._connector.server

    def backend(self, who: Who) -> Bridge:
        return self._connector.backend(who, Face.STDIO)

    async def aclose(self) -> None:
        if not isinstance(self._target, Launch):
            await self._target.pool.aclose()


class Entries:
    """Makes what is behind the entries of a broker.

    Args:
        house: what is open while the broker runs.
        warden: starts the servers.
    """

    def __init__(self, house: House, warden: Warden) -> None:
        self._house = house
        self._warden = warden

    def __call__(self, hello: Hello, say: Callable[[str], None]) -> _Served:
        """Make what is behind the entry that a relay asks for.

        Raises:
            EntryError: there is no such entry, or it can't be used.
        """
        entry, configuration = _entry(hello, say)
        terms = configuration.terms(entry)
        try:
            target = target_of(entry, hello.env, hello.cwd)
            if isinstance(target, Launch):
                self._warden.spawn()
        except (LaunchError, AddressError, WardenError) as error:
            raise EntryError(str(error)) from None
        neighbourhood = Neighbourhood(self._house.desk, _codes(configuration, hello, target))
        connector = connector_of(
            target, entry.alias, self._house, self._warden, terms, say, neighbourhood=neighbourhood
        )
        return _Served(connector, target, terms.limits)
