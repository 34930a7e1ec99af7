"""What the words in a tree of the grammar stand for, as far as it can be told without running anything."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.narrow import narrow
from sekisho.guards.script import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from sekisho.guards.narrow import Spelling

__all__ = ["UNQUOTED", "Words", "literal"]

_TEXTS: Final = frozenset(
    {"word", "number", "string_content", "variable_name", "special_variable_name", "regex", "extglob_pattern"}
)
UNQUOTED: Final = _TEXTS - {"string_content"}
"""Parts of the tree that stand for themselves, outside of quotes."""

_ESCAPED: Final = re.compile(r"\\(\n|.)", re.DOTALL)
_ESCAPED_BEGINNING: Final = re.compile(r"\\(?:\$\(|`)")
_QUOTED: Final = frozenset({"string", "raw_string"})
_NAMED: Final = re.compile(r"\$[A-Za-z_]")
_QUOTED_ESCAPE: Final = re.compile(r'\\([\\"$`\n])')
_ANSI: Final = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|(.))", re.DOTALL
)
_ANSI_LETTERS: Final = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v",
}  # fmt: skip
_ESCAPE: Final = 2
_TOUCHING: Final = re.compile(r"(?:\\[ \t\v\f]|\\\r?\n)+")
_CONTINUED: Final = str.maketrans("", "", "\\\r\n")
_LAST: Final = 0x10FFFF
_NOWHERE: Final = -_ESCAPE
"""Touches nothing."""

_INNER: Final = r"[^\"\\`$!\n\x00]*+"
_SIMPLE: Final = re.compile(
    r"[A-Za-z_./][A-Za-z0-9_./-]*+(?:[ \t]++(?:(?:[A-Za-z0-9_./:@,+%~-]|(?<=-)[A-Za-z0-9-]++=)++|'[^'\\`$\n\x00]*+'"
    rf"|\"{_INNER}(?:\$[A-Za-z_]{_INNER})*+\"|\$[A-Za-z_][A-Za-z0-9_]*+)(?![^ \t]))*+"
)
"""A program with words that are plain, variables, or quoted whole."""

_SHORT: Final = 40
"""Characters of a word that is kept."""

_SIMPLE_WORD: Final = re.compile(r"\"[^\"]*+\"|'[^']*+'|[^ \t]++")


class Words:
    """The words of one text, whose letters are spelled in ASCII: what is a byte to the grammar is a character here.

    Args:
        spelling: of the text.
    """

    __slots__ = ("_text", "_wide")

    def __init__(self, spelling: Spelling) -> None:
        self._text = spelling.text
        self._wide = "_u" in spelling.text

    def text(self, node: Node) -> str:
        """Return a part of the text as it is written."""
        written = self._text[node.start_byte : node.end_byte]
        return narrow(written) if self._wide else written

    def plainly(self, begin: int, end: int) -> list[Word] | None:
        """Return the words of a command of the simplest kind by its letters alone; None where the grammar tells them.

        Args:
            begin: where the command begins.
            end: where it ends.
        """
        text = self._text
        if self._wide or not _SIMPLE.fullmatch(text, begin, end):
            return None
        words = _SIMPLE_WORD.findall(text, begin, end)
        return [_kept(each) if len(each) <= _SHORT else _simple(each) for each in words]

    def of(self, nodes: Sequence[Node], kinds: Sequence[str] = ()) -> list[Word]:
        """Return the words that nodes stand for: what touches is one, which the grammar cuts before a backslash.

        Args:
            nodes: in the order of the text.
            kinds: their types, where they are known already.
        """
        found: list[Word] = []
        ended = _NOWHERE
        written, simple = self._text, not self._wide
        for node, kind in zip(nodes, kinds or [node.type for node in nodes], strict=True):
            begin, end = node.start_byte, node.end_byte
            text = written[begin:end]
            word = (_plain(kind, text) if simple else None) or self._word(node, kind, text)
            more = self.between(ended, begin) if found and begin != ended + 1 else None
            if more is not None:
                last = found.pop()
                every = last.literal and word.literal
                word = Word(last.text + more + word.text, every, last.later or word.later)
            found.append(word)
            ended = end
        return found

    def between(self, end: int, begin: int) -> str | None:
        """Return what stands between two parts of one word: nothing, or escaped white space; None for two words."""
        if begin - end < _ESCAPE:
            return None if begin - end else ""
        gap = self._text[end:begin]
        return gap.translate(_CONTINUED) if gap[0] == "\\" and _TOUCHING.fullmatch(gap) else None

    def word(self, node: Node) -> Word:
        """Return what a part stands for. Nesting is as deep as concatenations in strings go: two."""
        return self._word(node, node.type, self._text[node.start_byte : node.end_byte])

    def _word(self, node: Node, kind: str, spelled: str) -> Word:
        text = narrow(spelled) if self._wide else spelled
        match kind:
            case "word":
                return literal(_ESCAPED.sub(lambda found: found[1].strip("\n"), text) if "\\" in text else text)
            case "command_name":
                inner = node.named_children
                return self.word(inner[0]) if inner else Word(text, literal=False)
            case "string" | "translated_string":
                return _quoted(node, text)
            case "raw_string":
                return literal(text[1:-1])
            case "ansi_c_string":
                return literal(_ANSI.sub(lambda found: _ansi(found.groups()), text[2:-1]))
            case "concatenation":
                parts = [self.word(child) for child in node.children]
                every = all(part.literal for part in parts)
                return Word("".join(part.text for part in parts), every, any(part.later for part in parts))
            case _:
                return Word(text, kind in _TEXTS)


def _plain(kind: str, text: str) -> Word | None:
    """Return the word of a part that holds nothing to undo; None where it is not that easy."""
    if "\\" in text or "`" in text:
        return None
    simple = "$" not in text
    if kind == "word":
        return Word(text) if simple else None
    if kind in _QUOTED and "\0" not in text:
        return Word(text[1:-1], simple) if simple or (kind == "string" and _NAMED.search(text)) else None
    return Word(text) if kind == "command_name" and text.isalnum() else None


def _simple(text: str) -> Word:
    """Return a word of a command of the simplest kind."""
    if text[0] in "\"'":
        return Word(text[1:-1], "$" not in text)
    return Word(text, text[0] != "$")


_kept: Final = lru_cache(maxsize=2048)(_simple)
"""The same programs, options and variables come again and again."""


def literal(text: str) -> Word:
    """Return a word in which nothing is expanded."""
    return Word(text, later="$(" in text or "`" in text)


def _quoted(node: Node, text: str) -> Word:
    plain = all(child.type in {"string_content", "string"} for child in node.named_children)
    inner = text.removeprefix("$")[1:-1]
    if "\\" not in inner:
        return Word(inner, plain)
    later = _ESCAPED_BEGINNING.search(inner) is not None
    return Word(_QUOTED_ESCAPE.sub(lambda found: found[1].strip("\n"), inner), plain, later)


def _ansi(groups: tuple[str | None, ...]) -> str:
    *numbers, octal, letter = groups
    for digits in numbers:
        if digits is not None:
            value = int(digits, 16)
            return chr(value) if value <= _LAST else "\ufffd"
    return chr(int(octal, 8)) if octal is not None else _ANSI_LETTERS.get(letter or "", letter or "")
