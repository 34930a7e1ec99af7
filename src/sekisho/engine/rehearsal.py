"""Loads what the first calls of a session are judged by: rehearses some that nobody makes, and an answer.

Each guard loads, and makes its patterns, with the first value of its kind. What an answer is looked at with makes
states for letters in an order that it has not seen: the first texts of a process cost ten times as much as later ones.
"""

from __future__ import annotations

from functools import partial
from hashlib import shake_256
from typing import TYPE_CHECKING, Final

from sekisho.engine.calling import load
from sekisho.engine.guarding import guard
from sekisho.engine.results.glance import look
from sekisho.guards.contract import contract
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN
from sekisho.rules.registry import call_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["rehearse"]

_CALLS: Final = (
    ("write_file", "path", "notes/today.md"),
    ("fetch", "url", "https://example.com/a?b=c"),
    ("git_commit", "message", 'a; "; b'),
    ("get_item", "id", "a; b"),
    ("do_it", "thing", "a (b); c\nd"),
    ("run_command", "command", "git log"),
    ("read_query", "query", "SELECT a FROM t"),
)
"""Names of tools, names of their parameters, and values: one for each guard that takes its time."""

_ANSWERS: Final = 16
"""Answers of words, of names and tokens, of code, and of all characters alike."""

_CHARACTERS: Final = 16_000

_KANA: Final = (0x3041, 182)
_IDEOGRAPHS: Final = (0x4E00, 20_902)
_HANGUL: Final = (0xAC00, 11_172)
_CYRILLIC: Final = (0x410, 64)
_ACCENTED: Final = (0xC0, 192)
_ASCII: Final = (0x20, 95)
_SCRIPTS: Final = (
    (_KANA, _IDEOGRAPHS),
    (_HANGUL, _ASCII),
    (_CYRILLIC, _ACCENTED),
    (_KANA, _IDEOGRAPHS, _HANGUL, _CYRILLIC, _ACCENTED, _ASCII),
)
"""Where the letters of scripts begin, and how many there are: those of one answer each."""

_FOREIGN: Final = 6_000
"""Characters of such an answer."""

_WORDS: Final = "eeeeeeeeetttttttaaaaaaooooooiiiiinnnnnssssrrrrhhhhllldddcccuuummmffppggwwyybbvkxjqz" + " " * 16
"""Letters as often as in English, about, and blanks."""

_LETTERS: Final = (
    _WORDS,
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:" + " " * 12,
    _WORDS + "TSACPRNEI__==..,,::(())[]{}<>--/\"\"''#$*+&|!?@012345\n\n\n",
    "".join(map(chr, range(0x20, 0x7F))),
)


def rehearse(wanted: Callable[[], bool] = lambda: True) -> None:
    """Judge them. What was made for it stays; a second time costs next to nothing.

    `wanted` is asked between any two steps; from the first no on, nothing more is done.
    """
    calls = (partial(_call, *each) for each in _CALLS)
    answers = (partial(_answer, chance) for chance in range(_ANSWERS))
    foreign = (partial(_foreign, *each) for each in _SCRIPTS)
    for step in (load, *calls, call_rules, *answers, *foreign):
        if not wanted():
            return
        step()


def _call(tool: str, name: str, value: str) -> None:
    schema: JsonObject = {"type": "object", "properties": {name: {"type": "string"}}}
    made = Tool({"name": tool, "inputSchema": schema})
    guard(made.read({name: value}), made, NOTHING_KNOWN)
    contract(schema).breaches({name: value})


def _answer(number: int) -> None:
    letters = _LETTERS[number % len(_LETTERS)].encode()
    drawn = shake_256(bytes((number,))).digest(_CHARACTERS)
    look(drawn.translate((letters * 4)[:256]).decode())


def _foreign(*scripts: tuple[int, int]) -> None:
    drawn = shake_256(bytes((len(scripts),))).digest(3 * _FOREIGN)
    numbers = (int.from_bytes(drawn[at : at + 3]) for at in range(0, len(drawn), 3))
    chosen = ((scripts[number % len(scripts)], number // len(scripts)) for number in numbers)
    look("".join(chr(first + number % size) for (first, size), number in chosen))
