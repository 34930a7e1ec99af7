"""Honest texts that look dangerous pass: a part of the bench, with every run of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent / "bench" / "honest" / "run.py"


def test_at_most_one_honest_call_in_two_hundred_is_refused() -> None:
    done = subprocess.run([sys.executable, BENCH, "--smoke"], capture_output=True, text=True, timeout=50, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
