"""Which requests of the host are looked at: the handshake and the tables, before anything is asked of a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bridgekit import MODERN, envelope, request
from hubkit import Company, modern, newer, older, rule_of
from sekisho.engine.hub.setup import HubPatience
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

HELLO: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}}


def refused(at: Company, body: JsonObject) -> tuple[object, object]:
    """Let the host ask what reaches no server; return the code of the error and the rule on record."""
    assert at.host(body) == []
    assert not at.owed
    return obj(at.last["error"])["code"], at.rules()[-1]


def test_a_session_is_initialized_once() -> None:
    assert refused(older(), request(1, "initialize", HELLO)) == (-32600, "initialized-twice")


def test_a_request_of_one_generation_does_not_fit_into_the_other() -> None:
    assert refused(older(), modern(1, "tools/list")) == (-32600, "mixed-generations")
    at = newer()
    at.host(modern(1, "subscriptions/listen", {"notifications": {}}))
    at.owed.clear()
    assert refused(at, request(2, "initialize", HELLO)) == (-32602, "missing-envelope")


@pytest.mark.parametrize("method", ["server/discover", "tasks/none"])
def test_a_method_that_a_revision_does_not_have_is_unknown(method: str) -> None:
    assert refused(older(), request(1, method)) == (-32601, "unknown-method")


def test_a_method_that_2026_does_not_have_is_unknown_there() -> None:
    assert refused(newer(), modern(1, "logging/setLevel", {"level": "info"})) == (-32601, "unknown-method")


def test_without_an_opening_nothing_is_answered() -> None:
    assert refused(Company(), request(1, "tools/list")) == (-32602, "not-initialized")


@pytest.mark.parametrize("missing", ["protocolVersion", "clientCapabilities"])
def test_an_envelope_is_whole(missing: str) -> None:
    about = {key: value for key, value in envelope().items() if not key.endswith(missing)}
    assert refused(Company(), request(1, "server/discover", {"_meta": about})) == (-32602, "missing-envelope")


def test_a_revision_that_nobody_knows_is_answered_with_those_that_are_known() -> None:
    at = Company()
    about: JsonObject = {key: "2031-01-01" if value == MODERN else value for key, value in envelope().items()}
    assert refused(at, request(1, "tools/list", {"_meta": about})) == (-32022, "unsupported-version")
    assert obj(at.last["error"])["data"] == {"supported": [MODERN], "requested": "2031-01-01"}


def test_a_host_that_wants_an_older_revision_gets_it_and_one_that_is_unknown_the_latest() -> None:
    for wanted, given in (("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-11-25")):
        at = Company("a")
        at.host(request(0, "initialize", {**HELLO, "protocolVersion": wanted}))
        assert str(at.hub.revision) == given


def test_more_than_may_wait_are_refused() -> None:
    at = Company(patience=HubPatience(waiting=1))
    at.host(request(0, "initialize", HELLO))
    at.host(request(1, "tools/list"))
    assert rule_of(at.last) == "too-many-open-calls"
    assert at.owed == {(0, 0)}
