"""`sekisho pin`: what was approved of each server, and what changed."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.layout import folded
from sekisho.cli.pinned import export, import_, list_
from sekisho.cli.screen import USAGE, as_json, complain, note, say, speaks, words
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.model.scan_ids import ScanId

if TYPE_CHECKING:
    from sekisho.pin.compare import Difference
    from sekisho.scan.dumps import Dump

__all__ = ["pin"]

_MEMBERS: Final = {
    Kind.TOOL: ("tools",),
    Kind.PROMPT: ("prompts",),
    Kind.RESOURCE: ("resources",),
    Kind.TEMPLATE: ("resourceTemplates",),
    # What a server says at the handshake comes together: an answer without instructions has none.
    Kind.INSTRUCTIONS: ("instructions", "serverInfo"),
    Kind.SERVER: ("serverInfo", "instructions"),
}
"""The members of a dump of which one has to be there, so that a definition of a kind can be missing from it."""


@click.group()
def pin() -> None:
    r"""Keep what servers tell a model as it was when it was approved.

    \b
    Example:
      sekisho pin diff before.json after.json
    """


@pin.command()
@click.argument("before")
@click.argument("after")
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def diff(before: str, after: str, json_: bool) -> None:  # noqa: FBT001 - click's option
    r"""Compare two dumps of one server, field by field.

    A dump is the answer to tools/list, or an object with any of tools, prompts,
    resources, resourceTemplates, instructions, serverInfo.

    Neutral is what provably says the same. What waits carries no instruction:
    the approved definition would be kept. What is held would be hidden.

    Exit code 0 when nothing differs or everything that does is neutral, 1
    otherwise, 2 when a dump cannot be used.

    \b
    Examples:
      sekisho pin diff before.json after.json
      sekisho pin diff before.json after.json --json
    """
    old, new = _read(before), _read(after)
    left_out = [kind for kind, members in _MEMBERS.items() if all(new.body.get(it) is None for it in members)]
    found = _compared(old, new, left_out)
    if json_:
        _write_json(before, after, found)
    else:
        _write(before, after, found)
    missing = sorted({member for kind in left_out for member in _MEMBERS[kind][:1] if old.body.get(member) is not None})
    if missing:
        note(MessageId.PIN_DIFF_NOT_COMPARED, path=after, members=", ".join(missing))
    for unseen in (it for dump in (old, new) for it in dump.unseen if it.why is not ScanId.SCAN_NOT_IN_DUMP):
        complain(f"{unseen.what}: {words(unseen.why)}")
    sys.exit(1 if any(it.judgement.grade for it in found) else 0)


def _read(file: str) -> Dump:
    from sekisho.scan.dumps import SourceError, read_dumps  # noqa: PLC0415 - starting fast

    try:
        return next(iter(read_dumps([file]).values()))
    except SourceError as error:
        note(error.message, **error.values)
        sys.exit(USAGE)


def _compared(old: Dump, new: Dump, left_out: list[Kind]) -> tuple[Difference, ...]:
    from sekisho.engine.survey import survey  # noqa: PLC0415 - starting fast
    from sekisho.model.definition import Surface, surface  # noqa: PLC0415 - as above
    from sekisho.pin.compare import compare  # noqa: PLC0415 - as above

    server = "server"
    before = surface(server, old.body)
    kept = tuple(it for it in before.definitions if it.place.kind not in left_out)
    return compare(Surface(server=server, definitions=kept), surface(server, new.body), survey({server: new.body}))


def _counts(found: tuple[Difference, ...]) -> dict[str, int]:
    counted = Counter(it.judgement.grade.name.lower() for it in found)
    return {grade: counted[grade] for grade in ("held", "waits", "neutral")}


def _write(before: str, after: str, found: tuple[Difference, ...]) -> None:
    from sekisho.cli.differences import difference_lines  # noqa: PLC0415 - starting fast

    for line in folded(words(MessageId.PIN_DIFF_TITLE, before=before, after=after)):
        click.echo(line)
    if not found:
        say(MessageId.PIN_DIFF_SAME)
        return
    for difference in sorted(found, key=lambda it: -it.judgement.grade):
        click.echo("")
        for line in difference_lines(difference):
            click.echo(line)
    click.echo("")
    say(MessageId.PIN_DIFF_COUNTS, **_counts(found))


def _write_json(before: str, after: str, found: tuple[Difference, ...]) -> None:
    from sekisho.cli.differences import as_plain  # noqa: PLC0415 - starting fast

    differences = [as_plain(it) for it in found]
    as_json({"before": before, "after": after, "counts": _counts(found), "differences": differences})


for _part in (list_, export, import_):
    pin.add_command(_part)
