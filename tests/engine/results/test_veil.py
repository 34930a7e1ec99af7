from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.results.glance import is_plain
from sekisho.engine.results.references import MOST, References, TooManyError
from sekisho.engine.results.unveil import unveil
from sekisho.engine.results.veil import veil
from sekisho.wire.strict import serialise
from sekisho.wire.views import items, obj
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json, JsonObject

RANDOM = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
PLANTED = f"ghp_{RANDOM}"
KINDS: tuple[JsonObject, ...] = (
    {
        "content": [
            {"type": "text", "text": "t", "annotations": {"audience": ["user"]}, "_meta": {"a": "b"}},
            {"type": "image", "data": "aGk=", "mimeType": "image/png"},
            {"type": "resource_link", "uri": "a://b", "name": "n", "title": "t", "description": "d"},
            {"type": "resource", "resource": {"uri": "a://b", "mimeType": "text/plain", "text": "t"}},
            {"type": "resource", "resource": {"uri": "a://b", "blob": "aGk=", "_meta": {"x": ["y"]}}},
        ],
        "structuredContent": {"rows": [{"k": "v", "n": {"deep": ["x", 1, None, True]}}]},
        "isError": False,
        "_meta": {"vendor/key": {"z": "w"}},
    },
    {"code": -32000, "message": "m", "data": {"trace": ["line"], "cause": "c"}},
    {"contents": [{"uri": "a://b", "text": "t"}, {"uri": "a://c", "blob": "aGk="}]},
    {"description": "d", "messages": [{"role": "user", "content": {"type": "text", "text": "t"}}]},
    {"completion": {"values": ["one", "two"], "total": 2}},
    {"progressToken": 1, "progress": 1, "message": "m"},
    {"level": "info", "logger": "l", "data": {"k": "v"}},
    {"messages": [{"role": "user", "content": {"type": "text", "text": "t"}}], "systemPrompt": "s", "maxTokens": 1},
    {"message": "m", "requestedSchema": {"type": "object", "properties": {"p": {"type": "string", "title": "t"}}}},
    {"tools": [{"name": "n", "description": "d", "inputSchema": {"properties": {"p": {"default": "d"}}}}]},
)


def planted(content: Json, secret: str) -> Iterator[Json]:
    """Yield the content with a secret in the place of each string and each member's name, one at a time."""
    if isinstance(content, str):
        yield secret
        yield f"{content}\n{secret} {content}"
    elif isinstance(content, list):
        for index, each in enumerate(content):
            for changed in planted(each, secret):
                yield [*content[:index], changed, *content[index + 1 :]]
    elif isinstance(content, dict):
        for name, each in content.items():
            for changed in planted(each, secret):
                yield {**content, name: changed}
            yield {(secret if key == name else key): member for key, member in content.items()}


def test_a_secret_leaks_from_no_position_of_any_kind_of_message() -> None:
    count = 0
    for kind in KINDS:
        for content in planted(kind, PLANTED):
            references = References(b"salt")
            veiled = veil(content, references, "a")
            assert veiled is not None
            assert RANDOM.encode() not in orjson.dumps(veiled.content)
            assert veiled.counts["result-secret"] == 1
            assert RANDOM not in str(veiled.noticed)
            back = unveil(veiled.content, references, "a")
            assert back is not None
            assert back.content == content
            count += 1
    assert count > 150


def test_a_named_secret_is_cut_out_of_the_texts_beside_it_too() -> None:
    content: JsonObject = {
        "structuredContent": {
            "user": "me",
            "password": "correcthorse",
            "env": [{"name": "API_KEY", "value": RANDOM}],
        },
        "content": [{"type": "text", "text": f"It is correcthorse, and {RANDOM}."}, {"type": "text", "text": "root"}],
    }
    veiled = veil(content, References(b"salt"), "a")
    assert veiled is not None
    said = orjson.dumps(veiled.content)
    assert b"correcthorse" not in said
    assert RANDOM.encode() not in said
    shown = obj(obj(veiled.content).get("structuredContent"))
    assert str(shown["password"]) in str(items(obj(veiled.content).get("content"))[0])


def test_a_short_one_is_cut_out_where_it_is_named_only() -> None:
    veiled = veil({"password": "root", "text": "root"}, References(b"salt"), "a")
    assert veiled is not None
    assert obj(veiled.content)["text"] == "root"
    assert obj(veiled.content)["password"] != "root"  # noqa: S105 - made up


def test_a_name_may_stand_in_a_text_beside_the_value() -> None:
    for name in ("name", "key"):
        content: JsonObject = {"env": [{name: "API_KEY", "value": RANDOM}]}
        veiled = veil(content, References(b"salt"), "a")
        assert veiled is not None
        assert RANDOM.encode() not in orjson.dumps(veiled.content)


