"""Every plan of `steps`, in each generation that its server speaks, direct and on both routes, compared in full.

`rows` is what `run` calls; `hosts` carries, `packages` installs, `compare` judges.
Limits: one set of declared capabilities; times of day are made equal before the comparison.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from compare import differences, narrowed
from hosts import leave_to_host, over_http, over_stdio, place, sekisho, serve
from packages import PYPI, Installed, node_servers, python_servers
from refusals import is_error, rule_in, short_of
from steps import LISTS, PLANS, furnish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hosts import Session
    from refusals import Call
    from steps import Plan

    from peers.places import Place

Answers: TypeAlias = "list[tuple[str, object]]"

_MIRROR: Final = "mirror"
_ROUTES: Final = ("run --", "serve --")
_PAGES: Final = 50
_SECONDS: Final = 180.0
"""For one server in one generation on one route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One server in one generation on one route."""

    server: str
    """Its package."""
    version: str
    """Its exact version."""
    generation: str
    """The revision that was spoken."""
    route: str
    """How the checkpoint was put before it."""
    compared: int
    """Answers."""
    differences: list[str]
    """Where they differ; empty when none does."""


def rows(page: str, packages: Sequence[str]) -> list[Row]:
    """Compare the named servers, and the mirror.

    Raises:
        UnavailableError: a server cannot be installed.
    """
    installed = {_MIRROR: Installed("1", (sys.executable, str(Path(__file__).with_name("mirror.py"))))}
    if not set(packages) <= set(PYPI):
        installed |= node_servers()
    if set(packages) & set(PYPI):
        installed |= python_servers()
    plans = [plan for plan in PLANS if plan.package in {_MIRROR, *packages}]
    with tempfile.TemporaryDirectory(prefix="sekisho-fidelity-") as scratch:
        at = place(Path(scratch).resolve())
        leave_to_host(at.env)
        return asyncio.run(_rows(plans, installed, at, page))


async def _rows(plans: Sequence[Plan], installed: Mapping[str, Installed], at: Place, page: str) -> list[Row]:
    found: list[Row] = []
    for plan in plans:
        for is_modern in (False, True) if plan.package in PYPI else (False,):
            direct = await _taken(plan, installed, at, page, route="direct", is_modern=is_modern)
            for route in _ROUTES:
                through = await _taken(plan, installed, at, page, route=route, is_modern=is_modern)
                row = Row(
                    server=plan.package,
                    version=installed[plan.package].version,
                    generation="2026-07-28" if is_modern else "2025-11-25",
                    route=route,
                    compared=len(direct),
                    differences=_compared(plan.package, direct, through),
                )
                found.append(row)
    return found


def _compared(server: str, direct: Answers, through: Answers) -> list[str]:
    found = [] if len(direct) == len(through) else [f"{len(direct)} and {len(through)} answers"]
    refused: Counter[Call] = Counter()
    for (label, one), (_, other) in zip(direct, through, strict=False):
        if rule := rule_in(cast("dict[str, object]", other).get("answer")):
            refused[label, rule] += not is_error(cast("dict[str, object]", one).get("answer"))
        else:
            found += [f"{label} {where}" for where in differences(one, other)]
    return [*found, *short_of(server, refused)]


async def _taken(
    plan: Plan, installed: Mapping[str, Installed], at: Place, page: str, *, route: str, is_modern: bool
) -> Answers:
    root = at.folder / "root"
    shutil.rmtree(root, ignore_errors=True)
    furnish(root)
    words = {"root": str(root), "page": page}
    command = [*installed[plan.package].command, *(str(_filled(each, words)) for each in plan.arguments)]
    own = {name: str(_filled(value, words)) for name, value in plan.env.items()}
    options = [part for name, value in own.items() for part in ("--env", f"{name}={value}")]
    async with asyncio.timeout(_SECONDS):
        if route == "serve --":
            async with (
                serve(at, *options, "--", *command) as served,
                over_http(served.port, root=root, is_modern=is_modern) as session,
            ):
                return await _asked(session, plan, words)
        front = sekisho("run", *options, "--") if route == "run --" else ()
        async with over_stdio([*front, *command], env={**at.env, **own}, root=root, is_modern=is_modern) as session:
            return await _asked(session, plan, words)


async def _asked(session: Session, plan: Plan, words: Mapping[str, str]) -> Answers:
    answers: Answers = [("opened", narrowed(session.opened))]
    for method in LISTS:
        cursor: object = None
        for _ in range(_PAGES):
            told = await session.ask(method, {} if cursor is None else {"cursor": cursor})
            answers.append((method, told))
            answer = cast("dict[str, dict[str, object]]", told["answer"])
            cursor = answer.get("result", {}).get("nextCursor")
            if cursor is None:
                break
    for method, params in plan.steps:
        filled = cast("dict[str, object] | None", _filled(params, words))
        answers.append((f"{method} {(filled or {}).get('name', '')}".strip(), await session.ask(method, filled)))
    return answers


def _filled(value: object, words: Mapping[str, str]) -> object:
    """Return a value with `{root}` and `{page}` replaced in its strings."""
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", word)
        return value
    if isinstance(value, dict):
        return {name: _filled(each, words) for name, each in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [_filled(each, words) for each in cast("list[object]", value)]
    return value
