"""What is assigned to a name that says that it is a secret, wherever names and values stand beside each other.

In variables, members, headers, tags, options of commands, files of logins: `DB_PASSWORD=…`, `"apiKey": "…"`,
`<password>…</password>`, `--token …`, `login me password …`, `Cookie: session=…`.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sekisho.text.credentials import is_placeholder
from sekisho.text.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TRIGGER", "assigned", "is_blank", "named", "whole"]

_PASSWORD: Final = (
    r"passw(?:or)?d|passwd|pwd|passphrase|passcode|passwort|kennwort|mots? de passe|contrase(?:ñ|n)a|senha|"  # noqa: S105 - a pattern
    "パスワード|暗証番号|密码|密碼|비밀번호|пароль|pass"
)
_SURE: Final = "|".join(  # noqa: FLY002 - a list of names
    (
        r"(?:api|access|private|signing|account|auth|service|encryption|master|app|admin|licen[cs]e)[-_ ]?key",
        r"secret(?:[-_ ]?access)?(?:[-_ ]?key)?(?:[-_ ]?base)?",
        "token",
        "bearer",
        "authorization",
        "auth",
    )
)
_SESSION_NAME: Final = "(?:php_?|j)?sess(?:ion)?[-_]?(?:id|key)"
_TOKEN: Final = f"{_SURE}|{_SESSION_NAME}|_key|_pat"
_NAMES: Final = f"(?i:{_PASSWORD}|{_TOKEN})"
_NAME_AT: Final = Spans(_NAMES)
_VALUE: Final = r"(?:\\*[\"']([^\"'\\\n]{4,400})|([^\s\"'`,;<>()\[\]{}&\\]{4,400}))"


def _behind(*patterns: str) -> re.Pattern[bytes]:
    return re.compile("".join(patterns).encode())


_SIGNED: Final = _behind(
    r"[-_0-9]{0,4}\\*[\"'`]?[ \t]{0,2}(?:=>|[:=]|：)[ \t]{0,3}(?:(?i:bearer|basic|token) {1,4})?",  # noqa: RUF001 - the wide colon
    _VALUE,
)
_COLUMN: Final = _behind(r"\t", _VALUE)
_OPTION: Final = _behind(" {1,2}", _VALUE)
_CALLED: Final = _behind(r"\\*[\"'], ?", _VALUE)
_PAIRED: Final = _behind(r"\\*[\"'],\s{0,8}\\*[\"']value\\*[\"']\s{0,2}:\s{0,2}", _VALUE)
_ATTRIBUTE: Final = _behind(r"\\*[\"'] {1,2}(?i:value)=", _VALUE)
_TAGGED: Final = _behind(r"(?: [^<>]{0,80})?>()([^<>\s]{4,400})</")
_IS_OPTION: Final = re.compile(rb"--[A-Za-z-]{0,24}\Z")
_IS_CALL: Final = re.compile(rb"(?:define|env|ENV\.fetch|getenv|get)\(\\*[\"'][\w.]{0,40}\Z")
_IS_TAG: Final = re.compile(rb"<[\w.:-]{0,40}\Z")
_IS_PAIRED: Final = re.compile(rb"(?:key|name)\\*[\"']\s{0,2}:\s{0,2}\\*[\"'][\w.-]{0,40}\Z")
_IS_ATTRIBUTE: Final = re.compile(rb"(?i:key|name)=\\*[\"'][\w.:-]{0,40}\Z")
_NOTATIONS: Final = (
    (_SIGNED, None),
    (_COLUMN, None),
    (_OPTION, _IS_OPTION),
    (_CALLED, _IS_CALL),
    (_PAIRED, _IS_PAIRED),
    (_TAGGED, _IS_TAG),
    (_ATTRIBUTE, _IS_ATTRIBUTE),
)
"""What stands behind a name, with the value in its first group in quotes or in its second without, and before it."""

_LOGIN: Final = re.compile(
    rb"(?i:login|user(?:name)?|account)[ \t\n]{1,8}\S{1,80}[ \t\n]{1,8}(?i:password)[ \t]{1,8}(\S{3,200})"
)
_SAID: Final = re.compile(rb"(?i:password is):? [\"'`]?([^\s\"'`,;]{6,64})")
_TOLD: Final = re.compile(rb"(?i:(?:secret|token|key)(?: key)? is):? [\"'`]?([A-Za-z0-9+/_=.-]{16,256})")
_SET: Final = re.compile(
    rb"(?m:^)[ \t]*(?:- )?[\w.-]{1,32}:([^\s:\"']{6,100})[ \t]*(?m:$)|"
    rb"[\w.-]{1,32}:([^\s\"']{6,100})[\"']? ?\| ?(?:sudo )?chpasswd"
)
_ORACLE: Final = re.compile(rb"(?:jdbc:oracle:\w{1,8}:|sqlplus (?:-\w+ )?)[^/\s:\"']{1,64}/([^\s@\"']{3,100})@")
_COMMANDED: Final = re.compile(
    rb"sshpass -p ?[\"']?([^\s\"']{4,100})|"
    rb"(?i:mysql|mariadb)[\w-]{0,12}(?: [^\n|;]{0,80}?)? -p(?=[^\s\"'-])([^\s\"']{6,65})|"
    rb" (?:-u|--user)[ =]{1,2}[\"']?[^\s:\"']{1,64}:([^\s\"'@]{4,200})"
)
_PGPASS: Final = re.compile(
    rb"(?m:^)(?:[\w-]{1,64}\.[\w.-]{1,80}|localhost|\*):(?:[0-9]{4,5}|\*):[\w*-]{1,64}:[\w*.-]{1,64}:(\S{4,200})"
)
_PHRASE: Final = re.compile(
    rb"(?i:mnemonic|phrase)[\"'`]?\s{0,2}[:=]\s{0,2}[\"'`]?((?:[a-z]{3,8} ){11,23}[a-z]{3,8})\b"
)
_COOKIES: Final = re.compile(rb"(?i:cookie2?)\\*[\"']?[ \t]{0,2}[:=][ \t]{0,2}\\*[\"']?([\w.-]{1,64}=[^\n\"'\\]+)")
_COOKIE: Final = re.compile(rb"[\w.%-]{1,64}=([^;\s]{16,4096})")
_MINT: Final = re.compile(rb"\\*[\"']d\\*[\"']\s{0,2}:\s{0,2}\\*[\"']([\w-]{40,200})\\*[\"']")
_SPOKEN: Final = (
    (b"assword", _LOGIN),
    (b"assword", _SAID),
    (b"-p", _COMMANDED),
    (b"-u", _COMMANDED),
    (b":", _PGPASS),
    (b"chpasswd", _SET),
    (b"oracle", _ORACLE),
    (b"sqlplus", _ORACLE),
)

_GAP: Final = r"(?:\\t|[ \t])"
_STEM: Final = "(?i:pass|pwd|kennwort|contrase|senha|key|token|secret|auth|bearer|sess|_pat)[A-Za-z0-9_-]*"
_SEEN: Final = f"(?i:{_PASSWORD}|{_TOKEN})".replace("i", "[i\u0131\u0130]").replace("(?[i\u0131\u0130]:", "(?i:")
"""The names, as `re` takes them: to it an i has a dot or none."""
_STEMS: Final = f"(?:{_STEM}|{_SEEN})"
_MORE: Final = r"(?: [^<>\n]*(?:\n[\s\v]*[\w:.-]+=[\"'][^<>\n]*)*)?"
"""Attributes of a tag: more of them may stand on lines of their own."""
TRIGGER: Final = "|".join(
    (
        (
            rf"{_SEEN}(?:[-_0-9]{{0,4}}\\*[\"'`]?{_GAP}{{0,2}}(?:=>|[:=]|：){_GAP}{{0,3}}\\*[\"']?[^\s,;<>()\[\]{{}}&]|"  # noqa: RUF001 - as above
            rf"{_MORE}>[^<>\s]{{4}}|\\*[\"'](?: {{1,2}}(?i:value)=|,[\s\v]*\\*[\"']value)|\t\S{{4}})"
        ),
        rf"--[A-Za-z-]*{_STEMS} |(?:define|env|ENV\.fetch|getenv|get)\(\\*[\"'][\w.]*{_STEMS}\\*[\"'],",
        r"(?i:password)(?:[ \t]+\S{3}| is)|(?i:secret|token|key) is:? [\"'`]?[A-Za-z0-9+/_=.-]{16}",
        r"chpasswd|jdbc:oracle:|sqlplus |:(?:[0-9]{4,5}|\*):[\w*-]+:[\w*.-]+:\S{4}",
        r"sshpass -p|(?i:mysql|mariadb)[^\n|;]* -p\S| (?:-u|--user)[ =]{1,2}[\"']?[^\s:\"']+:",
        r"(?i:mnemonic|phrase)[\"'`]?[\s\v]{0,2}[:=]",
        r"(?i:cookie2?)\\*[\"']?[ \t]{0,2}[:=]|[\"']d\\*[\"'][\s\v]{0,2}:",
    )
)
"""What a text with one holds, in RE2's syntax over UTF-8; behind a member's name stands `:`."""

_IS_PASSWORD: Final = re.compile(rf"(?:{_PASSWORD})[-_0-9]{{0,4}}\Z", re.IGNORECASE)
_IS_PASS: Final = re.compile(r"(?:\A|[-_.])pass[-_0-9]{0,4}\Z", re.IGNORECASE)
_ENDS_PASS: Final = re.compile(r"pass[-_0-9]{0,4}\Z", re.IGNORECASE)
_LOGINS: Final = re.compile(r"auth[-_0-9]{0,4}\Z", re.IGNORECASE)
_IS_SURE: Final = re.compile(rf"(?:{_SURE})[-_0-9]{{0,4}}\Z", re.IGNORECASE)
_ENDS: Final = Spans(rf"(?i:(?:{_PASSWORD}|{_SURE})[-_0-9]{{0,4}}\z)|" "[\u0131\u0130]", utf8=True)
"""One look for any of these: most names are none. A dotless i is one there, and not here."""
_IS_SESSION: Final = re.compile(rf"{_SESSION_NAME}[-_0-9]{{0,4}}\Z", re.IGNORECASE)
_NO_SECRET: Final = re.compile(
    r"(?:page|next|prev|previous|continuation|sync|cursor|progress|csrf|xsrf|stop|start|end|special|pad|bos|eos|public)"
    r"[-_ ]?(?:page[-_ ]?)?(?:token|key)\Z|"
    r"(?:primary|foreign|partition|sort|cache|object|row|idempotency|dedup\w*|etag|host|signature)_key\Z",
    re.IGNORECASE,
)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PATH: Final = re.compile(r"(?:\.{0,2}/(?=[\w.~-]*(?:/|\Z))|~|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_TOKEN_VALUE: Final = re.compile(r"[A-Za-z0-9+/=_.~:-]{16,}")
_ANY_VALUE: Final = re.compile(r"[!-~]{24,}")
_DOTTED: Final = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)+")
_KEY: Final = re.compile(r"[A-Za-z0-9+/]{40,}={1,2}")
_PLACED: Final = frozenset(b"?&;")
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_VARIABLE: Final = re.compile(rb"\n[ \t]*(?:export[ \t]+)?[A-Z0-9_]*\Z")
_NAME_BEGINS: Final = re.compile(rb"[A-Za-z0-9_.-]+\Z")
_BLANK: Final = re.compile(r"anonymous|pass(?:word|wd)?|pwd|secret|user(?:name)?|token|string|str|text", re.IGNORECASE)
_SCHEME: Final = re.compile(r"(?:bearer|basic|token|bot) +", re.IGNORECASE)
_SENTENCE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T:]|\Z)")
_KIND: Final = re.compile(r"(?:sha|md|base|utf|aes|rsa|argon|pbkdf|v)-?\d", re.IGNORECASE)
_NAME: Final = 64
"""The most bytes of a name, or of a line before it, that are read."""
_BITS: Final = 3.0
_FEWEST: Final = 3
_SHORTEST: Final = 6
_SHORTEST_MEMBER: Final = 4
_SHORTEST_VARIABLE: Final = 10
_FEWEST_LETTERS: Final = 20


def assigned(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the spans of what is assigned to such names, in a text's UTF-8 bytes; they may overlap."""
    yield from _beside(data)
    yield from _spoken(data)
    if b"ookie" in data:
        for found in _COOKIES.finditer(data):
            for each in _COOKIE.finditer(data, *found.span(1)):
                if _is_token("cookie", each[1].decode("utf-8", "replace")):
                    yield each.span(1)
    if b"kty" in data:
        yield from (found.span(1) for found in _MINT.finditer(data))


