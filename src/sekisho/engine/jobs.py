"""Judgements that may take long, as texts: what is asked, and what a process that can be ended answers.

A job is a JSON object with its name under `job`; it is also the subject of the need for it, so an answer finds its
question. Whoever performs one (`perform`) may be killed at any moment, and then there is no answer.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import Judgement, Need, Objection, Wanted
from sekisho.wire.jsonrpc import serialise
from sekisho.wire.strict import Limits, loads
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sekisho.guards.contract import Breach
    from sekisho.guards.objection import Told
    from sekisho.guards.path import PathFacts
    from sekisho.guards.shell import CommandFacts
    from sekisho.guards.sql import SqlFacts
    from sekisho.wire.strict import Json, JsonObject

__all__ = [
    "HEAD",
    "LONGEST",
    "answered",
    "breaches_of",
    "command_job",
    "crowd_job",
    "objections_of",
    "path_told",
    "path_written",
    "perform",
    "query_job",
    "scan_job",
    "schema_job",
    "texts_of",
    "whole",
]

HEAD: Final = 8
"""Bytes of a frame that tell the length of what follows."""

LONGEST: Final = 64 * 1024 * 1024
"""Bytes of a job or an answer."""

_LIMITS: Final = Limits(bytes=LONGEST, depth=256, members=10_000_000)


def query_job(value: str, facts: SqlFacts) -> Need:
    """Ask for the judgement of a long query."""
    return _need({"job": "query", "value": value, "use": int(facts.use), "dialect": facts.dialect})


def command_job(value: str, facts: CommandFacts) -> Need:
    """Ask for the judgement of a command that may take long."""
    return _need(
        {
            "job": "command",
            "value": value,
            "only": [*sorted(facts.only)],
            "prefix": facts.prefix,
            "allowed": [*sorted(facts.allowed)],
            "listed": None if facts.listed is None else [*sorted(facts.listed)],
            "path": None if facts.path is None else path_written(facts.path),
        }
    )


def schema_job(schema: Json, value: Json, *, exact: bool = False) -> Need:
    """Ask whether a value fits a schema, where either is too much for this process; `exact` as in `breaches`."""
    return _need({"job": "schema", "schema": schema, "value": value, "exact": exact})


def scan_job(method: str, content: Json) -> Need:
    """Ask for the judgement of a message that has to be read."""
    return _need({"job": "scan", "method": method, "content": content})


def crowd_job(request: JsonObject) -> Need:
    """Ask for the judgement of a request of very many texts (`engine.crowd`)."""
    return _need({"job": "crowd", **request})


def objections_of(answer: str) -> tuple[Objection, ...]:
    """Read what became of a query or a command."""
    return tuple(
        Objection(rule=str(rule), start=whole(start), end=whole(end), numbers=tuple(map(whole, items(numbers))))
        for rule, start, end, numbers in map(items, items(_read(answer)))
    )


def answered(job: Need, told: Told, unread: Objection) -> Judgement:
    """Return what a worker said, or ask it.

    Args:
        job: the question.
        told: answers to needs.
        unread: what is to be said where it did not answer.
    """
    if job.subject not in told.worked:
        return Judgement(needs=(job,))
    answer = told.worked[job.subject]
    return Judgement(objections=(unread,) if answer is None else objections_of(answer))


def breaches_of(answer: str) -> tuple[Breach, ...] | None:
    """Read where a value does not fit; None if not even a patient process can tell."""
    found = _read(answer)
    if not isinstance(found, list):
        return None
    from sekisho.guards.contract import Breach  # noqa: PLC0415 - few calls are judged elsewhere

    return tuple(
        Breach(
            tuple(each if isinstance(each, int) else str(each) for each in items(path)), str(keyword), texts_of(types)
        )
        for path, keyword, types in map(items, found)
    )


def path_written(facts: PathFacts) -> JsonObject:
    """Write what is known about a server's files, for a worker."""
    return {
        "roots": [*facts.roots],
        "base": facts.base,
        "home": facts.home,
        "caseless": facts.caseless,
        "windows": facts.windows,
        "shared": facts.shared,
        "own": [*facts.own],
    }


def path_told(written: JsonObject) -> PathFacts:
    """Read what `path_written` wrote.

    Raises:
        LookupError: it is something else.
    """
    from sekisho.guards.path import PathFacts  # noqa: PLC0415 - who only asks starts without it

    return PathFacts(
        roots=texts_of(written["roots"]),
        base=text(written["base"]),
        home=text(written["home"]),
        caseless=written["caseless"] is True,
        windows=written["windows"] is True,
        shared=written["shared"] is True,
        own=texts_of(written["own"]),
    )


def perform(job: str) -> str:
    """Do what a job asks for. It may take as long as it likes, and raise whatever the libraries raise.

    Raises:
        LookupError: nobody knows such a job.
        WireError: it is no JSON, or too large.
    """
    asked = obj(_read(job))
    return serialise(_JOBS[text(asked.get("job")) or ""](asked)).decode()


def _query(asked: JsonObject) -> Json:
    from sekisho.guards.sql import SqlFacts, Use, judge_sql  # noqa: PLC0415 - who only asks starts without it

    facts = SqlFacts(use=Use(whole(asked["use"])), dialect=text(asked["dialect"]), long=True)
    return _told(judge_sql(str(asked["value"]), facts).objections)


def _command(asked: JsonObject) -> Json:
    from sekisho.guards.shell import CommandFacts, judge_command  # noqa: PLC0415 - as above

    listed = asked["listed"]
    facts = CommandFacts(
        only=frozenset(texts_of(asked["only"])),
        prefix=str(asked["prefix"]),
        allowed=frozenset(texts_of(asked["allowed"])),
        listed=None if listed is None else frozenset(texts_of(listed)),
        path=None if asked["path"] is None else path_told(obj(asked["path"])),
    )
    return _told(judge_command(str(asked["value"]), facts).objections)


def _told(found: Sequence[Objection]) -> Json:
    return [[each.rule, each.start, each.end, list(each.numbers)] for each in found]


def _schema(asked: JsonObject) -> Json:
    from sekisho.guards.contract import contract  # noqa: PLC0415 - as above

    found = contract(asked["schema"], patient=True).breaches(asked["value"], exact=asked.get("exact") is True)
    return None if found is None else [[list(each.path), each.keyword, list(each.types)] for each in found]


def _scan(asked: JsonObject) -> Json:
    from sekisho.engine.results.scanning import scan  # noqa: PLC0415 - the patterns load where they are needed

    return scan(asked)


def _crowd(asked: JsonObject) -> Json:
    from sekisho.engine.crowd import judge  # noqa: PLC0415 - the guards load where they are needed

    return judge(asked)


_JOBS: Final[Mapping[str, Callable[[JsonObject], Json]]] = MappingProxyType(
    {"command": _command, "crowd": _crowd, "query": _query, "scan": _scan, "schema": _schema}
)


def _need(job: JsonObject) -> Need:
    return Need(Wanted.WORKER, serialise(job).decode())


def _read(written: str) -> Json:
    return loads(written.encode(), _LIMITS)


def whole(value: Json) -> int:
    """Return a whole number of an answer; 0 for anything else."""
    return value if isinstance(value, int) else 0


def texts_of(value: Json) -> tuple[str, ...]:
    """Return the items of a list as texts."""
    return tuple(map(str, items(value)))
