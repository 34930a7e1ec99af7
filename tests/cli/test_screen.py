from __future__ import annotations

import locale
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from sekisho.adapters.keyfile import KeyFileError
from sekisho.cli.screen import as_json, complain, language, note, say, speaks, trouble_is_usage, words
from sekisho.model.lang import Lang
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = ("SEKISHO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"SEKISHO_LANG": "ja", "LC_ALL": "en_US.UTF-8"}, Lang.JA),
        ({"LC_ALL": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}, Lang.JA),
        ({"LC_MESSAGES": "en_GB", "LANG": "ja_JP.UTF-8"}, Lang.EN),
        ({"SEKISHO_LANG": "", "LC_ALL": "", "LANG": "ja_JP.eucJP"}, Lang.JA),
        ({"LANG": "jam_JM"}, Lang.EN),
        ({"LANG": "C"}, Lang.EN),
    ],
)
def test_the_language_is_the_first_that_is_named(
    environ: Mapping[str, str], lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert language() is lang


def test_without_any_variable_the_locale_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: ("ja_JP", "UTF-8"))
    assert language() is Lang.JA


@click.command()
@speaks
def speaking() -> None:
    """Say something."""
    say(MessageId.RESUME_NOT_HALTED)
    note(MessageId.RESUME_NOT_HALTED)


def test_the_option_wins_over_every_variable() -> None:
    done = CliRunner().invoke(speaking, ["--lang", "ja"], env={"SEKISHO_LANG": "en"})
    assert (done.stdout, done.stderr) == ("停止中のものはありません。\n", "sekisho: 停止中のものはありません。\n")
    done = CliRunner().invoke(speaking, ["--lang", "en"], env={"SEKISHO_LANG": "ja"})
    assert done.stdout == "Nothing is halted.\n"


def test_json_is_ascii_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    as_json({"a": "\u202e関\x9b\ud800"}, indent=None)
    assert capsys.readouterr().out == '{"a": "\\u202e\\u95a2\\u009b\\ud800"}\n'


def test_a_problem_is_escaped_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    complain("one\x1b\ntwo")
    assert capsys.readouterr().err == "sekisho: one␛\nsekisho: two\n"


def test_what_this_machine_got_wrong_is_a_text_and_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, trouble_is_usage():
        raise KeyFileError("The key is odd.")
    assert ended.value.code == 2
    assert capsys.readouterr().err == "sekisho: The key is odd.\n"


def test_words_are_those_of_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_LANG", "en")
    assert words(MessageId.WHY_TICKET, ticket="A\x1b") == "ticket A␛"
