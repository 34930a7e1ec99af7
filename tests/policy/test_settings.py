"""The schema itself: every key is followed, every example fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import pytest

from sekisho.policy.checking import check
from sekisho.policy.configuration import Configuration
from sekisho.policy.layers import Layer, Rank, merge
from sekisho.policy.reading import read
from sekisho.policy.schema import Choice, Named, Pairs, Table, Text, Texts, Value, Version, Whole
from sekisho.policy.settings import SETTINGS, VERSION
from sekisho.policy.toml import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.policy.schema import Key, Node


def other(node: Node) -> object:
    """Return a value that fits and is not what holds without it."""
    match node:
        case Text():
            return node.example
        case Choice():
            return next(word for word in node.words if word != node.default)
        case Whole():
            return node.low
        case Version():
            return node.known
        case Value():
            return node.example
        case Texts():
            return list(node.example)
        case Pairs():
            return dict(node.example)
        case Table() | Named():
            return {}
        case _:
            assert_never(node)


def leaves(table: Table, *above: str) -> Iterator[tuple[tuple[str, ...], Key]]:
    for key in table.keys:
        match key.node:
            case Table() as below:
                yield from leaves(below, *above, key.name)
            case Named() as named:
                yield from leaves(named.table, *above, key.name, named.example)
            case _:
                yield (*above, key.name), key


def tables(table: Table) -> Iterator[Table]:
    yield table
    for key in table.keys:
        if isinstance(key.node, Named):
            yield from tables(key.node.table)
        elif isinstance(key.node, Table):
            yield from tables(key.node)


def document(values: dict[str, object]) -> Document:
    return Document(file="f", values=values, places={})


def said(values: dict[str, object]) -> Configuration:
    return read(merge([Layer(rank=Rank.USER, document=document(values))]))


def at(path: tuple[str, ...], value: object) -> dict[str, object]:
    for step in reversed(path):
        value = {step: value}
    assert isinstance(value, dict)
    return value  # pyright: ignore[reportUnknownVariableType] - made here


@pytest.mark.parametrize(("path", "key"), [pytest.param(*leaf, id=".".join(leaf[0])) for leaf in leaves(SETTINGS)])
def test_every_key_takes_its_example_and_changes_what_is_in_force(path: tuple[str, ...], key: Key) -> None:
    values = at(path, other(key.node))
    assert check(document(values), SETTINGS) == []
    if isinstance(key.node, Version):
        return
    if path[0] != "servers":
        assert said(values) != Configuration()
        return
    remote = key.name in ("url", "headers", "transport")
    base = {"url": "https://other.example"} if remote else {"command": ["other"]}
    before = said({"servers": {"git": base}})
    assert said({"servers": {"git": {**base, **at(path[2:], other(key.node))}}}) != before


def test_a_key_is_told_once_and_is_known_or_planned_but_not_both() -> None:
    for table in tables(SETTINGS):
        names = [key.name for key in table.keys]
        assert len(set(names)) == len(names)
        assert not set(names) & set(table.planned)
        assert {name for pair in table.apart for name in pair} <= set(names)


def test_what_holds_without_a_key_is_what_the_schema_says() -> None:
    usual = Configuration()
    usually = {path[-1]: key.node.default for path, key in leaves(SETTINGS) if isinstance(key.node, Choice | Whole)}
    assert usually["message_bytes"] == usual.limits.bytes
    assert usually["message_depth"] == usual.limits.depth
    assert usually["message_members"] == usual.limits.members
    assert usually["trust"] == usual.trust
    assert usually["transport"] == said({"servers": {"a": {"command": ["x"]}}}).servers[0].transport


def test_a_file_that_says_its_version_is_read() -> None:
    assert said({"version": VERSION}) == Configuration()
