"""Secrets in whatever a server says: where they begin and end, so that they can be cut out.

By their form (`forms`), wherever they stand; by the name beside them (`assigned`), when the value looks like one; by
their place in an address (`scheme://user:password@host`).
`TRIGGERS` are a cheap look at all texts of a message together; what they leave alone holds none.

Every look is linear: a pattern whose end may be far from its beginning stands alone, and what is told by its end is
read backwards from there, no further than to the end before.
Limits: a password of plain words in prose, or in a column of a table, is not seen; of a private key only what stands
beside its first or last line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.text import assigned as _assigned
from sekisho.text.assigned import assigned, is_blank, whole
from sekisho.text.credentials import is_placeholder
from sekisho.text.lexicon.forms import BACKWARDS, FORMS, SIGNED
from sekisho.text.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TRIGGERS", "secrets"]

_NEWLINE: Final = r"(?:\s|\\+[nrt])"
_PEM: Final = r"(?:[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)"
_HEADER: Final = r"(?:Proc-Type|DEK-Info|Version|Comment|Hash):[^\n\\]*"
_BEGUN: Final = (
    rf"-----BEGIN {_PEM}(?:(?:{_NEWLINE}|{_HEADER})*[A-Za-z0-9+/=]{{16,}})+(?:{_NEWLINE}*[A-Za-z0-9+/=]{{1,15}})?"
    rf"(?:{_NEWLINE}*-----END {_PEM})?"
)
_PUTTY: Final = r"Private-Lines: [0-9]{1,3}\s{1,2}(?:[A-Za-z0-9+/=]{4,}\s{0,2})+"
_LINES: Final = re.compile(
    rb"(?:(?:\s|[nrt]\\+)+[A-Za-z0-9+/=]{1,15}(?=\s|[nrt]\\))?"
    rb"(?:(?:\s|[nrt]\\+)+[A-Za-z0-9+/=]{16,})+"
)
_LENGTHS: Final = re.compile(r"\{(\d+),\d{4}\}")
_COUNTED: Final = re.compile(r"\{(\d+)(?:,\d*)?\}")
_COUNTS: Final = 16
_ADDRESS: Final = r"://[^/\s:@\"'<>]{0,64}:([^/\s@\"'<>\\]{3,200})@|://([0-9a-zA-Z_-]{24,200})@"


def _anywhere(pattern: str) -> str:
    # A token stands behind `\\n` in a text's JSON twin, and behind a colour: boundaries are looked at afterwards.
    return _LENGTHS.sub(r"{\1,}", pattern).replace(r"\b", "")


def _at_least(found: re.Match[str]) -> str:
    # Who only looks whether there is one counts less far: each letter that is counted is a state.
    return f"{{{min(int(found[1]), _COUNTS)},}}"


_FORMS: Final = tuple(_anywhere(pattern) for name, pattern in FORMS if name not in {"private key", "signed token"})
_KNOWN: Final = tuple(map(Spans, (_BEGUN, _PUTTY, "|".join(_FORMS), _anywhere(SIGNED))))
_BEGINS: Final = Spans(rf"[^\s\\][^\n]{{0,120}}-----BEGIN {_PEM}")
_TAIL: Final = re.compile(rb"[^\n]{0,160}?(?<![A-Za-z0-9+/=])([A-Za-z0-9+/=]{1,80})[ \t\r]*\n")
_ENDED: Final = Spans(rf"-----END {_PEM}")
_ENDS: Final = tuple(
    (re.compile(start.encode() + rb"\Z", re.ASCII), Spans(_anywhere(end))) for _, start, end in BACKWARDS
)
_USER: Final = Spans(_ADDRESS)

TRIGGERS: Final = (
    "|".join(_COUNTED.sub(_at_least, pattern) for pattern in _FORMS),
    "|".join(
        (
            _assigned.TRIGGER,
            r"-----(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY|Private-Lines: ",
            _COUNTED.sub(_at_least, _anywhere(SIGNED)),
            *(_anywhere(end) for _, _, end in BACKWARDS),
            r"://[^/\s:@\"'<>]{0,64}:[^/\s@\"'<>\\]{1,200}@|://[0-9a-zA-Z_-]{24,200}@",
        )
    ),
)
"""What a text with a secret holds one of, in RE2's syntax over UTF-8; behind a member's name stands `:`."""

_WEAK: Final = re.compile(
    rb"sk-(?!ant-|proj-|svcacct-|admin-|or-v1-)|BSA|pplx-|xox|secret_|dp\.|hv[sb]\.|SG\.|xapp|key-|fc-|hf_|r8_|xai-|gsk_|npm_|"
    rb"[MNO][\w-]+\.|SK|cio|oy2|AK[CI]|LTAI|AQVN|t1\.|dG9rO|re_|rnd_|nf[pcu]_|vc[pkiar]_|fm[12]|fo1|sl\.|aio_|EZ|ATBB|sk\.|A3-|"
    rb"api_org_|1//0|pn[ub]_|sq[upa]_|[0-9]/"
)
_FIXED: Final = re.compile(
    rb"SK[0-9a-f]{32}|cio[A-Za-z0-9]{32}|oy2|LTAI|AKID|aio_|A3-|pk_|.+-us[0-9]{1,2}\Z|.+NRAL\Z", re.DOTALL
)
_GOES_ON: Final = re.compile(rb"[A-Za-z0-9_+/]")
_INSIDE: Final = re.compile(rb"(?<!\\)[A-Za-z0-9_]\Z")
_COLOUR: Final = re.compile(rb"(?:\x1b|\\u001b|\\x1b|\\033|\\e)\[[0-9;]*m\Z")
_BOTH_CASES: Final = re.compile(rb"hf_(?=[A-Za-z]*[a-z])[A-Za-z]*[A-Z]")
_WORDS: Final = re.compile(rb"sk(?:-[a-z]+|-[0-9]{1,2})+")
_IS_SCHEME: Final = re.compile(rb"[a-z][a-z0-9+.-]{1,20}\Z")
_BEFORE: Final = 24
"""Bytes before a token that tell whether it begins there."""
_FIRST: Final = 40
"""The most bytes of a beginning that is read backwards."""
_LONGEST_SCHEME: Final = 21
_AROUND: Final = 256
"""Bytes before and after a token that tell whether it is a part of more."""
_DENSE: Final = 160
"""Letters of base64 around a token, of which it is one more piece."""
_SIDE: Final = 16
"""How many of them stand before it, and behind it unless it takes all, at least."""
_MORE: Final = re.compile(rb"(?:[A-Za-z0-9+/]|\r?\n|\\n)*")
_MORE_BEFORE: Final = re.compile(rb"(?:[A-Za-z0-9+/]|\n\r?|n\\)*")
"""The same, turned round."""


def secrets(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the spans of the secrets in a text's UTF-8 bytes; they may overlap."""
    for known in _KNOWN:
        for found in known.find(data):
            if _counts(data, found.start(), found.end()):
                yield found.start(), found.end()
    yield from _keys(data)
    yield from _prefixed(data)
    for begins, ends in _ENDS:
        for found in ends.find(data):
            first = begins.search(data[max(0, found.start() - _FIRST) : found.start()])
            if first is not None and _counts(data, found.start() - len(first[0]), found.end()):
                yield found.start() - len(first[0]), found.end()
    yield from assigned(data)
    for found in _USER.find(data):
        group = 1 if found.start(1) >= 0 else 2
        scheme = _IS_SCHEME.search(data[max(0, found.start() - _LONGEST_SCHEME) : found.start()])
        said = found[group].decode("utf-8", "replace")
        if scheme is not None and not is_blank(said) and (group == 1 or any(map(str.isdigit, said))):
            yield found.start(group), whole(data, found.end(group))


