"""Keys, tokens and passwords in a text: by their form, or by the name that they stand under.

`known_form` knows how providers' tokens look; `named_secret` judges a value under a name such as `API_KEY`;
`address_secret` looks into addresses. Each answers with what it is, never with the secret.
References (`${TOKEN}`, `{env:TOKEN}`, `op://…`), blanks (`<your-key>`, `xxxx`) and documented examples are none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import Final
from urllib.parse import unquote

from sekisho.text.lexicon.forms import BACKWARDS, FORMS

__all__ = ["address_secret", "header_secret", "is_placeholder", "known_form", "masked", "named_secret"]


@cache
def _known() -> tuple[tuple[str, re.Pattern[str]], ...]:
    whole = (*FORMS, *((name, rf"\b{start}{end}") for name, start, end in BACKWARDS))
    return tuple((name, re.compile(pattern, re.ASCII)) for name, pattern in whole)


_PLACEHOLDER: Final = re.compile(
    r"\$\{|\$\(|\A\$[A-Za-z_]|%[A-Za-z_][A-Za-z0-9_]*%|\{\{|\A\{[a-z]+:|\A<.*>\Z|\A\[.*\]\Z|"
    r"\A(?:op|secret|vault|keychain|keyring|env|file|ref|aws-sm|gcp-sm|doppler|infisical|bw)(?:\+\w+)?:|"
    r"\byour\b|\byour[-_ ]|[-_ ]your[-_ ]|change[-_ ]?me|replace[-_ ]?(?:me|with|this)|place[-_ ]?holder|\binsert[-_ ]|"
    r"[-_ ]here\Z|example|\bdummy\b|\bfake\b|\btodo\b|\bfixme\b|redacted|\.\.\.|…|x{4,}|\*{3,}|•{3,}|⟦secret|"
    r"\A(?:none|null|nil|undefined|true|false|yes|no|on|off|empty|unset|default|auto|oauth2?|bearer|basic|disabled)\Z",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(r"passw(?:or)?d|passwd|\bpwd\b|passphrase|passcode", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"(?:\b|_)(?:api[-_ ]?key|apikey|secret|token|access[-_ ]?key|private[-_ ]?key|signing[-_ ]?key|client[-_ ]?secret|"
    r"auth[-_ ]?key|service[-_ ]?key|encryption[-_ ]?key|master[-_ ]?key|app[-_ ]?key|credentials?|pat|bearer|"
    r"authori[sz]ation|cookie|session[-_ ]?id|auth|key)(?:[-_ ]?[0-9]+)?\Z",
    re.IGNORECASE,
)
_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PATH: Final = re.compile(
    r"(?:\.{0,2}/|~|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]*://)|.*\.(?:json|pem|key|txt|ya?ml|toml|env)\Z", re.DOTALL
)
_SCHEME: Final = re.compile(r"(?:bearer|basic|token|apikey|api-key|key|bot)\s+(.+)", re.IGNORECASE | re.DOTALL)
_USERINFO: Final = re.compile(r"[a-z][a-z0-9+.-]{0,20}://([^/\s:@]*):([^/\s@]+)@", re.IGNORECASE)
_TOKEN_USER: Final = re.compile(r"[a-z][a-z0-9+.-]{0,20}://([^/\s:@]{12,})@", re.IGNORECASE)
_QUERY: Final = re.compile(r"[?&#]([A-Za-z0-9_.-]{1,64})=([^&#\s]+)")
_SEGMENT: Final = re.compile(r"(?<=/)[A-Za-z0-9_-]{32,}(?=[/?#]|\Z)")
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]+|[a-z-]+", re.IGNORECASE)
_ASSIGNED: Final = re.compile(r"([A-Za-z][A-Za-z0-9_.-]{0,64})([=: ]+(?:Bearer |Basic |Token )?)(?!/)([^\s&#?'\"]{4,})")
_CUT: Final = "…"
_CONNECTION: Final = re.compile(
    r"\b(password|pwd|accountkey|sharedaccesskey)\s?=\s?([^;&\s]{4,200})(?:;|\Z)", re.IGNORECASE
)
_LONGEST: Final = 16_384
_SHORTEST: Final = 8
_SHORTEST_PASSWORD: Final = 4
_FEWEST_LETTERS: Final = 5
_BITS: Final = 2.75


def is_placeholder(value: str) -> bool:
    """Tell whether a value stands for a secret without being one."""
    return _PLACEHOLDER.search(value.strip()) is not None or len({*value}) < _FEWEST_LETTERS


def known_form(value: str) -> str | None:
    """Return whose secret a value holds, by its form; of a very long value the beginning is read."""
    value = value[:_LONGEST]
    for name, pattern in _known():
        for found in pattern.finditer(value):
            if not is_placeholder(found[0].partition("\n")[0] if name == "private key" else found[0]):
                return name
    return None


def masked(text: str) -> str:
    """Return a text with the secrets that are known by their form or their place in an address cut out of it."""
    for _, pattern in _known():
        text = pattern.sub(_CUT, text)
    text = _CONNECTION.sub(lambda found: found[0].replace(found[2], _CUT), text)
    text = _USERINFO.sub(lambda found: found[0].replace(f":{found[2]}@", f":{_CUT}@"), text)
    return _ASSIGNED.sub(
        lambda found: f"{found[1]}{found[2]}{_CUT}" if named_secret(found[1], found[3]) else found[0], text
    )


def named_secret(name: str, value: str) -> str | None:
    """Return what a value is when its name says that it is a secret."""
    form = known_form(value)
    if form is not None:
        return form
    words = _WORD_START.sub("_", name.strip().lstrip("-"))
    value = value.strip()
    if _STRONG.search(words) and not _PATH.match(value):
        return "password" if len(value) >= _SHORTEST_PASSWORD and not _blank_password(value) else None
    if _NAMED.search(words) is None or _PATH.match(value) or len(value) < _SHORTEST or is_placeholder(value):
        return None
    return "secret" if _random(value) else None


def header_secret(name: str, value: str) -> str | None:
    """Return what a header's value is: `Authorization: Bearer …` and headers that are named like secrets."""
    scheme = _SCHEME.fullmatch(value.strip())
    return named_secret(name if scheme is None else "token", value if scheme is None else scheme[1])


