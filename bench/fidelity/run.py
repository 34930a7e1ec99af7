"""What real servers offer and answer, direct and through the checkpoint, compared value by value.

    python bench/fidelity/run.py [--servers server-memory,mcp-server-git] [--write]

First each server with a client that declares nothing and one that declares all, in 2025-11-25: whole transcripts.
Then the plans of `steps` in each generation that a server speaks, with the mirror of unknown members beside them.
Limits: values that differ between two direct runs are compared by their JSON type alone; `get-env` is not called.
Exits with 1 on a difference; a server that cannot be installed here is a visible `skipped`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from faithful.comparing import WITHHELD, WITHHELD_EXTENSIONS, differences, unmasked, without_withheld
from faithful.installing import NPM, PYPI
from faithful.places import Place, web
from faithful.scripts import SERVERS
from faithful.session import EVERYTHING, SessionFailedError
from faithful.taking import transcript
from generations import rows
from hosts import leave_to_host
from packages import UnavailableError
from refusals import is_error, rule_in, short_of

if TYPE_CHECKING:
    from faithful.comparing import Difference
    from faithful.scripts import Server
    from faithful.taking import Face
    from faithful.wire import Json, Object
    from generations import Row

_RESULTS = Path(__file__).with_name("results.json")
_RANDOM: dict[str, set[str]] = {"server-everything": {"/aside: notifications~1message"}}
"""Places where a server says what chance tells it, so that two direct runs may agree."""
_DECLARED: dict[str, Object] = {"nothing": {}, "roots, sampling, elicitation": EVERYTHING}
"""What the client declares, by name."""
_KEPT = ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE")
"""What the processes get of our environment."""
_WIDTHS = (28, 12, 7, 7, 10, 10, 10, 8, 8, 8)
_HEAD = ("server", "version", "tools", "prompts", "resources", "templates", "items", "run", "serve", "moving")
_LISTED = {
    "tools": "tools/list ",
    "prompts": "prompts/list ",
    "resources": "resources/list ",
    "templates": "resources/templates/list ",
}


@dataclass(slots=True)
class Tally:
    """What was compared of one server, over both sets of declared capabilities."""

    offered: dict[str, int] = field(default_factory=dict[str, int])
    """Listed entries by kind, the larger of both sets."""
    items: int = 0
    """Entries of the direct transcripts: listed things, answers, and what was sent beside them."""
    same: dict[Face, int] = field(default_factory=lambda: {"run": 0, "serve": 0})
    """Items that are identical, by face."""
    moving: int = 0
    """Places that differ between two direct runs."""
    lines: list[str] = field(default_factory=list[str])
    """What is printed below the line."""

    @property
    def identical(self) -> bool:
        """Whether both faces gave what direct gave."""
        return self.items > 0 and all(same == self.items for same in self.same.values())


def main() -> int:
    """Compare the servers that the command line names."""
    parser = argparse.ArgumentParser(description="Compares real servers with and without the checkpoint.")
    parser.add_argument("--servers", help=f"comma-separated, of: {', '.join(each.name for each in SERVERS)}")
    parser.add_argument("--write", action="store_true", help=f"write {_RESULTS.name}")
    chosen = parser.parse_args()
    known = {each.name: each for each in SERVERS}
    names = chosen.servers.split(",") if chosen.servers else list(known)
    if unknown := [name for name in names if name not in known]:
        parser.error(f"no server {unknown[0]!r}; known: {', '.join(known)}")
    if chosen.write and set(names) != set(known):
        parser.error("--write needs all servers")
    print(f"withheld by policy, so not compared: capability {', '.join(WITHHELD)}", end="; ")
    print(f"extensions {', '.join(WITHHELD_EXTENSIONS)}")
    print(_line(_HEAD))
    found, skipped = _all([known[name] for name in names])
    plans = _plans(list(found))
    wrong = {row.server for row in plans if row.differences}
    identical = sum(tally.identical and name not in wrong for name, tally in found.items())
    print(f"{identical} of {len(found)} servers identical over both, {len(skipped)} skipped")
    if chosen.write and skipped:
        print(f"{_RESULTS.name} was not written: servers were skipped")
    elif chosen.write:
        _write(found, plans, identical)
    return 0 if identical == len(found) and not wrong else 1


def _all(servers: list[Server]) -> tuple[dict[str, Tally], list[str]]:
    found: dict[str, Tally] = {}
    skipped: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sekisho-fidelity-") as scratch, web() as page:
        for server in servers:
            try:
                tally = _one(server, _place(Path(scratch).resolve() / server.name, page))
            except UnavailableError as problem:
                print(f"{server.name.ljust(_WIDTHS[0])} skipped: {problem}")
                skipped.append(server.name)
                continue
            found[server.name] = tally
            print("\n".join([_line(_cells(server.name, tally)), *tally.lines]), flush=True)
    return found, skipped


def _plans(names: list[str]) -> list[Row]:
    """Compare in both generations what could be installed."""
    with web() as page:
        found = rows(f"{page}/page", names)
    print(_plan("server", "generation", "route", "answers", "same"))
    for row in found:
        wrong = {each.partition(" /")[0] for each in row.differences}
        print(_plan(row.server, row.generation, row.route, str(row.compared), str(row.compared - len(wrong))))
        for each in row.differences:
            print(f"    DIFFERS {each}")
    return found


def _plan(*cells: str) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, (28, 12, 10, 8, 5), strict=True)).rstrip()


def _place(at: Path, page: str) -> Place:
    home = at / "home"
    home.mkdir(parents=True)
    (home / "run").mkdir(mode=0o700)
    env = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"HOME": str(home)}
    env |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    env |= {"XDG_RUNTIME_DIR": str(home / "run"), "TZ": "UTC", "GIT_CONFIG_GLOBAL": os.devnull}
    leave_to_host(env)
    return Place(folder=at / "files", repository=at / "repository", page=page, env=env)


def _one(server: Server, place: Place) -> Tally:
    tally = Tally()
    server.command(place)
    for declared, capabilities in _DECLARED.items():
        try:
            _compare(server, place, capabilities, tally, declared)
        except SessionFailedError as problem:
            tally.items += 1
            tally.lines.append(f"    FAILED (client declares {declared}) {problem}")
    return tally


def _compare(server: Server, place: Place, capabilities: Object, tally: Tally, declared: str) -> None:
    """Direct first and last, so that time passes between the two."""
    log = place.folder.parent / "errors.log"
    faces: tuple[Face, ...] = ("direct", "run", "serve", "direct")
    raw = [transcript(server, place, face, capabilities, log=log) for face in faces]
    first, run, serve, last = without_withheld(raw[0]), raw[1], raw[2], without_withheld(raw[3])
    moving = {each.pointer for each in differences(first, last)}
    tally.moving += len(moving)
    for kind, start in _LISTED.items():
        count = sum(1 for label in first if label.startswith(start) and not label.startswith(f"{start}page "))
        tally.offered[kind] = max(count, tally.offered.get(kind, 0))
    tally.items += len(first)
    tally.lines += [f"    moving ({declared}) {pointer}" for pointer in sorted(moving)]
    moving |= _RANDOM.get(server.name, set())
    through: tuple[tuple[Face, Object], ...] = (("run", run), ("serve", serve))
    for face, ours in through:
        left, unplanned = _without_refusals(server.name, first, ours)
        _score(tally, face, first, unmasked(differences(first, left), moving), declared)
        tally.same[face] -= len(unplanned)
        tally.lines += [f"    DIFFERS {face} ({declared}) {each}" for each in unplanned]


def _without_refusals(server: str, direct: Object, ours: Object) -> tuple[Object, list[str]]:
    """A transcript with the direct answer in place of each refusal, and which of these were not planned."""
    refused = {label: rule for label, answer in ours.items() if (rule := rule_in(answer))}
    instead = {label: rule for label, rule in refused.items() if not is_error(direct.get(label))}
    found = Counter((label.partition(" (again ")[0], rule) for label, rule in instead.items())
    left = {label: direct.get(label) if label in refused else answer for label, answer in ours.items()}
    return left, short_of(server, found)


def _score(tally: Tally, face: Face, first: Object, found: list[Difference], declared: str) -> None:
    labels = {each.label for each in found}
    # What only the checkpoint gave is no item of the direct run, and yet has to spoil the score.
    tally.same[face] += len(first) - len(labels)
    for each in found:
        tally.lines.append(f"    DIFFERS {face} ({declared}) {each.pointer}")
        tally.lines.append(f"        direct: {each.direct}")
        tally.lines.append(f"        {face}: {each.ours}")


def _cells(name: str, tally: Tally) -> list[str]:
    counts = [str(tally.offered.get(kind, 0)) for kind in _LISTED]
    shares = [str(tally.same[face]) for face in ("run", "serve")]
    return [name, (NPM | PYPI)[name], *counts, str(tally.items), *shares, str(tally.moving)]


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _write(found: dict[str, Tally], plans: list[Row], identical: int) -> None:
    by_server: dict[str, Json] = {}
    for name, tally in found.items():
        offered: Object = dict(tally.offered)
        same: Object = {str(face): count for face, count in tally.same.items()}
        entry: Object = {"version": (NPM | PYPI)[name], "offered": offered, "items": tally.items, "identical": same}
        by_server[name] = {**entry, "moving": tally.moving}
    generations = [asdict(row) for row in plans]
    counts = {"servers": len(found), "identical": identical}
    text = json.dumps({**counts, "by_server": by_server, "generations": generations}, indent=2, sort_keys=True)
    _RESULTS.write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
