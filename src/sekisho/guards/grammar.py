"""Reads a command by tree-sitter's grammar of bash, which loads on first use.

Whoever walks a tree pays for each node that is made, so parts of which no program can be a part are not looked into:
words without a bracket and without a backtick.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from sekisho.guards.narrow import Spelling
from sekisho.guards.script import Program, Script, Word
from sekisho.guards.worded import UNQUOTED, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node, Parser

__all__ = ["FEEDING", "longer", "read"]

FEEDING: Final = 64
"""Different programs in one pipe; nobody writes as many."""

_TICKED: Final = re.compile(r"(?<!\\)`([^`]*)")
_DELAYED: Final = re.compile(r"'[^']*(?:\$\(|`)")
_BEGINNING: Final = re.compile(r"(?<!\\)(?:\$\(|`[^`]*`?)")
"""Where a shell reads a command, unless the text is quoted."""

_SUBSTITUTED: Final = re.compile(r"(?<!\\)\$\(")
_READ: Final = frozenset({"word", "regex", "string_content", "extglob_pattern", "heredoc_content"})
"""Parts of the tree that the shell reads on: nothing begins in them, where the grammar is right."""

_TORN: Final = re.compile(r"(?<!\\)(?:\\\\)*\n")
"""A line that ends in the middle of a part: the grammar takes one that begins with an escape for more of the last."""

_QUOTED_INSIDE: Final = re.compile(r"\$\{[^}'\"]*'")
"""A quote in an expansion: between double quotes it is a character to bash, to the grammar it begins a text."""

_LINE: Final = re.compile(r"(?<!\\)\n")
_SETTING: Final = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_QUOTING: Final = re.compile(r"[\"'\\]")
_OPENING: Final = re.compile(r"[(`\[]")
_BESIDE: Final = frozenset({"variable_assignment", "file_redirect", "heredoc_redirect", "herestring_redirect"})
_PASSING: Final = frozenset({"subshell", "compound_statement", "list", "if_statement", "while_statement", "do_group"})
_HOLDING_NAMES: Final = frozenset(
    {"command", "list", "subshell", "compound_statement", "redirected_statement", "pipeline"}
)
_WORDS: Final = frozenset({
    "word", "number", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation", "command_name",
    "simple_expansion", "expansion", "variable_name", "string_content", "heredoc_start", "heredoc_end", "comment",
})  # fmt: skip
"""Parts of the tree that hold no program where they hold no opening mark."""


class _Around:
    """What the surroundings of a part of the tree mean for programs in it."""

    __slots__ = ("behind", "fed", "inline")

    def __init__(self, fed: tuple[str, ...] = (), behind: tuple[Word, ...] = (), *, inline: bool = False) -> None:
        self.fed = fed
        self.behind = behind
        self.inline = inline


_ALONE: Final = _Around()


def read(text: str) -> Script:
    """Return what a command does, by the grammar."""
    return _Walk(Spelling(text)).script()


@cache
def _parser() -> Parser:
    import tree_sitter  # noqa: PLC0415 - loaded with the first command that needs it
    import tree_sitter_bash  # noqa: PLC0415 - as above

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


def longer(fed: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Add a program to those that feed another one, each once; where there are too many, the last one."""
    return fed if name in fed else (*fed[: FEEDING - 1], name)


