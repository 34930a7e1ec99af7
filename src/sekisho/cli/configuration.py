"""Where the configuration of a command comes from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.adapters.layers import gather
from sekisho.adapters.projects import Projects
from sekisho.adapters.state import state_directory
from sekisho.cli.screen import complain, located
from sekisho.gateway.endpoint import AddressError, Endpoint
from sekisho.model.message_ids import MessageId
from sekisho.policy.layers import merge
from sekisho.policy.problem import ConfigurationError, Problem, dotted
from sekisho.policy.reading import read

if TYPE_CHECKING:
    from sekisho.adapters.configuration import Source
    from sekisho.adapters.places import Places
    from sekisho.policy.configuration import Configuration
    from sekisho.policy.layers import Effective

__all__ = ["Loaded", "addressed", "load", "load_servers", "tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What is in force for a command."""

    configuration: Configuration
    """The settings."""

    effective: Effective
    """Where they come from, and what does not hold."""


def load(places: Places) -> Loaded:
    """Read what holds.

    Raises:
        ConfigurationError: with everything that is wrong with any of the files.
        StateDirectoryError: whether a project's file is trusted can't be told.
        ProjectsError: as above.
    """
    effective = merge(gather(places, _trusts))
    return addressed(Loaded(configuration=read(effective), effective=effective))


def addressed(loaded: Loaded) -> Loaded:
    """Return what was read when the address of every server can be used.

    Raises:
        ConfigurationError: with each that can't.
    """
    problems: list[Problem] = []
    for server in loaded.configuration.servers:
        try:
            if server.url is not None:
                Endpoint.parse(server.url)
        except AddressError as error:
            path = ("servers", server.alias, "url")
            origin = loaded.effective.origins[path]
            values = {"problem": str(error)}
            problems.append(
                Problem(
                    message=MessageId.CONFIG_ADDRESS_UNCLEAR,
                    values=values,
                    file=origin.file,
                    place=origin.place,
                    key=dotted(path),
                )
            )
    if problems:
        raise ConfigurationError(problems)
    return loaded


def load_servers(places: Places) -> Loaded:
    """Read what holds, for a command that needs servers; raises as `load`, and when there is none."""
    loaded = load(places)
    if not loaded.configuration.servers:
        raise ConfigurationError([Problem(message=MessageId.CONFIG_NO_SERVERS, file=str(places.user))])
    return loaded


def tell(loaded: Loaded) -> None:
    """Tell the person what is written and does not hold."""
    for note in loaded.effective.notes:
        complain(located(note))


def _trusts(source: Source) -> bool:
    return Projects(state_directory(os.environ)).trusts(source.path, source.digest)
