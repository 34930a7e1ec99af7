"""What a guard costs, in microseconds of CPU of this thread: the median of several rounds.

Microseconds of one day say little about another: machines are shared. So each case is measured beside a yardstick, round
by round, and told as a multiple of it as well. The yardstick is what `json.loads` of the standard library takes for a
call of 1 KB as it comes, a line of JSON-RPC: what everybody pays who looks into a call at all.
Beside what has to be parsed stands what its parser alone takes for the same text: less than that nobody can pay.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from itertools import count, cycle
from typing import TYPE_CHECKING

import sqlglot
import tree_sitter
import tree_sitter_bash

from sekisho.engine.guarding import guard
from sekisho.guards.path import PathFacts, judge_path
from sekisho.guards.shell import CommandFacts, judge_command
from sekisho.guards.sql import SqlFacts, judge_sql
from sekisho.guards.url import judge_url
from sekisho.guards.url_facts import UrlFacts
from sekisho.guards.word import judge_identifier, judge_text
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import ServerFacts

if TYPE_CHECKING:
    from collections.abc import Callable

ROOTS = PathFacts(roots=("/data/allowed",), base="/data/allowed", home="/home/me")
PROSE = "A note about a; b && $(c), ../x and https://example.com/. "
QUERY = (
    "SELECT t.a, count(*) FROM t JOIN u ON t.id = u.id WHERE t.a > 5 AND u.b LIKE 'x%' "
    "GROUP BY t.a ORDER BY t.a LIMIT 10"
)
WIDE = " UNION ALL ".join([QUERY.partition(" ORDER")[0]] * 10)
COMMAND = "grep -rn 'foo bar' src | sort | uniq -c | head -20 && git status"
NAMED = WIDE.replace("u.b", "u.[a name]")
SHORT = QUERY.replace("u.b", "u.[a name]").removesuffix(" LIMIT 10")
NUMBERS = count()
LOOP = 'for f in src/*.py; do if grep -q "foo" "$f"; then echo "$f"; head -3 "$f"; fi; done'
STEPS = (
    "cd src && python -m pytest -q 2>&1 | tail -5",
    'echo "at $(git rev-parse --short HEAD)" && ls $(git ls-files | head -3)',
    "if [ -f pyproject.toml ]; then git diff --stat; fi",
)
ASSIGNED = 'x=$(git rev-parse HEAD) && echo "$x" | cut -c 1-8 && ls -la src'
MESSAGE = (
    "git add -A && git commit -m \"$(cat <<'EOF'\n" + "Fix the thing that was broken in the parser.\n" * 20 + 'EOF\n)"'
)
FACTS = ServerFacts(path=ROOTS)
GRAMMAR = tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))
LINES = "A line of a file, as (many) others are: it's `plain` & 100 % honest.\n" * 14
LINE = json.dumps(
    {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "write_file", "arguments": {"path": "notes/today.md", "content": PROSE * 17}},
    }
)
KILOBYTE = 1000
NEW = 400
LONG = 100
SYLLABLES = (
    "ba", "be", "bi", "bo", "da", "de", "di", "do", "du", "fa", "fe", "ka", "ke", "la", "le", "li", "lo", "ma",
    "me", "mi", "mo", "na", "ne", "no", "pa", "pe", "po", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta",
    "te", "ti", "to", "ing", "tion", "er", "est", "ly", "th", "sh", "ch", "st", "tr", "pl", "cr", "ght", "ness",
    "va",
)  # fmt: skip
AROUND = ("{}", "{},", "{}.\n", "{}; ", "({})", "`{}`", "{} & ", '"{}"', "{}: 4711", "{}-")
OFTEN = (80, 6, 5, 1, 2, 2, 1, 1, 1, 1)
YARDSTICK = "yardstick: json.loads of a call of 1 KB"


def _parsed(query: str, dialect: str | None) -> object:
    """Judge a query that nobody asked about before."""
    return judge_sql(f"{query} LIMIT {next(NUMBERS)}", SqlFacts(dialect=dialect))


def _call(name: str, **arguments: str) -> Callable[[], object]:
    """Return the whole judgement of a call: what its arguments mean, and what the guards say.

    No two calls in turn have the same text, of which something could be kept.
    """
    turns = cycle([{**arguments}, {key: value + " " * (len(value) > LONG) for key, value in arguments.items()}])
    judge = _judge(name, tuple(arguments))
    return lambda: judge(next(turns))


def _judge(name: str, parameters: tuple[str, ...]) -> Callable[[dict[str, str]], object]:
    tool = Tool({"name": name, "inputSchema": {"properties": {each: {"type": "string"} for each in parameters}}})
    return lambda arguments: guard(tool.read({**arguments}), tool, FACTS)


def _prose(chance: random.Random) -> str:
    """Return 1 KB of words that nobody has seen, with the signs of a note between them."""
    words: list[str] = []
    size = 0
    while size < KILOBYTE:
        word = "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))
        words.append(chance.choices(AROUND, OFTEN)[0].format(word))
        size += len(words[-1]) + 1
    return " ".join(words)[:KILOBYTE]


FRESH: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("call, 1 KB of new words: write_file", "write_file", {"path": "notes/today.md", "content": ""}),
    ("call, 1 KB of new words: create_issue", "create_issue", {"title": "A title", "body": "", "label": "bug"}),
    ("call, 1 KB of new words: search", "search_notes", {"query": ""}),
    ("call, 1 KB of new words: unknown parameter", "do_it", {"thing": ""}),
)
"""Calls whose empty arguments are texts, each of which is judged once: what looks for patterns learns new letters."""

CASES: tuple[tuple[str, Callable[[], object]], ...] = (
    ("call, 1 KB: write_file", _call("write_file", path="notes/today.md", content=PROSE * 17)),
    ("call, 1 KB: write_file, with lines", _call("write_file", path="notes/today.md", content=LINES)),
    ("call, 1 KB: create_issue", _call("create_issue", title="A title", body=PROSE * 17, label="bug")),
    ("call, 1 KB: search", _call("search_notes", query=PROSE * 17)),
    ("call, 1 KB: unknown parameter", _call("do_it", thing=PROSE * 17)),
    ("call, 100 KB: write_file", _call("write_file", path="notes/today.md", content=PROSE * 1700)),
    ("call: run_command, 65 characters", _call("run_command", command=COMMAND)),
    ("call: read_query, 115 characters", _call("read_query", query=QUERY)),
    ("call: read_query, 1 KB", _call("read_query", query=WIDE)),
    ("call, 1 KB: unknown parameter, Japanese", _call("do_it", thing="会議の記録を探す。来週の予定、" * 25)),
    ("path, 26 characters", lambda: judge_path("/data/allowed/sub/notes.md", ROOTS)),
    ("path, with spaces and Japanese", lambda: judge_path("sub/資料 最終版.xlsx", ROOTS)),
    ("path, with brackets of full width", lambda: judge_path("sub/資料（最終版）.xlsx", ROOTS)),
    ("path, 1 KB", lambda: judge_path("directory/" * 100 + "x", ROOTS)),
    (
        "address, 60 characters",
        lambda: judge_url("https://example.com/path/to/page.html?a=1&b=2&c=three#section", UrlFacts()),
    ),
    ("address, 1 KB", lambda: judge_url("https://example.com/?" + "a=b&" * 250, UrlFacts())),
    ("name, 20 characters", lambda: judge_identifier("feature/some-branch")),
    ("text, 1 KB", lambda: judge_text(PROSE * 18)),
    ("command of plain words", lambda: judge_command("git log --oneline -5 src | head -3", CommandFacts())),
    ("command with quotes, 65 characters", lambda: judge_command(COMMAND, CommandFacts())),
    ("command, 1 KB", lambda: judge_command("; ".join([COMMAND] * 16), CommandFacts())),
    ("command: a loop, 88 characters", lambda: judge_command(LOOP, CommandFacts())),
    ("command: 1 KB of loops", lambda: judge_command("; ".join([LOOP] * 11), CommandFacts())),
    ("command: 1 KB of a commit message", lambda: judge_command(MESSAGE, CommandFacts())),
    ("command: steps with substitutions, 170 characters", lambda: judge_command("\n".join(STEPS), CommandFacts())),
    ("command, parsed: 65 characters", lambda: judge_command(ASSIGNED, CommandFacts())),
    ("command, parsed: 1 KB of loops", lambda: judge_command("; ".join([LOOP] * 11) + " # x", CommandFacts())),
    ("the grammar alone: 65 characters", lambda: GRAMMAR.parse(ASSIGNED.encode())),
    ("the grammar alone: 1 KB of loops", lambda: GRAMMAR.parse(("; ".join([LOOP] * 11) + " # x").encode())),
    ("query, 115 characters, engine known", lambda: judge_sql(QUERY, SqlFacts(dialect="sqlite"))),
    ("query, 115 characters, engine not known", lambda: judge_sql(QUERY, SqlFacts())),
    ("query, 1 KB, engine known", lambda: judge_sql(WIDE, SqlFacts(dialect="sqlite"))),
    ("query, 1 KB, engine not known", lambda: judge_sql(WIDE, SqlFacts())),
    ("query, 12 KB", lambda: judge_sql("SELECT " + "a, " * 4000 + "b FROM t", SqlFacts())),
    ("query, 1 KB, with a comment", lambda: judge_sql(f"{WIDE} -- all of it", SqlFacts())),
    ("query, parsed: 105 characters, engine known", lambda: _parsed(SHORT, "sqlite")),
    ("query, parsed: 105 characters, engine not known", lambda: _parsed(SHORT, None)),
    ("query, parsed: 1 KB, engine known", lambda: _parsed(NAMED, "sqlite")),
    ("query, parsed: 1 KB, engine not known", lambda: _parsed(NAMED, None)),
    ("the parser of queries alone: 105 characters", lambda: sqlglot.parse(SHORT, read="sqlite")),
    ("the parser of queries alone: 1 KB", lambda: sqlglot.parse(NAMED, read="sqlite")),
)


def measure(*, rounds: int = 7) -> dict[str, dict[str, float]]:
    """Return the cost of each case, in microseconds and as a multiple of the yardstick's in the same rounds."""
    found = {name: _cost(case, rounds) for name, case in CASES}
    found |= {name: _cost_of_new(_judge(tool, (*given,)), given, rounds) for name, tool, given in FRESH}
    return {
        "microseconds": {YARDSTICK: _cost(_parsed_line, rounds)[0], **{name: each[0] for name, each in found.items()}},
        "multiples": {name: each[1] for name, each in found.items()},
    }


