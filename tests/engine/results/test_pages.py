"""Pages that a server wants opened: those of the web, and of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import LEGACY, MODERN, Play, refused, request, result
from sekisho.engine.results.pages import is_unsafe
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject


@rows(
    ("url", "unsafe"),
    [
        ("https://login.example/authorize?client_id=a&state=b%20c#top", False),
        ("https://ログイン.example/パス", False),
        ("HTTPS://login.example/", False),
        ("http://login.example:8443/", False),
        ("http://localhost:8123/setup", False),
        ("http://127.0.0.1/", False),
        ("http://[::1]:9/x", False),
        ("http://127.0.0.1@evil.example/", True),
        ("http://localhost.evil.example.169.254.169.254.nip.io/", True),
        ("http://192.168.0.1/reboot", True),
        ("http://169.254.169.254/latest/", True),
        ("http://0x7f000001/", True),
        ("http://2130706433/", True),
        ("https://user:word@login.example/", True),
        ("javascript:alert(1)", True),
        ("data:text/html,x", True),
        ("file:///etc/passwd", True),
        ("ms-settings:privacy", True),
        ("vscode://file/etc/passwd", True),
        ("//login.example/", True),
        ("login.example", True),
        ("", True),
        ("https://login.example/`id`", True),
        ("https://login.example/$(id)", True),
        ("https://login.example/ -x", True),
        ("https://login.example/\n", True),
        ('https://login.example/"&calc', True),
        ("https://login.example\\@evil.example/", True),
        (5, True),
        (None, True),
    ],
)
def test_a_page_is_one_of_the_web_or_of_this_machine(url: Json, *, unsafe: bool) -> None:
    assert is_unsafe({"mode": "url", "url": url}) is unsafe


def test_what_opens_nothing_is_left_alone() -> None:
    assert not is_unsafe({})
    assert not is_unsafe({"mode": "form", "url": "file:///x"})


PAGE: JsonObject = {"mode": "url", "message": "Log in.", "elicitationId": "1", "url": "file:///etc/passwd"}


def test_a_session_refuses_the_question_in_both_generations() -> None:
    play = Play().opened(LEGACY, {"elicitation": {}})
    play.server(request("q", "elicitation/create", PAGE))
    play.records("server-request", verdict="deny", rule="question-page")
    modern = Play().opened(MODERN)
    modern.host(modern.asks("r", "tools/call", {"name": "x"}, capabilities={"elicitation": {}}))
    wanted: JsonObject = {"k": {"method": "elicitation/create", "params": PAGE}}
    modern.server(result(2, {"resultType": "input_required", "inputRequests": wanted}))
    modern.expects(refused("r", "question-page"))


def test_an_error_that_names_pages_to_open_first_is_refused_with_them() -> None:
    for page, rule in ((PAGE, "question-page"), ({**PAGE, "url": "https://login.example/"}, "")):
        play = Play().opened(LEGACY, {"elicitation": {}})
        play.host(play.asks("r", "tools/call", {"name": "x"}))
        (sent,) = play.sent
        wanted: JsonObject = {"code": -32042, "message": "Log in.", "data": {"elicitations": [page]}}
        play.server({"jsonrpc": "2.0", "id": sent["id"], "error": wanted})
        if rule:
            play.expects(refused("r", rule))
        else:
            assert play.sent[-1]["error"] == wanted
