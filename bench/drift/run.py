"""Drift: what pins make of real changes, and of changes of our own that work against the user.

python bench/drift/run.py [--write] [--smoke]

Real changes come from the histories of two projects, in $SEKISHO_BENCH_DATA; without them only our own are judged,
and that is said. A real change is first used, then shown by a later connection: it has to be noticed, and none may stop
calls. Nobody labels those, so what is hidden, and what waits because a parameter went or became required, is listed by
id.
Each change of our own is made in every way of `WAYS`; what counts is what a model could be shown after it.
Then everything is done once more through `sekisho run`, with a real server and a real host (`through`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attacks
import through

from sekisho.engine.survey import survey
from sekisho.model.definition import surface
from sekisho.model.place import Kind
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Why
from sekisho.pin.ledger import Observation, Show, observe
from sekisho.pin.neutral import stricter
from sekisho.pin.records import Key, Ledger, State
from sekisho.pin.review import approve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sekisho.pin.ledger import Decision

RESULTS = Path(__file__).parent / "results.json"
SERVER = "server"
CONTRACT = {Why.PARAMETER_REMOVED, Why.PARAMETER_REQUIRED}
MOST = 0.38
"""The share of real changes that has to be neutral."""

Dump = dict[str, Any]


@dataclass(slots=True)
class Server:
    """A server before a gateway that was used first at its honest surface."""

    ledger: Ledger = field(default_factory=lambda: Ledger(server=SERVER))
    """What is kept of it."""

    connections: int = 0
    """How many there were."""

    def show(self, dump: Dump, *, opening: bool = False, capabilities: str = "roots") -> tuple[Decision, ...]:
        """Let the server list `dump` and return what is done about it."""
        seen = Observation(
            definitions=surface(SERVER, dump).definitions,
            listed=frozenset(Kind),
            capabilities=capabilities,
            session=str(self.connections),
            opening=opening,
            data=True,
            findings=survey({SERVER: dump}),
        )
        outcome = observe(self.ledger, seen)
        self.ledger = outcome.ledger
        return outcome.decisions

    def reconnect(self) -> None:
        """Start it anew."""
        self.connections += 1


def used(dump: Dump) -> Server:
    """Return a server after its first use."""
    server = Server()
    if any(decision.show is not Show.OBSERVED for decision in server.show(dump, opening=True)):
        raise SystemExit("the honest surface is not honest: a rule objects to it")
    return server


def _restart(honest: Dump, changed: Dump) -> Iterator[tuple[Decision, ...]]:
    server = used(honest)
    server.reconnect()
    yield server.show(changed, opening=True)


def _mid_session(honest: Dump, changed: Dump) -> Iterator[tuple[Decision, ...]]:
    server = used(honest)
    server.show(honest)
    yield server.show(changed)
    yield server.show(changed)


def _empty_then_back(honest: Dump, changed: Dump) -> Iterator[tuple[Decision, ...]]:
    server = used(honest)
    server.show({"tools": [], "prompts": []})
    server.reconnect()
    server.show({})
    yield server.show(changed, opening=True)


def _back_and_forth(honest: Dump, changed: Dump) -> Iterator[tuple[Decision, ...]]:
    server = used(honest)
    for _ in range(3):
        yield server.show(changed)
        server.show(honest)
        server.reconnect()
    yield server.show(changed, opening=True)


def _vetted(honest: Dump, changed: Dump) -> Iterator[tuple[Decision, ...]]:
    server = used(honest)
    for definition in surface(SERVER, honest).definitions:
        key = Key(definition.place.kind, definition.place.name)
        server.ledger = approve(server.ledger, key, fingerprint(key.kind, definition.body))
    server.reconnect()
    yield server.show(changed, opening=True)


def _other_order(honest: Dump, changed: Dump) -> Iterator[tuple[Decision, ...]]:
    """Keys and lists turned round, so that the change does not stand out."""
    server = used(honest)
    server.reconnect()
    yield server.show(_reversed(changed), opening=True)


def _reversed(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _reversed(value[key]) for key in reversed(list(value))}
    return value


WAYS: dict[str, Callable[[Dump, Dump], Iterator[tuple[Decision, ...]]]] = {
    "across a restart": _restart,
    "in a session, silently": _mid_session,
    "empty, then back": _empty_then_back,
    "back and forth": _back_and_forth,
    "after a human approved": _vetted,
    "with keys turned round": _other_order,
}


def main() -> int:
    """Run, print, and write where asked; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description="Measure what pins make of changes.")
    parser.add_argument("--write", action="store_true", help="write results.json beside this file")
    parser.add_argument("--smoke", action="store_true", help="our own changes only")
    options = parser.parse_args()
    figures: dict[str, Any] = {"own": own()}
    rows = None if options.smoke else real_rows()
    if rows is not None:
        figures |= {"real": real(rows), "through": {"own": through.own(), "real": through.real(rows)}}
    elif not options.smoke:
        print("SKIPPED: the real changes are not here (SEKISHO_BENCH_DATA); only our own are judged")
    tell(figures)
    if options.write and rows is not None:
        RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return broken(figures)


