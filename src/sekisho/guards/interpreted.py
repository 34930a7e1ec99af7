"""What an interpreter of another language is given: a file or a module of the project, or code.

Options are known by what they are not: an interpreter whose options are all harmless runs the file behind them, any
other option may hold code, load some or wait for it. One that is given no file at all runs its input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.guards.oneliner import only_computes, only_shows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["module", "runs_code"]


class _Options(NamedTuple):
    """Harmless options of an interpreter."""

    letters: str = ""
    """Those without a value, which may be put together."""

    valued: str = ""
    """Those with one, attached or next."""

    long: frozenset[str] = frozenset()
    """Long ones; their values are attached."""

    telling: frozenset[str] = frozenset()
    """Those that only tell something, whatever else there is."""

    modules: str = ""
    """The letter that names a module to run."""


_VERSION: Final = frozenset({"--version", "--help", "-v", "-V", "-h"})
_PYTHON: Final = _Options("bBdEhIOPqRsSuvVx?", "WX", telling=_VERSION, modules="m")
_NODE: Final = _Options(
    "c", "C",
    frozenset({
        "--check", "--enable-source-maps", "--env-file", "--env-file-if-exists", "--experimental-strip-types",
        "--experimental-vm-modules", "--expose-gc", "--inspect", "--max-old-space-size", "--no-deprecation",
        "--no-warnings", "--noEmit", "--run", "--test", "--test-name-pattern", "--test-only", "--test-reporter",
        "--trace-deprecation", "--trace-warnings", "--transpile-only", "--watch", "--watch-path", "--tsconfig", "-T",
    }),
    _VERSION,
)  # fmt: skip
_PERL: Final = _Options("ctTuUvVwWX", "I", telling=_VERSION)
_RUBY: Final = _Options("cvwW0123456789", "I", frozenset({"--yjit", "--enable", "--disable"}), _VERSION)
_PHP: Final = _Options("lnqsw", "fSt", telling=_VERSION | {"-i", "-m", "--ini", "--rf", "--ri"})
_FAMILIES: Final[Mapping[str, _Options]] = {
    **dict.fromkeys(("py", "python", "python2", "python3"), _PYTHON),
    **{f"python3.{minor}": _PYTHON for minor in range(10, 15)},
    **dict.fromkeys(("node", "ts-node", "tsx"), _NODE),
    "perl": _PERL,
    "ruby": _RUBY,
    "php": _PHP,
    "lua": _Options("vW", telling=_VERSION),
}
_EVALUATING: Final = frozenset({"-e", "-p", "--eval", "--print"})
_TESTING: Final = frozenset({"--test", "--run", "-S"})
"""Options with which no file is needed."""

_CODE: Final = frozenset({"code", "idlelib", "IPython", "pdb", "timeit", "ipdb", "doctest"})
"""Modules that run what they are given."""

_INPUT: Final = ("<(", "/dev/stdin", "/dev/fd/", "/proc/self/fd/", "http:", "https:", "data:")
_COMMANDS: Final[Mapping[str, frozenset[str]]] = {
    "deno": frozenset({"eval", "repl", "-", "install", "jupyter"}),
    "bun": frozenset({"-e", "--eval", "-p", "--print", "-r", "--preload", "--import", "repl", "-"}),
}
_REMOTE: Final = ("http:", "https:", "npm:", "jsr:", "data:")


def runs_code(plain: str, texts: Sequence[str]) -> bool | None:
    """Say whether an interpreter is given code, or nothing but its input; None where its options are not known.

    Args:
        plain: its name.
        texts: its words.
    """
    if plain in _COMMANDS:
        given = any(text.partition("=")[0] in _COMMANDS[plain] for text in texts)
        return given or not texts or any(text.startswith(_REMOTE) for text in texts)
    options = _FAMILIES.get(plain)
    if options is None:
        return None
    if len(texts) > 1 and options is _PYTHON and texts[0] == "-c":
        return not only_computes(texts[1])
    if plain == "node" and texts[:1] and texts[0] in _EVALUATING and not texts[2:]:
        return not only_shows("".join(texts[1:]))
    return _given(options, texts)


def module(texts: Sequence[str]) -> int | None:
    """Return the place behind `-m`, where Python is given a module's name as a word; None where it is not."""
    at = next((at for at, text in enumerate(texts) if not text.startswith("-") or text == "-m"), None)
    return at + 1 if at is not None and texts[at] == "-m" and at + 1 < len(texts) else None


def _given(options: _Options, texts: Sequence[str]) -> bool:
    at, needed = 0, True
    while at < len(texts):
        text = texts[at]
        if text in options.telling:
            return False
        if text == "--" or not text.startswith("-"):
            file = texts[at + 1 : at + 2] if text == "--" else [text]
            return not file or file[0].startswith(_INPUT)
        needed = needed and text not in _TESTING
        if text == "-":
            return True
        if options.modules and text[1] == options.modules:
            return (text[2:] or "".join(texts[at + 1 : at + 2])).partition(".")[0] in {*_CODE, ""}
        step = _step(options, text)
        if not step:
            return True
        at += step
    return needed


def _step(options: _Options, text: str) -> int:
    """Return how many words a harmless option takes; 0 for any other."""
    if text.partition("=")[0] in options.long:
        return 1
    if text.startswith("--"):
        return 0
    for at, letter in enumerate(text[1:], 2):
        if letter in options.valued:
            return 2 if at == len(text) else 1
        if letter not in options.letters:
            return 0
    return 1
