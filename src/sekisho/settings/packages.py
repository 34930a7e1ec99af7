"""Which packages and images a launch fetches and runs, and how exactly it names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sekisho.settings.launch import launches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.settings.entry import Entry
    from sekisho.settings.launch import Launch
    from sekisho.settings.node import Text

__all__ = ["Ecosystem", "Origin", "Package", "packages"]


class Ecosystem(StrEnum):
    """Who serves it."""

    NPM = "npm"
    PYPI = "pypi"
    IMAGE = "image"
    OTHER = "other"
    """Deno, JSR, Go, NuGet."""


class Origin(StrEnum):
    """What the words name."""

    REGISTRY = "registry"
    GIT = "git"
    """A repository, perhaps with a commit."""
    URL = "url"
    """A file somewhere on the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Something that is fetched and run."""

    ecosystem: Ecosystem
    """Who serves it."""

    origin: Origin
    """What the words name."""

    name: str
    """The package, image, repository or address."""

    version: str
    """As written; empty where there is none."""

    exact: bool
    """The words name one set of bytes: a full version, a digest, a commit."""

    word: Text
    """Where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Runner:
    """How a program names what it fetches."""

    ecosystem: Ecosystem
    named: frozenset[str] = frozenset()
    """Options whose value is the package; then the first plain word is only a command."""
    added: frozenset[str] = frozenset()
    """Options whose value is a package beside it."""
    plain: bool = True
    """The first plain word is a package, unless an option named it."""
    valued: re.Pattern[str] = re.compile(r"(?!)")
    """Other options that take the next word."""


_NPM: Final = _Runner(
    ecosystem=Ecosystem.NPM,
    named=frozenset({"-p", "--package"}),
    valued=re.compile(r"-c|--call|--registry|-w|--workspace|--prefix|--cache|--userconfig"),
)
_UV_VALUED: Final = re.compile(
    r"-p|--python|--index|--index-url|--extra-index-url|--default-index|-i|--env-file|--directory|--project|-w|"
    r"--with-requirements|--with-editable|--cache-dir|--config-file|--index-strategy|--prerelease|--resolution|"
    r"--exclude-newer|--link-mode|-P|-C|--find-links|-f"
)
_UV: Final = _Runner(
    ecosystem=Ecosystem.PYPI,
    named=frozenset({"--from"}),
    added=frozenset({"--with"}),
    valued=_UV_VALUED,
)
_UV_RUN: Final = replace(_UV, named=frozenset[str](), plain=False)
_PIPX: Final = _Runner(
    ecosystem=Ecosystem.PYPI,
    named=frozenset({"--spec"}),
    added=frozenset({"--with"}),
    valued=re.compile(r"--python|--pip-args|-i|--index-url|--suffix|--backend"),
)
_OTHER: Final = _Runner(ecosystem=Ecosystem.OTHER)

_RUNNERS: Final[Mapping[tuple[str, ...], _Runner]] = {
    ("npx",): _NPM,
    ("pnpx",): _NPM,
    ("bunx",): _NPM,
    ("npm", "exec"): _NPM,
    ("npm", "x"): _NPM,
    ("pnpm", "dlx"): _NPM,
    ("pnpm", "exec"): _NPM,
    ("yarn", "dlx"): _NPM,
    ("bun", "x"): _NPM,
    ("uvx",): _UV,
    ("uv", "tool", "run"): _UV,
    ("uv", "x"): _UV,
    ("uv", "run"): _UV_RUN,
    ("pipx", "run"): _PIPX,
    ("deno", "run"): _OTHER,
    ("go", "run"): _OTHER,
    ("dnx",): _OTHER,
}

_ENGINES: Final = frozenset({"docker", "podman", "nerdctl", "finch"})
_ENGINE_FLAGS: Final = re.compile(
    r"-i|-t|-d|-it|-ti|-di|-id|-dit|-P|--rm|--interactive|--tty|--detach|--init|--privileged|--read-only|"
    r"--no-healthcheck|--oom-kill-disable|--publish-all|--quiet|-q|--sig-proxy|--use-api-socket"
)
"""Options of `docker run` without a value; all others take one."""

_SHORT_VALUE: Final = re.compile(r"-[A-Za-z].")
"""A short option with its value in the same word: `-eA=b`."""

