"""Which configuration files hold here: this machine's policy, the user's own, and that of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.adapters.configuration import open_source
from sekisho.adapters.places import is_there
from sekisho.policy.layers import Layer, Rank
from sekisho.policy.problem import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sekisho.adapters.configuration import Source
    from sekisho.adapters.places import Places
    from sekisho.policy.problem import Problem

__all__ = ["gather"]


def gather(places: Places, trusts: Callable[[Source], bool]) -> tuple[Layer, ...]:
    """Read every file that is there.

    Args:
        places: where to look.
        trusts: whether the user trusts a project's file.

    Raises:
        ConfigurationError: with what is wrong with each of them as a file.
    """
    problems: list[Problem] = []
    policy = _open(places.policy, problems)
    user = _open(places.user, problems, needed=places.named)
    project = _open(places.project, problems) if places.project is not None else None
    if problems:
        raise ConfigurationError(problems)
    layers: list[Layer] = []
    if policy is not None:
        layers.append(Layer(rank=Rank.POLICY, document=policy.document))
    if user is not None:
        layers.append(Layer(rank=Rank.USER, document=user.document))
    if project is not None and not (user is not None and project.path == user.path):
        rank = Rank.TRUSTED if trusts(project) else Rank.PROJECT
        layers.append(Layer(rank=rank, document=project.document))
    return tuple(layers)


def _open(path: Path, problems: list[Problem], *, needed: bool = False) -> Source | None:
    if not needed and not is_there(path):
        return None
    try:
        return open_source(path)
    except ConfigurationError as error:
        problems += error.problems
        return None