def _keys(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the ends of private keys, from the lines of their letters on."""
    place = 0
    for found in _ENDED.find(data):
        # Turned round, the lines begin where the end does, so nothing is looked at twice.
        lines = _LINES.match(data[place : found.start()][::-1])
        if lines is not None:
            yield found.start() - lines.end(), found.end()
        place = found.end()


def _prefixed(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the lines of private keys in which something stands before them, as in a log or a quotation."""
    place = 0
    for found in _BEGINS.find(data):
        if found.start() < place:
            continue
        place = data.find(b"\n", found.end()) + 1
        while place > 0 and (line := _TAIL.match(data, place)) is not None and line.end(1) - line.start(1) >= _SIDE:
            yield line.span(1)
            place = line.end()


def _counts(data: bytes, start: int, end: int) -> bool:
    """Tell a token from an example, and from words that begin like one."""
    token = data[start:end]
    if token.startswith((b"-----BEGIN", b"Private-Lines", b"$")):
        return True
    if _is_piece(data, start, end):
        return False
    if _FIXED.match(token) is not None and _GOES_ON.match(data, end) is not None:
        return False
    if _WEAK.match(token) is not None:
        before = data[max(0, start - _BEFORE) : start]
        inside = _INSIDE.search(before) is not None and _COLOUR.search(before) is None
        if inside or not (any(char in b"0123456789" for char in token[4:]) or _BOTH_CASES.match(token)):
            return False
    if _WORDS.fullmatch(token) is not None:
        return False
    return not is_placeholder(token.decode("utf-8", "replace"))


def _is_piece(data: bytes, start: int, end: int) -> bool:
    """Tell a token from letters of a picture, in which every beginning of one comes up some time."""
    before = _MORE_BEFORE.match(data[max(0, start - _AROUND) : start][::-1])
    after = _MORE.match(data, end, end + _AROUND)
    if before is None or after is None or len(before[0]) < _SIDE:
        return False
    # A form without an end may take all that is behind it.
    around = after[0] if len(after[0]) >= _SIDE else data[start : min(end, start + _AROUND)]
    return len(before[0]) + len(around) >= _DENSE and b"+" in around and b"/" in around
