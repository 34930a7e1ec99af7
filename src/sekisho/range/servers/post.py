"""A server with a box: messages are put in and listed. Two of them offer tools of the same names.

The name of its working directory is its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sekisho.range.servers.stdio import Tool, serve

__all__ = ["BOX", "Post"]

BOX: Final = "box.txt"
"""The file of what was put in, in the folder."""


class Post:
    """The tools.

    Args:
        folder: where the box is.
    """

    def __init__(self, folder: Path) -> None:
        self._box = folder / BOX
        self.tools: Final = (
            Tool(
                name=f"list_{folder.name}",
                says=f"Lists what was put into {folder.name}, a line each.",
                act=self.list,
                reads=True,
            ),
            Tool(
                name="send_message",
                says=f"Puts a message into {folder.name}.",
                takes={"message": "The text."},
                act=self.send,
            ),
        )

    def list(self) -> str:
        """Return what is in the box."""
        return self._box.read_text(encoding="utf-8") if self._box.exists() else ""

    def send(self, message: str) -> str:
        """Put a text in."""
        with self._box.open("a", encoding="utf-8") as box:
            box.write(message + "\n")
        return "sent"


if __name__ == "__main__":
    folder = Path.cwd()
    serve(folder.name, Post(folder).tools)
