from __future__ import annotations

from sekisho.engine.results.references import References
from sekisho.engine.results.unveil import unveil
from sekisho.engine.results.veil import veil
from sekisho.wire.views import obj


def test_what_holds_no_reference_is_not_touched() -> None:
    assert unveil({"a": ["b", 1, None]}, References(b"salt"), "a") is None


def test_references_are_expanded_in_values_and_names_and_objections_have_a_place() -> None:
    references = References(b"salt")
    veiled = veil({"password": "hunter2"}, references, "a")
    assert veiled is not None
    said = str(obj(veiled.content)["password"])
    back = unveil({"x": [f"<{said}>", 1], said: said}, references, "a")
    assert back is not None
    assert back.content == {"x": ["<hunter2>", 1], "hunter2": "hunter2"}
    assert (back.expanded, back.noticed) == (3, ())
    elsewhere = unveil({"x": ["y", said]}, references, "b")
    assert elsewhere is not None
    assert [(each.rule, each.pointer) for each in elsewhere.noticed] == [("reference-elsewhere", "/x/1")]
