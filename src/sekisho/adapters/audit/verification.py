"""Verification of a whole audit directory: `verify` reads everything and returns a `Report`.

It finds, with file and line: edited, dropped, reordered and inserted lines, a chain cut before its sealed head, a
forged or missing head, a file missing in the middle, a chain that was removed, added, replaced or wound back. What it
can't find is said in the docstring of the package. It reads only, and a log that is being written verifies.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sekisho.adapters.audit import chain, files, register
from sekisho.adapters.audit.walk import Remarks, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sekisho.adapters.audit.walk import Remark

_STEP = 4 * 1024 * 1024
_INDEX_PATIENCE_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterReport:
    """What was found of one chain."""

    writer: str
    """Its id; begins with its start in UTC."""
    files: int
    """Files that are here."""
    records: int
    """Lines that could be read."""
    first_seq: int
    """Number of the first line that is here, 0 when none is."""
    last_seq: int
    """Number of the last one."""
    sealed_seq: int
    """Number up to which the sealed head fits, 0 when it does not or there is none."""
    live: bool
    """It is being written now."""
    closed: bool
    """It was closed; else, when it is not live, its process died."""

    @property
    def unsealed(self) -> int:
        """Lines behind the sealed head, whose end could be changed unnoticed."""
        return max(0, self.last_seq - max(self.sealed_seq, self.first_seq - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of a verification."""

    writers: tuple[WriterReport, ...]
    """All chains, in order of their start."""
    problems: tuple[Remark, ...]
    """Signs of tampering or loss, at most `MAX_REMARKS`."""
    notes: tuple[Remark, ...]
    """What a reader should know: files archived, half lines of crashes, gaps, seals that could not be checked."""
    more: int
    """Remarks that were found and not listed."""
    sealed: bool
    """Whether seals were checked (False without a key)."""

    @property
    def ok(self) -> bool:
        """Say whether nothing speaks of tampering or loss. Files that are not here are not looked at."""
        return not self.problems

    @property
    def complete(self) -> bool:
        """Say whether everything that the index knows of is here and was checked against its seal."""
        return self.sealed and not any(note.word in {"absent", "unchecked"} for note in self.notes)

    @property
    def records(self) -> int:
        """Lines of all writers."""
        return sum(writer.records for writer in self.writers)


@dataclass(slots=True)
class _Index:
    """What the index says of the writers."""

    opened: dict[str, tuple[str, int]]
    """Hash of the first line, and the line of the index, by writer."""
    closed: dict[str, tuple[int, str]]
    """Last number and hash, by writer."""
    present: bool = True
    """There is an index."""


@dataclass(frozen=True, slots=True)
class _Chain:
    """One chain after it was followed."""

    writer: str
    """Its id."""
    head: chain.Head | None
    """Its head, when there is one that can be trusted."""
    files: int
    """Files that are here."""
    walk: Walk
    """What was found in them."""
    live: bool
    """It is being written."""

    def report(self) -> WriterReport:
        """Return what the caller is told of it."""
        return WriterReport(
            writer=self.writer,
            files=self.files,
            records=self.walk.records,
            first_seq=self.walk.first_seq,
            last_seq=self.walk.last_seq,
            sealed_seq=self.walk.sealed_seq,
            live=self.live,
            closed=self.head is not None and self.head.closed,
        )


