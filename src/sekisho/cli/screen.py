"""Printing for people: one way out for text, in their language, with everything from outside escaped."""

from __future__ import annotations

import json
import locale
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import click

from sekisho.cli.stderr import write
from sekisho.model.escape import printable
from sekisho.model.lang import Lang
from sekisho.model.messages import language as language_of
from sekisho.model.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from sekisho.model.messages import AnyMessage
    from sekisho.policy.problem import Problem

__all__ = [
    "USAGE",
    "as_json",
    "complain",
    "json_text",
    "language",
    "lines",
    "located",
    "note",
    "say",
    "speaks",
    "tell",
    "told",
    "trouble_is_usage",
    "words",
]

USAGE = 2
"""The exit code of a call that can't be carried out as it was written."""

_CHOSEN: Final = "sekisho.language"
_VARIABLES: Final = ("SEKISHO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

_F = TypeVar("_F", bound="Callable[..., object]")


def speaks(command: _F) -> _F:
    """Give a command the option `--lang`."""
    option = click.option(
        "--lang",
        type=click.Choice([lang.value for lang in Lang]),
        expose_value=False,
        is_eager=True,
        callback=_choose,
        help="Speak this language; else SEKISHO_LANG, else the locale's.",
    )
    return option(command)


def _choose(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_CHOSEN] = Lang(value)


def language() -> Lang:
    """Return the language to speak: that of `--lang`, else of `SEKISHO_LANG`, else of the locale."""
    context = click.get_current_context(silent=True)
    chosen: object = context.meta.get(_CHOSEN) if context is not None else None
    if isinstance(chosen, Lang):
        return chosen
    named = next((value for name in _VARIABLES if (value := os.environ.get(name))), None)
    return language_of(named or locale.getlocale()[0])


def words(id_: AnyMessage, **values: str | float) -> str:
    """Return a message of the catalogue in the language of this call."""
    return text(id_, language(), **values)


def as_json(value: object, *, indent: int | None = 2) -> None:
    """Print JSON to standard output."""
    click.echo(json_text(value, indent=indent))


def json_text(value: object, *, indent: int | None = 2) -> str:
    """Return JSON in ASCII: a terminal obeys no character of it, and a CI runner no `##[`."""
    return json.dumps(value, ensure_ascii=True, indent=indent).replace("##", r"\u0023\u0023")


def say(id_: AnyMessage, **values: str | float) -> None:
    """Print a message of the catalogue to standard output."""
    click.echo(words(id_, **values))


def note(id_: AnyMessage, **values: str | float) -> None:
    """Print a message of the catalogue to standard error, where a host keeps its logs."""
    write(f"sekisho: {words(id_, **values)}")


def tell(message: AnyMessage, values: Mapping[str, str | int]) -> None:
    """Print a message of the catalogue to standard error: what a running gateway tells the person who runs it."""
    for line in words(message, **values).splitlines():
        write(f"sekisho: {line}")


def complain(problem: str) -> None:
    """Print a problem to standard error, escaped, each of its lines by itself."""
    for line in lines(problem):
        write(f"sekisho: {line}")


def lines(problem: str) -> Iterator[str]:
    """Return the lines of a text, each printable."""
    return (printable(line) for line in problem.splitlines())


@contextmanager
def trouble_is_usage() -> Generator[None]:
    """Turn what this machine or the caller got wrong into its text and exit code 2, without a traceback."""
    try:
        yield
    except Exception as error:
        problems = _problems_of(error)
        if problems is None:
            raise
        for each in problems:
            complain(each)
        sys.exit(USAGE)


def _problems_of(error: Exception) -> list[str] | None:
    """Return what to tell of an error that is none of ours; None for any other."""
    from sekisho.adapters.audit import AuditUnavailable  # noqa: PLC0415 - most commands meet none of them
    from sekisho.adapters.keyfile import KeyFileError  # noqa: PLC0415 - as above
    from sekisho.adapters.projects import ProjectsError  # noqa: PLC0415 - as above
    from sekisho.adapters.state import StateDirectoryError  # noqa: PLC0415 - as above
    from sekisho.gateway.endpoint import AddressError  # noqa: PLC0415 - as above
    from sekisho.gateway.launch import LaunchError  # noqa: PLC0415 - as above
    from sekisho.policy.problem import ConfigurationError  # noqa: PLC0415 - as above

    if isinstance(error, ConfigurationError):
        return [located(problem) for problem in error.problems]
    told_as_they_are = AuditUnavailable, KeyFileError, ProjectsError, StateDirectoryError, AddressError, LaunchError
    return [str(error)] if isinstance(error, told_as_they_are) else None


def told(problem: Problem) -> tuple[str, str]:
    """Return what is wrong with a configuration, and what to do."""
    what, _, step = words(problem.message, **problem.values).partition("\n")
    return what, step


def located(problem: Problem) -> str:
    """Return what is wrong with a configuration: the place, what, and in the second line what to do."""
    where = problem.file
    if problem.place is not None:
        where += f":{problem.place.line}:{problem.place.column}"
    what, step = told(problem)
    named = f"{where}: {problem.key}: {what}" if problem.key else f"{where}: {what}"
    return "\n".join([printable(named), f"  {step}"])
