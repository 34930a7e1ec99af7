"""A server that a person names: one of the configuration, a command, or one that was seen before."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.adapters.places import here, is_there, places_of
from sekisho.cli.screen import note
from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.identity import of_command
from sekisho.gateway.launch import Launch
from sekisho.gateway.site import facts_of, settled_reach
from sekisho.model.call_ids import CallId
from sekisho.policy.calls import NO_TERMS
from sekisho.policy.configuration import QUESTIONS, Configuration
from sekisho.policy.facts import facts_of_remote
from sekisho.policy.reach import reaching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.pin.records import Ledger
    from sekisho.policy.calls import CallTerms
    from sekisho.policy.configuration import ServerEntry, Terms
    from sekisho.policy.facts import ServerFacts

__all__ = ["How", "Known", "known"]


class How(StrEnum):
    """How much is known of a server's launch."""

    CONFIGURED = "configured"
    """All of it: it stands in the configuration."""

    WRITTEN = "written"
    """All of it: the caller wrote it."""

    SEEN = "seen"
    """Its program and working directory only: arguments are never kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a server."""

    ledger: Ledger
    """What was approved of it."""

    facts: ServerFacts
    """What the guards are told about it."""

    how: How
    """How much is known of its launch."""

    launch: Launch | None
    """How it is started, for one that is."""

    url: str = ""
    """Where it is, for one that is elsewhere."""

    calls: Mapping[str, CallTerms] = field(default_factory=lambda: NO_TERMS)
    """What its configuration says about calls, by tool."""

    questions: Mapping[str, str] = field(default_factory=dict[str, str])
    """What becomes of what it asks the host, by the settings' words."""


def known(name: str | None, command: tuple[str, ...]) -> Known:
    """Return what is known of a server. Ends this process with 1 when nothing is.

    Args:
        name: its alias or identity; None with a command.
        command: its launch line; empty for one that is named.

    Raises:
        StateDirectoryError: the state directory can't be used.
        StoreUnavailable: the store can't be used.
        ConfigurationError: the configuration can't be read.
        LaunchError: the command can't be started like this.
        AddressError: an address can't be used.
    """
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast

    with open_ledgers() as ledgers:
        own = (str(ledgers.directory),)
        if command:
            from sekisho.cli.target import Options, launch_of  # noqa: PLC0415 - as above

            launch = launch_of(Options(url=None, command=command, env=(), header=(), cwd=None))
            ledger = ledgers.store.ledgers.load(name or of_command(launch.argv, launch.cwd)).ledger
            found = Known(ledger=ledger, facts=facts_of(launch, own), how=How.WRITTEN, launch=launch)
            return replace(found, questions=_questions(_configuration().terms()))
        configuration = _configuration()
        entry = next((each for each in configuration.servers if each.alias == name), None)
        terms = configuration.terms(entry)
        if entry is not None:
            found = _of_entry(entry, ledgers.store.ledgers.load(entry.alias).ledger, own)
            return replace(found, questions=_questions(terms))
        if not name:
            note(CallId.EXPLAIN_NO_SERVER)
            sys.exit(2)
        return replace(_of_identity(ledgers.named(name), own), questions=_questions(terms))


def _configuration() -> Configuration:
    places = places_of(None, os.environ, here())
    if not any(map(is_there, places.files)):
        return Configuration()
    from sekisho.cli.configuration import load  # noqa: PLC0415 - most often there is no file at all

    return load(places).configuration


def _questions(terms: Terms) -> dict[str, str]:
    said = {each: "refuse" if each in terms.withheld else "allow" for each in QUESTIONS}
    return {**said, "sampling": "ask"} if terms.asks_sampling else said


def _of_entry(entry: ServerEntry, ledger: Ledger, own: tuple[str, ...]) -> Known:
    if entry.url is not None:
        facts = reaching(facts_of_remote(Endpoint.parse(entry.url).authority, own), entry.reach)
        return Known(ledger=ledger, facts=facts, how=How.CONFIGURED, launch=None, url=entry.url, calls=entry.calls)
    from sekisho.cli.target import launch_of_entry  # noqa: PLC0415 - as above

    launch = launch_of_entry(entry, os.environ)
    return Known(
        ledger=ledger,
        facts=facts_of(launch, own, settled_reach(entry.reach, launch)),
        how=How.CONFIGURED,
        launch=launch,
        calls=entry.calls,
    )


def _of_identity(ledger: Ledger, own: tuple[str, ...]) -> Known:
    """Return what a server's identity tells: where it is, or its program and its working directory."""
    if "://" in ledger.server:
        facts = facts_of_remote(Endpoint.parse(ledger.server).authority, own)
        return Known(ledger=ledger, facts=facts, how=How.SEEN, launch=None, url=ledger.server)
    words, _, cwd = ledger.server.rpartition(" @ ")
    argv = tuple(shlex.split(words or ledger.server, posix=False))
    home = {"HOME": str(Path.home())}
    launch = Launch(argv=argv, cwd=cwd if cwd.startswith("/") and words else str(Path.cwd()), env=home)
    return Known(ledger=ledger, facts=facts_of(launch, own), how=How.SEEN, launch=launch)
