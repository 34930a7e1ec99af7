"""The format of the audit, as pure functions: entry to line, line to `Line`, head to bytes and back.

A chain is the sequence of lines of one writer, over one or more files. Each line is one JSON object:

    {"v":1,"seq":7,"t":1763812345678,"kind":"refusal","principal":…,"conversation":…,"server":…,
     "fields":{…},"digests":{"arguments":{"h":"<32 hex>","n":1042}},"prev":"<64 hex>"}

`prev` is the SHA-256 of the whole line before it, line feed included; the first line's is made of the writer's id,
so that no chain passes for another's. A head says how far the chain was on disk, under a MAC.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import orjson

from sekisho.adapters import keyfile

VERSION = 1
"""Format of lines and heads."""
MAX_LINE = 65_536
"""Longest line, in bytes with its line feed. A longer entry is stored as a digest of itself."""
DIGEST_DIGITS = 32
"""Length of a digest of a value, in hexadecimal digits (128 bits)."""
OPENED = "audit-file"
"""Kind of the first line of each file: names writer, part, and the file before it."""
GAP = "audit-gap"
"""Kind of a line that says how many entries before it could not be written."""
CLOSED = "audit-closed"
"""Kind of the last line of a writer that was closed."""
OWN_KINDS = frozenset({OPENED, GAP, CLOSED})
"""Kinds that only the writer itself uses."""
INDEX = "writers"
"""Id of the chain that lists the writers: `writers.jsonl` and `writers.head`."""

_WRITER = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}")
_FILE = re.compile(rf"({_WRITER.pattern})\.((?!000000)\d{{6}})\.jsonl")
_HEAD = re.compile(rf"({_WRITER.pattern})\.head")


class LineError(ValueError):
    """Bytes that are no line of this format; the text says why in a few words."""


@dataclass(slots=True, eq=False, kw_only=True)
class Entry:
    """One event as the gateway hands it over. Not frozen, because a frozen one costs five times as much to make."""

    kind: str
    """A fixed word: request, result, refusal, question, lifecycle, notification …; none of `OWN_KINDS`."""
    principal: str = ""
    """Who asks, as an id."""
    conversation: str = ""
    """Which conversation, as an id."""
    server: str = ""
    """Canonical name of the server, empty when none is concerned."""
    fields: Mapping[str, object] = field(default_factory=dict[str, object])
    """JSON that is safe to store as it is: ids, numbers, fixed words, names (escaped by whoever prints them)."""
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    """JSON that must not be stored: each value becomes its keyed digest and its size."""
    durable: bool = False
    """Its effect waits for the disk: refusals, questions, outward acts. Not stored."""


class Digester:
    """Keyed digests of JSON values that must not be stored.

    Keyed BLAKE2b (RFC 7693) over the bytes that orjson writes for a value, of 128 bits: enough to recognise a value
    again, and nobody without the key can try guesses. Equal values have equal digests wherever they occur.
    """

    __slots__ = ("_begun",)

    def __init__(self, key: bytes) -> None:
        # The key fills the first block, which is the same for every value.
        self._begun = hashlib.blake2b(digest_size=DIGEST_DIGITS // 2, key=key)

    def __call__(self, value: object) -> tuple[str, int]:
        """Return the digest in hexadecimal and the size of the value as JSON, in bytes.

        Raises:
            TypeError: the value has no JSON form (a lone surrogate, an integer beyond 64 bits).
        """
        data = orjson.dumps(value, default=_plain)
        state = self._begun.copy()
        state.update(data)
        return state.hexdigest(), len(data)


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys of the audit."""

    digest: Digester
    """For values."""
    seal: bytes = field(repr=False)
    """For heads."""

    @staticmethod
    def of(key: bytes) -> Keys:
        """Derive both from the content of the key file."""
        return Keys(
            Digester(keyfile.derive(key, "sekisho audit digest 1")), keyfile.derive(key, "sekisho audit seal 1")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, read back."""

    seq: int
    """Number in the chain, from 1."""
    t: int
    """The writer's clock, milliseconds since 1970."""
    kind: str
    """As in `Entry`, or one of `OWN_KINDS`."""
    principal: str
    """As in `Entry`."""
    conversation: str
    """As in `Entry`."""
    server: str
    """As in `Entry`."""
    fields: Mapping[str, object]
    """As in `Entry`."""
    digests: Mapping[str, object]
    """By name: `h`, the digest, and `n`, the size in bytes of the value as JSON."""
    prev: str
    """Hash of the line before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far a chain was on disk when it was sealed."""

    writer: str
    """Id of the writer, or `INDEX`."""
    file: str
    """Name of the file that held the last sealed line."""
    seq: int
    """Number of that line."""
    hash: str
    """Its hash."""
    size: int
    """Bytes of the file up to its end."""
    t: int
    """When it was sealed, milliseconds since 1970."""
    closed: bool
    """Nothing follows."""


def digests(digest: Digester, values: Mapping[str, object]) -> dict[str, object]:
    """Return the `digests` member for the values of an entry."""
    found: dict[str, object] = {}
    for name, value in values.items():
        short, size = digest(value)
        found[name] = {"h": short, "n": size}
    return found


def encode(entry: Entry, made: Mapping[str, object], *, seq: int, t: int, prev: str) -> bytes:
    """Return the line of an entry, line feed included.

    Args:
        entry: what happened; its `values` are not looked at.
        made: what `digests` returned for them.
        seq: number of the line.
        t: milliseconds since 1970.
        prev: hash of the line before.

    Raises:
        TypeError: something in it has no JSON form.
    """
    line: dict[str, object] = {
        "v": VERSION,
        "seq": seq,
        "t": t,
        "kind": entry.kind,
        "principal": entry.principal,
        "conversation": entry.conversation,
        "server": entry.server,
        "fields": entry.fields,
    }
    if made:
        line["digests"] = made
    line["prev"] = prev
    return orjson.dumps(line, default=_plain, option=orjson.OPT_APPEND_NEWLINE)


def shortened(entry: Entry, made: Mapping[str, object], *, digest: Digester) -> tuple[Entry, dict[str, object]]:
    """Return a stand-in for an entry whose line is too long: it happened, and the digest of what it held."""
    short, size = digest([entry.fields, made])
    names = (entry.principal, entry.conversation, entry.server)
    principal, conversation, server = (name[:1024] for name in names)
    fields = {"oversize": True}
    smaller = Entry(kind=entry.kind[:64], principal=principal, conversation=conversation, server=server, fields=fields)
    return smaller, {"entry": {"h": short, "n": size}}


def link(raw: bytes) -> str:
    """Return the hash of a line: SHA-256 of its bytes with the line feed, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def genesis(writer: str) -> str:
    """Return the `prev` of the first line of a chain."""
    return link(f"sekisho audit {VERSION} {writer}\n".encode())


def parse(raw: bytes) -> Line:
    """Read a line back.

    Raises:
        LineError: it is cut off, too long, no JSON object, of another version, or a member is missing or wrong.
    """
    if len(raw) > MAX_LINE:
        raise LineError("longer than any line we write")
    if not raw.endswith(b"\n"):
        raise LineError("cut off")
    members = _object(raw)
    if members.get("v") != VERSION:
        raise LineError("not a line of this version")
    try:
        return Line(
            seq=_integer(members["seq"]),
            t=_integer(members["t"]),
            kind=_text(members["kind"]),
            principal=_text(members["principal"]),
            conversation=_text(members["conversation"]),
            server=_text(members["server"]),
            fields=_mapping(members["fields"]),
            digests=_mapping(members.get("digests", {})),
            prev=_text(members["prev"]),
        )
    except KeyError as error:
        raise LineError(f"without {error.args[0]}") from error


def encode_head(head: Head, *, key: bytes) -> bytes:
    """Return the content of a head file: one line of JSON, one line with its HMAC-SHA256 in hexadecimal."""
    body = orjson.dumps(
        {
            "v": VERSION,
            "writer": head.writer,
            "file": head.file,
            "seq": head.seq,
            "hash": head.hash,
            "size": head.size,
            "t": head.t,
            "closed": head.closed,
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )
    return body + hmac.digest(key, body, "sha256").hex().encode() + b"\n"


def parse_head(raw: bytes, *, key: bytes | None, writer: str) -> Head:
    """Read a head back, and check its MAC unless there is no key.

    Raises:
        LineError: the MAC does not fit, or the head is not one of this writer.
    """
    body, feed, mac = raw.partition(b"\n")
    body += feed
    if key is not None and not hmac.compare_digest(hmac.digest(key, body, "sha256").hex().encode() + b"\n", mac):
        raise LineError("its seal does not fit: forged, edited, or sealed with another key")
    members = _object(body)
    if members.get("v") != VERSION or members.get("writer") != writer:
        raise LineError("it belongs to another writer or version")
    try:
        return Head(
            writer=writer,
            file=_text(members["file"]),
            seq=_integer(members["seq"]),
            hash=_text(members["hash"]),
            size=_integer(members["size"]),
            t=_integer(members["t"]),
            closed=members["closed"] is True,
        )
    except KeyError as error:
        raise LineError(f"without {error.args[0]}") from error


def file_name(writer: str, part: int) -> str:
    """Return the name of the part-th file (from 1) of a writer."""
    return f"{writer}.{part:06}.jsonl"


def file_part(name: str) -> tuple[str, int] | None:
    """Return writer and part of a file's name, None when it is no file of a chain."""
    found = _FILE.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def head_name(writer: str) -> str:
    """Return the name of the head file of a writer."""
    return f"{writer}.head"


def head_writer(name: str) -> str | None:
    """Return the writer of a head file's name, None when it is none (the index's own included)."""
    found = _HEAD.fullmatch(name)
    return found[1] if found else None


def is_writer(name: str) -> bool:
    """Say whether this is a writer's id: UTC start time and 48 random bits."""
    return _WRITER.fullmatch(name) is not None


def _plain(value: object) -> dict[object, object]:
    """Let orjson write mappings that are no dictionaries."""
    if isinstance(value, Mapping):
        return dict(cast("Mapping[object, object]", value))
    raise TypeError


def _object(raw: bytes) -> dict[str, object]:
    try:
        value: object = orjson.loads(raw)
    except ValueError as error:
        raise LineError("no JSON") from error
    return _mapping(value)


def _mapping(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value)
    raise LineError("not an object where one belongs")


def _integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise LineError("not a whole number where one belongs")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise LineError("not a text where one belongs")
