"""JSON-RPC 2.0 messages as MCP uses them.

A message keeps the whole mapping that it was read from (`body`), so unknown members survive.
The named fields are views into it.
MCP narrows JSON-RPC: ids are strings or integers, never null; params are objects (schema `RequestId`, `Request`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from sekisho.wire.strict import Json, JsonObject, Limits, WireError, loads, serialise

__all__ = [
    "Failure",
    "Id",
    "Json",
    "JsonObject",
    "Limits",
    "Message",
    "Notification",
    "Request",
    "Response",
    "WireError",
    "error_body",
    "parse",
    "parse_batch",
    "read_message",
    "result_body",
    "serialise",
]

Id: TypeAlias = int | str

_ID_MAX: Final = 2**53 - 1
_ID_TEXT_MAX: Final = 1024
_METHOD_MAX: Final = 256


@dataclass(slots=True, eq=False)
class Request:
    """A call that is owed exactly one answer."""

    id: Id
    """The caller's id, type kept: `7` and `"7"` are different ids."""

    method: str
    """The method's name, known or not."""

    params: JsonObject | None
    """The params object, or None where the member is absent."""

    body: JsonObject
    """The whole message."""


@dataclass(slots=True, eq=False)
class Notification:
    """A message that is owed nothing."""

    method: str
    """The method's name, known or not."""

    params: JsonObject | None
    """The params object, or None where the member is absent."""

    body: JsonObject
    """The whole message."""


@dataclass(slots=True, eq=False)
class Response:
    """An answer that carries a result."""

    id: Id
    """The id of the request that it answers."""

    result: JsonObject
    """The result object."""

    body: JsonObject
    """The whole message."""


@dataclass(slots=True, eq=False)
class Failure:
    """An answer that carries an error."""

    id: Id | None
    """The id of the request that it answers; None where the peer could not read one."""

    error: JsonObject
    """The error object, with an integer `code` and a string `message`."""

    body: JsonObject
    """The whole message."""


Message: TypeAlias = Request | Notification | Response | Failure


def parse(data: bytes, limits: Limits) -> Message:
    """Read one message.

    Raises:
        WireError: see `strict.loads` and `read_message`; `batch` when the text is an array.
    """
    value = loads(data, limits)
    if isinstance(value, list):
        raise WireError("batch", "a JSON-RPC batch: send each message by itself (batches exist in 2025-03-26 only)")
    return read_message(value)


def parse_batch(data: bytes, limits: Limits, *, most: int = 100) -> list[Message]:
    """Read one message or a batch of at most `most`, as revision 2025-03-26 allows.

    Raises:
        WireError: also for an empty batch, and one longer than `most`.
    """
    value = loads(data, limits)
    if not isinstance(value, list):
        return [read_message(value)]
    if not 0 < len(value) <= most:
        raise WireError("batch", f"a batch holds 1 to {most} messages, this one {len(value)}")
    return [read_message(item) for item in value]


def read_message(value: Json) -> Message:
    """Give a judged JSON value its JSON-RPC shape.

    Raises:
        WireError: `invalid-message` or `invalid-id`, with the id of the request when one is owed an answer.
    """
    if not isinstance(value, dict):
        raise WireError("invalid-message", "a message is a JSON object")
    if "method" in value:
        return _call(value)
    return _answer(value)


def result_body(id: Id, result: JsonObject) -> JsonObject:  # noqa: A002 - JSON-RPC's word
    """Build an answer with a result."""
    return {"jsonrpc": "2.0", "id": id, "result": result}


def error_body(id: Id | None, code: int, message: str, data: JsonObject | None = None) -> JsonObject:  # noqa: A002 - as above
    """Build an answer with an error; `id` is None only where the request's id could not be read."""
    error: JsonObject = {"code": code, "message": message}
    if data is not None:
        error["data"] = data
    return {"jsonrpc": "2.0", "id": id, "error": error}


def _call(value: JsonObject) -> Request | Notification:
    method, params = value["method"], value.get("params")
    id_ = _request_id(value) if "id" in value else None
    if value.get("jsonrpc") != "2.0":
        raise WireError("invalid-message", 'the member "jsonrpc" has to be "2.0"', id=id_)
    if not isinstance(method, str) or not 0 < len(method) <= _METHOD_MAX:
        raise WireError("invalid-message", f'"method" is a string of 1 to {_METHOD_MAX} characters', id=id_)
    if "result" in value or "error" in value:
        raise WireError("invalid-message", "a message with a method has neither result nor error", id=id_)
    if not isinstance(params, dict) and "params" in value:
        raise WireError("invalid-message", '"params" has to be an object', id=id_)
    narrowed = params if isinstance(params, dict) else None
    if id_ is None:
        return Notification(method, narrowed, value)
    return Request(id_, method, narrowed, value)


def _answer(value: JsonObject) -> Response | Failure:
    if value.get("jsonrpc") != "2.0":
        raise WireError("invalid-message", 'the member "jsonrpc" has to be "2.0"')
    result, error = value.get("result"), value.get("error")
    if ("result" in value) == ("error" in value):
        raise WireError("invalid-message", "an object with neither a method nor exactly one of result and error")
    if "result" in value:
        id_ = _request_id(value)
        if not isinstance(result, dict):
            raise WireError("invalid-message", '"result" has to be an object', id=id_)
        return Response(id_, result, value)
    if not isinstance(error, dict) or not _is_error(error):
        raise WireError("invalid-message", '"error" needs an integer code and a message', id=_optional_id(value))
    return Failure(_optional_id(value), error, value)


def _is_error(error: JsonObject) -> bool:
    code = error.get("code")
    return isinstance(code, int) and not isinstance(code, bool) and isinstance(error.get("message"), str)


def _request_id(value: JsonObject) -> Id:
    id_ = value.get("id")
    if isinstance(id_, str):
        if len(id_) <= _ID_TEXT_MAX:
            return id_
        raise WireError("invalid-id", f'"id" is longer than {_ID_TEXT_MAX} characters')
    if isinstance(id_, int) and not isinstance(id_, bool) and -_ID_MAX <= id_ <= _ID_MAX:
        return id_
    raise WireError("invalid-id", '"id" has to be a string or an integer within 53 bits')


def _optional_id(value: JsonObject) -> Id | None:
    return None if value.get("id") is None else _request_id(value)
