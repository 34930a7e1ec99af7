"""A picture of servers and flows: what comes to the agent, and what can leave it. Inline SVG without a script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from sekisho.flow.roles import Role
from sekisho.model.escape import printable
from sekisho.model.messages import text
from sekisho.model.scan_ids import ScanId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.model.finding import Severity
    from sekisho.model.messages import Lang
    from sekisho.scan.report import Report, Server

__all__ = ["picture"]

_WIDTH: Final = 900
_BOX: Final = (240, 40)
_STEP: Final = 58
_TOP: Final = 44
_RIGHT: Final = _WIDTH - _BOX[0] - 10
_AGENT: Final = (370, 160)
"""Where the agent's box begins, and how wide it is."""
_MOST: Final = 12
_NAME: Final = 26

_COMES: Final = (Role.OUTSIDE, Role.PRIVATE)
_ROLE_WORDS: Final = {
    Role.OUTSIDE: ScanId.PICTURE_OUTSIDE,
    Role.PRIVATE: ScanId.PICTURE_PRIVATE,
    Role.OUTWARD: ScanId.PICTURE_OUTWARD,
}


def picture(report: Report, lang: Lang) -> str:
    """Draw the servers whose definitions were read; a server that both brings in and sends stands on both sides."""
    worst: dict[str, Severity] = {}
    for spot in report.spots:
        name = spot.finding.place.server
        worst[name] = max(spot.finding.severity, worst.get(name, spot.finding.severity))
    left = [server for server in report.servers if server.roles.intersection(_COMES)]
    right = [server for server in report.servers if Role.OUTWARD in server.roles]
    if not left and not right:
        return ""
    height = _TOP + _STEP * max(_rows(left), _rows(right))
    middle = _TOP + (height - _TOP) // 2
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{_said(ScanId.PICTURE_TITLE, lang)}">',
        *_column(left, 10, ScanId.PICTURE_LEFT, lang, worst),
        *_column(right, _RIGHT, ScanId.PICTURE_RIGHT, lang, worst),
        f'<rect class="agent" x="{_AGENT[0]}" y="{middle - 34}" width="{_AGENT[1]}" height="56" rx="28"/>',
        (
            f'<text x="{_AGENT[0] + _AGENT[1] // 2}" y="{middle - 1}" text-anchor="middle">'
            f"{_said(ScanId.PICTURE_AGENT, lang)}</text>"
        ),
        *_flows(left, right, middle - 6),
        "</svg>",
    ]
    return "\n".join(parts)


def _rows(servers: Sequence[Server]) -> int:
    return max(1, min(len(servers), _MOST) + (len(servers) > _MOST))


def _column(
    servers: Sequence[Server], x: int, head: ScanId, lang: Lang, worst: Mapping[str, Severity]
) -> Iterator[str]:
    yield f'<text class="small" x="{x}" y="24">{_said(head, lang)}</text>'
    for row, server in enumerate(servers[:_MOST]):
        y = _TOP + row * _STEP
        level = worst.get(server.name)
        mark = f" {level.name.lower()}" if level is not None else ""
        yield f'<rect class="box{mark}" x="{x}" y="{y}" width="{_BOX[0]}" height="{_BOX[1]}" rx="6"/>'
        yield f'<text x="{x + 10}" y="{y + 17}">{escape(printable(server.name, width=_NAME))}</text>'
        shown = [role for role in Role if role in server.roles and (role in _COMES) == (x != _RIGHT)]
        said = " · ".join(_said(_ROLE_WORDS[role], lang) for role in shown)
        yield f'<text class="small" x="{x + 10}" y="{y + 33}">{said}</text>'
    if len(servers) > _MOST:
        more = _said(ScanId.PICTURE_MORE, lang, count=len(servers) - _MOST)
        yield f'<text class="small" x="{x + 10}" y="{_TOP + _MOST * _STEP + 17}">{more}</text>'


def _flows(left: Sequence[Server], right: Sequence[Server], middle: int) -> Iterator[str]:
    for row, server in enumerate(left[:_MOST]):
        each = [role for role in _COMES if role in server.roles]
        for index, role in enumerate(each):
            start = _TOP + row * _STEP + _BOX[1] * (index + 1) // (len(each) + 1)
            yield _arrow(10 + _BOX[0], start, _AGENT[0], middle + 8 * index, role)
    for row, _ in enumerate(right[:_MOST]):
        yield _arrow(_AGENT[0] + _AGENT[1], middle, _RIGHT, _TOP + row * _STEP + _BOX[1] // 2, Role.OUTWARD)


def _arrow(x: int, y: int, to_x: int, to_y: int, role: Role) -> str:
    half = (x + to_x) // 2
    name = role.value
    return (
        f'<path class="flow {name}" d="M{x} {y} C{half} {y} {half} {to_y} {to_x - 9} {to_y}"/>'
        f'<path class="head {name}" d="M{to_x - 10} {to_y - 5} L{to_x} {to_y} L{to_x - 10} {to_y + 5} Z"/>'
    )


def _said(id_: ScanId, lang: Lang, **values: int) -> str:
    return escape(text(id_, lang, **values))
