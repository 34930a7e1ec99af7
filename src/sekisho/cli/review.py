"""`sekisho review`: what waits of each server, and a person's decision about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.person import insist, typed
from sekisho.cli.screen import as_json, note, say, speaks, trouble_is_usage
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.cli.ledgers import Ledgers
    from sekisho.pin.records import Key, Ledger, Pin

__all__ = ["decided", "review"]

_APPROVE: Final = "approve"
_REFUSE: Final = "refuse"


@click.command()
@click.argument("server", required=False)
@click.option("--approve", is_flag=True, help="Approve what is shown: it may be seen and called.")
@click.option("--refuse", is_flag=True, help="Refuse what waits: it stays hidden, and is not asked about again.")
@click.option("--only", multiple=True, metavar="NAME", help="Only what is called so, or `code`. May be repeated.")
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def review(server: str | None, only: tuple[str, ...], *, approve: bool, refuse: bool, json_: bool) -> None:
    r"""Show what servers say about themselves that waits for you, and decide.

    Without SERVER: how every server stands. With SERVER: what waits of it, with
    what was and what is, what rules object to, and what first use approved
    although nobody has looked at it. Looking is for everybody; deciding takes a
    terminal and a typed word, with the limit that `resume --help` tells.

    A decision holds in running sessions within a second.

    \b
    Examples:
      sekisho review
      sekisho review github
      sekisho review github --approve
      sekisho review github --refuse --only send_mail
    """
    if approve and refuse:
        raise click.UsageError("Take either --approve or --refuse.")
    if (approve or refuse or only) and server is None:
        raise click.UsageError("Name the server to decide about.")
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast

    with trouble_is_usage(), open_ledgers() as ledgers:
        if server is None:
            _overview(ledgers.all(), json_=json_)
            return
        ledger = ledgers.named(server)
        pins = _chosen(ledger, only, refuse=refuse)
        _shown(ledger, pins, json_=json_, decides=approve or refuse)
        if approve or refuse:
            _decide(ledgers, ledger, pins, approve=approve)


def _overview(all_: Sequence[Ledger], *, json_: bool) -> None:
    from sekisho.cli.waiting import counts, show_server  # noqa: PLC0415 - starting fast

    if json_:
        as_json([{"server": each.server, "quarantine": each.quarantine, **counts(each)} for each in all_])
        return
    if not all_:
        say(MessageId.REVIEW_NOBODY)
    for ledger in all_:
        show_server(ledger)


def _chosen(ledger: Ledger, only: Sequence[str], *, refuse: bool) -> list[Pin]:
    from sekisho.cli.waiting import unseen, waits  # noqa: PLC0415 - starting fast

    pins = waits(ledger) if refuse else [*waits(ledger), *unseen(ledger)]
    for name in only:
        if all(_called(pin) != name for pin in pins):
            note(MessageId.REVIEW_NO_SUCH_NAME, name=name)
            sys.exit(1)
    return [pin for pin in pins if not only or _called(pin) in only]


def _called(pin: Pin) -> str:
    """Return what a person calls a definition; what a server has one of is called by its kind."""
    return pin.key.name or str(pin.key.kind)


def _shown(ledger: Ledger, pins: Sequence[Pin], *, json_: bool, decides: bool) -> None:
    from sekisho.cli.differences import as_plain  # noqa: PLC0415 - starting fast
    from sekisho.cli.waiting import counts, difference, show_pins, show_server  # noqa: PLC0415 - as above

    if json_:
        waiting = [as_plain(difference(ledger, pin, pin.waiting)) for pin in pins if pin.waiting is not None]
        unseen = [{"kind": str(pin.key.kind), "name": pin.key.name} for pin in pins if pin.waiting is None]
        head = {"server": ledger.server, "quarantine": ledger.quarantine, **counts(ledger)}
        as_json({**head, "waiting": waiting, "unseen": unseen})
        return
    show_server(ledger)
    show_pins(ledger, [pin for pin in pins if pin.waiting is not None])
    rest = [pin for pin in pins if pin.waiting is None]
    if rest:
        click.echo("")
        say(MessageId.REVIEW_UNSEEN, count=len(rest))
        show_pins(ledger, rest)
    if not decides and pins:
        click.echo("")
        say(MessageId.REVIEW_HOW)


def _decide(ledgers: Ledgers, ledger: Ledger, pins: Sequence[Pin], *, approve: bool) -> None:
    if not pins:
        say(MessageId.REVIEW_NOTHING)
        return
    word = _APPROVE if approve else _REFUSE
    insist(ledgers.directory, "review", MessageId.ALLOW_NEEDS_PERSON)
    click.echo("")
    say(MessageId.REVIEW_ASK if approve else MessageId.REVIEW_ASK_REFUSE, count=len(pins), word=word)
    if not typed(word):
        note(MessageId.ALLOW_NOT_TYPED, word=word)
        sys.exit(1)
    decided(ledgers, ledger.server, [(pin.key, named(pin)) for pin in pins], approve=approve)
    say(MessageId.REVIEW_DONE if approve else MessageId.REVIEW_TURNED_DOWN, count=len(pins))


def named(pin: Pin) -> str:
    """Return the fingerprint of the text of a pin that a person was shown."""
    if pin.waiting is not None:
        return pin.waiting.fingerprint
    return pin.approved.fingerprint if pin.approved is not None else ""


def decided(ledgers: Ledgers, server: str, texts: Sequence[tuple[Key, str]], *, approve: bool) -> None:
    """Let a person's decision about texts that they saw hold: about all of them, or about none."""
    from sekisho.pin import review as decisions  # noqa: PLC0415 - starting fast

    def change(ledger: Ledger) -> Ledger:
        for key, fingerprint in texts:
            act = decisions.approve if approve else decisions.refuse
            ledger = act(ledger, key, fingerprint)
        return ledger

    event = "definitions-approved" if approve else "definitions-refused"
    ledgers.decide(server, event, change, names=", ".join(f"{key.kind} {key.name}" for key, _ in texts)[:256])
