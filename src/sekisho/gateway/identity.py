"""What a server is called in policy and audit, taken from how it is started, never from what it says of itself."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.gateway.endpoint import Endpoint

__all__ = ["formerly", "of_command", "of_url"]

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

    Arguments behind the package are left out: they hold roots and secrets. What a shell, a wrapper (`env A=b`) or
    `uv run` starts is told too, or two servers behind the same one would have one name.
    """
    folder = _folder(argv)
    return f"{' '.join(_parts(argv))} @ {posixpath.join(cwd, folder) if folder else cwd}"


def _folder(argv: Sequence[str]) -> str:
    """Return the folder into which uv goes before it runs anything; empty for none."""
    if _named(argv[0])[0] not in {"uv", "uvx"}:
        return ""
    words = iter(argv[1:])
    for word in words:
        option, joined, value = word.partition("=")
        if option == "--directory":
            return value if joined else next(words, "")
        if not option.startswith("-") and option not in _VERBS["uv"]:
            return ""
        if not joined and option in _RUNNERS["uv"]:
            next(words, "")
    return ""


def formerly(argv: Sequence[str], cwd: str) -> str:
    """Return the identity that versions before 0.2 gave a command, under which its pins may be kept."""
    program, family = _named(argv[0])
    package = _package(argv[1:], family)[:1] if family in _RUNNERS else []
    return f"{' '.join([program, *package])} @ {cwd}"


def _named(word: str) -> tuple[str, str]:
    program = PurePath(word).name.lower().removesuffix(".exe")
    return program, "python" if program.startswith("python") else program


def _parts(argv: Sequence[str]) -> list[str]:
    program, family = _named(argv[0])
    if family in _RUNNERS:
        return [program, *_package(argv[1:], family)]
    from sekisho.gateway.code import entry_of  # noqa: PLC0415 - most servers have a runner or a program of their own
    from sekisho.settings.launch import POSIX_SHELLS, launches  # noqa: PLC0415 - as above

    found = [[each.word.text, *(arg.text for arg in each.args)] for each in launches(entry_of(argv))]
    if len(found) > 1:
        return [program, *_parts(found[-1])]
    script = next((word for word in argv[1:] if not word.startswith("-")), "") if program in POSIX_SHELLS else ""
    return [program, script] if script else [program]


def of_url(endpoint: Endpoint) -> str:
    """Return the identity of a remote server: its origin and path, without a query, which may hold a secret."""
    return endpoint.origin + endpoint.target.partition("?")[0]


def _package(arguments: Sequence[str], family: str) -> list[str]:
    """Return the first argument that names what is run, and what that runs where it is a runner itself."""
    verbs = _VERBS.get(family, frozenset())
    words = iter(arguments)
    runs = False
    for word in words:
        code = _code(word, words, family)
        if code is not None:
            return [code]
        if word.startswith("-"):
            if _takes_value(word, _RUNNERS[family]):
                next(words, None)
        elif word in verbs and not runs:
            runs = family == "uv" and word == "run"
        else:
            inner = _named(word)[1]
            return [_without_secrets(word), *(_package([*words], inner) if runs and inner in _RUNNERS else [])]
    return []


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
