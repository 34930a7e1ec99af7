"""The shape of a refusal: a result that a model can act on for a `tools/call`, an error for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.wire.jsonrpc import error_body, result_body

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, JsonObject

__all__ = ["REFUSAL_KEY", "refusal_body"]

REFUSAL_KEY: Final = "sekisho/refusal"
"""The `_meta` key under which a refusal names its rule, place and ticket."""


def refusal_body(about: Id, *, said: str, detail: JsonObject, call: bool, modern: bool, code: int) -> JsonObject:
    """Return the answer that refuses.

    Args:
        about: the request's id.
        said: what a model reads.
        detail: what a program reads: rule, pointer, ticket.
        call: whether the request is a `tools/call`.
        modern: whether the host speaks 2026-07-28.
        code: the code of the error, where it is one.
    """
    if not call:
        return error_body(about, code, said, {REFUSAL_KEY: detail})
    result: JsonObject = {"content": [{"type": "text", "text": said}], "isError": True}
    if modern:
        result["resultType"] = "complete"
    result["_meta"] = {REFUSAL_KEY: detail}
    return result_body(about, result)
