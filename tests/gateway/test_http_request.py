"""What a request accepts, and what is in it."""

from __future__ import annotations

import pytest

from sekisho.gateway.http_request import BadBodyError, accepted, is_json, read_posted
from sekisho.wire.strict import Limits
from tablekit import rows

PING = b'{"jsonrpc":"2.0","id":1,"method":"ping"}'


@rows(
    ("values", "json", "events"),
    [
        ([b"application/json, text/event-stream"], True, True),
        ([b"application/json", b"text/event-stream"], True, True),
        ([b"Application/JSON;q=0.5 , TEXT/event-stream;q=1"], True, True),
        ([b"*/*"], True, True),
        ([b"text/html, */*;q=0.1"], True, True),
        ([b"application/*"], True, False),
        ([b"application/*, text/*"], True, True),
        ([b"application/json"], True, False),
        ([b"text/event-stream"], False, True),
        ([b""], False, False),
        ([], False, False),
        ([b"application/jsonp"], False, False),
        ([b"application/json2, text/event-streams"], False, False),
    ],
)
def test_the_accept_header_is_read(values: list[bytes], json: bool, events: bool) -> None:  # noqa: FBT001 - parameters
    headers = [(b"accept", value) for value in values]
    found = accepted(headers)
    assert (found.json, found.events) == (json, events)


@pytest.mark.parametrize("values", [[], [b""], [b"text/plain"], [b"application/json", b"text/plain"], [b"json"]])
def test_a_body_has_to_be_said_to_be_json(values: list[bytes]) -> None:
    assert not is_json([(b"content-type", value) for value in values])
    assert is_json([(b"content-type", b"Application/JSON; charset=utf-8"), (b"accept", b"text/plain")])


def test_one_message_and_a_batch_are_told_apart() -> None:
    one, two = read_posted(PING, Limits()), read_posted(b"[" + PING + b"]", Limits())
    assert (one.batch, two.batch) == (False, True)
    assert not one.is_initialize
    assert read_posted(PING.replace(b"ping", b"initialize"), Limits()).is_initialize
    assert not read_posted(b'{"jsonrpc":"2.0","method":"initialize"}', Limits()).is_initialize


def test_an_error_names_the_request_where_it_can() -> None:
    with pytest.raises(BadBodyError) as caught:
        read_posted(b'{"jsonrpc":"2.0","id":5,"method":"x","params":[]}', Limits())
    assert (caught.value.status, caught.value.id) == (400, 5)
