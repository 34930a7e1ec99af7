"""The demo, whole: what it prints, that it checks itself, and what it says when something is not as promised."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from clikit import Desk, narrow, steady, utc
from sekisho.cli import demo
from sekisho.range.host import HostError
from sekisho.range.packages import TIME, Unavailable
from sekisho.range.play import Exchange, Played
from sekisho.range.script import ATTEMPTS, LEGACY_VISIT

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from sekisho.range.host import Json
    from sekisho.range.play import Server
    from sekisho.range.script import Said, Script

ENGLISH: Final = """\
Sekisho demo   a bundled weather server, hosts of two generations   no network

1  A host of 2025-11-25, through: sekisho run
   host --> Sekisho --> server   initialize 2025-11-25
   host <-- Sekisho <-- server   weather 1.0: resources, tools
   host --> Sekisho --> server   notifications/initialized
   host --> Sekisho --> server   tools/list
   host <-- Sekisho <-- server   get_forecast, remove_station
   host --> Sekisho --> server   tools/call get_forecast {"city":"Kyoto"}
   host <-- Sekisho <-- server   Kyoto: light rain, 14 to 21 degrees
   host --> Sekisho --> server   resources/read weather://stations
   host <-- Sekisho <-- server   Kyoto, Osaka, Sapporo
   Same answers as without Sekisho: 4 of 4

2  A host of 2026-07-28, through: sekisho run
   host --> Sekisho --> server   server/discover 2026-07-28
   host <-- Sekisho <-- server   weather 1.0: resources, tools
   host --> Sekisho --> server   tools/list
   host <-- Sekisho <-- server   get_forecast, remove_station
   host --> Sekisho --> server   tools/call get_forecast {"city":"Sapporo"}
   host <-- Sekisho <-- server   Sapporo: snow, -3 to 2 degrees
   host --> Sekisho --> server   resources/read weather://stations
   host <-- Sekisho <-- server   Kyoto, Osaka, Sapporo
   Same answers as without Sekisho: 4 of 4

