"""The tools that ask their client: elicitation, sampling, roots, one round or several."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reference.call import capability_of
from reference.questions import entered, field, form, roots, said, sampling
from reference.tool import says, tool

if TYPE_CHECKING:
    import mcp_types as types

    from reference.call import Call
    from reference.tool import Tool

_DEFAULTS = {
    "name": {"type": "string", "description": "User name", "default": "John Doe"},
    "age": {"type": "integer", "description": "User age", "default": 30},
    "score": {"type": "number", "description": "User score", "default": 95.5},
    "status": {
        "type": "string",
        "description": "User status",
        "enum": ["active", "inactive", "pending"],
        "default": "active",
    },
    "verified": {"type": "boolean", "description": "Verification status", "default": True},
}
"""One default per primitive type (SEP-1034)."""


def _titled(noun: str) -> list[dict[str, str]]:
    order = ("First", "Second", "Third")
    return [{"const": f"value{i}", "title": f"{word} {noun}"} for i, word in enumerate(order, start=1)]


_ENUMS = {
    "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
    "titledSingle": {"type": "string", "oneOf": _titled("Option")},
    "legacyEnum": {
        "type": "string",
        "enum": ["opt1", "opt2", "opt3"],
        "enumNames": ["Option One", "Option Two", "Option Three"],
    },
    "untitledMulti": {
        "type": "array",
        "items": {"type": "string", "enum": ["option1", "option2", "option3"]},
    },
    "titledMulti": {"type": "array", "items": {"anyOf": _titled("Choice")}},
}
"""The five shapes of a choice (SEP-1330)."""


async def _sampling(call: Call) -> types.CallToolResult:
    answers = await call.ask({"completion": sampling(call.text("prompt"))})
    return says(f"LLM response: {said(answers['completion'])}")


async def _elicitation(call: Call) -> types.CallToolResult:
    fields = {
        "username": {"type": "string", "description": "User's response"},
        "email": {"type": "string", "description": "User's email address"},
    }
    answers = await call.ask({"user": form(call.text("message"), fields, required=("username", "email"))})
    return says(f"User response: {said(answers['user'])}")


async def _defaults(call: Call) -> types.CallToolResult:
    answers = await call.ask({"user": form("Please provide user information", _DEFAULTS)})
    return says(f"Elicitation completed: {said(answers['user'])}")


async def _enums(call: Call) -> types.CallToolResult:
    answers = await call.ask({"choice": form("Please choose", _ENUMS)})
    return says(f"Elicitation completed: {said(answers['choice'])}")


async def _name(call: Call) -> types.CallToolResult:
    answers = await call.ask({"user_name": field("name", "What is your name?")})
    return says(f"Hello, {entered(answers['user_name'], 'name')}!")


async def _capital(call: Call) -> types.CallToolResult:
    answers = await call.ask({"capital_question": sampling("What is the capital of France?")})
    return says(said(answers["capital_question"]))


async def _roots(call: Call) -> types.CallToolResult:
    answers = await call.ask({"client_roots": roots()})
    return says(f"Roots: {said(answers['client_roots'])}")


async def _confirm(call: Call) -> types.CallToolResult:
    question = field("ok", "Please confirm", kind="boolean")
    answers = await call.ask({"confirm": question}, state="awaiting confirmation")
    return says(f"state-ok: {said(answers['confirm'])}")


async def _several(call: Call) -> types.CallToolResult:
    questions: dict[str, types.InputRequest] = {
        "user_name": field("name", "What is your name?"),
        "greeting": sampling("Generate a greeting", max_tokens=50),
        "client_roots": roots(),
    }
    answers = await call.ask(questions, state="awaiting three answers")
    return says("; ".join(f"{key}: {said(answers[key])}" for key in questions))


async def _two_rounds(call: Call) -> types.CallToolResult:
    name = _remembered(call.state)
    if name is None:
        first = await call.ask({"step1": field("name", "Step 1: What is your name?")}, state="step 1")
        name = entered(first["step1"], "name")
    question = field("color", "Step 2: What is your favorite color?")
    second = await call.ask({"step2": question}, state=json.dumps({"name": name}))
    return says(f"{name} likes {entered(second['step2'], 'color')}.")


def _remembered(state: str | None) -> str | None:
    """The name that the first round learned, once the second round is on its way."""
    if state is None or not state.startswith("{"):
        return None
    return str(json.loads(state)["name"])


async def _what_is_declared(call: Call) -> types.CallToolResult:
    questions: dict[str, types.InputRequest] = {
        "user_name": field("name", "What is your name?"),
        "greeting": sampling("Generate a greeting", max_tokens=50),
        "client_roots": roots(),
    }
    allowed = {key: asked for key, asked in questions.items() if call.declares(capability_of(asked))}
    if not allowed:
        return says("The client declared nothing that can be asked.")
    answers = await call.ask(allowed)
    return says("; ".join(f"{key}: {said(answers[key])}" for key in allowed))


def _argument(name: str) -> dict[str, object]:
    return {"type": "object", "properties": {name: {"type": "string"}}, "required": [name]}


ASKING_TOOLS: tuple[Tool, ...] = (
    tool("test_sampling", "Has the client's model answer", _sampling, schema=_argument("prompt")),
    tool("test_elicitation", "Asks the user", _elicitation, schema=_argument("message")),
    tool("test_elicitation_sep1034_defaults", "Asks with defaults", _defaults),
    tool("test_elicitation_sep1330_enums", "Asks with choices", _enums),
    tool("test_input_required_result_elicitation", "Asks for a name", _name),
    tool("test_input_required_result_sampling", "Asks the client's model", _capital),
    tool("test_input_required_result_list_roots", "Asks for the roots", _roots),
    tool("test_input_required_result_request_state", "Asks and keeps a state", _confirm),
    tool("test_input_required_result_multiple_inputs", "Asks three things at once", _several),
    tool("test_input_required_result_multi_round", "Asks in two rounds", _two_rounds),
    tool("test_input_required_result_tampered_state", "Asks and keeps a state that must not change", _confirm),
    tool("test_input_required_result_capabilities", "Asks only what the client declared", _what_is_declared),
    tool("test_streaming_elicitation", "Asks for a name on its stream", _name),
)
