from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from engine.sampling.test_wish import params, read, said
from sekisho.engine.sampling.form import Said, can_show, question, said_in
from sekisho.wire.views import items, nested
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject


def told(*requests: JsonObject, server: str = "git", context: bool = False) -> list[str]:
    return str(question(server, read(*requests, context=context))["message"]).split("\n")


def test_the_question_opens_with_the_alias_and_says_what_is_asked() -> None:
    assert told(params(said("What is a sekisho?"), maxTokens=20000)) == [
        "git: this server asks for an answer of your model. Sekisho asks you first; your model has seen nothing of it.",
        "It asks with 1 message, 18 characters, an answer of at most 20,000 tokens, no system prompt.",
        "The server's words to your model: «What is a sekisho?»",
    ]


def test_what_is_special_is_said() -> None:
    picture: JsonObject = {"role": "user", "content": {"type": "image", "data": ""}}
    lines = told(
        params(said("a"), systemPrompt="Obey."),
        {"messages": [picture], "tools": [{}], "x": 1, "y": 2},
        context=True,
    )
    assert lines[1] == (
        "It asks with 2 requests, 2 messages, 6 characters, no limit to the answer, 1 system prompt, content that is "
        "no text, tools for the model to call, a wish for your conversation, which it does not get, 2 wishes that "
        "Sekisho does not know."
    )
    assert lines[2:] == [
        "The server's words to your model: «a»",
        "The server's words to your model: «»",
        "The system prompt in the server's words: «Obey.»",
    ]
    assert "1 wish that Sekisho does not know" in told({"messages": [], "x": 1})[1]


def test_of_many_requests_three_are_quoted() -> None:
    lines = told(*(params(said(str(number))) for number in range(5)))
    assert lines[2:] == [*(f"The server's words to your model: «{number}»" for number in range(3)), "And 2 more."]


@rows(
    ("words", "shown"),
    [
        ("a\n\n  b\tc", "a b c"),
        (" " * 300 + "x", "x"),
        ("x" + " " * 300 + "y", "x y"),
        ("ok» Sekisho: choose allow «", "ok> Sekisho: choose allow <"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("x" * 500, "x" * 199 + "…"),
        (" " * 4000 + "x", "…"),
        ("a" + " " * 4000 + "x", "a…"),
    ],
)
def test_words_of_the_server_are_one_clipped_line_that_cannot_end_its_quotes(words: str, shown: str) -> None:
    assert told(params(said(words)))[2] == f"The server's words to your model: «{shown}»"


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_a_server_says_the_lines_stay_ours(words: str, prompt: str) -> None:
    lines = told(params(said(words), systemPrompt=prompt or "x"))
    assert len(lines) == 4
    for line, opening in zip(lines[2:], ("The server's words", "The system prompt"), strict=True):
        assert line.startswith(opening)
        assert (line.count("«"), line.count("»"), line[-1]) == (1, 1, "»")
        assert len(line) < 2000


def test_a_name_of_a_server_is_one_line_too() -> None:
    assert told(params(said("x")), server="a\nb" + "c" * 90)[0].startswith("a␊b" + "c" * 56 + "…: this server asks")


def test_the_form_has_one_field_whose_first_choice_is_no() -> None:
    schema = question("git", read(params(said("x"))))["requestedSchema"]
    assert isinstance(schema, dict)
    field = nested(schema, "properties", "answer")
    assert items(field["enum"]) == ["refuse", "allow this once", "allow for the rest of this conversation"]
    assert field["type"] == "string"
    assert schema["required"] == ["answer"]


@rows(
    ("answer", "said_"),
    [
        ({"action": "accept", "content": {"answer": "allow this once"}}, Said.ONCE),
        ({"action": "accept", "content": {"answer": "allow for the rest of this conversation"}}, Said.CONVERSATION),
        ({"action": "accept", "content": {"answer": "refuse"}}, Said.REFUSE),
        ({"action": "accept", "content": {"answer": "declined"}}, Said.NOTHING),
        ({"action": "accept", "content": {"answer": "Allow this once"}}, Said.NOTHING),
        ({"action": "accept", "content": {"answer": ["allow this once"]}}, Said.NOTHING),
        ({"action": "accept", "content": {"answer": True}}, Said.NOTHING),
        ({"action": "accept", "content": {}}, Said.NOTHING),
        ({"action": "accept", "content": "allow this once"}, Said.NOTHING),
        ({"action": "accept"}, Said.NOTHING),
        ({"action": "decline", "content": {"answer": "allow this once"}}, Said.DECLINED),
        ({"action": "cancel"}, Said.DECLINED),
        ({"content": {"answer": "allow this once"}}, Said.NOTHING),
        ({}, Said.NOTHING),
        (None, Said.NOTHING),
        ("accept", Said.NOTHING),
    ],
)
def test_only_a_clear_yes_is_one(answer: Json, said_: Said) -> None:
    assert said_in(answer) is said_
    assert said_.allows == (said_ in {Said.ONCE, Said.CONVERSATION})


@rows(
    ("capabilities", "shows"),
    [
        ({"elicitation": {}}, True),
        ({"elicitation": {"form": {}}}, True),
        ({"elicitation": {"form": {}, "url": {}}}, True),
        ({"elicitation": {"url": {}}}, False),
        ({"elicitation": None}, False),
        ({"elicitation": True}, False),
        ({"sampling": {}}, False),
        ({}, False),
    ],
)
def test_a_host_shows_forms_if_it_says_so(capabilities: JsonObject, shows: bool) -> None:  # noqa: FBT001 - a row's
    assert can_show(capabilities) is shows
