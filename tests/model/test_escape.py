from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sekisho.model.escape import columns, printable
from tablekit import rows

# Everything that has ever moved, hidden or reordered something, more often than chance would draw it.
NASTY = st.sampled_from(
    [
        "\x00", "\x07", "\x08", "\t", "\n", "\r", "\x1b[2J", "\x1b]52;c;", "\x7f", "\x85", "\x9b", "\u00a0", "\u00ad",
        "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u2028", "\u2029", "\u202e",
        "\u2060", "\u2066", "\u2069", "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\ufff9", "\ufffe", "\ue000",
        "\U000e0001", "\U000e0041", "\U000e0101", "\U000f0000", "\ud800", "\udfff", "\u0301", "\u20e3", "::error",
        "##[", "##vso[", "日", "é", "👩", "❤", "葛", "ی", "क", "\u094d", " ", "a",
    ]
)  # fmt: skip
TEXTS = st.lists(NASTY, max_size=30).map("".join) | st.text(st.characters(), max_size=40)
OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f]"
                    r"|[\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff]"
                    r"|[\U000e0000-\U000e007f\U000f0000-\U0010ffff]")  # fmt: skip
COMMAND = re.compile(r"\A\s*::|##\[|##vso\[|##teamcity\[", re.IGNORECASE)


