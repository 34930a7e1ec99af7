"""What a tool does, by its name, its description, its annotations and the launch line of its server."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from sekisho.meaning.argument import Effects
from sekisho.meaning.spoken import told_of
from sekisho.meaning.words import TOPICS, cut, lexicon
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

__all__ = ["effects_of"]

_SHOWN: Final = 256
"""Parameters that are looked at."""


def effects_of(body: JsonObject, about: frozenset[str]) -> Effects:
    """Return what a tool does.

    Args:
        body: its definition.
        about: words of the server's launch line.
    """
    name = text(body.get("name")) or ""
    words = cut(name)
    every = lexicon()
    acts = every.doing(name, text(body.get("description")) or "")
    near = every.acting(about)
    says_reading = "reads" in acts and "writes" not in every.acting(words)
    annotations = obj(body.get("annotations"))
    certain = "queries" in near or _asks_in_sql(body)
    supposed = "queries" in acts and not certain and not _says_database(body)
    return Effects(
        fetches="fetches" in acts,
        executes="executes" in acts or "shells" in acts,
        shells="shells" in acts,
        connects="connects" in acts,
        opens="opens" in acts,
        renders="renders" in acts,
        asks="asks" in acts or annotations.get("readOnlyHint") is True,
        documents="documents" in acts or "documents" in near,
        queries=certain or ("queries" in acts and not (supposed and _asks_otherwise(body))),
        supposes=supposed,
        graphs="graphs" in acts or ("graphs" in near and "queries" in acts),
        parses="parses" in acts,
        topics=(acts | near) & TOPICS,
        writes=not says_reading
        or annotations.get("readOnlyHint") is False
        or annotations.get("destructiveHint") is True,
    )


def _asks_in_sql(body: JsonObject) -> bool:
    """Say whether one of a tool's own parameters is SQL, though nothing else says that there is a database."""
    properties = obj(obj(body.get("inputSchema")).get("properties"))
    return any(
        lexicon().asks_in_sql(name, text(obj(schema).get("description")) or "")
        for name, schema in islice(properties.items(), _SHOWN)
    )


def _says_database(body: JsonObject) -> bool:
    return lexicon().says_database(text(body.get("name")) or "", text(body.get("description")) or "")


def _asks_otherwise(body: JsonObject) -> bool:
    """Say whether a parameter that is called like a query says that it is no SQL."""
    properties = obj(obj(body.get("inputSchema")).get("properties"))
    told = {**told_of(text(body.get("description")) or "")}
    for name, schema in islice(properties.items(), _SHOWN):
        said = text(obj(schema).get("description")) or told.get(name, "")
        if lexicon().kind(cut(name)) == "sql" and lexicon().asks_otherwise(said, plainly=True):
            return True
    return False
