"""Each address of a text is judged; a browser shows what is being developed here, and git takes `git@host:path`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from sekisho.engine import destinations
from sekisho.engine.guarding import guard
from sekisho.guards.objection import Told
from sekisho.guards.url_facts import UrlFacts
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN, Site, facts_of_launch
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.policy.facts import ServerFacts

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())
CHROME = replace(HERE, words=("chrome", "devtools", "mcp"))
TOLD = Told(real_paths={}, addresses={"github.com": ("140.82.112.3",), "inner.example": ("10.0.0.8",)})


def rules(name: str, value: str, facts: ServerFacts = HERE, parameter: str = "url") -> set[str]:
    tool = Tool({"name": name, "inputSchema": {"properties": {parameter: {"type": "string"}}}})
    return {each.objection.rule for each in guard(tool.read({parameter: value}), tool, facts, TOLD).found}


@rows(
    ("name", "facts", "value"),
    [
        ("browser_navigate", HERE, "http://localhost:3000/login?next=%2F#top"),
        ("puppeteer_navigate", HERE, "http://127.0.0.1:5173"),
        ("navigate", HERE, "https://[::1]:3001/"),
        ("run-lighthouse", HERE, "http://localhost:3000/"),
        ("browser_tabs", HERE, "http://localhost:6006?path=/story/a"),
        ("new_page", CHROME, "http://localhost:4321/#a"),
        ("browser_navigate", HERE, "localhost:3000/a"),
        ("browser_navigate", HERE, "http://app.shop.localhost:3000/"),
    ],
)
def test_a_browser_shows_what_is_being_developed_on_this_machine(name: str, facts: ServerFacts, value: str) -> None:
    assert rules(name, value, facts) == set()


@rows(
    ("name", "facts", "value"),
    [
        ("fetch", HERE, "http://localhost:3000/"),
        ("new_page", HERE, "http://localhost:3000/"),
        ("playwright_get", HERE, "http://localhost:3000/"),
        ("browser_click", HERE, "http://localhost:3000/"),
        ("browser_navigate", HERE, "http://localhost/"),
        ("browser_navigate", HERE, "http://localhost:2375/"),
        *(("browser_navigate", HERE, f"http://localhost:{port}/") for port in (5000, 8000, 8001, 8080, 8888)),
        ("browser_navigate", HERE, "http://localhost:9222/json"),
        ("browser_navigate", HERE, "http://localhost:03000x/"),
        ("browser_navigate", HERE, "http://192.168.1.1:3000/"),
        ("browser_navigate", HERE, "http://0.0.0.0:3000/"),
        ("browser_navigate", HERE, "http://2130706433:3000/"),
        ("browser_navigate", HERE, "http://localhost:3000@10.0.0.1/"),
        ("browser_navigate", HERE, "http://x@localhost:3000/"),
        ("browser_navigate", HERE, "http://localhost:3000?@10.0.0.1/"),
        ("browser_navigate", HERE, "http://localhost:3000#@10.0.0.1/"),
        ("browser_navigate", HERE, "http://localhost.corp:3000/"),
        ("browser_navigate", HERE, "http://localhost:3000\\@10.0.0.1/"),
        ("browser_navigate", HERE, "http://localhost:3000/ http://10.0.0.1/"),
        ("browser_navigate", replace(HERE, remote=True), "http://localhost:3000/"),
        ("browser_navigate", replace(HERE, url=UrlFacts(only_listed=True)), "http://localhost:3000/"),
    ],
)
def test_nothing_else_of_this_machine_is_shown(name: str, facts: ServerFacts, value: str) -> None:
    assert rules(name, value, facts) & {"url-private", "url-disguised"}


def test_a_proxy_of_a_browser_is_no_page() -> None:
    assert "url-private" in rules("browser_navigate", "http://localhost:3000/", parameter="proxy_url_host")


@rows(
    ("name", "value", "parameter", "expected"),
    [
        ("git_clone", "git@github.com:acme/app.git", "url", set[str]()),
        ("pipeline_status", "git@github.com:acme/app.git", "gitRemoteURL", set[str]()),
        ("git_clone", "git@inner.example:acme/app.git", "url", {"url-private"}),
        ("git_clone", "git@10.0.0.1:acme/app.git", "url", {"url-private"}),
        ("fetch", "git@github.com:acme/app.git", "url", {"url-scheme"}),
        ("git_clone", "ssh://git@github.com/acme/app.git", "url", set[str]()),
        ("git_clone", "ssh://github.com/acme/app.git", "url", {"url-scheme"}),
        ("git_clone", "root@github.com:acme/app.git", "url", {"url-scheme"}),
    ],
)
def test_a_repository_is_taken_over_ssh_from_a_public_host(
    name: str, value: str, parameter: str, expected: set[str]
) -> None:
    assert rules(name, value, parameter=parameter) == expected


@rows("value", ["git@-x.example:a", "git@github.com:-x", "git@github.com:a b", "git@github.com:a;touch x"])
def test_what_is_no_repository_stays_refused(value: str) -> None:
    assert rules("git_clone", value)


@rows(
    ("value", "expected"),
    [
        ("https://github.com/a\nhttps://github.com/b", set[str]()),
        ("https://github.com/a, http://10.0.0.1/, http://10.0.0.2/", {"url-private"}),
        ("file:///work/a.txt", set[str]()),
    ],
)
def test_each_of_several_addresses_is_judged(value: str, expected: set[str]) -> None:
    tool = Tool({"name": "read", "inputSchema": {"properties": {"source": {"description": "Path or URL"}}}})
    found = guard(tool.read({"source": value}), tool, HERE, TOLD).found
    assert {each.objection.rule for each in found if each.objection.rule.startswith("url")} == expected


# What stands between addresses, as it is meant: this takes a time that grows with the square of a run of separators.
SEVERAL = re.compile(r"\s*\n\s*|[\s,;|]+(?=[A-Za-z][A-Za-z0-9+.-]{1,20}://|[\w.-]+\s*$)")
PIECES = st.sampled_from(["\n", " ", ",", ";", "|", "\r\n", "a", "http://h", "x.y", ":", "あ", "//"])


@given(st.lists(PIECES, max_size=20).map("".join))
@example("a\n;http://b")
@example("a ;\n; b c")
def test_addresses_of_one_text_are_told_apart_as_the_plain_pattern_does(text: str) -> None:
    found, meant = destinations._SEVERAL.split(text.strip()), SEVERAL.split(text.strip())  # pyright: ignore[reportPrivateUsage]
    assert [each for each in found if each] == [each for each in meant if each]


@rows("unit", [";", ", ", " ", "| \r", "a;", ";\n", "a \n"])
def test_what_stands_between_addresses_is_looked_at_once_however_long_it_is(unit: str) -> None:
    tool = Tool({"name": "read_file", "inputSchema": {"properties": {"url": {"type": "string"}}}})
    guard(tool.read({"url": f"a{unit * (250_000 // len(unit))}?"}), tool, NOTHING_KNOWN)


@rows(
    ("value", "expected"),
    [
        ("mongodb://localhost:27017/shop?retryWrites=true&w=majority", set[str]()),
        ("mongodb+srv://reader:p%40w@cluster0.ab1cd.mongodb.net/?retryWrites=true&w=majority", set[str]()),
        ("mongodb://a:1,b:2/x?replicaSet=rs0&w=1", set[str]()),
        ("postgresql://u:p@10.0.0.8:5432/db", set[str]()),
        ("mongodb://169.254.169.254:80/", {"url-private"}),
        ("mongodb://a,u,169.254.169.254:80/?a=1&b=2", {"url-private"}),
        ("redis://u:p@0xa9fea9fe/", {"url-private"}),
        ("mysql://metadata.google.internal/", {"url-private"}),
        ("mongodb://[::ffff:169.254.169.254]:1/x", {"url-private"}),
        (f"mongodb://{','.join('a' * 17)}/", {"url-disguised"}),
    ],
)
def test_a_store_is_anywhere_but_where_credentials_are_handed_out(value: str, expected: set[str]) -> None:
    assert rules("connect", value, parameter="connection_string") == expected
    listed = replace(HERE, url=UrlFacts(only_listed=True))
    assert rules("connect", value, listed, parameter="connection_string")


def test_a_store_hides_no_command() -> None:
    assert rules("connect", "mongodb://localhost/; rm -rf ~", parameter="connection_string")
    assert rules("connect", "mongodb://localhost/$(id)", parameter="connection_string")


@rows("parameter", ["host", "url", "server"])
def test_a_host_is_no_store_by_its_scheme(parameter: str) -> None:
    assert rules("connect", "redis://127.0.0.1:6379/", parameter=parameter)


@rows(
    ("name", "parameter", "value", "expected"),
    [
        ("ssh_exec", "host", "192.168.10.21", set[str]()),
        ("execute_ssh_command", "host", "10.0.0.5", set[str]()),
        ("sftp_list", "hostname", "172.16.0.9", set[str]()),
        ("ssh_exec", "host", "127.0.0.1", {"url-private"}),
        ("ssh_exec", "host", "169.254.169.254", {"url-private"}),
        ("ssh_exec", "host", "0xa000005", {"url-private"}),
        ("ssh_exec", "url", "http://10.0.0.5/", {"url-private"}),
        ("ping_host", "host", "10.0.0.5", {"url-private"}),
    ],
)
def test_who_logs_in_to_a_machine_may_do_so_in_a_private_network(
    name: str, parameter: str, value: str, expected: set[str]
) -> None:
    assert rules(name, value, parameter=parameter) == expected
