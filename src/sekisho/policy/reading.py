"""From what is written to typed settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from sekisho.policy.configuration import Configuration, ServerEntry
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.policy.configuration import Trust
    from sekisho.policy.layers import Effective

__all__ = ["read"]

# What is read here was checked: its types are those of the schema.


def read(effective: Effective) -> Configuration:
    """Return the settings that hold."""
    servers: dict[str, dict[str, object]] = {}
    limits: dict[str, object] = {}
    trust: Trust = "first-use"
    for path, value in effective.values.items():
        match path:
            case ("servers", str(alias), "tools", "allow"):
                servers.setdefault(alias, {})["tools"] = value
            case ("servers", str(alias), str(key)):
                servers.setdefault(alias, {})[key] = value
            case ("limits", str(key)):
                limits[key] = value
            case ("trust",):
                trust = cast("Trust", value)
            case _:
                raise AssertionError(f"a setting that nothing reads: {path}")
    entries = tuple(_entry(alias, values) for alias, values in servers.items())
    return Configuration(servers=entries, limits=_limits(cast("Mapping[str, int]", limits)), trust=trust)


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
        tools=frozenset(_texts(values, "tools")) if "tools" in values else None,
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
