from __future__ import annotations

from sekisho.settings.node import Array, Region, Scalar, Table, Text, texts

HERE = Region(1, 1, 1, 1)


def test_numbers_and_truth_values_are_written_as_json_writes_them() -> None:
    values = Array((*(Scalar(value, HERE) for value in (True, False, 1.5, None)),), HERE)
    assert [text.text for text in texts(values)] == ["true", "false", "1.5"]


def test_a_text_knows_its_pointer_and_the_nearest_key() -> None:
    assert list(texts(Array((Table((), HERE), Scalar("x", HERE)), HERE), "/a~1b", "a/b")) == [
        Text("x", "/a~1b/1", "a/b")
    ]
