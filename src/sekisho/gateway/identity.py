"""What a server is called in policy and audit, taken from how it is started, never from what it says of itself."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.gateway.endpoint import Endpoint

__all__ = ["of_command", "of_url"]

_INDEXES: Final = frozenset(
    {"--index", "--default-index", "-i", "--index-url", "--extra-index-url", "-f", "--find-links"}
)

_RUNNERS: Final[Mapping[str, frozenset[str]]] = {
    "npx": frozenset({"-p", "--package", "-c", "--call", "-w", "--workspace", "--registry", "--userconfig", "--cache"}),
    "bunx": frozenset({"-p", "--package"}),
    "uvx": frozenset({"--from", "--with", "--with-editable", "-w", "--with-requirements", "-p", "--python"})
    | frozenset({"--env-file", "--directory", "--project", "--cache-dir", "--config-file"})
    | _INDEXES,
    "pipx": frozenset({"--spec", "--python", "--with", "--pip-args", "-i", "--index-url"}),
    "node": frozenset({"-r", "--require", "--import", "--loader", "-C", "--conditions"}),
    "deno": frozenset({"--config", "-c"}),
    "python": frozenset({"-W", "-X"}),
    "uv": frozenset({"--directory", "--project", "--with", "--with-editable", "-w", "--with-requirements", "-p"})
    | frozenset({"--python", "--env-file", "--extra", "--group", "--package", "--from", "--cache-dir", "--config-file"})
    | _INDEXES,
    "docker": frozenset({"-e", "--env", "-v", "--volume", "--mount", "--name", "--network", "-p", "--env-file"})
    | frozenset(
        {"-l", "--label", "--label-file", "-w", "--workdir", "-u", "--user", "-h", "--hostname", "--entrypoint"}
    )
    | frozenset({"--net", "--network-alias", "--publish", "--add-host", "--dns", "--platform", "--pull", "--device"})
    | frozenset({"-m", "--memory", "--cpus", "-c", "--pids-limit", "--shm-size", "--ulimit", "--gpus", "--tmpfs"})
    | frozenset({"--cap-add", "--cap-drop", "--security-opt", "--ipc", "--pid", "--userns", "--group-add", "--runtime"})
    | frozenset({"--restart", "--log-driver", "--log-opt", "--cidfile", "--annotation", "--context", "-H", "--host"}),
}
"""Programs that run another one, with those of their options that take a value."""

_VERBS: Final[Mapping[str, frozenset[str]]] = {
    "pipx": frozenset({"run"}),
    "deno": frozenset({"run"}),
    "uv": frozenset({"run", "tool", "x"}),
    "docker": frozenset({"container", "exec", "run"}),
}
"""Words that stand before what is run."""

_PYTHON_CODE: Final = re.compile(r"-[^WXmc-]*([mc])(.*)", re.DOTALL)
_NODE_CODE: Final = re.compile(r"(-e|--eval|-p|--print|-pe)(?:=.*)?", re.DOTALL)


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
    verbs = _VERBS.get(family, frozenset())
    words = iter(arguments)
    for word in words:
        code = _code(word, words, family)
        if code is not None:
            return code
        if word.startswith("-"):
            if _takes_value(word, _RUNNERS[family]):
                next(words, None)
        elif word not in verbs:
            return _without_secrets(word)
    return None


def _code(word: str, following: Iterator[str], family: str) -> str | None:
    """Return how a module is named, or that the program itself is an argument, which is not shown."""
    match family:
        case "python":
            found = _PYTHON_CODE.fullmatch(word)
            if found is None:
                return None
            return "-c" if found[1] == "c" else f"-m {found[2] or next(following, '')}".rstrip()
        case "node":
            found = _NODE_CODE.fullmatch(word)
            return None if found is None else found[1]
        case _:
            return None


def _takes_value(option: str, known: frozenset[str]) -> bool:
    """Whether the next argument belongs to this option; short ones may be written together (`-ie NAME=value`)."""
    letters = option[1:]
    if option in known or not letters.isalpha():
        return option in known
    return f"-{letters[0]}" not in known and f"-{letters[-1]}" in known


def _without_secrets(package: str) -> str:
    """Take user name, password and query out of a package that is a URL."""
    scheme, found, rest = package.partition("://")
    if not found:
        return package
    authority, slash, path = rest.partition("?")[0].partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"
