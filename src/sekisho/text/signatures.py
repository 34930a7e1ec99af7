"""Many patterns over one text in one linear pass: google-re2's `Set`, wrapped once, so that it fails closed.

RE2's `Set` answers "nothing matched" where it means "I could not look": when it is empty, was not compiled, or ran out
of memory for its automaton. So each set here holds one more pattern that matches every text, and an answer without
it is an error. It matches at the end only, because a match at each character would be noted at each, in twice the time.
A lone surrogate, which no pattern could hold, is read as a replacement character instead of raising.

The library loads with the first set that is made: a command that judges nothing does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SignatureError", "SignatureSet"]

_MEMORY: Final = 64 * 1024 * 1024


class SignatureError(Exception):
    """The set could not look at the text, or holds a pattern that is none. Nothing may be concluded."""


class SignatureSet:
    """A set of patterns, without regard to case.

    Args:
        patterns: in RE2's syntax; at least one.

    Raises:
        SignatureError: no pattern at all, or one that RE2 does not take.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        import re2  # noqa: PLC0415 - loaded with the first set, see above

        if not patterns:
            raise SignatureError("a set needs patterns")
        options = re2.Options()
        options.case_sensitive = False
        options.max_mem = _MEMORY
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        try:
            for pattern in patterns:
                self._set.Add(pattern)
            self._always = self._set.Add(r"\z")
            self._set.Compile()
        except re2.error as error:
            raise SignatureError(str(error)) from None

    def match(self, text: str | bytes) -> list[int]:
        """Return the indexes of the patterns that match anywhere in `text`, in no order.

        Args:
            text: to look through; for several sets it is encoded once, as UTF-8.

        Raises:
            SignatureError: the set could not look.
        """
        found = self._set.Match(text.encode("utf-8", "replace") if isinstance(text, str) else text) or []
        try:
            found.remove(self._always)
        except ValueError:
            raise SignatureError("the set did not look at the text") from None
        return found

    def may_match(self, text: str) -> bool:
        """Return whether one of the patterns matches anywhere in `text`; True as well where the set could not look."""
        try:
            found = self.match(text)
        except SignatureError:
            return True
        return bool(found)
