"""Variables that make a program load code before its own: they and what they name, as digests, never as values."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import orjson

from sekisho.gateway.behind.facts import OWN, shown
from sekisho.gateway.behind.tree import TooManyError
from sekisho.gateway.environment import is_loader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.gateway.behind.facts import Facts

__all__ = ["load"]

_BETWEEN: Final = re.compile(r"[\s:;,=@\"']+")
_MOST: Final = 64
"""Words of one value that may name something."""

_SKIPPED: Final = OWN - {"node_modules", "site-packages"}


def load(facts: Facts, variables: Mapping[str, str], cwd: str) -> None:
    """Take in the variables that make programs load code."""
    for name, value in variables.items():
        if is_loader(name):
            said = value.encode(errors="surrogateescape")
            named = [_named(facts, os.path.join(cwd, word)) for word in _words(value)]  # noqa: PTH118 - as a program would
            known = orjson.dumps([sha256(said).hexdigest(), *(each for each in named if each)])
            facts.variables[shown(name)] = sha256(known).hexdigest()


def _words(value: str) -> list[str]:
    return list(dict.fromkeys(word for word in _BETWEEN.split(value) if "/" in word or "." in word))[:_MOST]


def _named(facts: Facts, path: str) -> str:
    """Return the digest of a file or a folder; empty where there is none."""
    if os.path.isfile(path):  # noqa: PTH113 - one system call
        return facts.digests.file(path)
    if not os.path.isdir(path):  # noqa: PTH112 - as above
        return ""
    try:
        found = facts.entries(path, _SKIPPED)
    except TooManyError:
        facts.unread.add(shown(path))
        return ""
    return str(facts.digests.folder(path, found, lambda: facts.digests.of(path, found), kind="variable"))