def address_secret(value: str) -> str | None:
    """Return what an address carries: a password before the host, a secret in the query or in the path.

    A connection string (`Server=…;Password=…`) is an address too.
    """
    value = value[:_LONGEST]
    form = known_form(value)
    if form is not None:
        return form
    user = _USERINFO.search(value)
    if user is not None and not _blank_password(unquote(user[2])):
        return "password"
    given_to = _CONNECTION.search(value)
    if given_to is not None and not _blank_password(given_to[2]):
        return "password"
    token = _TOKEN_USER.search(value)
    if token is not None and _random(token[1]) and not is_placeholder(token[1]):
        return "secret"
    for name, given in _QUERY.findall(value):
        found = named_secret(name, unquote(given))
        if found is not None:
            return found
    path = value.partition("?")[0]
    for segment in _SEGMENT.findall(path):
        if _UUID.fullmatch(segment) is None and _random(segment) and not is_placeholder(segment):
            return "secret"
    return None


def _blank_password(value: str) -> bool:
    return _PLACEHOLDER.search(value) is not None or len({*value}) == 1


def _random(value: str) -> bool:
    """Tell random characters from words: a digit among letters, or many different characters without a space."""
    if " " in value or len({*value}) < _FEWEST_LETTERS:
        return False
    mixed = any(letter.isdigit() for letter in value) and any(letter.isalpha() for letter in value)
    upper = any(letter.isupper() for letter in value) and any(letter.islower() for letter in value)
    return (mixed or (upper and len(value) > 2 * _SHORTEST)) and _entropy(value) >= _BITS


def _entropy(value: str) -> float:
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
