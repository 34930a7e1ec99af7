"""Which server an entry names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peers.loops import run
from sekisho.cli.entries import Entries
from sekisho.cli.house import open_house
from sekisho.gateway.broker.frames import ENTRY, Hello
from sekisho.gateway.broker.service import EntryError
from sekisho.gateway.warden_client import Warden
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clikit import Desk

WHO = Who(principal="ada", conversation="c")


def made(desk: Desk, text: str, entry: str, env: Mapping[str, str] | None = None) -> str:
    """Return the identity of what is behind an entry, or why there is nothing."""
    config = desk.state.parent / "sekisho.toml"
    config.write_text(text)

    async def work() -> str:
        with open_house() as house:
            warden = Warden()
            entries = Entries(house, warden)
            hello = Hello(kind=ENTRY, version="1", entry=entry, config=str(config), cwd="/", env=env or {})
            try:
                served = entries(hello, print)
                backend = served.backend(WHO)
                assert backend.revision is None
                await served.aclose()
            except EntryError as error:
                return str(error)
            else:
                return served.server
            finally:
                await warden.close()

    return run(work())


@pytest.fixture(autouse=True)
def _state(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_STATE", str(desk.state))


def test_an_entry_is_called_as_the_user_calls_it(desk: Desk) -> None:
    text = '[servers.one]\ncommand = ["cat"]\n[servers.two]\nurl = "https://mcp.example.com/mcp"\n'
    assert made(desk, text, "one") == "one"
    assert made(desk, text, "two", {"HTTPS_PROXY": "http://127.0.0.1:9"}) == "two"
    assert made(desk, text, "three").endswith("has no [servers.three]. It has: one, two.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[servers.one]\nkommand = []\n", "servers.one.kommand"),
        ("[servers", "this is not TOML"),
        ('[servers.one]\ncommand = ["cat"]\npass_env = ["NOT_SET"]\n', "the declared variable NOT_SET is not set"),
        ('[servers.one]\nurl = "ftp://x"\n', "this is no address of a server"),
    ],
)
def test_what_is_wrong_with_it_is_told(desk: Desk, text: str, problem: str) -> None:
    assert problem in made(desk, text, "one")


def test_a_variable_comes_from_the_host_that_started_the_relay(desk: Desk) -> None:
    text = '[servers.one]\ncommand = ["cat"]\npass_env = ["TOKEN"]\n'
    assert made(desk, text, "one", {"TOKEN": "x"}) == "one"


def test_no_file_is_told_with_the_next_step(desk: Desk) -> None:
    async def work() -> None:
        with open_house() as house:
            entries = Entries(house, Warden())
            env = {"XDG_CONFIG_HOME": str(desk.state)}
            with pytest.raises(EntryError, match=r"sekisho\.toml: "):
                entries(Hello(kind=ENTRY, version="1", entry="one", env=env), print)

    run(work())
