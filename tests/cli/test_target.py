from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from sekisho.cli.target import Options, launch_of, make_target, target_options
from sekisho.gateway.endpoint import AddressError
from sekisho.gateway.launch import Launch, LaunchError
from sekisho.gateway.remote import Remote
from tablekit import rows

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--port", type=int)
@target_options
def taking(options: Options, port: int | None) -> None:
    click.echo(f"{options.url} {options.command} {options.env} {options.header} {options.cwd} {port}")


def options(**changes: object) -> Options:
    made: dict[str, object] = {"url": None, "command": (), "env": (), "header": (), "cwd": None, **changes}
    return Options(**made)  # type: ignore[arg-type]


def test_a_command_is_taken_with_its_own_options() -> None:
    done = CliRunner().invoke(taking, ["--port", "1", "--env", "A=b", "--cwd", "d", "--", "npx", "-y", "--url", "x"])
    assert done.output == "None ('npx', '-y', '--url', 'x') ('A=b',) () d 1\n"


def test_a_url_is_taken_with_its_headers() -> None:
    done = CliRunner().invoke(taking, ["--url", "https://e.example/", "--header", "A: b", "--header", "C: d"])
    assert done.output == "https://e.example/ () () ('A: b', 'C: d') None None\n"


@rows(
    ("words", "said"),
    [
        ([], "Name one server"),
        (["--url", "https://e.example/", "--", "sh"], "Name one server"),
        (["--url", "https://e.example/", "--env", "A"], "--env and --cwd are for a command"),
        (["--url", "https://e.example/", "--cwd", "d"], "--env and --cwd are for a command"),
        (["--header", "A: b", "--", "sh"], "--header and --transport are for a remote server"),
        (["--transport", "sse", "--", "sh"], "--header and --transport are for a remote server"),
        (["--url", "https://e.example/", "--transport", "ws"], "'ws' is not one of 'http', 'sse'"),
    ],
)
def test_what_makes_no_sense_together_is_refused_with_the_way_out(words: list[str], said: str) -> None:
    done = CliRunner().invoke(taking, words)
    assert done.exit_code == 2
    assert said in done.output


def test_a_launch_gets_the_folder_and_the_environment_without_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEKISHO_STATE", "/x")
    monkeypatch.setenv("ORDINARY", "kept")
    monkeypatch.chdir(tmp_path)
    launch = launch_of(options(command=("sh", "-c", "true"), env=("ADDED=1",), cwd="below"))
    assert (launch.argv, launch.cwd) == (("sh", "-c", "true"), str(tmp_path / "below"))
    assert (launch.env["ADDED"], launch.env["ORDINARY"], "SEKISHO_STATE" in launch.env) == ("1", "kept", False)


def test_a_variable_that_is_not_set_is_refused() -> None:
    with pytest.raises(LaunchError, match="NOT_SET_HERE is not set"):
        launch_of(options(command=("sh",), env=("NOT_SET_HERE",)))


def test_a_target_is_a_launch_or_a_remote() -> None:
    async def remote() -> Remote | Launch:
        return make_target(options(url="https://e.example/mcp", header=("X-Key: a b", "Y:z")))

    assert isinstance(make_target(options(command=("sh",))), Launch)
    made = asyncio.run(remote())
    assert isinstance(made, Remote)
    assert made.endpoint.origin == "https://e.example"
    assert made.headers == ((b"x-key", b"a b"), (b"y", b"z"))


@pytest.mark.parametrize("header", ["no colon", ": value", "Näme: x"])
def test_a_header_of_another_form_is_refused(header: str) -> None:
    async def remote() -> Remote | Launch:
        return make_target(options(url="https://e.example/mcp", header=(header,)))

    with pytest.raises(AddressError):
        asyncio.run(remote())


@rows("name", ["Git", "1st", "git_repo", "sekisho", "a" * 25, "git repo", ""])
def test_a_name_that_is_no_alias_is_refused(name: str) -> None:
    done = CliRunner().invoke(taking, ["--name", name, "--", "true"])
    assert done.exit_code == 2
    assert "--name" in done.output
