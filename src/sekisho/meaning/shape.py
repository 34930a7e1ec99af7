"""What a text looks like, whoever it is meant for."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "address_alone",
    "is_address",
    "is_climbing",
    "is_fetched",
    "is_file_uri",
    "is_json",
    "is_path",
    "is_query",
    "is_single_word",
]

_LONGEST: Final = 4096

_WHERE: Final = re.compile(
    r"\s*(?:\.{1,2}(?:[/\\]|$)|~|[/\\]|[A-Za-z]:[\\/]|file:|%2f|%5c|%7e|\uff0f|\uff3c|\uff5e|\$\{?HOME|%USERPROFILE%)",
    re.IGNORECASE,
)
_DOT: Final = r"(?:\.|%(?:25)*2e|\uff0e|\u2024|%u002e|%c0%ae)"
_SLASH: Final = r"(?:[/\\]|%(?:25)*2f|%(?:25)*5c|\uff0f|\uff3c|\u2215|\u2044|%c0%af|%u2215|%u2216)"
_CLIMBS: Final = re.compile(rf"(?:^|[=:?&#,;\s\"']|{_SLASH}){_DOT}{{2}}(?:{_SLASH}|$)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.\-]{1,31}:(?://|\\\\|/\\|\\/)\S*\s*$|\s*//[^/\s]\S*\s*$")
_ODD_SCHEME: Final = re.compile(
    r"\s*(?:data|javascript|vbscript|file|tel|sms|content|intent|view-source|about|blob|jar|gopher|dict|ldap|php|phar|"
    r"netdoc|mailto|market|chrome|smb|sftp|unix|npm|ssh|git|expect):\S+\s*$",
    re.IGNORECASE,
)
_FETCHED: Final = re.compile(r"\s*(?:(?:https?|wss?|ftps?|sftp|smb|git|ssh):|//|\\\\)", re.IGNORECASE)
_QUERY: Final = re.compile(
    r"(?:\s|;|/\*.*?\*/|--[^\n]*\n|\()*(?:select|with|insert|update|delete|drop|alter|create|replace|merge|truncate|"
    r"attach|detach|pragma|explain|vacuum|grant|revoke|copy|call|exec|execute|load|set|show|describe|begin|do)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_path(value: str) -> bool:
    """Say whether a text looks like a place in a file system."""
    return len(value) <= _LONGEST and _WHERE.match(value) is not None and not _is_prose(value)


def is_climbing(value: str) -> bool:
    """Say whether a text holds a step upwards, in any spelling."""
    if ".." not in value and "%" not in value and value.isascii():
        return False
    return len(value) <= _LONGEST and _CLIMBS.search(value) is not None and not _is_prose(value)


def is_address(value: str) -> bool:
    """Say whether a text is one address."""
    return len(value) <= _LONGEST and (_SCHEME.match(value) is not None or _ODD_SCHEME.match(value) is not None)


def address_alone(value: str) -> bool:
    """Say whether a text is one address with a host, as somebody would fetch it."""
    return len(value) <= _LONGEST and _SCHEME.match(value) is not None


def is_fetched(value: str) -> bool:
    """Say whether an address leads to a host, or does something by its scheme, whoever opens it.

    `notes://today` does not: it names something of a server's own.
    """
    return is_address(value) and (_FETCHED.match(value) is not None or _ODD_SCHEME.match(value) is not None)


def is_file_uri(value: str) -> bool:
    """Say whether a text is a `file:` URI, with or without a host (RFC 8089)."""
    return value.lstrip()[:5].casefold() == "file:"


def is_query(value: str) -> bool:
    """Say whether a text begins like a statement of SQL."""
    return _QUERY.match(value[:_LONGEST]) is not None


def is_json(value: str) -> bool:
    """Say whether a text may be an encoded object or array."""
    begin = value.lstrip()[:1]
    return begin in ("{", "[") and value.rstrip()[-1:] == ("}" if begin == "{" else "]")


def is_single_word(value: str) -> bool:
    """Say whether a text has no white space inside."""
    return len(value.split(None, 1)) == 1


def _is_prose(value: str) -> bool:
    return "\n" in value.strip() or value.count(" ") > len(value) // 12 + 2
