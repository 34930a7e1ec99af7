"""The two shapes of a refusal."""

from __future__ import annotations

from sekisho.model.answers import refusal_body


def test_a_call_is_refused_by_a_result() -> None:
    body = refusal_body(1, said="No.", detail={"rule": "r"}, call=True, modern=False, code=-1)
    result = {
        "content": [{"type": "text", "text": "No."}],
        "isError": True,
        "_meta": {"sekisho/refusal": {"rule": "r"}},
    }
    assert body == {"jsonrpc": "2.0", "id": 1, "result": result}


def test_the_newer_generation_reads_the_type_of_a_result() -> None:
    body = refusal_body(1, said="No.", detail={}, call=True, modern=True, code=-1)
    result = body["result"]
    assert isinstance(result, dict)
    assert result["resultType"] == "complete"


def test_everything_else_is_refused_by_an_error() -> None:
    body = refusal_body("a", said="No.", detail={"rule": "r"}, call=False, modern=True, code=-31010)
    error = {"code": -31010, "message": "No.", "data": {"sekisho/refusal": {"rule": "r"}}}
    assert body == {"jsonrpc": "2.0", "id": "a", "error": error}
