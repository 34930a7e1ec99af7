"""What to do first: at most three things, so that a long report has a beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Severity
from sekisho.model.messages import text
from sekisho.model.scan_ids import ScanId
from sekisho.rules.pages import rule_page
from sekisho.scan import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.model.messages import Lang
    from sekisho.scan.report import Cause, Report

__all__ = ["Step", "steps"]

_MOST: Final = 3
_SAID_BY_SERVERS: Final = frozenset({"definition", "namespace", "started"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do."""

    rules: tuple[str, ...]
    """The rules whose findings it answers."""

    text: str
    """What to do, for a person."""


def steps(report: Report, lang: Lang) -> tuple[Step, ...]:
    """Return the first things to do: keep a server out that works against its user, and have the rest mended."""
    against: dict[str, list[Cause]] = {}
    others: list[Cause] = []
    for cause in report.causes:
        if cause.severity >= Severity.HIGH and _is_said_by_servers(cause.rule):
            for server in cause.servers:
                against.setdefault(server, []).append(cause)
        else:
            others.append(cause)
    kept_out = (_keep_out(server, causes, lang) for server, causes in against.items())
    return tuple([*kept_out, *(_mend(cause, lang) for cause in others)][:_MOST])


def _is_said_by_servers(rule: str) -> bool:
    page = rule_page(rule)
    return page is None or page.family in _SAID_BY_SERVERS


def _keep_out(server: str, causes: Sequence[Cause], lang: Lang) -> Step:
    titles = _listed([words.title(cause.rule, lang) for cause in causes], "; ")
    said = text(ScanId.SCAN_TAKE_OUT, lang, server=server, titles=titles)
    return Step(rules=tuple(cause.rule for cause in causes), text=said)


def _mend(cause: Cause, lang: Lang) -> Step:
    fix = words.fix(cause.rule, lang)
    said = text(ScanId.SCAN_SEE_TO, lang, servers=_listed(cause.servers, ", "), fix=fix)
    return Step(rules=(cause.rule,), text=said)


def _listed(names: Sequence[str], between: str) -> str:
    return between.join(_clipped(names))


def _clipped(names: Sequence[str]) -> Iterator[str]:
    yield from names[:_MOST]
    if len(names) > _MOST:
        yield f"+{len(names) - _MOST}"
