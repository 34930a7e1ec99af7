from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.engine.results.references import TooManyError
from sekisho.engine.sampling import answers
from sekisho.engine.sampling.answers import objection_to

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject


def reply(said: str) -> JsonObject:
    return {"role": "assistant", "model": "m", "content": {"type": "text", "text": said}}


def test_a_secret_in_an_answer_is_an_objection_at_its_key() -> None:
    found = objection_to("git", {"a": reply("fine"), "b": reply("API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1")})
    assert found is not None
    assert (found.rule, found.pointer) == ("answer-secret", "/inputResponses/b")
    alone = objection_to("git", {"": reply("API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1")})
    assert alone is not None
    assert alone.pointer == ""


@pytest.mark.parametrize("said", ["fine", "Set `API_KEY` to your key.", "\x1b[1mbold", "It is \u27e6secret:7\u27e7."])
def test_an_answer_without_one_is_none(said: str) -> None:
    assert objection_to("git", {"": reply(said)}) is None


def test_an_answer_with_more_than_can_be_read_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(*_: object) -> None:
        raise TooManyError

    monkeypatch.setattr(answers, "veil", too_many)
    assert objection_to("git", {"": reply("API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1")}) is not None
