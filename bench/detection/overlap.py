"""No rule was written from the attacks that measure it.

python bench/detection/overlap.py

Every literal in the rules and the lexicon is compared with the attack rows: a run of four words or twelve characters
that an attack has too must stand in five benign rows as well, else it was copied and not understood.
A pattern is compared by its literal runs: what stands between operators. Without the corpora this says that it skipped.
The halves of our own sets that nobody looked at count as attacks for what was written since.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import corpora

sys.path.append(str(Path(__file__).parent.parent / "results"))

import fresh
import second

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOURCE = Path(__file__).parent.parent.parent / "src" / "sekisho"
LEXICON = SOURCE / "text"
CHARACTERS = 12
WORDS = 4
BENIGN = 5


def _third_and_fourth() -> list[str]:
    return second.held_attacks(second.THIRD) + second.held_attacks(second.FOURTH)


_NEWEST = {
    "elsewhere.py": (fresh.held_attacks, second.held_attacks, _third_and_fourth),
    "bystanders.py": (fresh.held_attacks, second.held_attacks, _third_and_fourth),
    "pretexts.py": (fresh.held_attacks, second.held_attacks, _third_and_fourth),
    "errands.py": (fresh.held_attacks, second.held_attacks, _third_and_fourth),
    "reach.py": (fresh.held_attacks, second.held_attacks, _third_and_fourth),
    "readers.py": (fresh.held_attacks,),
    "summons.py": (second.held_attacks,),
    "tongues.py": (fresh.held_attacks, second.held_attacks, _third_and_fourth),
    "disguise.py": (fresh.held_attacks, second.held_attacks),
}
"""Written when half of a set had been looked at; the other half had not."""
_OLDER = {
    second.THIRD: {
        ":confirmation",
        ":confirmations",
        ":de l'utilisateur",
        "authorized_keys",
        "aws/credentials",
        "confirmation",
        "confirmations",
        "developer message",
        "end your answer",
        "in your answer",
        "maintenance mode",
        "the repository",
    },
    second.FOURTH: {
        ":confidential",
        "confidential",
        "context window",
        "everything the",
        "function_results",
        "language model",
        "language models",
        "large language model",
        "the assistant's",
        "what the user",
        "what the user says",
    },
}
"""What stood in the lexicon before a set was written, and in a held attack of it by chance. All else is compared."""
_OPERATORS = re.compile(r"[()|\[\]?*+{}^$]|\\[bsSwWdn]")


def literals() -> Iterator[tuple[Path, int, str]]:
    """Every literal run of the rules and the lexicon, with its place; docstrings explain and match nothing."""
    for folder in ("rules", "text"):
        for path in sorted((SOURCE / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                    for run in _OPERATORS.split(node.value):
                        yield path, node.lineno, " ".join(run.lower().split())


def _said(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(text.lower().split()) for text in texts)


def _pieces(run: str) -> Iterator[str]:
    if len(run) >= CHARACTERS:
        yield from (run[at : at + CHARACTERS] for at in range(len(run) - CHARACTERS + 1))
    words = run.split()
    yield from (" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))


def main() -> int:
    """Print each literal that an attack has and honest definitions have not; 1 when there is one."""
    if corpora.folder() is None:
        print("SKIPPED: the corpora are not here (SEKISHO_BENCH_DATA)")
        return 0
    attacks = "\n".join(" ".join(row["text"].lower().replace("\\n", " ").split()) for row in corpora.attacks())
    held = {name: _said(text for attacks in sets for text in attacks()) for name, sets in _NEWEST.items()}
    since = [(_said(second.held_attacks(name)), older) for name, older in _OLDER.items()]
    honest = [" ".join(row["text"].lower().replace("\\n", " ").split()) for row in corpora.benign()]
    found: dict[str, str] = {}
    for path, line, run in literals():
        compared = [attacks, held.get(path.name, "")]
        if path.is_relative_to(LEXICON):
            compared += [texts for texts, older in since if run not in older]
        for piece in _pieces(run):
            copied = any(piece in texts for texts in compared)
            if copied and piece not in found and sum(piece in row for row in honest) < BENIGN:
                found[piece] = f"{path.name}:{line}: {run[:70]!r} shares {piece!r} with an attack"
    print("\n".join(found.values()))
    print(f"{len(found)} shared literals")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
