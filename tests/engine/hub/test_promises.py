"""Whatever is said in whatever order: each request of the host is answered once, and no server gets another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import given
from hypothesis import strategies as st

from bridgekit import error, note, params, request, result
from hubkit import OFFER, modern, newer, older
from sekisho.engine.events import Trouble
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubkit import Company
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

ALIASES: Final = ("a", "b", "c")
ASKED: Final[tuple[tuple[str, JsonObject], ...]] = (
    ("tools/list", {}),
    ("ping", {}),
    *(("resources/read", {"uri": f"{alias}+x:{alias}"}) for alias in ALIASES),
    *(("tools/call", {"name": f"{alias}__{alias}"}) for alias in ALIASES),
)
OLDER: Final[tuple[tuple[str, JsonObject], ...]] = (*ASKED, ("logging/setLevel", {"level": "info"}))
NEWER: Final[tuple[tuple[str, JsonObject], ...]] = (
    *ASKED,
    ("subscriptions/listen", {"notifications": {"toolsListChanged": True, "resourceSubscriptions": ["b+x:b"]}}),
)
MOVES: Final = st.lists(
    st.tuples(
        st.sampled_from(("ask", "ask", "answer", "answer", "fail", "cancel", "wait", "end", "lose", "change", "halt")),
        st.integers(0, 40),
    ),
    max_size=40,
)


class Player:
    """Plays moves, and answers as servers do: each only what it was asked."""

    def __init__(self, at: Company, asked: tuple[tuple[str, JsonObject], ...], *, newer: bool) -> None:
        self.at, self.asked, self.newer = at, asked, newer
        self.last = 0
        self.seen = 0
        self.unanswered: list[tuple[str, JsonObject]] = []

    def look(self) -> None:
        """See what the servers got, and whether it is theirs."""
        for alias, body in self.at.to_server[self.seen :]:
            more = params(body)
            assert more.get("uri", f"x:{alias}") == f"x:{alias}"
            assert body.get("method") != "tools/call" or more["name"] == alias
            if "id" in body and "method" in body:
                self.unanswered.append((alias, body))
        self.seen = len(self.at.to_server)

    def play(self, move: str, number: int) -> None:
        at = self.at
        match move:
            case "ask":
                self.ask(*self.asked[number % len(self.asked)])
            case "answer" | "fail" if self.unanswered:
                self.answer(number % len(self.unanswered), well=move == "answer")
            case "cancel" if at.owed:
                channel, id_ = sorted(at.owed, key=str)[number % len(at.owed)]
                at.host(note("notifications/cancelled", {"requestId": id_}), channel=channel)
            case "wait":
                at.wait(number / 8)
            case "end":
                alias = ALIASES[number % 3]
                self.unanswered = [each for each in self.unanswered if each[0] != alias]
                self.seen = len(at.to_server)
                at.end(alias)
            case "lose":
                at.lose(ALIASES[number % 3], Trouble.EXITED)
            case "change":
                at.server(ALIASES[number % 3], note("notifications/tools/list_changed"))
            case "halt":
                at.halt()
                at.resume()
            case _:
                pass
        self.look()

    def ask(self, method: str, more: JsonObject) -> None:
        self.last += 1
        id_: Id = self.last
        if self.newer:
            self.at.host(modern(id_, method, more), channel=id_)
        else:
            self.at.host(request(id_, method, more))

    def answer(self, place: int, *, well: bool) -> None:
        alias, body = self.unanswered.pop(place)
        self.at.server(alias, result(body["id"], self.word(alias, body)) if well else error(body["id"], -1))

    def word(self, alias: str, body: JsonObject) -> JsonObject:
        whole: JsonObject = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private"} if self.newer else {}
        match body["method"]:
            case "initialize":
                return {"protocolVersion": "2025-11-25", "capabilities": OFFER, "serverInfo": {"name": "x"}}
            case "server/discover":
                return {**whole, "supportedVersions": ["2026-07-28"], "capabilities": OFFER}
            case "tools/list":
                return {**whole, "tools": [{"name": alias, "inputSchema": {"type": "object"}}]}
            case "tools/call":
                return {**whole, "content": []}
            case "resources/read":
                return {**whole, "contents": []}
            case _:
                return whole

    def end(self) -> None:
        """Answer everything, let all time pass, and see that nobody waits."""
        for _ in range(60):
            while self.unanswered:
                self.answer(0, well=True)
                self.look()
            self.at.wait(120.0)
            self.look()
            if not (self.at.owed or self.unanswered):
                break
        assert not self.at.owed
        assert self.at.hub.open_requests == 0
        assert self.at.hub.wakes_at is None
        assert "internal-error" not in self.at.rules()


LISTED: Final[tuple[tuple[str, JsonObject], ...]] = (
    ("tools/list", {"tools": [{"name": "b"}]}),
    ("prompts/list", {"prompts": [{"name": "p"}]}),
)
LINK: Final[JsonObject] = {"type": "resource_link", "uri": "m://x", "name": "x"}
PLACES: Final[Mapping[str, tuple[str, JsonObject, JsonObject]]] = {
    "a link in an answer": ("tools/call", {"name": "b__b"}, {"content": [LINK]}),
    "an embedded resource": (
        "tools/call",
        {"name": "b__b"},
        {"content": [{"type": "resource", "resource": {"uri": "m://x", "text": ""}}]},
    ),
    "a link in a prompt": ("prompts/get", {"name": "b__p"}, {"messages": [{"role": "user", "content": LINK}]}),
    "a resource that was read": ("resources/read", {"uri": "b+m://y"}, {"contents": [{"uri": "m://x", "text": ""}]}),
    "a list": ("resources/list", {}, {"resources": [{"uri": "m://x", "name": "x"}]}),
    "a page of a tool": ("tools/list", {}, {"tools": [{"name": "t", "_meta": {"ui": {"resourceUri": "m://x"}}}]}),
}


def uris(value: Json) -> Iterator[str]:
    """Yield every URI in a message."""
    if isinstance(value, list):
        for each in value:
            yield from uris(each)
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("uri", "resourceUri") and isinstance(each, str):
                yield each
            yield from uris(each)


@rows("place", PLACES)
def test_a_resource_can_be_asked_for_by_the_name_under_which_it_is_met(place: str) -> None:
    at = older("a", "b")
    for method, lists in LISTED:
        for alias, body in at.host(request(method, method)):
            at.server(alias, result(body["id"], lists))
    at.server("b", note("notifications/tools/list_changed"))
    method, more, answer = PLACES[place]
    for alias, body in at.host(request(1, method, more)):
        at.server(alias, result(body["id"], answer if alias == "b" else {}))
    (met,) = uris(at.last["result"])
    wanted: list[tuple[str, JsonObject]] = [
        ("resources/read", {"uri": met}),
        ("resources/subscribe", {"uri": met}),
        ("completion/complete", {"ref": {"type": "ref/resource", "uri": met}}),
    ]
    for ask, named in wanted:
        ((alias, body),) = at.host(request(ask, ask, named))
        assert (alias, list(uris(params(body)))) == ("b", ["m://x"])


@given(MOVES)
def test_in_a_session_every_request_is_answered_once(moves: list[tuple[str, int]]) -> None:
    player = Player(older(*ALIASES), OLDER, newer=False)
    for move, number in moves:
        player.play(move, number)
    player.end()


@given(MOVES)
def test_without_a_session_every_request_is_answered_once(moves: list[tuple[str, int]]) -> None:
    player = Player(newer(*ALIASES), NEWER, newer=True)
    for move, number in moves:
        player.play(move, number)
    player.end()
