"""Reads a command as bash does: programs with their words, wherever they stand.

A command of plain words and `|`, `&&`, `||`, `;` is cut without a parser; all else is parsed by tree-sitter's grammar
of bash, which loads on first use. What a word stands for is told as far as it can be told without running anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sekisho.guards.narrow import Spelling, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node, Parser

__all__ = ["LONGEST", "PIPES", "Program", "Script", "Word", "parse"]

LONGEST: Final = 16 * 1024
"""Characters; a command that is longer is not read."""

PIPES: Final = 256
"""More of them are not read either: behind an error the grammar needs the square of their number."""

_FEEDING: Final = 64
"""Different programs in one pipe; nobody writes as many."""

_TOKEN: Final = re.compile(
    r"[ \t]*(?:(&&|\|\||;|\|(?!&))|((?:[A-Za-z0-9_./:@,+=%*?^-]|'[^'\n]*'|\"[^\"$`\\\n!]*\")+))[ \t]*"
)
_RESERVED: Final = frozenset({
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "function",
    "select", "time", "coproc", "declare", "export", "local", "readonly", "typeset", "unset", "!",
})  # fmt: skip
_ESCAPED: Final = re.compile(r"\\(\n|.)", re.DOTALL)
_TICKED: Final = re.compile(r"(?<!\\)`([^`]*)")
_DELAYED: Final = re.compile(r"'[^']*(?:\$\(|`)")
_BEGINNING: Final = re.compile(r"(?<!\\)(?:\$\(|`[^`]*`?)")
"""Where a shell reads a command, unless the text is quoted."""

_ESCAPED_BEGINNING: Final = re.compile(r"\\(?:\$\(|`)")
_SUBSTITUTED: Final = re.compile(r"(?<!\\)\$\(")
_READ: Final = frozenset({"word", "regex", "string_content", "extglob_pattern", "heredoc_content"})
"""Parts of the tree that the shell reads on: nothing begins in them, where the grammar is right."""

_TORN: Final = re.compile(r"(?<!\\)(?:\\\\)*\n")
"""A line that ends in the middle of a part: the grammar takes one that begins with an escape for more of the last."""

_MARKS: Final = re.compile(r"[\"'\\]")
_QUOTES: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_QUOTED_ESCAPE: Final = re.compile(r'\\([\\"$`\n])')
_ANSI: Final = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|(.))", re.DOTALL
)
_ANSI_LETTERS: Final = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v",
}  # fmt: skip
_ESCAPE: Final = 2
_TOUCHING: Final = re.compile(rb"(?:\\[ \t\v\f]|\\\r?\n)+")
_CONTINUED: Final = str.maketrans("", "", "\\\r\n")
_BESIDE: Final = frozenset({"variable_assignment", "file_redirect", "heredoc_redirect", "herestring_redirect"})
_LAST: Final = 0x10FFFF
_PASSING: Final = frozenset({"subshell", "compound_statement", "list", "if_statement", "while_statement", "do_group"})
_TEXTS: Final = frozenset(
    {"word", "number", "string_content", "variable_name", "special_variable_name", "regex", "extglob_pattern"}
)
_UNQUOTED: Final = _TEXTS - {"string_content"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command."""

    text: str
    """What it stands for; expansions as they are written."""

    literal: bool = True
    """Whether nothing in it is expanded."""

    later: bool = False
    """Whether quotes keep in it what a shell would start if it read the word once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program that a command starts."""

    name: Word
    """What is started."""

    words: tuple[Word, ...]
    """Its words."""

    start: int
    """Where it begins in the text, in characters."""

    end: int
    """Where it ends."""

    fed: tuple[str, ...] = ()
    """The programs whose output it reads through a pipe, the nearest last."""

    inline: bool = False
    """Whether its input is in the command, as a here document or string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """All that a command does, as far as it can be told."""

    programs: tuple[Program, ...] = ()
    """Every program, also inside of substitutions, conditions and functions."""

    targets: tuple[Word, ...] = ()
    """What output is written to."""

    inputs: tuple[Word, ...] = ()
    """What input is read from."""

    variables: tuple[str, ...] = ()
    """Names of variables that are set."""

    broken: bool = False
    """Whether the grammar could not read it."""

    delayed: bool = False
    """Whether quotes keep a command in a variable or a condition, where the shell may read it once more."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the tree, and what its surroundings mean for programs in it."""

    node: Node
    fed: tuple[str, ...] = ()
    inline: bool = False
    behind: tuple[Word, ...] = ()


@dataclass(slots=True)
class _Found:
    programs: list[Program] = field(default_factory=list[Program])
    targets: list[Word] = field(default_factory=list[Word])
    inputs: list[Word] = field(default_factory=list[Word])
    variables: list[str] = field(default_factory=list[str])
    delayed: bool = False
    torn: bool = False