@rows(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("one\ntwo\r\n", "one␊two␍␊"),
        ("\x00\x07\x08\t\x7f", "␀␇␈␉␡"),
        ("\x9b31m\x85", "⟨U+009B⟩31m⟨U+0085⟩"),
        ("a\u202ecod.exe", "a⟨U+202E⟩cod.exe"),
        ("\u2066x\u2069\u200f\u061c", "⟨U+2066⟩x⟨U+2069⟩⟨U+200F⟩⟨U+061C⟩"),
        ("a\u2028b\u2029", "a⟨U+2028⟩b⟨U+2029⟩"),
        ("zero\u200bwidth\u2060\ufeff", "zero⟨U+200B⟩width⟨U+2060⟩⟨U+FEFF⟩"),
        ("soft\u00adhyphen", "soft⟨U+00AD⟩hyphen"),
        ("hi\U000e0068\U000e0069", "hi⟨U+E0068⟩⟨U+E0069⟩"),
        ("\ud800\udc00", "⟨U+D800⟩⟨U+DC00⟩"),
        ("\ue000\U000f0000\uffff\u0378", "⟨U+E000⟩⟨U+F0000⟩⟨U+FFFF⟩⟨U+0378⟩"),
        ("\u3164\u115f\u2800\uffa0", "⟨U+3164⟩⟨U+115F⟩⟨U+2800⟩⟨U+FFA0⟩"),
        ("thin\u2009space", "thin⟨U+2009⟩space"),
        ("10\u00a0000\u202f€", "10 000 €"),
        ("\u0301a", "⟨U+0301⟩a"),
        (" \u0301", " ⟨U+0301⟩"),
        ("\x1b\u0301", "␛⟨U+0301⟩"),
        ("z" + "\u0301" * 8 + "é", "z" + "\u0301" * 6 + "⟨U+0301⟩⟨U+0301⟩é"),
        ("a\ufe0fb", "a⟨U+FE0F⟩b"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f⟨U+FE0F⟩"),
        ("a\U000e0100", "a⟨U+E0100⟩"),
        ("❤\U000e0100", "❤⟨U+E0100⟩"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("👩\u200d", "👩⟨U+200D⟩"),
        ("\u200d👩", "⟨U+200D⟩👩"),
        ("👩\u200c👩", "👩⟨U+200C⟩👩"),
        ("ی\u200c", "ی⟨U+200C⟩"),
        ("ی\u200c\u200cی", "ی⟨U+200C⟩⟨U+200C⟩ی"),
        ("ក\u200c\u17b5", "ក⟨U+200C⟩⟨U+17B5⟩"),
        ("ی\u200c\ufe0f", "ی⟨U+200C⟩⟨U+FE0F⟩"),
        ("\U0002ffff\ufa6e", "⟨U+2FFFF⟩⟨U+FA6E⟩"),
    ],
)
def test_what_would_be_obeyed_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@rows(
    "text",
    [
        "",
        "plain text, std::string, a::b, # heading, 50%",
        "関所を通るメッセージ:「了解」　全角スペースも",
        "ｶﾞｷﾞｸﾞ 葛\U000e0100飾区 辻\ufe00",
        "👩\u200d👩\u200d👧 ❤\ufe0f 👍🏽 1\ufe0f\u20e3 🇯🇵 🏳\ufe0f\u200d🌈 ™\ufe0f",
        "می\u200cخواهم",  # noqa: RUF001 - Persian
        "क्\u200dष क्\u200cष",
        "ไทย ភាសាខ្មែរ 한국어 Tiếng Việt Ελληνικά עברית",
        "e\u0301 o\u0302\u0323",
        "\U0001fae8 \U00030ede \U00031350",
        "⟨U+202E⟩ ␛",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@rows(
    ("text", "shown"),
    [
        ("::error file=a::b", "⟨::⟩error file=a::b"),
        (" \t::set-output", " ␉⟨::⟩set-output"),
        ("\u3000::add-mask", "\u3000⟨::⟩add-mask"),
        ("\u00a0::stop", " ⟨::⟩stop"),
        ("::", "⟨::⟩"),
        ("x ##[error]", "x ⟨##⟩[error]"),
        ("##vso[task.setvariable]", "⟨##⟩vso[task.setvariable]"),
        ("##VSO[task]", "⟨##⟩VSO[task]"),
        ("##teamcity[x]", "⟨##⟩teamcity[x]"),
        ("##[##[", "⟨##⟩[⟨##⟩["),
        ("\x1b[0Ksection_start:1:x\r\x1b[0K", "␛[0Ksection_start:1:x␍␛[0K"),
    ],
)
def test_a_ci_runner_is_not_spoken_to(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(TEXTS)
def test_no_text_leaves_anything_to_obey(text: str) -> None:
    shown = printable(text)
    assert OBEYED.search(shown) is None
    assert COMMAND.search(shown) is None
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@given(TEXTS)
def test_a_printable_text_stays_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@given(st.text(st.characters(categories=["L", "N", "Po", "Sm", "Sc"], max_codepoint=0x11FF)))
def test_letters_digits_and_punctuation_are_never_lost(text: str) -> None:
    plain = text.replace(":", "").replace("#", "").replace("\u115f", "").replace("\u1160", "")
    assert printable(plain) == plain


@given(TEXTS, st.integers(-1, 30))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    whole, cut = printable(text), printable(text, width=width)
    assert columns(cut) <= max(width, 0)
    if columns(whole) <= width:
        assert cut == whole
    elif width > 0:
        assert cut.endswith("…")
        assert whole.startswith(cut[:-1])


@rows(
    ("text", "width", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, ""),
        ("関所関所", 8, "関所関所"),
        ("関所関所", 7, "関所関…"),
        ("関所関所", 6, "関所…"),
        ("関", 1, "…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("👩\u200d👩\u200d👧x", 5, "👩\u200d👩…"),
        ("👩\u200d👩\u200d👧x", 4, "👩…"),
        ("a\x1bb\u202ec", 4, "a␛b…"),
        ("\u202e", 7, "…"),
        ("\u202e", 8, "⟨U+202E⟩"),
    ],
)
def test_cutting_counts_columns_and_keeps_characters_whole(text: str, width: int, shown: str) -> None:
    assert printable(text, width=width) == shown


@rows(
    ("text", "count"),
    [
        ("", 0), ("abc", 3), ("関所", 4), ("ｶﾅ", 2), ("\uff21\uff22", 4), ("　", 2), ("e\u0301", 1), ("❤", 1),
        ("❤\ufe0f", 2), ("👍", 2), ("👍🏽", 4), ("👩\u200d👧", 4), ("1\ufe0f\u20e3", 2), ("한국", 4),
        ("\u1112\u1161\u11ab", 2), ("\u1112\ud7b0", 2), ("…", 1),
        ("می\u200cخ", 3), ("\U0001fae8", 2), ("␛⟨", 2), ("\ufe0f", 0),
    ],
)  # fmt: skip
def test_columns_are_counted(text: str, count: int) -> None:
    assert columns(text) == count


def test_every_single_character_is_judged() -> None:
    for point in [*range(0x3200), *range(0xA000, 0xAC00), *range(0xD700, 0x10000), *range(0xE0000, 0xE0200)]:
        char = chr(point)
        shown = printable(char)
        if shown == char:
            kind = unicodedata.category(char)
            assert kind[0] in "LNPS" or kind == "Mc" or char in " \u3000"
        else:
            assert shown == " " or shown.isprintable()


@rows("unit", ["a", "日", "\x1b", "👩\u200d", "e\u0301", "::", "##[", " "])
def test_a_long_text_is_done_in_one_pass(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert len(printable(text, width=80)) <= 160
    assert len(printable(text)) <= 9 * len(text)
