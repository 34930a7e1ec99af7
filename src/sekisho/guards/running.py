"""The guard for code that a tool runs, in a page or beside it. What code does by right is not judged.

- `code-sends`: all cookies of a page, all that it stores, what stands in a field for passwords, or the whole
  environment of a process, in code that sends something to an address elsewhere which is written out in it;
- the commands that it hands to a shell or starts as they are written: `commands_of` returns those, to be judged as
  commands.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["LONGEST", "commands_of", "is_run", "judge_code"]

LONGEST: Final = 64 * 1024
"""Characters of code that are read."""

_MOST: Final = 32
"""Commands of one text."""

_CODE: Final = frozenset({"code", "expression", "function", "javascript", "js", "script", "source", "snippet"})
_RUNNING: Final = frozenset({
    "browser", "chrome", "chromium", "console", "devtools", "eval", "evaluate", "exec", "execute", "firefox", "inject",
    "node", "playwright", "puppeteer", "python", "repl", "run", "selenium", "webkit",
})  # fmt: skip
"""Words of tools that run the code that they are given."""

_TALKING: Final = frozenset({"input", "interact", "send", "type", "write"})
_LISTENING: Final = frozenset({"console", "interpreter", "process", "repl", "session", "terminal"})
_SAID: Final = frozenset({"command", "data", "input", "line", "stdin", "text"})
"""Words of tools that talk to a program that runs already, and of what they say to it."""

_ABOUT: Final = frozenset({
    "analyze", "check", "edit", "explain", "find", "format", "generate", "insert", "lint", "optimize", "replace",
    "review", "save", "scan", "search", "validate", "write",
})  # fmt: skip
"""Words of tools that work on code, and run something else."""

_STORE: Final = r"(?:window\s{0,4}\.\s{0,4})?(?:localStorage|sessionStorage|process\s{0,4}\.\s{0,4}env)"
_TAKES: Final = re.compile(
    r"\bdocument\s{0,4}(?:\?\.|\.|\[\s{0,4}['\"`])\s{0,4}cookie\b(?!['\"`\]\s]{0,6}=[^=])"
    r"|\bcookieStore\s{0,4}\.\s{0,4}getAll\b|\.\s{0,4}(?:cookies|allCookies|storageState|getAllCookies)\s{0,4}\("
    rf"|\b(?:stringify|entries|assign|values|fromEntries|btoa|String)\s{{0,4}}\(\s{{0,4}}(?:\{{\}}\s{{0,4}},\s{{0,4}})?{_STORE}\s{{0,4}}[),]"
    rf"|\.\.\.\s{{0,4}}{_STORE}\s{{0,4}}[,}}]|\$\{{\s{{0,4}}{_STORE}\s{{0,4}}\}}"
    r"|\b(?:dict|str|repr|dumps)\s{0,4}\(\s{0,4}(?:dict\s{0,4}\(\s{0,4})?(?:os\s{0,4}\.\s{0,4})?environ\s{0,4}[),]"
    r"|\benviron\s{0,4}\.\s{0,4}(?:items|copy)\s{0,4}\(|\bENV\s{0,4}\.\s{0,4}(?:to_h|to_a|inspect|each)\b"
    r"|\btype\s{0,4}=\s{0,4}\\?['\"]?password\b[^;]{0,200}\.\s{0,4}value\b"
)
"""Takes all that there is of a kind."""

_SENDS: Final = re.compile(
    r"\b(?:fetch|sendBeacon|WebSocket|EventSource|importScripts|axios|got|ky|urlopen|urlretrieve|request|ajax)\s{0,4}\("
    r"|\b(?:axios|got|ky|superagent|requests?|httpx|http|https|session|client|\$)\s{0,4}\.\s{0,4}(?:get|post|put|patch|request|head|delete)\s{0,4}\("
    r"|\b(?:open|goto)\s{0,4}\(\s{0,4}(?:'[^'\n]{0,400}'\s{0,4}\+|\"[^\"\n]{0,400}\"\s{0,4}\+|`[^`]{0,400}\$\{)"
    r"|\.\s{0,4}(?:src|href|action|location|data)\s{0,4}=(?!=)|\blocation\s{0,4}=(?!=)|\b(?:Net::HTTP|URI\.open|HTTP)\b"
)
_ELSEWHERE: Final = re.compile(
    r"['\"`](?:\s{0,4}(?:https?|wss?|ftp):)?//"
    r"(?!(?:localhost|127\.0\.0\.1|\[::1\]|[\w-]{1,60}\.localhost)(?:[:/?#'\"`]|$))[^\s'\"`/]"
)
"""The address of another machine, written out."""

_TEXT: Final = r"(?P<mark>['\"`])(?P<text>(?:\\.|(?!(?P=mark))[^\\]){1,2000})(?P=mark)"
_MORE: Final = (
    r"(?P<more>(?:\s{0,4},\s{0,4}\[?\s{0,4}(?:'[^'\\\n]{0,400}'|\"[^\"\\\n]{0,400}\"|`[^`\\\n]{0,400}`)){0,32})"
)
_STARTED: Final = re.compile(
    r"(?:\b(?:system|popen|getoutput|getstatusoutput|check_call|check_output|Popen|execSync|spawnSync|execaCommand)"
    r"|(?:(?<![\w.$])|\)\s{0,4}\.\s{0,4}|\b(?:subprocess|sp|cp|child_process|childProcess|execa|Kernel|IO)\s{0,4}\.\s{0,4})"
    rf"(?:run|call|exec|spawn|execa))\s{{0,4}}\(\s{{0,4}}(?:\[\s{{0,4}})?{_TEXT}{_MORE}",
    re.DOTALL,
)
"""Starts a program that is written out: by one text, or by its words."""

_BY_SHELL: Final = re.compile(
    r"\.\s{0,4}(?:run|call)\s{0,4}\(\s{0,4}(?P<mark>['\"])(?P<text>(?:\\.|(?!(?P=mark))[^\\\n]){1,2000})(?P=mark)\s{0,4},"
    r"\s{0,4}shell\s{0,4}=\s{0,4}True|\bdo\s{1,4}(?:shell\s{1,4})?script\s{1,4}(?P<mark2>\")(?P<text2>(?:\\.|[^\\\"]){1,2000})\""
    r"|(?m:^)[ \t]{0,20}!{1,2}(?![=(])(?P<line>[^\n]{1,2000})"
)
"""The same where a shell is asked for by name: in Python, in AppleScript, in a line of a notebook."""

_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def is_run(names: Collection[str], words: Collection[str]) -> bool:
    """Say whether a value is code that a tool runs.

    Args:
        names: words of the parameter's name.
        words: words of the tool's name.
    """
    if not (_TALKING.isdisjoint(words) or _LISTENING.isdisjoint(words) or _SAID.isdisjoint(names)):
        return True
    return not _CODE.isdisjoint(names) and not _RUNNING.isdisjoint(words) and _ABOUT.isdisjoint(words)


def judge_code(value: str) -> Judgement:
    """Judge code for what it sends away."""
    if "//" not in value or not (
        "ookie" in value or "torage" in value or "env" in value.lower() or "password" in value
    ):
        return CLEAN
    text = value[:LONGEST]
    found = _TAKES.search(text)
    if found is None or _ELSEWHERE.search(text) is None or _SENDS.search(text) is None:
        return CLEAN
    return Judgement(objections=(Objection(rule="code-sends", start=found.start(), end=found.end()),))


def commands_of(value: str) -> Iterator[str]:
    """Yield the commands that code starts as they are written in it; the first ones."""
    yield from dict.fromkeys(islice(_written(value[:LONGEST]), _MOST))


def _written(text: str) -> Iterator[str]:
    for found in _STARTED.finditer(text) if "(" in text else ():
        words = (each[1:-1] for each in _QUOTED.findall(found["more"]))
        yield " ".join((_ESCAPED.sub(r"\1", found["text"]), *(_word(each) for each in words)))
    for found in _BY_SHELL.finditer(text) if "!" in text or "script" in text or "shell" in text else ():
        yield found["line"] or _ESCAPED.sub(r"\1", found["text"] or found["text2"])


def _word(text: str) -> str:
    """Return a word of a command as a shell would be given it."""
    return text if text.replace("-", "").replace("/", "").isalnum() else "'" + text.replace("'", "'\\''") + "'"
