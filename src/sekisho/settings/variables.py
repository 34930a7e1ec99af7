"""The variables that a server is started with, wherever the entry sets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.settings.launch import launches
from sekisho.settings.node import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["variables"]

_SETTING: Final = re.compile(r"(?:(?:--env|-e|--build-arg|--setenv)=?)?([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_LISTED: Final = re.compile(r"[0-9]+|env|envs|environment")


def variables(entry: Entry) -> Iterator[Text]:
    """Yield each variable once: `key` is its name, the text its value.

    From the entry's own table (or its list of `NAME=value`), from assignments in front of a program, and from
    words of the form `NAME=value` or `-eNAME=value` on the command line, as `env` and `docker run -e` take them.
    """
    for variable in entry.env:
        found = _SETTING.fullmatch(variable.text) if _LISTED.fullmatch(variable.key) else None
        yield variable if found is None else Text(found[2], variable.pointer, found[1])
    seen: set[tuple[str, str, str]] = set()
    for launch in launches(entry):
        set_here = (*launch.env, *(set_ for word in launch.args if (set_ := _setting(word)) is not None))
        for variable in set_here:
            key = (variable.pointer, variable.key, variable.text)
            if key not in seen:
                seen.add(key)
                yield variable


def _setting(word: Text) -> Text | None:
    found = _SETTING.fullmatch(word.text)
    return None if found is None else Text(found[2], word.pointer, found[1])
