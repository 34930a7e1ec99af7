"""What a text looks like, whoever it is meant for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "address_alone",
    "holds_fetched",
    "is_address",
    "is_before_script",
    "is_certain_query",
    "is_climbing",
    "is_cypher",
    "is_fetched",
    "is_file_uri",
    "is_from_top",
    "is_host",
    "is_json",
    "is_more_than_a_name",
    "is_path",
    "is_placeless",
    "is_prose",
    "is_query",
    "is_query_or_more",
    "is_several_words",
    "is_single_word",
    "is_spliced_query",
    "is_statement",
    "is_store",
    "is_web",
    "is_word_and_more",
]

_LONGEST: Final = 4096
_SCRIPTED: Final = re.compile(r"(?:[\w./-]{0,100}/)?(?:ba|da|a|k|z|fi)?sh -[a-z]{0,8}c")
_BETWEEN: Final = re.compile(r"[,;\n]")
_STATEMENT: Final = re.compile(
    r"\s*(?:select\b[^;]{1,400}?\b(?:from|into)\b|select\s+[\w.]+\s*\(|insert\s+into\b|delete\s+from\b|update\s+\S+\s+set\b|truncate\s+\w"
    r"|(?:drop|alter|create)\s+(?:view|index|database|schema|user|role|function|trigger)\b"
    r"|(?:drop|alter)\s+table\b|create\s+(?:temp\w*\s+)?table\s+[^\s(]+\s*(?:\(|as\b)|create\s+table\s+if\b|attach\s+['\"d]|copy\s+\S+\s+(?:to|from)\b"
    r"|with\s+\w+\s+as\s*\(|explain\s+(?:analy[sz]e|query|verbose|select|insert|update|delete|with|\()|pragma\s+\w|/\*!|select\s[^;]{1,400};)",
    re.IGNORECASE,
)
_ADMINISTERS: Final = re.compile(
    r"\b(?:exec(?:ute)?\s+(?:immediate\b|\w+\s*[@'(]|xp_|sp_)|call\s+[\w.]+\s*\(|do\s+\$|grant\s.{1,200}\bto\b|revoke\s.{1,200}\bfrom\b"
    r"|load\s+(?:data\b|csv\b|extension\b)|vacuum\s+into|set\s+(?:global|session|persist|role|@)|(?:merge|replace)\s+into"
    r"|alter\s+(?:system|login|role|user)|select\s+\S{1,60}\s+into\b|into\s+(?:out|dump)file|xp_\w|waitfor\s+delay|shutdown\b|kill\s+\d"
    r"|drop\s+(?:all|owned|schema|server|login)\b|create\s+(?:extension|server|login))",
    re.IGNORECASE | re.DOTALL,
)
_SIGNS: Final = re.compile(r"[=('\"*]")
_SPLICED: Final = re.compile(
    r"['\"]\s*(?:or|and)\s+['\"\w]+\s*(?:[=<>]|like\b|is\b|in\b|--)|['\")\d]\s*--|['\"]\s*(?:union\b|;)|;\s*(?:drop|delete|update|insert|alter|create|attach|truncate|select|exec|grant)\b"
    r"|\bunion\s+(?:all\s+)?select\b|\(\s*select\b|\bwhere\s+[\w'\"]+\s*=|/\*.*?\*/",
    re.IGNORECASE | re.DOTALL,
)
_MORE_THAN_A_NAME: Final = re.compile(
    r"[\w\s.'\"`\[\]]{1,80}=\s*(?:'[^']{0,200}'|\"[^\"]{0,200}\"|[\w.]{1,60}|\?)\s*,\s*[\w'\"`\[]"
    r"|[^()]{1,200}\)\s*(?:values|from|where|set|returning)\b",
    re.IGNORECASE,
)
_CYPHER: Final = re.compile(
    r"\s*(?:match|optional\s+match|create|merge|unwind|foreach|detach\s+delete|load\s+csv|explain|profile)\b|\s*call\s+(?:\{|[\w.]+\s*\()",
    re.IGNORECASE,
)
_AND_MORE: Final = re.compile(
    r"\s*(?:[^\s;|&`$<>]{0,200}+\s{0,4}(?:;|\|{1,2}|&{1,2}|\n|\$\(|>{1,2}\s{0,4}[/~.$])|[^\s;|&`$<>]{1,200}+`"
    r"|[^\s;|&`$<>-][^\s;|&`$<>]{0,200}+\s{1,4}--[A-Za-z][\w-]{0,40}=)\s{0,4}\S"
)
_HEAD: Final = 300
"""Characters in which such a sign would stand."""

_ADDRESS_ALONE: Final = re.compile(
    r"\s*(?:\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]+\]?(?:%\w+)?|(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+)){1,3}"
    r"|0x[0-9a-f]{8}|localhost|(?:[\w-]+\.)+(?:internal|local|localdomain|lan|corp|home|intranet))(?::[0-9]{1,5})?\.?\s*",
    re.IGNORECASE,
)

_WHERE: Final = re.compile(
    r"\s*(?:\.{1,2}(?:[/\\]|$)|~|/|\\(?![A-Za-z]{2,30}\*?[{\[|])|[A-Za-z]:[\\/](?!\s)|file:|@[/~]|(?:ephemeral|msl|mvg|label|caption|pango|concatf?|subfile):|%2f|%5c|%7e|\uff0f|\uff3c|\uff5e|\$\{?HOME|%USERPROFILE%)",
    re.IGNORECASE,
)
_FROM_TOP: Final = re.compile(
    r"/(?!(?:etc|root|home|users|usr|var|proc|sys|dev|opt|tmp|mnt|media|srv|run|boot|lib\w*|s?bin|nix|snap|private|volumes|system|library|windows|"
    r"program|work\w*|app|data|repos?|code)(?:/|$))[\w.@+-][^\\~%\x00-\x1f]*",
    re.IGNORECASE,
)
"""What people write for a file in a repository; of folders that machines have at their top, none."""

_DOT: Final = r"(?:\.|%(?:25)*2e|\uff0e|\u2024|%u002e|%c0%ae)"
_SLASH: Final = r"(?:[/\\]|%(?:25)*2f|%(?:25)*5c|\uff0f|\uff3c|\u2215|\u2044|%c0%af|%u2215|%u2216)"
_CLIMBS: Final = re.compile(rf"(?:^|[=:?&#,;\s\"']|{_SLASH}){_DOT}{{2}}(?:{_SLASH}|$)", re.IGNORECASE)
_SPELLED_DOT: Final = re.compile(r"%(?:2|u0|c0)", re.IGNORECASE)
_WIDE_DOTS: Final = ("\uff0e", "\u2024")
"""How every dot begins that is spelled otherwise."""

_CLIMBS_PLAINLY: Final = re.compile(r"\.\.(?<![^=:?&#,;\s\"'/\\]\.\.)(?:[/\\]|$)")
"""The same without other spellings: two dots are found at once."""

_SCHEME: Final = re.compile(
    r"[\s\"'<(]*[A-Za-z][A-Za-z0-9+.\-]{1,31}:(?://|\\\\|/\\|\\/)\S*\s*$|[\s\"'<(]*//[^/\s]\S*\s*$"
)
_ODD_SCHEME: Final = re.compile(
    r"[\s\"'<(]*(?:data|javascript|vbscript|file|tel|sms|content|intent|view-source|about|blob|jar|gopher|dict|ldap|php|phar|"
    r"netdoc|mailto|market|chrome|smb|sftp|unix|npm|ssh|git|expect):\S+\s*$",
    re.IGNORECASE,
)
_BEFORE: Final = "\"'<("
_FETCHED: Final = re.compile(r"[\s\"'<(]*(?:(?:https?|wss?|ftps?|sftp|smb|git|ssh):|//|\\\\)", re.IGNORECASE)
_QUERY: Final = re.compile(
    r"(?:\s|;|/\*.*?\*/|--[^\n]*\n|\()*(?:select|with|insert|update|delete|drop|alter|create|replace|merge|truncate|"
    r"attach|detach|pragma|explain|vacuum|grant|revoke|copy|call|exec|execute|load|set|show|describe|begin|do)\b",
    re.IGNORECASE | re.DOTALL,
)

_STORE: Final = re.compile(
    r"(?:mongodb|postgres|mysql|mariadb|redis|valkey|bolt|neo4j|clickhouse|amqp|nats|mssql|sqlserver)[a-z+]{0,8}://"
)


def is_from_top(value: str) -> bool:
    """Say whether a text is a path from the top of a repository: absolute, and into no folder of a system."""
    return _FROM_TOP.fullmatch(value[:_LONGEST]) is not None and not is_climbing(value)


def is_placeless(value: str) -> bool:
    """Say whether a text leads nowhere by its letters: it is no address, and holds no step upwards in any spelling."""
    # one character is found twenty times as fast as two
    if ":" in value or "%" in value or not value.isascii():
        return False
    return not ("." in value and ".." in value) and not ("/" in value and "//" in value)


def is_path(value: str) -> bool:
    """Say whether a text looks like a place in a file system."""
    return len(value) <= _LONGEST and _WHERE.match(value) is not None and not is_prose(value)


def is_before_script(words: Sequence[str]) -> bool:
    """Say whether the next word of a command is itself one: `bash -lc`, `docker exec web sh -c`."""
    return len(words) > 1 and _SCRIPTED.fullmatch(f"{words[-2]} {words[-1]}") is not None


def is_climbing(value: str) -> bool:
    """Say whether a text holds a step upwards, in any spelling."""
    plain = "%" not in value and value.isascii()
    steps = "." in value and ".." in value
    if len(value) > _LONGEST or (not steps and (plain or not _spells_dots(value))):
        return False
    return (_CLIMBS_PLAINLY if plain else _CLIMBS).search(value) is not None and not is_prose(value)


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


def is_web(value: str) -> bool:
    """Say whether a text begins like an address of the web: libraries that open files open such ones as well."""
    return "://" in value and value.lstrip()[:8].casefold().startswith(("http://", "https://", "ftp://"))


def holds_fetched(value: str) -> bool:
    """Say whether a text is several values, divided by commas or lines, and one of them is such an address."""
    if "://" not in value or len(value) > _LONGEST:
        return False
    return any(is_fetched(each) for each in _BETWEEN.split(value) if ":" in each or "/" in each)


def is_store(value: str) -> bool:
    """Say whether a text begins as the address of a store of data does."""
    return "://" in value and _STORE.match(value) is not None


def is_file_uri(value: str) -> bool:
    """Say whether a text is a `file:` URI, with or without a host (RFC 8089)."""
    return ":" in value and value.lstrip()[:5].casefold() == "file:"


def is_query(value: str) -> bool:
    """Say whether a text begins like a statement of SQL."""
    return _QUERY.match(value[:_LONGEST]) is not None


def is_query_or_more(value: str) -> bool:
    """Say whether a text begins like a statement, and goes on as no sentence does."""
    return is_statement(value) or (is_query(value) and _SIGNS.search(value[:_LONGEST]) is not None)


def is_statement(value: str) -> bool:
    """Say whether a text is a statement of SQL, and not a sentence that begins with one of its words."""
    return _STATEMENT.match(value[:_LONGEST]) is not None


def is_certain_query(value: str) -> bool:
    """Say whether a text is a statement, administers a database, or goes on as a query does."""
    text = value[:_LONGEST]
    return is_statement(text) or _ADMINISTERS.search(text) is not None or _SPLICED.search(text) is not None


def is_spliced_query(value: str) -> bool:
    """Say whether a text goes on as a query where a name or value should end."""
    return len(value) <= _LONGEST and _SPLICED.search(value) is not None


def is_more_than_a_name(key: str) -> bool:
    """Say whether the name of a column goes on as an assignment, or closes the list in which it stands."""
    return ("=" in key or ")" in key) and _MORE_THAN_A_NAME.match(key[:_LONGEST]) is not None


def is_cypher(value: str) -> bool:
    """Say whether a text begins like a statement of Cypher."""
    return _CYPHER.match(value[:_LONGEST]) is not None


def is_word_and_more(value: str) -> bool:
    """Say whether behind the first word of a text something follows that a shell would take for a command's end."""
    if len(value) > _LONGEST or not (value.isascii() or _may_go_on(value)):
        return False
    return _AND_MORE.match(value) is not None


