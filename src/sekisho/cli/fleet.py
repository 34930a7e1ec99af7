"""What is behind the face of `run` and `serve`: one server's connector, or a hub over all of a configuration."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.cli.screen import complain
from sekisho.cli.target import launch_of_entry, make_target, remote_of
from sekisho.gateway.connector import Connector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sekisho.cli.house import House
    from sekisho.cli.target import Options
    from sekisho.gateway.hub_connector import HubConnector
    from sekisho.gateway.launch import Launch
    from sekisho.gateway.neighbourhood import Neighbourhood
    from sekisho.gateway.remote import Remote
    from sekisho.gateway.warden_client import Warden
    from sekisho.gateway.watching import FileWatch
    from sekisho.policy.configuration import ServerEntry, Terms

__all__ = ["Fleet", "connector_of", "fleet_of", "target_of"]


@dataclass(frozen=True, slots=True)
class Fleet:
    """What is behind a face."""

    connector: Connector | HubConnector
    """Makes the backends."""

    watch: FileWatch | None = None
    """Looks after the configuration; not started."""


def fleet_of(options: Options, house: House, warden: Warden | None) -> Fleet:
    """Return what is behind a face. It needs a running event loop.

    Raises:
        LaunchError: a command can't be started like this.
        AddressError: a URL or a header can't be used.
    """
    configuration = options.configuration
    if not configuration.servers:
        return Fleet(connector_of(make_target(options), options.name, house, warden, configuration.terms()))
    from sekisho.gateway.code import code_of  # noqa: PLC0415 - one server alone starts without it
    from sekisho.gateway.hub_connector import HubConnector  # noqa: PLC0415 - as above
    from sekisho.gateway.neighbourhood import Neighbourhood  # noqa: PLC0415 - as above

    targets = {entry.alias: target_of(entry, os.environ) for entry in configuration.servers}
    neighbourhood = Neighbourhood(house.desk, {alias: code_of(target) for alias, target in targets.items()})
    behind = {
        entry.alias: connector_of(
            targets[entry.alias],
            entry.alias,
            house,
            warden,
            configuration.terms(entry),
            neighbourhood=neighbourhood,
        )
        for entry in configuration.servers
    }
    hub = HubConnector(behind, audit=house.recorder, halt=house.halt, seal_key=house.seal_key, say=complain)
    if options.places is None or warden is None:
        return Fleet(hub)
    from sekisho.cli.reload import Reload  # noqa: PLC0415 - as above

    return Fleet(hub, Reload(options.places, configuration, behind, hub, house, warden, neighbourhood).watch())


def target_of(entry: ServerEntry, environ: Mapping[str, str], folder: str | None = None) -> Launch | Remote:
    """Return what an entry names, for whoever asks from this environment and folder. A remote one needs an event loop.

    Raises:
        LaunchError: a command can't be started like this.
        AddressError: a URL or a header can't be used.
    """
    if entry.url is None:
        return launch_of_entry(entry, environ, folder)
    return remote_of(entry.url, [f"{name}: {value}" for name, value in entry.headers], entry.transport, environ)


def connector_of(
    target: Launch | Remote,
    name: str | None,
    house: House,
    warden: Warden | None,
    terms: Terms,
    say: Callable[[str], None] = complain,
    *,
    neighbourhood: Neighbourhood | None = None,
) -> Connector:
    """Return what makes the sessions of one server."""
    return Connector(
        target,
        warden=warden,
        audit=house.recorder,
        halt=house.halt,
        desk=house.desk,
        seal_key=house.seal_key,
        terms=terms,
        say=say,
        books=house.books,
        name=name,
        digests=house.digests,
        own=(str(house.directory),),
        neighbourhood=neighbourhood,
    )
