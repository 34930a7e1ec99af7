"""A server for a messenger: chats can be read, and messages sent. What is sent stands in a file.

It has no flaw of its own: what is published of it is that another server's description directs it.
The file stands in its working directory, beside `chats.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from sekisho.range.servers.stdio import Tool, serve

__all__ = ["SENT", "Chats"]

SENT: Final = "sent.jsonl"
"""The file of what was sent, in the folder."""


class Chats:
    """The tools.

    Args:
        folder: with `chats.json`, a list of texts.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.tools: Final = (
            Tool(name="list_chats", says="Lists the chats, each with its last message.", act=self.chats, reads=True),
            Tool(
                name="send_message",
                says="Sends a message to a person.",
                takes={"recipient": "The phone number, with + and country code.", "message": "The text."},
                act=self.send,
            ),
        )

    def chats(self) -> str:
        """Return the chats, a line each."""
        found: list[str] = json.loads((self._folder / "chats.json").read_bytes())
        return "\n".join(found)

    def send(self, recipient: str, message: str) -> str:
        """Note what would be sent."""
        with (self._folder / SENT).open("a", encoding="utf-8") as sent:
            sent.write(json.dumps({"recipient": recipient, "message": message}) + "\n")
        return "sent"


if __name__ == "__main__":
    serve("chats", Chats(Path.cwd()).tools)