def verify(
    directory: Path,
    *,
    key: bytes | None,
    archives: Sequence[Path] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Read and check every chain in a directory.

    Args:
        directory: the audit directory.
        key: the content of the key file; None checks the chains only, and says so.
        archives: directories into which files of chains were moved; they are checked as if they were still here.
        progress: called with the bytes read so far and in all, about every 4 MiB.

    Raises:
        OSError: the directory or a file can't be read.
    """
    return _Verification([directory, *archives], None if key is None else chain.Keys.of(key).seal, progress).run()


class _Verification:
    """One run."""

    def __init__(
        self, places: Sequence[Path], seal_key: bytes | None, progress: Callable[[int, int], None] | None
    ) -> None:
        self._places = places
        self._seal_key = seal_key
        self._progress = progress
        self._remarks = Remarks()
        self._forged: set[str] = set()
        self._done = self._total = 0

    def run(self) -> Report:
        # The order matters while writers run: the index, then the heads, then the files; each can only be ahead of
        # what was read before it.
        index = self._index(self._remarks)
        heads = {writer: self._head(writer) for writer in sorted(self._listed_heads())}
        parts = self._parts()
        self._total = sum(path.stat().st_size for paths in parts.values() for path in paths.values())
        chains = [
            self._follow(writer, heads.get(writer), parts.get(writer, {}))
            for writer in sorted(heads.keys() | parts.keys())
        ]
        self._compare_all(chains, index)
        for writer, (_, line) in index.opened.items():
            if writer not in heads and writer not in parts:
                self._remarks.problem("missing-writer", register.FILE, line, f"nothing is left of writer {writer}")
        if self._seal_key is None:
            self._remarks.note("unchecked", register.FILE, 0, "the seals were not checked: there is no key")
        return Report(
            writers=tuple(each.report() for each in chains),
            problems=tuple(self._remarks.problems),
            notes=tuple(self._remarks.notes),
            more=self._remarks.more,
            sealed=self._seal_key is not None,
        )

    def _follow(self, writer: str, head: chain.Head | None, parts: dict[int, Path]) -> _Chain:
        if head is None and parts and writer not in self._forged:
            head, parts = self._head(writer), self._parts(writer).get(writer, parts)  # it may have started just now
        walk = Walk(writer, head, self._remarks)
        for part, path in sorted(parts.items()):
            self._read(walk, path, part)
        live = bool(parts) and files.is_live(parts[max(parts)])
        walk.end(live=live)
        if not parts:
            name = chain.head_name(writer)
            self._remarks.note("absent", name, 0, "no file of this writer is here: archived, or removed")
        return _Chain(writer, head, len(parts), walk, live)

    def _compare_all(self, chains: list[_Chain], index: _Index) -> None:
        here = [each for each in chains if each.files]
        if not index.present:  # perhaps the very first writer has made it since we looked
            index.opened, index.present = self._late.opened, self._late.present
        if index.present:
            for each in here:
                self._compare(each, index)
        elif any(each.walk.last_seq > 1 for each in here) or len(here) < len(chains):
            self._remarks.problem("missing-index", register.FILE, 0, "there is no index of writers")
        elif any(not each.live for each in here):
            self._remarks.note(
                "unfinished", register.FILE, 0, "the first start was cut short, before there was an index"
            )

    def _compare(self, each: _Chain, index: _Index) -> None:
        writer, head, walk = each.writer, each.head, each.walk
        name = chain.file_name(writer, 1)
        entered = index.opened.get(writer) or self._late.opened.get(writer)
        if entered is None and walk.last_seq <= 1:
            if not each.live:
                self._remarks.note("unfinished", name, 0, "it was cut short at its start, before the index knew of it")
            return
        if entered is None:
            self._remarks.problem("unknown-writer", name, 0, "the index of writers does not list this chain")
        elif head is None and writer not in self._forged and self._head(writer) is None:
            self._remarks.problem("missing-seal", chain.head_name(writer), 0, "the head of this chain is gone")
        elif walk.first_hash and walk.first_hash != entered[0]:
            self._remarks.problem("replaced", name, 1, "this is not the first line that the index knows of")
        end = index.closed.get(writer)
        if head is not None and end is not None and end != (head.seq, head.hash):
            self._remarks.problem(
                "truncated", name, 0, f"it was closed with number {end[0]}, its head was put back to {head.seq}"
            )

    @cached_property
    def _late(self) -> _Index:
        """What the index says after everything was read: a writer may have started meanwhile."""
        return self._index(Remarks())

    def _read(self, walk: Walk, path: Path, part: int) -> None:
        walk.file(path.name, part)
        reported = self._done
        try:
            size = path.lstat().st_size  # what a fast writer adds while we read is not waited for
            for line in files.raw_lines(path):
                if line.offset >= size:
                    break
                walk.line(line.raw, offset=line.offset, size=line.size, ended=line.ended)
                self._done += line.size
                if self._done - reported >= _STEP:
                    reported = self._done
                    self._tell()
        except files.NotPlainError:
            self._remarks.problem("unreadable", path.name, 0, "this is not a plain file")
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._done, max(self._done, self._total))

    def _head(self, writer: str) -> chain.Head | None:
        name = chain.head_name(writer)
        for place in self._places:
            try:
                head = files.read_head(place, writer, key=self._seal_key)
            except chain.LineError as error:
                self._remarks.problem("forged-seal", name, 0, f"this head can't be trusted: {error}")
                self._forged.add(writer)
                return None
            if head is not None:
                return head
        return None

    def _index(self, remarks: Remarks) -> _Index:
        index = _Index({}, {})
        path = self._places[0] / register.FILE
        try:
            fd = files.open_plain(path)
        except (FileNotFoundError, files.NotPlainError):
            index.present = False
            return index
        try:
            with files.locked(fd, patience_s=_INDEX_PATIENCE_S, shared=True):
                self._read_index(index, remarks)
        except TimeoutError:
            remarks.note("unchecked", register.FILE, 0, "another process keeps the index of writers locked")
            self._read_index(index, remarks)
        finally:
            os.close(fd)
        return index

    def _read_index(self, index: _Index, remarks: Remarks) -> None:
        head: chain.Head | None = None
        try:
            head = files.read_head(self._places[0], chain.INDEX, key=self._seal_key)
            if head is None and not (self._places[0] / register.FILE).stat().st_size:
                index.present = False  # made, and not begun
            elif head is None:
                remarks.problem("missing-seal", register.FILE, 0, "the index of writers has no head")
        except chain.LineError as error:
            remarks.problem("forged-seal", chain.head_name(chain.INDEX), 0, f"this head can't be trusted: {error}")

        def visit(number: int, line: chain.Line) -> None:
            _enter(index, remarks, number, line)

        walk = Walk(chain.INDEX, head, remarks, visit=visit)
        walk.file(register.FILE, 1)
        for line in files.raw_lines(self._places[0] / register.FILE):
            walk.line(line.raw, offset=line.offset, size=line.size, ended=line.ended)
        walk.end(live=False)

    def _listed_heads(self) -> set[str]:
        names = (path.name for place in self._places for path in place.iterdir())
        return {writer for name in names if (writer := chain.head_writer(name)) is not None}

    def _parts(self, only: str | None = None) -> dict[str, dict[int, Path]]:
        found: dict[str, dict[int, Path]] = {}
        for place in self._places:
            for path in place.iterdir():
                split = chain.file_part(path.name)
                if split is not None and only in {None, split[0]}:
                    found.setdefault(split[0], {}).setdefault(split[1], path)
        return found


def _enter(index: _Index, remarks: Remarks, number: int, line: chain.Line) -> None:
    writer = line.fields.get("writer")
    match line.kind:
        case register.BROKEN:
            remarks.problem("index-broken", register.FILE, number, "a writer found here that the index was changed")
        case register.OPENED if isinstance(writer, str) and chain.is_writer(writer):
            index.opened[writer] = (str(line.fields.get("first")), number)
        case register.CLOSED if isinstance(writer, str) and isinstance(seq := line.fields.get("seq"), int):
            index.closed[writer] = (seq, str(line.fields.get("hash")))
        case _:
            remarks.problem("unreadable", register.FILE, number, "this line is none of an index of writers")
