"""The options that name a server, the same for `run` and `serve`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import click

from sekisho.adapters.places import here, is_there, places_of
from sekisho.cli.screen import trouble_is_usage
from sekisho.gateway.environment import Inheritance, environment
from sekisho.gateway.launch import Launch
from sekisho.model.alias import ALIAS, RESERVED
from sekisho.policy.configuration import Configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sekisho.adapters.places import Places
    from sekisho.gateway.remote import Remote
    from sekisho.policy.configuration import ServerEntry

__all__ = ["Options", "launch_of", "launch_of_entry", "make_target", "remote_of", "target_options"]

_R = TypeVar("_R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller wrote."""

    url: str | None
    """The server's URL."""

    command: tuple[str, ...]
    """The server's command line."""

    env: tuple[str, ...]
    """Variables that the child gets beside the default: `NAME` or `NAME=VALUE`."""

    header: tuple[str, ...]
    """Headers for the server: `Name: value`."""

    cwd: str | None
    """The child's working directory."""

    name: str | None = None
    """What the user calls the server; what is recorded is called so."""

    transport: Literal["http", "sse"] = "http"
    """How the URL is spoken to."""

    configuration: Configuration = field(default_factory=Configuration)
    """What is configured; with servers of its own, the caller wrote nothing else."""

    config: str | None = None
    """The configuration of an entry; then the caller wrote nothing else."""

    places: Places | None = None
    """Where its files are; None when the caller named one server."""

    @property
    def may_start(self) -> bool:
        """Whether there may be a command to start, now or when the configuration changes."""
        return bool(self.command) or bool(self.configuration.servers)

    @property
    def starts(self) -> bool:
        """Whether there is a command to start."""
        return bool(self.command) or any(entry.command for entry in self.configuration.servers)


_NOTHING: Final = Options(url=None, command=(), env=(), header=(), cwd=None)


