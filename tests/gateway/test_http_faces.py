"""Which stream a message goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HostLeft
from sekisho.gateway.http_faces import LegacyFace, ModernFace
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from sekisho.engine.events import Event
    from sekisho.gateway.http_stream import Stream
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id, JsonObject

WHO = Who(principal="alice", conversation="first")


class Wire:
    """Takes the place of a link."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.now = 100.0

    def clock(self) -> float:
        return self.now

    def receive(self, event: Event) -> None:
        self.events.append(event)


class Eye:
    """A reader."""

    def news(self) -> None:
        """There is something."""

    def quiet(self, now: float) -> None:
        """There is nothing."""
        del now


def legacy() -> tuple[LegacyFace, list[LegacyFace]]:
    ended: list[LegacyFace] = []
    return LegacyFace(WHO, cast("Backend", Wire()), ended.append), ended


def sent(about: Id | None, *, final: bool = False, body: JsonObject | None = None, channel: int = 0) -> SendToHost:
    return SendToHost(body or {}, channel, about, final=final)


def messages(stream: Stream) -> list[bytes]:
    return [stream.at(number) for number in range(stream.first, stream.end)]


def test_what_is_about_a_request_goes_to_its_stream_until_the_answer() -> None:
    face, _ = legacy()
    one, two = face.open([1]), face.open([2, "2"])
    face.deliver(sent(2), b"progress")
    face.deliver(sent(1, final=True), b"one")
    face.deliver(sent("2", final=True), b"text")
    assert not two.finished
    face.deliver(sent(2, final=True), b"two")
    assert (messages(one), messages(two)) == ([b"one"], [b"progress", b"text", b"two"])
    assert one.finished
    assert two.finished


def test_an_answer_to_nothing_goes_nowhere() -> None:
    face, _ = legacy()
    face.deliver(sent(9, final=True), b"late")
    face.close_stream(0, 9)
    assert face.standalone is None
    assert not face.streams


def test_two_requests_with_one_id_each_have_their_stream() -> None:
    face, _ = legacy()
    first, second = face.open([7]), face.open([7])
    face.deliver(sent(7, final=True), b"refused")
    face.deliver(sent(7), b"progress")
    face.deliver(sent(7, final=True), b"answer")
    assert messages(second) == [b"refused"]
    assert messages(first) == [b"progress", b"answer"]


def test_what_is_about_nothing_goes_where_somebody_reads() -> None:
    face, _ = legacy()
    idle, reading = face.open([1]), face.open([2])
    reading.reader = Eye()
    face.deliver(sent(None), b"a")
    face.listening().reader = Eye()
    face.deliver(sent(None), b"b")
    face.deliver(sent(99), b"c")
    assert messages(reading) == [b"a"]
    assert messages(face.listening()) == [b"b", b"c"]
    assert not messages(idle)


def test_a_cancelled_request_ends_its_stream_without_an_answer() -> None:
    face, _ = legacy()
    stream = face.open([1])
    face.close_stream(0, 1)
    assert stream.finished
    assert not messages(stream)


def test_the_end_of_the_session_ends_every_stream_once() -> None:
    face, ended = legacy()
    stream = face.open([1])
    listening = face.listening()
    face.end_session()
    face.end_session()
    assert stream.finished
    assert listening.finished
    assert ended == [face]
    assert face.over


def test_a_session_is_busy_while_somebody_reads_or_is_owed_an_answer() -> None:
    face, _ = legacy()
    assert not face.busy
    stream = face.open([1])
    assert face.busy
    face.deliver(sent(1, final=True), b"x")
    assert not face.busy
    stream.reader = Eye()
    assert face.busy
    stream.reader = None
    face.listening().reader = Eye()
    assert face.busy


def test_ended_streams_are_kept_for_a_while_and_not_for_ever() -> None:
    face, _ = legacy()
    for number in range(40):
        stream = face.open([number])
        face.deliver(sent(number, final=True), b"x")
        face.closed(stream)
    assert len(face.streams) == 16
    face.forget(before=99.0)
    assert len(face.streams) == 16
    face.forget(before=101.0)
    assert not face.streams


def test_who_left_and_never_comes_back_is_forgotten_with_the_answer() -> None:
    face, _ = legacy()
    abandoned = face.open([1])
    face.closed(abandoned)
    face.forget(before=101.0)
    face.deliver(sent(1, final=True), b"late")
    assert not face.streams
    assert not face.busy


def test_a_stream_that_is_read_again_is_not_forgotten() -> None:
    face, _ = legacy()
    stream = face.open([1])
    face.closed(stream)
    stream.reader = Eye()
    face.forget(before=101.0)
    assert face.streams == {stream.name: stream}


# -- 2026-07-28 ----------------------------------------------------------------------------------


def test_each_request_of_2026_is_a_channel_and_equal_ids_do_not_meet() -> None:
    face = ModernFace(cast("Backend", Wire()))
    (one, first), (two, second) = face.open(1), face.open(1)
    face.deliver(sent(1, final=True, channel=two), b"two")
    assert messages(second) == [b"two"]
    assert not messages(first)
    face.deliver(sent(1, channel=99), b"nobody")
    face.close_stream(one, 1)
    face.close_stream(99, 1)
    assert first.finished
    assert list(face.streams) == [first, second]
    face.end_session()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"result": {}}, 200),
        ({"error": {"code": -32601, "message": ""}}, 404),
        ({"error": {"code": -32602, "message": ""}}, 400),
        ({"error": {"code": -31000, "message": ""}}, 200),
        ({"error": {"code": -32000, "message": ""}}, 200),
    ],
)
def test_a_lone_error_has_its_status(body: JsonObject, status: int) -> None:
    face = ModernFace(cast("Backend", Wire()))
    channel, stream = face.open(1)
    face.deliver(sent(1, final=True, body=body, channel=channel), b"x")
    assert stream.status == status


def test_an_error_behind_a_notification_can_have_no_status_any_more() -> None:
    face = ModernFace(cast("Backend", Wire()))
    channel, stream = face.open(1)
    face.deliver(sent(1, channel=channel), b"note")
    error: JsonObject = {"error": {"code": -32601, "message": ""}}
    face.deliver(sent(1, final=True, body=error, channel=channel), b"x")
    assert stream.status == 200


def test_leaving_cancels_what_is_open_and_only_that() -> None:
    wire = Wire()
    face = ModernFace(cast("Backend", wire))
    (one, _), (two, _) = face.open(1), face.open(2)
    face.deliver(sent(1, final=True, channel=one), b"x")
    face.left(one)
    face.left(two)
    face.left(two)
    assert [event.channel for event in wire.events if isinstance(event, HostLeft)] == [two]
