"""The rule ids: those that the catalogue explains, those that need no explanation there, and words that are none.

`explained` is what `sekisho why` says; `DROPPED` are reasons for which nobody was refused anything, so `why` never
shows them; `check_rules` finds ids in the engine and the HTTP face that have no entry.
"""

from __future__ import annotations

import ast
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tree import Problem

from sekisho.model.english import ENGLISH
from sekisho.model.message_ids import MessageId
from sekisho.rules.pages import rule_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tree import Tree

__all__ = ["DROPPED", "check_rules", "constants", "explained"]

_PREFIX: Final = "refused-"
_ANY_RULE: Final = "by-rule"
_ID: Final = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
_WHERE_RULES_ARE: Final = ("src/sekisho/engine/", "src/sekisho/gateway/http_")

DROPPED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cancelled": "The host took a request back, or a question was withdrawn.\nNothing.",
        "invalid-x-mcp-header": "A tool declares its header arguments wrongly, so it was left out of the list, "
        "as the specification wants.\nReport it to the author of the server.",
        "list-failed": "A server of a configuration answered a list with an error, so that list goes without it.\n"
        "Nothing, if the server has no such list.",
        "list-repeats": "A server handed out the same cursor twice, so its list would not end; it is left out.\n"
        "Report it to the author of the server.",
        "list-too-long": "A server lists more than 10,000 entries, 1,000 pages or 64 MB; its list is left out.\n"
        "Report it to the author of the server.",
        "list-too-slow": "A server took more than 30 s to list; its list is left out.\nLook at the server.",
        "late-answer": "The server answered a request that was refused or cancelled before.\nNothing.",
        "unknown-answer": "An answer came that nobody waits for.\n"
        "If it repeats, report it to the author of the program that sent it.",
    }
)
"""Rule id to its meaning and, behind a line feed, what to do."""

_NO_RULES: Final = frozenset(
    {
        "altered-or-elsewhere",  # a part of `request-state-…`
        "code-read",  # an event of a record
        "fresh-child",  # an event of a record
        "host-answer",  # a kind of record
        "list-left-out",  # an event of a record
        "lists-changed",  # an event of a record
        "open-questions",  # a kind of flood
        "server-notification",  # a kind of record
        "split-word",  # a way of hiding
        "server-request",  # a kind of record
        "tools-left-out",  # an event of a record
        "turned-away",  # a kind of record
        "utf-8",  # an encoding
    }
)


def explained() -> dict[str, str]:
    """Return the rule ids that the catalogue explains; what they mean and what to do, as in `DROPPED`."""
    ids = {item.value.removeprefix(_PREFIX): item for item in MessageId if item.value.startswith(_PREFIX)}
    return {rule: ENGLISH[item] for rule, item in ids.items() if rule != _ANY_RULE}


def check_rules(tree: Tree) -> Iterator[Problem]:
    """Every rule id in the engine and the HTTP face has an entry, and every entry of this file is in use."""
    known = {*explained(), *DROPPED, *_NO_RULES, *rule_pages()}
    used: set[str] = set()
    for path in tree.files(".py", below="src/sekisho"):
        name = tree.name(path)
        words = constants(path) if name.startswith(_WHERE_RULES_ARE) else set[str]()
        used |= words
        for word in sorted(words - known):
            if _ID.fullmatch(word):
                text = f"{word} is no known rule: explain it in the catalogue, or list it in tools/error_words.py"
                yield Problem(name, 0, text)
    for word in sorted({*DROPPED, *_NO_RULES} - used):
        yield Problem("tools/error_words.py", 0, f"{word} is not in use any more: take it out")


def constants(path: Path) -> set[str]:
    """Return the strings in a Python file; none when there is no such file."""
    module = ast.parse(path.read_text("utf-8") if path.is_file() else "")
    nodes = ast.walk(module)
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
