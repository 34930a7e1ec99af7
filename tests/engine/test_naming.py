from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.naming import naming
from sekisho.guards.expression import is_evaluated, is_of_a_page
from sekisho.guards.foreign import Foreign, foreign
from sekisho.meaning.words import named

PIECES = st.sampled_from(
    ["expression", "code", "js", "title", "env", "vars", "manifest", "steps", "source", "0", "~1", "日本", "x"]
)
WORDS = st.lists(st.sampled_from(["find", "browser", "note", "git", "say", "add", "config", "ffmpeg"]), max_size=3)


def test_names_say_what_a_value_is_judged_by() -> None:
    found = naming("/steps/0/code", ("browser", "run"), ())
    assert found.names == ("steps", "0", "code")
    assert found.last == "code"
    assert found.page
    assert found.code
    assert found.holds_commands
    assert not found.evaluated


def test_the_last_word_of_an_item_is_that_of_its_list() -> None:
    assert naming("/owners/0", (), ()).last == "owners"
    assert naming("", (), ()).last == ""


def test_a_title_is_one_of_a_file_only_where_files_are_written() -> None:
    assert naming("/title", ("create", "note"), ()).titles
    assert not naming("/title", ("create", "issue"), ()).titles
    assert not naming("/body", ("create", "note"), ()).titles


def test_a_message_is_joined_to_a_command_by_what_runs_one_and_by_what_speaks() -> None:
    assert naming("/message", ("git", "commit"), ()).runs
    assert naming("/message", ("git", "commit"), ()).joined
    assert naming("/message", ("say",), ()).joined
    assert not naming("/message", ("say",), ()).runs
    assert not naming("/message", ("send",), ()).joined


def test_what_only_goes_into_the_next_commit_is_noted() -> None:
    assert naming("/files", ("git", "add"), ()).stages
    assert not naming("/files", ("git", "commit"), ()).stages


def test_a_program_comes_from_the_tool_or_from_the_launch_line() -> None:
    assert naming("/x", ("git", "log"), ("kubernetes",)).programs == ("git",)
    assert naming("/x", ("get",), ("kubernetes",)).programs == ("kubectl",)
    assert naming("/image", (), ("ffmpeg",)).kinds == (Foreign.MEDIA,)


@given(st.lists(PIECES, max_size=4), WORDS, WORDS)
def test_what_is_kept_is_what_the_guards_say(way: list[str], words: list[str], launched: list[str]) -> None:
    pointer = "".join(f"/{each}" for each in way)
    tool, server, names = tuple(words), tuple(launched), named(pointer)
    for _ in range(2):
        found = naming(pointer, tool, server)
        assert found.evaluated == is_evaluated(names, tool, unknown=False)
        assert found.evaluated_if_unknown == is_evaluated(names, tool, unknown=True)
        assert found.page == is_of_a_page(names, tool)
        assert found.kinds == foreign(names, (*tool, *server))


def test_a_place_of_any_length_is_read_like_a_short_one() -> None:
    assert naming("/env" + "x" * 100_000, (), ()).variable
    assert not naming("/" + "x" * 100_000, (), ()).variable
