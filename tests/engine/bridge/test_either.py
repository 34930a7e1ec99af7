"""Which bridge a host needs: `server/discover` settles nothing, what comes behind it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import HELLO, Crossing, discovered, envelope, error, initialized, modern, note, params, request, result
from sekisho.engine.effects import CloseStream, EndSession
from sekisho.engine.events import HostLeft, Trouble
from sekisho.engine.state import Face
from sekisho.wire.versions import Revision
from sekisho.wire.views import obj
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, JsonObject


def probed() -> tuple[Crossing, JsonObject]:
    """Return a host that asked `server/discover`, and what the server got of it."""
    at = Crossing(newer=None)
    (probe,) = at.host(modern("probe", "server/discover"))
    return at, probe


def refused(at: Crossing, *ids: Id) -> bool:
    """Tell whether the host was told of each of these that it went on with something else."""
    told = [body for body in at.heard(len(at.to_host)) if body.get("id") in ids]
    codes = [obj(body.get("error")).get("code") for body in told]
    return [body["id"] for body in told] == list(ids) and codes == [-32600] * len(ids)


def served(at: Crossing, opening: JsonObject) -> None:
    """Let a server of 2025 answer, and see that the host is a host of 2025 behind it."""
    assert params(opening)["clientInfo"] == HELLO["clientInfo"]
    (answer,) = at.server(initialized(opening))
    assert (answer["id"], obj(answer["result"])["protocolVersion"]) == ("open", "2025-11-25")
    assert at.either.direct
    assert at.host(note("notifications/initialized"))[0]["method"] == "notifications/initialized"
    (call,) = at.host(request("c", "tools/call", {"name": "t"}))
    assert "_meta" not in params(call)


@rows(
    "far",
    [
        "asked",  # the server has not answered
        "opening",  # an older server does not know the probe, and its session is being opened for the host
        "bridged",  # the probe is answered in the moment in which the host gives it up
        "unstarted",  # the server can't be started
        "newer",  # a server of both generations answers in that moment
    ],
)
def test_a_host_that_goes_on_with_initialize_is_a_host_of_2025(far: str) -> None:
    at, probe = probed()
    if far in ("opening", "bridged"):
        at.server(error(probe["id"], -32601))
    if far == "bridged":
        at.server(initialized(at.to_server[-1][1]))
    if far == "unstarted":
        at.lose(Trouble.CANNOT_START)
    if far == "newer":
        at.server(result(probe["id"], discovered()))
    assert not at.either.direct
    answered = far in ("bridged", "unstarted", "newer")
    (opening,) = at.host(request("open", "initialize", HELLO))
    assert refused(at, "probe") is not answered
    assert at.rules()[-1:] != ["missing-envelope"]
    assert list(at.renewed) == [0]
    served(at, opening)


def test_it_is_bridged_like_any_other_when_the_server_speaks_2026_only() -> None:
    at, _ = probed()
    (opening,) = at.host(request("open", "initialize", HELLO))
    assert at.server(error(opening["id"], -32022)) == []
    asked = at.to_server[-1][1]
    assert asked["method"] == "server/discover"
    (answer,) = at.server(result(asked["id"], discovered()))
    assert (answer["id"], at.either.revision) == ("open", Revision.V2025_06_18)
    (call,) = at.host(request("c", "tools/call", {"name": "t"}))
    assert params(call)["_meta"]
    assert not at.either.busy
    assert at.wait(5) == []


def test_every_probe_that_is_open_is_refused_once_and_one_that_was_taken_back_is_not() -> None:
    at, _ = probed()
    at.host(modern("second", "server/discover"))
    at.host(modern("third", "server/discover"))
    at.host(note("notifications/cancelled", {"requestId": "probe"}))
    at.host(note("notifications/cancelled", {"requestId": "third"}))
    assert at.closed() == [(0, "probe"), (0, "third")]
    at.host(request("open", "initialize", HELLO))
    assert refused(at, "second")
    assert not any(body.get("id") in ("probe", "third") for body in at.heard(len(at.to_host)))


def test_a_probe_that_was_taken_back_says_what_the_server_speaks_all_the_same() -> None:
    at, probe = probed()
    at.host(note("notifications/cancelled", {"requestId": "probe"}))
    assert at.server(error(probe["id"], -32601)) == []
    (opening,) = at.host(modern(2, "tools/list"))
    assert opening["method"] == "initialize"


@rows("asked", ["server/discover", "tools/list"])
def test_a_host_that_has_spoken_2026_does_not_become_another(asked: str) -> None:
    at, probe = probed()
    at.host(modern(1, asked))
    at.host(request("open", "initialize", HELLO))
    if asked == "server/discover":
        return  # nothing but probes
    assert at.last["id"] == "open"
    assert at.rules()[-1] == "missing-envelope"
    at.server(result(probe["id"], discovered()))
    assert at.either.direct
    assert at.to_server[-1][1]["method"] == "tools/list"


def test_a_host_whose_revision_is_not_known_here_may_go_on_with_initialize() -> None:
    at = Crossing(newer=None)
    at.host(
        request(1, "tools/list", {"_meta": {**envelope(), "io.modelcontextprotocol/protocolVersion": "2030-01-01"}})
    )
    assert obj(at.last["error"])["code"] == -32022
    served(at, at.host(request("open", "initialize", HELLO))[0])


def test_a_host_whose_initialize_came_to_nothing_may_try_the_other_generation() -> None:
    at = Crossing(newer=None)
    at.host(request("open", "initialize", HELLO))
    at.lose(Trouble.CANNOT_START)
    at.now += 60
    (probe,) = at.host(modern("probe", "server/discover"))
    assert probe["method"] == "server/discover"
    at.server(error(probe["id"], -32601))
    (answer,) = at.server(initialized(at.to_server[-1][1]))
    assert (answer["id"], obj(answer["result"])["supportedVersions"]) == ("probe", ["2026-07-28"])


def test_before_anything_is_settled_messages_pass_untouched() -> None:
    at = Crossing(newer=None)
    assert (at.either.direct, at.either.busy, at.either.dropped(), at.wait(1)) == (False, False, [], [])
    assert at.leave(3) == []
    at.host(request(1, "tools/list"))
    assert obj(at.last["error"])["code"] == -32602
    for effect in (CloseStream(0, 1), EndSession()):
        assert at.either.from_server(0, effect, 1.0) == [effect]


def test_between_the_probe_and_the_first_request_a_channel_that_closes_reaches_the_server() -> None:
    at = Crossing(newer=None, face=Face.HTTP)
    (probe,) = at.host(modern("probe", "server/discover"), channel=1)
    at.server(result(probe["id"], discovered()))
    (move,) = at.either.left(HostLeft(1, 5.0))
    assert isinstance(getattr(move, "event", None), HostLeft)
    at.leave(1)
    assert at.host(modern(2, "tools/list"), channel=2)[0]["method"] == "tools/list"
    assert at.either.direct


def test_what_waits_in_a_session_that_is_let_go_is_refused_and_the_next_one_is_the_first_again() -> None:
    at, probe = probed()
    at.server(error(probe["id"], -32601))
    at.host(modern("second", "server/discover", capabilities={"sampling": {}}))
    assert sorted(at.sessions) == [0, 1]
    at.host(request("open", "initialize", HELLO))
    assert refused(at, "probe", "second")
    assert sorted(at.sessions) == [0]