def parse(text: str) -> Script:
    """Return what a command does."""
    return _simple(text) or _parsed(text)


def _simple(text: str) -> Script | None:
    """Cut a command of plain and quoted words; None if there is more to it."""
    programs: list[Program] = []
    words: list[Word] = []
    fed: tuple[str, ...] = ()
    start = at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        if token[1] is None:
            words.append(_literal(_QUOTES.sub(lambda found: found[1] or found[2] or "", token[2])))
        elif not words or _is_more(words[0].text):
            return None
        else:
            first, *rest = words
            programs.append(Program(name=first, words=tuple(rest), start=start, end=token.start(1), fed=fed))
            fed = _longer(fed, first.text) if token[1] == "|" else ()
            words, start = [], token.end()
        at = token.end()
    if not words or _is_more(words[0].text):
        return None
    programs.append(Program(name=words[0], words=tuple(words[1:]), start=start, end=at, fed=fed))
    return Script(programs=tuple(programs), broken=any(len(program.fed) >= _FEEDING for program in programs))


def _is_more(first: str) -> bool:
    """Say whether a first word begins more than a simple command."""
    return first in _RESERVED or "=" in first


@cache
def _parser() -> Parser:
    import tree_sitter  # noqa: PLC0415 - loaded with the first command that needs it
    import tree_sitter_bash  # noqa: PLC0415 - as above

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


def _parsed(text: str) -> Script:
    spelling = Spelling(text)
    root = _parser().parse(spelling.text.encode()).root_node
    found = _Found()
    pending = [_Part(root)]
    while pending:
        part = pending.pop()
        pending += reversed([*_inside(part, part.node.named_children, found, spelling)])
    return Script(
        programs=tuple(found.programs),
        targets=tuple(found.targets),
        inputs=tuple(found.inputs),
        variables=tuple(found.variables),
        delayed=found.delayed,
        broken=root.has_error or found.torn or any(len(program.fed) >= _FEEDING for program in found.programs),
    )


def _inside(part: _Part, children: list[Node], found: _Found, spelling: Spelling) -> Iterable[_Part]:
    """Note what a part does, and return the parts in it."""
    node = part.node
    match node.type:
        case "command":
            found.programs.append(_program(part, children, spelling))
            found.torn = found.torn or _is_cut(children)
        case "pipeline":
            return _pipeline(children, part)
        case "redirected_statement":
            fed = part.inline or _is_fed(children)
            behind = (*part.behind, *_behind(children))
            return [_Part(child, part.fed, fed, behind) for child in children]
        case "file_redirect":
            _redirect(node, found)
        case "heredoc_redirect":
            found.programs += _backticks(children)
            found.delayed = found.delayed or _hides(children)
        case "for_statement":
            found.variables += [_text(child) for child in children if child.type == "variable_name"][:1]
        case "variable_assignment" | "test_command" | "declaration_command" | "unset_command" as kind:
            names = children[:1] if kind == "variable_assignment" else []
            found.variables += [_text(name).partition("[")[0] for name in names]
            found.delayed = found.delayed or _DELAYED.search(_text(node)) is not None
        case kind if kind in _PASSING:
            return [_Part(child, part.fed, part.inline, part.behind) for child in children]
        case _:
            pass
    found.delayed = found.delayed or (spelling.begins and any(map(_begins, children)))
    found.torn = found.torn or (spelling.tears and any(map(_is_torn, children)))
    return [_Part(child) for child in children if child.child_count]


def _is_torn(node: Node) -> bool:
    return not node.child_count and node.type in _UNQUOTED and _TORN.search(_text(node)) is not None


def _begins(node: Node) -> bool:
    """Say whether a part without parts begins a command all the same."""
    return not node.child_count and node.type in _READ and _BEGINNING.search(_text(node)) is not None


def _backticks(children: list[Node]) -> Iterator[Program]:
    """Yield what backticks in a here document start: text for the grammar, for bash only if the mark is quoted."""
    mark, body = (
        "".join(_text(child) for child in children if child.type == kind) for kind in ("heredoc_start", "heredoc_body")
    )
    if not _MARKS.search(mark):
        for inner in _TICKED.findall(body):
            yield from _parsed(inner).programs


def _hides(children: list[Node]) -> bool:
    """Say whether a here document begins more commands than the grammar sees: it skips those behind white space."""
    mark = "".join(_text(child) for child in children if child.type == "heredoc_start")
    bodies = [child for child in children if child.type == "heredoc_body"] if not _MARKS.search(mark) else []
    begun = sum(len(_SUBSTITUTED.findall(_text(body))) for body in bodies)
    kinds = [child.type for body in bodies for child in body.named_children]
    seen = kinds.count("command_substitution") + kinds.count("arithmetic_expansion")
    return begun > seen


