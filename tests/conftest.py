"""What holds for every property: none of them measures time, so no example has a deadline.

The suite tries few examples of each, anew in every run; `make coverage` tries many (`--hypothesis-profile=many`).
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("few", deadline=None, max_examples=40)
settings.register_profile("many", deadline=None, max_examples=300)
settings.load_profile("few")
