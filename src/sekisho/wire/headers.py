"""HTTP headers of MCP: what they must say, which ones we write, which ones travel on.

Since 2026-07-28 a POST repeats its revision, method and name in headers, so that a router need not read the body.
A router that believes the header and a server that believes the body can be played against each other.
So `judge` compares the two before anything else happens, and what goes upstream carries headers that
`standard_headers` wrote anew from the judged body; the host's copies are never passed on.

Section names below are those of `basic/transports/streamable-http` (2026-07-28) unless another page is named.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.wire.versions import (
    ASSUMED_OVER_HTTP,
    HTTP_STATUS,
    LEGACY,
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_PROTOCOL_VERSION,
    MODERN,
    NAME_PARAM,
    REVISIONS,
    Generation,
    SpecCode,
    generation_of,
    revision_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sekisho.wire.jsonrpc import Json, JsonObject
    from sekisho.wire.versions import Revision

__all__ = [
    "METHOD",
    "NAME",
    "PARAM_PREFIX",
    "PROTOCOL_VERSION",
    "Headers",
    "Rejection",
    "Route",
    "Routing",
    "decode_value",
    "encode_value",
    "forwarded",
    "generation",
    "judge",
    "judge_notification",
    "legacy_revision",
    "named_generation",
    "routing",
    "standard_headers",
    "values_of",
]

Headers: TypeAlias = "Sequence[tuple[bytes, bytes]]"
"""Header lines as they came: doubles are kept, names in any case."""

Routing: TypeAlias = "Mapping[bytes, bytes]"
"""The routing headers of a request, each once: names in lower case, outer white space taken off."""

PROTOCOL_VERSION: Final = b"mcp-protocol-version"
METHOD: Final = b"mcp-method"
NAME: Final = b"mcp-name"
PARAM_PREFIX: Final = b"mcp-param-"

_ROUTING: Final = frozenset({PROTOCOL_VERSION, METHOD, NAME})
_OUTER_SPACE: Final = b" \t"
_READABLE: Final = re.compile(rb"[\x20-\x7e\t]*")
_SENTINEL: Final = re.compile(r"=\?base64\?(.*)\?=", re.DOTALL)
_TOKEN: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(slots=True, kw_only=True)
class Route:
    """A modern request whose headers and body say the same."""

    revision: Revision
    """The revision that the request speaks."""

    capabilities: JsonObject
    """What the host declared for this request; an empty object where it declared nothing."""

    client_info: JsonObject | None
    """The host's own word about itself, for display only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """The first rule that a request broke, ready to be answered."""

    code: SpecCode
    """The JSON-RPC error code."""

    detail: str
    """What is wrong, in our words: header and member names, never a value of the peer."""

    data: JsonObject | None = None
    """The error's `data`, where the specification defines it."""

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return HTTP_STATUS.get(self.code, 400)


def routing(headers: Headers) -> Routing | Rejection:
    """Find the routing headers; one that is there twice is refused, because readers differ in which copy they take."""
    lines: dict[bytes, bytes] = {}
    for key, value in headers:
        lower = key.lower()
        if lower not in _ROUTING:
            continue
        if lower in lines:
            return _mismatch(lower, "is there more than once")
        lines[lower] = value.strip(_OUTER_SPACE)
    return lines


def judge(
    lines: Routing | Rejection, message: JsonObject, *, supported: Sequence[Revision] = MODERN
) -> Route | Rejection:
    """Decide whether a modern request may go on. The first rung that fails answers.

    1. No routing header is there twice: readers differ in which copy they take. -32020 (Server Validation).
    2. `params._meta` is an object with the protocol version and the client's capabilities. -32602
       (`basic/index`, Per-request protocol fields).
    3. `MCP-Protocol-Version` is there and equals the version in the body. -32020 (Protocol Version Header).
    4. `Mcp-Method` is there and equals the method. -32020 (Standard Request Headers).
    5. For methods that name something, `Mcp-Name` is there, is decoded, and equals the name or URI. -32020
       (Standard Request Headers, Value Encoding). A body without the name and without the header goes on,
       since there is nothing to compare; whoever reads the params refuses it.
    6. The version is one of `supported`. -32022 with the list (`basic/versioning`). After 3 to 5, so that
       a client that contradicts itself is told so, and not that it needs another version.
    7. Capabilities and client info are objects. -32602 (`schema`, RequestMetaObject).

    A header with bytes outside of printable ASCII and tab equals nothing (Server Validation, invalid characters).
    Whether the method exists is not asked here.

    Args:
        lines: what `routing` found in the lines of the request.
        message: the body, strictly parsed, with a string `method`.
        supported: revisions that are served.
    """
    if isinstance(lines, Rejection):
        return lines
    meta = _meta_of(message)
    if META_PROTOCOL_VERSION not in meta or META_CLIENT_CAPABILITIES not in meta:
        missing = [key for key in (META_PROTOCOL_VERSION, META_CLIENT_CAPABILITIES) if key not in meta]
        return Rejection(
            code=SpecCode.INVALID_PARAMS, detail=f"params._meta has to be an object with {' and '.join(missing)}"
        )
    if (different := _disagreement(lines, message, meta[META_PROTOCOL_VERSION])) is not None:
        return different
    return _accept(meta, supported)


