"""Files that a command runs, and what it says of where they come from.

The project's own files may be run: `python x.py`, `bash scripts/test.sh`, `./scripts/build.sh`. Not so one that the
same command has fetched just now, and no file of commands that it has written: what is in it is told nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import called, commands, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sekisho.guards.script import Program, Script

__all__ = ["is_own_script", "runs_fetched", "runs_own_script", "runs_written"]

_OWN: Final = re.compile(
    r"(?:\./)?(?!te?mp/|downloads?/)(?:[a-z0-9_][\w-]*/){1,8}[\w-][\w.-]*\.(?:ba)?sh", re.IGNORECASE
)
_ORDINARY: Final = re.compile(r"-[euxvn]+|-o|pipefail|errexit|nounset|xtrace|--norc|--noprofile|--posix")
_CHECKING: Final = re.compile(r"-[euxv]*n[euxvn]*")
_COPYING: Final = frozenset({"cp", "install", "ln", "mv", "tee"})
_LEAVING: Final = frozenset({"chmod", "shellcheck", "shfmt"})
"""They are given files of commands, and do not change what is in them."""

_BETWEEN: Final = re.compile(r"[/=?#&]")


def is_own_script(name: str) -> bool:
    """Say whether a name is one of a file of commands in a folder of the project."""
    return name[-2:] in {"sh", "SH"} and _OWN.fullmatch(name) is not None


def runs_own_script(texts: Sequence[str]) -> bool:
    """Say whether a shell is given a file of commands of the project, or any one that it only checks.

    Args:
        texts: the words of the shell.
    """
    at = next((at for at, text in enumerate(texts) if not _ORDINARY.fullmatch(text)), None)
    if at is None or texts[at].startswith(("-", "<")):
        return False
    return is_own_script(texts[at]) or any(map(_CHECKING.fullmatch, texts[:at]))


def runs_fetched(script: Script) -> bool:
    """Say whether a command runs a file that it fetches."""
    sources = commands().sources
    if sources.isdisjoint(called(script)):
        return False
    fetched = _written(script, sources | _COPYING)
    return any(not fetched.isdisjoint(_names(file)) for file, _ in _run(script))


def runs_written(script: Script) -> bool:
    """Say whether a command runs a file of commands that it writes."""
    table = commands()
    if not any(_runs_files(plain) for plain in called(script)):
        return False
    own = [_names(file) for file, commanding in _run(script) if commanding]
    if not own:
        return False
    written = _written(script, (table.developers - table.interpreters - _LEAVING) | table.sources | {"sed"})
    return any(not written.isdisjoint(names) for names in own)


def _written(script: Script, programs: frozenset[str]) -> set[str]:
    """Return the names of files that some programs are given, and that output is written to."""
    given = (word.text for each in script.programs if _plain(each) in programs for word in each.words)
    found = {name for text in given for name in _BETWEEN.split(text.casefold())}
    return (found | {name for word in script.targets for name in _names(word.text)}) - {""}


def _run(script: Script) -> Iterator[tuple[str, bool]]:
    """Yield the files that are run, and whether they hold commands."""
    table = commands()
    for program in script.programs:
        plain = _plain(program)
        if is_own_script(plain):
            yield plain, True
        elif _runs_files(plain):
            yield from ((file, plain in table.shells) for file in _first(word.text for word in program.words))


def _runs_files(plain: str) -> bool:
    table = commands()
    return plain in table.shells or plain in table.interpreters or is_own_script(plain)


def _plain(program: Program) -> str:
    return plain_name(program.name.text)


def _first(texts: Iterable[str]) -> Sequence[str]:
    """Return the first word that is no option."""
    file = next((text for text in texts if not _ORDINARY.fullmatch(text) and not text.startswith("-")), None)
    return () if file is None else (file,)


def _names(path: str) -> set[str]:
    """Return the last name of a path."""
    return {path.rstrip("/").rpartition("/")[2].casefold()}
