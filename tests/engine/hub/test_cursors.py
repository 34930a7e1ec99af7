"""Our own cursors: good for one page of one list, for one principal, in one hub, and for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bridgekit import params, request, result
from hubkit import Company, older
from sekisho.engine.hub.cursors import Cursors, Place
from sekisho.engine.seal import Sealer
from sekisho.wire.views import obj, text
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

KEY: Final = bytes(range(32))
WALL: Final = 1_750_000_000.0
TOOLS: Final = "tools/list"


def cursors(salt: bytes = b"this hub", key: bytes = KEY) -> Cursors:
    return Cursors(sealer=Sealer(key, bytes(16)), salt=salt)


def read(
    cursor: str, by: Cursors, *, method: str = TOOLS, principal: str = "alice", wall: float = WALL
) -> Place | None:
    return by.read(cursor, method=method, principal=principal, wall=wall)


def written(place: Place, *, principal: str = "alice") -> str:
    return cursors().write(place, method=TOOLS, principal=principal, wall=WALL)


@settings(deadline=None)
@given(st.integers(0, 2**53), st.integers(0, 1000), st.text(max_size=20))
def test_a_cursor_leads_back_to_its_page(edition: int, page: int, principal: str) -> None:
    cursor = written(Place(edition, page), principal=principal)
    assert read(cursor, cursors(), principal=principal) == Place(edition, page)


def test_a_cursor_is_for_nobody_and_nothing_else() -> None:
    cursor = written(Place(7, 1))
    assert read(cursor, cursors(), principal="bob") is None
    assert read(cursor, cursors(), method="prompts/list") is None
    assert read(cursor, cursors(salt=b"another hub, or this one after a restart")) is None
    assert read(cursor, cursors(key=bytes(32))) is None
    assert read(cursor, cursors(), wall=WALL + 25 * 3600) is None


@settings(deadline=None)
@given(st.data())
def test_a_cursor_with_one_letter_changed_is_none(data: st.DataObject) -> None:
    cursor = written(Place(7, 1))
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.characters())
    changed = cursor[:place] + letter + cursor[place + 1 :]
    assert (read(changed, cursors()) is None) == (changed != cursor)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_what_is_no_cursor_leads_nowhere(cursor: str) -> None:
    assert read(cursor, cursors()) is None


# -- in a conversation -----------------------------------------------------------------------------


def long(at: Company) -> str:
    """Let the host see the first of two pages; return the cursor for the other."""
    ((_, asked),) = at.host(request("first", TOOLS))
    at.server("a", result(asked["id"], tools(3)))
    return text(obj(at.last["result"]).get("nextCursor")) or ""


def tools(count: int) -> JsonObject:
    return {"tools": [{"name": f"t{number}", "description": "x" * 600_000} for number in range(count)]}


def shown(at: Company) -> list[JsonObject]:
    found = obj(at.last["result"])["tools"]
    assert isinstance(found, list)
    return [obj(tool) for tool in found]


def test_a_cursor_may_be_used_again_while_the_list_is_the_same() -> None:
    at = older("a")
    cursor = long(at)
    for id_ in (1, 2):
        at.host(request(id_, TOOLS, {"cursor": cursor}))
        assert [obj(tool)["name"] for tool in shown(at)] == ["a__t1"]


@rows("cursor", ["", "x", "MTox", 5, None, {}])
def test_a_cursor_that_is_none_of_ours_is_told_so_and_no_server_hears_of_it(cursor: str | int | None) -> None:
    at = older("a")
    long(at)
    asked = at.host(request(1, TOOLS, {"cursor": cursor}))
    if cursor is None:
        assert "nextCursor" in obj(at.last["result"])
    else:
        assert asked == []
        assert obj(at.last["error"])["code"] == -32602
        assert at.rules()[-1] == "cursor-not-valid"


def test_a_cursor_of_another_conversation_leads_nowhere() -> None:
    mine, other = older("a"), Company("a", salt=b"another".ljust(16))
    cursor = long(mine)
    ((_, hello),) = other.host(request("open", "initialize", {"protocolVersion": "2025-11-25"}))
    other.server("a", result(hello["id"], {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}}))
    long(other)
    other.host(request(1, TOOLS, {"cursor": cursor}))
    assert other.rules()[-1] == "cursor-not-valid"


def test_a_cursor_of_a_list_that_has_changed_says_to_begin_again() -> None:
    at = older("a")
    cursor = long(at)
    at.server("a", {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"})
    ((_, again),) = at.host(request(1, TOOLS))
    assert "cursor" not in params(again)
    at.server("a", result(again["id"], tools(4)))
    at.host(request(2, TOOLS, {"cursor": cursor}))
    assert at.rules()[-1] == "cursor-not-valid"
    assert "list again without a cursor" in str(obj(at.last["error"])["message"])
