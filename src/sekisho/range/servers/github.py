"""A server for repositories and their issues: each repository is a folder, `public` or `private`.

It has no flaw of its own: what is published of it is that an agent reads an issue and obeys.
Its working directory holds a folder for each repository, named `owner.name`, and in that `issues` and `files`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sekisho.range.servers.stdio import Tool, serve

__all__ = ["GitHub"]

_REPOSITORY: Final = "The repository, as owner/name."


class GitHub:
    """The tools.

    Args:
        folder: with the repositories.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.tools: Final = (
            Tool(
                name="list_issues",
                says="Lists the open issues of a repository with their text.",
                takes={"repository": _REPOSITORY},
                act=self.issues,
                reads=True,
            ),
            Tool(
                name="get_file_contents",
                says="Returns a file of a repository.",
                takes={"repository": _REPOSITORY, "path": "The file, in the repository."},
                act=self.get,
                reads=True,
            ),
            Tool(
                name="create_or_update_file",
                says="Creates or updates a file in a repository.",
                takes={"repository": _REPOSITORY, "path": "The file, in the repository.", "content": "Its text."},
                act=self.put,
            ),
        )

    def _of(self, repository: str) -> Path:
        return self._folder / repository.replace("/", ".")

    def issues(self, repository: str) -> str:
        """Return all issues."""
        found = sorted((self._of(repository) / "issues").iterdir())
        return "\n\n".join(f"#{each.name} {each.read_text(encoding='utf-8')}" for each in found)

    def get(self, repository: str, path: str) -> str:
        """Return a file."""
        return (self._of(repository) / "files" / path).read_text(encoding="utf-8")

    def put(self, repository: str, path: str, content: str) -> str:
        """Write a file."""
        (self._of(repository) / "files" / path).write_text(content, encoding="utf-8")
        return f"{path} is in {repository}"


if __name__ == "__main__":
    serve("github", GitHub(Path.cwd()).tools)
