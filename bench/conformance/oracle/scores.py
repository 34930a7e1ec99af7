"""What a run of the suite gave, read from the files that it writes."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Checks = dict[str, list[Mapping[str, object]]]

_STAMP = re.compile(r"-\d{4}-\d{2}-\d{2}T[\d-]+Z$")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario that was run."""

    name: str
    """The suite's name of it."""
    passed: int
    """Checks that succeeded."""
    failed: tuple[str, ...]
    """Ids of the checks that failed, sorted."""
    warned: tuple[str, ...]
    """Ids of the checks that warned (a SHOULD that is not met), sorted."""

    @property
    def fine(self) -> bool:
        """Whether it counts as passed: something succeeded, and nothing failed or warned."""
        return self.passed > 0 and not self.failed and not self.warned


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One run, reduced to what is judged."""

    scenarios_passed: int
    """Scored scenarios that passed."""
    scenarios_total: int
    """Scored scenarios."""
    checks_passed: int
    """Checks that succeeded in scored scenarios."""
    checks_failed: int
    """Checks that failed in scored scenarios."""
    all_passed: int
    """Checks that succeeded in all scenarios, as the suite's command line counts them."""
    all_failed: int
    """Checks that failed in all scenarios."""
    failures: tuple[str, ...]
    """`scenario:check` of everything scored that failed or was not run, sorted."""
    warnings: tuple[str, ...]
    """`scenario:check` of everything scored that warned, sorted."""
    unscored: tuple[str, ...]
    """Scenarios that failed without being scored, sorted."""


def read(folder: Path) -> Checks:
    """The checks of every scenario below a result folder, by scenario."""
    found: Checks = {}
    for path in sorted(folder.glob("**/checks.json")):
        name = _STAMP.sub("", str(path.parent.relative_to(folder))).removeprefix(
            "server-",
        )
        found[name] = cast("list[Mapping[str, object]]", json.loads(path.read_text("utf-8")))
    return found


def scenario(name: str, checks: Sequence[Mapping[str, object]]) -> Scenario:
    """One scenario out of its checks."""

    def ids(status: str) -> tuple[str, ...]:
        return tuple(sorted(str(each["id"]) for each in checks if each["status"] == status))

    return Scenario(name, len(ids("SUCCESS")), ids("FAILURE"), ids("WARNING"))


def score(found: Mapping[str, Sequence[Mapping[str, object]]], *, scored: Iterable[str] | None) -> Score:
    """Judge a run.

    Args:
        found: The checks by scenario.
        scored: Which scenarios count; `None` for all that were run. A scored one that was not run has failed.
    """
    statuses = Counter(each["status"] for checks in found.values() for each in checks)
    names = tuple(found) if scored is None else tuple(scored)
    counted = [scenario(name, found.get(name, ())) for name in names]
    others = [scenario(name, checks) for name, checks in found.items() if name not in names]
    not_run = [f"{name}:not run" for name in names if not found.get(name)]
    return Score(
        scenarios_passed=sum(each.fine for each in counted),
        scenarios_total=len(counted),
        checks_passed=sum(each.passed for each in counted),
        checks_failed=sum(len(each.failed) for each in counted),
        all_passed=statuses["SUCCESS"],
        all_failed=statuses["FAILURE"],
        failures=tuple(sorted([*not_run, *(f"{one.name}:{check}" for one in counted for check in one.failed)])),
        warnings=tuple(sorted(f"{one.name}:{check}" for one in counted for check in one.warned)),
        unscored=tuple(sorted(each.name for each in others if each.failed)),
    )
