"""Paths: variants of a way out of a folder, against the kernel, after each thing that servers do to a value first."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from sekisho.guards.path import PathFacts, judge_path
from sekisho.guards.places import Access

DOTS = (
    "..",
    "%2e%2e",
    ".%2e",
    "%252e%252e",
    "\uff0e\uff0e",
    ".\u2024",
    "\u2025",
    "%ef%bc%8e.",
    "...",
    ".",
    ". .",
    "..%20",
    "%c0%ae.",
    "..;",
    "x..",
    "..x",
)
SLASHES = ("/", "//", "/./", "\\", "%2f", "%5c", "%252f", "\uff0f", "\uff3c", "%c0%af", "\u2215")
NAMES = (
    "sub",
    "hello.txt",
    "link",
    "inner",
    "dangling",
    "up",
    "allowed",
    "allowed_secret",
    "key.txt",
    "a b",
    "caf\u00e9",
    "%41",
    "~",
    "$HOME",
    "etc",
)
STARTS = (
    "",
    "./",
    "{root}/",
    "{root}",
    "{base}/",
    "/",
    "file://{root}/",
    "file:{root}/",
    "//",
    "sub/",
    "~/",
    "{root}_secret/",
)


def _after_decoding(value: str) -> list[str]:
    """What servers make of a value before they open it."""
    found = [value]
    for step in (
        unquote,
        lambda text: unquote(unquote(text)),
        lambda text: normalize("NFKC", text),
        lambda text: text.replace("\\", "/"),
    ):
        found += [step(text) for text in list(found)]
    return list(dict.fromkeys(text.removeprefix("file://").removeprefix("file:") for text in found))


def _tree(base: Path) -> Path:
    root = base / "allowed"
    for folder in (root / "sub" / "inner", base / "allowed_secret", base / "other"):
        folder.mkdir(parents=True)
    (root / "hello.txt").write_text("x")
    (base / "allowed_secret" / "key.txt").write_text("x")
    (root / "link").symlink_to(base / "other")
    (root / "inner").symlink_to(root / "sub")
    (root / "dangling").symlink_to(base / "other" / "new")
    (root / "sub" / "up").symlink_to("..")
    return root


def measure(count: int, seed: int) -> dict[str, object]:
    """Compare `count` variants with the kernel."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    with tempfile.TemporaryDirectory() as folder:
        base = Path(os.path.realpath(folder))
        root = _tree(base)
        facts = PathFacts(roots=(str(root),), base=str(root), home=str(base), shared=True)
        bypasses, strict, escapes = list[str](), 0, 0
        for _ in range(count):
            parts = [chance.choice(STARTS).format(root=root, base=base)]
            for _ in range(chance.randint(1, 5)):
                parts += [chance.choice(DOTS if chance.random() < 0.6 else NAMES), chance.choice(SLASHES)]
            value = "".join(parts[:-1])
            needs = judge_path(value, facts, access=Access.READ).needs
            told = {need.subject: os.path.realpath(need.subject) for need in needs if "\0" not in need.subject}
            clean = not judge_path(value, facts, access=Access.READ, resolved=told).objections
            real = [os.path.realpath(root / text) for text in _after_decoding(value) if "\0" not in text]
            out = any(not f"{path}/".startswith(f"{root}/") for path in real)
            escapes += out
            bypasses += [value] if out and clean else []
            strict += not out and not clean
    return {"variants": count, "harm": escapes, "bypass": len(bypasses), "stricter": strict, "examples": bypasses[:5]}
