"""Texts in small languages of their own, known by the name of their parameter and the words of their tool.

- Flux, which may post what it has read (`sql-reach`); scripts of Elasticsearch that leave their language
  (`document-code`);
- names of pictures and films with which a program for media opens something else (`path-disguised`);
- a program that is chosen with options behind it (`word-option`);
- names of settings that hold a second one, or another command (`word-shell`);
- commands of Redis and its like, which no shell reads.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["KEPT_BY_KEY", "Foreign", "foreign", "is_of_keys", "judge_foreign"]


class Foreign(Enum):
    """What a text may be."""

    FLUX = auto()
    SCRIPT = auto()
    MEDIA = auto()
    CHOICE = auto()
    SETTING = auto()


_FLUX_WORDS: Final = frozenset({"flux", "influx", "influxdb"})
_SCRIPTS: Final = frozenset({"script", "scripts"})
_SOURCES: Final = frozenset({"file", "image", "images", "in", "inline", "input", "inputs", "source", "src", "video"})
_MEDIA_WORDS: Final = frozenset({
    "audio", "convert", "crop", "ffmpeg", "identify", "image", "images", "magick", "media", "montage", "resize",
    "thumbnail", "transcode", "video",
})  # fmt: skip
_CHOICES: Final = frozenset({"binary", "compiler", "engine", "format", "interpreter"})
_SETTINGS: Final = frozenset({"option", "options", "set", "var", "vars"})
_FOUND: Final = {
    Foreign.FLUX: (
        "sql-reach",
        re.compile(
            r"\bimport\s+(?:\w+\s+)?\"(?!array|csv|date|dict|generate|influxdata/influxdb/schema|interpolate|join|json|math"
            r"|regexp|runtime|strings|system|timezone|types)"
            r"|\b(?:http|requests|sql|socket)\.\w+\s*\(|\bto\s*\([^)]{0,400}\bhost\s*:"
        ),
    ),
    Foreign.SCRIPT: (
        "document-code",
        re.compile(r"\bRuntime\.|\bProcessBuilder\b|\.getClass\b|\.forName\b|\bjava\.(?:io|lang\.reflect|net|nio)\b"),
    ),
    Foreign.MEDIA: (
        "path-disguised",
        re.compile(
            r"\A\s*(?:\||@\s*[/~.\w]|(?:\w+:)+\s*@|(?:caption|concatf?|crypto|ephemeral|fd|inline|label|msl|mvg|pango|pipe|subfile|text|vid):"
            r"\s*[@/~.\w-]+\s*\Z)",
            re.IGNORECASE,
        ),
    ),
    Foreign.CHOICE: ("word-option", re.compile(r"\S\s+-(?:-[a-z][\w-]*|[a-z]+(?:-[a-z]+)+)", re.IGNORECASE)),
    Foreign.SETTING: ("word-shell", re.compile(r"[;|`\n]|&&|\$[({]|=[^,]{0,200}[,\s]|\A\s*--?\w")),
}  # fmt: skip
KEPT_BY_KEY: Final = frozenset({"dragonfly", "keydb", "redis", "valkey"})
"""Words of servers whose commands are those of Redis."""

_KEYS: Final = (
    "append bitcount dbsize decr decrby exists expire expireat geodist geopos geosearch get getbit getdel"
    " getrange hdel hexists hget hgetall hincrby hkeys hlen hmget hset hvals incr incrby keys lindex llen lpop lpush"
    " lrange ltrim mget object persist pfcount pttl randomkey rpop rpush sadd scan scard set setex setnx sismember"
    " smembers sscan strlen sunion ttl xlen xrange zadd zcard zcount zincrby zrange"
    " zrangebyscore zrank zscore"
)
_OF_KEYS: Final = re.compile(
    rf"\s*(?:{_KEYS.replace(' ', '|')})"
    r"(?: [\w:.@*?{}\[\]/+=,%~-]+| \"[\w :.,@/+=-]*\"| '[\w :.,@/+=-]*')*\s*",
    re.IGNORECASE,
)
"""A command of Redis that reads or sets keys, of plain words; none whose name is one of a program as well.

`PING` is both, and with the program hosts were told what had been read (CVE-2025-55284): the shell's guard judges it.
"""


def foreign(names: Sequence[str], words: Collection[str]) -> Sequence[Foreign]:
    """Return what texts may be.

    Args:
        names: words of the names on the way to them, the last one their own.
        words: those of the tool and of its server.
    """
    own = [name for name in names if not name.isdecimal()]
    last = own[-1:]
    told = {
        Foreign.FLUX: not _FLUX_WORDS.isdisjoint({*last, *words}),
        Foreign.SCRIPT: not _SCRIPTS.isdisjoint(own[-2:-1]) and not _SOURCES.isdisjoint(last),
        Foreign.MEDIA: not _SOURCES.isdisjoint(last) and not _MEDIA_WORDS.isdisjoint(words),
        Foreign.CHOICE: not _CHOICES.isdisjoint(last),
        Foreign.SETTING: len(own) > 1 and not _SETTINGS.isdisjoint(own),
    }
    return tuple(kind for kind, may in told.items() if may)


def judge_foreign(value: str, kinds: Sequence[Foreign], *, name: bool) -> Judgement:
    """Judge a text that may be one of some kinds.

    Args:
        value: the text.
        kinds: what it may be, as `foreign` returns it.
        name: whether it is the name of a member.
    """
    for kind in kinds:
        rule, wrong = _FOUND[kind]
        if (kind is Foreign.SETTING) is name and wrong.search(value):
            return Judgement(objections=(Objection(rule=rule, start=0, end=len(value), numbers=(1,)),))
    return CLEAN


def is_of_keys(value: str) -> bool:
    """Say whether a command is one of Redis that reads or sets keys, of plain words."""
    return _OF_KEYS.fullmatch(value) is not None
