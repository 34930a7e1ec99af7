"""Calls that others recorded as right, held against the schemas of their tools: how many are refused by schema alone.

python bench/honest/recorded.py --dump > calls.jsonl     # in an environment with `agentdojo`, which is not ours
python bench/honest/recorded.py calls.jsonl [--write]

The first prints the ground truths of AgentDojo's user tasks, one call a line, with the definition of its tool.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

RESULTS: Final = Path(__file__).with_name("recorded.json")
MOST: Final = 0.001
"""The part of the calls that a schema may refuse."""


def main() -> int:
    """Print, or judge; 1 when more is refused than may be."""
    parser = argparse.ArgumentParser(description="Recorded calls against schemas.")
    parser.add_argument("calls", nargs="?", type=Path)
    parser.add_argument("--dump", action="store_true", help="print AgentDojo's ground truths")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    options = parser.parse_args()
    if options.dump:
        dump()
        return 0
    if options.calls is None:
        parser.error("name a file of calls")
    rows = [json.loads(line) for line in options.calls.read_text("utf-8").splitlines()]
    refused = [row["tool"]["name"] for row in rows if breaks(row)]
    figures = {"source": "AgentDojo v1.2.1, ground truths", "calls": len(rows), "refused_by_schema": len(refused)}
    print(json.dumps(figures))
    if options.write:
        RESULTS.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return int(len(refused) > MOST * len(rows))


def breaks(row: dict[str, Any]) -> bool:
    """Tell whether a call is refused by its tool's schema."""
    from sekisho.guards.contract import contract  # noqa: PLC0415 - not there where the calls are dumped

    return contract(row["tool"]["inputSchema"]).breaches(row["arguments"]) != ()


def dump() -> None:
    """Print every call of every ground truth."""
    from agentdojo.task_suite.load_suites import get_suites  # noqa: PLC0415 - not there where the calls are judged

    for suite in get_suites("v1.2.1").values():
        tools = {tool.name: tool for tool in suite.tools}
        for task in suite.user_tasks.values():
            environment = task.init_environment(suite.load_and_inject_default_environment({}))
            for call in task.ground_truth(environment):
                tool = tools[call.function]
                schema = tool.parameters.model_json_schema()
                named = {"name": tool.name, "description": tool.description, "inputSchema": schema}
                print(json.dumps({"tool": named, "arguments": dict(call.args)}, default=str))


if __name__ == "__main__":
    sys.exit(main())
