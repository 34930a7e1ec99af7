"""Requests of very many texts, judged by a process that can be ended: what it is asked, and what it answers.

A text costs the guards from 10 µs to a millisecond, so a thousand of them would keep everybody else waiting. Which
requests are too much here is told by the number of their texts, and by what each could cost with its meanings; one
long text does not count, because each guard has a bound of its own. The worker reads and judges as this process would,
and tells of each rule the first places only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.guarding import Guarded, guard
from sekisho.engine.jobs import crowd_job, path_told, path_written, texts_of, whole
from sekisho.engine.texts import texts
from sekisho.guards.objection import Need, Objection, Told, Wanted
from sekisho.guards.url_facts import UrlFacts
from sekisho.meaning.argument import Argument, Meaning
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import ServerFacts
from sekisho.policy.reach import Listed
from sekisho.rules.called import Objected
from sekisho.wire.strict import Limits, WireError, loads
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Crowd", "asked", "costs_much", "heard", "is_crowd", "judge"]

_MANY: Final = 1_000
"""Members and items that are read here; reading 1,000 takes 2 ms."""

_OPENS: Final = frozenset("[{")
_HEAD: Final = 64
"""Characters of a text that tell whether it may hold encoded JSON."""

_BUDGET: Final = 5_000
"""Microseconds that the guards may cost here, as it is estimated."""

_PRICES: Final = {
    Meaning.PATH: (150, 1),
    Meaning.COMMAND: (100, 3),
    Meaning.SQL: (1_000, 1),
    Meaning.CYPHER: (100, 1),
    Meaning.TEXT: (1, 0),
}
"""What a text of a meaning may cost, in microseconds, and each of its characters."""

_ELSE: Final = 20, 0

_PLACES: Final = 16
"""Places that are told of each rule."""

_FACTS: Final = 256
"""Facts of the world that one request may need; there is no answer to more (`gateway.looking`)."""

_JUDGED: Final = ("arguments", "argument", "context")
"""Members of the params that hold texts."""

_SHOWN: Final = 200
"""Characters of a text that come back: more is shown to nobody."""

_LIMITS: Final = Limits(bytes=64 * 1024 * 1024, depth=256, members=10_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What the worker said."""

    guarded: Guarded
    """What the guards say, as far as it is told."""

    undeclared: int
    """How many members the schema does not name."""


def is_crowd(params: JsonObject) -> bool:
    """Say whether a request has too many members to be read here; it stops to count as soon as it has."""
    waiting: list[Json] = [params]
    seen = 0
    while waiting:
        value = waiting.pop()
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        seen += len(inner)
        if seen <= _MANY:
            # a text may hold encoded JSON, whose texts are read as well
            encoded = (each for each in inner if isinstance(each, str) and each[:_HEAD].lstrip()[:1] in _OPENS)
            seen += sum(each.count(",") for each in encoded)
        if seen > _MANY:
            return True
        waiting.extend(each for each in inner if isinstance(each, dict | list))
    return False


def costs_much(read: Sequence[Argument], facts: ServerFacts) -> bool:
    """Say whether the guards would take too long here for these texts together."""
    if len(read) == 1:
        return False
    total = longest = 0
    for each in read:
        for meaning in each.meanings:
            fixed, by_character = _PRICES.get(meaning, _ELSE)
            by_length = by_character * len(each.value)
            longest = max(longest, by_length)
            total += fixed + by_length
    return (total - longest) * (1 + len(facts.limits)) > _BUDGET


def asked(
    method: str, params: JsonObject, tool: Tool, facts: ServerFacts, told: Told, fixed: Sequence[str] = ()
) -> Need:
    """Ask for the judgement of a request.

    Args:
        method: of the request.
        params: of the request; only what is judged of it is asked about.
        tool: what it is about.
        facts: what is known about the server.
        told: answers to needs so far; those of a worker are not among them.
        fixed: pointers of what a person fixed.
    """
    addresses: JsonObject = {name: None if found is None else [*found] for name, found in told.addresses.items()}
    return crowd_job(
        {
            "method": method,
            "params": {key: params[key] for key in _JUDGED if key in params},
            "tool": {
                "body": tool.body,
                "about": [*tool.about],
                "meant": {k: [*sorted(v)] for k, v in tool.meant.items()},
            },
            "facts": _written(facts),
            "paths": dict(told.real_paths),
            "addresses": addresses,
            "fixed": [*fixed],
        }
    )


