"""Files of servers for tests of what runs behind a launch line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sekisho.gateway.behind.facts import Facts
from sekisho.gateway.behind.reading import Reader
from sekisho.gateway.behind.tree import Digests
from sekisho.gateway.launch import Launch
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.gateway.behind.reading import Read
    from sekisho.wire.strict import JsonObject

__all__ = ["facts", "module", "package", "put", "reads", "versions"]


def put(path: Path, text: str = "code", mode: int = 0o644) -> Path:
    """Write a file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def facts(cwd: Path, **env: str) -> Facts:
    """Return facts of a program that starts in this folder."""
    return Facts(digests=Digests(), cwd=str(cwd), env={"PATH": f"{cwd}/bin", "HOME": f"{cwd}/home", **env}, since=0)


def reads(cwd: Path, *argv: str, pid: int | None = None, **env: str) -> Read:
    """Read what runs behind a line that starts in this folder."""
    every = {"PATH": f"{cwd}/bin", "HOME": f"{cwd}/home", **env}
    return Reader(Launch(argv=argv, cwd=str(cwd), env=every), Digests()).read(pid)


def module(root: Path, name: str, version: str = "1.0.0", code: str = "code", **more: str) -> Path:
    """Install a package for Node.js; return its folder."""
    put(root / "node_modules" / name / "package.json", json.dumps({"name": name, "version": version, **more}))
    return put(root / "node_modules" / name / "index.js", code).parent


def package(site: Path, name: str, version: str = "1.0.0", code: str = "code") -> Path:
    """Install a package for Python; return its folder."""
    put(site / f"{name}-{version}.dist-info/RECORD", f'{name}/__init__.py,,\n"{name}/a.py",,\n../../../bin/{name},,\n')
    return put(site / name / "__init__.py", code).parent


def versions(found: JsonObject) -> dict[str, object]:
    """Return the versions of packages."""
    return {name: obj(each)["version"] for name, each in found.items()}
