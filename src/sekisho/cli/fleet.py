"""What is behind the face of `run` and `serve`: one server's connector, or a hub over all of a configuration."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from sekisho.cli.screen import complain
from sekisho.cli.target import launch_of_entry, make_target, remote_of
from sekisho.engine.hub.names import ALIAS, RESERVED
from sekisho.gateway.connector import Connector
from sekisho.policy.configuration import ServerEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.cli.house import House
    from sekisho.cli.target import Options
    from sekisho.gateway.hub_connector import HubConnector
    from sekisho.gateway.launch import Launch
    from sekisho.gateway.remote import Remote
    from sekisho.gateway.warden_client import Warden
    from sekisho.wire.strict import Limits

__all__ = ["connector_for", "read_servers"]

_KEYS: Final = frozenset({"command", "cwd", "env", "headers", "pass_env", "transport", "url"})


def read_servers(path: str) -> tuple[ServerEntry, ...]:
    """Read the servers of a configuration, in the order of the file.

    Raises:
        UsageError: the file can't be read, or a key is not what it has to be.
    """
    try:
        document = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise click.UsageError(f"--config {path} can't be read: {error}") from None
    tables = _table(document.get("servers"))
    if not tables:
        raise click.UsageError(f"--config {path} names no server: write [servers.NAME] and below it command or url.")
    return tuple(_entry(alias, table) for alias, table in tables.items())


def _entry(alias: str, table: object) -> ServerEntry:
    if not ALIAS.fullmatch(alias) or alias == RESERVED:
        raise _wrong(f"servers.{alias}", "take a lower-case letter, then up to 23 of a-z, 0-9 and '-'; sekisho is ours")
    values = _table(table)
    if unknown := sorted(set(values) - _KEYS):
        raise _wrong(f"servers.{alias}.{unknown[0]}", f"there is no such key; there are {', '.join(sorted(_KEYS))}")
    command, url = _texts(alias, values, "command"), _text(alias, values, "url")
    if bool(command) == (url is not None):
        raise _wrong(f"servers.{alias}", "write either command, a list of texts, or url")
    transport = values.get("transport", "http")
    if transport not in ("http", "sse"):
        raise _wrong(f"servers.{alias}.transport", "take http or sse")
    return ServerEntry(
        alias=alias,
        command=command,
        cwd=_text(alias, values, "cwd"),
        env=_pairs(alias, values, "env"),
        pass_env=_texts(alias, values, "pass_env"),
        url=url,
        headers=tuple(_pairs(alias, values, "headers").items()),
        transport="sse" if transport == "sse" else "http",
    )


def _table(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _text(alias: str, values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(f"servers.{alias}.{key}", "take a text in quotes")
    return value


def _texts(alias: str, values: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = values.get(key, [])
    found = cast("list[object]", value) if isinstance(value, list) else [None]
    texts = [each for each in found if isinstance(each, str)]
    if len(texts) != len(found):
        raise _wrong(f"servers.{alias}.{key}", "take a list of texts in quotes")
    return tuple(texts)


def _pairs(alias: str, values: Mapping[str, object], key: str) -> dict[str, str]:
    value = values.get(key, {})
    found = cast("dict[str, object]", value) if isinstance(value, dict) else {"": None}
    texts = {name: each for name, each in found.items() if isinstance(each, str)}
    if len(texts) != len(found):
        raise _wrong(f"servers.{alias}.{key}", "take a table of texts in quotes")
    return texts


def _wrong(where: str, step: str) -> click.UsageError:
    return click.UsageError(f"The configuration is wrong at {where}: {step}.")


def connector_for(options: Options, house: House, warden: Warden | None, limits: Limits) -> Connector | HubConnector:
    """Return what makes the backends of a face. A remote server needs a running event loop.

    Raises:
        LaunchError: a command can't be started like this.
        AddressError: a URL or a header can't be used.
    """
    if not options.servers:
        return _connector(make_target(options), options.name, house, warden, limits)
    from sekisho.gateway.hub_connector import HubConnector  # noqa: PLC0415 - one server alone starts without it

    behind = {entry.alias: _connector(_target(entry), entry.alias, house, warden, limits) for entry in options.servers}
    return HubConnector(behind, audit=house.recorder, halt=house.halt, seal_key=house.seal_key, say=complain)


def _target(entry: ServerEntry) -> Launch | Remote:
    if entry.url is None:
        return launch_of_entry(entry, os.environ)
    return remote_of(entry.url, [f"{name}: {value}" for name, value in entry.headers], entry.transport)


def _connector(
    target: Launch | Remote, name: str | None, house: House, warden: Warden | None, limits: Limits
) -> Connector:
    return Connector(
        target,
        warden=warden,
        audit=house.recorder,
        halt=house.halt,
        seal_key=house.seal_key,
        limits=limits,
        say=complain,
        name=name,
    )
