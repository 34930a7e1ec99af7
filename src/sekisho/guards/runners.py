"""Where the program stands among the words of one that starts it by a subcommand: `npm exec`, `uv run`, `cmake -E env`.

A package that is fetched in order to be run has the name of its program, so it passes where that is known (`npx tsc`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.interpreted import module

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.guards.script import Word

__all__ = ["INSTALLERS", "PYTHONS", "RUNNERS", "fetches", "is_given_code", "started"]

_DIRECT: Final = frozenset({"bunx", "npx", "uvx"})
_BEHIND: Final[Mapping[str, frozenset[str]]] = {
    "npm": frozenset({"exec", "x"}),
    "pnpm": frozenset({"exec", "dlx"}),
    "yarn": frozenset({"exec", "dlx", "node"}),
    "bun": frozenset({"x"}),
    "uv": frozenset({"run"}),
    "poetry": frozenset({"run"}),
    "pdm": frozenset({"run"}),
    "hatch": frozenset({"run"}),
    "pipenv": frozenset({"run"}),
    "pipx": frozenset({"run"}),
    "mise": frozenset({"exec", "x"}),
    "conda": frozenset({"run"}),
    "bundle": frozenset({"exec"}),
    "composer": frozenset({"exec"}),
    "kubectl": frozenset({"exec"}),
}
PYTHONS: Final = frozenset({"py", "python", "python2", "python3"})
RUNNERS: Final = frozenset({*_DIRECT, *_BEHIND, *PYTHONS, "cmake", "cmd"})
"""They start another program."""

_TAKING: Final = frozenset({
    "--package", "-p", "--from", "--with", "--with-requirements", "--with-editable", "--python", "--group", "--extra",
    "--env-file", "--directory", "--project", "-n", "--name", "-C", "--prefix", "--filter", "-F", "-w", "--workspace",
    "--cwd", "--index", "--default-index",
})  # fmt: skip
"""Options that take the next word."""

_CALLS: Final = frozenset({"-c", "--call", "--shell-mode"})
_VERSION: Final = re.compile(r"(?<=.)@[\w.^~*-]+$")
_SCOPED: Final = {
    "@angular/cli": "ng",
    "@biomejs/biome": "biome",
    "@playwright/test": "playwright",
    "@tailwindcss/cli": "tailwindcss",
}
"""Packages that are called otherwise than their programs."""

_FILE: Final = re.compile(r".*\.(?:py|js|mjs|cjs|ts)")
INSTALLERS: Final = frozenset({
    "bun", "bundle", "bunx", "cargo", "conda", "deno", "gem", "helm", "kubectl", "npm", "npx", "pdm", "pip", "pip3",
    "pipenv", "pipx", "pnpm", "poetry", "uv", "uvx", "yarn",
})  # fmt: skip
"""They install packages."""

_ELSEWHERE: Final = re.compile(
    r"(?:[\w.\[\],-]+\s*@\s*)?(?:git\+|git://|git@|https?://|ssh://|github:|gitlab:|bitbucket:)|"
    r"--(?:git|from|with|package)=(?:git\+|https?:)"
)
_CONFIGURED: Final = frozenset({"npm", "pip", "pip3", "pnpm", "yarn"})


def started(plain: str, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield a program with its words, where one is started.

    Args:
        plain: what starts it, one of `RUNNERS`.
        words: all that it is given.
    """
    texts = [word.text for word in words]
    if plain in PYTHONS:
        at = module(texts)
        if at is not None and texts[at] == "pip":
            yield words[at:]
    elif plain == "cmake":
        if texts[:1] == ["-E"] and texts[1:2] and texts[1] in {"env", "time", "chdir"}:
            yield words[3 if texts[1] == "chdir" else 2 :]
    elif plain == "kubectl":
        if "exec" in texts and "--" in texts:
            yield words[texts.index("--") + 1 :]
    elif plain in _DIRECT:
        yield from _program(words)
    else:
        yield from _behind(plain, words, texts)


def _behind(plain: str, words: Sequence[Word], texts: Sequence[str]) -> Iterator[Sequence[Word]]:
    at = next((at for at, text in enumerate(texts) if text in _BEHIND.get(plain, ())), None)
    if plain == "uv" and texts[:1] == ["pip"]:
        yield words
    elif plain == "uv" and texts[:2] == ["tool", "run"]:
        yield from _program(words[2:])
    elif at is not None and all(text.startswith("-") for text in texts[:at]):
        if (plain, texts[at]) == ("yarn", "node"):
            yield words[at:]
        else:
            yield from _program(words[at + 1 :])


def _program(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield what stands behind options, by the name of a program; a script of the project is none."""
    at = _leading([word.text for word in words])
    if at < len(words) and not _FILE.fullmatch(words[at].text):
        name = words[at]
        plain = _VERSION.sub("", name.text)
        yield [name._replace(text=_SCOPED.get(plain, plain)), *words[at + 1 :]]


def _leading(texts: Sequence[str]) -> int:
    """Return how many words are options, and what these take."""
    at = 0
    while at < len(texts) and texts[at].startswith("-"):
        if texts[at] == "--":
            return at + 1
        at += 2 if texts[at] in _TAKING else 1
    return min(at, len(texts))


def is_given_code(plain: str, texts: Sequence[str]) -> bool:
    """Say whether a starter of packages is given a command line instead of a program: `npx -c 'a; b'`."""
    first = next((text for text in texts if not text.startswith("-")), "")
    if plain != "npx" and not (plain in {"npm", "pnpm"} and first in {"exec", "x"}):
        return False
    at = 0 if plain == "npx" else texts.index(first) + 1
    options = texts[at : at + _leading(texts[at:])]
    return any(text.partition("=")[0] in _CALLS or text.startswith("-c") for text in options)


def fetches(plain: str, texts: Sequence[str]) -> bool:
    """Say whether a program installs what stands at an address, or is told to do so from now on."""
    if plain in _CONFIGURED and texts[:2] and texts[0] in {"config", "c"} and texts[1:2] not in (["get"], ["list"]):
        return True
    # behind the program stand its own words: `npx lighthouse https://…`
    return any(_ELSEWHERE.match(text) for text in (texts[: _leading(texts) + 1] if plain in _DIRECT else texts))