def judge_notification(lines: Routing | Rejection, *, supported: Sequence[Revision] = MODERN) -> Revision | Rejection:
    """Decide whether a modern notification may be accepted.

    The specification leaves its headers open (Sending Messages, note).
    The revision has to be known, and no routing header may be there twice; nothing else is compared.
    """
    return lines if isinstance(lines, Rejection) else _served(_version(lines), supported, supported)


def generation(named: Generation, message: Json) -> Generation:
    """Tell the generation of a POST, given the one that its headers name.

    Modern when the body carries the version in `_meta` (`basic/versioning`: such a request is served per request),
    or when the header names a modern revision.
    An unknown version in the header alone is legacy, where `legacy_revision` answers it with 400.
    """
    if isinstance(message, dict) and META_PROTOCOL_VERSION in _meta_of(message):
        return Generation.MODERN
    return named


def named_generation(headers: Headers) -> Generation:
    """Tell the generation that the headers of a request name; legacy where they name none that we know."""
    for value in values_of(headers, PROTOCOL_VERSION):
        revision = revision_of(value.decode("latin-1"))
        if revision is not None and generation_of(revision) is Generation.MODERN:
            return Generation.MODERN
    return Generation.LEGACY


def legacy_revision(lines: Routing | Rejection, *, supported: Sequence[Revision] = LEGACY) -> Revision | Rejection:
    """Read the revision of a legacy POST, GET or DELETE.

    Without the header, 2025-03-26 is assumed (Protocol Version Header).
    A version that is not served answers 400 (2025-11-25 `basic/transports`, Protocol Version Header), and so does a
    header that is there twice.
    """
    if isinstance(lines, Rejection):
        return lines
    if PROTOCOL_VERSION not in lines:
        return ASSUMED_OVER_HTTP
    return _served(_version(lines), supported, REVISIONS)


def standard_headers(message: JsonObject) -> list[tuple[bytes, bytes]]:
    """Write the headers that a modern message needs, from its body alone.

    `MCP-Protocol-Version`, `Mcp-Method`, and `Mcp-Name` where the method names something; what the body lacks is left
    out. Every value is encoded, so no value can end a line.
    """
    params = message.get("params")
    name_key = NAME_PARAM.get(str(message.get("method")))
    named = params.get(name_key) if isinstance(params, dict) and name_key is not None else None
    found = (
        (PROTOCOL_VERSION, _meta_of(message).get(META_PROTOCOL_VERSION)),
        (METHOD, message.get("method")),
        (NAME, named),
    )
    return [(header, encode_value(value)) for header, value in found if isinstance(value, str)]


def forwarded(headers: Headers, *, declared: Collection[str]) -> list[tuple[bytes, bytes]]:
    """Pick the request headers of the host that travel to the server: undeclared `Mcp-Param-*`, and nothing else.

    Those must be forwarded (Server Behavior for Custom Headers). All others stay here:
    - the standard and the declared ones are written anew from the judged body;
    - Authorization and Cookie are the host's credentials for us, not for the server;
    - session, resumption and hop-by-hop headers belong to one connection;
    - `traceparent` and `tracestate` would give every server the same number for one user's work, and `tracestate`
      and `baggage` carry free text; MCP has its own place for them, `_meta`, where they are judged as data;
    - what is unknown could carry anything to anywhere.

    How much there may be is bounded by the HTTP parser, which limits the whole head.

    Args:
        headers: the host's lines.
        declared: the tokens that the tool's schema declares, in any case (`params.Parameter.header`).
    """
    known = {token.lower().encode("latin-1", "replace") for token in declared}
    return [
        (name, value)
        for name, value in headers
        if (lower := name.lower()).startswith(PARAM_PREFIX)
        and lower != PARAM_PREFIX
        and lower[len(PARAM_PREFIX) :] not in known
        and _TOKEN.fullmatch(name) is not None
        and _CONTROL.search(value) is None
    ]


