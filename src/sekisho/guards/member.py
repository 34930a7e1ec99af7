"""The guard for names of members, and for variables of an environment, whose names decide what they do.

- `member-inherited`: a name with which JavaScript reaches what all its objects inherit (`__proto__`, CWE-1321);
- `variable-starts`: a variable with which the next program loads or starts something (`LD_PRELOAD`, `NODE_OPTIONS`,
  `GIT_SSH_COMMAND`), or a tool for machines runs its own modules by another program (`ansible_shell_executable`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands
from sekisho.guards.evaluated import starts_something
from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.guards.script import Word

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["judge_member", "judge_variable"]

_INHERITED: Final = re.compile(r"(?:\A|[.\[\"'])(?:__proto__|constructor[.\]\"'\[]{1,3}prototype)(?:\Z|[.\]\"'])")
_VARIABLES: Final = frozenset({"env", "environ", "environment", "envs", "variables", "vars"})
_PAIRS: Final = frozenset({"name", "key", "variable"})
"""Last words of names under which the name of a variable stands, beside its value."""

_SET: Final = re.compile(
    r"(?:\A|\n)\s{0,20}(?:export\s{1,8}|set\s{1,8}|declare\s{1,8}-x\s{1,8})?([A-Za-z_]\w{0,60})\s{0,4}=[\"']?([^\n\"']{0,400})"
)
_SEARCHED: Final = re.compile(r"(?!/|~|\.\.|[A-Za-z]:\\)(?:\.?[\w-][\w./-]*|\.|)(?::(?:\.?[\w-][\w./-]*|\.|))*")
"""Folders of the project."""

_OPTIONS: Final = re.compile(
    r"(?:(?:--max[-_]old[-_]space[-_]size=\d+|--stack-trace-limit=\d+|--dns-result-order=\w+|--(?:experimental-vm-modules|no-warnings"
    r"|enable-source-maps|trace-(?:warnings|deprecation|uncaught)|no-deprecation|openssl-legacy-provider)|-Xm[xs]\d+[kmgKMG]"
    r"|-Dfile\.encoding=[\w-]+|-Djava\.awt\.headless=\w+|-j\d*)(?:\s+|\Z))+"
)
_HARMLESS: Final = {
    "SHELL": re.compile(r"(?:/usr)?/bin/(?:bash|dash|fish|sh|zsh)"),
    "LESS": re.compile(r"-[FRXS]{1,4}"),
    **dict.fromkeys(("NODE_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "MAKEFLAGS"), _OPTIONS),
    **dict.fromkeys(("PYTHONPATH", "NODE_PATH", "RUBYLIB", "PERL5LIB", "CLASSPATH", "LUA_PATH"), _SEARCHED),
}
"""By variable: values with which nothing starts that would not start anyway."""

_MACHINES: Final = re.compile(
    r"ansible_(?:\w{1,40}_)?(?:executable|interpreter|connection|exe)|ansible_\w{0,40}(?:common_args|extra_args|proxy_command)"
)


def judge_member(pointer: str, value: str) -> Judgement:
    """Judge the name of a member that no schema names.

    Args:
        pointer: its place in the arguments.
        value: the name.
    """
    if "proto" not in value or not (_INHERITED.search(value) or pointer.endswith("/constructor/prototype")):
        return CLEAN
    return Judgement(objections=(Objection(rule="member-inherited", start=0, end=len(value)),))


def judge_variable(pointer: str, names: Collection[str], value: str) -> Judgement:
    """Judge a text in an environment: a value under its name, a name beside its value, or lines of both.

    Args:
        pointer: its place in the arguments.
        names: words of that place.
        value: the text.
    """
    if _VARIABLES.isdisjoint(names):
        return CLEAN
    *_, last = pointer.split("/")
    given = [(last, value), *((found[1], found[2]) for found in _SET.finditer(value))]
    if last.lower() in _PAIRS:
        given.append((value, ""))
    if last == value:  # a name: what it is set to is judged by itself
        given = []
    if not any(_starts(name, text) for name, text in given):
        return CLEAN
    return Judgement(objections=(Objection(rule="variable-starts", start=0, end=len(value)),))


def _starts(name: str, value: str) -> bool:
    if name in commands().variables:
        harmless = _HARMLESS.get(name)
        if harmless is not None and value and harmless.fullmatch(value.strip()):
            return False
        return not value or starts_something(name, Word(value))
    return _MACHINES.fullmatch(name) is not None
