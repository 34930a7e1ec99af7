"""Secrets in whatever a server says: where they begin and end, so that they can be cut out.

By their form (`credentials.FORMS`), wherever they stand; by the name beside them (`DB_PASSWORD=…`, `"apiKey": "…"`),
when the value looks like one; by their place in an address (`scheme://user:password@host`).
`TRIGGER` is one cheap look at all texts of a message together; what it leaves alone holds none.

Limits: what is encoded (base64 of a file), split over several texts, or a password of plain words in prose is not
seen; of a private key only what stands beside its first or last line.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sekisho.text.credentials import FORMS, is_placeholder
from sekisho.text.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TRIGGER", "named", "secrets"]

_PASSWORD: Final = r"passw(?:or)?d|passwd|pwd|passphrase|passcode"  # noqa: S105 - a pattern
_TOKEN: Final = "|".join(  # noqa: FLY002 - a list of names
    (
        r"(?:api|access|private|signing|account|auth|service|encryption|master)[-_ ]?key",
        r"secret(?:[-_ ]?access)?(?:[-_ ]?key)?",
        "token",
        "bearer",
        "authorization",
    )
)
_NEWLINE: Final = r"(?:\s|\\+[nrt])"
_PEM: Final = r"(?:[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)"
_HEADER: Final = r"(?:Proc-Type|DEK-Info|Version|Comment|Hash):[^\n\\]*"
_BEGUN: Final = (
    rf"-----BEGIN {_PEM}(?:(?:{_NEWLINE}|{_HEADER})*[A-Za-z0-9+/=]{{16,}})+(?:{_NEWLINE}*[A-Za-z0-9+/=]{{1,15}})?"
    rf"(?:{_NEWLINE}*-----END {_PEM})?"
)
_ENDED: Final = rf"(?:[A-Za-z0-9+/=]{{16,}}{_NEWLINE}+)+(?:[A-Za-z0-9+/=]{{1,15}}{_NEWLINE}+)?-----END {_PEM}"
_LENGTHS: Final = re.compile(r"\{(\d+),\d{4}\}")
_ASSIGNED: Final = (
    rf"((?i:{_PASSWORD}|{_TOKEN}))[-_0-9]{{0,4}}\\*[\"'`]?[ \t]{{0,2}}(?:=>|[:=])[ \t]{{0,3}}"
    r"(?:(?i:bearer|basic|token) +)?"
    r"(?:\\*[\"']([^\"'\\\n]{4,400})|([^\s\"'`,;<>()\[\]{}&\\]{4,400}))"
)
# What may begin anywhere is looked for by what stands behind it, and read backwards: a pattern that counts from every
# character of a long word costs a hundred times as much as the others.
_ADDRESS: Final = r"://[^/\s:@\"'<>]{0,64}:([^/\s@\"'<>\\]{3,200})@"
_THREE_PARTS: Final = r"\.[\w-]{6}\.[\w-]{27,}"
_BACKWARDS: Final = frozenset({"Discord token", "private key"})
_FORMS: Final = tuple(
    # A token stands behind `\\n` in a text's JSON twin, and behind a colour: boundaries are looked at afterwards.
    _LENGTHS.sub(r"{\1,}", pattern).replace(r"\b", "")
    for name, pattern in FORMS
    if name not in _BACKWARDS
)
_KNOWN: Final = Spans("|".join((_BEGUN, _ENDED, *_FORMS)))
_PARTS: Final = Spans(_THREE_PARTS)
_NAMED: Final = Spans(_ASSIGNED)
_USER: Final = Spans(_ADDRESS)

_GAP: Final = r"(?:\\t|[ \t])"
TRIGGER: Final = "|".join(
    (
        r"-----(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY",
        *_FORMS,
        _THREE_PARTS,
        rf"(?i:{_PASSWORD}|{_TOKEN})[-_0-9]{{0,4}}\\*[\"'`]?{_GAP}{{0,2}}(?:=>|[:=]){_GAP}{{0,3}}\\*[\"']?[^\s,;<>()\[\]{{}}&]",
        r"://[^/\s:@\"'<>]{0,64}:[^/\s@\"'<>\\]{1,200}@",
    )
)
"""What a text with a secret holds, in RE2's syntax over UTF-8; behind a member's name stands `:`."""

_WEAK: Final = re.compile(
    rb"sk-(?!ant-|proj-|svcacct-|admin-|or-v1-)|BSA|pplx-|xox|secret_|dp\.|hv[sb]\.|SG\.|xapp|key-|fc-|hf_|r8_|xai-|gsk_|npm_|"
    rb"[MNO][\w-]+\."
)
_INSIDE: Final = re.compile(rb"(?<!\\)[A-Za-z0-9_]\Z")
_COLOUR: Final = re.compile(rb"(?:\x1b|\\u001b|\\x1b|\\033|\\e)\[[0-9;]*m\Z")
_IS_PASSWORD: Final = re.compile(rf"(?:{_PASSWORD})[-_0-9]{{0,4}}\Z", re.IGNORECASE)
_IS_TOKEN: Final = re.compile(rf"(?:{_TOKEN})[-_0-9]{{0,4}}\Z", re.IGNORECASE)
_NO_SECRET: Final = re.compile(
    r"(?:page|next|prev|previous|continuation|sync|cursor|progress|csrf|xsrf|stop|start|end|special|pad|bos|eos|public)"
    r"[-_ ]?(?:page[-_ ]?)?(?:token|key)\Z",
    re.IGNORECASE,
)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PATH: Final = re.compile(r"(?:\.{0,2}/|~|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_TOKEN_VALUE: Final = re.compile(r"[A-Za-z0-9+/=_.~:-]{16,}")
_DOTTED: Final = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)+")
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_VARIABLE: Final = re.compile(rb"\n[ \t]*(?:export[ \t]+)?[A-Z0-9_]*\Z")
_NAME_BEGINS: Final = re.compile(rb"[A-Za-z0-9_.-]+\Z")
_BLANK: Final = re.compile(r"pass(?:word|wd)?|pwd|secret|user(?:name)?|token|string|str|text", re.IGNORECASE)
_SCHEME: Final = re.compile(r"(?:bearer|basic|token|bot) +", re.IGNORECASE)
_BEFORE: Final = 24
"""Bytes before a token that tell whether it begins there."""
_FIRST_PART: Final = re.compile(rb"[MNO][\w-]{23,26}\Z", re.ASCII)
_FIRST: Final = 27
"""The most bytes of the first of three parts."""
_IS_SCHEME: Final = re.compile(rb"[a-z][a-z0-9+.-]{1,20}\Z")
_LONGEST_SCHEME: Final = 21
_NAME: Final = 64
"""The most bytes of a name, or of a line before it, that are read."""
_BITS: Final = 3.0
_FEWEST: Final = 3
_SHORTEST: Final = 6
_SHORTEST_MEMBER: Final = 4


def secrets(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the spans of the secrets in a text's UTF-8 bytes; they may overlap."""
    for found in _KNOWN.find(data):
        if _counts(found[0], data[max(0, found.start() - _BEFORE) : found.start()]):
            yield found.start(), found.end()
    for found in _PARTS.find(data):
        first = _FIRST_PART.search(data[max(0, found.start() - _FIRST) : found.start()])
        if first is not None:
            start = found.start() - len(first[0])
            if _counts(data[start : found.end()], data[max(0, start - _BEFORE) : start]):
                yield start, found.end()
    for found in _NAMED.find(data):
        group = 2 if found.start(2) >= 0 else 3
        name, value = found[1].decode(), found[group].decode("utf-8", "replace")
        if _assigned(data, found.start(), name, value, quoted=group == 2):  # noqa: PLR2004 - the group in quotes
            yield found.start(group), _whole(data, found.end(group))
    for found in _USER.find(data):
        scheme = _IS_SCHEME.search(data[max(0, found.start() - _LONGEST_SCHEME) : found.start()])
        if scheme is not None and not _is_blank(found[1].decode("utf-8", "replace")):
            yield found.start(1), _whole(data, found.end(1))


