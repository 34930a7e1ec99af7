"""Following one chain line by line, as pure functions: what `verify` finds wrong, and where.

A `Walk` is told of each file and line in order and of the head that was sealed. It compares every link, and notes a
line as edited when the next one (or the seal) was chained to something else. After a problem it goes on from what it
sees, so that one change is reported once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sekisho.adapters.audit import chain

if TYPE_CHECKING:
    from collections.abc import Callable

Word = Literal[
    "absent",  # older files are not here: archived or removed
    "added",  # lines behind the end of a closed chain
    "doubtful",  # a sync failed: records may be lost if the machine went down
    "edited",  # a line is not what the next one, or the seal, was chained to
    "forged-seal",  # a head's seal does not fit
    "gap",  # entries could not be written, which the writer says itself
    "index-broken",  # a writer found the index changed
    "missing-file",  # a file between two others is gone
    "missing-index",  # there is no index of writers
    "missing-records",  # numbers are left out
    "missing-seal",  # there is no head
    "missing-writer",  # the index lists a chain of which nothing is left
    "order",  # a number comes again, or too late
    "replaced",  # a chain is not the one that the index knows
    "torn",  # a half line at the end, as a crash leaves it
    "truncated",  # the chain ends before its sealed end
    "unchecked",  # something could not be looked at
    "unfinished",  # a start that was cut short
    "unknown-writer",  # a chain that the index does not list
    "unreadable",  # a line or file is none of ours
]
"""What a remark is about."""

MAX_REMARKS = 1000
"""More are counted, not listed."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that verification has to say."""

    word: Word
    """What it is about."""
    file: str
    """Name of the file."""
    line: int
    """Line number from 1; 0 when it is about the whole file."""
    text: str
    """The rest, for a human; holds nothing that was read from a line but numbers."""


@dataclass(slots=True)
class Remarks:
    """What was found so far, bounded."""

    problems: list[Remark] = field(default_factory=list[Remark])
    """Signs of tampering or loss."""
    notes: list[Remark] = field(default_factory=list[Remark])
    """What a reader should know."""
    more: int = 0
    """How many more there were of both than are listed."""

    def problem(self, word: Word, file: str, line: int, text: str) -> None:
        """Add a problem."""
        self._add(self.problems, Remark(word, file, line, text))

    def note(self, word: Word, file: str, line: int, text: str) -> None:
        """Add a note."""
        self._add(self.notes, Remark(word, file, line, text))

    def _add(self, to: list[Remark], remark: Remark) -> None:
        if len(to) < MAX_REMARKS:
            to.append(remark)
        else:
            self.more += 1


@dataclass(slots=True)
class _Torn:
    """A half line at the end of a file."""

    file: str
    line: int
    size: int
    offset: int


