from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.results.marking import marked
from sekisho.engine.results.references import References
from sekisho.engine.results.unveil import unveil
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject


def test_a_text_stands_between_marks_that_are_not_written_back() -> None:
    content: JsonObject = {"content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two\n"}]}
    shown = marked(content, ["/content/1/text", "/content/1/text"], "ABCD23")
    assert shown is not None
    first, second = (str(obj(each)["text"]) for each in items(shown["content"]))
    assert first == "one"
    assert second.startswith("\u27e6data ABCD23: ")
    assert second.endswith("\n\u27e6end ABCD23\u27e7")
    back = unveil(shown, References(b"salt"), "a")
    assert back is not None
    assert back.content == content


def test_other_carriers_of_text_are_marked_too() -> None:
    assert marked({"contents": [{"text": "x"}]}, ["/contents/0/text"], "ABCD") is not None
    assert marked({"messages": [{"content": {"text": "x"}}]}, ["/messages/0/content/text"], "ABCD") is not None


def test_what_is_structured_or_no_text_is_not_marked() -> None:
    content: JsonObject = {"content": [{"type": "text", "text": "x"}], "structuredContent": {}}
    assert marked(content, ["/content/0/text"], "ABCD") is None
    assert marked({"content": [{"uri": "x"}]}, ["/content/0/uri"], "ABCD") is None
    assert marked({"message": "x"}, ["/message"], "ABCD") is None
    assert marked({"_meta": {"a": {"text": "x"}}}, ["/_meta/a/text"], "ABCD") is None
    assert marked("x", [""], "ABCD") is None
