"""One request that a handler serves, and how it asks its client in either generation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mcp_types as types
from mcp.server.connection import allowed_log_levels
from mcp.shared.exceptions import MCPError
from mcp.shared.message import ServerMessageMetadata
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mcp.server.context import ServerRequestContext
    from mcp.server.subscriptions import SubscriptionBus


class MoreInputNeededError(Exception):
    """The handler cannot go on before its client has answered; carries the interim result."""

    def __init__(self, result: types.InputRequiredResult) -> None:
        super().__init__("the client has to answer first")
        self.result = result


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One `tools/call` or `prompts/get` with what came along."""

    ctx: ServerRequestContext
    """The SDK's context of this request."""
    bus: SubscriptionBus
    """Where changes are announced to `subscriptions/listen` streams."""
    arguments: Mapping[str, object]
    """The arguments as sent."""
    answers: Mapping[str, types.InputResponse]
    """What the client answered to our questions (2026-07-28); empty in the first round."""
    state: str | None
    """What we handed out with those questions; already unsealed and verified by the SDK."""

    @property
    def modern(self) -> bool:
        """Whether this request speaks 2026-07-28 or newer."""
        return self.ctx.protocol_version in MODERN_PROTOCOL_VERSIONS

    def text(self, name: str) -> str:
        """The argument `name` as text; empty when it is missing."""
        value = self.arguments.get(name, "")
        return value if isinstance(value, str) else str(value)

    def declares(self, needed: types.ClientCapabilities) -> bool:
        """Whether the client declared `needed`."""
        return self.ctx.session.check_client_capability(needed)

    async def log(self, text: str) -> None:
        """Send a log entry of level info, when this request's client wants one."""
        if "info" not in allowed_log_levels(self.ctx.protocol_version, self.ctx.meta):
            return
        params = types.LoggingMessageNotificationParams(level="info", data=text, logger="reference")
        await self.ctx.session.send_notification(
            types.LoggingMessageNotification(params=params), related_request_id=self.ctx.request_id
        )

    async def ask(
        self, questions: Mapping[str, types.InputRequest], *, state: str | None = None
    ) -> Mapping[str, types.InputResponse]:
        """Put `questions` to the client and return its answers under the same keys.

        Args:
            questions: What to ask, by a key of our choice.
            state: What 2026-07-28 shall hand back with the answers; older answers come in the same call.

        Raises:
            MoreInputNeededError: the answers come with a later request (2026-07-28).
            MCPError: -32021, when the client did not declare what a question needs.
        """
        for question in questions.values():
            require(self, capability_of(question))
        if not self.modern:
            return {key: await self._request(question) for key, question in questions.items()}
        if self.state == state and all(key in self.answers for key in questions):
            return self.answers
        raise MoreInputNeededError(types.InputRequiredResult(input_requests=dict(questions), request_state=state))

    async def _request(self, question: types.InputRequest) -> types.InputResponse:
        related = ServerMessageMetadata(related_request_id=self.ctx.request_id)
        send = self.ctx.session.send_request
        match question:
            case types.ElicitRequest():
                return await send(question, types.ElicitResult, metadata=related)
            case types.CreateMessageRequest():
                return await send(question, types.CreateMessageResult, metadata=related)
            case types.ListRootsRequest():
                return await send(question, types.ListRootsResult, metadata=related)


def capability_of(question: types.InputRequest) -> types.ClientCapabilities:
    """What a client has to declare before it may be asked `question`."""
    match question:
        case types.ElicitRequest():
            return types.ClientCapabilities(elicitation=types.ElicitationCapability())
        case types.CreateMessageRequest():
            return types.ClientCapabilities(sampling=types.SamplingCapability())
        case types.ListRootsRequest():
            return types.ClientCapabilities(roots=types.RootsCapability())


def require(call: Call, needed: types.ClientCapabilities) -> None:
    """Refuse the call when its client did not declare `needed`.

    Raises:
        MCPError: -32021 with `requiredCapabilities` (2026-07-28, basic/index).
    """
    if call.declares(needed):
        return
    missing = needed.model_dump(by_alias=True, mode="json", exclude_none=True)
    raise MCPError(
        types.MISSING_REQUIRED_CLIENT_CAPABILITY,
        "the client did not declare a capability that this needs",
        {"requiredCapabilities": missing},
    )