def encode_value(value: str) -> bytes:
    """Write a value as a header value (Value Encoding).

    Printable ASCII without outer spaces goes as it is.
    Everything else, and what looks like the encoded form, goes as `=?base64?…?=` of its UTF-8 bytes.
    """
    plain = value.isascii() and (value.isprintable() or not value) and value == value.strip(" ")
    if plain and not (value.startswith("=?") and _SENTINEL.fullmatch(value)):
        return value.encode("ascii")
    return b"=?base64?" + base64.b64encode(value.encode("utf-8", "surrogatepass")) + b"?="


def decode_value(value: bytes) -> str | None:
    """Read a header value; None for one that has no reading, so that it equals nothing.

    No reading have: bytes outside of printable ASCII and tab, and an encoded form that is not canonical base64 of UTF-8
    (two spellings of one value would let two readers see two values).
    """
    if _READABLE.fullmatch(value) is None:
        return None
    text = value.strip(_OUTER_SPACE).decode("ascii")
    encoded = _SENTINEL.fullmatch(text) if text.startswith("=?") else None
    if encoded is None:
        return text
    payload = encoded[1].encode("ascii")
    try:
        data = base64.b64decode(payload, validate=True)
        return data.decode("utf-8") if base64.b64encode(data) == payload else None
    except (binascii.Error, UnicodeDecodeError):
        return None


def values_of(headers: Headers, name: bytes) -> Iterable[bytes]:
    """All values of a header, outer white space taken off; `name` in lower case."""
    return (value.strip(_OUTER_SPACE) for key, value in headers if key.lower() == name)


def _disagreement(lines: Routing, message: JsonObject, version: Json) -> Rejection | None:
    if (said := _readable(lines, PROTOCOL_VERSION)) is None or said != version:
        return _mismatch(PROTOCOL_VERSION, f"has to be there and equal params._meta {META_PROTOCOL_VERSION}")
    if (said := _readable(lines, METHOD)) is None or said != message.get("method"):
        return _mismatch(METHOD, "has to be there and equal the method of the body")
    key = NAME_PARAM.get(said)
    if key is None:
        return None
    params = message.get("params")
    name = params.get(key) if isinstance(params, dict) else None
    if name is None and NAME not in lines:
        return None
    if name is None or NAME not in lines or decode_value(lines[NAME]) != name:
        return _mismatch(NAME, f"has to be there and equal params.{key} of the body")
    return None


def _accept(meta: JsonObject, supported: Sequence[Revision]) -> Route | Rejection:
    revision = _served(str(meta[META_PROTOCOL_VERSION]), supported, supported)
    if isinstance(revision, Rejection):
        return revision
    capabilities, info = meta[META_CLIENT_CAPABILITIES], meta.get(META_CLIENT_INFO)
    if not isinstance(capabilities, dict):
        return Rejection(code=SpecCode.INVALID_PARAMS, detail=f"{META_CLIENT_CAPABILITIES} has to be an object")
    if not isinstance(info, dict | None):
        return Rejection(code=SpecCode.INVALID_PARAMS, detail=f"{META_CLIENT_INFO} has to be an object")
    return Route(revision=revision, capabilities=capabilities, client_info=info)


def _readable(lines: Routing, name: bytes) -> str | None:
    value = lines.get(name)
    return value.decode("ascii") if value is not None and _READABLE.fullmatch(value) else None


def _version(lines: Routing) -> str:
    return _readable(lines, PROTOCOL_VERSION) or ""


def _meta_of(message: JsonObject) -> JsonObject:
    params = message.get("params")
    meta = params.get("_meta") if isinstance(params, dict) else None
    return meta if isinstance(meta, dict) else {}


def _mismatch(header: bytes, detail: str) -> Rejection:
    return Rejection(code=SpecCode.HEADER_MISMATCH, detail=f"{header.decode('ascii')} header {detail}")


def _served(text: str, supported: Sequence[Revision], listed: Sequence[Revision]) -> Revision | Rejection:
    revision = revision_of(text)
    if revision is not None and revision in supported:
        return revision
    return Rejection(
        code=SpecCode.UNSUPPORTED_VERSION,
        detail="Unsupported protocol version",
        data={"supported": [str(item) for item in listed], "requested": text},
    )
