"""Cuts a query into words as an engine does: sqlglot's tokenizer, loaded on first use."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlglot.dialects.dialect import Dialect

__all__ = ["engine_of", "uncommented", "words_of"]

_COMMENTS: Final = ("--", "/*", "#", "//")
_BETWEEN: Final = re.compile(r"(?:\s|(?:--|#|//)[^\n]*+|/\*.*?\*/)*+", re.DOTALL)
_QUOTES: Final = dict.fromkeys(map(ord, '[]`"'))


@cache
def engine_of(dialect: str) -> Dialect:
    """Return what reads a language; the empty one is nobody's in particular."""
    from sqlglot import parser  # noqa: PLC0415 - loaded with the first query
    from sqlglot.dialects.dialect import Dialect  # noqa: PLC0415 - as above

    # it logs what it does not understand, in an attacker's words; what it returns says the same
    # (a filter stays; a disabled logger is enabled again by the next who configures logging)
    parser.logger.addFilter(lambda _: False)
    engine = Dialect.get_or_raise(dialect or None)
    # where it counts from one, the parser looks over all that stands before an index for each one
    vars(engine)["INDEX_OFFSET"] = 0
    return engine


def uncommented(text: str, engine: Dialect) -> str:
    """Return a query with a space for each comment; the parser knows no `ORDER /* x */ BY`.

    Raises:
        Exception: what the tokenizer raises about what is never closed.
    """
    if not any(each in text for each in _COMMENTS):
        return text
    pieces, end = list[str](), 0
    for token in engine.tokenize(text):
        between = text[end : token.start]
        # behind a word such as `CALL` there is one text of all that follows, placed at its last word
        if not _BETWEEN.fullmatch(between) or len(token.text) > token.end + 1 - token.start:
            return text
        pieces += (between if between.isspace() else " " if between else "", text[token.start : token.end + 1])
        end = token.end + 1
    return "".join(pieces)


def words_of(text: str, dialect: str) -> tuple[tuple[bool, str], ...] | None:
    """Return what an engine takes for texts, and what stands between them; None for what is never closed.

    Each is told with whether it is a text, or a name with brackets, which would be a call to others. What is none is
    written together, without case, spaces and quotes.
    """
    try:
        tokens = engine_of(dialect).tokenize(text)
    except Exception:  # noqa: BLE001 - the tokenizer raises what it likes
        return None
    found: list[tuple[bool, str]] = []
    for token in tokens:
        kind = token.token_type.name
        is_text = "STRING" in kind or (kind == "IDENTIFIER" and "(" in token.text)
        word = token.text if is_text else "".join(token.text.translate(_QUOTES).split()).lower()
        if found and not is_text and not found[-1][0]:
            found[-1] = (False, found[-1][1] + word)
        else:
            found.append((is_text, word))
    return tuple(found)
