"""What two hosts hear at once through the checkpoint, compared with what each hears directly."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final, TypeAlias

from eight import EIGHT, configuration, settled, steps
from faithful.comparing import differences, unmasked
from hosts import DECLARED, Naming, asked, everywhere, listed, opened
from refusals import is_error, rule_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from faithful.places import Place
    from faithful.wire import Json, Object
    from mcp.client import Client

__all__ = ["Host", "Through", "behind_one", "compared", "gateway", "heard"]

Host: TypeAlias = "tuple[Place, str]"
"""Where a host works, and what it declares."""

Through: TypeAlias = "Callable[[Sequence[Host]], Awaitable[Sequence[Object]]]"
"""Returns what hosts hear through the checkpoint, all at once."""

_WITHHELD: Final = frozenset({"get-env"})
"""A server has fewer variables through the checkpoint by policy, so what it says about them differs."""

_PLANNED: Final = frozenset({
    ("sqlite tools/call read_query", "sql-write"),
    ("sqlite tools/call write_query", "sql-unclear"),
})  # fmt: skip
"""Refusals in the place of answers. This server reports as a result that it writes where it reads, or got no query."""


def gateway(place: Place) -> list[str]:
    """Return what starts the checkpoint in front of all eight."""
    return [sys.executable, "-m", "sekisho", "run", "--config", str(configuration(place))]


async def compared(places: Sequence[Place], hear: Through) -> Object:
    """Compare; each place is one host's."""
    hosts = list(zip(places, DECLARED, strict=True))
    direct = [await _directly(*host) for host in hosts]
    for place in places:
        settled(place)
    through = await hear(hosts)
    again = [await _directly(*host) for host in hosts]
    found: Object = {"tools": 0, "listed": 0, "compared": 0, "identical": 0, "moving": 0, "refused": 0}
    lines: list[str] = []
    missed: set[str] = set()
    for (_, declares), first, ours, last in zip(hosts, direct, through, again, strict=True):
        moving = {each.pointer for each in differences(first, last)}
        refused = {label for label, answer in ours.items() if _is_refused(label, first.get(label), answer)}
        left: Object = {label: first.get(label) if label in refused else answer for label, answer in ours.items()}
        wrong = unmasked(differences(first, left), moving)
        lines += [f"{declares}: {each.pointer}: {each.direct} / {each.ours}" for each in wrong]
        tools = {label for label in first if " tools " in label}
        called = {label.rpartition(" tools/call ")[::2] for label in first if " tools/call " in label}
        named = {(alias, name.split(" ")[0]) for alias, name in called}
        missed |= {label for label in tools if tuple(label.split(" tools ")) not in named}
        _add(found, tools=len(tools), listed=sum(_is_entry(label) for label in first), moving=len(moving))
        _add(found, refused=len(refused))
        _add(found, compared=len(first), identical=len(first) - len({each.label for each in wrong}))
    return {**found, "hosts": len(hosts), "not_called": sorted(missed), "differences": sorted(lines)}


def _is_refused(label: str, direct: Json, ours: Json) -> bool:
    """Say whether an answer is a refusal that is no difference: in the place of an error of the server, or planned."""
    rule = rule_in(ours) or rule_in({"result": ours})
    told = (label.rpartition(" ")[0], rule) in _PLANNED
    return bool(rule) and (told or is_error(direct) or is_error({"result": direct}))


def _is_entry(label: str) -> bool:
    return label.split(" ")[1] in ("tools", "prompts", "resources", "resource_templates")


def _add(found: Object, **more: int) -> None:
    for key, count in more.items():
        known = found[key]
        found[key] = (known if isinstance(known, int) else 0) + count


async def _directly(place: Place, declares: str) -> Object:
    settled(place)
    found: Object = {}
    for alias, server in EIGHT.items():
        env = {**place.env, **server.env(place)}
        async with opened(server.command(place), env=env, root=str(place.folder), declares=declares) as client:
            found |= await heard(client, alias, place, declares, Naming())
    return found


async def behind_one(hosts: Sequence[Host]) -> Sequence[Object]:
    """Return what each host hears that has all eight behind one configuration."""
    return await asyncio.gather(*(_behind_one(*host) for host in hosts))


async def _behind_one(place: Place, declares: str) -> Object:
    found: Object = {}
    async with opened(gateway(place), env=place.env, root=str(place.folder), declares=declares) as client:
        await everywhere(client, len(EIGHT))
        for alias in EIGHT:
            found |= await heard(client, alias, place, declares, Naming(alias))
    return found


async def heard(client: Client, alias: str, place: Place, declares: str, naming: Naming) -> Object:
    """Return everything that a host hears of one server, by label."""
    server = EIGHT[alias]
    found: Object = {f"{alias} {label}": entry for label, entry in (await listed(client, naming)).items()}
    for number, (method, params) in enumerate(steps(server, place, DECLARED[declares])):
        about = params.get("name") or params.get("uri") or ""
        answer = await asked(client, (method, params), naming)
        found[f"{alias} {method} {about} {number}"] = None if about in _WITHHELD else answer
    return found
