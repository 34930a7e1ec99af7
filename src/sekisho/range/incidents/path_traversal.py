"""A server for one folder reads a key outside of it, by a path and by a link.

It compares the beginning of two texts, so `work-home` counts as inside of `work`, and it never asks where a link leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId
from sekisho.range.calls import heard_keys, read_file
from sekisho.range.incident import Call, Incident, Layer, bundled

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.range.incident import Server
    from sekisho.range.table import Table

__all__ = ["INCIDENT"]

_KEY: Final = "-----BEGIN A KEY THAT OPENS NOTHING-----"


def _prepare(folder: Path) -> dict[str, Server]:
    work, home = folder / "work", folder / "work-home"
    (work / "notes").mkdir(parents=True)
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "id_ed25519").write_text(_KEY, encoding="utf-8")
    (work / "README.md").write_text("# Work\n", encoding="utf-8")
    (work / "notes" / "latest.txt").symlink_to(home / ".ssh" / "id_ed25519")
    (work / "notes" / "today.txt").write_text("Nothing to do.\n", encoding="utf-8")
    (work / "today").symlink_to(work / "notes" / "today.txt")
    return {"files": bundled("files", work, work)}


def _write(path: str, content: str) -> Call:
    return Call(server="files", tool="write_file", arguments={"path": path, "content": content})


def _attack(table: Table, _folder: Path) -> None:
    table.call(read_file("../work-home/.ssh/id_ed25519"))
    table.call(read_file("notes/latest.txt"))


INCIDENT: Final = Incident(
    id="path-traversal",
    title=RangeId.TITLE_PATH_TRAVERSAL,
    place=6,
    page=21,
    row="T2.6",
    layer=Layer.PATH,
    sources=("CVE-2025-53110", "CVE-2025-53109"),
    prepare=_prepare,
    honest=(
        read_file("README.md"),
        Call(server="files", tool="list_directory", arguments={"path": "."}),
        Call(server="files", tool="list_directory", arguments={"path": "notes"}),
        read_file("notes/../README.md"),
        read_file("today"),
        _write("notes/version..2.txt", "cat ../../etc/passwd; rm -rf / is what the page shows.\n"),
        read_file("notes/version..2.txt"),
        _write("notes/日本語 100%.txt", "パス: ~/.ssh/config"),
    ),
    attack=_attack,
    harm=lambda table, _folder: heard_keys(table, _KEY),
)