def _whole(data: bytes, end: int) -> int:
    """Return where the character ends that a pattern was cut off in."""
    while end < len(data) and data[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte that goes on with a character
        end += 1
    return end


def named(name: str, value: str) -> int:
    """Return where the secret begins in a member's value that is one because of the member's name; -1 where it is none.

    It reaches to the value's end.
    """
    words = _HUMP.sub("_", name)
    if _IS_PASSWORD.search(words):
        blank = len(value) < _SHORTEST_MEMBER or _is_blank(value) or any(map(str.isspace, value))
        return -1 if blank else 0
    if _IS_TOKEN.search(words) is None or _NO_SECRET.search(words) is not None:
        return -1
    scheme = _SCHEME.match(value)
    start = scheme.end() if scheme is not None else 0
    return start if _is_token(words, value[start:]) else -1


def _counts(token: bytes, before: bytes) -> bool:
    """Tell a token from an example, and from words that begin like one."""
    if token.startswith(b"-----BEGIN") or token.endswith(b"-----"):
        return True
    if _WEAK.match(token) is not None:
        inside = _INSIDE.search(before) is not None and _COLOUR.search(before) is None
        if inside or not any(char in b"0123456789" for char in token[4:]):
            return False
    return not is_placeholder(token.decode("utf-8", "replace"))


def _assigned(data: bytes, start: int, name: str, value: str, *, quoted: bool) -> bool:
    """Judge what is assigned to a name that ends with one that we know; the name's beginning is read here."""
    before = data[max(0, start - _NAME) : start]
    begun = _NAME_BEGINS.search(before)
    words = _HUMP.sub("_", (begun[0].decode() if begun is not None else "") + name)
    if _NO_SECRET.search(words):
        return False
    if _IS_PASSWORD.search(name):
        variable = _VARIABLE.search(b"\n" + before if start <= _NAME else before)
        return _is_password(value, quoted=quoted, variable=variable is not None and name.isupper())
    return _is_token(words, value)


def _is_password(value: str, *, quoted: bool, variable: bool) -> bool:
    if _is_blank(value) or any(map(str.isspace, value)) or _DOTTED.fullmatch(value):
        return False
    if variable:
        return True
    if len(value) < _SHORTEST:
        return False
    letters = any(map(str.isalpha, value))
    mixed = letters and any(not char.isalpha() and char not in "-_." for char in value)
    return mixed or (quoted and any(map(str.isupper, value)) and any(map(str.islower, value)))


def _is_token(name: str, value: str) -> bool:
    if not _TOKEN_VALUE.fullmatch(value) or is_placeholder(value) or _PATH.match(value) or _DOTTED.fullmatch(value):
        return False
    if _UUID.fullmatch(value) and name.lower().endswith("token"):
        return False
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return mixed and _entropy(value) >= _BITS


def _is_blank(value: str) -> bool:
    """Tell what stands for a password without being one."""
    if _PATH.match(value) is not None or _BLANK.fullmatch(value) is not None:
        return True
    return is_placeholder(value) if len(value) >= _SHORTEST else len({*value}) < _FEWEST


def _entropy(value: str) -> float:
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
