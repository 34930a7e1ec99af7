"""What each revision of MCP allows, as data.

Five revisions in two generations.
*Legacy* revisions open with an `initialize` handshake, *modern* ones carry the version in the `_meta` of every request.
A revision has four method tables, one per direction and kind; a method that is not in its table does not exist there.

Sources: `schema/<revision>/schema.json` and `basic/index`, `basic/versioning`, `basic/transports` of the specification.
Every lookup is one hit in a dict or frozenset, because the session asks for each message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ASSUMED_OVER_HTTP",
    "CACHEABLE",
    "DEFINING",
    "HTTP_STATUS",
    "INPUT_REQUIRED",
    "LATEST_LEGACY",
    "LATEST_MODERN",
    "LEFT_OUT",
    "LEGACY",
    "LIST_ITEMS",
    "META_CLIENT_CAPABILITIES",
    "META_CLIENT_INFO",
    "META_LOG_LEVEL",
    "META_PROGRESS_TOKEN",
    "META_PROTOCOL_VERSION",
    "META_SERVER_INFO",
    "META_SUBSCRIPTION_ID",
    "META_TRACE",
    "METHODS",
    "MODERN",
    "NAME_PARAM",
    "NEEDED_CAPABILITY",
    "RETIRED_CODES",
    "REVISIONS",
    "Generation",
    "Methods",
    "Revision",
    "SekishoCode",
    "SpecCode",
    "generation_of",
    "revision_of",
]


class Generation(Enum):
    """How two peers agree on what they speak (`basic/versioning`, Terminology)."""

    LEGACY = "legacy"
    """An `initialize` handshake opens a session."""

    MODERN = "modern"
    """Every request says its revision and the client's capabilities in `params._meta`."""


class Revision(StrEnum):
    """A released revision; they compare in the order of their release, because each is its date."""

    # Enumerations hash by their names, in Python: this is the key of what every message looks up.
    __hash__ = str.__hash__

    V2024_11_05 = "2024-11-05"
    """The first one."""

    V2025_03_26 = "2025-03-26"
    """Streamable HTTP and JSON-RPC batches."""

    V2025_06_18 = "2025-06-18"
    """Elicitation, the `MCP-Protocol-Version` header; no more batches."""

    V2025_11_25 = "2025-11-25"
    """Elicitation by URL, and Tasks (which Sekisho does not offer)."""

    V2026_07_28 = "2026-07-28"
    """No handshake, no session, no requests from the server."""


REVISIONS: Final[tuple[Revision, ...]] = tuple(Revision)
"""Oldest first."""

LEGACY: Final[tuple[Revision, ...]] = REVISIONS[:-1]
"""Revisions that open with `initialize`, oldest first."""

MODERN: Final[tuple[Revision, ...]] = REVISIONS[-1:]
"""Revisions that speak per request, oldest first."""

LATEST_LEGACY: Final = LEGACY[-1]
"""The counter-offer to an `initialize` that asks for an unknown revision."""

LATEST_MODERN: Final = MODERN[-1]
"""What a first `server/discover` says."""

ASSUMED_OVER_HTTP: Final = Revision.V2025_03_26
"""The revision of a legacy POST without a version header (`basic/transports`, Protocol Version Header)."""

_BY_TEXT: Final[Mapping[object, Revision]] = MappingProxyType({str(item): item for item in REVISIONS})
_GENERATION: Final[Mapping[Revision, Generation]] = MappingProxyType(
    {item: Generation.MODERN if item in MODERN else Generation.LEGACY for item in REVISIONS}
)


def revision_of(text: str) -> Revision | None:
    """The revision of that name, or None: an unknown one is never guessed from its place in the calendar."""
    return _BY_TEXT.get(text)


def generation_of(revision: Revision) -> Generation:
    """The generation that a revision belongs to."""
    return _GENERATION[revision]


@dataclass(frozen=True, slots=True, kw_only=True)
class Methods:
    """The methods of one revision. Sekisho calls the protocol's client "host", as its users do."""

    host_requests: frozenset[str]
    """Requests from the host to the server."""

    host_notifications: frozenset[str]
    """Notifications from the host to the server."""

    server_requests: frozenset[str]
    """Requests from the server to the host."""

    server_notifications: frozenset[str]
    """Notifications from the server to the host."""


