"""`sekisho explain call`: what each parameter of a tool could mean, why, and what the guards say about arguments."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.known import known
from sekisho.cli.layout import folded, sheet
from sekisho.cli.screen import USAGE, as_json, language, note, speaks, trouble_is_usage, words
from sekisho.model.call_ids import CallId
from sekisho.model.escape import printable
from sekisho.model.place import Kind
from sekisho.pin.records import Key
from sekisho.scan.words import title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.engine.ready import Ready
    from sekisho.guards.objection import Told
    from sekisho.meaning.argument import Argument, Effects, Meaning
    from sekisho.meaning.parameter import Source
    from sekisho.pin.records import Ledger
    from sekisho.policy.facts import ServerFacts
    from sekisho.rules.called import Objected
    from sekisho.wire.strict import JsonObject

__all__ = ["call"]

_ROUNDS: Final = 3
"""How often the guards may ask for facts, as in a session."""

_SHOWN: Final = 120
"""The most columns of a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What is said about arguments."""

    texts: Sequence[Argument]
    """Each text in them, with its meanings."""

    found: Sequence[Objected]
    """What is objected to."""


@click.command()
@click.argument("server", metavar="SERVER")
@click.argument("tool", metavar="TOOL")
@click.option(
    "--arguments", metavar="JSON", help="Arguments of a call, to be judged as they would be. Nothing is sent."
)
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@click.argument("command", nargs=-1, metavar="[-- CMD ARGS...]", type=click.UNPROCESSED)
@speaks
def call(server: str, tool: str, command: tuple[str, ...], *, arguments: str | None, json_: bool) -> None:
    r"""Say what each parameter of a tool could mean, and why.

    A parameter can mean several things, and each of its values is judged by all of
    them. With --arguments it says what the guards and the schema object to, looking
    at this machine's files and resolver as a call would. SERVER is as in
    `explain server`. Exit code 1 when a call with these arguments would be refused.

    \b
    Examples:
      sekisho explain call files read_file
      sekisho explain call files read_file --arguments '{"path": "../x"}'
    """
    from sekisho.engine.ready import of_body  # noqa: PLC0415 - starting fast
    from sekisho.policy.calls import terms_of  # noqa: PLC0415 - as above

    with trouble_is_usage():
        found = known(None if server == "_" else server, command)
        given = _given(arguments)
    ready = of_body(tool, _body(found.ledger, tool), found.facts, terms_of(found.calls, tool))
    judged = None if given is None else asyncio.run(_judge(ready, given, found.facts))
    if json_:
        as_json(_plain(ready, judged))
    else:
        for line in _lines(tool, ready, judged):
            click.echo(line)
    sys.exit(1 if judged is not None and judged.found else 0)


def _body(ledger: Ledger, tool: str) -> JsonObject:
    """Return a tool's definition, the approved one if there is any; end this process when it was never seen."""
    from sekisho.wire.views import obj  # noqa: PLC0415 - starting fast

    pin = ledger.pins.get(Key(Kind.TOOL, tool))
    text = None if pin is None else pin.approved or pin.waiting
    if text is None:
        note(CallId.EXPLAIN_NO_TOOL, tool=tool, server=ledger.server)
        sys.exit(1)
    return obj(text.body)


def _given(arguments: str | None) -> JsonObject | None:
    from sekisho.wire.strict import Limits, WireError, loads  # noqa: PLC0415 - starting fast

    if arguments is None:
        return None
    try:
        value = loads(arguments.encode("utf-8", "replace"), Limits())
    except WireError:
        value = None
    if not isinstance(value, dict):
        note(CallId.EXPLAIN_NO_OBJECT)
        sys.exit(USAGE)
    return value


async def _judge(ready: Ready, given: JsonObject, facts: ServerFacts) -> _Judged:
    """Judge arguments as a session would, fetching the same facts."""
    from sekisho.engine.checking import check  # noqa: PLC0415 - starting fast
    from sekisho.engine.guarding import guard  # noqa: PLC0415 - as above
    from sekisho.gateway.looking import look  # noqa: PLC0415 - as above
    from sekisho.gateway.worker import borrow  # noqa: PLC0415 - as above
    from sekisho.guards.objection import NOTHING_TOLD  # noqa: PLC0415 - as above

    texts = ready.tool.read(given)
    told = NOTHING_TOLD
    worker = borrow()
    try:
        for _ in range(_ROUNDS):
            guarded = guard(texts, ready.tool, facts, told)
            checked = check(ready.contract, given, told)
            needs = (*guarded.needs, *checked.needs)
            if guarded.found or checked.found or not needs:
                break
            told = _joined(told, await look(needs, worker))
        else:
            guarded, checked = guard(texts, ready.tool, facts, told), check(ready.contract, given, told)
    finally:
        worker.give_back()
    return _Judged(texts=texts, found=guarded.found or checked.found)


def _joined(one: Told, other: Told) -> Told:
    from sekisho.guards.objection import Told  # noqa: PLC0415 - starting fast

    return Told(
        real_paths={**one.real_paths, **other.real_paths},
        addresses={**one.addresses, **other.addresses},
        worked={**one.worked, **other.worked},
    )


def _lines(name: str, ready: Ready, judged: _Judged | None) -> Iterator[str]:
    yield f"{printable(name, width=_SHOWN)}  {words(CallId.EXPLAIN_DOES, does=_does(ready.tool.effects))}"
    rows = [(printable(pointer, width=_SHOWN), _meant(meanings)) for pointer, meanings in ready.tool.declared()]
    yield from sheet(rows or [("", words(CallId.EXPLAIN_NO_PARAMETERS))], indent="  ")
    if judged is None:
        return
    yield ""
    yield words(CallId.EXPLAIN_GIVEN)
    for text in judged.texts:
        shown = f'{printable(text.pointer, width=_SHOWN)}  "{printable(text.value, width=_SHOWN)}"'
        yield from folded(shown, first="  ", rest="    ")
        yield from folded(
            ", ".join(sorted(text.meanings)) or words(CallId.EXPLAIN_MEANS_NOTHING), first="    ", rest="    "
        )
    yield ""
    for each in judged.found:
        rule = each.objection.rule
        said = f"{rule}  {printable(each.argument.pointer, width=_SHOWN)}  {title(rule, language())}"
        yield from folded(said, first="  ! ", rest="    ")
    yield words(CallId.EXPLAIN_REFUSED if judged.found else CallId.EXPLAIN_PASSES)


def _does(effects: Effects) -> str:
    names = ("fetches", "connects", "opens", "executes", "queries", "graphs", "documents", "renders", "writes")
    return ", ".join(name for name in names if getattr(effects, name)) or "reads"


def _meant(meanings: Mapping[Meaning, Sequence[Source]]) -> str:
    told = (f"{meaning} ({', '.join(sources) or 'policy'})" for meaning, sources in meanings.items())
    return ", ".join(told) or words(CallId.EXPLAIN_BY_LOOK)


def _plain(ready: Ready, judged: _Judged | None) -> dict[str, object]:
    parameters = {
        pointer: {str(meaning): [str(source) for source in sources] for meaning, sources in meanings.items()}
        for pointer, meanings in ready.tool.declared()
    }
    plain: dict[str, object] = {"does": _does(ready.tool.effects), "parameters": parameters}
    if judged is not None:
        plain["arguments"] = [
            {"pointer": each.pointer, "value": each.value, "meanings": sorted(each.meanings)} for each in judged.texts
        ]
        plain["objections"] = [{"rule": each.objection.rule, "pointer": each.argument.pointer} for each in judged.found]
    return plain
