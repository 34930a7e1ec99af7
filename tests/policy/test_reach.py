"""Lists of hosts, folders and programs: what they open, what they close, and whose they have to be for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.engine.guarding import guard
from sekisho.engine.ready import of_body
from sekisho.guards.objection import Told
from sekisho.policy.calls import terms_of
from sekisho.policy.facts import Site, facts_of_launch
from sekisho.policy.layers import Layer, Rank, merge
from sekisho.policy.problem import ConfigurationError
from sekisho.policy.reach import Listed, Reach, reaching
from sekisho.policy.reading import read
from sekisho.policy.toml import parse
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset({"wiki.corp"}))
SERVER = "servers.a.command = ['x']\n"


def objections(texts: dict[str, str], name: str, arguments: dict[str, str]) -> set[str]:
    """Return what is objected to in a call of a server that these files are about, by their ranks.

    Every path leads where it is written, every host that is asked for is a public one.
    """
    layers = [Layer(rank=Rank[rank.upper()], document=parse(text, file=rank)) for rank, text in texts.items()]
    (entry,) = read(merge(layers)).servers
    facts = reaching(HERE, entry.reach)
    properties: JsonObject = {key: {"type": "string"} for key in arguments}
    body: JsonObject = {"inputSchema": {"type": "object", "properties": properties}}
    ready = of_body(name, body, facts, terms_of(entry.calls, name))
    facts, read_ = ready.facts or facts, ready.tool.read({**arguments})
    subjects = [need.subject for need in guard(read_, ready.tool, facts).needs]
    told = Told(real_paths={each: each for each in subjects}, addresses=dict.fromkeys(subjects, ("93.184.216.34",)))
    return {each.objection.rule for each in guard(read_, ready.tool, facts, told).found}


def to(url: str) -> tuple[str, dict[str, str]]:
    return "fetch", {"url": url}


def at(path: str) -> tuple[str, dict[str, str]]:
    return "read_file", {"path": path}


def runs(command: str) -> tuple[str, dict[str, str]]:
    return "run_command", {"command": command}


HOSTS = "servers.a.hosts = ['api.github.com', 'wiki.corp:8443', '[fd00::1]:80', '10.0.0.7']\n"
ROOTS = "servers.a.roots = ['/srv/data', '/home/me/notes']\n"
PROGRAMS = "servers.a.programs = ['git', 'frob', './deploy.sh']\n"
OTHER = "servers.a.hosts = ['other.example']\n"
OF_SRV = "servers.a.calls.read_file.roots = ['/srv']\n"
DISGUISED = {"url-host", "url-userinfo", "url-disguised"}
NOTHING: set[str] = set()
OF_TOOL = (
    "servers.a.calls.fetch.hosts = ['api.github.com', 'other.example']\nservers.a.calls.read_file.roots = ['/srv']\n"
)


@rows(
    ("texts", "call", "expected"),
    [
        # Without a list: what is inferred.
        ({"user": SERVER}, to("https://other.example/"), NOTHING),
        ({"user": SERVER}, to("http://wiki.corp/"), NOTHING),
        ({"user": SERVER}, to("http://10.0.0.7/"), {"url-private"}),
        ({"user": SERVER}, at("/srv/data/x"), {"path-outside-roots"}),
        ({"user": SERVER}, runs("frob plan"), {"shell-unknown-program"}),
        # A list of who defines the server opens what is in it, and nothing else.
        ({"user": SERVER + HOSTS}, to("https://api.github.com/x"), NOTHING),
        ({"user": SERVER + HOSTS}, to("https://API.GitHub.com./x"), NOTHING),
        ({"user": SERVER + HOSTS}, to("https://api.github.com:8080/x"), {"url-host"}),
        ({"user": SERVER + HOSTS}, to("https://api.github.com@other.example/"), DISGUISED),
        ({"user": SERVER + HOSTS}, to("https://x.api.github.com/"), {"url-host"}),
        ({"user": SERVER + HOSTS}, to("https://other.example/"), {"url-host"}),
        ({"user": SERVER + HOSTS}, to("http://wiki.corp:8443/"), NOTHING),
        ({"user": SERVER + HOSTS}, to("http://wiki.corp/"), {"url-host", "url-private"}),
        ({"user": SERVER + HOSTS}, to("http://10.0.0.7/"), NOTHING),
        ({"user": SERVER + HOSTS}, to("http://0x0a000007/"), {"url-host", "url-private"}),
        ({"user": SERVER + "servers.a.hosts = []\n"}, to("https://api.github.com/"), {"url-host"}),
        ({"user": SERVER + ROOTS}, at("/srv/data/x"), NOTHING),
        ({"user": SERVER + ROOTS}, at("/work/x"), {"path-outside-roots"}),
        ({"user": SERVER + ROOTS}, at("/srv/database"), {"path-outside-roots"}),
        ({"user": SERVER + ROOTS}, at("/srv/data/.ssh/id_rsa"), {"path-credential"}),
        ({"user": SERVER + PROGRAMS}, runs("cd /work && frob plan && ./deploy.sh | git log"), NOTHING),
        ({"user": SERVER + PROGRAMS}, runs("/usr/bin/git status"), NOTHING),
        ({"user": SERVER + PROGRAMS}, runs("/srv/git status"), {"shell-not-listed", "shell-unknown-program"}),
        ({"user": SERVER + PROGRAMS}, runs("git status; ls"), {"shell-not-listed"}),
        ({"user": SERVER + PROGRAMS}, runs("git log $(ls)"), {"shell-not-listed"}),
        ({"user": SERVER + PROGRAMS}, runs("env ls"), {"shell-not-listed"}),
        # Who does not define the server can only close.
        ({"user": SERVER, "project": HOSTS}, to("https://other.example/"), {"url-host"}),
        ({"user": SERVER, "project": HOSTS}, to("https://api.github.com/"), NOTHING),
        ({"user": SERVER, "project": HOSTS}, to("http://10.0.0.7/"), {"url-private"}),
        ({"user": SERVER, "project": ROOTS}, at("/srv/data/x"), {"path-outside-roots"}),
        ({"user": SERVER, "project": "servers.a.roots = ['/work/sub']\n"}, at("/work/x"), {"path-outside-roots"}),
        ({"user": SERVER, "project": "servers.a.roots = ['/work/sub']\n"}, at("/work/sub/x"), NOTHING),
        ({"user": SERVER, "project": PROGRAMS}, runs("frob plan"), {"shell-unknown-program"}),
        ({"user": SERVER, "project": PROGRAMS}, runs("ls"), {"shell-not-listed"}),
        ({"policy": SERVER, "user": HOSTS}, to("http://10.0.0.7/"), {"url-private"}),
        # What the machine's policy lists holds whatever the user's file lists, and may open.
        ({"policy": HOSTS, "user": SERVER}, to("http://10.0.0.7/"), NOTHING),
        ({"policy": HOSTS, "user": SERVER + OTHER}, to("https://other.example/"), {"url-host"}),
        ({"policy": HOSTS, "user": SERVER + OTHER}, to("https://api.github.com/"), {"url-host"}),
        # A tool's list is within that of its server; without one it opens like one.
        ({"user": SERVER + OF_TOOL}, to("https://other.example/"), NOTHING),
        ({"user": SERVER + OF_TOOL}, at("/srv/data/x"), NOTHING),
        ({"user": SERVER + OF_TOOL}, at("/work/x"), {"path-outside-roots"}),
        ({"user": SERVER + HOSTS + OF_TOOL}, to("https://api.github.com/"), NOTHING),
        ({"user": SERVER + HOSTS + OF_TOOL}, to("https://other.example/"), {"url-host"}),
        ({"user": SERVER + HOSTS + OF_TOOL}, to("http://10.0.0.7/"), {"url-host", "url-private"}),
        ({"user": SERVER + OF_TOOL, "project": HOSTS}, at("/srv/data/x"), NOTHING),
        ({"user": SERVER + ROOTS, "project": OF_SRV}, at("/home/me/notes/x"), {"path-outside-roots"}),
    ],
)  # fmt: skip
def test_what_may_be_named(texts: dict[str, str], call: tuple[str, dict[str, str]], expected: set[str]) -> None:
    assert objections(texts, *call) == expected


@rows(
    ("texts", "expected"),
    [
        ({"user": SERVER}, False),
        ({"user": SERVER + "servers.a.unresolved = 'allow'\n"}, True),
        ({"user": SERVER + "servers.a.unresolved = 'refuse'\n"}, False),
        ({"policy": "servers.a.unresolved = 'refuse'\n", "user": SERVER + "servers.a.unresolved = 'allow'\n"}, False),
        ({"user": SERVER, "project": "servers.a.unresolved = 'allow'\n"}, False),
    ],
)
def test_a_host_that_is_not_known_here_is_open_where_the_owner_of_the_server_says_so(
    texts: dict[str, str], *, expected: bool
) -> None:
    layers = [Layer(rank=Rank[rank.upper()], document=parse(text, file=rank)) for rank, text in texts.items()]
    (entry,) = read(merge(layers)).servers
    assert reaching(HERE, entry.reach).url.unresolved is expected


def test_folders_are_settled_by_who_sees_them_and_a_list_of_none_closes_all() -> None:
    reach = Reach(roots=(Listed(values=("~/a",), widens=True),), hosts=(Listed(values=("h",), widens=False),))
    settled = reach.settled(lambda each: (f"/home/me{each[1:]}", "/real/a"))
    assert settled.roots == (Listed(values=("/home/me/a", "/real/a"), widens=True),)
    assert settled.hosts == reach.hosts
    nowhere = reaching(HERE, Reach(roots=(Listed(values=(), widens=True),)))
    assert nowhere.path.roots
    assert nowhere.why_roots == "settings"


@rows(
    "text",
    [
        "hosts = ['https://api.github.com']", "hosts = ['api.github.com/x']", "hosts = ['*.github.com']",
        "hosts = ['a b']", "hosts = ['']", "hosts = 'x'", "roots = []", "roots = ['src']", "roots = ['']",
        "programs = ['git status']", "programs = ['']", "calls.x.hosts = ['a/b']", "host = ['x']",
    ],
)  # fmt: skip
def test_what_is_no_list_of_such_is_told(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        merge([Layer(rank=Rank.USER, document=parse(f"{SERVER}servers.a.{text}\n", file="f"))])
    assert all(problem.place is not None for problem in caught.value.problems)