_2024_11_05: Final = Methods(
    host_requests=frozenset(
        {
            "completion/complete",
            "initialize",
            "logging/setLevel",
            "ping",
            "prompts/get",
            "prompts/list",
            "resources/list",
            "resources/read",
            "resources/subscribe",
            "resources/templates/list",
            "resources/unsubscribe",
            "tools/call",
            "tools/list",
        }
    ),
    host_notifications=frozenset(
        {
            "notifications/cancelled",
            "notifications/initialized",
            "notifications/progress",
            "notifications/roots/list_changed",
        }
    ),
    server_requests=frozenset({"ping", "roots/list", "sampling/createMessage"}),
    server_notifications=frozenset(
        {
            "notifications/cancelled",
            "notifications/message",
            "notifications/progress",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed",
            "notifications/resources/updated",
            "notifications/tools/list_changed",
        }
    ),
)
_2025_06_18: Final = replace(
    _2024_11_05,
    server_requests=_2024_11_05.server_requests | {"elicitation/create"},
)
_2025_11_25: Final = replace(
    _2025_06_18,
    server_notifications=_2025_06_18.server_notifications | {"notifications/elicitation/complete"},
)
_2026_07_28: Final = Methods(
    host_requests=_2025_11_25.host_requests
    - {"initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"}
    | {"server/discover", "subscriptions/listen"},
    host_notifications=frozenset({"notifications/cancelled"}),
    server_requests=frozenset(),
    server_notifications=_2025_11_25.server_notifications - {"notifications/elicitation/complete"}
    | {"notifications/subscriptions/acknowledged"},
)

METHODS: Final[Mapping[Revision, Methods]] = MappingProxyType(
    {
        Revision.V2024_11_05: _2024_11_05,
        Revision.V2025_03_26: _2024_11_05,
        Revision.V2025_06_18: _2025_06_18,
        Revision.V2025_11_25: _2025_11_25,
        Revision.V2026_07_28: _2026_07_28,
    }
)
"""What exists in each revision, minus `LEFT_OUT`."""

_TASKS: Final = frozenset({"tasks/cancel", "tasks/get", "tasks/list", "tasks/result"})
_TASK_STATUS: Final = frozenset({"notifications/tasks/status"})

LEFT_OUT: Final[Mapping[Revision, Methods]] = MappingProxyType(
    {
        Revision.V2025_11_25: Methods(
            host_requests=_TASKS,
            host_notifications=_TASK_STATUS,
            server_requests=_TASKS,
            server_notifications=_TASK_STATUS,
        )
    }
)
"""What a revision defines and Sekisho does not pass: a result that arrives by Tasks would need every check again."""

NEEDED_CAPABILITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "elicitation/create": "elicitation",
        "roots/list": "roots",
        "sampling/createMessage": "sampling",
    }
)
"""Server request (in 2026: input request) to the host capability that it needs; `ping` needs none."""

INPUT_REQUIRED: Final = frozenset({"prompts/get", "resources/read", "tools/call"})
"""Methods that may answer `resultType: "input_required"` (2026-07-28 `basic/patterns/mrtr`)."""

CACHEABLE: Final = frozenset(
    {
        "prompts/list",
        "resources/list",
        "resources/read",
        "resources/templates/list",
        "server/discover",
        "tools/list",
    }
)
"""Methods whose complete results carry `ttlMs` and `cacheScope` (2026-07-28)."""

NAME_PARAM: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prompts/get": "name",
        "resources/read": "uri",
        "tools/call": "name",
    }
)
"""Methods that name one thing, and the member of params that holds the name (header `Mcp-Name` in 2026-07-28)."""

LIST_ITEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prompts/list": "prompts",
        "resources/list": "resources",
        "resources/templates/list": "resourceTemplates",
        "tools/list": "tools",
    }
)
"""Paged lists, and the member of the result that holds the items."""

DEFINING: Final = frozenset({"initialize", "server/discover", *LIST_ITEMS})
"""Methods whose results are definitions."""

META_PROTOCOL_VERSION: Final = "io.modelcontextprotocol/protocolVersion"
"""Request `_meta`, required in 2026-07-28: the revision of this request."""

META_CLIENT_CAPABILITIES: Final = "io.modelcontextprotocol/clientCapabilities"
"""Request `_meta`, required in 2026-07-28: what the host can do for this request."""

META_CLIENT_INFO: Final = "io.modelcontextprotocol/clientInfo"
"""Request `_meta`, optional: the host's own word about itself, for display only."""

META_LOG_LEVEL: Final = "io.modelcontextprotocol/logLevel"
"""Request `_meta`, optional: without it the server must not send `notifications/message`."""

