"""A document against the schema: everything that is wrong with it, at once."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Final, assert_never, cast

from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import Problem, dotted, ordered
from sekisho.policy.schema import Choice, Named, Pairs, Table, Text, Texts, Value, Version, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.policy.problem import Place
    from sekisho.policy.schema import Form, Node
    from sekisho.policy.toml import Document, Path

__all__ = ["check", "locate", "nearest", "tabular"]

_ALIKE: Final = 0.6
_SHOWN: Final = 60


def check(document: Document, schema: Table) -> list[Problem]:
    """Return everything that is wrong with a document, in its own order."""
    return ordered(_table(document, (), document.values, schema))


def locate(document: Document, path: Path) -> Place | None:
    """Return where a key stands, or else the table that it would belong to."""
    while path and path not in document.places:
        path = path[:-1]
    return document.places.get(path)


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the one that was probably meant."""
    return next(iter(difflib.get_close_matches(word[:_SHOWN].lower(), known, n=1, cutoff=_ALIKE)), None)


def tabular(value: object) -> Mapping[str, object] | None:
    """Return a TOML table as one; None for every other value."""
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else None


def _problem(document: Document, path: Path, message: MessageId, **values: str | int) -> Problem:
    return Problem(message=message, values=values, file=document.file, place=locate(document, path), key=dotted(path))


def _check(document: Document, path: Path, value: object, node: Node) -> Iterator[Problem]:
    match node:
        case Text():
            yield from _text(document, path, value, node)
        case Choice():
            yield from _choice(document, path, value, node)
        case Whole() | Version():
            yield from _number(document, path, value, node)
        case Value():
            if not isinstance(value, str | int | float):
                yield _problem(document, path, MessageId.CONFIG_VALUE, example=json.dumps(node.example))
        case Texts():
            yield from _texts(document, path, value, node)
        case Pairs():
            yield from _pairs(document, path, value, node)
        case Table():
            yield from _table(document, path, value, node)
        case Named():
            yield from _named(document, path, value, node)
        case _:
            assert_never(node)


def _text(document: Document, path: Path, value: object, node: Text) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield _problem(document, path, MessageId.CONFIG_TEXT, example=json.dumps(node.example))
    elif not node.form.fits(value):
        yield _problem(document, path, node.form.message)


def _choice(document: Document, path: Path, value: object, node: Choice) -> Iterator[Problem]:
    if isinstance(value, str) and value in node.words:
        return
    near = nearest(value, node.words) if isinstance(value, str) else None
    known = ", ".join(node.words)
    if near is None:
        yield _problem(document, path, MessageId.CONFIG_CHOICE, known=known)
    else:
        yield _problem(document, path, MessageId.CONFIG_CHOICE_NEAR, known=known, nearest=near)


def _number(document: Document, path: Path, value: object, node: Whole | Version) -> Iterator[Problem]:
    low, high = (node.low, node.high) if isinstance(node, Whole) else (1, node.known)
    whole = value if isinstance(value, int) and not isinstance(value, bool) else None
    if whole is not None and low <= whole <= high:
        return
    if isinstance(node, Version) and whole is not None and whole > high:
        yield _problem(document, path, MessageId.CONFIG_NEWER, found=str(whole)[:_SHOWN], known=high)
    else:
        yield _problem(document, path, MessageId.CONFIG_WHOLE, low=low, high=high)


def _texts(document: Document, path: Path, value: object, node: Texts) -> Iterator[Problem]:
    elements = cast("list[object]", value) if isinstance(value, list) else None
    example = json.dumps(list(node.example))
    if elements is None:
        yield _problem(document, path, MessageId.CONFIG_TEXTS, example=example)
        return
    if node.filled and not elements:
        yield _problem(document, path, MessageId.CONFIG_EMPTY, example=example)
    for number, element in enumerate(elements):
        yield from _text(document, (*path, number), element, Text(example=node.example[0], form=node.form))


def _pairs(document: Document, path: Path, value: object, node: Pairs) -> Iterator[Problem]:
    table = tabular(value)
    if table is None:
        example = ", ".join(f"{name} = {json.dumps(text)}" for name, text in node.example.items())
        yield _problem(document, path, MessageId.CONFIG_PAIRS, example=f"{{ {example} }}")
        return
    text = Text(example=next(iter(node.example.values())), form=node.form)
    for name, element in table.items():
        yield from _name(document, (*path, name), name, node.names)
        yield from _text(document, (*path, name), element, text)


def _name(document: Document, path: Path, name: str, form: Form) -> Iterator[Problem]:
    if not form.fits(name):
        yield _problem(document, path, form.message)


def _named(document: Document, path: Path, value: object, node: Named) -> Iterator[Problem]:
    table = tabular(value)
    if table is None:
        yield _problem(document, path, MessageId.CONFIG_TABLE, example=f"{dotted(path)}.{node.example}")
        return
    for name, element in table.items():
        yield from _name(document, (*path, name), name, node.names)
        yield from _table(document, (*path, name), element, node.table)


def _table(document: Document, path: Path, value: object, node: Table) -> Iterator[Problem]:
    table = tabular(value)
    if table is None:
        yield _problem(document, path, MessageId.CONFIG_TABLE, example=dotted(path))
        return
    known = {key.name: key.node for key in node.keys}
    for name, element in table.items():
        if name in known:
            yield from _check(document, (*path, name), element, known[name])
        elif name in node.planned:
            yield _problem(document, (*path, name), MessageId.CONFIG_NOT_YET)
        else:
            yield _unknown(document, (*path, name), name, list(known))
    for one, other in node.apart:
        if one in table and other in table:
            yield _problem(document, (*path, one), MessageId.CONFIG_APART, other=other)


def _unknown(document: Document, path: Path, name: str, known: Sequence[str]) -> Problem:
    near = nearest(name, known)
    listed = ", ".join(known)
    if near is None:
        return _problem(document, path, MessageId.CONFIG_UNKNOWN, known=listed)
    return _problem(document, path, MessageId.CONFIG_UNKNOWN_NEAR, known=listed, nearest=near)
