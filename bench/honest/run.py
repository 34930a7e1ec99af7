"""Honest values that look dangerous, through tools of real shape: how many calls are refused.

python bench/honest/run.py            # every value through every tool
python bench/honest/run.py --smoke    # a part of them; fails above the bound
python bench/honest/run.py --write    # and keep the figures

Texts (`values.jsonl`) go through every tool that takes any (`tools.json`). Branches, refs, versions, selectors, paths,
queries, addresses and commands (`slots.json`) go where such are asked for. All of it is our own, and the definitions
are as servers of these kinds declare theirs.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sekisho.engine.checking import check
from sekisho.engine.guarding import guard
from sekisho.engine.jobs import perform
from sekisho.guards.contract import contract
from sekisho.guards.objection import NOTHING_TOLD, Told, Wanted
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import Site, facts_of_launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.policy.facts import ServerFacts

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "results.json"
MOST: Final = 0.005
"""The part of the calls that may be refused."""

FACTS: Final = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())


def main() -> int:
    """Run; 1 when more is refused than may be."""
    parser = argparse.ArgumentParser(description="Honest values through tools.")
    parser.add_argument("--smoke", action="store_true", help="every seventh call")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    options = parser.parse_args()
    calls = list(honest())[:: 7 if options.smoke else 1]
    refused = [(call, rules) for call in calls if (rules := judged(call))]
    report(calls, refused)
    if options.write:
        RESULTS.write_text(json.dumps(figures(calls, refused), indent=2, ensure_ascii=False) + "\n", "utf-8")
    return int(len(refused) > MOST * len(calls))


def honest() -> Iterator[dict[str, Any]]:
    """Yield every text in every slot of every tool, and every other value where it is asked for."""
    tools = json.loads((HERE / "tools.json").read_text("utf-8"))
    values = [json.loads(line) for line in (HERE / "values.jsonl").read_text("utf-8").splitlines()]
    for value in values:
        for each in tools:
            for slot, around in each["slots"].items():
                yield {**value, "tool": each["tool"], "slot": slot, "arguments": filled(around, slot, value["value"])}
    for each in json.loads((HERE / "slots.json").read_text("utf-8")):
        for value in each["values"]:
            arguments = filled(each["around"], each["slot"], value)
            yield {"kind": "slot", "value": value, "tool": each["tool"], "slot": each["slot"], "arguments": arguments}


def filled(around: dict[str, Any], slot: str, value: object) -> dict[str, Any]:
    """Return arguments with a value in a slot."""
    made: Any = copy.deepcopy(around)
    *way, last = slot.split(".")
    place = made
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return made


def judged(call: dict[str, Any], facts: ServerFacts = FACTS) -> list[str]:
    """Return the rules that refuse a call, where links lead where they say and names resolve to public addresses."""
    tool = Tool(call["tool"])
    read = tool.read(call["arguments"])
    needs = guard(read, tool, facts).needs
    told = Told(
        real_paths={need.subject: need.subject for need in needs if need.wanted is Wanted.REAL_PATH},
        addresses={need.subject: ("93.184.216.34",) for need in needs if need.wanted is Wanted.ADDRESSES},
        worked={need.subject: perform(need.subject) for need in needs if need.wanted is Wanted.WORKER},
    )
    found = guard(read, tool, facts, told if needs else NOTHING_TOLD).found
    found += check(contract(call["tool"]["inputSchema"]), call["arguments"]).found
    return sorted({each.objection.rule for each in found})


def figures(calls: list[dict[str, Any]], refused: list[tuple[dict[str, Any], list[str]]]) -> dict[str, Any]:
    """Return what is kept."""
    return {
        "values": len({json.dumps(call["value"]) for call in calls}),
        "tools": len({call["tool"]["name"] for call in calls}),
        "calls": len(calls),
        "refused": len(refused),
        "by_rule": dict(sorted(Counter(rule for _, rules in refused for rule in rules).items())),
        "refused_calls": [
            {"tool": call["tool"]["name"], "slot": call["slot"], "value": call["value"], "rules": rules}
            for call, rules in refused
        ],
    }


def report(calls: list[dict[str, Any]], refused: list[tuple[dict[str, Any], list[str]]]) -> None:
    """Print the table."""
    for call, rules in refused:
        shown = str(call["value"])[:60]
        print(f"{call['kind']:9} {call['tool']['name']:22} {call['slot']:26} {', '.join(rules):24} {shown!r}")
    values = len({json.dumps(call["value"]) for call in calls})
    print(f"{values} values, {len(calls)} calls, {len(refused)} refused ({len(refused) / len(calls):.2%})")


if __name__ == "__main__":
    sys.exit(main())
