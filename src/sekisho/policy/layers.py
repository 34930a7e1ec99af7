"""Several files, one configuration: which of them may set what, and who wins.

The policy of this machine is over the user's own file, and that is over a project's that the user trusts.
A server belongs whole to the strongest file that defines it, so nobody puts an argument or a variable into another's.
Where stricter is a matter of degree, the strictest of all files holds, whoever wrote it.
A project's file that nobody trusted can only tighten: whatever else it says is left out, and told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, assert_never, cast

from sekisho.model.message_ids import MessageId
from sekisho.policy.checking import check, locate, tabular
from sekisho.policy.problem import ConfigurationError, Problem, dotted, ordered
from sekisho.policy.reach import Listed
from sekisho.policy.schema import Choice, Named, Table, Tightens, Version, Whole
from sekisho.policy.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.policy.problem import Place
    from sekisho.policy.schema import Key
    from sekisho.policy.toml import Document, Path

__all__ = ["Effective", "Layer", "Origin", "Rank", "merge"]


class Rank(Enum):
    """Whose file it is, strongest first."""

    POLICY = "policy"
    """This machine's administrator's."""

    USER = "user"
    """The user's own, or the one that was named on the command line."""

    TRUSTED = "trusted-project"
    """A project's, as the user has seen and trusted it."""

    PROJECT = "project"
    """A project's that nobody looked at."""