3  Refused
   One key twice: a person sees get_forecast, the server reads remove_station
     tools/call {"name":"get_forecast","name":"remove_station","arguments":{"ci…
     without  station Kyoto removed
     with     refused (duplicate-key); the server saw nothing of it
   A method that MCP does not have, and this server obeys
     admin/reset
     without  {"removed":2}
     with     refused (unknown-method); the server saw nothing of it
   what the host is told:
     {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Sekisho: an
       object names the same key twice"}}
     {"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"Sekisho: this
       method does not exist in 2025-11-25"}}

4  On record
time      event        verdict  server        what happened
DATE
TIME      aaaaaa:7     allow    weather.py    answer  tools/call  MS ms
TIME      aaaaaa:8     allow    weather.py    request  resources/read weather:/…
TIME      aaaaaa:9     allow    weather.py    answer  resources/read  MS ms
TIME      aaaaaa:2     allow    weather.py    request  initialize
TIME      aaaaaa:3     allow    weather.py    answer  initialize  MS ms
TIME      aaaaaa:4     allow    weather.py    notification  initialized
TIME      aaaaaa:5     deny     weather.py    error  duplicate-key
TIME      aaaaaa:6     deny     weather.py    error  unknown-method
Intact: 28 records of 3 processes; none edited, dropped or reordered.

Look closer
   sekisho run -- CMD    put it before a server's command in a host's settings
   sekisho serve -- CMD  the same over HTTP, for hosts that want a URL
   sekisho audit tail    what was decided, as it happens (with -f)
   sekisho doctor        is all well on this machine?

Everything ended as promised, in SECONDS s.
"""


def masked(text: str) -> str:
    """Replace what differs from run to run."""
    text = re.sub(r"^\d{4}-\d\d-\d\d$", "DATE", steady(text), flags=re.MULTILINE)
    text = re.sub(r"^\d\d:\d\d:\d\d", "TIME    ", text, flags=re.MULTILINE)
    return re.sub(r"in \d+\.\d s", "in SECONDS s", re.sub(r"\d+\.\d ms", "MS ms", text))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Run the demo once, as `make demo` does, with a state directory that it must not touch."""
    state = tmp_path_factory.mktemp("demo") / "state"
    done = Desk(state).run("demo")
    assert not state.exists()
    return done


def test_it_shows_who_said_what_and_what_was_refused(shown: subprocess.CompletedProcess[str]) -> None:
    assert (shown.returncode, shown.stderr) == (0, "")
    # At midnight the date stands twice.
    assert (
        masked(shown.stdout).replace("DATE\nTIME", "TIME").replace("happened\nTIME", "happened\nDATE\nTIME") == ENGLISH
    )


def test_it_fits_into_eighty_columns(shown: subprocess.CompletedProcess[str]) -> None:
    assert narrow(shown.stdout)
    assert not [line for line in shown.stdout.splitlines() if line != line.rstrip()]


def test_it_names_no_place_of_this_machine(shown: subprocess.CompletedProcess[str]) -> None:
    assert "/" not in re.sub(r"[a-z]+/[a-z]+|://|weather:/…", "", shown.stdout)


def test_it_speaks_japanese_in_aligned_columns(tmp_path: Path) -> None:
    done = Desk(tmp_path / "state").run("demo", LANG="ja_JP.UTF-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert narrow(done.stdout)
    lines = done.stdout.splitlines()
    assert lines[0] == "関所 Sekisho デモ   付属の天気サーバー、新旧 2 世代のホスト   通信なし"
    assert '   ホスト --> 関所 --> サーバー   tools/call get_forecast {"city":"Kyoto"}' in lines
    assert "   ホスト <-- 関所 <-- サーバー   Kyoto: light rain, 14 to 21 degrees" in lines
    assert lines.count("   関所なしの場合と同じ応答: 4 件中 4 件") == 2
    assert "     関所なし  station Kyoto removed" in lines
    assert "     関所あり  拒否(duplicate-key)。サーバーには届いていない" in lines
    assert lines[-1].startswith("すべて想定どおりに終わりました(")


class Acts:
    """Plays nothing and answers as a test wants."""

    def __init__(self, answer: Callable[[Said], Exchange], problems: tuple[str, ...] = ()) -> None:
        self._answer = answer
        self._problems = problems

    def __call__(self, script: Script, _server: Server, *, state: Path, environ: object) -> Played:
        assert state.is_dir()
        assert environ
        exchanges = [self._answer(said) for said in script.said]
        return Played(script=script, exchanges=exchanges, problems=self._problems)


def right(said: Said) -> Exchange:
    answer: Json | None = {"result": {"content": [{"text": "a\n\x1b[31mb" + "漢" * 100}]}} if said.answered else None
    return Exchange(said=said, direct=answer, through={"error": {}} if said.refused else answer)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_is_not_as_promised_is_said_and_is_exit_code_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "play", Acts(right, ("tools/list was answered differently",)))
    done = desk.call("demo")
    assert done.exit_code == 1
    assert "sekisho: This did not end as promised: tools/list was answered differently\n" in done.stderr
    assert "with the output of: sekisho doctor\n" in done.stderr
    assert "Everything ended as promised" not in done.stdout
    assert narrow(done.stdout)
    assert "\x1b" not in done.stdout


def test_what_got_through_is_shown_as_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "play", Acts(lambda said: replace(right(said), through={"result": {"removed": 9}})))
    done = desk.call("demo")
    assert '     with     {"removed":9}\n' in done.stdout
    assert "Same answers as without Sekisho: 0 of 4" in done.stdout
    assert done.exit_code == 1


def test_a_host_without_an_answer_ends_its_part_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_said: Said) -> Exchange:
        raise HostError("initialize: it ended: no\x1b such thing")

    monkeypatch.setattr(demo, "play", Acts(silent))
    done = desk.call("demo")
    assert done.exit_code == 1
    assert done.stderr.count("initialize: it ended: no␛ such thing") == 3
    assert "4  On record" in done.stdout
    assert "Look closer" in done.stdout


def test_a_real_server_that_is_not_to_be_had_is_skipped_with_the_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(_package: object, _folder: Path, *, fetching: Callable[[Path], None]) -> None:
        fetching(_folder)
        raise Unavailable("ERROR: No matching distribution found for mcp-server-time")

    monkeypatch.setattr(demo, "play", Acts(right))
    monkeypatch.setattr(demo, "prepared", unavailable)
    done = desk.call("demo", "--real")
    assert f"\n5  A real server: mcp-server-time {TIME.version}\n   skipped: ERROR: No matching" in done.stdout
    assert "sekisho: Fetching mcp-server-time into " in done.stderr


def test_a_real_server_is_played_like_the_bundled_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def prepared(_package: object, _folder: Path, *, fetching: object) -> tuple[None, Script, str]:
        assert callable(fetching)
        return None, LEGACY_VISIT, "9.9"

    monkeypatch.setattr(demo, "play", Acts(right))
    monkeypatch.setattr(demo, "prepared", prepared)
    done = desk.call("demo", "--real")
    assert (
        "\n6  A real server: mcp-server-git 9.9\n   host --> Sekisho --> server   initialize 2025-11-25\n"
        in done.stdout
    )


def test_the_refusals_that_it_promises_are_the_ones_that_it_shows() -> None:
    with utc():
        assert [said.refused for said in ATTEMPTS.said if said.refused] == ["duplicate-key", "unknown-method"]
