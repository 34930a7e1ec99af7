"""From a document to settings, or to everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from sekisho.model.message_ids import MessageId
from sekisho.policy.checking import check, locate, tabular
from sekisho.policy.configuration import Configuration, ServerEntry
from sekisho.policy.problem import ConfigurationError, Problem, dotted, ordered
from sekisho.policy.settings import SETTINGS
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.policy.toml import Document

__all__ = ["read"]


def read(document: Document) -> Configuration:
    """Return what a document says.

    Raises:
        ConfigurationError: with everything that is wrong with it.
    """
    problems = check(document, SETTINGS)
    servers = _below(document.values, "servers")
    for alias, table in servers.items():
        entry = tabular(table)
        if entry is not None and not ("command" in entry or "url" in entry):
            path = ("servers", alias)
            place = locate(document, path)
            problems.append(
                Problem(message=MessageId.CONFIG_NEITHER, file=document.file, place=place, key=dotted(path))
            )
    if problems:
        raise ConfigurationError(ordered(problems))
    entries = tuple(_entry(alias, tabular(table) or {}) for alias, table in servers.items())
    return Configuration(servers=entries, limits=_limits(_below(document.values, "limits")))


def _below(values: Mapping[str, object], name: str) -> Mapping[str, object]:
    return tabular(values.get(name)) or {}


# What follows reads values that were checked: their types are those of the schema.


def _entry(alias: str, values: Mapping[str, object]) -> ServerEntry:
    env, headers = _below(values, "env"), _below(values, "headers")
    return ServerEntry(
        alias=alias,
        command=_texts(values, "command"),
        cwd=cast("str | None", values.get("cwd")),
        env=cast("Mapping[str, str]", env),
        pass_env=_texts(values, "pass_env"),
        url=cast("str | None", values.get("url")),
        headers=tuple(cast("Mapping[str, str]", headers).items()),
        transport=cast('Literal["http", "sse"]', values.get("transport", "http")),
    )


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", values.get(name, [])))


def _limits(values: Mapping[str, object]) -> Limits:
    whole = cast("Mapping[str, int]", values)
    usual = Limits()
    return Limits(
        bytes=whole.get("message_bytes", usual.bytes),
        depth=whole.get("message_depth", usual.depth),
        members=whole.get("message_members", usual.members),
    )
