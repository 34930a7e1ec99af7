"""A configuration as lines for people and as JSON: what holds and where it comes from, without what may be secret.

Of a command only the program is shown, of `env` and `headers` only the names, of an address no user, query or path.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from sekisho.cli.layout import folded
from sekisho.model.escape import printable
from sekisho.policy.problem import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.policy.layers import Effective, Origin
    from sekisho.policy.toml import Path
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["listed", "shown"]


def shown(effective: Effective, *, everything: bool = False) -> Iterator[str]:
    """Return a line for each setting, folded, and below it where it comes from.

    Args:
        effective: what holds.
        everything: whether values are shown that may be secret: to a person who has to decide about them.
    """
    for path, value in effective.values.items():
        text = json.dumps(value if everything else _discreet(path, value), ensure_ascii=False)
        yield from folded(printable(f"{dotted(path)} = {text}"), first="  ", rest="    ")
        yield from folded(printable(_where(effective.origins[path])), first="    # ", rest="    # ")


def listed(effective: Effective) -> list[JsonObject]:
    """Return the same for a machine."""
    return [_entry(path, value, effective.origins[path]) for path, value in effective.values.items()]


def _entry(path: Path, value: object, origin: Origin) -> JsonObject:
    place = origin.place
    return {
        "key": dotted(path),
        "value": _discreet(path, value),
        "file": origin.file,
        "line": None if place is None else place.line,
        "column": None if place is None else place.column,
        "rank": origin.rank.value,
    }


def _where(origin: Origin) -> str:
    place = "" if origin.place is None else f":{origin.place.line}:{origin.place.column}"
    return f"{origin.rank.value}: {origin.file}{place}"


def _discreet(path: Path, value: object) -> Json:
    match path, value:
        case (("servers", _, "command"), list()):
            words = cast("list[str]", value)
            return [words[0], *(["…"] if len(words) > 1 else [])]
        case (("servers", _, "env" | "headers"), dict()):
            return dict.fromkeys(cast("dict[str, str]", value), "…")
        case (("servers", _, "url"), str()):
            return _origin_of(value)
        case _:
            return cast("Json", value)


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return "…"
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}{'/…' if parts.path.strip('/') or parts.query else ''}"