def _beside(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield what stands behind a name and a sign between them, or between tags with the name."""
    at = 0
    for name in _NAME_AT.find(data):
        start, end = name.start(), name.end()
        if start < at:
            continue
        before = data[max(0, start - _NAME) : start]
        found = _noted(data, end, before)
        if found is None:
            continue
        at = found.end()
        quoted = bool(found[1])
        group = 1 if quoted else 2
        called = data[start:end].decode()
        if not quoted and _IS_PASS.fullmatch(called) and b"=" not in data[end : found.start(2)]:
            continue  # `PASS: test_a`
        if _is_secret(data, start, called, found[group].decode("utf-8", "replace"), quoted=quoted):
            yield found.start(group), whole(data, found.end(group))


def _noted(data: bytes, end: int, before: bytes) -> re.Match[bytes] | None:
    """Return what stands behind a name, in the first notation that it is one of."""
    for behind, ahead in _NOTATIONS:
        found = behind.match(data, end)
        if found is not None and (ahead is None or ahead.search(before) is not None):
            return found
    return None


def _spoken(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the passwords in files of logins, in commands and in sentences, and the words that make a wallet."""
    for pattern in {pattern for needed, pattern in _SPOKEN if needed in data}:
        for found in pattern.finditer(data):
            group = found.lastindex or 0
            value = found[group].decode("utf-8", "replace")
            here = pattern is _ORACLE or (
                pattern is _LOGIN and b"machine" in data[max(0, found.start() - _NAME) : found.start()]
            )
            if not is_blank(value) if here else _is_spoken(value):
                yield found.start(group), whole(data, found.end(group))
    if b" is" in data:
        yield from (each.span(1) for each in _TOLD.finditer(data) if _is_token("", each[1].decode().rstrip(".")))
    if b"hrase" in data or b"nemonic" in data:
        yield from (found.span(1) for found in _PHRASE.finditer(data))


def whole(data: bytes, end: int) -> int:
    """Return where the character ends that a pattern was cut off in."""
    while end < len(data) and data[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte that goes on with a character
        end += 1
    return end


def named(name: str, value: str) -> int:
    """Return where the secret begins in a member's value that is one because of the member's name; -1 where it is none.

    It reaches to the value's end.
    """
    words = _HUMP.sub("_", name)
    if not _ENDS.has(words.encode("utf-8", "replace")):
        return -1
    if _is_password_name(words):
        blank = len(value) < _SHORTEST_MEMBER or is_blank(value) or any(map(str.isspace, value))
        return -1 if blank else 0
    if _LOGINS.search(words) is not None:
        return 0 if _is_login(value) else -1
    if _IS_SURE.search(words) is None or _NO_SECRET.search(words) is not None:
        return -1
    scheme = _SCHEME.match(value)
    start = scheme.end() if scheme is not None else 0
    return start if _is_token(words, value[start:]) else -1


def _is_password_name(words: str) -> bool:
    if _IS_PASSWORD.search(words) is None:
        return False
    # `compass` ends like one.
    return _ENDS_PASS.search(words) is None or _IS_PASS.search(words) is not None


def _is_secret(data: bytes, start: int, name: str, value: str, *, quoted: bool) -> bool:
    """Judge what is assigned to a name that ends with one that we know; the name's beginning is read here."""
    before = data[max(0, start - _NAME) : start]
    begun = _NAME_BEGINS.search(before)
    prefix = begun[0] if begun is not None else b""
    words = _HUMP.sub("_", prefix.decode() + name)
    if _NO_SECRET.search(words):
        return False
    variable = _VARIABLE.search(b"\n" + before if start <= _NAME else before) is not None and name.isupper()
    placed = len(prefix) < len(before) and before[-len(prefix) - 1] in _PLACED
    if _IS_PASSWORD.search(name):
        return _is_password_name(words) and _is_password(value, quoted=quoted, variable=variable or placed)
    if _LOGINS.search(words) is not None:
        return _is_login(value)
    variable = variable and (_IS_SURE.search(words) is not None or len(value) >= _FEWEST_LETTERS)
    if not variable and _IS_SURE.search(words) is None and _IS_SESSION.search(words) is None:
        return False
    return _is_token(words, value, variable=variable, quoted=quoted)


def _is_password(value: str, *, quoted: bool, variable: bool) -> bool:
    if is_blank(value) or any(map(str.isspace, value)) or _DOTTED.fullmatch(value):
        return False
    if not quoted and _SENTENCE.search(value) is not None:
        return False
    if variable:
        return True
    if len(value) < _SHORTEST:
        return False
    letters = any(map(str.isalpha, value))
    mixed = letters and any(not char.isalpha() and char not in "-_." for char in value)
    return mixed or (quoted and any(map(str.isupper, value)) and any(map(str.islower, value)))


def _is_spoken(value: str) -> bool:
    """Tell a password from the words of a sentence, and from what a password is made by."""
    value = value.rstrip(".,;:!?)")
    if not _is_password(value, quoted=False, variable=False) or _KIND.search(value) is not None:
        return False
    return any(map(str.isdigit, value)) or not value.isalpha()


def _is_token(name: str, value: str, *, variable: bool = False, quoted: bool = False) -> bool:
    if is_placeholder(value) or _TIME.match(value) or (_PATH.match(value) and _KEY.fullmatch(value) is None):
        return False
    if _DOTTED.fullmatch(value) and not (variable and any(map(str.isdigit, value))):
        return False
    if _TOKEN_VALUE.fullmatch(value) is None:
        short = variable and len(value) >= _SHORTEST_VARIABLE and _TOKEN_VALUE.fullmatch(value * 2) is not None
        if not short and not (quoted and "secret" in name.lower() and _ANY_VALUE.fullmatch(value)):
            return False
    if _UUID.fullmatch(value) and not variable and name.lower().endswith("token") and "auth" not in name.lower():
        return False
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return mixed and _entropy(value) >= _BITS


def _is_login(value: str) -> bool:
    """Tell whether a value is `user:password` in base64."""
    try:
        said = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        return False
    return ":" in said[1:] and said.isprintable()


def is_blank(value: str) -> bool:
    """Tell what stands for a password without being one."""
    if _PATH.match(value) is not None or _BLANK.fullmatch(value) is not None:
        return True
    return is_placeholder(value) if len(value) >= _SHORTEST else len({*value}) < _FEWEST


def _entropy(value: str) -> float:
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