def own() -> dict[str, Any]:
    """Judge our own changes in every way, and the ones in small steps."""
    tried, unnoticed, neutral, reachable = 0, list[str](), list[str](), list[str]()
    for name, change in attacks.ATTACKS.items():
        for way, steps in WAYS.items():
            tried += 1
            for decisions in steps(attacks.HONEST, change(attacks.HONEST)):
                _note(f"{name}, {way}", decisions, attacks.HONEST, unnoticed, neutral, reachable)
    for number, texts in enumerate(attacks.SALAMI):
        tried += 1
        honest = {"tools": [{"name": "mail", "description": texts[0]}]}
        server = used(honest)
        last: tuple[Decision, ...] = ()
        for text in texts[1:]:
            server.reconnect()
            last = server.show({"tools": [{"name": "mail", "description": text}]}, opening=True)
        _note(f"in small steps {number}", last, honest, unnoticed, neutral, reachable)
    changes = len(attacks.ATTACKS) + len(attacks.SALAMI)
    return {
        "changes": changes, "ways": len(WAYS), "tried": tried,
        "unnoticed": unnoticed, "neutral": neutral, "reachable": reachable,
    }  # fmt: skip


def _note(
    name: str,
    decisions: tuple[Decision, ...],
    honest: Dump,
    unnoticed: list[str],
    neutral: list[str],
    reachable: list[str],
) -> None:
    approved = {(it.place.kind, it.place.name): it.body for it in surface(SERVER, honest).definitions}
    if all(decision.show is Show.OBSERVED and not decision.reasons for decision in decisions):
        unnoticed.append(name)
    for decision in decisions:
        kind, body = decision.place.kind, approved.get((decision.place.kind, decision.place.name))
        if decision.show is Show.NOTHING:
            continue
        if body is None or fingerprint(kind, decision.body) != fingerprint(kind, body):
            if decision.show is Show.OBSERVED:
                neutral.append(name)
            # With stricter hints it is still the approved text.
            if (
                body is None
                or _without_hints(decision.body) != _without_hints(body)
                or stricter(body, decision.body) != decision.body
            ):
                reachable.append(name)


def _without_hints(body: Any) -> Any:  # noqa: ANN401 - as above
    return {key: value for key, value in body.items() if key != "annotations"} if isinstance(body, dict) else body


