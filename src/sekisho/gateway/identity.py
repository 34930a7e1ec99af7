"""What a server is called in policy and audit, taken from how it is started, never from what it says of itself."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.gateway.endpoint import Endpoint

__all__ = ["of_command", "of_url"]

_RUNNERS: Final[Mapping[str, frozenset[str]]] = {
    "npx": frozenset({"-p", "--package", "-c", "--call"}),
    "bunx": frozenset(),
    "uvx": frozenset({"--from", "--with", "-p", "--python"}),
    "pipx": frozenset({"--spec", "--python"}),
    "node": frozenset({"-r", "--require", "--import", "--loader"}),
    "deno": frozenset({"--config", "-c"}),
    "python": frozenset({"-W", "-X"}),
    "uv": frozenset({"--directory", "--project", "--with", "-p", "--python"}),
    "docker": frozenset({"-e", "--env", "-v", "--volume", "--mount", "--name", "--network", "-p", "--env-file"}),
}
"""Programs that run another one, with those of their options that take a value."""

_VERBS: Final = frozenset({"run", "tool", "exec", "x", "dlx"})


def of_command(argv: Sequence[str], cwd: str) -> str:
    """Return the identity of a command: program, package or script, and working directory.

    Arguments behind the package are left out: they hold roots and secrets.
    """
    program = PurePath(argv[0]).name.lower().removesuffix(".exe")
    family = "python" if program.startswith("python") else program
    package = _package(argv[1:], family) if family in _RUNNERS else None
    what = program if package is None else f"{program} {package}"
    return f"{what} @ {cwd}"


def of_url(endpoint: Endpoint) -> str:
    """Return the identity of a remote server: its origin and path, without a query, which may hold a secret."""
    return endpoint.origin + endpoint.target.partition("?")[0]


def _package(arguments: Sequence[str], family: str) -> str | None:
    """Return the first argument that names what is run."""
    takes_value = _RUNNERS[family]
    skip = False
    for place, argument in enumerate(arguments):
        if skip:
            skip = False
        elif family == "python" and argument in ("-m", "-c"):
            following = arguments[place + 1 : place + 2]
            return f"-m {following[0]}" if argument == "-m" and following else argument
        elif argument.startswith("-"):
            skip = argument in takes_value
        elif argument not in _VERBS:
            return argument
    return None
