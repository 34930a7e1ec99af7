"""A host's bytes as events; the faces that use it have more in test_host_stdio and broker/test_host."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from peers.messages import note, request
from sekisho.engine.events import HostGarbled, HostSent
from sekisho.gateway.host_lines import HostLines
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import Request
from sekisho.wire.strict import Limits
from sekisho.wire.versions import Revision

if TYPE_CHECKING:
    from sekisho.ports import Backend

WHO = Who(principal="ada", conversation="c")


class Behind:
    """A backend, as far as lines need one."""

    def __init__(self, revision: Revision | None = None) -> None:
        self.revision = revision

    def clock(self) -> float:
        return 3.0


def backend(revision: Revision | None = None) -> Backend:
    return cast("Backend", Behind(revision))


def test_each_line_is_an_event_with_its_time_and_its_user() -> None:
    lines = HostLines(WHO, Limits())
    data = b"\n \n" + json.dumps(request(1, "ping")).encode() + b"\n" + json.dumps(note("x")).encode()
    (one,) = lines.events(data, backend())
    assert isinstance(one, HostSent)
    assert (one.who, one.now) == (WHO, 3.0)
    assert len(list(lines.events(b"\n", backend()))) == 1


def test_what_is_no_message_is_told_with_the_id_that_is_owed_an_answer() -> None:
    lines = HostLines(WHO, Limits())
    one, two = lines.events(b'{"jsonrpc":"2.0","id":7,"method":""}\n{\n', backend())
    assert isinstance(one, HostGarbled)
    assert isinstance(two, HostGarbled)
    assert (one.id, two.id) == (7, None)


def test_a_batch_is_split_in_the_one_revision_that_has_them() -> None:
    data = json.dumps([request(1, "ping"), request(2, "ping")]).encode() + b"\n"
    found = list(HostLines(WHO, Limits()).events(data, backend(Revision.V2025_03_26)))
    assert [one.message.id for one in found if isinstance(one, HostSent) and isinstance(one.message, Request)] == [1, 2]
    assert [type(one) for one in HostLines(WHO, Limits()).events(data, backend())] == [HostGarbled]


def test_a_line_over_the_limit_is_told_once() -> None:
    lines = HostLines(WHO, Limits(bytes=10))
    (one,) = lines.events(b"x" * 50, backend())
    assert isinstance(one, HostGarbled)
    assert one.reason == "too-large"
    assert list(lines.events(b"x" * 50 + b"\n", backend())) == []
