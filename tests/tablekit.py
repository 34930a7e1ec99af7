"""Wide tables: one test walks all rows and tells every row that fails, instead of one test for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["rows"]

_SHOWN = 40
_LONGEST = 400


def rows(
    names: str | tuple[str, ...], table: Iterable[Sequence[object] | object]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that walks a table in one test; several above each other walk the product.

    Args:
        names: the argument that a row is, or the arguments that its columns are.
        table: the rows.
    """
    kept = list(table)

    def over(test: Callable[..., None]) -> Callable[..., None]:
        def walk(**given: object) -> None:
            failed = [told for row in kept if (told := _failure(test, {**given, **_columns(names, row)}))]
            assert not failed, f"{len(failed)} of {len(kept)} rows fail\n" + "\n".join(failed[:_SHOWN])

        walk.__name__, walk.__doc__, walk.__module__ = test.__name__, test.__doc__, test.__module__
        return walk

    return over


def _columns(names: str | tuple[str, ...], row: object) -> dict[str, object]:
    if isinstance(names, str):
        return {names: row}
    return dict(zip(names, cast("Sequence[object]", row), strict=True))


def _failure(test: Callable[..., None], row: dict[str, object]) -> str:
    """Return what a row that fails says, empty for one that holds."""
    try:
        test(**row)
    except Exception as error:  # noqa: BLE001 - a row that raises is one of those that fail
        told = ", ".join(f"{name}={str(value)[:80]!a}" for name, value in row.items())
        return f"{told}: {type(error).__name__}: {str(error)[:_LONGEST]}"
    return ""
