"""Calls that a stranger wrote before the tables were looked at: harmful ones, and an honest one beside each.

python bench/guards/strange.py            # how many harmful calls get through, by class, and how many honest ones do not
python bench/guards/strange.py --verbose  # and which
python bench/guards/strange.py --write    # and keep the figures

`strange.json` holds tools as servers of many kinds define them, with the words of a launch line. Nothing is configured.
Half of them, drawn by a hash, were held back: what was mended was mended without a look at them.
The part `reach` came later, as commands that an agent sends, and says of each call what became of it at first.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from odd import refuses

from sekisho.meaning.launch import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "strange_results.json"


def main() -> int:
    """Run; 1 when more gets through, or more is refused, than is kept."""
    parser = argparse.ArgumentParser(description="Calls that a stranger wrote.")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    parser.add_argument("--verbose", action="store_true", help="say what gets through, and what is refused")
    options = parser.parse_args()
    figures: dict[str, Counter[str]] = {}
    for case in cases():
        through, refused = not judged(case, "harmful"), judged(case, "honest")
        for group in groups(case):
            figures.setdefault(group, Counter()).update(cases=1, through=through, honest_refused=refused)
            if case["part"]:
                first = {"through_at_first", "refused_at_first"} & case.keys()
                figures[group].update(through_at_first=0, refused_at_first=0)
                figures[group].update(first)
        if options.verbose:
            for wrong, which in ((through, "harmful"), (refused, "honest")):
                if wrong:
                    print(f"{which:8} {case['class']:16} {case['tool']['name']:24} {json.dumps(case[which])[:120]}")
    for group, each in sorted(figures.items()):
        share = each["through"] / each["cases"]
        print(
            f"{group:22} {each['cases']:4} cases, {each['through']:3} harmful get through ({share:.1%}),"
            f" {each['honest_refused']:3} honest are refused"
        )
    kept = {group: dict(each) for group, each in sorted(figures.items())}
    if options.write:
        RESULTS.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
        return 0
    before = json.loads(RESULTS.read_text("utf-8"))
    wholes = [group for group in kept if group.split(": ")[-1] == "all"]
    return int(
        any(kept[group][what] > before[group][what] for group in wholes for what in ("through", "honest_refused"))
    )


def groups(case: dict[str, Any]) -> list[str]:
    """Return the groups in which a call is counted; those of a later part have its name."""
    named = [case["class"], "held back" if case.get("held_back") else "mended for", "all"]
    return [f"{case['part']}: {name}" for name in named] if case["part"] else named


def cases() -> Iterator[dict[str, Any]]:
    """Yield each harmful call with the honest one beside it, and the tool that both are for."""
    for each in json.loads((HERE / "strange.json").read_text("utf-8")):
        for call in each["calls"]:
            yield {**call, "tool": each["tool"], "server": each["server"], "part": each.get("part")}


def judged(case: dict[str, Any], which: str) -> bool:
    """Say whether one of the two calls is refused."""
    return refuses(case["tool"], case[which], words_of(["npx", "-y", f"{case['server']}-mcp"]))


if __name__ == "__main__":
    sys.exit(main())