_EXACT_NPM: Final = re.compile(r"[=v]?[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?")
_EXACT_PYPI: Final = re.compile(
    r"(?:===?)?\s*v?[0-9]+(?:![0-9]+)?(?:\.[0-9]+)+(?:[-._]?[A-Za-z]{1,12}[-._]?[0-9]{0,12}){0,3}(?:\+\S+)?"
)
_PYPI: Final = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*(?:@\s*(?P<at>\S+)|(?P<spec>[=<>!~].*))?"
)
_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_GIT: Final = re.compile(
    r"(?:git\+|git:|ssh://git@|git@|github:|gitlab:|bitbucket:|gist:)|https?://\S+\.git(?:[#@]|\Z)"
)
_URL: Final = re.compile(r"https?://", re.IGNORECASE)
_SHORT_GIT: Final = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+(?:#.*)?")
_LOCAL: Final = re.compile(r"\.{1,2}(?:[\\/]|\Z)|[\\/~$]|[A-Za-z]:[\\/]|file:|workspace:|link:")


def packages(entry: Entry) -> Iterator[Package]:
    """Yield what an entry's launches fetch and run. Paths on this machine are none."""
    for launch in launches(entry):
        if launch.program in _ENGINES:
            yield from _images(launch)
            continue
        for words, runner in _RUNNERS.items():
            given = tuple(arg.text for arg in launch.args[: len(words) - 1])
            if (launch.program, *given) == words:
                yield from _fetched(launch.args[len(words) - 1 :], runner)


def _fetched(args: Sequence[Text], runner: _Runner) -> Iterator[Package]:
    named = False
    at = 0
    while at < len(args):
        option, joined, value = args[at].text.partition("=")
        if not option.startswith("-") or option == "-":
            if runner.plain and not named:
                yield from _package(args[at], args[at].text, runner.ecosystem)
            return
        if option == "--":
            at += 1
            continue
        takes = option in runner.named or option in runner.added
        if takes and not joined and at + 1 < len(args):
            at += 1
            value = args[at].text
        elif runner.valued.fullmatch(option) and not joined:
            at += 1
        if takes:
            named = named or option in runner.named
            yield from _package(args[at], value, runner.ecosystem)
        at += 1


def _package(word: Text, text: str, ecosystem: Ecosystem) -> Iterator[Package]:
    text = text.strip()
    if not text or _LOCAL.match(text):
        return
    # PEP 508: `name @ git+https://…`, npm: `name@git+https://…`.
    address = re.split(r"\s*@\s*(?=git\+|https?://|github:)", text, maxsplit=1)[-1]
    if _GIT.match(address):
        yield _repository(word, address, ecosystem)
    elif _URL.match(address):
        yield Package(ecosystem=ecosystem, origin=Origin.URL, name=address, version="", exact=False, word=word)
    elif ecosystem is Ecosystem.PYPI:
        yield _from_pypi(word, text)
    elif ecosystem is Ecosystem.NPM and _SHORT_GIT.fullmatch(text):
        yield _repository(word, text, ecosystem)
    else:
        name, version = _at(text.removeprefix("npm:").removeprefix("jsr:"))
        if ecosystem is Ecosystem.NPM or "@" in text or text.startswith(("npm:", "jsr:")):
            kind = Ecosystem.NPM if text.startswith("npm:") else ecosystem
            exact = _EXACT_NPM.fullmatch(version) is not None
            yield Package(ecosystem=kind, origin=Origin.REGISTRY, name=name, version=version, exact=exact, word=word)


def _repository(word: Text, address: str, ecosystem: Ecosystem) -> Package:
    path, _, rest = address.partition("#")
    head, _, at = path.rpartition("@")
    named, version = (head, at) if head and "/" not in at else (path, rest.partition("&")[0])
    exact = _COMMIT.fullmatch(version) is not None
    return Package(ecosystem=ecosystem, origin=Origin.GIT, name=named, version=version, exact=exact, word=word)


def _at(text: str) -> tuple[str, str]:
    """Cut `@scope/name@version`."""
    at = text.find("@", 1)
    return (text, "") if at < 0 else (text[:at], text[at + 1 :].partition("/")[0])


def _from_pypi(word: Text, text: str) -> Package:
    found = _PYPI.fullmatch(text)
    name, version = (found["name"], found["at"] or found["spec"] or "") if found else (text, "")
    exact = _EXACT_PYPI.fullmatch(version) is not None
    return Package(ecosystem=Ecosystem.PYPI, origin=Origin.REGISTRY, name=name, version=version, exact=exact, word=word)


def _images(launch: Launch) -> Iterator[Package]:
    args = [arg.text for arg in launch.args]
    if "run" not in args[:3]:
        return
    at = args.index("run") + 1
    while at < len(args) and args[at].startswith("-"):
        option, joined, _ = args[at].partition("=")
        flag = _ENGINE_FLAGS.fullmatch(option) is not None
        short_value = _SHORT_VALUE.match(option) is not None
        at += 1 if joined or flag or short_value else 2
    if at < len(args):
        yield _image(launch.args[at])


def _image(word: Text) -> Package:
    name, _, digest = word.text.partition("@")
    slash = name.rfind("/")
    tag = name.find(":", slash + 1)
    base, version = (name, "") if tag < 0 else (name[:tag], name[tag + 1 :])
    return Package(
        ecosystem=Ecosystem.IMAGE,
        origin=Origin.REGISTRY,
        name=base,
        version=digest or version,
        exact=digest.startswith("sha256:"),
        word=word,
    )
