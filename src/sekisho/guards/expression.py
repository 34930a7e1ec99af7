"""The guard for values that a server may evaluate: formulas, equations, filters, specifications.

- `expression-code`: a call of the language behind it, where a formula has none: Python's inside (`__import__`,
  `().__class__`), modules that reach the system, Node's `require` and constructors, Java's runtime, objects that YAML
  loads, programs that a sheet starts (CVE-2026-2008, CVE-2026-1977, CVE-2026-44717).

  Also what leaves a page, in code for one: the driver of a browser may run it in Node, beside the page.

Tools that find things in code or run it are asked for such words by right; whoever calls the guard leaves them out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.glance import Glance
from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["LONGEST", "is_evaluated", "is_of_a_page", "judge_expression", "judge_page"]

LONGEST: Final = 16 * 1024
"""Characters that are read: nobody writes a longer formula."""

_INSIDE: Final = (
    "import|builtins?|class|bases?|mro|subclasses|globals|getattribute|reduce(?:_ex)?|code|closure|loader|spec"
    "|dict|self"
)
_MODULES: Final = "os|sys|subprocess|builtins|importlib|pty|ctypes|shutil|socket|pickle|runpy|posix"
_CALLS: Final = "eval|exec|execfile|compile|getattr|globals|locals|breakpoint|__import__|Function"
_CODE: Final = re.compile(
    rf"__(?:{_INSIDE})__|\bf_(?:globals|builtins)\b|\b(?:{_MODULES})(?:\s{{0,8}}\.\s{{0,8}}[A-Za-z_]\w{{0,40}}){{1,4}}[(\[]"
    rf"|(?<![\w.])(?:{_CALLS})\(|(?<![\w.])open\(\s{{0,8}}['\"]|@(?:pd|np)\.|\.(?:mro|subclasses)\("
    r"|\brequire\s{0,8}\(\s{0,8}['\"`]|\bimport\s{0,8}\(\s{0,8}['\"`]|\bprocess\.(?:mainModule|binding|dlopen|kill)\b"
    r"|\bconstructor\s{0,8}(?:\.\s{0,8}constructor|\(\s{0,8}['\"`])|\[\s{0,8}['\"]constructor['\"]\s{0,8}\]"
    r"|\bRuntime\s{0,8}\.\s{0,8}getRuntime\b|\bT\s{0,8}\(\s{0,8}java|\bjava\s{0,8}\.\s{0,8}lang\b|\bProcessBuilder\b"
    r"|!!(?:python/|java|ruby/|js/function)|\A\s{0,8}[=+@-]\s{0,8}(?:cmd|powershell|mshta|rundll32|regsvr32|DDE)\s{0,8}[|(]"
)
_TOWER: Final = re.compile(r"\*\*\s{0,8}\(?\s{0,8}\d{1,9}\s{0,8}\*\*\s{0,8}\(?\s{0,8}\d|\d\s{0,8}\*\*\s{0,8}\d{6}")
"""A number that fills the memory: a power of a power."""

_OF_NODE: Final = re.compile(
    r"\bchild_process\b|\bprocess\s{0,8}(?:\?\.|\.)\s{0,8}(?:mainModule|binding|dlopen|getBuiltinModule)\b"
    r"|\b(?:require|import)\s{0,8}\(\s{0,8}['\"`](?:node:[a-z]|(?:fs|net|os|vm|dgram|module|cluster|worker_threads|inspector)"
    r"(?:/promises)?['\"`])"
)
_PAGES: Final = frozenset({"browser", "chrome", "chromium", "firefox", "playwright", "puppeteer", "selenium", "webkit"})
_SCRIPTS: Final = frozenset({"code", "function", "javascript", "js", "script"})

_ANY_SPACE: Final = r"(?:[\s\v\x1c-\x1f]|[^\x00-\x7f])"
_NAMES: Final = frozenset({
    "calculation", "computation", "condition", "conditions", "equation", "equations", "expr", "expression",
    "expressions", "formula", "formulas", "formulae", "predicate", "spec", "specification",
})  # fmt: skip
_BY_RIGHT: Final = frozenset({
    "breakpoint", "browser", "code", "console", "debug", "debugger", "execute", "find", "frame", "grep", "jupyter",
    "lookup", "notebook", "page", "playwright", "puppeteer", "python", "references", "repl", "run", "script", "search",
    "symbol", "symbols",
})  # fmt: skip
"""Words of tools that find code, run it, or look into what runs."""


def is_evaluated(names: Collection[str], words: Collection[str], *, unknown: bool) -> bool:
    """Say whether a server may evaluate a value.

    Args:
        names: words of the parameter's name.
        words: words of the tool's name.
        unknown: whether nothing else is known about the value.
    """
    return (unknown or not _NAMES.isdisjoint(names)) and _BY_RIGHT.isdisjoint((*names, *words))


def is_of_a_page(names: Collection[str], words: Collection[str]) -> bool:
    """Say whether a value is code for a page that a browser shows.

    Args:
        names: words of the parameter's name.
        words: words of the tool's name.
    """
    return not _PAGES.isdisjoint(words) and not _SCRIPTS.isdisjoint(names)


def judge_page(value: str) -> Judgement:
    """Judge code for a page: no page has the modules of Node."""
    if "process" not in value and "require" not in value and "import" not in value:
        return CLEAN
    found = _OF_NODE.search(value)
    if found is None:
        return CLEAN
    return Judgement(objections=(Objection(rule="expression-code", start=found.start(), end=found.end()),))


def judge_expression(value: str) -> Judgement:
    """Judge a value that a server may evaluate."""
    text = value[:LONGEST]
    if "*" in text and "**" in text and (tower := _TOWER.search(text)):
        return Judgement(objections=(Objection(rule="expression-code", start=tower.start(), end=tower.end()),))
    if not _may_call(text) or not _GLANCE.may_match(text) or (found := _CODE.search(text)) is None:
        return CLEAN
    return Judgement(objections=(Objection(rule="expression-code", start=found.start(), end=found.end()),))


def _may_call(text: str) -> bool:
    """Say whether a text has one of the signs that are in everything that calls something; most texts have none."""
    # one character is found twenty times as fast as two
    return "(" in text or "[" in text or "|" in text or ("_" in text and ("__" in text or "f_" in text)) or "!!" in text


def _wider() -> str:
    """Return what a text matches that may hold such a call; it may say too much."""
    pattern = _CODE.pattern.replace(r"(?<![\w.])", "").replace(r"\s", _ANY_SPACE)
    return pattern.replace(r"\w", r"(?:\w|[^\x00-\x7f])")


_GLANCE: Final = Glance(_wider)
