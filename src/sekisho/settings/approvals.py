"""What hosts do without a question: the switches of their settings files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.settings.node import Array, Scalar, Table, Text, texts
from sekisho.wire.pointer import child

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.node import Node

__all__ = ["EVERYTHING", "general_approvals", "own_approvals"]

EVERYTHING: Final = "*"
"""What stands in `Entry.approvals` for all tools."""

_LISTS: Final = ("alwaysAllow", "autoApprove", "always_allow", "auto_approve", "autoApproved")
"""Roo Code, Cline, Kiro and their relatives: names of tools, or `true`."""

_TRUST: Final = "trust"
"""Gemini CLI: no question for any tool of this server."""

_SWITCHES: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("enableAllProjectMcpServers",), "true"),
    (("projects", "*", "enableAllProjectMcpServers"), "true"),
    (("permissions", "defaultMode"), "bypassPermissions"),
    (("chat.tools.autoApprove",), "true"),
    (("chat.tools.global.autoApprove",), "true"),
    (("settings", "chat.tools.autoApprove"), "true"),
    (("settings", "chat.tools.global.autoApprove"), "true"),
    (("approval_policy",), "never"),
    (("profiles", "*", "approval_policy"), "never"),
    (("agent", "always_allow_tool_actions"), "true"),
    (("amp.dangerouslyAllowAll",), "true"),
    (("permission",), "allow"),
    (("GOOSE_MODE",), "auto"),
)
"""Claude Code, VS Code, Codex, Zed, Amp, opencode and Goose, each with the value that drops the question."""

_ALLOWED: Final = ("permissions", "allow")
_WHOLE_SERVER: Final = re.compile(r"mcp__(?:\*|(?:(?!__).)+(?:__\*)?)|\*")
"""Claude Code: a permission for all tools of a server; `mcp__server__tool` is for one."""


def own_approvals(table: Table, pointer: str) -> Iterator[Text]:
    """Yield what an entry lets pass: tools by name, or `*` for all of them."""
    for key in _LISTS:
        match table.get(key):
            case Scalar(value=True):
                yield Text(EVERYTHING, child(pointer, key), key)
            case Array() as names:
                yield from texts(names, child(pointer, key), key)
            case _:
                pass
    if isinstance(trust := table.get(_TRUST), Scalar) and trust.value is True:
        yield Text(EVERYTHING, child(pointer, _TRUST), _TRUST)


def general_approvals(root: Node) -> Iterator[Text]:
    """Yield the switches of a whole file that drop the question, under their names; the text is the value."""
    for path, value in _SWITCHES:
        yield from (found for found in _at(root, path, "") if found.text == value)
    yield from (found for found in _at(root, _ALLOWED, "") if _WHOLE_SERVER.fullmatch(found.text))


def _at(node: Node, path: tuple[str, ...], pointer: str) -> Iterator[Text]:
    if not path:
        if not isinstance(node, Table):
            yield from texts(node, pointer, pointer.rpartition("/")[2])
    elif isinstance(node, Table):
        for member in node.members:
            if path[0] in (member.key, "*"):
                yield from _at(member.node, path[1:], child(pointer, member.key))
