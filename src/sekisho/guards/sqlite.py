"""What the shell of SQLite is asked on a command line: `sqlite3 app.db '.tables'`, `sqlite3 -json app.db 'SELECT …'`.

It may read the tables of a file: one query that only asks, or one of its own words that only tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.sql import SqlFacts, judge_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["only_asks"]

_OPTIONS: Final = frozenset({
    "-ascii", "-box", "-column", "-csv", "-header", "-html", "-json", "-line", "-list", "-markdown", "-noheader",
    "-quote", "-readonly", "-safe", "-table", "-tabs",
})  # fmt: skip
_FILE: Final = re.compile(r"[^\s:|$`?*-][^:|$`?*]*")
_TELLING: Final = re.compile(
    r"\.(?:databases|dbinfo|fullschema|indexes|indices|schema|tables|version)(?: [\w%]{1,64})?"
)
_READING: Final = SqlFacts(dialect="sqlite")


def only_asks(texts: Sequence[str]) -> bool:
    """Say whether the shell of SQLite is asked one thing, and changes nothing.

    Args:
        texts: its words.
    """
    words = [text for text in texts if text.replace("--", "-", 1) not in _OPTIONS]
    if len(words) != len(["file", "question"]) or not _FILE.fullmatch(words[0]):
        return False
    question = words[1].strip()
    if "$" in question or "`" in question:
        return False  # a shell would put something in
    if question.startswith("."):
        return _TELLING.fullmatch(question) is not None
    found = judge_sql(question, _READING)
    return bool(question) and not found.objections and not found.needs
