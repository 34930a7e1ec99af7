"""Checks of the Python files: docstrings, sizes, names, and tests that wait for a clock."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, TypeAlias

from tree import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tree import Tree

__all__ = ["FILE_LINES", "FUNCTION_LINES", "check_docstrings", "check_names", "check_sizes", "check_sleeps"]

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

FILE_LINES: Final = 400
"""The most lines of a file."""

FUNCTION_LINES: Final = 40
"""The most lines of a function, its docstring not counted."""

_FOLDERS: Final = ("src", "tests", "tools", "bench")
_VAGUE: Final = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "misc"})


def check_docstrings(tree: Tree) -> Iterator[Problem]:
    """Every module and package of the source says what it is."""
    for path in tree.files(".py", below="src"):
        if ast.get_docstring(_parsed(tree, path)) is None:
            yield Problem(tree.name(path), 1, "it has no docstring: name its few concepts and who calls whom")


def check_sizes(tree: Tree) -> Iterator[Problem]:
    """Files and functions can be read in one go."""
    for path in _python(tree):
        count = len(tree.lines(path))
        if count > FILE_LINES:
            yield Problem(tree.name(path), 0, f"it has {count} lines; the most is {FILE_LINES}")
        for node in ast.walk(_parsed(tree, path)):
            if isinstance(node, Function) and _length(node) > FUNCTION_LINES:
                text = f"{node.name} has {_length(node)} lines; the most is {FUNCTION_LINES}"
                yield Problem(tree.name(path), node.lineno, text)


def check_names(tree: Tree) -> Iterator[Problem]:
    """No module or package has a name that says nothing."""
    for path in _python(tree):
        for part in path.relative_to(tree.root).with_suffix("").parts:
            if part in _VAGUE:
                yield Problem(tree.name(path), 0, f"{part!r} says nothing: name it after what is in it")


def check_sleeps(tree: Tree) -> Iterator[Problem]:
    """A test waits for what happens, never for a time; `sleep(0)`, which lets others run, is no wait."""
    for path in tree.files(".py", below="tests"):
        for node in ast.walk(_parsed(tree, path)):
            if isinstance(node, ast.Call) and _is_sleep(node):
                text = "a test sleeps: wait for an event or a condition, with a bound"
                yield Problem(tree.name(path), node.lineno, text)


def _is_sleep(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    first = call.args[0] if call.args else None
    return name == "sleep" and not (isinstance(first, ast.Constant) and first.value == 0)


def _python(tree: Tree) -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from tree.files(".py", below=folder)


def _parsed(tree: Tree, path: Path) -> ast.Module:
    return ast.parse("\n".join(tree.lines(path)), tree.name(path))


def _length(function: Function) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0)
