"""The format: what a line holds, what it hides, what is not taken for one."""

from __future__ import annotations

import hashlib
from types import MappingProxyType

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.adapters import keyfile
from sekisho.adapters.audit import chain
from tablekit import rows

KEYS = chain.Keys.of(bytes(range(32)))
WRITER = "20260101T000000Z-0123456789ab"
HEAD = chain.Head(
    writer=WRITER, file=chain.file_name(WRITER, 1), seq=7, hash="a" * 64, size=900, t=1_700_000_000_000, closed=False
)


def line(entry: chain.Entry, *, seq: int = 1, prev: str = "0" * 64) -> bytes:
    return chain.encode(entry, chain.digests(KEYS.digest, entry.values), seq=seq, t=5, prev=prev)


def test_a_line_is_compact_json_with_its_link_last() -> None:
    entry = chain.Entry(kind="result", principal="p", conversation="c", server="s", fields={"verdict": "allow"})
    assert line(entry) == (
        b'{"v":1,"seq":1,"t":5,"kind":"result","principal":"p","conversation":"c","server":"s",'
        b'"fields":{"verdict":"allow"},"prev":"' + b"0" * 64 + b'"}\n'
    )


def test_a_value_leaves_only_its_keyed_digest_and_its_size() -> None:
    raw = line(chain.Entry(kind="request", values={"arguments": {"password": "hunter2"}}))
    stored = b'{"password":"hunter2"}'
    key = keyfile.derive(bytes(range(32)), "sekisho audit digest 1")
    expected = hashlib.blake2b(stored, digest_size=16, key=key).hexdigest()
    assert chain.parse(raw).digests == {"arguments": {"h": expected, "n": len(stored)}}
    assert b"hunter2" not in raw
    assert hashlib.sha256(stored).hexdigest()[:32].encode() not in raw


def test_equal_values_have_equal_digests_and_other_keys_other_ones() -> None:
    other = chain.Keys.of(bytes(32))
    assert KEYS.digest(["x"]) == KEYS.digest(["x"])
    assert KEYS.digest(["x"]) != other.digest(["x"])
    assert KEYS.digest(1) != KEYS.digest(1.0)


def test_keys_do_not_show_in_a_traceback() -> None:
    assert KEYS.seal.hex() not in repr(KEYS)
    assert repr(KEYS.seal) not in repr(KEYS)


def test_mappings_that_are_no_dictionaries_are_stored() -> None:
    entry = chain.Entry(kind="x", fields=MappingProxyType({"a": MappingProxyType({"b": 1})}))
    assert chain.parse(line(entry)).fields == {"a": {"b": 1}}


@pytest.mark.parametrize("bad", ["\ud800", 2**64, {1: 2}, object()])
def test_what_has_no_json_form_raises(bad: object) -> None:
    with pytest.raises(TypeError):
        line(chain.Entry(kind="x", fields={"bad": bad}))
    with pytest.raises(TypeError):
        KEYS.digest(bad)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.text(), st.text(), st.dictionaries(st.text(), JSON, max_size=4), st.integers(0, 2**53))
def test_a_line_reads_back_as_it_was_written(kind: str, name: str, fields: dict[str, object], seq: int) -> None:
    raw = line(chain.Entry(kind=kind, server=name, fields=fields), seq=seq, prev="b" * 64)
    read = chain.parse(raw)
    assert (read.kind, read.server, read.fields, read.seq, read.prev) == (kind, name, fields, seq, "b" * 64)
    assert raw.count(b"\n") == 1


TEXTS = dict.fromkeys(("kind", "principal", "conversation", "server", "prev"), "")
GOOD: dict[str, object] = {"v": 1, "seq": 1, "t": 1, "fields": {}, **TEXTS}


@rows(
    ("raw", "why"),
    [
        (orjson.dumps(GOOD), "cut off"),
        (b"\n", "no JSON"),
        (b"\0\0\0\n", "no JSON"),
        (b"[]\n", "not an object"),
        (orjson.dumps({**GOOD, "v": 2}) + b"\n", "version"),
        (orjson.dumps({**GOOD, "seq": True}) + b"\n", "whole number"),
        (orjson.dumps({**GOOD, "seq": -1}) + b"\n", "whole number"),
        (orjson.dumps({**GOOD, "t": 1.5}) + b"\n", "whole number"),
        (orjson.dumps({**GOOD, "kind": None}) + b"\n", "not a text"),
        (orjson.dumps({**GOOD, "fields": []}) + b"\n", "not an object"),
        (orjson.dumps({**GOOD, "digests": 1}) + b"\n", "not an object"),
        (orjson.dumps({key: value for key, value in GOOD.items() if key != "prev"}) + b"\n", "without prev"),
        (b'{"a":"' + b"x" * chain.MAX_LINE + b'"}\n', "longer"),
    ],
)
def test_what_is_no_line_is_refused_with_the_reason(raw: bytes, why: str) -> None:
    with pytest.raises(chain.LineError, match=why):
        chain.parse(raw)


def test_a_head_reads_back_under_its_key() -> None:
    raw = chain.encode_head(HEAD, key=KEYS.seal)
    assert chain.parse_head(raw, key=KEYS.seal, writer=WRITER) == HEAD
    assert chain.parse_head(raw, key=None, writer=WRITER) == HEAD


@settings(deadline=None)
@given(st.data())
def test_no_byte_of_a_head_can_change(data: st.DataObject) -> None:
    raw = bytearray(chain.encode_head(HEAD, key=KEYS.seal))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    with pytest.raises(chain.LineError):
        chain.parse_head(bytes(raw), key=KEYS.seal, writer=WRITER)


@pytest.mark.parametrize("extra", [b"x", b"\n", b"{}\n"])
def test_nothing_may_follow_a_head(extra: bytes) -> None:
    with pytest.raises(chain.LineError, match="seal does not fit"):
        chain.parse_head(chain.encode_head(HEAD, key=KEYS.seal) + extra, key=KEYS.seal, writer=WRITER)


def test_a_head_counts_for_its_own_writer_only() -> None:
    raw = chain.encode_head(HEAD, key=KEYS.seal)
    with pytest.raises(chain.LineError, match="another writer"):
        chain.parse_head(raw, key=KEYS.seal, writer=WRITER[:-1] + "0")


def test_a_head_needs_the_seal_key_not_the_digest_key() -> None:
    raw = chain.encode_head(HEAD, key=keyfile.derive(bytes(range(32)), "sekisho audit digest 1"))
    with pytest.raises(chain.LineError, match="seal does not fit"):
        chain.parse_head(raw, key=KEYS.seal, writer=WRITER)


def test_each_writer_has_a_beginning_of_its_own() -> None:
    assert chain.genesis(WRITER) != chain.genesis(chain.INDEX)


@rows(
    ("name", "part"),
    [
        (chain.file_name(WRITER, 1), (WRITER, 1)),
        (chain.file_name(WRITER, 123_456), (WRITER, 123_456)),
        (f"{WRITER}.000000.jsonl", None),
        (f".{chain.file_name(WRITER, 1)}.new", None),
        (f"{WRITER}.jsonl", None),
        ("writers.jsonl", None),
        (f"{WRITER}.000001.jsonl\n", None),
    ],
)
def test_file_names_are_told_apart(name: str, part: tuple[str, int] | None) -> None:
    assert chain.file_part(name) == part


def test_head_names_are_told_apart() -> None:
    assert chain.head_writer(chain.head_name(WRITER)) == WRITER
    assert chain.head_writer("writers.head") is None
    assert chain.head_writer(f".{WRITER}.head.new") is None
