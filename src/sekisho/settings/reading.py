"""From a file's bytes to the servers in it, whatever the host calls its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.settings.approvals import general_approvals, own_approvals
from sekisho.settings.entry import Entry, Problem, Settings
from sekisho.settings.formats import parse
from sekisho.settings.node import Array, Scalar, SettingsError, Table, texts
from sekisho.wire.pointer import child

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.settings.entry import Source
    from sekisho.settings.formats import Format
    from sekisho.settings.node import Node, Text

__all__ = ["EVERY_KEY", "KeyPath", "read"]

KeyPath: TypeAlias = "tuple[str, ...]"
"""The way to a table or list of servers; `*` is any key. `!` at the end: the value itself is one server."""

EVERY_KEY: Final[tuple[KeyPath, ...]] = (
    ("mcpServers",),
    ("projects", "*", "mcpServers"),
    ("mcp_servers",),
    ("servers",),
    ("mcp", "servers"),
    ("mcp.servers",),
    ("mcp",),
    ("context_servers",),
    ("extensions",),
    ("settings", "mcp", "servers"),
    ("settings", "mcp.servers"),
    ("settings", "mcpServers"),
    ("customizations", "vscode", "mcp", "servers"),
    ("customizations", "vscode", "settings", "mcp", "servers"),
    ("customizations", "vscode", "settings", "mcp.servers"),
    ("amp.mcpServers",),
    ("amp", "mcpServers"),
    ("experimental", "modelContextProtocolServers"),
    ("server", "mcp_config", "!"),
)
"""Where a file of an unknown host may have servers: everything that some host uses."""

_AMBIGUOUS: Final = frozenset({"servers", "mcp", "extensions"})
"""Words that mean other things too: what has no launch below them is not a broken server."""

_BUILT_IN: Final = frozenset({"builtin", "platform", "frontend"})
"""Goose: parts of the host itself."""

_COMMANDS: Final = ("command", "cmd")
_ARGS: Final = ("args", "arguments")
_ENV: Final = ("env", "environment", "envs")
_URLS: Final = ("url", "serverUrl", "httpUrl", "uri", "endpoint")
_HEADERS: Final = ("headers", "http_headers")
_NAMES: Final = ("name", "label", "id")
_DEEPEST_LAUNCH: Final = 2


def read(data: bytes, source: Source, format_: Format, keys: Sequence[KeyPath] = EVERY_KEY) -> Settings | Problem:
    """Return the servers that a file names, or why it could not be read. Never raises.

    Args:
        data: the file.
        source: where it comes from.
        format_: how it is written.
        keys: where its host has the servers.
    """
    try:
        root = parse(data, format_)
    except SettingsError as error:
        return Problem(source=source, reason=error.reason, line=error.line, column=error.column)
    entries: dict[int, Entry] = {}
    unread: list[Entry] = []
    for path in keys:
        for alias, node, pointer in _candidates(root, path):
            entry = _entry(source, alias, node, pointer)
            if entry is not None:
                entries.setdefault(id(node), entry)
            elif _should_be_server(path, node):
                unread.append(Entry(source=source, alias=alias, pointer=pointer, node=node))
    general = Entry(source=source, alias="", pointer="", node=root, approvals=tuple(general_approvals(root)))
    return Settings(
        source=source,
        entries=tuple(entries.values()),
        general=general if general.approvals else None,
        unread=tuple(unread),
    )


def _should_be_server(path: KeyPath, node: Node) -> bool:
    kind = _first(node, ("type",)) if isinstance(node, Table) else None
    return path[-1] not in _AMBIGUOUS and not (isinstance(kind, Scalar) and kind.value in _BUILT_IN)


def _candidates(root: Node, path: KeyPath) -> Iterator[tuple[str, Node, str]]:
    """Yield what stands at a key path as (alias, table, pointer)."""
    steps, single = (path[:-1], True) if path[-1] == "!" else (path, False)
    for name, node, pointer in _walk(root, steps, "", ""):
        if single:
            yield name, node, pointer
            continue
        match node:
            case Table(members):
                for member in members:
                    yield member.key, member.node, child(pointer, member.key)
            case Array(items):
                for index, item in enumerate(items):
                    named = _first(item, _NAMES) if isinstance(item, Table) else None
                    alias = named.value if isinstance(named, Scalar) and isinstance(named.value, str) else str(index)
                    yield alias, item, child(pointer, index)
            case Scalar():
                pass


def _walk(node: Node, path: KeyPath, pointer: str, name: str) -> Iterator[tuple[str, Node, str]]:
    if not path:
        yield name, node, pointer
    elif isinstance(node, Table):
        # A key that is there twice is followed twice: hosts disagree about which one counts.
        for member in node.members:
            if path[0] in (member.key, "*"):
                yield from _walk(member.node, path[1:], child(pointer, member.key), member.key)


def _entry(source: Source, alias: str, node: Node, pointer: str) -> Entry | None:
    if not isinstance(node, Table):
        return None
    launch, at = _launch_table(node, pointer)
    words = tuple(_command(launch, at))
    urls = tuple(_under(launch, at, _URLS))
    if not words and not urls:
        return None
    return Entry(
        source=source,
        alias=alias,
        pointer=pointer,
        node=node,
        command=words[0] if words else None,
        args=(*words[1:], *_under(launch, at, _ARGS)),
        env=tuple(_under(launch, at, _ENV)) or tuple(_under(node, pointer, _ENV)),
        cwd=next(_under(launch, at, ("cwd", "workingDirectory")), None),
        url=urls[0] if urls else None,
        headers=(*_under(launch, at, _HEADERS), *_request_headers(launch, at)),
        disabled=_is(node, "disabled", expected=True) or _is(node, "enabled", expected=False),
        approvals=tuple(own_approvals(node, pointer)),
    )


def _launch_table(node: Table, pointer: str) -> tuple[Table, str]:
    """Return the table that holds command or URL: the entry, or one that it keeps them in (Zed, Continue)."""
    for _ in range(_DEEPEST_LAUNCH):
        for key in ("transport", "command"):
            inner = node.get(key)
            if isinstance(inner, Table):
                node, pointer = inner, child(pointer, key)
                break
    return node, pointer


def _command(table: Table, pointer: str) -> Iterator[Text]:
    # Zed's older form has `path` where others have `command`.
    for key in (*_COMMANDS, "path") if pointer.endswith("/command") else _COMMANDS:
        found = table.get(key)
        if found is not None:
            yield from texts(found, child(pointer, key), key)
            return


def _under(table: Table, pointer: str, keys: Sequence[str]) -> Iterator[Text]:
    for key in keys:
        found = table.get(key)
        if found is not None:
            yield from texts(found, child(pointer, key), key)


def _request_headers(table: Table, pointer: str) -> Iterator[Text]:
    inner = table.get("requestInit")
    if isinstance(inner, Table):
        yield from _under(inner, child(pointer, "requestInit"), _HEADERS)


def _first(table: Table, keys: Sequence[str]) -> Node | None:
    return next((found for key in keys if (found := table.get(key)) is not None), None)


def _is(table: Table, key: str, *, expected: bool) -> bool:
    found = table.get(key)
    return isinstance(found, Scalar) and found.value is expected
