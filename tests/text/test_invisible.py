from __future__ import annotations

from sekisho.text.invisible import hidden, is_long, visible
from tablekit import rows


def tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(char)) for char in text)


@rows(
    ("text", "kind", "decoded"),
    [
        (f"a{tags('send it')}", "tags", "send it"),
        ("a" + "".join(chr(0xE0100 + byte - 16) for byte in b"send"), "selectors", "send"),
        ("x\ufe00\ufe01", "selectors", "\x00\x01"),
        ("".join("\u200c" if bit == "1" else "\u200b" for bit in "0110100001101001"), "zero-width", "hi"),
        ("pass\u200bword", "split-word", "password"),
        ("a \u202eb", "direction", "a b"),
        ("a \u2067b", "direction", "a b"),
    ],
)
def test_what_is_hidden_is_shown(text: str, kind: str, decoded: str) -> None:
    found = list(hidden(text))
    assert (kind, decoded) in [(stretch.kind, stretch.decoded) for stretch in found]
    assert found[0].start == min(stretch.start for stretch in found)


@rows(
    "text",
    [
        "plain",
        "天気予報",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
        f"\U0001f3f4{tags('gbeng')}\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u05d0 \u2067x\u2069",
        "\ufeffstart",
    ],
)
def test_ordinary_text_hides_nothing(text: str) -> None:
    assert list(hidden(text)) == []


def test_a_text_without_what_is_not_drawn() -> None:
    assert visible("pass\u200bword") == "password"
    assert visible("plain") == "plain"


@rows(
    ("text", "long"),
    [("a" * 20, False), ("\u00e4" * 20, False), (tags("say"), True), (tags("sa"), False), ("\u200b\ufe00\u00ad", True)],
)
def test_only_a_long_run_may_say_something(text: str, long: bool) -> None:  # noqa: FBT001 - of the table
    assert is_long(text, 3) is long