def test_opaque_members_of_the_protocol_are_no_secrets_by_name() -> None:
    content: JsonObject = {"progressToken": RANDOM, "nextCursor": RANDOM, "requestState": RANDOM, "x": "\x1b"}
    veiled = veil(content, References(b"salt"), "a")
    assert veiled is not None
    assert veiled.content == {**content, "x": "\u241b"}


def test_what_holds_nothing_is_not_touched() -> None:
    for kind in KINDS:
        assert veil(kind, References(b"salt"), "a") is None


def test_places_are_told_and_their_number_is_bounded() -> None:
    many = 300
    content: list[Json] = [{"text": "\x1b[8m\u27e6secret:1\u27e7"} for _ in range(many)]
    veiled = veil({"content": content}, References(b"salt"), "a")
    assert veiled is not None
    assert veiled.noticed[0].pointer == "/content/0/text"
    assert len(veiled.noticed) < many
    assert veiled.counts == dict.fromkeys(("result-terminal", "result-forged", "terminal-conceals"), many)


def test_more_than_can_be_remembered_is_not_shown() -> None:
    many: list[Json] = [f"{PLANTED}{number}" for number in range(MOST + 1)]
    with pytest.raises(TooManyError):
        veil(many, References(b"salt"), "a")


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_content_comes_back_as_it_was(content: Json) -> None:
    references = References(b"salt")
    veiled = veil(content, references, "a")
    if veiled is not None:
        back = unveil(veiled.content, references, "a")
        assert (back.content if back is not None else veiled.content) == content


def said(text: str) -> Json:
    return {"type": "text", "text": text}


@rows(
    "content",
    [
        {"content": [said(f"x {PLANTED[:15]}"), said(f"{PLANTED[15:]} y")]},
        {"content": [said(PLANTED[:9]), said(PLANTED[9:20]), said(PLANTED[20:])]},
        {"content": [said("".join(f"\\u{ord(char):04x}" for char in PLANTED))]},
        {"content": [said("\u200b".join(PLANTED))]},
        {"content": [said(base64.b64encode(f"DB_PASSWORD=hunter2x\nTOKEN={PLANTED}".encode()).decode())]},
        {"content": [{"type": "image", "data": "AKIAQ7RW2MZX9LK4VB8N", "mimeType": "image/png"}]},
        {"data": PLANTED, "mimeType": "text/plain"},
        {"kty": "EC", "d": RANDOM * 2},
        {"auths": {"h": {"auth": base64.b64encode(b"me:hunter2xyz").decode()}}},
    ],
)
def test_no_spelling_and_no_cut_between_texts_lets_one_through_and_all_goes_back(content: Json) -> None:
    references = References(b"salt")
    veiled = veil(content, references, "s")
    assert veiled is not None
    shown = serialise(veiled.content).decode()
    assert PLANTED[10:20] not in shown
    assert RANDOM not in shown
    back = unveil(veiled.content, references, "s")
    assert back is not None
    assert back.content == content
    assert not is_plain(content)


def test_a_text_in_base64_is_written_anew_and_a_picture_is_left() -> None:
    content: Json = {"blob": base64.b64encode(f"日本語 {PLANTED}".encode()).decode()}
    veiled = veil(content, References(b"salt"), "s")
    assert veiled is not None
    assert "⟦secret:" in base64.b64decode(str(obj(veiled.content)["blob"])).decode()
    for text in (f"日本語 {PLANTED}", f"é{PLANTED}", f"éé{PLANTED} x", "a\U000e0041\U000e0042"):
        one: Json = {"blob": base64.b64encode(text.encode()).decode()}
        references = References(b"salt")
        cut = veil(one, references, "s")
        assert cut is not None
        back = unveil(cut.content, references, "s")
        assert back is not None
        assert back.content == one
    assert unveil({"a": "4p+mc2VjcmV0Og and no base64"}, References(b""), "s") is not None
    plain = base64.b64encode(bytes(range(256))).decode()
    other = veil(
        {"blob": plain, "a": PLANTED, "b": {"blob": "no base64 é"}, "c": {"blob": "dGV4dA=="}}, References(b""), "s"
    )
    assert other is not None
    assert obj(other.content)["blob"] == plain


def test_a_key_that_is_whole_takes_nothing_from_the_text_behind_it() -> None:
    veiled = veil({"content": [said(PLANTED), said("args")]}, References(b"salt"), "s")
    assert veiled is not None
    assert items(obj(veiled.content)["content"])[1] == said("args")