def _behind(children: list[Node]) -> Iterator[Word]:
    """Yield words that stand behind a redirection and belong to the command: `env > log program`."""
    for child in children:
        if child.type == "file_redirect":
            yield from _words(child.children_by_field_name("destination"))[1:]


def _is_fed(children: list[Node]) -> bool:
    return any(child.type in {"heredoc_redirect", "herestring_redirect"} for child in children)


def _pipeline(children: list[Node], part: _Part) -> Iterator[_Part]:
    fed = part.fed
    for child in children:
        yield _Part(child, fed, part.inline, part.behind)
        for name in _names(child):
            fed = _longer(fed, _word(name).text)


def _longer(fed: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Add a program to those that feed another one, each once; where there are too many, the last one."""
    return fed if name in fed else (*fed[: _FEEDING - 1], name)


def _names(node: Node) -> Iterator[Node]:
    """Yield the names of the programs in a part of a pipeline, not looking into substitutions."""
    pending = [node]
    while pending:
        each = pending.pop()
        if each.type == "command_name":
            yield each
        elif each.type in {"command", "list", "subshell", "compound_statement", "redirected_statement", "pipeline"}:
            pending += each.named_children


def _program(part: _Part, children: list[Node], spelling: Spelling) -> Program:
    name, *words = _words([child for child in children if child.type not in _BESIDE])
    return Program(
        name=name,
        words=(*words, *_behind(children), *part.behind),
        start=spelling.place(part.node.start_byte),
        end=spelling.place(part.node.end_byte),
        fed=part.fed,
        inline=part.inline or _is_fed(children),
    )


def _words(nodes: list[Node]) -> list[Word]:
    """Return the words that nodes stand for: what touches is one, which the grammar cuts before a backslash."""
    words = [_word(node) for node in nodes[:1]]
    for one, other in pairwise(nodes):
        word, more = _word(other), _between(one, other)
        if more is not None:
            last = words.pop()
            every = last.literal and word.literal
            word = Word(last.text + more + word.text, literal=every, later=last.later or word.later)
        words.append(word)
    return words


def _between(one: Node, other: Node) -> str | None:
    """Return what stands between two parts of one word: nothing, or escaped white space; None for two words."""
    away = other.start_byte - one.end_byte
    if away < _ESCAPE or one.parent is None:
        return None if away else ""
    gap = (one.parent.text or b"")[one.end_byte - one.parent.start_byte :][:away]
    return gap.decode().translate(_CONTINUED) if _TOUCHING.fullmatch(gap) else None


def _is_cut(children: list[Node]) -> bool:
    """Say whether what is taken for the name of a command is the end of what a variable is set to."""
    pairs = pairwise(children)
    return any(one.type == "variable_assignment" and _between(one, other) is not None for one, other in pairs)


def _redirect(node: Node, found: _Found) -> None:
    words = _words(node.children_by_field_name("destination"))
    into = found.inputs if any(child.type == "<" for child in node.children) else found.targets
    into += words[:1]


def _text(node: Node) -> str:
    return narrow((node.text or b"").decode())


def _word(node: Node) -> Word:
    """Return what a word stands for. Nesting is as deep as concatenations in strings go: two."""
    text = _text(node)
    match node.type:
        case "command_name":
            return _word(node.named_children[0]) if node.named_children else Word(text, literal=False)
        case "word":
            return _literal(_ESCAPED.sub(lambda found: found[1].strip("\n"), text) if "\\" in text else text)
        case "raw_string":
            return _literal(text[1:-1])
        case "ansi_c_string":
            return _literal(_ANSI.sub(lambda found: _ansi(found.groups()), text[2:-1]))
        case "string" | "translated_string":
            plain = all(child.type in {"string_content", "string"} for child in node.named_children)
            inner = text.removeprefix("$")[1:-1]
            later = _ESCAPED_BEGINNING.search(inner) is not None
            return Word(_QUOTED_ESCAPE.sub(lambda found: found[1].strip("\n"), inner), literal=plain, later=later)
        case "concatenation":
            parts = [_word(child) for child in node.children]
            every = all(part.literal for part in parts)
            return Word("".join(part.text for part in parts), literal=every, later=any(part.later for part in parts))
        case kind:
            return Word(text, literal=kind in _TEXTS)


def _literal(text: str) -> Word:
    return Word(text, later="$(" in text or "`" in text)


def _ansi(groups: tuple[str | None, ...]) -> str:
    *numbers, octal, letter = groups
    for digits in numbers:
        if digits is not None:
            value = int(digits, 16)
            return chr(value) if value <= _LAST else "\ufffd"
    return chr(int(octal, 8)) if octal is not None else _ANSI_LETTERS.get(letter or "", letter or "")