_RANKS: Final = tuple(Rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One file."""

    rank: Rank
    """Whose it is."""

    document: Document
    """What it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value comes from."""

    rank: Rank
    """Whose file."""

    file: str
    """Its name."""

    place: Place | None
    """Where in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """What is written, all files together."""

    values: Mapping[Path, object]
    """Each setting by its path."""

    origins: Mapping[Path, Origin]
    """Where each comes from."""

    notes: tuple[Problem, ...] = ()
    """What is written and does not hold."""

    lists: Mapping[Path, tuple[Listed, ...]] = field(default_factory=dict["Path", "tuple[Listed, ...]"])
    """Settings of which every file's own list holds; `values` has what is in all of them."""


@dataclass(slots=True)
class _Merging:
    """What was taken so far."""

    values: dict[Path, object] = field(default_factory=dict["Path", object])
    origins: dict[Path, Origin] = field(default_factory=dict["Path", Origin])
    owners: dict[Path, Layer] = field(default_factory=dict["Path", Layer])
    lists: dict[Path, tuple[Listed, ...]] = field(default_factory=dict["Path", "tuple[Listed, ...]"])
    notes: dict[tuple[str, Path], Problem] = field(default_factory=dict[tuple[str, "Path"], Problem])

    def take(self, layer: Layer, path: Path, value: object) -> None:
        self.values[path] = value
        place = locate(layer.document, path)
        self.origins[path] = Origin(rank=layer.rank, file=layer.document.file, place=place)

    def note(self, layer: Layer, path: Path, message: MessageId, **values: str | int) -> None:
        self.notes.setdefault((layer.document.file, path), _problem(layer, path, message, **values))


def merge(layers: Sequence[Layer]) -> Effective:
    """Return what holds.

    Raises:
        ConfigurationError: with everything that is wrong with any of the files.
    """
    reachable = {alias for layer in layers if layer.rank is not Rank.PROJECT for alias in _reachable(layer)}
    problems = [problem for layer in layers for problem in _problems(layer, reachable)]
    if problems:
        raise ConfigurationError(problems)
    merging = _Merging()
    for layer in sorted(layers, key=lambda layer: _RANKS.index(layer.rank)):
        for path, key, value in _leaves(layer.document.values, SETTINGS, ()):
            _settle(merging, layer, path, key, value)
    values = {path: value for path, value in merging.values.items() if _belongs(merging, path)}
    origins = {path: merging.origins[path] for path in values}
    lists = {path: each for path, each in merging.lists.items() if path in values}
    return Effective(values=values, origins=origins, notes=tuple(merging.notes.values()), lists=lists)


def _belongs(merging: _Merging, path: Path) -> bool:
    """Tell whether a setting is of a server that there is: a project may tighten one that others have."""
    return path[0] != "servers" or path[:2] in merging.owners


def _problems(layer: Layer, reachable: set[str]) -> list[Problem]:
    document = layer.document
    problems = check(document, SETTINGS)
    for alias, entry in (tabular(document.values.get("servers")) or {}).items():
        told = layer.rank is Rank.PROJECT or alias in reachable or tabular(entry) is None
        if not told:
            problems.append(_problem(layer, ("servers", alias), MessageId.CONFIG_NEITHER))
    return ordered(problems)


def _reachable(layer: Layer) -> Iterator[str]:
    """Return the servers that a file says how to reach."""
    for alias, entry in (tabular(layer.document.values.get("servers")) or {}).items():
        if {"command", "url"} & set(tabular(entry) or {}):
            yield alias


def _problem(layer: Layer, path: Path, message: MessageId, **values: str | int) -> Problem:
    document = layer.document
    place = locate(document, path)
    return Problem(message=message, values=values, file=document.file, place=place, key=dotted(path))


def _leaves(values: Mapping[str, object], table: Table, above: Path) -> Iterator[tuple[Path, Key, object]]:
    """Return what a checked file sets, key by key."""
    for key in table.keys:
        if key.name not in values:
            continue
        value, path = values[key.name], (*above, key.name)
        match key.node:
            case Table() as below:
                yield from _leaves(tabular(value) or {}, below, path)
            case Named() as named:
                for name, entry in (tabular(value) or {}).items():
                    yield from _leaves(tabular(entry) or {}, named.table, (*path, name))
            case Version():
                pass  # about the file, not about what holds
            case _:
                yield path, key, value


def _settle(merging: _Merging, layer: Layer, path: Path, key: Key, value: object) -> None:
    match key.tightens:
        case Tightens.NEVER:
            _settle_owned(merging, layer, path, value)
        case Tightens.LOWER:
            _settle_lower(merging, layer, path, key, value)
        case Tightens.LATER:
            _settle_later(merging, layer, path, key, value)
        case Tightens.FEWER:
            _settle_fewer(merging, layer, path, value)
        case Tightens.EACH:
            _settle_each(merging, layer, path, value)
        case _:
            assert_never(key.tightens)


def _settle_owned(merging: _Merging, layer: Layer, path: Path, value: object) -> None:
    unit = path[:2] if path[0] == "servers" else path
    if layer.rank is Rank.PROJECT:
        merging.note(layer, unit, MessageId.CONFIG_LEFT_OUT, file=layer.document.file)
        return
    owner = merging.owners.setdefault(unit, layer)
    if owner is layer:
        merging.take(layer, path, value)
    else:
        merging.note(layer, unit, MessageId.CONFIG_OVERRULED, other=owner.document.file)


def _settle_lower(merging: _Merging, layer: Layer, path: Path, key: Key, value: object) -> None:
    holds = merging.values.get(path)
    if holds is None and layer.rank is Rank.PROJECT and isinstance(key.node, Whole):
        holds = key.node.default
    if not isinstance(holds, int) or not isinstance(value, int) or value <= holds:
        merging.take(layer, path, value)
    else:
        merging.note(layer, path, MessageId.CONFIG_LOOSER, holds=holds)


def _settle_later(merging: _Merging, layer: Layer, path: Path, key: Key, value: object) -> None:
    words = key.node.words if isinstance(key.node, Choice) else ()
    holds = merging.values.get(path)
    if holds is None and layer.rank is Rank.PROJECT and isinstance(key.node, Choice):
        holds = key.node.default
    if holds is None or _place_of(value, words) >= _place_of(holds, words):
        merging.take(layer, path, value)
    else:
        merging.note(layer, path, MessageId.CONFIG_LOOSER, holds=str(holds))


def _place_of(word: object, words: tuple[str, ...]) -> int:
    return words.index(word) if isinstance(word, str) else 0


def _settle_fewer(merging: _Merging, layer: Layer, path: Path, value: object) -> None:
    holds = cast("list[str] | None", merging.values.get(path))
    wanted = cast("list[str]", value)
    if holds is None:
        merging.take(layer, path, wanted)
        return
    if set(wanted) - set(holds):
        merging.note(layer, path, MessageId.CONFIG_LOOSER, holds=", ".join(holds))
    if set(holds) - set(wanted):
        merging.take(layer, path, [each for each in holds if each in wanted])


def _settle_each(merging: _Merging, layer: Layer, path: Path, value: object) -> None:
    """Add a list. Only the file that defines the server, and this machine's policy, may open what is closed else."""
    wanted = cast("list[str]", value)
    widens = layer.rank is Rank.POLICY or merging.owners.get(path[:2]) is layer
    before = merging.lists.get(path, ())
    merging.lists[path] = (*before, Listed(values=tuple(wanted), widens=widens))
    if not before:
        merging.take(layer, path, wanted)
    else:
        holds = cast("list[str]", merging.values[path])
        merging.take(layer, path, [each for each in holds if each in wanted])
