from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.results.references import References
from sekisho.engine.results.spelling import Restored, Spelt, restore, spell
from sekisho.text.encoded import secrets
from tablekit import rows

RANDOM = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
PIECES = (
    *("\x1b", "\u241b", "\u27e6", "\u27e7", "not ", "secret:", "hidden:", "sign ", "1", "12345678", " ", "\n"),
    *(
        "\u27e6secret:1\u27e7",
        "\u27e6not secret:1\u27e7",
        "\u27e6sign \u241b\u27e7",
        "\U000e0041",
        "\U000e0042\U000e0043",
    ),
    *("\x9b", "\u20ac\x9d", FLAG, "password=", "hunter2", f"ghp_{RANDOM}", f"token: {RANDOM}", "\x1b[31m", "plain"),
    *(
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u0633\u0644\u0627\u0645",
        "\u0645\u06cc\u200c\u062e",
        "\ufeff",
        "\u00e9",
    ),
)
MADE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def shown(text: str, references: References, server: str = "a") -> str:
    return spell(text, references, server, Spelt(), secrets(text.encode()))


@given(MADE)
def test_what_is_spelt_is_restored_byte_for_byte(text: str) -> None:
    references = References(b"salt")
    said = shown(text, references)
    tally = Restored()
    assert restore(said, references, "a", tally) == text
    assert not tally.objections
    assert "\x1b" not in said
    assert f"ghp_{RANDOM}" not in said


@given(st.lists(MADE.map(lambda text: text.replace("\n", " ")), min_size=1, max_size=6), st.data())
def test_after_an_edit_only_the_edit_differs(lines: list[str], data: st.DataObject) -> None:
    references = References(b"salt")
    lines = [f"{line}\nkept" for line in lines]
    said = shown("\n".join(lines), references).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1)) * 2 + 1
    said[at] = "edited"
    lines[at // 2] = lines[at // 2].removesuffix("kept") + "edited"
    assert restore("\n".join(said), references, "a", Restored()) == "\n".join(lines)


@rows(
    "text",
    [
        f"A flag {FLAG}.",
        "\ufeffA byte order mark.",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u200f\u0633\u0644\u0627\u0645",
        "\u27e6x\u27e7 is read as the denotation of x",
        "mojibake: \u00e2\u20ac\x9d",
    ],
)
def test_what_languages_need_is_left_alone(text: str) -> None:
    assert shown(text, References(b"salt")) == text


@rows(
    ("text", "said"),
    [
        ("\x1b[31m", "\u241b[31m"),
        ("\u241b", "\u27e6sign \u241b\u27e7"),
        ("\u27e6secret:1\u27e7", "\u27e6not secret:1\u27e7"),
        ("\u27e6not hidden:1\u27e7", "\u27e6not not hidden:1\u27e7"),
    ],
)
def test_what_a_model_reads_instead(text: str, said: str) -> None:
    assert shown(text, References(b"salt")) == said


def test_spans_that_touch_become_one_secret() -> None:
    references = References(b"salt")
    said = spell("a hunter2 b", references, "a", tally := Spelt(), [(2, 6), (5, 9)])
    assert re.fullmatch("a \u27e6secret:[0-9]+\u27e7 b", said)
    assert tally.secrets == 1


@rows(
    ("text", "rule"),
    [
        ("\u27e6secret:7\u27e7", "reference-unknown"),
        ("\u27e6hidden:7\u27e7", "reference-unknown"),
        ("\u27e6 secret :7\u27e7", "reference-unknown"),
        ("\u27e6secret:seven\u27e7", "reference-unknown"),
        ("\u27e6secret:12345678901\u27e7", "reference-unknown"),
    ],
)
def test_a_reference_of_nobody_is_objected_to(text: str, rule: str) -> None:
    tally = Restored()
    assert restore(text, References(b"salt"), "a", tally) == text
    assert [objection[0] for objection in tally.objections] == [rule]


def test_a_reference_goes_back_to_its_own_server_only() -> None:
    references = References(b"salt")
    said = shown("password=hunter2", references)
    here, there = Restored(), Restored()
    assert restore(said, references, "a", here) == "password=hunter2"
    assert here.expanded == 1
    restore(said, references, "b", there)
    assert [rule for rule, _ in there.objections] == ["reference-elsewhere"]
    wrong = Restored()
    restore(said.replace("secret:", "hidden:"), references, "a", wrong)
    assert [rule for rule, _ in wrong.objections] == ["reference-unknown"]


def test_a_sign_is_an_escape_character_only_for_the_server_that_showed_one() -> None:
    references = References(b"salt")
    shown("\x1b", references)
    assert restore("\u241b", references, "a", Restored()) == "\x1b"
    assert restore("\u241b", references, "b", Restored()) == "\u241b"
