from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    HTTP,
    LEGACY,
    MODERN,
    STARTS,
    Play,
    answer,
    cancelled,
    closes,
    discovered,
    each_face,
    envelope,
    error,
    failed,
    initialize,
    initialized,
    note,
    refused,
    request,
    result,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience
from sekisho.wire.versions import META_CLIENT_CAPABILITIES, META_CLIENT_INFO, META_PROTOCOL_VERSION
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import Id, Json, JsonObject


def probe(id_: Id, told: JsonObject | None = None) -> JsonObject:
    return request(id_, "server/discover", {"_meta": told if told is not None else envelope()})


# -- up to 2025-11-25 ----------------------------------------------------------------------------


@each_face
def test_initialize_is_relayed_both_ways(host: Face, server: Face) -> None:
    play = Play(host, server)
    play.host(initialize(70)).expects(to_server(initialize(1), call=1)).records("request", method="initialize")
    play.server(initialized(1, extra=1)).expects(answer(initialized(70, extra=1))).records("answer", outcome="result")
    play.host(note("notifications/initialized")).expects(to_server(note("notifications/initialized"), call=None))
    assert play.session.revision == "2025-11-25"


@pytest.mark.parametrize("version", ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
def test_a_known_revision_is_asked_for_as_it_is(version: str) -> None:
    play = Play().host(initialize(1, version)).expects(to_server(initialize(1, version)))
    play.server(initialized(1, version))
    assert play.session.revision == version


@pytest.mark.parametrize("version", ["2026-07-28", "2027-01-01", "", "1"])
def test_a_revision_that_we_could_not_judge_is_not_asked_for(version: str) -> None:
    Play().host(initialize(1, version)).expects(to_server(initialize(1, "2025-11-25")))


def test_initialize_without_a_revision_or_params_asks_for_the_latest() -> None:
    Play().host(request(1, "initialize", {})).expects(
        to_server(request(1, "initialize", {"protocolVersion": "2025-11-25"}))
    )
    Play().host(request(1, "initialize")).expects(to_server(request(1, "initialize")))


@pytest.mark.parametrize("version", ["2026-07-28", "2024-01-01", 5, None])
def test_an_unknown_revision_from_the_server_is_refused_and_the_host_may_try_again(version: Json) -> None:
    play = Play().host(initialize("a"))
    play.server(result(1, {"protocolVersion": version, "capabilities": {}})).expects(refused("a", "unknown-revision"))
    assert play.session.revision is None
    play.host(initialize("b")).expects(to_server(initialize(2)))


def test_an_older_counter_offer_of_the_server_is_passed_on() -> None:
    play = Play().host(initialize("a")).server(initialized(1, "2024-11-05"))
    play.expects(answer(initialized("a", "2024-11-05")))
    play.host(request("b", "tools/list")).expects(to_server(request(2, "tools/list")))


def test_an_error_as_answer_to_initialize_lets_the_host_try_again() -> None:
    play = Play().host(initialize("a")).server(error(1)).expects(answer(error("a")))
    play.host(initialize("b")).expects(to_server(initialize(2)))


def test_a_session_is_initialized_once() -> None:
    play = Play().host(initialize("a")).host(initialize("b")).expects(failed("b", -32600))
    play.server(initialized(1)).host(initialize("c")).expects(failed("c", -32600)).records(
        "error", rule="initialized-twice"
    )


@pytest.mark.parametrize("method", ["tools/list", "ping", "no/such"])
def test_a_request_before_initialize_is_refused(method: str) -> None:
    Play().host(request("a", method)).expects(failed("a", -32602)).records("error", rule="not-initialized")


def test_a_host_may_send_everything_at_once() -> None:
    play = Play().host(initialize("a")).host(note("notifications/initialized"))
    play.expects(to_server(note("notifications/initialized")))
    play.host(request("b", "tools/list")).expects(to_server(request(2, "tools/list")))


def test_an_unknown_method_does_not_slip_through_while_initialize_is_open() -> None:
    play = Play().host(initialize("a"))
    play.host(request("b", "tasks/get")).expects(failed("b", -32601)).records("error", rule="unknown-method")


def test_a_notification_before_any_request_is_dropped() -> None:
    Play().host(note("notifications/initialized")).expects_nothing().records("notification", rule="unknown-method")


def test_a_session_that_was_initialized_takes_no_request_that_names_a_revision() -> None:
    play = Play().opened(LEGACY)
    play.host(request("a", "tools/call", {"name": "t", "_meta": envelope()})).expects(failed("a", -32600)).records(
        "error", rule="mixed-generations"
    )


def test_the_server_sees_the_declared_capabilities_without_what_the_policy_withholds() -> None:
    ui, other = "io.modelcontextprotocol/ui", "com.example/other"
    declared: JsonObject = {"sampling": {}, "tasks": {}, "extensions": {ui: {}, other: {}}}
    left: JsonObject = {"sampling": {}, "extensions": {other: {}}}
    Play().host(initialize(1, capabilities=declared)).expects(to_server(initialize(1, capabilities=left)))


def test_the_host_sees_the_offered_capabilities_without_what_the_policy_withholds() -> None:
    play = Play().host(initialize("a")).server(initialized(1, capabilities={"tools": {}, "tasks": {}}))
    play.expects(answer(initialized("a", capabilities={"tools": {}})))


def test_capabilities_of_the_wrong_shape_are_none() -> None:
    body = request(1, "initialize", {"protocolVersion": "2025-11-25", "capabilities": ["sampling"]})
    Play().host(body).expects(to_server(initialize(1)))


# -- 2026-07-28 ----------------------------------------------------------------------------------


@each_face
def test_the_first_modern_request_waits_for_our_own_probe(host: Face, server: Face) -> None:
    play = Play(host, server)
    ask = request("a", "prompts/list", {"_meta": envelope()})
    play.host(ask).expects(to_server(probe(1), call=1)).records("lifecycle", errand="probe")
    play.server(discovered(1)).expects(to_server({**ask, "id": 2}, call=2))
    play.server(result(2, {"prompts": []})).expects(answer(result("a", {"prompts": []})))
    assert play.session.revision == "2026-07-28"


def test_the_probe_repeats_who_asks_and_nothing_else() -> None:
    info: JsonObject = {"name": "host"}
    told = envelope({"tasks": {}, "roots": {}}, **{META_CLIENT_INFO: info, "baggage": "b", "progressToken": 1})
    expected: JsonObject = {**envelope({"roots": {}}), META_CLIENT_INFO: info}
    Play().host(request("a", "prompts/list", {"_meta": told})).expects(to_server(probe(1, expected)))


def test_requests_that_come_during_the_probe_wait_in_order() -> None:
    play = Play().host(request("a", "prompts/list", {"_meta": envelope()}))
    play.host(request("b", "resources/list", {"_meta": envelope()})).expects_nothing()
    play.server(discovered(1)).expects(
        to_server(request(2, "prompts/list", {"_meta": envelope()})),
        to_server(request(3, "resources/list", {"_meta": envelope()})),
    )


@pytest.mark.parametrize(
    "said",
    [error(1, -32601), error(1, -32600), result(1), result(1, {"supportedVersions": ["2025-11-25", 7]})],
)
def test_a_server_that_does_not_answer_the_probe_like_a_modern_one_is_older(said: JsonObject) -> None:
    play = Play().host(request("a", "tools/call", {"name": "t", "_meta": envelope()}))
    play.server(said).expects(failed("a", -32600)).records("error", rule="older-generation")
    play.host(initialize("b")).expects(STARTS, to_server(initialize(2)))


def test_a_silent_server_is_older_too() -> None:
    play = Play().host(request("a", "tools/call", {"name": "t", "_meta": envelope()}))
    play.tick(after=120)
    assert failed("a", -32600) in play.seen
    assert play.session.idle


def test_a_probe_that_never_arrived_says_nothing_about_the_generation() -> None:
    play = Play().host(request("a", "tools/call", {"name": "t", "_meta": envelope()}))
    play.broke(1, Trouble.UNREACHABLE).expects(refused("a", "server-unreachable"))


def test_only_so_many_requests_wait() -> None:
    play = Play(patience=Patience(parked=1)).host(request("a", "prompts/list", {"_meta": envelope()}))
    play.host(request("b", "prompts/list", {"_meta": envelope()})).expects(refused("b", "too-many-open-calls"))


def test_a_waiting_request_can_be_cancelled_and_is_never_sent() -> None:
    play = Play().host(request("a", "tools/call", {"name": "t", "_meta": envelope()}))
    play.host(cancelled("a")).expects(closes("a")).records("cancel", method="tools/call")
    play.server(discovered(1)).expects_nothing()


def test_only_the_request_that_is_cancelled_stops_waiting() -> None:
    play = Play()
    for id_ in ("a", "b", "c"):
        play.host(request(id_, "prompts/list", {"_meta": envelope()}))
    play.host(cancelled("b")).expects(closes("b")).host(cancelled("d")).expects_nothing()
    play.server(discovered(1)).expects(
        to_server(request(2, "prompts/list", {"_meta": envelope()})),
        to_server(request(3, "prompts/list", {"_meta": envelope()})),
    )


def test_a_waiting_request_of_a_channel_that_left_is_never_sent() -> None:
    play = Play().host(request("a", "tools/call", {"name": "t", "_meta": envelope()}), channel=1)
    play.host(request("a", "prompts/list", {"_meta": envelope()}), channel=2)
    play.host_left(1).expects_nothing().records("cancel", method="tools/call")
    play.server(discovered(1)).expects(to_server(request(2, "prompts/list", {"_meta": envelope()})))


@rows("method", ["server/discover", "tools/list"])
@rows(
    "told",
    [
        {META_PROTOCOL_VERSION: "2026-07-28"},
        {META_PROTOCOL_VERSION: 5, META_CLIENT_CAPABILITIES: {}},
        {META_PROTOCOL_VERSION: "2026-07-28", META_CLIENT_CAPABILITIES: []},
    ],
)
def test_a_modern_request_needs_its_envelope(method: str, told: JsonObject) -> None:
    Play().host(request("a", method, {"_meta": told})).expects(failed("a", -32602)).records(
        "error", rule="missing-envelope"
    )


def test_discover_without_an_envelope_and_any_later_request_are_told_what_is_missing() -> None:
    Play().host(request("a", "server/discover")).expects(failed("a", -32602))
    play = Play().host(request("a", "prompts/list", {"_meta": envelope()})).server(discovered(1))
    play.host(request("b", "prompts/list")).expects(failed("b", -32602))


@pytest.mark.parametrize("version", ["2025-11-25", "2027-01-01", ""])
def test_a_revision_that_is_not_served_is_answered_with_those_that_are(version: str) -> None:
    play = Play().host(request("a", "tools/list", {"_meta": {**envelope(), META_PROTOCOL_VERSION: version}}))
    play.expects(failed("a", -32022)).records("error", rule="unsupported-version")
    assert play.sent == [
        {
            "jsonrpc": "2.0",
            "id": "a",
            "error": {
                "code": -32022,
                "message": "Unsupported protocol version",
                "data": {"supported": ["2026-07-28"], "requested": version},
            },
        }
    ]


def test_a_host_that_discovers_by_itself_is_not_probed_for() -> None:
    play = Play().host(probe(70, envelope({"tasks": {}, "roots": {}})))
    play.expects(to_server(probe(1, envelope({"roots": {}})), call=1))
    play.server(discovered(1, capabilities={"tasks": {}, "tools": {}}))
    play.expects(answer(discovered(70, capabilities={"tools": {}})))
    play.host(request(71, "prompts/list", {"_meta": envelope()})).expects(
        to_server(request(2, "prompts/list", {"_meta": envelope()}))
    )


def test_a_discovery_that_offers_no_modern_revision_does_not_replace_the_probe() -> None:
    play = Play().host(probe("a")).server(result(1, {"supportedVersions": ["2025-11-25"]}))
    play.expects(answer(result("a", {"supportedVersions": ["2025-11-25"]})))
    play.host(request("b", "prompts/list", {"_meta": envelope()})).expects(to_server(probe(2)))


def test_a_failed_discovery_is_passed_on_and_the_host_may_initialize() -> None:
    play = Play().host(probe("a")).server(error(1, -32601)).expects(answer(error("a", -32601)))
    play.host(initialize("b")).expects(STARTS, to_server(initialize(2)))


def test_a_child_that_was_asked_for_the_other_generation_is_replaced_and_nothing_is_left_waiting() -> None:
    play = Play().host(probe("a")).host(request("b", "tools/list", {"_meta": envelope()})).expects(to_server(probe(2)))
    play.host(initialize("c")).expects(
        refused("a", "server-restarting"), refused("b", "server-restarting"), STARTS, to_server(initialize(3))
    )
    play.server(initialized(3)).expects(answer(initialized("c")))


def test_a_remote_server_needs_no_fresh_connection_for_the_other_generation() -> None:
    play = Play(HTTP, HTTP).host(probe("a")).server(error(1, -32601))
    play.host(initialize("b")).expects(to_server(initialize(2)))


def test_revisions_that_we_do_not_know_are_left_out_of_a_discovery() -> None:
    offered: list[Json] = ["2027-01-01", "2026-07-28", "2025-11-25", 3]
    play = Play().host(probe("a")).server(result(1, {"supportedVersions": offered}))
    play.expects(answer(result("a", {"supportedVersions": ["2026-07-28", "2025-11-25"]})))


def test_a_modern_session_has_no_initialize() -> None:
    play = Play().opened(MODERN)
    play.host(request("a", "prompts/list", {"_meta": envelope()})).server(result(2))
    play.host(initialize("b")).expects(failed("b", -32602))
    told: JsonObject = {"protocolVersion": "2025-11-25", "_meta": envelope()}
    play.host(request("c", "initialize", told)).expects(failed("c", -32601))


def test_an_initialize_that_names_a_modern_revision_does_not_turn_everybodys_session_into_a_legacy_one() -> None:
    play = Play(HTTP).host(request("a", "initialize", {"_meta": envelope()}), channel=1)
    play.server(discovered(1)).expects(failed("a", -32601, channel=1))
    play.host(request("a", "prompts/list", {"_meta": envelope()}), channel=2)
    play.expects(to_server(request(2, "prompts/list", {"_meta": envelope()})))


def test_a_modern_request_that_waits_does_not_enter_a_session_that_was_initialized_meanwhile() -> None:
    play = Play().host(request("a", "tools/call", {"name": "t", "_meta": envelope()}))
    play.host(initialize("b")).expects(refused("a", "server-restarting"), STARTS, to_server(initialize(2)))
    play.server(discovered(1)).expects_nothing()


def test_what_a_timed_out_initialize_leaves_behind_does_not_bar_a_second_try() -> None:
    play = Play().host(initialize("a"))
    play.tick(after=120).expects(refused("a", "server-timed-out"))
    play.host(initialize("b")).expects(to_server(initialize(2)))
    play.server(initialized(1)).expects_nothing().records("answer", rule="late-answer")
    play.server(initialized(2)).expects(answer(initialized("b")))


def test_a_server_that_leaves_during_initialize_is_started_for_the_next_one() -> None:
    play = Play().host(initialize("a")).server_left(Trouble.EXITED)
    assert refused("a", "server-exited") in play.seen
    play.host(initialize("b")).expects(STARTS, to_server(initialize(2)))