def real_rows() -> list[Dump] | None:
    """Return the real changes, None where this machine has none."""
    folder = os.environ.get("SEKISHO_BENCH_DATA")
    place = Path(folder) / "corpus/drift.benign.jsonl.gz" if folder else None
    if place is None or not place.is_file():
        return None
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def real(rows: list[Dump]) -> dict[str, Any]:
    """Judge real changes, each by a later connection than the one of its first use."""
    states: Counter[str] = Counter()
    contract, stopped, first = list[str](), list[str](), list[str]()
    noticed = 0
    for row in rows:
        server = Server()
        server.show({"tools": [row["before"]]}, opening=True)
        server.reconnect()
        (decision, *_) = server.show({"tools": [row["after"]]}, opening=True)
        name = row["before"]["name"]
        pin = server.ledger.pins[Key(Kind.TOOL, name)]
        if pin.approved is None:
            first.append(row["id"])
            continue
        neutral = decision.show is Show.OBSERVED and decision.state is State.APPROVED
        noticed += not neutral or fingerprint(Kind.TOOL, row["after"]) != pin.approved.fingerprint
        states["neutral" if neutral else str(pin.state)] += 1
        if decision.show is Show.NOTHING:
            stopped.append(row["id"])
        elif CONTRACT & {reason.why for reason in decision.reasons}:
            contract.append(row["id"])
    return {
        "changes": len(rows), "noticed": noticed, "neutral": states["neutral"], "waits": states["changed"],
        "waits_for_parameters": contract, "hidden": stopped, "never_approved": first,
    }  # fmt: skip


def tell(figures: dict[str, Any]) -> None:
    """Print what was measured."""
    real_ = figures.get("real")
    if real_:
        share = 100 * real_["neutral"] / real_["changes"]
        print(
            f"real changes {real_['changes']}: {real_['noticed']} noticed, {real_['neutral']} neutral ({share:.1f} %)"
        )
        print(f"  {real_['waits']} wait while the approved definition keeps working")
        print(f"  of these {len(real_['waits_for_parameters'])} because a parameter went or became required")
        print(f"  {len(real_['hidden'])} hidden {real_['hidden'] or ''}")
        if real_["never_approved"]:
            print(f"  {len(real_['never_approved'])} whose first text was never approved {real_['never_approved']}")
    ours = figures["own"]
    print(f"changes against the user {ours['changes']}, {ours['tried']} with all ways: ", end="")
    print(f"{len(ours['unnoticed'])} unnoticed, {len(ours['neutral'])} neutral, {len(ours['reachable'])} reachable")
    for name in (*ours["unnoticed"], *ours["neutral"], *ours["reachable"]):
        print(f"  {name}")
    if "through" in figures:
        tell_through(figures["through"])


def tell_through(figures: dict[str, Any]) -> None:
    """Print what was measured through `sekisho run`."""
    ours, real_ = figures["own"], figures["real"]
    print(f"through sekisho run, {ours['tried']} changes against the user: ", end="")
    print(f"{len(ours['reachable'])} shown, {len(ours['called_though_hidden'])} called though hidden")
    for name in (*ours["reachable"], *ours["called_though_hidden"]):
        print(f"  {name}")
    print(f"through sekisho run, calls after {real_['calls']} real changes: {real_['passed']} passed, ", end="")
    print(f"{len(real_['refused'])} stopped by the change {real_['refused'] or ''}")
    if real_["refused_before_too"]:
        print(f"  refused for their arguments, changed or not: {real_['refused_before_too']}")


def broken(figures: dict[str, Any]) -> int:
    """Return 1 where a promise is broken."""
    ours, real_ = figures["own"], figures.get("real")
    bad = bool(ours["unnoticed"] or ours["neutral"] or ours["reachable"])
    if real_:
        bad = bad or real_["noticed"] < real_["changes"] or real_["neutral"] < MOST * real_["changes"]
        bad = bad or bool(real_["hidden"] or real_["never_approved"])
        done = figures["through"]
        bad = bad or bool(done["own"]["reachable"] or done["own"]["called_though_hidden"])
        bad = bad or bool(done["real"]["refused"])
    if bad:
        print("a promise is broken", file=sys.stderr)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
