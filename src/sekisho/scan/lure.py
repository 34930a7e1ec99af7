"""An empty home with lures in it: files that nobody needs to list tools, each with a token of its own.

Whether a lure was read shows in the time of its last access. Not every file system keeps that, so it is tried first.
"""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Lure", "plant"]

_LONG_AGO: Final = 1_000_000_000
_FILES: Final = {
    ".ssh/id_ed25519": "-----BEGIN OPENSSH PRIVATE KEY-----\n{token}\n-----END OPENSSH PRIVATE KEY-----\n",
    ".aws/credentials": "[default]\naws_access_key_id = AKIA{token:.16}\naws_secret_access_key = {token}\n",
    ".config/gh/hosts.yml": "github.com:\n    user: user\n    oauth_token: gho_{token}\n",
    ".kube/config": "users:\n- name: admin\n  user:\n    token: {token}\n",
    "Documents/passwords.txt": "bank: {token}\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lure:
    """A home that was planted."""

    home: Path
    """The folder."""

    tokens: Mapping[str, str]
    """By file, relative to the home: what stands in it and nowhere else."""

    observable: bool
    """Whether the system tells when a file was read."""

    @property
    def project(self) -> Path:
        """An empty folder to work in."""
        return self.home / "project"

    def touched(self) -> tuple[str, ...]:
        """Return the lures that were read or are gone; none where the system does not tell."""
        return tuple(name for name in self.tokens if self.observable and _was_read(self.home / name))

    def told(self, text: str) -> tuple[str, ...]:
        """Return the lures whose token stands in a text."""
        return tuple(name for name, token in self.tokens.items() if token in text)


def plant(home: Path) -> Lure:
    """Fill a new folder."""
    tokens = {name: secrets.token_hex(16).upper() for name in _FILES}
    for name, content in _FILES.items():
        _put(home / name, content.format(token=tokens[name]))
    (home / "project").mkdir()
    probe = home / ".probe"
    _put(probe, "x")
    before = _was_read(probe)
    probe.read_bytes()
    observable = not before and _was_read(probe)
    probe.unlink()
    return Lure(home=home, tokens=tokens, observable=observable)


def _put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    path.chmod(0o600)
    os.utime(path, (_LONG_AGO, time.time()))


def _was_read(path: Path) -> bool:
    try:
        return int(path.stat().st_atime) != _LONG_AGO
    except OSError:
        return True
