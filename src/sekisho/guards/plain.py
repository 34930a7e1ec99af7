"""Cuts a command of plain words without a parser, as bash does, and as the grammar does where it is right.

Words are plain, quoted whole or in part, or hold variables; between them stand `|`, `&&`, `||`, `;` and ends of lines,
behind them redirections, and before the name of a program what is set for it. All else is left to the grammar.
"""

from __future__ import annotations

import re
from typing import Final

from sekisho.guards.grammar import FEEDING, longer
from sekisho.guards.script import Program, Script, Word

__all__ = ["cut"]

_VARIABLE: Final = r"\$[A-Za-z_][A-Za-z0-9_]*+|\$\{[A-Za-z_][A-Za-z0-9_]*+\}|\$\?"
_END: Final = r"(?=[ \t\n;|&<>]|\Z)"
_WORD: Final = rf"(?:[A-Za-z0-9_./:@,+=%*?^~-]++|'[^'\n]*+'|\"(?:[^\"$`\\\n!]++|{_VARIABLE})*+\"|{_VARIABLE})++{_END}"
_TOKEN: Final = re.compile(
    rf"((?:(&&|\|\|?(?!&)|[;\n])|(?![0-9]+[<>])({_WORD})|(?:&>>?|[0-9]*+>>?)[ \t]*+({_WORD})|[0-9]*+>&([12]){_END}"
    rf"|[0-9]*+<[ \t]*+({_WORD}))[ \t]*+)"
)
"""A joint, a word, what output goes to, a number that it goes to, or what input comes from."""

_SETTING: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_OPEN: Final = frozenset({"|", "||", "&&"})
"""Another command must follow, if need be on a later line."""

_RESERVED: Final = frozenset({
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "function",
    "select", "time", "coproc", "declare", "export", "local", "readonly", "typeset", "unset", "!",
})  # fmt: skip
_SIGN: Final = re.compile(r"[()#\\!\[\]]|<<")
"""What stands in no plain word, but for quotes."""

_QUOTES: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def cut(text: str) -> Script | None:
    """Return what a command does; None if there is more to it than plain words."""
    if _is_more(text):
        return None
    at = start = stop = len(text) - len(text.lstrip(" \t"))
    found = _Found()
    words: list[str] = []
    before = "\n"
    for whole, joint, word, into, number, out in _TOKEN.findall(text, at):
        if word:
            words.append(word)
            stop = at + len(word)
        elif joint:
            if words:
                if not found.take(words, start, stop, before):
                    return None
                before, words = joint, []
            elif joint != "\n":
                return None
            start = at + len(whole)
        elif words and not all(map(_SETTING.fullmatch, words)):
            (found.inputs if out else found.targets).append(_word(into or number or out))
        else:
            return None
        at += len(whole)
    # what is no token was passed over
    if at != len(text) or not (found.take(words, start, stop, before) if words else before not in _OPEN):
        return None
    return found.script()


def _is_more(text: str) -> bool:
    """Say at a glance whether a command is more than plain words, as most are that are left to the grammar."""
    if not _RESERVED.isdisjoint(text.split(maxsplit=1)[:1]):
        return True
    if "'" in text:
        return False
    return "$(" in text or "`" in text or ('"' not in text and _SIGN.search(text) is not None)


class _Found:
    """What a command does, as far as it was cut."""

    __slots__ = ("fed", "inputs", "named", "programs", "targets", "values", "variables")

    def __init__(self) -> None:
        self.programs: list[Program] = []
        self.targets: list[Word] = []
        self.inputs: list[Word] = []
        self.variables: list[str] = []
        self.values: list[Word] = []
        self.fed: tuple[str, ...] = ()
        self.named: str | None = None

    def take(self, words: list[str], start: int, stop: int, before: str) -> bool:
        """Note a program with its words, and what is set for it; False where the words mean more."""
        at = 0
        while at < len(words) and (setting := _SETTING.fullmatch(words[at]) if "=" in words[at] else None):
            if "`" in words[at] or "$(" in words[at]:
                return False
            self.variables.append(setting[1])
            self.values.append(_word(setting[2]))
            at += 1
        if at == len(words):
            self.fed, self.named = (), None
            return before != "|"
        name = _word(words[at])
        if name.text in _RESERVED or "=" in name.text:
            return False
        self.fed = longer(self.fed, self.named) if before == "|" and self.named is not None else ()
        self.named = name.text
        self.programs.append(Program(name, tuple(map(_word, words[at + 1 :])), start, stop, self.fed))
        return True

    def script(self) -> Script:
        """Return it."""
        return Script(
            programs=tuple(self.programs),
            targets=tuple(self.targets),
            inputs=tuple(self.inputs),
            variables=tuple(self.variables),
            values=tuple(self.values),
            broken=any(len(program.fed) >= FEEDING for program in self.programs),
        )


def _word(written: str) -> Word:
    """Return what a word stands for."""
    if "'" not in written and '"' not in written:
        return Word(written) if "$" not in written else Word(written, literal=False)
    text = _QUOTES.sub(lambda found: found[1] or found[2] or "", written)
    literal = "$" not in written or "$" not in _QUOTES.sub(lambda found: found[2] or "", written)
    return Word(text, literal, "`" in text or "$(" in text)
