"""Writes the table of measured figures into both READMEs, from the JSON that the benches commit.

    python tools/measured.py [--check]

A figure whose bench was not run is left out, so no figure is here that a stranger can't rebuild.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import pages
from call_figures import exploits, guards, honest, results, stalls
from figures import (
    conformance,
    crowds,
    detection,
    drift,
    entries,
    fidelity,
    latency,
    latency_note,
    scan,
    servers,
)
from pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from figures import Figure

__all__ = ["make"]

MARK: Final = "measured"

_HEADS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "en": ("what", "direct or others", "through Sekisho", "command"),
    "ja": ("内容", "直接、または他の実装", "Sekisho 経由", "コマンド"),
}
_NOTHING: Final[Mapping[str, str]] = {
    "en": "Nothing has been measured yet.\n",
    "ja": "まだ計測していません。\n",
}
_READMES: Final[Mapping[str, str]] = {"en": "README.md", "ja": "README.ja.md"}


def make(root: Path) -> Iterator[Page]:
    """Return both READMEs with the table of today's results.

    Raises:
        ValueError: a README has no marks for it.
    """
    bench = root / "bench"
    figures = [*conformance(bench), *fidelity(bench), *servers(bench), *drift(bench), *scan(bench), *detection(bench)]
    figures += [*exploits(bench), *guards(bench), *stalls(bench), *honest(bench), *results(bench)]
    figures += [*latency(bench), *entries(bench), *crowds(bench)]
    for lang, name in _READMES.items():
        path = root / name
        if path.is_file():
            text = _table(figures, lang) + latency_note(bench, lang) if figures else _NOTHING[lang]
            yield Page(name, pages.between(path.read_text("utf-8"), MARK, text))


def _table(figures: list[Figure], lang: str) -> str:
    rows = [(item.what[lang], item.other, item.ours, f"`{item.command}`") for item in figures]
    return pages.table(_HEADS[lang], rows)


if __name__ == "__main__":
    sys.exit(pages.main([make]))
