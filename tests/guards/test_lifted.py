"""A tool that sets the configuration of its own server may not set the server's limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.guarding import guard
from sekisho.guards.lifted import judge_limit, sets_itself
from sekisho.guards.objection import CLEAN
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN
from tablekit import rows

LIMITS = (
    "allowedDirectories", "allowed_directories", "blockedCommands", "denied-paths", "command_allowlist", "whitelist", "commandBlacklist", "sandbox", "sandbox_mode", "readOnly",
    "read_only", "requireConfirmation", "autoApprove", "permissions", "defaultShell", "allowed_hosts", "restrictToRoot", "BLOCKED_EXTENSIONS", " allowedPaths ", "safeMode",
    "security.allowedPaths", "dryRun",
)  # fmt: skip
OTHERS = (
    "fileReadLineLimit", "telemetryEnabled", "theme", "language", "timeout", "logLevel", "allow me to say so", "a safe place to work in", "shellfish", "", "x" * 100_000,
    "The list of allowed directories is long", "roots",
)  # fmt: skip


@rows("name", LIMITS)
def test_a_limit_is_told_by_its_name(name: str) -> None:
    assert [each.rule for each in judge_limit(name).objections] == ["limits-changed"]


@rows("name", OTHERS)
def test_other_settings_are_the_servers_business(name: str) -> None:
    assert judge_limit(name) == CLEAN


@rows(
    ("words", "expected"),
    [
        (("set", "config", "value"), True),
        (("update", "settings"), True),
        (("configure", "server"), True),
        (("get", "config"), False),
        (("update", "cors", "settings"), False),
        (("set", "value"), False),
    ],
)
def test_only_a_tool_that_is_called_after_nothing_else_sets_its_own_server(
    words: tuple[str, ...], *, expected: bool
) -> None:
    assert sets_itself(words) is expected


@rows(
    ("tool", "arguments", "refused"),
    [
        ("set_config_value", {"key": "allowedDirectories", "value": []}, True),
        ("set_config_value", {"key": "logLevel", "value": "debug"}, False),
        ("update_config", {"allowed_directories": ["/"]}, True),
        ("update_config", {"config": {"blockedCommands": [], "theme": "dark"}}, True),
        ("update_config", {"readOnly": "false"}, True),
        ("update_config", {"theme": "dark"}, False),
        ("update_cors_settings", {"key": "allowedOrigins", "value": "https://x.example"}, False),
    ],
)
def test_limits_are_found_as_texts_and_as_names(tool: str, arguments: dict[str, object], *, refused: bool) -> None:
    made = Tool({"name": tool, "inputSchema": {"properties": {"key": {"type": "string"}}}})
    found = guard(made.read(arguments), made, NOTHING_KNOWN).found  # pyright: ignore[reportArgumentType] - a table of JSON
    assert {each.objection.rule for each in found} == ({"limits-changed"} if refused else set())


@given(name=st.text("allowedblocksandbox_-. A", max_size=300))
def test_no_name_makes_the_guard_raise(name: str) -> None:
    assert all(each.end == len(name) for each in judge_limit(name).objections)
