r"""The paths that one reading of a value may mean.

Some steps of reading are about paths only: a backslash as a separator, path parameters (`..;/`), spaces and dots that
Windows drops. Then `file:` URIs, `~`, variables and lists are spelled out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["backslashes", "meanings", "parameters", "spaces"]

_SCHEME: Final = re.compile(r"[ \t]*(?:url:)*([A-Za-z][A-Za-z0-9+._-]+):")
_FILE: Final = re.compile(r"(?:url:|view-source:|jar:)*\s*(?:file|local_file|netdoc):", re.IGNORECASE)
_HERE: Final = frozenset({"", "localhost", "localhost.", "127.0.0.1"})
_VARIABLE: Final = re.compile(
    r"\$\{?(?:env:)?([A-Z][A-Z0-9_]{2,})\b[^/]*\}?|%([A-Za-z][A-Za-z0-9_()]{1,})%|\$env:([A-Za-z]\w+)"
    r"|\$\([^)/]*\)(?=/|$)|`[^`/]*`(?=/|$)"
)
_HOME_NAMES: Final = frozenset({"HOME", "USERPROFILE"})
_USER: Final = re.compile(r"~([a-z_][a-z0-9_.-]*|[+-]|[0-9]+)?(?:/|$)")
_PIECES: Final = re.compile(r"[{,;\n\r\t] {0,8}(?=\.\.?(?:/|$)|/|~|[A-Za-z]:/|file:)")
_PARAMETER: Final = re.compile(r"(?<=\.);[^/]*")
_DOTS: Final = re.compile(r"(^|/|[{,;] {0,8})\.\.(?=[. ]* )[. ]+(?=/|$)")
_SPACES: Final = re.compile(r"(?<=[^/. {,;])[. ]+(?=/|$)")
_OUTER: Final = " '\""


def backslashes(text: str) -> str:
    """Take backslashes for separators."""
    return text.replace("\\", "/")


def parameters(text: str) -> str:
    """Drop path parameters behind dots, as servlet containers do: `..;x/` is `../`."""
    return _PARAMETER.sub("", text) if ";" in text else text


def spaces(text: str) -> str:
    """Drop what Windows drops at the end of a name, and what models and shells leave around one."""
    return _SPACES.sub("", _DOTS.sub(r"\1..", text.strip(_OUTER)))


def meanings(text: str, home: str | None) -> Iterator[str | None]:
    """Yield every path that a reading may mean; None for one that leaves this machine."""
    yield from _piece(text, home)
    first, *others = _PIECES.split(text)
    if others:
        for piece in (first, *others):
            yield from _piece(piece, home)


def _piece(text: str, home: str | None) -> Iterator[str | None]:
    yield from _long_form(text)
    if found := _FILE.match(text):
        yield from _file(text[found.end() :])
        return
    if found := _SCHEME.match(text):
        rest = text[found.end() :]
        if found[1].casefold() in places().schemes:
            yield None
        yield rest.lstrip("/")
        if rest.startswith("//"):
            return
    yield text
    yield from _expanded(text, home)


def _long_form(text: str) -> Iterator[None]:
    r"""Report `\\server\share`, `\\?\` and `\\.\` as they are written; with slashes they are local on most systems."""
    if text.startswith(("\\\\", "\\??\\", "//?/", "//./")):
        yield None


def _file(rest: str) -> Iterator[str | None]:
    """Yield the paths of a `file:` URI, with its query and without."""
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if host.casefold() not in _HERE:
            drive = host[:1].isalpha() and host[1:] in {":", "|"}
            yield f"{host[0]}:{slash}{path}" if drive else None
            return
        rest = f"{slash}{path}"
    yield from dict.fromkeys(_drive(form) for form in (rest, re.split(r"[?#]", rest, maxsplit=1)[0]))


def _drive(path: str) -> str:
    """Take `/C:/x` and `/C|/x` for what they mean on Windows; elsewhere they are below a root in no case."""
    found = re.match(r"/*([A-Za-z])[:|](?=/|$)", path)
    return f"{found[1]}:{path[found.end() :]}" if found else f"/{path.lstrip('/')}"


def _expanded(text: str, home: str | None) -> Iterator[str]:
    """Yield what `~` and variables at the beginning stand for. One that is not known leads out of every root."""
    user = _USER.match(text)
    if user:
        rest = text[user.end() :]
        own = user[1] is None or (home is not None and user[1] == home.rstrip("/").rpartition("/")[2])
        yield f"{home}/{rest}" if own and home else f"/home/{user[1] or 'user'}/{rest}"
    variable = _VARIABLE.match(text)
    if variable:
        rest = text[variable.end() :].lstrip("/")
        name = (variable[1] or variable[2] or variable[3] or "").upper()
        yield f"{home}/{rest}" if name in _HOME_NAMES and home else f"/{name or 'variable'}/{rest}"