def _alias(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001 - click's signature
    """Take an alias as the policy knows it: short, plain, and not ours."""
    if value is not None and (not ALIAS.fullmatch(value) or value == RESERVED):
        raise click.BadParameter("take a lower-case letter, then up to 23 of a-z, 0-9 and '-'; 'sekisho' is ours")
    return value


def target_options(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add the options that name a server; the command gets them as one `Options`."""

    @click.option("--config", metavar="F", help="All servers of a configuration file, as alias__tool.")
    @click.option("--url", metavar="URL", help="The server is remote: its Streamable HTTP address.")
    @click.option("--env", multiple=True, metavar="NAME[=V]", help="A variable for the server. May be repeated.")
    @click.option("--header", multiple=True, metavar="H", help="A header for the remote server, 'Name: value'.")
    @click.option(
        "--transport",
        type=click.Choice(["http", "sse"]),
        default="http",
        show_default=True,
        help="How the URL is spoken to: Streamable HTTP, or the HTTP+SSE of 2024-11-05.",
    )
    @click.option("--name", metavar="N", callback=_alias, help="What to call the server in the record and in messages.")
    @click.option("--cwd", metavar="D", help="The server's working directory.")
    @click.argument("command", nargs=-1, metavar="[-- CMD ARGS...]", type=click.UNPROCESSED)
    @wraps(command)
    def taking(
        *args: object,
        config: str | None,
        url: str | None,
        env: tuple[str, ...],
        header: tuple[str, ...],
        transport: Literal["http", "sse"],
        cwd: str | None,
        name: str | None,
        command: tuple[str, ...],
        **more: object,
    ) -> _R:
        options = Options(url=url, command=command, env=env, header=header, transport=transport, cwd=cwd, name=name)
        if more.get("entry") is not None:
            chosen = _of_entry(options, config)
        else:
            chosen = _with_limits(_of_one(options)) if config is None else _of_several(options, config)
        return wrapped(*args, options=chosen, **more)

    wrapped = command
    return taking


def _of_one(options: Options) -> Options:
    if (options.url is None) == (not options.command):
        raise click.UsageError("Name one server, either -- CMD ARGS..., or --url URL; or several by --config F.")
    if options.url is not None and (options.env or options.cwd):
        raise click.UsageError("--env and --cwd are for a command; a remote server takes --header.")
    if options.url is None and (options.header or options.transport != "http"):
        raise click.UsageError("--header and --transport are for a remote server; a command takes --env.")
    return options


def _with_limits(options: Options) -> Options:
    """Add what is configured for this machine, this user and this folder; its servers are not started here."""
    places = places_of(None, os.environ, here())
    if not any(map(is_there, places.files)):
        return options
    from sekisho.cli.configuration import load, tell  # noqa: PLC0415 - most often there is no file at all

    with trouble_is_usage():
        loaded = load(places)
        tell(loaded)
        return replace(options, configuration=replace(loaded.configuration, servers=()))


def _of_entry(options: Options, config: str | None) -> Options:
    if options != _NOTHING:
        raise click.UsageError("--entry names a server of a configuration; only --config F may stand beside it.")
    return replace(_NOTHING, config=config)


def _of_several(options: Options, config: str) -> Options:
    if options != _NOTHING:
        raise click.UsageError("--config names the servers and what belongs to them; leave the other options out.")
    from sekisho.cli.configuration import load_servers, tell  # noqa: PLC0415 - one server alone starts without it

    with trouble_is_usage():
        places = places_of(config, os.environ, here())
        loaded = load_servers(places)
        tell(loaded)
        return replace(_NOTHING, configuration=loaded.configuration, places=places)


def make_target(options: Options) -> Launch | Remote:
    """Return what the options name. A remote one needs a running event loop.

    Raises:
        LaunchError: the command can't be started like this.
        AddressError: the URL or a header can't be used.
    """
    return launch_of(options) if options.url is None else remote_of(options.url, options.header, options.transport)


def launch_of(options: Options) -> Launch:
    """Return how the server is started."""
    made = environment(os.environ, options.env, inheritance=Inheritance.BARE)
    cwd = Path(options.cwd).expanduser().absolute() if options.cwd else Path.cwd()
    return Launch(argv=options.command, cwd=str(cwd), env=made.variables)


def launch_of_entry(entry: ServerEntry, inherited: Mapping[str, str], folder: str | None = None) -> Launch:
    """Return how a server of a configuration is started: it gets the allow-list and what it declares, no more.

    Args:
        entry: the server.
        inherited: the environment of whoever asked for it.
        folder: where a server runs that names no folder; else where this process does.
    """
    declared = [*entry.pass_env, *(f"{name}={value}" for name, value in entry.env.items())]
    made = environment(inherited, declared, inheritance=Inheritance.CONFIGURED)
    here = Path(folder) if folder is not None else Path.cwd()
    cwd = here / Path(entry.cwd).expanduser() if entry.cwd else here
    return Launch(argv=entry.command, cwd=str(cwd), env=made.variables)


def remote_of(
    url: str,
    headers: Sequence[str],
    transport: Literal["http", "sse"] = "http",
    environ: Mapping[str, str] = os.environ,
) -> Remote:
    """Return how the server is reached; `environ` names proxies."""
    from sekisho.gateway.endpoint import AddressError, Endpoint  # noqa: PLC0415 - only remote servers need it
    from sekisho.gateway.pool import Pool, PoolLimits, proxy_for  # noqa: PLC0415 - as above
    from sekisho.gateway.remote import Remote  # noqa: PLC0415 - as above

    endpoint = Endpoint.parse(url)
    pairs: list[tuple[bytes, bytes]] = []
    for header in headers:
        name, colon, value = header.partition(":")
        if not colon or not name.strip() or not header.isascii():
            raise AddressError("A --header is written 'Name: value', in ASCII")
        pairs.append((name.strip().lower().encode(), value.strip().encode()))
    pool = Pool(endpoint, limits=PoolLimits(connections=1024), proxy=proxy_for(endpoint, environ))
    return Remote(endpoint=endpoint, pool=pool, headers=tuple(pairs), transport=transport)
