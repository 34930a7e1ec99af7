"""Launch lines that a project's file names: whoever cloned the project has them, and nobody said that they are right.

Looked at only where a launch line names a folder that holds everything; what cannot be read counts as naming it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.settings.entry import Problem, Scope, Source
from sekisho.settings.formats import format_of
from sekisho.settings.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["FILES", "names_launch"]

FILES: Final = (
    ".mcp.json", ".claude/settings.json", ".claude/settings.local.json", ".cursor/mcp.json", ".vscode/mcp.json",
    ".vscode/settings.json", "*.code-workspace", ".devcontainer/devcontainer.json", ".github/mcp.json",
    ".github/copilot/mcp.json", ".windsurf/mcp.json", ".gemini/settings.json", ".agents/mcp_config.json",
    ".gemini/mcp_config.json", ".codex/config.toml", "opencode.json", "opencode.jsonc", ".opencode/opencode.json",
    ".opencode/opencode.jsonc", ".zed/settings.json", ".roo/mcp.json", ".kiro/settings/mcp.json",
    ".junie/mcp/mcp.json", ".amazonq/mcp.json", ".continue/mcpServers/*.yaml", ".continue/mcpServers/*.json",
    ".amp/settings.json", "config/mcporter.json", ".zcode/config.json", "zcode.json", ".agents/mcp.json",
)  # fmt: skip
"""Where hosts read servers from a project's folder: those of `data/hosts.toml`."""

_LARGEST: Final = 4 * 1024 * 1024
_ABOVE: Final = 16
_FILLED: Final = re.compile(r"\$|\A~|%\w+%")
"""What the host fills in before it starts a server."""


def names_launch(argv: Sequence[str], cwd: str, home: str | None) -> bool:
    """Say whether a file of a project names a launch line.

    Args:
        argv: the program and its arguments, as they are started.
        cwd: the server's working directory; the project is there or above, or where we were started ourselves.
        home: the user's home, whose files are the user's own.
    """
    folders = [Path(cwd)]
    with suppress(OSError):
        folders.append(Path.cwd())
    return any(_names(file, argv) for folder in dict.fromkeys(folders) for file in _files(folder, home))


def _files(folder: Path, home: str | None) -> Iterator[Path]:
    for above in (folder, *folder.parents)[:_ABOVE]:
        if home is not None and above == Path(home):
            return
        for name in FILES:
            yield from above.glob(name) if "*" in name else (above / name,)


def _names(file: Path, argv: Sequence[str]) -> bool:
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            data = opened.read(_LARGEST)
    except OSError:
        return True
    found = read(data, Source(host="", scope=Scope.PROJECT, file=str(file)), format_of(file.name))
    if isinstance(found, Problem):
        return True
    lines = ([entry.command.text, *(arg.text for arg in entry.args)] for entry in found.entries if entry.command)
    return any(_ends(line, argv) for line in lines)


def _ends(line: Sequence[str], argv: Sequence[str]) -> bool:
    """Say whether a line ends with what is started, whatever the host filled in."""
    tail = line[-len(argv) :]
    return len(tail) == len(argv) and all(
        one == other or _FILLED.search(one) for one, other in zip(tail, argv, strict=True)
    )
