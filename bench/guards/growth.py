"""Values of up to a megabyte: that no guard raises or hangs, and that what it needs grows no faster than the value.

Each guard gets values made of one piece, again and again, and of random pieces. All are tried at 64 KB and 256 KB;
what took longest, and what grew, at 1 MB too, and more than once. Growth is the time for four times as much: 4 is
linear, 16 would be quadratic. What takes less than 2 ms at the larger size is not looked at. A value that takes 10 s of
CPU hangs. Guards are measured side by side, on two processors, by the CPU time of their threads.
"""

from __future__ import annotations

import random
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple, cast

from sekisho.engine.guarding import guard
from sekisho.guards.path import PathFacts, judge_path
from sekisho.guards.pattern import judge_pattern
from sekisho.guards.shell import CommandFacts, judge_command
from sekisho.guards.sql import SqlFacts, judge_name, judge_sql
from sekisho.guards.uri import judge_uri
from sekisho.guards.url import judge_url
from sekisho.guards.url_facts import UrlFacts
from sekisho.guards.word import judge_identifier, judge_text
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import ServerFacts

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = (
    "a", " ", "../", "%2e", "%25", "/", "\\", "\uff0e", "\u0301\u0323", ". ", ";", ",/", "~", "\u200b", "${", "file:", "(", "'", '"', "`", "$(", "<<A ", "a && ", "{ ",
    "if ", "a|", "\n", "[", "NOT ", "-", "UNION SELECT 1 ", "f(", "CASE ", "/*", "x.", "a,", "- ", "$", "::", "http://", "@", ":", "?", "#", "\0", "\r\n",
    "--a ", "=-", "e ", "s/a/b/", '{"a":', "[[", "あ", "e\u0301", "\U0001f469\u200d", "A", "1.", "0x", "SELECT ", "x' OR ", "git ", "\t", "ls; ",
)  # fmt: skip
PARAMETERS = ("path", "url", "command", "query", "table", "content", "branch", "pattern", "thing", "items")
TOOLS = tuple(
    Tool({
        "name": name,
        "inputSchema": {
            "type": "object",
            "properties": {each: {"type": "array" if each == "items" else "string"} for each in PARAMETERS},
        },
    })
    for name in ("read_file", "fetch_url", "run_command", "sqlite_query", "git_log")
)  # fmt: skip
FACTS = ServerFacts(path=PathFacts(roots=("/data/allowed",), base="/data/allowed", home="/home/me"))
GUARDS: dict[str, Callable[[str], object]] = {
    "path": lambda value: judge_path(value, FACTS.path),
    "address": lambda value: judge_url(value, UrlFacts()),
    "command": lambda value: judge_command(value, CommandFacts()),
    "query": lambda value: judge_sql(value, SqlFacts()),
    "name in a query": judge_name,
    "identifier": lambda value: judge_identifier(value, ("git",)),
    "text": lambda value: judge_text(value, ("git",)),
    "uri": judge_uri,
    "pattern": judge_pattern,
    **{
        f"a call of {tool.words[-1]}, as {name}": lambda value, tool=tool, name=name: guard(
            tool.read({name: value}), tool, FACTS
        )
        for tool in TOOLS
        for name in PARAMETERS
    },
}
SIZES = (64 * 1024, 256 * 1024, 1024 * 1024)
MOST_GROWTH = 8.0
SUSPECT = 6.0
LONGEST = 8
"""How many values of each guard are given to it at 1 MB, besides those that grow."""

LEAST = 0.002
HANGS = 10.0


class Grown(NamedTuple):
    """What one guard did."""

    values: int
    raised: list[str]
    worst: tuple[float, str]
    longest: tuple[float, str]


class HangError(Exception):
    """A value took longer than any may."""


def _seconds(judge: Callable[[str], object], value: str, takes: int = 1) -> float:
    found = list[float]()
    for _ in range(takes):
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
        started = time.thread_time()
        try:
            judge(value)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        found.append(time.thread_time() - started)
    return min(found)


def _hangs(_number: int, _frame: object) -> None:
    raise HangError


class _Trial:
    """One guard, and what it raised."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.raised: list[str] = []

    def seconds(self, value: str, about: str, takes: int = 1) -> float:
        try:
            return _seconds(GUARDS[self.name], value, takes)
        except Exception as error:  # noqa: BLE001 - that is what is counted
            self.raised.append(f"{self.name}: {about}: {type(error).__name__}")
            return 0.0

    def repeated(self, piece: str, size: int, takes: int = 1) -> float:
        return self.seconds(piece * (size // len(piece)), ascii(piece), takes)

    def pair(self, piece: str, sizes: tuple[int, int]) -> tuple[float, float]:
        """Return the time at both sizes; taken again where it grew, as a machine may not be at rest."""
        small, large = (self.repeated(piece, size) for size in sizes)
        if large > LEAST and large > SUSPECT * small:
            small, large = (self.repeated(piece, size, 3) for size in sizes)
        return small, large


def _grown(name: str, count: int, seed: int, pieces: tuple[str, ...]) -> Grown:
    """Give a guard every piece, and so many random values."""
    signal.signal(signal.SIGVTALRM, _hangs)
    trial = _Trial(name)
    times = {piece: trial.pair(piece, SIZES[:2]) for piece in pieces}
    grown = {piece: large / small for piece, (small, large) in times.items() if large > LEAST and small}
    slowest = sorted(times, key=lambda piece: times[piece][1])[-LONGEST:]
    whole: dict[str, float] = {}
    for piece in {*slowest, *(each for each, growth in grown.items() if growth > SUSPECT)}:
        small, whole[piece] = trial.pair(piece, SIZES[1:])
        if whole[piece] > LEAST and small:
            grown[piece] = max(grown.get(piece, 0.0), whole[piece] / small)
    chance = random.Random(f"{seed} {name}")  # noqa: S311 - variants, no secrets
    for _ in range(count):
        some = chance.sample(PIECES, chance.randint(1, 6))
        length = chance.choice((10, 100, 1000, 10_000, 100_000))
        value = "".join(chance.choices(some, k=length))[: SIZES[-1]]
        trial.seconds(value, ascii(value[:60]))
    return Grown(
        values=len(pieces) + count,
        raised=list(dict.fromkeys(trial.raised)),
        worst=max(((round(growth, 1), f"{name}: {piece!a}") for piece, growth in grown.items()), default=(0.0, "")),
        longest=max(
            ((round(took * 1000, 1), f"{name}: {piece!a}") for piece, took in whole.items()), default=(0.0, "")
        ),
    )


def measure(count: int, seed: int, *, smoke: bool) -> dict[str, object]:
    """Give every guard every piece, and `count` random values; returns growth, the longest, and what raised."""
    pieces = PIECES[::12] if smoke else PIECES
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        every = list(pool.map(_grown, GUARDS, *([each] * len(GUARDS) for each in (count, seed, pieces))))
    return {
        "values": sum(each.values for each in every),
        "raised": [said for each in every for said in each.raised][:10],
        "growth for four times as much, at most": max(each.worst for each in every),
        "milliseconds for 1 MB, at most": max(each.longest for each in every),
    }


def broken(grown: dict[str, object]) -> list[str]:
    """Return what is promised and not so."""
    growth, about = cast("tuple[float, str]", grown["growth for four times as much, at most"])
    found = cast("list[str]", grown["raised"])
    return [*found, f"{about} grows by {growth}"] if growth > MOST_GROWTH else [*found]
