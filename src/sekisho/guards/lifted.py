"""The guard for what a server may do at all, where a tool sets the server's own configuration.

- `limits-changed`: the setting is one of the server's limits: folders, commands or machines that are allowed or
  blocked, a sandbox, a mode that only reads, a question to a person, or the shell that it starts.

Settings of what a server works with are its business: only tools that are called after nothing but the configuration
set the server's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["judge_limit", "sets_itself"]

_SETTING: Final = frozenset({"change", "configure", "edit", "modify", "patch", "save", "set", "update", "write"})
_ITSELF: Final = frozenset({"config", "configuration", "configure", "options", "preferences", "settings", "setting"})
_NOTHING_ELSE: Final = _SETTING | _ITSELF | {"my", "server", "value", "values", "mcp", "option", "key", "the"}

_GUARDED: Final = (
    r"allow(?:ed)?|block(?:ed)?|den(?:y|ied)|forbid(?:den)?|permit(?:ted)?|permissions?|restrict(?:ed|ions?)?|safe"
    r"|(?:black|white)_?list(?:ed)?|sandbox(?:ed)?|read_?only|dry_?run|require|confirm(?:ation)?|approv(?:e|al)"
    r"|auto_?approve|(?:default_?)?shell"
)
_WHAT: Final = (
    r"all|to|in|for|director(?:y|ies)|dirs?|folders?|paths?|roots?|files?|commands?|programs?|binaries|tools?|hosts?|domains?"
    r"|origins?|urls?|ips?|list|mode|enabled|confirmation|approval|permissions?|operations?|writes?|extensions?"
)
_LIMIT: Final = re.compile(
    rf"\A\s{{0,8}}(?:\w{{1,40}}[._ -]?)?(?:{_GUARDED})(?:[._ -]?(?:{_WHAT})){{0,3}}\s{{0,8}}\Z", re.IGNORECASE
)
_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def sets_itself(words: Collection[str]) -> bool:
    """Say whether a tool sets the configuration of its own server.

    Args:
        words: of its name.
    """
    own = frozenset(words)
    return not own.isdisjoint(_ITSELF) and not own.isdisjoint(_SETTING) and own <= _NOTHING_ELSE


def judge_limit(name: str) -> Judgement:
    """Judge the name of a setting, as a text or as the last name of a place."""
    spaced = "_".join(_WORDS.split(name[:200]))
    if _LIMIT.match(spaced) is None:
        return CLEAN
    return Judgement(objections=(Objection(rule="limits-changed", start=0, end=len(name)),))
