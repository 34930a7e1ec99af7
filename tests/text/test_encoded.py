"""Secrets in another spelling: found, with the bounds that they have in the text as it came."""

from __future__ import annotations

import base64
from hashlib import sha256
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from sekisho.text.encoded import ANY, folded, meant, secrets
from tablekit import rows
from text.lookalikes import LOOKALIKES

SECRET = "ghp_q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"  # noqa: S105 - nobody's letters
ESCAPED = "".join(f"\\u{ord(char):04x}" for char in SECRET)
PERCENT = "".join(f"%{ord(char):02X}" for char in SECRET)
ENTITIES = "".join(f"&#{ord(char)};" for char in SECRET)
APART = "\u200b".join(SECRET)
LINES = f"DB_PASSWORD=hunter2x\nTOKEN={SECRET}"
BASE64 = base64.b64encode(LINES.encode()).decode()
URL64 = base64.urlsafe_b64encode(f"{LINES}~~~?".encode()).decode().rstrip("=")


def found(text: str) -> set[str]:
    data = text.encode()
    return {data[start:end].decode() for start, end in secrets(data)}


@rows(
    ("text", "secret"),
    [
        (f"a {SECRET} b", SECRET),
        (f"大 {ESCAPED} b", ESCAPED),
        (f"a gh&#x70;_{SECRET[4:]}", f"gh&#x70;_{SECRET[4:]}"),
        (f"https://a.test/?t={PERCENT}", PERCENT),
        (f"{ENTITIES}&#233;", ENTITIES),
        (f"a {APART}\u200b b", APART),
        (f"{SECRET[:9]}\u00ad{SECRET[9:]}", f"{SECRET[:9]}\u00ad{SECRET[9:]}"),
        (f"see {BASE64}", BASE64),
        (f"see {URL64}.", URL64),
        (f"see {BASE64.replace('B', '%42')}", BASE64.replace("B", "%42")),
        (quote("password=hunter2!x"), "hunter2%21x"),
        (f"blob={SECRET.encode().hex()};", SECRET.encode().hex()),
        (f"t = '{SECRET[:14]}' + '{SECRET[14:]}'", f"{SECRET[:14]}' + '{SECRET[14:]}"),
    ],
)
def test_a_secret_is_found_as_it_is_meant_and_the_cheap_look_sees_it(text: str, secret: str) -> None:
    assert secret in found(text)
    assert ANY.has(meant(text.encode()))


@rows(
    "text",
    [
        "aHR0cHM6Ly9leGFtcGxlLmNvbS9hL2IvYz9kPWU=",
        "SGVsbG8gV29ybGQsIHRoaXMgaXMgYSB0ZXN0IG1lc3NhZ2Uu",
        "https://a.test/%E3%81%82?q=a%20b",
        "SGVsbG8gV29ybGQsIHRoaXMgaXMgYSB0Z",
        "e\u0301\u200b",
        b"nothing secret stands in these letters".hex(),
    ],
)
def test_what_says_nothing_secret_is_left_alone(text: str) -> None:
    assert found(text) == set()


@rows("text", LOOKALIKES)
def test_what_only_looks_like_a_secret_is_shown(text: str) -> None:
    assert found(text) == set()


def test_a_text_that_is_spelt_as_it_is_meant_is_itself() -> None:
    data = b"a plain text"
    assert meant(data) is data


@given(
    st.lists(st.sampled_from(["%41", "\\u0041", "\u200b", "&#65;", "é", SECRET, "a ", BASE64, "&#999;"]), max_size=8)
)
def test_spans_of_any_mixture_lie_between_characters(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    for start, end in secrets(data):
        assert 0 <= start < end <= len(data)
        data[start:end].decode()


PICTURE = b"".join(sha256(bytes((number,))).digest() for number in range(94))
DOTS = base64.b64encode(PICTURE).decode()
LATE = "AIzaSyD4k9Qw7Rz2Xv8Nc3Tb6Yh1Jf5Gs0Pa"


@rows(
    "text",
    [
        DOTS,
        f"{DOTS[:800]}+{LATE}/{DOTS[800:]}",
        f"{DOTS[:800]}ABSK{DOTS[800:]}",
        f"{DOTS[:152]}\n{LATE}{DOTS[:30]}\n{DOTS[152:400]}",
        base64.b64encode(b"a picture that begins like a text: " + PICTURE).decode(),
    ],
)
def test_a_picture_holds_no_secret_whatever_its_letters_are(text: str) -> None:
    for quoted in (text, f'<img src="data:image/png;base64,{text}">'):
        assert found(quoted) == set()


@rows("lines", [False, True])
def test_a_text_inside_of_what_is_no_text_is_read_in_its_bounds(*, lines: bool) -> None:
    said = base64.b64encode(
        b"the head of a file: " + b"\xff" + f" TOKEN={SECRET} and more ".encode() + PICTURE
    ).decode()
    text = "\n".join(said[at : at + 76] for at in range(0, len(said), 76)) if lines else said
    (span,) = set(secrets(text.encode()))
    assert SECRET.encode() in base64.b64decode(text[span[0] : span[1]] + "==")
    assert span[1] - span[0] < 200


@given(st.binary(min_size=18, max_size=300), st.integers(20, 80))
def test_what_runs_say_stands_where_it_is_told(data: bytes, width: int) -> None:
    text = base64.b64encode(b"what begins as a text " + data)
    run = b"\n".join(text[at : at + width] for at in range(0, len(text), width))
    for start, end, said in folded(run):
        letters = run[start:end].replace(b"\n", b"").rstrip(b"=")
        assert said in base64.b64decode(text)
        assert abs(len(letters) * 3 / 4 - len(said)) <= 2


@rows("data", [b"&#8364; 5, &#x2014; or more", b"&#99999999999;"])
def test_the_spelling_of_a_letter_beyond_ascii_stays_as_it_came(data: bytes) -> None:
    assert meant(data) is data
