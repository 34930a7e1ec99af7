"""Harmful values in odd places: names in many languages, nested, encoded, as defaults, without a schema.

python bench/guards/odd.py            # how many get through, by meaning; those that do with --verbose
python bench/guards/odd.py --write    # and keep the figures

Each value (`odd.json`) goes through each place that a tool of its kind could take it in. A tool says in its
description what it does, and nothing is configured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sekisho.engine.checking import check
from sekisho.engine.guarding import guard
from sekisho.engine.jobs import perform
from sekisho.guards.contract import contract
from sekisho.guards.objection import NOTHING_TOLD, Told, Wanted
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import Site, facts_of_launch

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "odd_results.json"
FACTS: Final = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())

Schema: TypeAlias = dict[str, Any]
Place: TypeAlias = Callable[[str], tuple[Schema, dict[str, Any]]]


def main() -> int:
    """Run; 1 when more gets through than is kept."""
    parser = argparse.ArgumentParser(description="Harmful values in odd places.")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    parser.add_argument("--verbose", action="store_true", help="say what gets through")
    options = parser.parse_args()
    figures: dict[str, dict[str, int]] = {}
    for meaning, about in json.loads((HERE / "odd.json").read_text("utf-8")).items():
        through = [(label, value) for label, value, refused in played(about) if not refused]
        count = len(list(places(about))) * len(about["values"])
        figures[meaning] = {"cases": count, "through": len(through)}
        print(f"{meaning:9} {count:5} cases, {len(through):4} get through ({len(through) / count:.1%})")
        if options.verbose:
            for label, value in through:
                print(f"    {label:20} {value!r}")
    if options.write:
        RESULTS.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
        return 0
    kept = json.loads(RESULTS.read_text("utf-8"))
    return int(any(each["through"] > kept[meaning]["through"] for meaning, each in figures.items()))


def played(about: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield each place and value, and whether the call is refused."""
    for label, place in places(about):
        for value in about["values"]:
            schema, arguments = place(value)
            body = {"name": about["tool"], "description": about["does"], "inputSchema": schema}
            yield label, value, refuses(body, arguments)


def refuses(body: Schema, arguments: dict[str, Any], words: tuple[str, ...] = ()) -> bool:
    """Say whether a call is refused where links lead where they say and names resolve to public addresses."""
    tool, facts = Tool(body, about=words), replace(FACTS, words=words)
    read = tool.read(arguments)
    needs = guard(read, tool, facts).needs
    told = Told(
        real_paths={need.subject: need.subject for need in needs if need.wanted is Wanted.REAL_PATH},
        addresses={need.subject: ("93.184.216.34",) for need in needs if need.wanted is Wanted.ADDRESSES},
        worked={need.subject: perform(need.subject) for need in needs if need.wanted is Wanted.WORKER},
    )
    found = guard(read, tool, facts, told if needs else NOTHING_TOLD).found
    return bool(found or check(contract(body["inputSchema"]), arguments).found)


def places(about: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    """Yield every place in which a value may come, with what it is called."""
    names, said = about["names"], about["said"]
    first = names[0]
    for name in names:
        yield f"name {name}", lambda value, name=name: (made({name: text()}), {name: value})
    yield from _nested(first, said)
    yield from _described(first, said)
    yield from _alternatives(first, said)
    yield from _loose(first, said)
    if about["defaults"]:
        yield from _defaults(first, said)


def text(said: str = "", **more: object) -> Schema:
    """Return the schema of a text."""
    return {"type": "string", **({"description": said} if said else {}), **more}


def made(properties: Schema, **more: object) -> Schema:
    """Return the schema of an object."""
    return {"type": "object", "properties": properties, **more}


def _nested(first: str, said: str) -> Iterator[tuple[str, Place]]:
    yield "object", lambda v: (made({"o": made({"in": made({"x": text(said)})})}), {"o": {"in": {"x": v}}})
    yield "object, named", lambda v: (made({"o": made({"in": made({first: text()})})}), {"o": {"in": {first: v}}})
    yield "array", lambda v: (made({"l": {"type": "array", "items": text(said)}}), {"l": ["ok", v]})
    several = made({"l": {"type": "array", "items": made({"a": text(), first: text(said)})}})
    yield "array of objects", lambda v: (several, {"l": [{"a": "x", first: v}]})
    grid = made({"l": {"type": "array", "items": {"type": "array", "items": text(said)}}})
    yield "array of arrays", lambda v: (grid, {"l": [["ok", v]]})
    yield "tuple", lambda v: (made({"t": {"prefixItems": [text("name"), text(said)]}}), {"t": ["n", v]})
    yield "map", lambda v: (made({"m": {"type": "object", "additionalProperties": text(said)}}), {"m": {"k": v}})
    yield "pattern of names", lambda v: (made({}, patternProperties={"^x": text(said)}), {"x1": v})


def _described(first: str, said: str) -> Iterator[tuple[str, Place]]:
    yield "description alone", lambda v: (made({"x": {"description": said}}), {"x": v})
    yield "title alone", lambda v: (made({"x": text(title=said)}), {"x": v})
    yield "examples", lambda v: (made({"x": text(said, examples=["a"])}), {"x": v})
    yield "spaces around", lambda v: (made({first: text(said)}), {first: f"  {v} "})
    yield (
        "JSON for an object",
        lambda v: (made({"params": made({first: text(said)})}), {"params": json.dumps({first: v})}),
    )
    yield "JSON in a text", lambda v: (made({"payload": text("JSON of it")}), {"payload": json.dumps({first: v})})


def _alternatives(first: str, said: str) -> Iterator[tuple[str, Place]]:
    yield "anyOf", lambda v: (made({"x": {"anyOf": [text(said), {"type": "null"}]}}), {"x": v})
    yield "oneOf", lambda v: (made({"x": {"oneOf": [{"type": "integer"}, made({"y": text(said)})]}}), {"x": {"y": v}})
    yield "allOf", lambda v: ({"type": "object", "allOf": [made({first: text(said)})]}, {first: v})
    yield "then", lambda v: (made({"m": text()}, **{"if": {}, "then": {"properties": {first: text(said)}}}), {first: v})
    chained = {"A": {"$ref": "#/$defs/B"}, "B": text(said)}
    yield "$ref", lambda v: (made({"x": {"$ref": "#/$defs/A"}}, **{"$defs": chained}), {"x": v})


def _loose(first: str, said: str) -> Iterator[tuple[str, Place]]:
    yield "free object", lambda v: (made({"options": {"type": "object"}}), {"options": {first: v}})
    yield "no schema", lambda v: ({}, {first: v})
    yield "any schema", lambda v: (made({first: True}), {first: v})
    yield "undeclared", lambda v: (made({"x": text()}), {"x": "a", first: v})
    yield "called content", lambda v: (made({"content": text(said)}), {"content": v})
    yield "called text", lambda v: (made({"text": text()}), {"text": v})


def _defaults(first: str, said: str) -> Iterator[tuple[str, Place]]:
    yield "default", lambda v: (made({first: text(said, default=v)}), {})
    yield "default of an object", lambda v: (made({"o": {**made({first: text(said)}), "default": {first: v}}}), {})
    yield "default inside", lambda v: (made({"o": made({first: text(said, default=v)})}), {"o": {}})
    referred = {"x": {"$ref": "#/$defs/A"}}
    yield "default behind $ref", lambda v: (made(referred, **{"$defs": {"A": text(said, default=v)}}), {})
    yield (
        "default of an item",
        lambda v: (
            made({"l": {"type": "array", "items": made({first: text(said, default=v)})}}),
            {"l": [{}]},
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
