"""The file of `--token-file`: who may come in, and with which token."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.cli.screen import USAGE, complain
from sekisho.gateway.http_gate import Credential

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["read_tokens"]

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,23}")
_SHORTEST: Final = 16
"""96 bits as base64."""

_MOST: Final = 1000
_WORDS: Final = 2


def read_tokens(path: str, owner: str) -> tuple[Credential, ...]:
    """Read the credentials in a file: a token a line, with the name of its principal before it.

    A token without a name is the owner's. Empty lines and lines that begin with `#` are passed over.
    One principal may have several tokens, so that they can be changed without a gap; a token belongs to one.

    Raises:
        SystemExit: 2, after a message with the line, never with what stands in it.
    """
    try:
        lines = Path(path).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        _refuse(f"--token-file {path} can't be read: {error}")
    found: list[Credential] = []
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        where = f"--token-file {path}, line {number}"
        if len(words) > _WORDS:
            _refuse(f"{where}: write a name and a token, with one space between; a token has none")
        name, token = words if len(words) == _WORDS else (owner, words[0])
        if len(words) == _WORDS and not _NAME.fullmatch(name):
            _refuse(f"{where}: a name has a lower-case letter, then up to 23 of a-z, 0-9 and '-'")
        if len(token) < _SHORTEST or not token.isprintable():
            _refuse(f"{where}: the token has to be at least {_SHORTEST} printable characters without spaces")
        if any(token == other.token for other in found):
            _refuse(f"{where}: this token stands in the file already; give everybody one of their own")
        found.append(Credential(principal=name, token=token))
    if not 0 < len(found) <= _MOST:
        _refuse(f"--token-file {path} has to hold 1 to {_MOST} tokens, and has {len(found)}")
    return tuple(found)


def _refuse(text: str) -> NoReturn:
    complain(text)
    raise SystemExit(USAGE)
