from __future__ import annotations

import pytest

from sekisho.policy.configuration import Configuration, ServerEntry
from sekisho.policy.document import Policy
from sekisho.policy.layers import Effective, Layer, Rank, merge
from sekisho.policy.reading import read
from sekisho.policy.toml import parse
from sekisho.wire.strict import Limits

FULL = """
version = 1

[servers.git]
command = ["uvx", "mcp-server-git"]
cwd = "~/src"
env = { TZ = "UTC" }
pass_env = ["GITHUB_TOKEN"]

[servers.docs]
url = "https://mcp.example.com/mcp"
headers = { X-Team = "blue", X-Other = "" }
transport = "sse"

[limits]
message_bytes = 65536
message_depth = 16
message_members = 1000
"""


def said(text: str) -> Configuration:
    return read(merge([Layer(rank=Rank.USER, document=parse(text, file="f"))]))


def test_a_document_becomes_settings_in_its_order() -> None:
    assert said(FULL) == Configuration(
        servers=(
            ServerEntry(
                alias="git",
                command=("uvx", "mcp-server-git"),
                cwd="~/src",
                env={"TZ": "UTC"},
                pass_env=("GITHUB_TOKEN",),
            ),
            ServerEntry(
                alias="docs",
                url="https://mcp.example.com/mcp",
                headers=(("X-Team", "blue"), ("X-Other", "")),
                transport="sse",
            ),
        ),
        limits=Limits(bytes=65536, depth=16, members=1000),
    )


def test_what_a_server_may_not_ask_is_withheld_from_it() -> None:
    found = said("servers.a = { command = ['x'], questions = { sampling = 'refuse', roots = 'allow' } }")
    assert found.terms(found.servers[0]).withheld == {"sampling"}
    withheld = Policy().without(frozenset({"sampling"})).withheld_capabilities
    assert withheld == {"sampling", "tasks"}


def test_a_person_is_asked_about_requests_to_the_model_unless_it_is_written_otherwise() -> None:
    table = [
        ("", "", True, set[str]()),
        ("allow", "", False, set[str]()),
        ("", "allow", False, set[str]()),
        ("ask", "allow", True, set[str]()),
        ("allow", "ask", True, set[str]()),
        ("refuse", "allow", False, {"sampling"}),
        ("allow", "refuse", False, {"sampling"}),
    ]
    for everywhere, here, asks, withheld in table:
        text = f"questions.sampling = '{everywhere}'\n" if everywhere else ""
        text += "[servers.a]\ncommand = ['x']\n" + (f"questions.sampling = '{here}'\n" if here else "")
        found = said(text)
        terms = found.terms(found.servers[0])
        assert (terms.asks_sampling, terms.withheld) == (asks, withheld)
        alone = found.terms()
        assert alone.asks_sampling == (everywhere in {"", "ask"})
        assert alone.withheld == ({"sampling"} if everywhere == "refuse" else set())


def test_of_several_words_about_marks_the_strictest_holds() -> None:
    table = [
        ("", "", None),
        ("off", "", "off"),
        ("", "off", "off"),
        ("off", "hold", "hold"),
        ("findings", "off", "findings"),
    ]
    for everywhere, here, holds in table:
        text = f"mark = '{everywhere}'\n" if everywhere else ""
        text += "[servers.a]\ncommand = ['x']\n" + (f"mark = '{here}'\n" if here else "")
        found = said(text + "calls.t = { mark = 'hold', output = 'note' }")
        terms = found.terms(found.servers[0])
        assert terms.mark == holds
        assert (terms.calls["t"].mark, terms.calls["t"].output) == ("hold", "note")
        assert found.terms().mark == (everywhere or None)


def test_an_empty_document_is_what_holds_without_one() -> None:
    assert said("") == Configuration()


def test_what_may_be_a_secret_is_not_shown() -> None:
    (server,) = said("servers.a = { url = 'http://k@h', headers = { A = 'k' } }").servers
    assert (
        repr(server) == "ServerEntry(alias='a', cwd=None, pass_env=(), transport='http', trust='first-use', tools=None)"
    )


def test_a_setting_that_nothing_would_follow_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError):
        read(Effective(values={("mode",): "observe"}, origins={}))