class _Walk:
    """One walk through a tree; what it finds."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self.words = Words(spelling)
        self.programs: list[Program] = []
        self.targets: list[Word] = []
        self.inputs: list[Word] = []
        self.variables: list[str] = []
        self.values: list[Word | None] = []
        self.named: dict[int, tuple[str, ...]] = {}
        self.delayed = False
        self.torn = False

    def script(self) -> Script:
        spelling = self.spelling
        tree = _parser().parse(spelling.text.encode())
        root = tree.root_node
        broken = root.has_error
        # where the grammar is in doubt, each part is looked into
        quoted = "${" in spelling.text and _QUOTED_INSIDE.search(spelling.text) is not None
        self.every = broken or spelling.tears or quoted
        self.marks = [] if self.every else [found.start() for found in _OPENING.finditer(spelling.text)]
        self.closed = not (self.every or self.marks)
        pending: list[tuple[Node, _Around]] = [(root, _ALONE)]
        while pending:
            node, around = pending.pop()
            kind = node.type
            if kind == "command":
                inside = self._command(node, around)
            elif kind in _PASSING:
                inside = [(child, around) for child in node.named_children]
            elif kind in _WORDS and (self.closed or not self._opens(node.start_byte, node.end_byte)):
                continue
            else:
                inside = self._inside(node, kind, around)
            if inside:
                inside.reverse()
                pending += inside
        return Script(
            programs=tuple(self.programs),
            targets=tuple(self.targets),
            inputs=tuple(self.inputs),
            variables=tuple(self.variables),
            values=tuple(self.values),
            delayed=self.delayed,
            broken=broken or self.torn or any(len(program.fed) >= FEEDING for program in self.programs),
        )

    def _opens(self, begin: int, end: int) -> bool:
        """Say whether a word may hold more than itself."""
        if self.every:
            return True
        at = bisect_left(self.marks, begin)
        return at < len(self.marks) and self.marks[at] < end

    def _command(self, node: Node, around: _Around) -> list[tuple[Node, _Around]]:
        """Note a program, and return the parts of its words that may hold others."""
        start, end = node.start_byte, node.end_byte
        place = self.spelling.place
        if not self.every and (plain := self.words.plainly(start, end)) is not None:
            words = (*plain[1:], *around.behind)
            self.programs.append(Program(plain[0], words, place(start), place(end), around.fed, around.inline))
            return []
        children = node.named_children
        kinds = [child.type for child in children]
        inline, simple = around.inline, _WORDS.issuperset(kinds)
        said, types = children, kinds
        if not simple:
            inline = inline or _is_fed(kinds)
            self.torn = self.torn or self._is_cut(children)
            said = [child for child, kind in zip(children, kinds, strict=True) if kind not in _BESIDE]
            types = [kind for kind in kinds if kind not in _BESIDE]
        behind = around.behind if simple else (*self._behind(children), *around.behind)
        if "\n" in self.spelling.text[start:end] and (lines := self._lines(said, types)):
            for first, last, (name, *words) in lines:
                self.programs.append(Program(name, (*words, *behind), place(first), place(last), around.fed, inline))
        else:
            name, *words = self.words.of(said, types) or [Word("", literal=False)]
            self.programs.append(Program(name, (*words, *behind), place(start), place(end), around.fed, inline))
        if self.closed or not self._opens(start, end):
            return [] if simple else [(child, _ALONE) for child in children if child.type not in _WORDS]
        return self._parts(children)

    def _lines(self, said: Sequence[Node], types: Sequence[str]) -> list[tuple[int, int, list[Word]]]:
        """Return the commands of a command that has several lines, with their places; none if it is one.

        Behind a pipeline of three the grammar takes the next line, if its output goes elsewhere, for words of the last.
        """
        parts = [(each, kind) for each, kind in zip(said, types, strict=True) if kind != "comment"]
        said, types = [each for each, _ in parts], [kind for _, kind in parts]
        ends = [at for at, (one, other) in enumerate(pairwise(said), 1) if self._ends_between(one, other)]
        if not ends:
            return []
        found: list[tuple[int, int, list[Word]]] = []
        for begin, end in pairwise((0, *ends, len(said))):
            words = self.words.of(said[begin:end], types[begin:end])
            while len(words) > 1 and (setting := _SETTING.fullmatch(words[0].text)) is not None:
                self.variables.append(setting[1])
                self.values.append(words[0]._replace(text=setting[2]))
                words = words[1:]
            found.append((said[begin].start_byte, said[end - 1].end_byte, words or [Word("", literal=False)]))
        return found

    def _has_lines(self, children: Sequence[Node]) -> bool:
        return any(self._ends_between(one, other) for one, other in pairwise(children))

    def _ends_between(self, one: Node, other: Node) -> bool:
        """Say whether a line ends between two parts."""
        return _LINE.search(self.spelling.text[one.end_byte : other.start_byte]) is not None

    def _inside(self, node: Node, kind: str, around: _Around) -> list[tuple[Node, _Around]]:
        """Note what a part does, and return the parts in it."""
        children = node.named_children
        match kind:
            case "pipeline":
                return [*self._pipeline(children, around)]
            case "redirected_statement":
                inline = around.inline or _is_fed([child.type for child in children])
                behind = (*around.behind, *self._behind(children))
                further = _Around(around.fed, behind, inline=inline)
                return [(child, further) for child in children]
            case "file_redirect":
                self._redirect(node)
            case "command_substitution":
                # an escape in backticks is undone before the command is read
                text = self.words.text(node)
                self.torn = self.torn or (text[0] == "`" and "\\" in text)
            case "string" | "heredoc_body":
                expanded = (child for child in children if child.type == "expansion")
                self.torn = self.torn or any("'" in self.words.text(child) for child in expanded)
            case "heredoc_redirect":
                self.programs += self._backticks(children)
                self.delayed = self.delayed or self._hides(children)
            case "for_statement":
                over = [self.words.text(child) for child in children if child.type == "variable_name"][:1]
                self.variables += over
                self.values += [None for _ in over]
            case "variable_assignment" | "test_command" | "declaration_command" | "unset_command":
                self.torn = self.torn or (kind != "variable_assignment" and self._has_lines(children))
                names = children[:1] if kind == "variable_assignment" else []
                self.variables += [self.words.text(name).partition("[")[0] for name in names]
                self.values += [self.words.word(children[1]) if len(children) > 1 else Word("") for _ in names]
                self.delayed = self.delayed or _DELAYED.search(self.words.text(node)) is not None
            case _:
                pass
        return self._parts(children)

    def _parts(self, children: list[Node]) -> list[tuple[Node, _Around]]:
        """Return the parts that have parts; in the others, look for what the grammar did not see."""
        found: list[tuple[Node, _Around]] = []
        begins, tears = self.spelling.begins and not self.delayed, self.spelling.tears and not self.torn
        for child in children:
            if child.child_count:
                found.append((child, _ALONE))
            elif begins or tears:
                kind = child.type
                if begins and kind in _READ and _BEGINNING.search(self.words.text(child)):
                    self.delayed = True
                if tears and kind in UNQUOTED and _TORN.search(self.words.text(child)):
                    self.torn = True
        return found

    def _backticks(self, children: list[Node]) -> Iterator[Program]:
        """Yield what backticks in a here document start: text for the grammar, for bash only if the mark is quoted."""
        mark, body = (
            "".join(self.words.text(child) for child in children if child.type == kind)
            for kind in ("heredoc_start", "heredoc_body")
        )
        if not _QUOTING.search(mark):
            for inner in _TICKED.findall(body):
                yield from read(inner).programs

    def _hides(self, children: list[Node]) -> bool:
        """Say whether a here document begins more than the grammar sees: it skips commands behind white space."""
        mark = "".join(self.words.text(child) for child in children if child.type == "heredoc_start")
        bodies = [child for child in children if child.type == "heredoc_body"] if not _QUOTING.search(mark) else []
        begun = sum(len(_SUBSTITUTED.findall(self.words.text(body))) for body in bodies)
        kinds = [child.type for body in bodies for child in body.named_children]
        return begun > kinds.count("command_substitution") + kinds.count("arithmetic_expansion")

    def _behind(self, children: list[Node]) -> Iterator[Word]:
        """Yield words that stand behind a redirection and belong to the command: `env > log program`."""
        for child in children:
            if child.type == "file_redirect":
                yield from self.words.of(child.children_by_field_name("destination"))[1:]

    def _pipeline(self, children: list[Node], around: _Around) -> Iterator[tuple[Node, _Around]]:
        fed = around.fed
        for number, child in enumerate(children, 1):
            yield child, _Around(fed, around.behind, inline=around.inline)
            for name in self._names(child) if number < len(children) else ():
                fed = longer(fed, name)

    def _names(self, node: Node) -> tuple[str, ...]:
        """Return the names of the programs in a part of a pipeline, each once, not looking into substitutions."""
        named = self.named
        pending = [(node, False)]
        while pending:
            each, again = pending.pop()
            if each.id in named:
                continue
            if each.type not in _HOLDING_NAMES:
                named[each.id] = (self.words.word(each).text,) if each.type == "command_name" else ()
            elif again:
                inside = (name for child in reversed(each.named_children) for name in named[child.id])
                named[each.id] = tuple(islice(dict.fromkeys(inside), FEEDING))
            else:
                pending += [(each, True), *((child, False) for child in each.named_children)]
        return named[node.id]

    def _is_cut(self, children: list[Node]) -> bool:
        """Say whether what is taken for a word is the end of what a variable is set to, or of what is read."""
        return any(
            one.type in _BESIDE and self.words.between(one.end_byte, other.start_byte) is not None
            for one, other in pairwise(children)
        )

    def _redirect(self, node: Node) -> None:
        destinations = node.children_by_field_name("destination")
        # what stands on the next line is no word of this command
        self.torn = self.torn or self._has_lines(destinations)
        words = self.words.of(destinations)
        into = self.inputs if any(child.type == "<" for child in node.children) else self.targets
        into += words[:1]


def _is_fed(kinds: Sequence[str]) -> bool:
    return "heredoc_redirect" in kinds or "herestring_redirect" in kinds
