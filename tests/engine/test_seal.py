from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.seal import Sealer, SealError, request_binding
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

KEY = bytes(range(32))
WALL = 1_750_000_000.0


def sealer(key: bytes = KEY, salt: bytes = b"s" * 16, lifetime: float = 100.0) -> Sealer:
    return Sealer(key, salt, lifetime=lifetime)


def reason(token: str, *, binding: bytes = b"b", wall: float = WALL, by: Sealer | None = None) -> str:
    with pytest.raises(SealError) as raised:
        (by or sealer()).open(token, binding=binding, wall=wall)
    return raised.value.reason


@given(st.text(), st.binary(max_size=99), st.binary(min_size=16, max_size=16))
def test_a_state_comes_back_exactly_from_whoever_has_the_key(state: str, binding: bytes, salt: bytes) -> None:
    token = sealer(salt=salt).seal(state, binding=binding, wall=WALL)
    assert token.isascii()
    assert sealer(salt=b"another sealer's").open(token, binding=binding, wall=WALL + 100) == state


def test_equal_states_have_different_tokens() -> None:
    by = sealer()
    assert len({by.seal("x", binding=b"b", wall=WALL) for _ in range(50)}) == 50


@rows("token", ["", "x", "AAAA", "é", "=", "not base64!", "\ud800", base64.b64encode(b"\x02" * 90)])
def test_what_is_no_token_is_malformed(token: str | bytes) -> None:
    assert reason(token if isinstance(token, str) else token.decode()) == "malformed"


def test_every_altered_character_is_noticed() -> None:
    token = sealer().seal("state", binding=b"b", wall=WALL)
    for place, letter in enumerate(token):
        for other in "A-+/=":
            if other != letter:
                assert reason(token[:place] + other + token[place + 1 :])
    assert reason(token + "A")
    assert reason(token[:-4])


def test_a_second_spelling_of_the_same_bytes_is_no_token() -> None:
    for length in range(6):
        token = sealer().seal("\0" * length, binding=b"b", wall=WALL)
        bare = token.rstrip("=")
        for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
            if last != bare[-1]:
                assert reason(bare[:-1] + last + token[len(bare) :])
        if token.translate({45: "+", 95: "/"}) != token:
            assert reason(token.translate({45: "+", 95: "/"})) == "malformed"


def test_a_token_is_good_for_one_binding_under_one_key_for_one_lifetime() -> None:
    token = sealer().seal("state", binding=b"b", wall=WALL)
    assert reason(token, binding=b"c") == "altered-or-elsewhere"
    assert reason(token, by=sealer(key=b"k" * 32)) == "altered-or-elsewhere"
    assert reason(token, wall=WALL + 100.1) == "expired"


@pytest.mark.parametrize(("key", "salt"), [(b"short", b"s" * 16), (KEY, b"short")])
def test_key_and_salt_have_their_sizes(key: bytes, salt: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(key, salt)


def test_a_digest_binds_method_and_params_without_what_a_retry_changes() -> None:
    same = request_binding("s", "p", "tools/call", {"name": "t", "arguments": {"a": 1, "b": 2}})
    retry: JsonObject = {
        "arguments": {"b": 2, "a": 1},
        "name": "t",
        "_meta": {"x": 1},
        "inputResponses": {},
        "requestState": "s",
    }
    assert request_binding("s", "p", "tools/call", retry) == same
    others: list[tuple[str, JsonObject]] = [
        ("prompts/get", {"name": "t", "arguments": {"a": 1, "b": 2}}),
        ("tools/call", {"name": "u", "arguments": {"a": 1, "b": 2}}),
        ("tools/call", {"name": "t", "arguments": {"a": 1.0, "b": 2}}),
        ("tools/call", {"name": "t", "arguments": {"a": "1", "b": 2}}),
        ("tools/call", {"name": "t", "arguments": {"a": 1, "b": 2}, "more": None}),
    ]
    for method, params in others:
        assert request_binding("s", "p", method, params) != same