def _parsed_line() -> object:
    return json.loads(LINE)


def _cost(case: Callable[[], object], rounds: int) -> tuple[float, float]:
    own, others = _times(case), _times(_parsed_line)
    found = [(_took(case, own), _took(_parsed_line, others)) for _ in range(rounds)]
    multiple = statistics.median(own / yardstick for own, yardstick in found)
    return round(statistics.median(own for own, _ in found) * 1e6, 1), round(multiple, 1)


def _cost_of_new(judge: Callable[[dict[str, str]], object], given: dict[str, str], rounds: int) -> tuple[float, float]:
    """Return the same of calls whose texts come only once; the first round is for those that a process sees first."""
    chance = random.Random(rounds)  # noqa: S311 - texts, no secrets
    found: list[tuple[float, float]] = []
    for _ in range(rounds + 1):
        texts = (_prose(chance) for _ in range(NEW))
        calls = iter([{key: value or text for key, value in given.items()} for text in texts])
        took = _took(lambda: judge(next(calls)), NEW)  # noqa: B023 - called at once
        found.append((took, _took(_parsed_line, NEW)))
    multiple = statistics.median(own / yardstick for own, yardstick in found[1:])
    return round(statistics.median(own for own, _ in found[1:]) * 1e6, 1), round(multiple, 1)


def _times(case: Callable[[], object]) -> int:
    """Return how often a case is repeated in a round: for a twentieth of a second."""
    case()
    return max(3, min(2000, int(0.05 / max(_took(case, 1), 1e-6))))


def _took(case: Callable[[], object], times: int) -> float:
    started = time.thread_time()
    for _ in range(times):
        case()
    return (time.thread_time() - started) / times
