"""Single messages from one generation to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.engine.bridge.translate import (
    as_discovered,
    as_initialized,
    for_newer_server,
    for_older_server,
    hears,
    level_of,
    result_for_older_host,
    untagged,
)

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

PREFIX = "io.modelcontextprotocol/"


def test_params_get_the_envelope_and_keep_what_is_theirs() -> None:
    assert for_newer_server(None, {"v": 1}) == {"_meta": {"v": 1}}
    assert for_newer_server({"a": 1, "_meta": {"t": 2, "v": 0}}, {"v": 1}) == {"a": 1, "_meta": {"t": 2, "v": 1}}


def test_params_lose_the_envelope_and_nothing_else() -> None:
    assert for_older_server(None) is None
    envelope: JsonObject = {
        f"{PREFIX}{key}": 1 for key in ("protocolVersion", "clientCapabilities", "clientInfo", "logLevel")
    }
    assert for_older_server({"a": 1, "_meta": envelope, "requestState": "s", "inputResponses": {}}) == {"a": 1}
    assert for_older_server({"_meta": {**envelope, "x": 1}}) == {"_meta": {"x": 1}}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("2025-03-26", "2025-03-26"), ("2026-07-28", "2025-11-25"), ("x", "2025-11-25"), (7, "2025-11-25")],
)
def test_the_answer_to_initialize_names_a_revision_that_the_host_can_speak(wanted: Json, told: str) -> None:
    made = as_initialized({"capabilities": {"tools": {}}}, wanted)
    assert made["protocolVersion"] == told
    assert made["serverInfo"] == {"name": "unknown", "version": "unknown"}
    assert "instructions" not in made
    assert "_meta" not in made


def test_what_a_server_says_beside_its_name_survives_the_opening() -> None:
    info: JsonObject = {"name": "n", "version": "1"}
    assert as_initialized({"_meta": {f"{PREFIX}serverInfo": info, "x": 1}}, None)["_meta"] == {"x": 1}
    made = as_discovered({"capabilities": {"tools": {}, "tasks": {}}, "serverInfo": info, "_meta": {"x": 1}})
    assert made["_meta"] == {"x": 1, f"{PREFIX}serverInfo": info}
    assert made["capabilities"] == {"tools": {}}
    assert "_meta" not in as_discovered({})


def test_the_servers_word_about_itself_leaves_a_result_and_other_words_stay() -> None:
    about: JsonObject = {f"{PREFIX}serverInfo": {}, "x": 1}
    assert result_for_older_host("tools/call", {"_meta": about}) == {"_meta": {"x": 1}}
    assert result_for_older_host("tools/call", {"_meta": {f"{PREFIX}serverInfo": {}}}) == {}
    structured: JsonObject = {"structuredContent": {"a": 1}}
    assert result_for_older_host("tools/call", structured) == structured


def test_a_tag_is_taken_off_and_nothing_else() -> None:
    tag: JsonObject = {f"{PREFIX}subscriptionId": 1}
    assert untagged({"method": "m"}) == {"method": "m"}
    assert untagged({"method": "m", "params": {"_meta": tag}}) == {"method": "m"}
    assert untagged({"params": {"a": 1, "_meta": {**tag, "b": 2}}}) == {"params": {"a": 1, "_meta": {"b": 2}}}


def test_levels_are_ordered_and_unknown_ones_are_none() -> None:
    assert level_of({"_meta": {f"{PREFIX}logLevel": "warning"}}) == 3
    assert level_of({"_meta": {f"{PREFIX}logLevel": "loud"}}) is None
    assert level_of(None) is None
    assert [hears(3, level) for level in ("debug", "warning", "emergency", "odd")] == [False, True, True, False]
    assert not hears(None, "error")
