"""Values of up to a megabyte: that no guard raises, and that what it needs grows no faster than the value.

Each guard gets values made of one piece, again and again, and of random pieces. Time at 1 MB over time at 250 KB is the
growth: 4 is linear, 16 would be quadratic. What takes less than 2 ms at 1 MB is not looked at.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

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
    "a", " ", "../", "%2e", "%25", "/", "\\", "\uff0e", ". ", ";", ",/", "~", "\u200b", "${", "file:", "(", "'", '"', "`", "$(", "<<A ", "a && ", "{ ",
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
FACTS = ServerFacts(path=PathFacts(roots=("/work/allowed",), base="/work/allowed", home="/home/me"))
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
SIZES = (250_000, 1_000_000)


def _seconds(judge: Callable[[str], object], value: str) -> float:
    found = list[float]()
    for _ in range(2):
        started = time.thread_time()
        judge(value)
        found.append(time.thread_time() - started)
    return min(found)


def measure(count: int, seed: int, *, smoke: bool) -> dict[str, object]:
    """Give every guard every piece, and `count` random values; returns growth, the longest, and what raised."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    worst, longest, raised = (0.0, ""), (0.0, ""), list[str]()
    values = 0
    for name, judge in GUARDS.items():
        for piece in PIECES[::12] if smoke else PIECES:
            values += 1
            try:
                small, large = (_seconds(judge, piece * (size // len(piece))) for size in SIZES)
            except Exception as error:  # noqa: BLE001 - that is what is counted
                raised.append(f"{name}: {piece!a}: {type(error).__name__}")
                continue
            growth = large / small if large > 0.002 else 0.0
            worst = max(worst, (round(growth, 1), f"{name}: {piece!a}"))
            longest = max(longest, (round(large * 1000, 1), f"{name}: {piece!a}"))
        for _ in range(count):
            values += 1
            pieces = chance.sample(PIECES, chance.randint(1, 6))
            length = chance.choice((10, 100, 1000, 10_000, 100_000))
            value = "".join(chance.choices(pieces, k=length))[: SIZES[-1]]
            try:
                judge(value)
            except Exception as error:  # noqa: BLE001 - as above
                raised.append(f"{name}: {value[:60]!a}: {type(error).__name__}")
    return {
        "values": values,
        "raised": raised[:10],
        "growth from 250 KB to 1 MB, at most": worst,
        "milliseconds for 1 MB, at most": longest,
    }
