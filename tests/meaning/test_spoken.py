"""What descriptions of tools say of their parameters."""

from __future__ import annotations

from sekisho.meaning.spoken import means_of, told_of
from tablekit import rows


@rows(
    ("description", "told"),
    [
        ("Do it.\n\nArgs:\n    x: the path\n    y (str): a word\n", {"x": "the path", "y": "a word"}),
        ("Do it.\n\nParameters\n- `x`: one\n- **y** - two", {"x": "one", "y": "two"}),
        ("します。\n引数\uff1a\n  入力\uff1aファイルのパス", {"入力": "ファイルのパス"}),
        ("## Arguments\n* x (string, optional): three", {"x": "three"}),
        ("Takes args: x and y.\nx: no head above", {}),
        ("Args:\n", {}),
        ("", {}),
    ],
)
def test_a_docstring_tells_what_its_arguments_are(description: str, told: dict[str, str]) -> None:
    assert told_of(description) == told


@rows(
    ("description", "means"),
    [
        ("Search in files using ripgrep", ("rg",)),
        ("Converts a video with `ffmpeg` or via the imagemagick tools", ("ffmpeg", "magick")),
        ("A wrapper around nmap. Runs kubernetes.", ("nmap", "kubectl")),
        ("Search in files", ()),
        ("", ()),
    ],
)
def test_a_description_tells_what_a_tool_works_with(description: str, means: tuple[str, ...]) -> None:
    assert means_of(description) == means
