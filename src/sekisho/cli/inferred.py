"""`sekisho explain server`: what was inferred of a server from how it is started, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sekisho.cli.known import How, known
from sekisho.cli.layout import sheet
from sekisho.cli.screen import as_json, speaks, trouble_is_usage, words
from sekisho.cli.waiting import counts
from sekisho.meaning.launch import words_of
from sekisho.model.call_ids import CallId
from sekisho.model.escape import printable
from sekisho.text.credentials import address_secret, known_form, named_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.cli.known import Known
    from sekisho.gateway.launch import Launch

__all__ = ["server"]

_SHOWN = 200


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@click.argument("command", nargs=-1, metavar="[-- CMD ARGS...]", type=click.UNPROCESSED)
@speaks
def server(name: str | None, command: tuple[str, ...], *, json_: bool) -> None:
    r"""Say what is inferred of a server: its folders, hosts, secrets, and why.

    NAME is an alias of the configuration, or a server that was seen before. Of the
    latter only the program and the working directory are known, because arguments
    are never kept: write its launch line behind `--` for the rest. `_` stands for no
    name before a launch line. Nothing is started.

    \b
    Examples:
      sekisho explain server github
      sekisho explain server _ -- npx -y @modelcontextprotocol/server-filesystem .
    """
    with trouble_is_usage():
        found = known(None if name == "_" else name, command)
    if json_:
        as_json(_plain(found))
        return
    for line in sheet([(words(id_), value) for id_, value in _rows(found)]):
        click.echo(line)


def _rows(found: Known) -> Iterator[tuple[CallId, str]]:
    facts = found.facts
    yield CallId.SERVER_NAME, printable(found.ledger.server, width=_SHOWN)
    yield CallId.SERVER_HOW, words(CallId(f"call-server-how-{found.how}"))
    if facts.remote:
        yield CallId.SERVER_FOLDERS, words(CallId.SERVER_FOLDERS_REMOTE)
    else:
        roots = printable(", ".join(facts.path.roots), width=_SHOWN)
        why = words(CallId(f"call-server-roots-{facts.why_roots}"))
        yield CallId.SERVER_FOLDERS, f"{roots}  ({why})" if roots else why
    if facts.left_out:
        said = words(CallId.SERVER_LEFT_OUT_WHY)
        yield CallId.SERVER_LEFT_OUT, f"{printable(', '.join(facts.left_out), width=_SHOWN)}  ({said})"
    hosts = printable(", ".join(sorted(facts.url.hosts)), width=_SHOWN)
    which = words(CallId.SERVER_HOSTS_ONLY if facts.url.only_listed else CallId.SERVER_HOSTS_LINE)
    public = not hosts and not facts.url.only_listed
    yield CallId.SERVER_HOSTS, words(CallId.SERVER_HOSTS_PUBLIC) if public else f"{hosts}  ({which})".strip()
    if facts.url.unresolved:
        yield CallId.SERVER_HOSTS_PROXY, words(CallId.SERVER_HOSTS_PROXY_ALLOWED)
    if facts.programs is not None:
        programs = printable(", ".join(sorted(facts.programs)), width=_SHOWN)
        yield CallId.SERVER_PROGRAMS, f"{programs}  ({words(CallId.SERVER_ROOTS_SETTINGS)})".strip()
    asked = (words(CallId(f"call-server-asks-{name}-{said}")) for name, said in found.questions.items())
    yield CallId.SERVER_ASKS, "; ".join(asked)
    for place, kind in _secrets(found.launch):
        yield CallId.SERVER_KEY, f"{printable(place, width=_SHOWN)}  ({kind})"
    yield CallId.SERVER_WORDS, printable(", ".join(_works_with(found.launch)), width=_SHOWN)
    standing = counts(found.ledger)
    yield CallId.SERVER_DEFINITIONS, words(CallId.SERVER_STANDING, **standing)


def _secrets(launch: Launch | None) -> Iterator[tuple[str, str]]:
    """Yield where a secret stands in a launch, and of which kind it looks; never the secret."""
    if launch is None:
        return
    for number, kind in _in_arguments(launch):
        yield words(CallId.SERVER_ARGUMENT, number=number), kind
    for name, value in launch.env.items():
        kind = named_secret(name, value) or address_secret(value)
        if kind is not None:
            yield words(CallId.SERVER_VARIABLE, name=name), kind


def _in_arguments(launch: Launch) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the arguments that hold a secret."""
    before = ""
    for number, word in enumerate(launch.argv[1:], start=1):
        option, equals, value = word.partition("=")
        name = (option if equals else before).lstrip("-")
        kind = (named_secret(name, value if equals else word) if name else None) or address_secret(word)
        kind = kind or known_form(value if equals else word)
        if kind is not None:
            yield number, kind
        before = word if word.startswith("-") and not equals else ""


def _works_with(launch: Launch | None) -> tuple[str, ...]:
    """Return the words of a launch line that guards go by, without those of a secret."""
    if launch is None:
        return ()
    secret = {number for number, _ in _in_arguments(launch)}
    return words_of([word for number, word in enumerate(launch.argv) if number not in secret])


def _plain(found: Known) -> dict[str, object]:
    facts = found.facts
    return {
        "server": found.ledger.server,
        "known": str(found.how),
        "partly": found.how is How.SEEN,
        "remote": facts.remote,
        "roots": list(facts.path.roots),
        "why_roots": facts.why_roots,
        "left_out": list(facts.left_out),
        "cwd": facts.path.base,
        "hosts": sorted(facts.url.hosts),
        "only_these_hosts": facts.url.only_listed,
        "unresolved": "allow" if facts.url.unresolved else "refuse",
        "programs": None if facts.programs is None else sorted(facts.programs),
        "questions": {**found.questions},
        "words": list(_works_with(found.launch)),
        "secrets": [{"where": where, "kind": kind} for where, kind in _secrets(found.launch)],
        "definitions": counts(found.ledger),
    }
