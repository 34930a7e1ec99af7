"""What the servers find: a folder that is the same before each run, and a web page of this machine."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

_THEN = 1_700_000_000
"""When all files were changed, in seconds since 1970."""
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
_PAGE = b"""<!doctype html><html><head><title>A gate</title></head><body><article><h1>A gate</h1>
<p>Travellers showed their papers here: \xe9\x96\xa2\xe6\x89\x80.</p><p>Then they went on.</p>
</article></body></html>"""
_FILES = {
    "notes.txt": "first\nsecond\nthird\nfourth \u95a2\u6240\n".encode(),
    "empty.txt": b"",
    "pixel.png": _PIXEL,
    "inner/deep/data.json": b'{"a": [1, 2.0, null], "b": "\\u00e9"}\n',
    "inner/code.py": b"def gate() -> str:\n    return 'open'\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one server works."""

    folder: Path
    """Files of known content and age."""
    repository: Path
    """A git repository of two commits and a change."""
    page: str
    """The address of a web page without its last part."""
    env: Mapping[str, str]
    """The environment of every process of the run."""

    def reset(self) -> None:
        """Make everything as it was before the first run."""
        for made in (self.folder, self.repository):
            shutil.rmtree(made, ignore_errors=True)
        for name, content in _FILES.items():
            _put(self.folder / name, content)
        for folder in sorted((each for each in self.folder.rglob("*") if each.is_dir()), reverse=True):
            os.utime(folder, (_THEN, _THEN))
        self._commit()

    def _commit(self) -> None:
        self.repository.mkdir(parents=True)
        self._git("init", "--quiet", "--initial-branch=main", "--template=")
        for name, value in (("user.name", "A Traveller"), ("user.email", "traveller@example.org")):
            self._git("config", name, value)
        for count, text in enumerate(("one\n", "one\ntwo\n")):
            (self.repository / "road.txt").write_text(text, "utf-8")
            self._git("add", ".")
            self._git("commit", "--quiet", "-m", f"step {count + 1}", day=count)
        (self.repository / "road.txt").write_text("one\ntwo\nthree\n", "utf-8")
        (self.repository / "new.txt").write_text("new\n", "utf-8")

    def _git(self, *arguments: str, day: int = 0) -> None:
        when = f"{_THEN + day * 86400} +0000"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
        subprocess.run(["git", *arguments], cwd=self.repository, env={**self.env, **dates}, check=True, timeout=20)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (_THEN, _THEN))


class _Pages(http.server.BaseHTTPRequestHandler):
    """One page, one text, no robots.txt."""

    def do_GET(self) -> None:
        """Answer with a page, a text or 404."""
        found = {"/page": ("text/html; charset=utf-8", _PAGE), "/text": ("text/plain", b"plain words\n" * 40)}
        kind, body = found.get(self.path, ("text/plain", b"not here"))
        self.send_response(200 if self.path in found else 404)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Print nothing."""


@contextmanager
def web() -> Generator[str]:
    """Serve the pages as long as the block lasts; the address without a path."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
