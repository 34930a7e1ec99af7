"""`sekisho pin list`, `export` and `import`: what was approved, to look at and to carry elsewhere."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click
import orjson

from sekisho.cli.layout import folded
from sekisho.cli.person import insist, typed
from sekisho.cli.screen import USAGE, as_json, note, say, speaks, trouble_is_usage
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.wire.views import items

if TYPE_CHECKING:
    from sekisho.pin.records import Ledger
    from sekisho.wire.strict import Json

__all__ = ["export", "import_", "list_"]

_WORD: Final = "import"


@click.command("list")
@click.argument("server", required=False)
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def list_(server: str | None, *, json_: bool) -> None:
    r"""List what is known of servers: each definition, how it stands, who approved it.

    \b
    Examples:
      sekisho pin list
      sekisho pin list github --json
    """
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast
    from sekisho.cli.waiting import show_server  # noqa: PLC0415 - as above

    with trouble_is_usage(), open_ledgers() as ledgers:
        chosen = [ledgers.named(server)] if server is not None else ledgers.all()
        if json_:
            as_json({ledger.server: _rows(ledger) for ledger in chosen})
            return
        if not chosen:
            say(MessageId.REVIEW_NOBODY)
        for ledger in chosen:
            show_server(ledger)
            for row in _rows(ledger):
                line = f"{row['state']:<9} {row['by'] or '-':<10} {row['kind']} {row['name']}"
                for each in folded(printable(line), first="  ", rest="    "):
                    click.echo(each)


def _rows(ledger: Ledger) -> list[dict[str, str]]:
    return [
        {
            "kind": str(pin.key.kind),
            "name": pin.key.name,
            "state": str(pin.state),
            "by": str(pin.approved.by) if pin.approved is not None else "",
            "fingerprint": pin.approved.fingerprint if pin.approved is not None else "",
        }
        for pin in sorted(ledger.pins.values(), key=lambda pin: (pin.key.kind, pin.key.name))
    ]


@click.command()
@click.argument("server", required=False)
def export(server: str | None) -> None:
    r"""Print what was approved, for another machine of yours, or for a backup.

    The texts of definitions are in it as they came. What waits goes along.

    \b
    Example:
      sekisho pin export > pins.json
    """
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast
    from sekisho.pin.plain import to_plain  # noqa: PLC0415 - as above

    with trouble_is_usage(), open_ledgers() as ledgers:
        chosen = [ledgers.named(server)] if server is not None else ledgers.all()
        as_json([to_plain(ledger) for ledger in chosen])


@click.command("import")
@click.argument("file")
@speaks
def import_(file: str) -> None:
    r"""Take over what was approved elsewhere.

    What FILE says about a definition takes the place of what is known of it
    here, except which code it ran: that is a matter of each machine. It takes a
    terminal and a typed word, with the limit that
    `resume --help` tells: whoever wrote the file decides what you will see.

    \b
    Example:
      sekisho pin import pins.json
    """
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast

    with trouble_is_usage(), open_ledgers() as ledgers:
        read = _read(file)
        for ledger in read:
            for line in folded(printable(f"{ledger.server}: {len(ledger.pins)}"), first="  ", rest="    "):
                click.echo(line)
        insist(ledgers.directory, "pin-import", MessageId.ALLOW_NEEDS_PERSON)
        say(MessageId.PIN_IMPORT_ASK, count=sum(len(ledger.pins) for ledger in read), word=_WORD)
        if not typed(_WORD):
            note(MessageId.ALLOW_NOT_TYPED, word=_WORD)
            sys.exit(1)
        for ledger in read:
            ledgers.decide(ledger.server, "pins-imported", lambda kept, ledger=ledger: _joined(kept, ledger))
        say(MessageId.PIN_IMPORT_DONE, count=len(read))


def _read(file: str) -> list[Ledger]:
    """Return the ledgers of an export; end this process where it is none."""
    from sekisho.pin.plain import PlainError, from_plain  # noqa: PLC0415 - starting fast

    try:
        data: Json = orjson.loads(Path(file).read_bytes())
        return [from_plain(each) for each in items(data) or [data]]
    except (OSError, ValueError, PlainError) as error:
        note(MessageId.PIN_IMPORT_UNREADABLE, file=file, problem=str(error))
        sys.exit(USAGE)


def _joined(kept: Ledger, read: Ledger) -> Ledger:
    # Which code runs is a matter of this machine: what another one ran says nothing about it.
    pins = {key: pin for key, pin in read.pins.items() if key.kind is not Kind.CODE}
    openings = (*kept.openings, *(each for each in read.openings if each not in kept.openings))
    return replace(kept, pins=MappingProxyType({**kept.pins, **pins}), openings=openings)