class Walk:
    """One chain being followed."""

    def __init__(
        self,
        writer: str,
        head: chain.Head | None,
        remarks: Remarks,
        *,
        visit: Callable[[int, chain.Line], None] | None = None,
    ) -> None:
        """Start before the first file.

        Args:
            writer: id of the chain.
            head: its sealed head, None when there is none (or none that can be trusted).
            remarks: where to put what is found.
            visit: called with the number in the file and the content of each line that can be read.
        """
        self.records = 0
        """Lines that could be read."""
        self.first_hash = ""
        """Hash of line 1, empty when it is not here."""
        self.first_seq = 0
        """Number of the first line that is here."""
        self.last_seq = 0
        """Number of the last one."""
        self.sealed_seq = 0
        """Number up to which the seal was found to fit, 0 when it was not."""
        self._writer, self._head, self._remarks, self._visit = writer, head, remarks, visit
        self._prev: str | None = chain.genesis(writer)
        self._expected: int | None = 1
        self._part = 0
        self._file, self._line = "", 0
        self._fresh = False
        self._torn: _Torn | None = None
        self._reached = head is not None and head.seq == 0  # a chain that has only just been begun

    def file(self, name: str, part: int) -> None:
        """Begin a file: the part-th of the writer, or 1 for a chain of one file."""
        if part != self._part + 1:
            text = f"file {self._part + 1} of this writer is not here"
            if part > self._part + 2:
                text = f"files {self._part + 1} to {part - 1} of this writer are not here"
            if self._part:
                self._remarks.problem("missing-file", name, 0, text)
            else:
                self._remarks.note("absent", name, 0, f"{text}: archived, or removed")
            self._prev = self._expected = None
        self._part, self._file, self._line, self._fresh = part, name, 0, True

    def line(self, raw: bytes, *, offset: int, size: int, ended: bool) -> None:
        """Follow one line of the current file."""
        number = self._line + 1
        if not ended:
            self._torn = _Torn(self._file, number, size, offset)
            return
        try:
            found = chain.parse(raw)
        except chain.LineError as error:
            self._remarks.problem("unreadable", self._file, number, f"this line can't be read: {error}")
            self._prev = self._expected = None
            self._line, self._fresh = number, False
            return
        its_hash = chain.link(raw)
        self._order(found, number)
        self._seal(found, its_hash, number)
        if self._fresh:
            self._opening(found, number)
        self._own(found, number)
        if self._visit is not None:
            self._visit(number, found)
        self.records += 1
        if found.seq == 1 and not self.first_hash:
            self.first_hash = its_hash
        self.first_seq = self.first_seq or found.seq
        self._prev, self._expected, self.last_seq = its_hash, found.seq + 1, found.seq
        self._line, self._fresh = number, False

    def end(self, *, live: bool) -> None:
        """Say that no more files follow; `live` when the writer runs still."""
        head = self._head
        if self._torn is not None:
            self._leave_torn(self._torn, accepted=head is None or not head.closed, silent=live)
        if head is not None and not self._reached and self._part:
            self._remarks.problem(
                "truncated",
                self._file,
                self._line,
                f"the chain was sealed up to number {head.seq}, which is not here: it ends at number {self.last_seq}",
            )

    def _order(self, found: chain.Line, number: int) -> None:
        expected = self._expected
        if expected is not None and found.seq > expected:
            self._remarks.problem(
                "missing-records", self._file, number, f"numbers {expected} to {found.seq - 1} are missing before this"
            )
        elif expected is not None and found.seq < expected:
            self._remarks.problem(
                "order", self._file, number, f"number {found.seq} comes where {expected} is due: moved, or put in"
            )
        elif self._prev is not None and found.prev != self._prev:
            place = (self._file, self._line) if self._line else (self._file, number)
            self._remarks.problem(
                "edited", *place, f"this is not what number {found.seq} was chained to: it or that link was edited"
            )

    def _seal(self, found: chain.Line, its_hash: str, number: int) -> None:
        head = self._head
        if head is None:
            return
        if found.seq == head.seq and not self._reached:
            self._reached = True
            if its_hash == head.hash and self._file == head.file:
                self.sealed_seq = head.seq
            else:
                self._remarks.problem("edited", self._file, number, "this line is not the one that was sealed")
        elif head.closed and found.seq > head.seq:
            self._remarks.problem("added", self._file, number, f"the chain was closed with number {head.seq}")

    def _opening(self, found: chain.Line, number: int) -> None:
        """Compare the first line of a file with its name, and with how the file before it ends."""
        torn, self._torn = self._torn, None
        if self._writer == chain.INDEX:
            return
        fields = found.fields
        if (found.kind, fields.get("writer"), fields.get("part")) != (chain.OPENED, self._writer, self._part):
            self._remarks.problem("unreadable", self._file, number, "the file does not begin with a line of its own")
        if torn is not None:
            known = (fields.get("previous"), fields.get("previous_size"), fields.get("torn"))
            self._leave_torn(torn, accepted=known == (torn.file, torn.offset, torn.size), silent=False)

    def _leave_torn(self, torn: _Torn, *, accepted: bool, silent: bool) -> None:
        if not accepted:
            self._remarks.problem(
                "added", torn.file, torn.line, f"{torn.size} bytes stand behind the end that the writer left"
            )
        elif not silent:
            self._remarks.note("torn", torn.file, torn.line, f"a half line of {torn.size} bytes, as a crash leaves it")

    def _own(self, found: chain.Line, number: int) -> None:
        if found.kind == chain.GAP:
            count = found.fields.get("entries")
            missed = count if isinstance(count, int) else "some"
            self._remarks.note("gap", self._file, number, f"{missed} entries before this could not be written")
        elif found.kind == chain.OPENED and isinstance(since := found.fields.get("doubtful_from"), int):
            text = f"a sync failed: numbers {since} to {found.seq - 1} may be lost if the machine went down then"
            self._remarks.note("doubtful", self._file, number, text)
