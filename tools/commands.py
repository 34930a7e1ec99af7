"""Check of every command in the documents: it exists, with those options, or is a target of the Makefile."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

import click
import markdown_lines as markdown
from markdown_lines import Kind
from tree import Problem

from sekisho.cli.app import cli

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree import Tree

__all__ = ["check_commands"]

_TARGET: Final = re.compile(r"^([a-z][a-z0-9-]*):", re.MULTILINE)
_PROMPT: Final = re.compile(r"\A\s*(?:\$ )?")
_CUT: Final = re.compile(r"\s{2,}#.*\Z|\s[|>;&…].*\Z")


def check_commands(tree: Tree) -> Iterator[Problem]:
    """Judge each line of code, and each piece of code in a sentence, that begins with `make` or `sekisho`."""
    targets = set(_TARGET.findall("\n".join(tree.lines(tree.root / "Makefile"))))
    for path in tree.files(".md"):
        for line in markdown.read(tree.lines(path)):
            for text in [line.text] if line.kind is Kind.CODE else markdown.code_spans(line.text):
                problem = _objection(text, targets)
                if problem is not None:
                    yield Problem(tree.name(path), line.number, problem)


def _objection(text: str, targets: set[str]) -> str | None:
    bare = _CUT.sub("", _PROMPT.sub("", text))
    try:
        words = shlex.split(bare)
    except ValueError:
        return None
    match words:
        case ["make", *rest]:
            unknown = [word for word in rest if "=" not in word and word not in targets]
            return f"the Makefile has no target {unknown[0]}" if unknown else None
        case ["sekisho", *rest]:
            return _of_ours(rest)
        case _:
            return None


def _of_ours(words: Sequence[str]) -> str | None:
    command: click.Command = cli
    known = {"-h", "--help", "--version"}
    path = "sekisho"
    for word in words:
        if word == "--":
            return None
        if word.startswith("-"):
            if word.partition("=")[0] not in known:
                return f"{path} has no option {word}"
        elif not word[:1].islower():
            return None  # a placeholder, as in a usage line
        elif isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return f"{path} has no command {word}"
            command, path = found, f"{path} {word}"
            known |= {name for parameter in found.params for name in parameter.opts if name.startswith("-")}
    return None
