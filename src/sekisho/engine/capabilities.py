"""Capabilities: what each side may use of the other, after the policy.

The server sees what the host declared, minus what the policy withholds, and never anything of our own.
A proxy that declares its own capabilities lets a server ask for elicitation or sampling that the host never
offered (seen in FastMCP's proxy): that is laundering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.wire.versions import NEEDED_CAPABILITY
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from sekisho.policy.document import Policy
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["narrowed", "undeclared"]


def narrowed(capabilities: JsonObject, policy: Policy) -> JsonObject:
    """Return `capabilities` without what `policy` withholds; the same object when nothing is withheld."""
    kept = capabilities
    if not policy.withheld_capabilities.isdisjoint(capabilities):
        kept = {key: value for key, value in capabilities.items() if key not in policy.withheld_capabilities}
    extensions = kept.get("extensions")
    if isinstance(extensions, dict) and not policy.withheld_extensions.isdisjoint(extensions):
        left = {key: value for key, value in extensions.items() if key not in policy.withheld_extensions}
        kept = {**kept, "extensions": left}
    return kept


def undeclared(result: JsonObject, declared: JsonObject) -> bool:
    """Tell whether an `input_required` result asks for what the host did not declare (2026-07-28)."""
    for asked in obj(result.get("inputRequests")).values():
        needed = NEEDED_CAPABILITY.get(text(obj(asked).get("method")) or "")
        if needed is None or needed not in declared:
            return True
    return False