META_SUBSCRIPTION_ID: Final = "io.modelcontextprotocol/subscriptionId"
"""Notification and result `_meta`: the id of the `subscriptions/listen` request that a message belongs to."""

META_SERVER_INFO: Final = "io.modelcontextprotocol/serverInfo"
"""Result `_meta`, optional: the server's own word about itself, for display only."""

META_PROGRESS_TOKEN: Final = "progressToken"  # noqa: S105 - a name of the protocol
"""Request `_meta`, all revisions: asks for progress under this token."""

META_TRACE: Final = frozenset({"baggage", "traceparent", "tracestate"})
"""Request `_meta` keys of trace context; `baggage` carries free text and is judged as data."""


class SpecCode(IntEnum):
    """Error codes that the specification defines (2026-07-28 `basic/index`, Error Codes)."""

    PARSE_ERROR = -32700
    """Not JSON."""

    INVALID_REQUEST = -32600
    """JSON, but not one request or notification."""

    METHOD_NOT_FOUND = -32601
    """No such method in this revision."""

    INVALID_PARAMS = -32602
    """Wrong params, and since 2026-07-28 also an unknown tool, prompt or resource."""

    INTERNAL_ERROR = -32603
    """A fault of the receiver."""

    HEADER_MISMATCH = -32020
    """A required header is missing, twice there, malformed, or differs from the body."""

    MISSING_CAPABILITY = -32021
    """The request did not declare a capability that it needs; `data.requiredCapabilities` names it."""

    UNSUPPORTED_VERSION = -32022
    """A revision that is not served; `data.supported` lists those that are, `data.requested` repeats the wish."""

    RESOURCE_NOT_FOUND = -32002
    """Legacy only, see `RETIRED_CODES`."""

    URL_ELICITATION_REQUIRED = -32042
    """2025-11-25 only, see `RETIRED_CODES`."""


RETIRED_CODES: Final = frozenset({SpecCode.RESOURCE_NOT_FOUND, SpecCode.URL_ELICITATION_REQUIRED})
"""Codes that must not be sent in a modern answer (2026-07-28 `basic/index`)."""


class SekishoCode(IntEnum):
    """Sekisho's own error codes: the block -31000 to -31099, all documented here.

    The specification keeps -32768 to -32000 for itself and JSON-RPC, and asks others to stay outside.
    A `tools/call` that a rule refuses is answered by a result with `isError`, not by one of these.
    """

    REFUSED = -31000
    """A rule or the policy refused the message."""

    HALTED = -31001
    """A person stopped all traffic with `sekisho halt`."""

    SERVER_UNAVAILABLE = -31002
    """The server exited, cannot be started, or is starting again."""

    SERVER_TIMED_OUT = -31003
    """The server did not answer in time."""

    ANSWER_NOT_ACCEPTABLE = -31004
    """The server answered something that may not be passed on: malformed, of the wrong shape, or refused."""

    AUDIT_UNAVAILABLE = -31005
    """The event could not be recorded, and nothing passes unrecorded."""

    QUARANTINED = -31006
    """The server broke a limit and is cut off for the rest of the session, or a person took it out of use."""

    TOO_LARGE = -31007
    """The message is over a limit of size, depth or members."""

    OVERLOADED = -31008
    """Too many requests are open; this one was not sent."""

    INTERNAL = -31009
    """Sekisho itself failed, so it refuses everything on this connection."""

    BROKER_UNAVAILABLE = -31010
    """The broker behind `sekisho run --entry` is gone or cannot be started; a new one is looked for."""

    PINS_UNAVAILABLE = -31011
    """What was approved of the server cannot be read or kept, and nothing passes unapproved."""


HTTP_STATUS: Final[Mapping[int, int]] = MappingProxyType(
    {
        SpecCode.PARSE_ERROR: 400,
        SpecCode.INVALID_REQUEST: 400,
        SpecCode.METHOD_NOT_FOUND: 404,
        SpecCode.INVALID_PARAMS: 400,
        SpecCode.HEADER_MISMATCH: 400,
        SpecCode.MISSING_CAPABILITY: 400,
        SpecCode.UNSUPPORTED_VERSION: 400,
    }
)
"""HTTP status of a modern answer by error code; codes that are not listed travel with 200.

Legacy answers to requests always travel with 200: there, 404 means that the session is gone.

Sekisho's own codes stay at 200 on purpose.
A client that reads an unknown error under 400 takes the server for a legacy one and tries `initialize`
(`basic/transports/streamable-http`, Backward Compatibility), so a refusal would change the generation.
"""
