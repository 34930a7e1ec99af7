from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.results.adjacent import crossing, runs

if TYPE_CHECKING:
    from sekisho.wire.strict import Json


def said(text: Json) -> Json:
    return {"type": "text", "text": text}


def test_texts_side_by_side_are_one_run_and_a_picture_parts_them() -> None:
    assert list(runs([said("a"), said("b"), {"type": "image"}, said("c"), "d", said("e"), said("f")])) == [
        [(0, "a"), (1, "b")],
        [(5, "e"), (6, "f")],
    ]
    assert list(runs([said("a"), {"type": "image"}, said(1)])) == []


def test_a_stretch_in_several_texts_is_parted_and_one_within_a_text_is_not_told() -> None:
    run = [(0, "abcé"), (1, "def"), (2, "ghi"), (5, "jkl")]
    assert list(crossing(run, [(6, 7), (0, 2), (3, 9), (10, 11), (11, 12)])) == [
        [((0, "abcé"), (3, 5)), ((1, "def"), (0, 3)), ((2, "ghi"), (0, 1))],
        [((2, "ghi"), (2, 3)), ((5, "jkl"), (0, 1))],
    ]
    assert next(iter(crossing(run, [(2, 14)])))[-1] == ((5, "jkl"), (0, 3))
