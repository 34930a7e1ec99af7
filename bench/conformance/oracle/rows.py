"""The rows of the table: which target is run through which part of the suite, and what is expected."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oracle.scores import read, score
from oracle.suite import CURRENT, OLDER
from oracle.targets import (
    TargetFailedError,
    cross_new_host,
    cross_old_host,
    direct,
    driver_command,
    ended_broker,
    place,
    serve_entry,
    serve_stdio,
    serve_url,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from oracle.scores import Checks, Score
    from oracle.suite import Suite
    from oracle.targets import Place

    Target = Callable[[Place], AbstractContextManager[str]]

_SERVER_LIMIT = 240.0
"""Seconds for one run against a server."""
_CLIENT_LIMIT = 60.0
"""Seconds for one client scenario; the suite itself gives the driver 30."""

REVISIONS = ("2025-11-25", "2026-07-28")
_ALL = "all scenarios"


@dataclass(frozen=True, slots=True)
class Expected:
    """The least that a run has to give; nothing that is scored may fail."""

    scenarios: int
    """Scored scenarios that pass."""
    checks: int
    """Scored checks that pass."""
    unreachable: frozenset[str] = frozenset()
    """`scenario:check` that can't pass, and why stands beside it."""


_SERVER = {REVISIONS[0]: Expected(30, 70), REVISIONS[1]: Expected(37, 120), _ALL: Expected(31, 44)}
"""The reference server's own marks, by run.

The older suite has 32 scenarios; one of them only warns, as it speaks 2025-03-26 and asks for what came later.
"""
_CLIENT = {REVISIONS[0]: Expected(5, 20), REVISIONS[1]: Expected(8, 64)}
"""The SDK client's own marks in the scenarios without authorization and extensions, by revision."""


_CROSSED = {
    REVISIONS[0]: Expected(30, 70),
    REVISIONS[1]: Expected(
        34,
        113,
        # The suite wants the key that a 2026 server would choose for its question, answers that question before it was
        # asked, or wants three questions at once from a server that asks one behind the other. No bridge can know.
        frozenset(
            {
                "input-required-result-basic-elicitation:sep-2322-elicitation-incomplete",
                "input-required-result-multiple-input-requests:sep-2322-multiple-inputs-incomplete",
            }
        ),
    ),
}
"""The most that is possible where client and server share no generation, by the client's revision."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    row: str
    """The row's name."""
    run: str
    """The revision, or what else was run."""
    suite: str
    """The suite's version."""
    score: Score
    """What came out."""
    expected: Expected
    """What has to."""

    @property
    def met(self) -> bool:
        """Whether it is what is expected, or better."""
        return (
            self.expected.unreachable.issuperset(self.score.failures)
            and self.score.scenarios_passed >= self.expected.scenarios
            and self.score.checks_passed >= self.expected.checks
        )


@dataclass(frozen=True, slots=True)
class ServerRow:
    """The suite plays the client of a target."""

    name: str
    """The row's name on the command line."""
    target: Target
    """Starts what is tested and gives its address."""

    def results(self, suites: Mapping[str, Suite], folder: Path) -> Iterator[Result]:
        """Run everything that the given suites offer for a server; the files of each run go below `folder`."""
        for revision in REVISIONS:
            scored = suites[CURRENT].requirements(revision).server
            checks = self.checks(suites[CURRENT], ["--requirements", revision], folder / revision)
            yield self._result(revision, CURRENT, score(checks, scored=scored))
        if OLDER in suites:
            checks = self.checks(suites[OLDER], ["--suite", "all"], folder / OLDER)
            yield self._result(_ALL, OLDER, score(checks, scored=None))

    def _result(self, run: str, suite: str, outcome: Score) -> Result:
        return Result(self.name, run, suite, outcome, _SERVER[run])

    def checks(self, suite: Suite, which: list[str], folder: Path) -> Checks:
        """Run a part of a suite."""
        with place(folder) as at:
            try:
                with self.target(at) as url:
                    arguments = ["server", "--url", url, *which, "-o", str(at.results)]
                    suite.run(arguments, limit=_SERVER_LIMIT, env=at.env)
            except TargetFailedError as problem:
                print(f"{self.name}: the target did not listen: {problem}", file=sys.stderr)
            return read(at.results)


@dataclass(frozen=True, slots=True)
class CrossRow:
    """The suite plays a client of one generation in front of a server of the other."""

    name: str
    """The row's name on the command line."""
    revision: str
    """The client's revision."""
    target: Target
    """Starts what is tested and gives its address."""

    def results(self, suites: Mapping[str, Suite], folder: Path) -> Iterator[Result]:
        """Run what the suite requires of a server of the client's revision."""
        row = ServerRow(self.name, self.target)
        scored = suites[CURRENT].requirements(self.revision).server
        checks = row.checks(suites[CURRENT], ["--requirements", self.revision], folder / self.revision)
        yield Result(self.name, self.revision, CURRENT, score(checks, scored=scored), _CROSSED[self.revision])


@dataclass(frozen=True, slots=True)
class ClientRow:
    """The suite plays the server of a client."""

    name: str
    """The row's name on the command line."""
    direct: bool
    """Whether the driver talks to the suite's server itself, instead of through Sekisho."""
    entry: bool = False
    """Whether Sekisho is an entry with a broker behind it, instead of one process."""

    def results(self, suites: Mapping[str, Suite], folder: Path) -> Iterator[Result]:
        """Run the scenarios without authorization, by revision; their files go below `folder`."""
        suite = suites[CURRENT]
        for revision in REVISIONS:
            required = suite.requirements(revision)
            names = [name for name in (*required.client, *required.later_client) if not name.startswith("auth/")]
            checks: Checks = {}
            for name in names:
                checks.update(self._checks(suite, name, revision, folder / revision / name))
            yield Result(self.name, revision, CURRENT, score(checks, scored=names), _CLIENT[revision])

    def _checks(self, suite: Suite, name: str, revision: str, folder: Path) -> Checks:
        with place(folder) as at:
            arguments = ["client", "--command", shlex.join(driver_command()), "--scenario", name]
            arguments += ["--spec-version", revision, "-o", str(at.results)]
            route = {"CLIENT_DRIVER_DIRECT": "1" if self.direct else "0"}
            route["CLIENT_DRIVER_ENTRY"] = "1" if self.entry else "0"
            with ended_broker(at):
                ran = suite.run(arguments, limit=_CLIENT_LIMIT, env={**at.env, **route})
            found = read(at.results)
        if ran.code != 0:
            failed = {"id": f"exit-code-{ran.code}", "status": "FAILURE"}
            found.setdefault(name, []).append(failed)
        return found


ROWS: Mapping[str, ServerRow | CrossRow | ClientRow] = {
    "direct": ServerRow("direct", direct),
    "client-direct": ClientRow("client-direct", direct=True),
    "serve-url": ServerRow("serve-url", serve_url),
    "serve-stdio": ServerRow("serve-stdio", serve_stdio),
    "serve-entry": ServerRow("serve-entry", serve_entry),
    "client": ClientRow("client", direct=False),
    "client-entry": ClientRow("client-entry", direct=False, entry=True),
    "cross-old-host": CrossRow("cross-old-host", REVISIONS[0], cross_old_host),
    "cross-new-host": CrossRow("cross-new-host", REVISIONS[1], cross_new_host),
}
"""In the order of the table: the first two show that the oracle itself is right."""

SMOKE = ("serve-url", "serve-stdio", "serve-entry", "client", "client-entry", "cross-old-host", "cross-new-host")
"""What Sekisho answers for."""
