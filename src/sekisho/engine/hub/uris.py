"""What resources of several servers are called, `alias+<uri>`, everywhere where a URI is part of the protocol.

The result is a URI whose scheme tells the server, and nothing is lost: an alias has no `+`, so the first one ends it.
Text is never searched for URIs, and arguments and structured content are the tools' own business.
Nothing is changed in place: what came in was judged as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.alias import ALIAS
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["parsed", "shown", "shown_definition", "shown_error", "shown_question", "shown_result", "with_text"]

_UI: Final = "ui/resourceUri"
"""The older, flat spelling of `_meta.ui.resourceUri`."""


def shown(alias: str, uri: str) -> str:
    """Return what the host sees for a server's URI or URI template."""
    return f"{alias}+{uri}"


def parsed(uri: str) -> tuple[str, str] | None:
    """Return the alias and the server's own URI; None when it is no shown one."""
    alias, plus, own = uri.partition("+")
    return (alias, own) if plus and ALIAS.fullmatch(alias) else None


def with_text(alias: str, value: JsonObject, member: str) -> JsonObject:
    """Return `value` with the URI in `member` as it is shown."""
    uri = value.get(member)
    return {**value, member: shown(alias, uri)} if isinstance(uri, str) else value


def shown_definition(alias: str, value: JsonObject) -> JsonObject:
    """Return a definition, or a result, with the page of its `_meta` as it is shown."""
    about = obj(value.get("_meta"))
    told: JsonObject = with_text(alias, about, _UI)
    page = obj(about.get("ui"))
    told_page = with_text(alias, page, "resourceUri")
    if told_page is not page:
        told = {**told, "ui": told_page}
    return value if told is about else {**value, "_meta": told}


def shown_result(alias: str, method: str, result: JsonObject) -> JsonObject:
    """Return a server's result for the host."""
    match method:
        case "tools/call" if "content" in result:
            before = items(result["content"])
            blocks = [_block(alias, block) for block in before]
            if any(told is not block for told, block in zip(blocks, before, strict=True)):
                # Most answers name no resource: they pass as they came, and are not serialised again.
                result = {**result, "content": blocks}
        case "prompts/get" if "messages" in result:
            result = {**result, "messages": [_spoken(alias, said) for said in items(result["messages"])]}
        case "resources/read" if "contents" in result:
            contents: list[Json] = [with_text(alias, obj(each), "uri") for each in items(result["contents"])]
            result = {**result, "contents": contents}
        case _:
            pass
    return shown_definition(alias, result)


def shown_question(alias: str, method: str, params: JsonObject) -> JsonObject:
    """Return what a server asks the host: what it lets a model read may name its resources."""
    if method != "sampling/createMessage" or "messages" not in params:
        return params
    return {**params, "messages": [_spoken(alias, said) for said in items(params["messages"])]}


def shown_error(alias: str, error: JsonObject) -> JsonObject:
    """Return an error for the host: one about a resource that is not there names it in `data.uri`."""
    data = obj(error.get("data"))
    told = with_text(alias, data, "uri")
    return error if told is data else {**error, "data": told}


def _spoken(alias: str, said: Json) -> Json:
    message = obj(said)
    content = message.get("content")
    if isinstance(content, list):
        return {**message, "content": [_block(alias, block) for block in content]}
    return {**message, "content": _block(alias, content)} if "content" in message else said


def _block(alias: str, block: Json) -> Json:
    content = obj(block)
    match content.get("type"):
        case "resource_link":
            return with_text(alias, content, "uri")
        case "resource":
            return {**content, "resource": with_text(alias, obj(content.get("resource")), "uri")}
        case "tool_result" if "content" in content:
            return {**content, "content": [_block(alias, each) for each in items(content["content"])]}
        case _:
            return block
