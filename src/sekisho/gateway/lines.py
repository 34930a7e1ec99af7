"""Lines out of a byte stream, bounded: one message a line is how MCP speaks over standard streams."""

from __future__ import annotations

__all__ = ["LineSplitter"]


class LineSplitter:
    """Splits at line feeds. A line over the limit is skipped to its end and counted, its bytes are not kept.

    Args:
        limit: the longest line, in bytes, without its line feed.
    """

    __slots__ = ("_held", "_limit", "_skipping")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        # One buffer: a list of pieces would cost many times their bytes when they come two by two.
        self._held = bytearray()
        self._skipping = False

    def feed(self, data: bytes) -> tuple[list[bytes], int]:
        """Return the lines that `data` completes, and how many were over the limit and dropped.

        A carriage return before the line feed is white space to JSON and stays.
        """
        lines: list[bytes] = []
        dropped = 0
        if not self._held and not self._skipping:
            # The common case: whole lines in one chunk.
            lines = data.split(b"\n")
            rest = lines.pop()
        else:
            head, found, rest = data.partition(b"\n")
            if not found:
                return [], self._keep(data)
            dropped += self._keep(head)
            if not self._skipping:
                lines.append(bytes(self._held))
            self._reset()
            more = rest.split(b"\n")
            rest = more.pop()
            lines += more
        kept = [line for line in lines if len(line) <= self._limit]
        dropped += len(lines) - len(kept)
        return kept, dropped + self._keep(rest)

    def _keep(self, data: bytes) -> int:
        """Hold the beginning of a line; 1 when this made it too long."""
        if self._skipping or not data:
            return 0
        if len(self._held) + len(data) > self._limit:
            self._reset()
            self._skipping = True
            return 1
        self._held += data
        return 0

    def _reset(self) -> None:
        self._held.clear()
        self._skipping = False
