"""The incidents, one module each: `INCIDENT`, and in its docstring the story.

`incidents` finds them by walking the package, those of the demo first.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sekisho.range.incident import Incident

__all__ = ["incidents", "story"]


@cache
def incidents() -> tuple[Incident, ...]:
    """Return all incidents: those of the demo in its order, then the others by name."""
    found: list[Incident] = [import_module(f"{__name__}.{each.name}").INCIDENT for each in iter_modules(__path__)]
    return tuple(sorted(found, key=lambda incident: (incident.place or len(found), incident.id)))


def story(incident: Incident) -> str:
    """Return what its module tells, as one line for each paragraph."""
    told = import_module(f"{__name__}.{incident.id.replace('-', '_')}").__doc__ or ""
    return "\n".join(" ".join(part.split()) for part in told.split("\n\n"))
