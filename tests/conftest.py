"""What holds for every property: none of them measures time, so no example has a deadline.

The suite tries few examples of each, anew in every run; `make coverage` tries many (`--hypothesis-profile=many`).
"""

from __future__ import annotations

import gc
import os

from hypothesis import settings

from sekisho.meaning.launch import folders_named

# Where an image forbids bytecode, everything that a test starts would compile Sekisho anew, half a second each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A variable such as a build's `WORKSPACE` gives its folder to every server that a test starts.
for name in [each for each, value in os.environ.items() if any(folders_named((), {each: value}))]:
    del os.environ[name]

# Importing tests makes many objects and no garbage; looking for some in between costs a tenth of the collection.
gc.disable()

settings.register_profile("few", deadline=None, max_examples=40)
settings.register_profile("many", deadline=None, max_examples=300)
settings.load_profile("few")


def pytest_collection_finish() -> None:
    """Keep what was imported out of every later collection of garbage: looking through it takes a fifth of a second.

    Each test with an event loop collects at its end (`peers.loops.run`); it still finds all that the tests made.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
