"""The peers on the definitions that we are measured with: false alarms, recall by family, CPU.

Every peer is given the same servers and the same attacks; a copy of another server's tool (overlap, transfer) comes
with the tools that it copies, in one dump, since none of them takes several servers without starting them. An alarm is
a finding of medium or above about the tool; in the family of praise any finding counts, as it does with us.
A peer that cannot be installed is told with the reason. CPU is that of all its processes over the honest servers.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import corpora
from shares import share

from peers import LOW, MEDIUM, PEERS, AbsentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peers import Dumps, Peer

__all__ = ["compared"]

SEED = 20261129


def compared() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each peer's name with its figures, as they come: some take minutes."""
    families, attacks = _attacks()
    everybody = list(corpora.servers(corpora.benign()).values())
    for peer in PEERS:
        # The same servers in every run, whatever the peer.
        honest = everybody if peer.servers is None else random.Random(SEED).sample(everybody, peer.servers)  # noqa: S311
        told = {"version": peer.version, "asks": peer.asks}
        try:
            yield peer.name, told | _figures(peer, honest, families, attacks)
        except AbsentError as error:
            yield peer.name, told | {"skipped": str(error)}


def _attacks() -> tuple[list[str], Dumps]:
    """Return the family of each attack, and its dump: the attack comes last in it."""
    originals = corpora.originals()
    rows = corpora.attacks()
    dumps = [[*(originals[row["server"]] if corpora.is_copy(row["family"]) else []), row["definition"]] for row in rows]
    return [row["family"] for row in rows], dumps


def _figures(peer: Peer, honest: Dumps, families: list[str], attacks: Dumps) -> dict[str, Any]:
    levels, cpu = peer.levels(honest)
    found, _ = peer.levels(attacks)
    recall: dict[str, Any] = {}
    for family in sorted(set(families)):
        least = LOW if "preference" in family else MEDIUM
        members = [each[-1] >= least for each, its in zip(found, families, strict=True) if its == family]
        recall[family] = share(sum(members), len(members))
    alarms = [[level >= MEDIUM for level in each] for each in levels]
    return {
        "definitions": sum(map(len, alarms)), "alarms": sum(map(sum, alarms)), "servers": len(alarms),
        "servers_with_alarm": sum(map(any, alarms)), "recall": recall, "cpu_s": round(cpu, 1),
    }  # fmt: skip
