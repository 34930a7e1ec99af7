"""What holds for every property: none of them measures time, so no example has a deadline.

The suite tries few examples of each, anew in every run; `make coverage` tries many (`--hypothesis-profile=many`).
"""

from __future__ import annotations

import os

from hypothesis import settings

# Where an image forbids bytecode, everything that a test starts would compile Sekisho anew, half a second each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("few", deadline=None, max_examples=40)
settings.register_profile("many", deadline=None, max_examples=300)
settings.load_profile("few")
