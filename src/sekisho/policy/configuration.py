"""A configuration as typed settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sekisho.policy.calls import NO_TERMS, stricter
from sekisho.policy.reach import ANYWHERE
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.policy.calls import CallTerms, Mark
    from sekisho.policy.reach import Reach

__all__ = ["QUESTIONS", "Code", "Configuration", "Sampling", "ServerEntry", "Terms", "Trust"]

QUESTIONS: Final = ("sampling", "elicitation", "roots")
"""What a server may ask a host: capabilities of the host."""

Trust: TypeAlias = Literal["first-use", "review"]
"""What is approved without a person: what no rule objects to at first sight, or nothing."""

Sampling: TypeAlias = Literal["allow", "ask", "refuse"]
"""What becomes of a server's request to the host's model: the host alone decides, a person is asked first, or no."""

Code: TypeAlias = Literal["note", "hold"]
"""What becomes of a server whose code was changed: that is noted, or it is not started."""


_STRICTNESS: Final[tuple[Sampling, ...]] = ("allow", "ask", "refuse")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEntry:
    """One server, as it was written; what may be a secret is not shown."""

    alias: str
    """What the user calls it."""

    command: tuple[str, ...] = field(default=(), repr=False)
    """Program and arguments; empty for a remote server."""

    cwd: str | None = None
    """The program's working directory; None is that of the process."""

    env: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Variables with their values."""

    pass_env: tuple[str, ...] = ()
    """Names of variables that are passed on from our environment."""

    url: str | None = field(default=None, repr=False)
    """The address of a remote server."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Headers for it."""

    transport: Literal["http", "sse"] = "http"
    """How it is spoken to."""

    trust: Trust = "first-use"
    """What of it is approved without a person."""

    mark: Mark | None = field(default=None, repr=False)
    """What becomes of its texts that a rule suspects; None where nothing is written."""

    code: Code | None = field(default=None, repr=False)
    """What becomes of it where its code was changed; None where nothing is written."""

    tools: frozenset[str] | None = None
    """The only tools that exist for a host, by the server's own names; None for all."""

    calls: Mapping[str, CallTerms] = field(default_factory=lambda: NO_TERMS, repr=False)
    """What is written about calls, by tool."""

    reach: Reach = field(default=ANYWHERE, repr=False)
    """Which hosts, folders and programs the arguments of its calls may name."""

    withheld: frozenset[str] = field(default=frozenset(), repr=False)
    """Capabilities of the host that it is not told of: what it may not ask."""

    sampling: Sampling | None = field(default=None, repr=False)
    """What becomes of its requests to the host's model; None where nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms a server is reached."""

    limits: Limits = field(default_factory=Limits)
    """What one message may cost."""

    first_use: bool = True
    """Whether what no rule objects to at first sight is approved by that."""

    notes_code: bool = False
    """Whether it is started also where its code was changed, and that is noted."""

    tools: frozenset[str] | None = None
    """The only tools that exist for a host; None for all."""

    calls: Mapping[str, CallTerms] = field(default_factory=lambda: NO_TERMS)
    """What is written about calls, by tool."""

    mark: Mark | None = None
    """What becomes of texts that a rule suspects; None where nothing is written."""

    reach: Reach = ANYWHERE
    """Which hosts, folders and programs the arguments of its calls may name."""

    withheld: frozenset[str] = frozenset()
    """Capabilities of the host that it is not told of: what it may not ask."""

    asks_sampling: bool = True
    """Whether a person is asked before a request of it reaches the host's model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What is in force."""

    servers: tuple[ServerEntry, ...] = ()
    """In the order of the file."""

    limits: Limits = field(default_factory=Limits)
    """What one message may cost."""

    trust: Trust = "first-use"
    """What of any server is approved without a person."""

    mark: Mark | None = None
    """What becomes of any server's texts that a rule suspects; None where nothing is written."""

    code: Code | None = None
    """What becomes of any server whose code was changed; None where nothing is written."""

    sampling: Sampling | None = None
    """What becomes of any server's requests to the host's model; None where nothing is written."""

    def terms(self, entry: ServerEntry | None = None) -> Terms:
        """Return the terms for a server; without an entry, for one that was named on the command line."""
        first_use = self.trust == "first-use" and (entry is None or entry.trust == "first-use")
        notes_code = {self.code, None if entry is None else entry.code} - {None} == {"note"}
        sampling = _of_two(self.sampling, None if entry is None else entry.sampling)
        refused = frozenset({"sampling"}) if sampling == "refuse" else frozenset[str]()
        asks = sampling == "ask"
        if entry is None:
            return Terms(
                limits=self.limits,
                first_use=first_use,
                notes_code=notes_code,
                mark=self.mark,
                withheld=refused,
                asks_sampling=asks,
            )
        mark = stricter(self.mark, entry.mark) if self.mark is not None else entry.mark
        return Terms(
            limits=self.limits,
            first_use=first_use,
            notes_code=notes_code,
            tools=entry.tools,
            calls=entry.calls,
            mark=mark,
            reach=entry.reach,
            withheld=entry.withheld | refused,
            asks_sampling=asks,
        )


def _of_two(everywhere: Sampling | None, here: Sampling | None) -> Sampling:
    """Return the stricter of what is written; where nothing is, a person is asked."""
    written: set[Sampling] = {each for each in (everywhere, here) if each is not None}
    return max(written, key=_STRICTNESS.index) if written else "ask"
