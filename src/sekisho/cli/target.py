"""The options that name a server, the same for `run` and `serve`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import click

from sekisho.gateway.environment import Inheritance, environment
from sekisho.gateway.launch import Launch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.gateway.remote import Remote

__all__ = ["Options", "launch_of", "make_target", "remote_of", "target_options"]

_R = TypeVar("_R")
_ALIAS: Final = re.compile(r"[a-z][a-z0-9-]{0,23}")


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


def _alias(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001 - click's signature
    """Take an alias as the policy knows it: short, plain, and not ours."""
    if value is not None and (not _ALIAS.fullmatch(value) or value == "sekisho"):
        raise click.BadParameter("take a lower-case letter, then up to 23 of a-z, 0-9 and '-'; 'sekisho' is ours")
    return value


def target_options(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add the options that name a server; the command gets them as one `Options`."""

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
        url: str | None,
        env: tuple[str, ...],
        header: tuple[str, ...],
        transport: Literal["http", "sse"],
        cwd: str | None,
        name: str | None,
        command: tuple[str, ...],
        **more: object,
    ) -> _R:
        if (url is None) == (not command):
            raise click.UsageError("Name one server: either -- CMD ARGS..., or --url URL.")
        if url is not None and (env or cwd):
            raise click.UsageError("--env and --cwd are for a command; a remote server takes --header.")
        if url is None and (header or transport != "http"):
            raise click.UsageError("--header and --transport are for a remote server; a command takes --env.")
        options = Options(url=url, command=command, env=env, header=header, transport=transport, cwd=cwd, name=name)
        return wrapped(*args, options=options, **more)

    wrapped = command
    return taking


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


def remote_of(url: str, headers: Sequence[str], transport: Literal["http", "sse"] = "http") -> Remote:
    """Return how the server is reached."""
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
    pool = Pool(endpoint, limits=PoolLimits(connections=1024), proxy=proxy_for(endpoint, os.environ))
    return Remote(endpoint=endpoint, pool=pool, headers=tuple(pairs), transport=transport)
