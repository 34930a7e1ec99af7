"""What is inferred about a server, and from what."""

from __future__ import annotations

import pytest

from sekisho.policy.facts import NOTHING_KNOWN, Site, facts_of_launch, facts_of_remote, is_wide

NO_HOSTS = frozenset[str]()


def roots(site: Site) -> tuple[tuple[str, ...], str]:
    facts = facts_of_launch(site, words=(), hosts=NO_HOSTS)
    return facts.path.roots, facts.why_roots


def test_folders_of_the_launch_line_are_the_roots() -> None:
    assert roots(Site(folders=("/data", "/more"), cwd="/work")) == (("/data", "/more"), "launch")


def test_else_it_is_the_working_directory_as_written_and_as_it_is() -> None:
    assert roots(Site(cwd="/link", real_cwd="/work", home="/home/me")) == (("/link", "/work"), "cwd")
    assert roots(Site(cwd="/work", home="/home/me")) == (("/work",), "cwd")


@pytest.mark.parametrize("cwd", ["/", "/home/me", "/home", "/Users", "/root"])
def test_the_root_and_homes_contain_nothing(cwd: str) -> None:
    assert roots(Site(cwd=cwd, home="/home/me")) == ((), "none")


def test_without_a_home_only_the_root_says_nothing() -> None:
    assert roots(Site(cwd="/")) == ((), "none")
    assert roots(Site(cwd="/work")) == (("/work",), "cwd")


def test_a_folder_of_credentials_is_never_a_root() -> None:
    site = Site(folders=("/home/me/.ssh", "/data"), cwd="/work", home="/home/me")
    assert roots(site) == (("/data",), "launch")


def test_what_is_known_of_the_machine_is_handed_on() -> None:
    site = Site(cwd="/work", home="/home/me", own=("/state",), caseless=True, windows=False)
    facts = facts_of_launch(site, words=("git",), hosts=frozenset({"git.example"}))
    assert (facts.path.base, facts.path.home, facts.path.own, facts.path.caseless) == (
        "/work",
        "/home/me",
        ("/state",),
        True,
    )
    assert facts.path.shared
    assert facts.url.hosts == {"git.example"}
    assert facts.words == ("git",)
    assert not facts.remote


def test_of_a_server_elsewhere_only_its_host_is_known() -> None:
    facts = facts_of_remote("mcp.example:8443", own=("/state",))
    assert facts.remote
    assert facts.url.hosts == {"mcp.example:8443"}
    assert facts.path.roots == ()
    assert facts.path.own == ("/state",)
    assert not facts.path.shared


def test_a_server_of_which_nothing_is_known_is_taken_for_one_elsewhere() -> None:
    assert NOTHING_KNOWN.remote
    assert NOTHING_KNOWN.url.hosts == NO_HOSTS


def test_a_folder_of_credentials_that_it_was_given_is_told_and_no_root() -> None:
    site = Site(folders=("/home/me/.ssh", "/work"), cwd="/", home="/home/me")
    facts = facts_of_launch(site, words=(), hosts=NO_HOSTS)
    assert (facts.path.roots, facts.left_out) == (("/work",), ("/home/me/.ssh",))


def test_a_folder_that_is_doubted_is_told_and_no_root() -> None:
    facts = facts_of_launch(Site(doubted=("/",), cwd="/work", home="/home/me"), words=(), hosts=NO_HOSTS)
    assert (facts.path.roots, facts.left_out) == (("/work",), ("/",))


def test_what_holds_a_home_holds_everything() -> None:
    for path in ("/", "/home", "/home/me", "/home/me/", "/home/you/..", "/Users", "/root"):
        assert is_wide(path, "/home/me", windows=False), path
    for path in ("/home/me/a", "/home/you", "/work"):
        assert not is_wide(path, "/home/me", windows=False), path
    assert is_wide("C:/", None, windows=True)
    assert not is_wide("/work", None, windows=False)
