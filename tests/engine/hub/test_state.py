"""What a hub remembers: within bounds."""

from __future__ import annotations

from sekisho.engine.hub.lists import Fetch
from sekisho.engine.hub.setup import HubSetup
from sekisho.engine.hub.state import Server, new_state
from sekisho.engine.seal import Sealer


def setup(*aliases: str) -> HubSetup:
    return HubSetup(aliases=aliases, version="1", sealer=Sealer(bytes(32), bytes(16)), salt=bytes(16), epoch=0.0)


def test_lists_by_what_the_host_declares_are_kept_within_a_bound() -> None:
    server = Server(0, "a")
    first = server.listing(("tools/list", "0"))
    other = server.listing(("prompts/list", "0"))
    for number in range(1, 9):
        server.listing(("tools/list", str(number)))
    assert server.listing(("prompts/list", "0")) is other
    assert len(server.lists) == 9
    assert server.listing(("tools/list", "0")) is not first


def test_a_list_that_is_being_read_is_kept_beyond_the_bound() -> None:
    server = Server(0, "a")
    for number in range(8):
        server.listing(("tools/list", str(number))).fetch = Fetch(number, 0.0, {})
    server.listing(("tools/list", "8"))
    assert len(server.lists) == 9
    server.listing(("tools/list", "9"))
    assert ("tools/list", "0") in server.lists
    assert ("tools/list", "8") not in server.lists


def test_numbers_and_tickets_come_once() -> None:
    state = new_state(setup("a"))
    assert state.number() != state.number()
    assert state.ticket() != state.ticket()