def judge(asked_: JsonObject) -> Json:
    """Judge a request, in the worker; what it answers is read by `heard`."""
    method, params, given = text(asked_["method"]) or "", obj(asked_["params"]), obj(asked_["tool"])
    meant = {name: frozenset(map(Meaning, map(str, items(each)))) for name, each in obj(given["meant"]).items()}
    tool = Tool(obj(given["body"]), about=map(str, items(given["about"])), meant=meant)
    read = texts(method, params, tool)
    fixed = frozenset(map(str, items(asked_["fixed"])))
    chosen = tuple(each for each in read if each.pointer not in fixed)
    facts = _facts(obj(asked_["facts"]))
    paths = {name: text(found) for name, found in obj(asked_["paths"]).items()}
    addresses = {
        name: None if found is None else tuple(map(str, items(found)))
        for name, found in obj(asked_["addresses"]).items()
    }
    guarded = guard(chosen, tool, facts, Told(real_paths=paths, addresses=addresses, patient=True))
    if len(guarded.needs) > _FACTS:
        # there is no answer to so many, and none is what the guards are told
        paths |= {each.subject: None for each in guarded.needs[_FACTS:] if each.wanted is Wanted.REAL_PATH}
        addresses |= {each.subject: None for each in guarded.needs[_FACTS:] if each.wanted is Wanted.ADDRESSES}
        guarded = guard(chosen, tool, facts, Told(real_paths=paths, addresses=addresses, patient=True))
    return {
        "found": [*_rows(guarded)],
        "needs": [[each.wanted, each.subject] for each in guarded.needs[:_FACTS]],
        "undeclared": len({each.pointer for each in read if not each.declared}),
    }


def heard(answer: str) -> Crowd | None:
    """Read what the worker said; None if that is nothing."""
    try:
        return _heard(answer)
    except (LookupError, ValueError, WireError):
        return None


def _heard(answer: str) -> Crowd:
    told = obj(loads(answer.encode(), _LIMITS))
    found: list[Objected] = []
    for pointer, shown, rule, end, numbers, expected in map(items, items(told["found"])):
        argument = Argument(pointer=str(pointer), value=str(shown), meanings=frozenset())
        said = Objection(
            rule=str(rule), start=0, end=whole(end), numbers=tuple(map(whole, items(numbers))), expected=str(expected)
        )
        found.append(Objected(argument, said))
    needs = tuple(Need(Wanted(str(wanted)), str(subject)) for wanted, subject in map(items, items(told["needs"])))
    return Crowd(guarded=Guarded(found=tuple(found), needs=needs), undeclared=whole(told["undeclared"]))


def _rows(guarded: Guarded) -> list[Json]:
    """Return the first places of each rule, each with the part of its text that a person may be shown."""
    told = Counter[str]()
    rows: list[Json] = []
    for each in guarded.found:
        said = each.objection
        told[said.rule] += 1
        if told[said.rule] <= _PLACES:
            begin = max(0, said.start - _SHOWN // 5)
            shown = each.argument.value[begin : begin + _SHOWN]
            rows.append([each.argument.pointer, shown, said.rule, len(shown), [*said.numbers], said.expected])
    return rows


def _written(facts: ServerFacts) -> JsonObject:
    limits: list[Json] = [[kind, [*listed.values], listed.widens] for kind, listed in facts.limits]
    return {
        "path": path_written(facts.path),
        "url": [[*sorted(facts.url.schemes)], [*sorted(facts.url.hosts)], facts.url.only_listed, facts.url.unresolved],
        "words": [*facts.words],
        "remote": facts.remote,
        "programs": None if facts.programs is None else [*sorted(facts.programs)],
        "opens": facts.opens,
        "limits": limits,
    }


def _facts(written: JsonObject) -> ServerFacts:
    schemes, hosts, only_listed, unresolved = items(written["url"])
    programs = written["programs"]
    return ServerFacts(
        path=path_told(obj(written["path"])),
        url=UrlFacts(
            schemes=frozenset(texts_of(schemes)),
            hosts=frozenset(texts_of(hosts)),
            only_listed=only_listed is True,
            unresolved=unresolved is True,
        ),
        words=texts_of(written["words"]),
        remote=written["remote"] is True,
        programs=None if programs is None else frozenset(texts_of(programs)),
        opens=written["opens"] is True,
        limits=tuple(
            (str(kind), Listed(values=texts_of(values), widens=widens is True))
            for kind, values, widens in map(items, items(written["limits"]))
        ),
    )
