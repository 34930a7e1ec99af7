from __future__ import annotations

from sekisho.engine.owned import behind, is_for_programs, owned


def test_a_tool_is_for_the_programs_of_its_name() -> None:
    assert owned(("run", "git", "command")) == ("git",)
    assert owned(("docker", "exec")) == ()
    assert owned(("ssh", "run")) == ()
    assert owned(("run",)) == ()


def test_a_program_may_stand_behind_a_tool_or_its_server() -> None:
    assert behind(("git", "log"), ("kubernetes",)) == ("git",)
    assert behind(("get", "pods"), ("mcp", "k8s")) == ("kubectl",)
    assert behind(("get",), ()) == ()


def test_a_tool_for_code_is_for_no_program() -> None:
    assert is_for_programs(("git", "commit"))
    assert not is_for_programs(("node", "run"))
    assert not is_for_programs(("run",))


def test_a_program_that_is_called_like_a_word_is_told_by_the_words_beside_it() -> None:
    assert owned(("find", "files")) == ("find",)
    assert owned(("run", "find")) == ("find",)
    assert owned(("go", "build")) == ("go",)
    assert owned(("make",)) == ("make",)
    for words in (
        ("find", "contact"),
        ("go", "back"),
        ("make", "reservation"),
        ("sort", "list"),
        ("get", "zip", "code"),
    ):
        assert owned(words) == ()
