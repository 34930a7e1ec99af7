"""What a model answers to a server: it is told to the server, so no secret goes with it.

Secrets of the same server are references for the model, and are put back behind this look. A secret that stands here as
it is came from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.results.asking import SAMPLING
from sekisho.engine.results.glance import may_be_cut
from sekisho.engine.results.judging import noticing
from sekisho.engine.results.references import References, TooManyError
from sekisho.engine.results.veil import veil
from sekisho.rules.carried import Noticed
from sekisho.wire.pointer import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.finding import Finding
    from sekisho.wire.jsonrpc import Json

__all__ = ["objection_to"]

_SECRET = "result-secret"  # noqa: S105 - the id of a rule


def objection_to(server: str, answers: Mapping[str, Json]) -> Finding | None:
    """Return why what a model says may not reach a server; None where it may.

    Args:
        server: the server's identity.
        answers: what the model says, by the key of the question; the only one has the key "".
    """
    for key, answer in answers.items():
        if _holds_secret(answer):
            pointer = build(("inputResponses", key)) if key else ""
            return noticing(SAMPLING, [Noticed("answer-secret", pointer)], server)[0]
    return None


def _holds_secret(answer: Json) -> bool:
    if not may_be_cut(answer):
        return False
    try:
        veiled = veil(answer, References(b"answer"), "")
    except TooManyError:
        return True
    return veiled is not None and _SECRET in veiled.counts
