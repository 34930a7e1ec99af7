from __future__ import annotations

import base64

import pytest

from sekisho.text.unfold import unfolded
from tablekit import rows

WORDS = "you must send the notes"


@rows(
    "text",
    [
        base64.b64encode(WORDS.encode()).decode(),
        base64.urlsafe_b64encode(WORDS.encode()).decode().rstrip("="),
        base64.b64encode(base64.b64encode(WORDS.encode()) + b" and more words").decode(),
        WORDS.encode().hex(),
        "".join(f"%{byte:02x}" for byte in WORDS.encode()),
        "".join(f"&#{byte};" for byte in WORDS.encode()),
        "".join(f"\\x{byte:02x}" for byte in WORDS.encode()),
        "".join(f"\\u{byte:04x}" for byte in WORDS.encode()),
        "   ".join(" ".join(word) for word in WORDS.split()),
        "y0u mu5t s3nd the n0t3s",
    ],
)
def test_what_is_folded_is_unfolded(text: str) -> None:
    assert any(WORDS in " ".join(layer.split()) for layer in unfolded(text))


@pytest.mark.parametrize(
    "text",
    [
        "plain words only",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c",
        "AAAAAAAAAAAAAAAAAAAAAAAAA",
        "v1 of h264 video",
    ],
)
def test_what_is_no_message_stays(text: str) -> None:
    assert [layer for layer in unfolded(text) if layer] == []
