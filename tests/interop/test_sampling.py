"""Real peers: a server that asks the host's model, and a host that is asked first."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

import mcp_types as types
import pytest
from mcp import StdioServerParameters
from mcp.client import Client

from peers.loops import run
from peers.places import furnished, python_peer, sekisho, serve

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path
    from typing import Literal

    from mcp.client.session import ClientRequestContext

    from peers.places import Place

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "::1"]), pytest.mark.timeout(120)]

SERVER: Final = python_peer("asking_server.py")


@dataclass
class Person:
    """Who sits at the host, and the model beside them."""

    words: list[str]
    """What is answered to our questions, in turn."""
    questions: list[str] = field(default_factory=list[str])
    answers: int = 0

    async def elicit(self, context: ClientRequestContext, params: types.ElicitRequestParams) -> types.ElicitResult:
        del context
        self.questions.append(params.message)
        return types.ElicitResult(action="accept", content={"answer": self.words[len(self.questions) - 1]})

    async def sample(
        self, context: ClientRequestContext, params: types.CreateMessageRequestParams
    ) -> types.CreateMessageResult:
        del context, params
        self.answers += 1
        said = types.TextContent(type="text", text=f"verdict {self.answers}")
        return types.CreateMessageResult(role="assistant", content=said, model="fixed")


@asynccontextmanager
async def reached(at: Place, route: str, mode: str, person: Person) -> AsyncGenerator[Client]:
    """Connect a host to the server through us."""

    def client(target: str | StdioServerParameters) -> Client:
        chosen = cast("Literal['legacy', 'auto']", mode)
        return Client(target, mode=chosen, elicitation_callback=person.elicit, sampling_callback=person.sample)

    if route == "run":
        command = sekisho("run", "--", *SERVER)
        async with client(StdioServerParameters(command=command[0], args=list(command[1:]), env=at.env)) as host:
            yield host
    else:
        async with serve(at, "--", *SERVER) as served, client(served.url) as host:
            yield host


@pytest.mark.parametrize(
    ("route", "mode", "version"),
    [("run", "legacy", "2025-11-25"), ("run", "auto", "2026-07-28"), ("serve", "legacy", "2025-11-25")],
)
def test_a_model_answers_a_server_only_after_a_yes(tmp_path: Path, route: str, mode: str, version: str) -> None:
    async def work() -> None:
        person = Person(["refuse", "allow this once", "allow for the rest of this conversation"])
        async with reached(furnished(tmp_path), route, mode, person) as host:
            assert host.protocol_version == version
            found: list[tuple[bool, int, int]] = []
            for number in range(4):
                answer = await host.call_tool("judge", {"text": f"text {number}"})
                found.append((answer.is_error is True, len(person.questions), person.answers))
            assert found == [(True, 1, 0), (False, 2, 1), (False, 3, 2), (False, 3, 3)]
        assert "this server asks for an answer of your model" in person.questions[0]
        assert "«text 0»" in person.questions[0]

    run(work())
