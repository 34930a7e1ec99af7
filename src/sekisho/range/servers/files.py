"""A server for files, with the flaws CVE-2025-53110 (a prefix is taken for a folder) and CVE-2025-53109 (links).

`python -I -m sekisho.range.servers.files FOLDER`; FOLDER is what it may show.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from sekisho.range.servers.stdio import Failed, Tool, serve

__all__ = ["Files"]


class Files:
    """The tools.

    Args:
        root: the folder that it may show.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.tools: Final = (
            Tool(
                name="read_file",
                says="Reads a file of the folder.",
                takes={"path": "Path of the file, in the folder."},
                act=self.read,
                reads=True,
            ),
            Tool(
                name="list_directory",
                says="Lists a directory of the folder.",
                takes={"path": "Path of the directory, in the folder."},
                act=self.list,
                reads=True,
            ),
            Tool(
                name="write_file",
                says="Writes a file of the folder.",
                takes={"path": "Path of the file, in the folder.", "content": "All of its text."},
                act=self.write,
            ),
        )

    def _inside(self, path: str) -> Path:
        """Let pass what begins with the folder's name, and ask nobody where links lead: the flaws."""
        found = os.path.normpath(os.path.join(self._root, path))  # noqa: PTH118 - the text is compared
        if not found.startswith(self._root):
            raise Failed("outside of the folder")
        return Path(found)

    def read(self, path: str) -> str:
        """Return a file."""
        return self._inside(path).read_text(encoding="utf-8")

    def list(self, path: str) -> str:
        """Return the names in a directory."""
        return "\n".join(sorted(each.name for each in self._inside(path).iterdir()))

    def write(self, path: str, content: str) -> str:
        """Write a file."""
        self._inside(path).write_text(content, encoding="utf-8")
        return "written"


if __name__ == "__main__":
    serve("files", Files(Path(sys.argv[1])).tools)
