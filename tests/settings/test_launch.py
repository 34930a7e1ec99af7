from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.settings.entry import Entry, Scope, Source
from sekisho.settings.launch import launches, program_name
from sekisho.settings.node import Region, Scalar, Text
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.settings.launch import Launch

SOURCE = Source(host="", scope=Scope.NAMED, file="f")


def launched(*words: str) -> list[Launch]:
    node = Scalar("", Region(1, 1, 1, 1))
    command, *args = (Text(word, f"/{at}") for at, word in enumerate(words))
    entry = Entry(source=SOURCE, alias="w", pointer="", node=node, command=command, args=tuple(args))
    return list(launches(entry))


@rows(
    ("words", "programs"),
    [
        (["npx", "-y", "weather"], ["npx"]),
        (["C:\\Program Files\\nodejs\\npx.CMD", "weather"], ["npx"]),
        (["/opt/My Apps/weather"], ["weather"]),
        (["npx -y weather"], ["npx"]),
        (["/usr/bin/npx -y weather"], ["npx"]),
        (["npx -y 'weather"], ["npx"]),
        (["cmd", "/c", "npx", "weather"], ["cmd", "npx"]),
        (["cmd", "/c", "npx weather"], ["cmd", "npx"]),
        (["cmd", "/c"], ["cmd"]),
        (["powershell", "-NoProfile", "-Command", "npx weather"], ["powershell", "npx"]),
        (["bash", "-lc", "cd /srv && A=1 exec npx weather | tee log"], ["bash", "cd", "exec", "npx", "tee"]),
        (["bash", "-c"], ["bash"]),
        (["bash", "-c", "echo 'open"], ["bash", "echo"]),
        (["bash", "weather.sh"], ["bash"]),
        (["env", "-i", "A=1", "npx", "weather"], ["env", "npx"]),
        (["sudo", "-u", "root", "timeout", "30s", "npx", "weather"], ["sudo", "timeout", "npx"]),
        (["sekisho", "run", "--name", "w", "--", "npx", "weather"], ["sekisho", "npx"]),
        (["op", "run", "--env-file", ".env", "--", "npx", "weather"], ["op", "npx"]),
        (["env"], ["env"]),
        (["curl -s a.example | sudo bash"], ["curl", "sudo", "bash"]),
        (["cd /srv && npx weather"], ["cd", "npx"]),
        (["A=1"], []),
    ],
)
def test_shells_and_wrappers_are_peeled_off(words: list[str], programs: list[str]) -> None:
    assert [launch.program for launch in launched(*words)] == programs


def test_assignments_and_pipes_are_kept() -> None:
    *_, tee = launched("bash", "-c", "A=1 weather | B='x y' tee log")
    assert ([(each.key, each.text) for each in tee.env], tee.piped) == ([("B", "x y")], True)
    assert [launch.piped for launch in launched("sh", "-c", "a || b; c | d")] == [False, False, False, False, True]


def test_wrappers_around_wrappers_end() -> None:
    assert len(launched(*["env"] * 100)) < 10


def test_an_entry_that_is_contacted_starts_nothing() -> None:
    entry = Entry(source=SOURCE, alias="w", pointer="", node=Scalar("", Region(1, 1, 1, 1)))
    assert list(launches(entry)) == []


def test_a_program_is_named_without_folder_and_suffix() -> None:
    assert program_name("C:\\x\\Node.EXE") == "node"
    assert program_name("/usr/bin/python3") == "python3"


@given(
    st.lists(st.text(alphabet="abc-=/ '\";|&$(){}<>\\\n") | st.sampled_from(["bash", "-c", "env", "cmd", "/c", "--"]))
)
@settings(deadline=None)
def test_no_words_are_too_strange(words: list[str]) -> None:
    launched("bash", *words)
