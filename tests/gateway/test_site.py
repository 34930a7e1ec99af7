"""Which words of a launch line are folders of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.launch import Launch
from sekisho.gateway.site import facts_of, settled_reach
from sekisho.policy.reach import Listed, Reach

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.policy.facts import ServerFacts


def started(at: Path, *argv: str, **env: str) -> ServerFacts:
    return facts_of(Launch(argv=("server", *argv), cwd=str(at), env={"HOME": str(at / "home"), **env}))


def test_words_that_are_folders_become_roots_with_their_real_paths(tmp_path: Path) -> None:
    at = tmp_path.resolve()
    (at / "docs").mkdir()
    (at / "link").symlink_to(at / "docs")
    assert started(at, "docs", "nothing").path.roots == (str(at / "docs"),)
    assert started(at, "link").path.roots == (str(at / "link"), str(at / "docs"))


def test_a_home_is_written_with_a_tilde(tmp_path: Path) -> None:
    at = tmp_path.resolve()
    (at / "home" / "notes").mkdir(parents=True)
    assert started(at, "~/notes").path.roots == (str(at / "home" / "notes"),)


def test_files_are_no_roots_and_the_working_directory_remains(tmp_path: Path) -> None:
    at = tmp_path.resolve()
    (at / "app.db").touch()
    assert started(at, "--db-path", str(at / "app.db")).path.roots == (str(at),)


def test_variables_count_where_the_line_names_no_folder(tmp_path: Path) -> None:
    at = tmp_path.resolve()
    for name in ("share", "other"):
        (at / name).mkdir()
    assert started(at, SHARE_DIR=str(at / "share")).path.roots == (str(at / "share"),)
    assert started(at, str(at / "other"), SHARE_DIR=str(at / "share")).path.roots == (str(at / "other"),)


def test_our_own_state_is_named_in_both_ways(tmp_path: Path) -> None:
    at = tmp_path.resolve()
    (at / "real").mkdir()
    (at / "state").symlink_to(at / "real")
    facts = facts_of(Launch(argv=("x",), cwd=str(at), env={}), own=[str(at / "state")])
    assert facts.path.own == (str(at / "state"), str(at / "real"))
    assert facts.path.home is None


def test_a_server_elsewhere_may_be_told_its_own_address(tmp_path: Path) -> None:
    class _Remote:
        endpoint = Endpoint.parse("https://mcp.example:8443/mcp")

    facts = facts_of(_Remote(), own=[str(tmp_path)])  # pyright: ignore[reportArgumentType] - only its address is looked at
    assert facts.url.hosts == {"mcp.example:8443"}
    assert facts.remote


def test_listed_folders_are_told_as_written_and_as_they_lead_and_elsewhere_as_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    reach = Reach(roots=(Listed(values=("~/link", "/gone"), widens=True),))
    launch = Launch(argv=("x",), cwd="/", env={"HOME": str(tmp_path)})
    settled = settled_reach(reach, launch)
    found = (f"{tmp_path}/link", f"{tmp_path}/real", "/gone", "/gone")
    assert settled.roots == (Listed(values=found, widens=True),)
    assert facts_of(launch, (), settled).path.roots == found
    assert settled_reach(Reach(), launch) == Reach()


def test_a_folder_of_everything_is_no_root_where_only_a_projects_file_names_it(tmp_path: Path) -> None:
    at = tmp_path.resolve()
    assert started(at, "/").path.roots == ("/",)
    (at / ".mcp.json").write_text('{"mcpServers": {"files": {"command": "server", "args": ["/", "docs"]}}}')
    (at / "docs").mkdir()
    facts = started(at, "/", "docs")
    assert (facts.path.roots, facts.left_out) == ((str(at / "docs"),), ("/",))
    assert started(at, "/").path.roots == ("/",)
