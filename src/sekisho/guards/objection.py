"""What a guard answers: objections, and the facts that it needs before it can say more."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["CLEAN", "NOTHING_TOLD", "Judgement", "Need", "Objection", "Told", "Wanted"]


class Wanted(StrEnum):
    """Kinds of facts that a guard cannot know by itself."""

    REAL_PATH = "real-path"
    """Where a path leads when every link in it is followed, at the moment of the call."""

    ADDRESSES = "addresses"
    """The addresses of a host name, as the server's resolver would answer now."""

    WORKER = "worker"
    """A process that can be ended, to judge what may take long; the subject is the job (`engine.jobs`)."""


@dataclass(frozen=True, slots=True)
class Need:
    """A fact to be fetched by a shell, and given with the next question under the same subject."""

    wanted: Wanted
    """Which kind."""

    subject: str
    """About what: the path, the host. It may hold an attacker's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Something in a value that a rule is to report. It never holds words of the value."""

    rule: str
    """The id of the rule in the family `call`."""

    start: int
    """Where it begins in the value, in characters."""

    end: int
    """Where it ends."""

    numbers: tuple[int, ...] = ()
    """What the catalogue's text may show; each guard says what its numbers mean."""

    expected: str = ""
    """What would have been right, in fixed words (`model.expectations`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All that a guard has to say about a value."""

    objections: tuple[Objection, ...] = ()
    """What it objects to; one for each rule."""

    needs: tuple[Need, ...] = ()
    """What it must know first. As long as there are any, nothing is allowed."""


CLEAN: Final = Judgement()
"""Nothing to object to, and nothing to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a shell answered to needs, by subject."""

    real_paths: Mapping[str, str | None]
    """Where paths lead."""

    addresses: Mapping[str, Sequence[str] | None]
    """What hosts resolve to."""

    worked: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])
    """What a worker answered to jobs; None where it could not in time."""

    patient: bool = False
    """Whether this is a worker, which judges itself what may take long."""

    apart: bool = False
    """Whether every query that has to be parsed is left to a worker, because the parser is not to be loaded here."""


NOTHING_TOLD: Final = Told(real_paths={}, addresses={})
