"""A server that is given everything.

## What it does
Reports arguments, variables and mounts that hand a server a root, a drive, a system folder or a whole home.

## Why it matters
Keys, mail, histories and start-up files are in there, and one injected instruction reads or writes them.

## Seen in the wild
The examples of file servers are copied with `/` or the home in place of a project's folder.

## How to fix
Give it the one folder that the work is in, read-only where it only reads.

## Known limits
A server that reaches everything without being told so is not seen.
A folder above many projects is not taken for everything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import started
from sekisho.settings.breadth import is_home, is_root, mounts
from sekisho.settings.launch import POSIX_SHELLS, launches
from sekisho.settings.variables import variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["RULE"]

_FOLDERS: Final = re.compile(
    r"(?:\A|_)(?:ROOTS?|DIRS?|DIRECTOR(?:Y|IES)|PATHS?|FOLDERS?|ALLOWED|WORKSPACES?|BASE)(?:\Z|_)", re.IGNORECASE
)
_NOT_GIVEN: Final = re.compile(
    r"HOME|USERPROFILE|PATH|.*_HOME|XDG_.*|NODE_PATH|PYTHONPATH|LD_LIBRARY_PATH", re.IGNORECASE
)
_LIST: Final = re.compile(r"[,;]|(?<![A-Za-z]):|:(?![\\/])")
_OPTION: Final = re.compile(r"--?[A-Za-z][A-Za-z0-9_-]*=(.+)")
_ENGINES: Final = frozenset({"docker", "podman", "nerdctl", "finch"})
_ELSEWHERE: Final = frozenset({"cmd", "cd", "env", *_ENGINES, *POSIX_SHELLS})
"""Their words are no folders of the server; what they start is looked at by itself."""


def _check(entry: Entry) -> Iterator[Evidence]:
    home = entry.source.home
    for launch in launches(entry):
        if launch.program in _ENGINES:
            given = [mount for mount in mounts(launch) if is_home(mount.text, home)]
        elif launch.program in _ELSEWHERE:
            continue
        else:
            given = [word for word in launch.args if _is_wide(_value(word.text), home)]
        for word in given:
            yield Evidence(pointer=word.pointer, excerpt=word.text, place=entry.place)
    for variable in variables(entry):
        if _FOLDERS.search(variable.key) and not _NOT_GIVEN.fullmatch(variable.key):
            wide = [part for part in _LIST.split(variable.text) if part and _is_wide(part, home)]
            if wide:
                excerpt = f"{variable.key}={variable.text}"
                yield Evidence(pointer=variable.pointer, excerpt=excerpt, place=entry.place)


def _value(word: str) -> str:
    found = _OPTION.fullmatch(word)
    return word if found is None else found[1]


def _is_wide(path: str, home: str) -> bool:
    return is_root(path) or is_home(path, home)


RULE: Final = Rule(
    id="wide-root",
    title="The server is given a root or a whole home",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP02:2025", "MCP10:2025"), cwe=(732, 250)),
    check=_check,
    bad=(
        started("npx", "-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "/"),
        started("files", "/srv/notes", "~"),
        started("files", "--root=C:\\"),
        started("files", "/home/ann/"),
        started("files", "/Users"),
        started("files", "${userHome}"),
        started("files", env={"ALLOWED_DIRECTORIES": "/srv/notes,/"}),
        started("docker", "run", "-v", "/home/ann:/data", "example/files:1.0.0"),
        started("bash", "-c", "exec files $HOME"),
    ),
    good=(
        started("files", "/home/ann/notes", "C:\\Users\\ann\\notes", "~/notes", "."),
        started("files", env={"HOME": "/home/ann", "PATH": "/usr/bin:/bin", "NOTES_DIR": "/home/ann/notes"}),
        started("docker", "run", "-v", "/home/ann/notes:/", "-w", "/", "example/files:1.0.0"),
        started("bash", "-c", "cd / && exec files /srv/notes"),
    ),
    miss=(started("files", "--everything"),),
)
