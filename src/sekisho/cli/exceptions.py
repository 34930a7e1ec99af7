"""Exceptions: a rule about calls that a person lets be silent at one tool of one server, for a while.

They are kept in the user's own state and nowhere else: no file of a project or a server can hold one.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.layout import folded_lines, local, sheet
from sekisho.cli.person import insist, typed
from sekisho.cli.screen import USAGE, as_json, language, note, say, speaks, trouble_is_usage, words
from sekisho.model.call_ids import CallId
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from sekisho.cli.ledgers import Ledgers
    from sekisho.ports import Allowance
    from sekisho.rules.pages import RulePage

__all__ = ["list_", "tool"]

_WORD: Final = "allow"
_SECONDS: Final = {"h": 3600, "d": 86_400}
_LONGEST: Final = 90 * 86_400
_TIME: Final = re.compile(r"([0-9]{1,4})([hd])")
_REASON: Final = 200
"""The most characters of a reason that are kept."""


@click.command()
@click.argument("name", metavar="SERVER.TOOL")
@click.option("--rule", metavar="R", help="The rule that is to be silent there.")
@click.option("--expires", metavar="T", help="For how long, such as 8h or 30d; 90d at most.")
@click.option("--reason", metavar="TEXT", help="Why; it is kept and shown.")
@click.option("--withdraw", is_flag=True, help="Allow it no more. Anybody may do that.")
@speaks
def tool(name: str, *, rule: str | None, expires: str | None, reason: str | None, withdraw: bool) -> None:
    r"""Let one rule about calls be silent at one tool of one server, for a while.

    `tool` may be left out. Critical rules can't be allowed like this, nor those that
    guard Sekisho's own files, a host's settings, and what runs by itself; a single
    call can be released. Each use is on record.

    It takes a terminal and a typed word, with the limit that `resume --help`
    tells.

    \b
    Examples:
      sekisho allow tool git.git_log --rule word-option --expires 30d --reason why
      sekisho allow tool git.git_log --rule word-option --withdraw
    """
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast

    if rule is None or (not withdraw and (expires is None or not reason)):
        note(CallId.ALLOW_TOOL_REASON)
        sys.exit(USAGE)
    page = _page(rule)
    seconds = 0 if withdraw else _seconds(expires or "")
    with trouble_is_usage(), open_ledgers() as ledgers:
        server, own = _named(ledgers, name)
        if withdraw:
            _withdraw(ledgers, server, own, rule)
        else:
            _allow(ledgers, server, own, page, seconds, (reason or "")[:_REASON])


@click.command("list")
@click.option("--json", "json_", is_flag=True, help="As one JSON array.")
@speaks
def list_(*, json_: bool) -> None:
    r"""List what rules are allowed to be silent at tools, and until when.

    \b
    Example:
      sekisho allow list
    """
    from sekisho.cli.ledgers import open_ledgers, today  # noqa: PLC0415 - starting fast

    with trouble_is_usage(), open_ledgers() as ledgers:
        found = [each for each in ledgers.store.allowances.all() if each.expires * 1000 > today()]
    if json_:
        as_json([{name: getattr(each, name) for name in each.__dataclass_fields__} for each in found])
        return
    if not found:
        say(CallId.ALLOW_LIST_NONE)
    for line in sheet([(each.rule, _line(each)) for each in found]):
        click.echo(line)


def _line(each: Allowance) -> str:
    from sekisho.cli.records import server_name  # noqa: PLC0415 - starting fast

    return words(
        CallId.ALLOW_LIST_LINE,
        tool=each.tool,
        server=server_name(each.server),
        until=_day(each.expires),
        reason=each.reason,
    )


def _page(rule: str) -> RulePage:
    """Return the page of a rule that can be excepted; end this process when it is none."""
    from sekisho.cli.refused import call_page  # noqa: PLC0415 - starting fast
    from sekisho.policy.leniency import can_be_excepted  # noqa: PLC0415 - as above

    page = call_page(rule)
    if page is None:
        note(CallId.ALLOW_TOOL_NO_RULE, rule=rule)
        sys.exit(USAGE)
    if not can_be_excepted(rule, page.rule.severity):
        note(CallId.ALLOW_TOOL_NEVER, rule=rule)
        sys.exit(1)
    return page


def _seconds(text: str) -> int:
    found = _TIME.fullmatch(text)
    seconds = int(found[1]) * _SECONDS[found[2]] if found is not None else 0
    if not 0 < seconds <= _LONGEST:
        note(CallId.ALLOW_TOOL_WHEN, text=text)
        sys.exit(USAGE)
    return seconds


def _named(ledgers: Ledgers, name: str) -> tuple[str, str]:
    """Return the server and the tool that a name means: both may have dots, so the longest known server counts."""
    from sekisho.cli.records import server_name  # noqa: PLC0415 - starting fast

    known = ledgers.store.ledgers.servers()
    for place in sorted((at for at, char in enumerate(name) if char == "."), reverse=True):
        called, own = name[:place], name[place + 1 :]
        if own and (called in known or any(server_name(each) == called for each in known)):
            return ledgers.named(called).server, own
    note(CallId.ALLOW_TOOL_UNKNOWN, name=name)
    sys.exit(1)


def _withdraw(ledgers: Ledgers, server: str, own: str, rule: str) -> None:
    from sekisho.cli.records import server_name  # noqa: PLC0415 - starting fast

    about = {"rule": rule, "tool": own, "server": server_name(server)}
    if not ledgers.store.allowances.withdraw(server, own, rule):
        say(CallId.ALLOW_TOOL_NONE, **about)
        return
    ledgers.put_on_record("exception-withdrawn", about=server, name=own, rule=rule)
    say(CallId.ALLOW_TOOL_WITHDRAWN, **about)


def _allow(ledgers: Ledgers, server: str, own: str, page: RulePage, seconds: int, reason: str) -> None:
    from sekisho.cli.house import principal  # noqa: PLC0415 - starting fast
    from sekisho.cli.ledgers import today  # noqa: PLC0415 - as above
    from sekisho.cli.records import server_name  # noqa: PLC0415 - as above
    from sekisho.ports import Allowance  # noqa: PLC0415 - as above
    from sekisho.scan.words import title  # noqa: PLC0415 - as above

    rule = page.rule.id
    insist(ledgers.directory, "exception", MessageId.ALLOW_NEEDS_PERSON)
    now = int(today() / 1000)
    expires, called = now + seconds, server_name(server)
    shows = words(
        CallId.ALLOW_TOOL_SHOWS,
        until=_day(expires),
        rule=rule,
        title=title(rule, language()),
        tool=own,
        server=called,
    )
    for line in folded_lines(shows):
        click.echo(line)
    say(CallId.ALLOW_TOOL_ASK, word=_WORD)
    if not typed(_WORD):
        note(MessageId.ALLOW_NOT_TYPED, word=_WORD)
        sys.exit(1)
    # On record before it happens, as every decision of a person.
    ledgers.put_on_record("exception-allowed", about=server, name=own, rule=rule, expires=str(expires))
    ledgers.store.allowances.allow(
        Allowance(
            server=server,
            tool=own,
            rule=rule,
            reason=reason,
            principal=principal(),
            granted=now,
            expires=expires,
        )
    )
    for line in folded_lines(words(CallId.ALLOW_TOOL_DONE, until=_day(expires), tool=f"{called}.{own}", rule=rule)):
        click.echo(line)


def _day(seconds: int) -> str:
    when = local(seconds * 1000)
    return "?" if when is None else f"{when:%Y-%m-%d %H:%M}"
