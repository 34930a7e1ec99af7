"""Calls whose arguments are judged: refused, forwarded, or parked until the shell has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    LEGACY,
    Play,
    cancelled,
    closes,
    each_generation,
    looks,
    note,
    refused,
    request,
    result,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience
from sekisho.guards.objection import Told
from sekisho.policy.facts import Site, facts_of_launch

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, JsonObject
    from sekisho.wire.versions import Generation

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())
ROUNDS = 5


def opened(generation: Generation = LEGACY, patience: Patience | None = None) -> Play:
    return Play(facts=HERE, patience=patience or Patience()).opened(generation)


def call(play: Play, name: str, arguments: JsonObject, id_: Id = "c") -> JsonObject:
    return play.asks(id_, "tools/call", {"name": name, "arguments": arguments})


def told(paths: dict[str, str | None] | None = None, hosts: dict[str, tuple[str, ...] | None] | None = None) -> Told:
    return Told(real_paths=paths or {}, addresses=hosts or {})


def path_call(play: Play, path: str = "/work/a", id_: Id = "c") -> JsonObject:
    return call(play, "read_file", {"path": path}, id_)


@each_generation
def test_a_call_with_nothing_to_object_to_passes_at_once(generation: Generation) -> None:
    play = opened(generation)
    said = call(play, "add", {"a": 1, "b": "two"})
    play.host(said).expects(to_server({**said, "id": 2}))


@each_generation
@pytest.mark.parametrize(
    ("method", "params", "rule"),
    [
        ("tools/call", {"name": "run", "arguments": {"command": "sudo ls"}}, "shell-danger"),
        ("tools/call", {"name": "fetch", "arguments": {"url": "http://127.0.0.1/"}}, "url-private"),
        ("prompts/get", {"name": "p", "arguments": {"path": "/etc/passwd"}}, "path-outside-roots"),
        ("resources/read", {"uri": "file:///home/me/.ssh/id_rsa"}, "path-credential"),
        ("resources/read", {"uri": "notes://a\nb"}, "uri-malformed"),
        ("resources/read", {"uri": "http://169.254.169.254/"}, "url-private"),
        (
            "completion/complete",
            {"ref": {"type": "ref/prompt", "name": "p"}, "argument": {"name": "path", "value": "/srv/x"}},
            "path-outside-roots",
        ),
    ],
)
def test_every_request_that_carries_arguments_is_judged(
    generation: Generation, method: str, params: JsonObject, rule: str
) -> None:
    play = opened(generation)
    play.host(play.asks("c", method, params)).expects(refused("c", rule))
    play.records("refusal", rule=rule)


@pytest.mark.parametrize(
    "uri", ["file://x/a,b,c", "notes://today", "FILE://notes/one", "https-like:thing", "docs://a/b%20c"]
)
def test_uris_of_a_servers_own_pass(uri: str) -> None:
    play = opened()
    play.host(play.asks("c", "resources/read", {"uri": uri}))
    assert [seen.what for seen in play.seen] == ["to server"]


@pytest.mark.parametrize(
    "uri",
    ["file://localhost/srv/x", "file:/srv/x", "file:///srv/x", "file://x/../../srv/x", "docs://a/%2e%2e/%2e%2e/x"],
)
def test_uris_that_become_paths_are_judged_as_such(uri: str) -> None:
    play = opened()
    play.host(play.asks("c", "resources/read", {"uri": uri}))
    assert [seen.what for seen in play.seen] == ["refused"]


def test_a_refusal_points_into_the_arguments() -> None:
    play = opened()
    play.host(call(play, "run", {"command": "rm -rf ~"}))
    play.records("refusal", pointer="/arguments/command")


@each_generation
def test_a_call_that_needs_a_fact_waits_for_it_and_passes(generation: Generation) -> None:
    play = opened(generation)
    said = path_call(play)
    play.host(said).expects(looks("c", "real-path /work/a"))
    play.looked("c", told({"/work/a": "/work/a"})).expects(to_server({**said, "id": 2}))


def test_a_call_is_refused_for_what_the_shell_finds() -> None:
    play = opened()
    play.host(path_call(play)).expects(looks("c", "real-path /work/a"))
    play.looked("c", told({"/work/a": "/home/me/key"})).expects(refused("c", "path-link"))


def test_what_the_shell_cannot_find_out_refuses() -> None:
    play = opened()
    play.host(call(play, "fetch", {"url": "https://docs.example/"})).expects(looks("c", "addresses docs.example"))
    play.looked("c", told(hosts={"docs.example": None})).expects(refused("c", "url-unresolved"))


def test_others_pass_a_call_that_waits() -> None:
    play = opened()
    first, second = path_call(play), call(play, "add", {"a": 1}, "d")
    play.host(first).expects(looks("c", "real-path /work/a"))
    play.host(second).expects(to_server({**second, "id": 2}))
    play.looked("c", told({"/work/a": "/work/a"})).expects(to_server({**first, "id": 3}))


def test_a_call_that_waits_is_asked_about_once_although_others_go_on_meanwhile() -> None:
    play = opened()
    play.host(path_call(play, id_="c")).expects(looks("c", "real-path /work/a"))
    play.host(path_call(play, "/work/b", "d")).expects(looks("d", "real-path /work/b"))
    play.looked("d", told({"/work/b": "/work/b"}))
    assert [seen.what for seen in play.seen] == ["to server"]
    play.looked("c", told({"/work/a": "/work/a"}))
    assert [seen.what for seen in play.seen] == ["to server"]


def test_a_call_that_the_host_takes_back_is_forgotten() -> None:
    play = opened()
    play.host(path_call(play))
    play.host(cancelled("c")).expects(closes("c"))
    play.looked("c", told({"/work/a": "/work/a"})).expects_nothing()
    assert play.state.calling is not None
    assert not play.state.calling.asking


def test_an_id_that_is_used_again_gets_its_own_facts() -> None:
    play = opened()
    play.host(path_call(play, "/work/a"))
    play.host(cancelled("c"))
    play.host(path_call(play, "/work/b")).expects_nothing()
    play.looked("c", told({"/work/a": "/work/a"})).expects(looks("c", "real-path /work/b"))
    said = path_call(play, "/work/b")
    play.looked("c", told({"/work/b": "/work/b"})).expects(to_server({**said, "id": 2}))


def test_a_shell_that_never_says_what_was_asked_ends_in_a_refusal() -> None:
    play = opened()
    play.host(path_call(play))
    for _ in range(ROUNDS - 1):
        play.looked("c", told()).expects(looks("c", "real-path /work/a"))
    play.looked("c", told()).expects(refused("c", Trouble.OVERLOADED))
    play.looked("c", told()).expects_nothing()


def test_too_many_calls_that_wait_are_refused() -> None:
    play = opened(patience=Patience(parked=1))
    play.host(path_call(play, id_="c")).expects(looks("c", "real-path /work/a"))
    play.host(path_call(play, id_="d")).expects(refused("d", Trouble.OVERLOADED))


def test_facts_that_nobody_asked_for_are_dropped() -> None:
    opened().looked("x", told()).expects_nothing()
    Play().opened(LEGACY).looked("x", told()).expects_nothing()


def test_a_halt_refuses_a_call_that_waits_when_it_would_go_on() -> None:
    play = opened()
    play.host(path_call(play))
    play.halt()
    play.looked("c", told({"/work/a": "/work/a"}))
    assert not any(seen.what == "to server" for seen in play.seen)


def test_a_question_that_was_lost_with_a_record_refuses_its_call() -> None:
    play = opened()
    play.host(path_call(play, id_="c"))
    play.host(path_call(play, id_="d"))
    look = play.effects[0]
    play.effects = [*Play().opened(LEGACY).host(request("x", "ping")).effects[:1], look]
    play.record_fails().expects(refused("d", Trouble.AUDIT))
    play.looked("d", told({"/work/a": "/work/a"})).expects_nothing()
    play.effects = [*Play().opened(LEGACY).host(request("x", "ping")).effects[:1], look]
    play.record_fails().expects_nothing()


def test_without_facts_nothing_is_judged() -> None:
    play = Play().opened(LEGACY)
    said = call(play, "run", {"command": "rm -rf ~"})
    play.host(said).expects(to_server({**said, "id": 2}))


def test_notifications_and_lists_carry_no_arguments() -> None:
    play = opened()
    play.host(play.asks("c", "tools/list"))
    assert [seen.what for seen in play.seen] == ["to server"]
    play.server(result(2, {"tools": []}))
    play.host(note("notifications/roots/list_changed"))


def test_a_server_that_is_started_again_leaves_no_call_waiting_for_facts() -> None:
    play = opened()
    play.host(path_call(play))
    play.server_left(Trouble.EXITED)
    play.looked("c", told({"/work/a": "/work/a"}))
    kinds = {seen.what for seen in play.seen}
    assert kinds <= {"refused", "starts server", "to server"}
