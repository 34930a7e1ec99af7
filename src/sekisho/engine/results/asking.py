"""What a server may ask of a host: no context of the conversation for a model, no secret in a form, no odd page.

Both generations are read: a request of its own (2025), or one of the `inputRequests` of an answer (2026-07-28).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.pages import is_unsafe
from sekisho.rules.carried import Noticed
from sekisho.wire.pointer import build
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["SAMPLING", "asked", "asks", "narrowed", "wants_context"]

SAMPLING: Final = "sampling/createMessage"
"""A request to the host's model."""

_CONTEXT: Final = "includeContext"
_FORM: Final = "elicitation/create"
_PAGES: Final = "elicitations"
"""In the data of an error: pages that have to be opened first (specification 2025-11-25, client/elicitation)."""

_SECRET: Final = re.compile(
    r"(?:\b|_)(?:passw(?:or)?ds?|passwd|pwd|passphrase|passcode|api[-_ ]?keys?|secret(?:[-_ ]?key)?|private[-_ ]?key|"
    r"access[-_ ]?(?:key|token)|auth\w*[-_ ]?token|bearer|credentials?|(?:seed|recovery)[-_ ]?phrase|"
    r"(?:credit|debit)?[-_ ]?card[-_ ]?number|cvv|cvc|otp|pin[-_ ]?(?:code|number)|one[-_ ]?time[-_ ]?code)(?:\b|_)|"
    r"パスワード|暗証番号|秘密鍵|APIキー|アクセスキー|カード番号|認証情報",
    re.IGNORECASE,
)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def asks(method: str, content: Json) -> bool:
    """Tell whether a message asks the host for anything."""
    if method in (SAMPLING, _FORM):
        return True
    return isinstance(content, dict) and ("inputRequests" in content or _PAGES in obj(content.get("data")))


def narrowed(method: str, content: Json) -> Json:
    """Return a message's content without requests for the context of the conversation; itself if it has none."""
    changed = content
    for steps, wanted, params in _questions(method, content):
        if _with_context(wanted, params):
            kept: JsonObject = {name: value for name, value in params.items() if name != _CONTEXT}
            changed = _with(obj(changed), steps, kept)
    return changed


def asked(method: str, content: Json) -> Iterator[Noticed]:
    """Yield what a server asks for that it should not get; pointers lead into the content."""
    for steps, wanted, params in _questions(method, content):
        if _with_context(wanted, params):
            yield Noticed("question-context", build(steps))
        if wanted == _FORM:
            yield from (Noticed("question-secret", build((*steps, *place))) for place in _secrets(params))
            if is_unsafe(params):
                yield Noticed("question-page", build((*steps, "url")))


def wants_context(method: str, content: Json) -> bool:
    """Tell whether a message asks a model for the context of the conversation."""
    return any(_with_context(wanted, params) for _, wanted, params in _questions(method, content))


def _with_context(wanted: str, params: JsonObject) -> bool:
    return wanted == SAMPLING and params.get(_CONTEXT) not in (None, "none")


def _questions(method: str, content: Json) -> Iterator[tuple[tuple[str, ...], str, JsonObject]]:
    """Yield each question in a message: where its params are, its method, its params."""
    if method in (SAMPLING, _FORM):
        yield (), method, obj(content)
    for name, each in obj(obj(content).get("inputRequests")).items():
        yield ("inputRequests", name, "params"), text(obj(each).get("method")) or "", obj(obj(each).get("params"))
    for index, each in enumerate(items(obj(obj(content).get("data")).get(_PAGES))):
        yield ("data", _PAGES, str(index)), _FORM, obj(each)


def _secrets(params: JsonObject) -> Iterator[tuple[str, ...]]:
    """Yield the fields of a form that ask for a secret; the message too, where a field could take one."""
    fields = obj(obj(params.get("requestedSchema")).get("properties"))
    free = False
    for name, each in fields.items():
        field = obj(each)
        free = free or (field.get("type") == "string" and "enum" not in field)
        said = " ".join((_HUMP.sub(" ", name), text(field.get("title")) or "", text(field.get("description")) or ""))
        if field.get("type") != "boolean" and _SECRET.search(said):
            yield "requestedSchema", "properties", name
    if free and _SECRET.search(text(params.get("message")) or ""):
        yield ("message",)


def _with(content: JsonObject, steps: tuple[str, ...], params: JsonObject) -> JsonObject:
    if not steps:
        return params
    first, *rest = steps
    return {**content, first: _with(obj(content.get(first)), tuple(rest), params)}
