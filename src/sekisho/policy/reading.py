"""From what is written to typed settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from sekisho.meaning.argument import Meaning
from sekisho.policy.calls import NO_TERMS, CallTerms, ParameterTerms
from sekisho.policy.configuration import QUESTIONS, Configuration, ServerEntry
from sekisho.policy.reach import KINDS, Reach
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.policy.calls import Mark, Output, Scalar, Undeclared
    from sekisho.policy.configuration import Code, Sampling, Trust
    from sekisho.policy.layers import Effective
    from sekisho.policy.reach import Listed

__all__ = ["read"]

# What is read here was checked: its types are those of the schema.


def read(effective: Effective) -> Configuration:
    """Return the settings that hold."""
    servers: dict[str, dict[str, object]] = {}
    limits: dict[str, object] = {}
    calls: dict[str, dict[tuple[str, ...], object]] = {}
    words: dict[str, object] = {}
    for path, value in effective.values.items():
        match path:
            case ("servers", str(alias), "tools" | "questions" as table, str(key)):
                servers.setdefault(alias, {})[f"{table}.{key}"] = value
            case ("servers", str(alias), "calls", *rest):
                calls.setdefault(alias, {})[tuple(map(str, rest))] = value
            case ("servers", str(alias), str(key)):
                servers.setdefault(alias, {})[key] = value
            case ("questions", str(key)):
                words[f"questions.{key}"] = value
            case ("limits", str(key)):
                limits[key] = value
            case ("trust" | "mark" | "code" as key,):
                words[key] = value
            case _:
                raise AssertionError(f"a setting that nothing reads: {path}")
    for path, lists in effective.lists.items():
        _take_lists(servers, calls, tuple(map(str, path)), lists)
    for alias, written in calls.items():
        servers.setdefault(alias, {})["calls"] = _calls(written)
    entries = tuple(_entry(alias, values) for alias, values in servers.items())
    return Configuration(
        servers=entries,
        limits=_limits(cast("Mapping[str, int]", limits)),
        trust=cast("Trust", words.get("trust", "first-use")),
        mark=cast("Mark | None", words.get("mark")),
        code=cast("Code | None", words.get("code")),
        sampling=cast("Sampling | None", words.get("questions.sampling")),
    )


def _take_lists(
    servers: dict[str, dict[str, object]],
    calls: dict[str, dict[tuple[str, ...], object]],
    path: tuple[str, ...],
    lists: tuple[Listed, ...],
) -> None:
    """Put lists where the setting of their path was put."""
    alias, kind = path[1], path[-1]
    if path[2] == "calls":
        calls[alias][path[3:]] = lists
    else:
        servers[alias][kind] = lists


def _reach(values: Mapping[str, object]) -> Reach:
    hosts, roots, programs = (cast("tuple[Listed, ...]", values.get(kind, ())) for kind in KINDS)
    return Reach(hosts=hosts, roots=roots, programs=programs, unresolved=values.get("unresolved") == "allow")


def _entry(alias: str, values: Mapping[str, object]) -> ServerEntry:
    return ServerEntry(
        alias=alias,
        command=_texts(values, "command"),
        cwd=cast("str | None", values.get("cwd")),
        env=_pairs(values, "env"),
        pass_env=_texts(values, "pass_env"),
        url=cast("str | None", values.get("url")),
        headers=tuple(_pairs(values, "headers").items()),
        transport=cast('Literal["http", "sse"]', values.get("transport", "http")),
        trust=cast("Trust", values.get("trust", "first-use")),
        mark=cast("Mark | None", values.get("mark")),
        code=cast("Code | None", values.get("code")),
        tools=frozenset(_texts(values, "tools.allow")) if "tools.allow" in values else None,
        calls=cast("Mapping[str, CallTerms]", values.get("calls", NO_TERMS)),
        reach=_reach(values),
        withheld=frozenset(each for each in QUESTIONS if values.get(f"questions.{each}") == "refuse"),
        sampling=cast("Sampling | None", values.get("questions.sampling")),
    )


def _calls(written: Mapping[tuple[str, ...], object]) -> Mapping[str, CallTerms]:
    tools: dict[str, dict[str, object]] = {}
    parameters: dict[str, dict[str, dict[str, object]]] = {}
    for (tool, *way), value in written.items():
        if len(way) == 1:
            tools.setdefault(tool, {})[way[0]] = value
        else:
            _, name, key = way
            parameters.setdefault(tool, {}).setdefault(name, {})[key] = value
    return {tool: _terms(tools.get(tool, {}), parameters.get(tool, {})) for tool in {**tools, **parameters}}


def _terms(values: Mapping[str, object], parameters: Mapping[str, Mapping[str, object]]) -> CallTerms:
    return CallTerms(
        parameters={name: _parameter(each) for name, each in parameters.items()},
        undeclared=cast("Undeclared", values.get("undeclared", "judge")),
        per_minute=cast("int | None", values.get("per_minute")),
        per_hour=cast("int | None", values.get("per_hour")),
        per_conversation=cast("int | None", values.get("per_conversation")),
        mark=cast("Mark | None", values.get("mark")),
        reach=_reach(values),
        output=cast("Output", values.get("output", "hold")),
        argument_bytes=cast("int | None", values.get("argument_bytes")),
    )


def _parameter(values: Mapping[str, object]) -> ParameterTerms:
    return ParameterTerms(
        fixed=cast("Scalar | None", values.get("fixed")),
        default=cast("Scalar | None", values.get("default")),
        forbidden=values.get("use") == "forbid",
        allow=frozenset(_texts(values, "allow")) if "allow" in values else None,
        meanings=frozenset(map(Meaning, _texts(values, "meaning"))) if "meaning" in values else None,
    )


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", values.get(name, [])))


def _pairs(values: Mapping[str, object], name: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", values.get(name, {}))


def _limits(values: Mapping[str, int]) -> Limits:
    usual = Limits()
    return Limits(
        bytes=values.get("message_bytes", usual.bytes),
        depth=values.get("message_depth", usual.depth),
        members=values.get("message_members", usual.members),
    )