def is_host(value: str) -> bool:
    """Say whether a text is the address of a machine, or a name that only an inner resolver knows."""
    return _ADDRESS_ALONE.fullmatch(value[:_LONGEST]) is not None


def is_json(value: str) -> bool:
    """Say whether a text may be an encoded object or array."""
    begin = value.lstrip()[:1]
    return begin in ("{", "[") and value.rstrip()[-1:] == ("}" if begin == "{" else "]")


def is_several_words(value: str) -> bool:
    """Say whether a text is more than one word, whatever quotation marks and brackets are before the first one."""
    first = value.split(None, 1)
    return len(first) > 1 and first[0].strip(_BEFORE) != ""


def is_single_word(value: str) -> bool:
    """Say whether a text has no white space inside."""
    return len(value.split(None, 1)) == 1


def is_prose(value: str) -> bool:
    """Say whether a text has more than one line, or more spaces than the name of a file has."""
    return "\n" in value.strip() or value.count(" ") > len(value) // 12 + 2


def _spells_dots(value: str) -> bool:
    """Say whether a text may hold a dot that is spelled otherwise."""
    return any(each in value for each in _WIDE_DOTS) or ("%" in value and _SPELLED_DOT.search(value) is not None)


def _may_go_on(value: str) -> bool:
    """Say whether one of the signs behind a word is there; what is no ASCII may be one long word."""
    head = value[: len(value) - len(value.lstrip()) + _HEAD]
    signs = ";" in head or "|" in head or "&" in head or "\n" in head or ">" in head or "`" in head
    return signs or "$(" in head or "--" in head
