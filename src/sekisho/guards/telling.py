"""Commands that send all there is of a kind: the environment, where keys are, or the history of a shell.

What they send is what a program prints through a pipe, or in a substitution; to which machine makes no difference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import called, plain_name

if TYPE_CHECKING:
    from sekisho.guards.script import Program, Script

__all__ = ["sends_all"]

_SENDING: Final = frozenset({
    "curl", "dig", "ftp", "host", "http", "https", "mail", "mailx", "nc", "ncat", "netcat", "nslookup", "openssl",
    "ping", "scp", "sendmail", "socat", "ssh", "telnet", "wget", "xh",
})  # fmt: skip
_ALL: Final = frozenset({"declare", "env", "export", "history", "printenv", "set", "typeset"})
"""They print all variables or commands, where they are given no word."""

_SUBSTITUTED: Final = re.compile(
    r"(?:\$\(|`)\s{0,8}(?:declare|env|export|history|printenv|set|typeset)\b(?:\s{1,8}-[A-Za-z0-9]{1,8}){0,4}\s{0,8}(?=[)`|;&])"
)


def sends_all(script: Script) -> bool:
    """Say whether a program that sends is given the whole environment, or the history."""
    programs = script.programs
    if _SENDING.isdisjoint(called(script)):
        return False
    for at, program in enumerate(programs):
        if plain_name(program.name.text) not in _SENDING:
            continue
        if any(_SUBSTITUTED.search(word.text) for word in program.words if not word.literal):
            return True
        if any(map(_tells_all, programs[max(0, at - len(program.fed)) : at])):
            return True
    return False


def _tells_all(program: Program) -> bool:
    """Say whether a program prints all that there is: a word would choose, set or start something."""
    plain = plain_name(program.name.text)
    return plain in _ALL and all(word.text.startswith("-") for word in program.words)
