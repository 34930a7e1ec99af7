"""What each server is asked: the lists always, and calls, reads and gets that give the same answer twice."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Object: TypeAlias = "dict[str, object]"
Step: TypeAlias = "tuple[str, Object | None]"

LISTS: Final = ("tools/list", "prompts/list", "resources/list", "resources/templates/list")
PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One server's part."""

    package: str
    """Which package it is."""
    arguments: tuple[str, ...] = ()
    """Its own arguments; `{root}` is its folder."""
    env: dict[str, str] = field(default_factory=dict[str, str])
    """Its own variables; `{root}` as above."""
    steps: tuple[Step, ...] = ()
    """Requests behind the lists; `{root}` and `{page}` are replaced."""


def call(name: str, arguments: Object | None = None, **more: object) -> Step:
    """Call a tool."""
    return "tools/call", {"name": name, "arguments": arguments or {}, **more}


def get(name: str, arguments: Object | None = None) -> Step:
    """Get a prompt."""
    return "prompts/get", {"name": name, **({"arguments": arguments} if arguments is not None else {})}


def read(uri: str) -> Step:
    """Read a resource."""
    return "resources/read", {"uri": uri}


_MIRROR: Final[Object] = {
    "node": {"n": 1.0, "next": {"n": 18446744073709551615, "next": {}}},
    "kind": "ä\u2028\U0001f512",
    "undeclared": ["a \\u0000 \x7f", None, True, [[]], {"": ""}, -0.0, 1e-7, 5e-324, 0.1],
}
_DOCUMENTS: Final = ("architecture", "extension", "features", "how-it-works", "instructions", "startup", "structure")
_THOUGHT: Final[Object] = {"thought": "one ☃", "nextThoughtNeeded": True, "thoughtNumber": 1, "totalThoughts": 2}
_ENTITIES: Final[Object] = {
    "entities": [
        {"name": "Ada ☃", "entityType": "person", "observations": ["wrote notes", "日本語"]},
        {"name": "Engine", "entityType": "machine", "observations": []},
    ]
}

PLANS: Final[tuple[Plan, ...]] = (
    Plan(
        package="mirror",
        steps=(
            call("mirror", _MIRROR, _meta={"vendor.example/k": {"a": [1.0]}}, unknown={"x": 1}),
            call("mirror", {}, _meta={}),
            ("prompts/get", {"name": "p", "arguments": {"a": "\t"}, "unknown": 1.0, "_meta": {"k": None}}),
            ("resources/read", {"uri": "mirror://r?q=%20#f", "unknown": [], "_meta": {"k": 1}}),
            (
                "completion/complete",
                {"ref": {"type": "ref/prompt", "name": "p", "x": 1}, "argument": {"name": "a", "value": ""}, "x": 1},
            ),
            ("logging/setLevel", {"level": "debug", "unknown": 1}),
            ("resources/subscribe", {"uri": "mirror://r", "unknown": 1}),
            ("resources/unsubscribe", {"uri": "mirror://r", "unknown": 1}),
            ("tools/list", {"cursor": "c", "unknown": 1}),
            ("ping", {"_meta": {"k": 1}}),
        ),
    ),
    Plan(
        package="server-everything",
        arguments=("stdio",),
        steps=(
            call("echo", {"message": "hello ☃ \u2028 \U0001f512", "undeclared": 1.0}),
            call("echo", {"message": "x" * 300_000}),
            call("echo"),
            call("no-such-tool"),
            call("get-annotated-message", {"messageType": "error", "includeImage": True}),
            call("get-annotated-message", {"messageType": "debug"}),
            call("get-resource-links", {"count": 4}),
            call("get-resource-reference", {"resourceType": "Text", "resourceId": 7}),
            call("get-structured-content", {"location": "Chicago"}),
            call("get-sum", {"a": 0.1, "b": 9007199254740991}),
            call("get-tiny-image"),
            call("get-roots-list"),
            call("trigger-elicitation-request"),
            call("trigger-sampling-request", {"prompt": "say ☃", "maxTokens": 5}),
            call("trigger-long-running-operation", {"duration": 0.4, "steps": 4}, _meta={"progressToken": "mine"}),
            get("simple-prompt"),
            get("args-prompt", {"city": "Zürich", "state": ""}),
            get("completable-prompt", {"department": "Sales", "name": "Alice"}),
            get("resource-prompt", {"resourceType": "Text", "resourceId": "3"}),
            get("no-such-prompt"),
            *(read(f"demo://resource/static/document/{name}.md") for name in _DOCUMENTS),
            read("demo://resource/dynamic/text/5"),
            read("demo://no/such"),
            (
                "completion/complete",
                {
                    "ref": {"type": "ref/prompt", "name": "completable-prompt"},
                    "argument": {"name": "department", "value": "S"},
                },
            ),
            ("logging/setLevel", {"level": "warning"}),
            ("resources/subscribe", {"uri": "demo://resource/dynamic/text/1"}),
            ("resources/unsubscribe", {"uri": "demo://resource/dynamic/text/1"}),
            ("ping", None),
        ),
    ),
    Plan(
        package="server-filesystem",
        arguments=("{root}",),
        steps=(
            call("list_allowed_directories"),
            call("list_directory", {"path": "{root}"}),
            call("list_directory_with_sizes", {"path": "{root}", "sortBy": "size"}),
            call("directory_tree", {"path": "{root}"}),
            call("read_text_file", {"path": "{root}/日本語 ☃.txt"}),
            call("read_text_file", {"path": "{root}/long.txt", "tail": 2}),
            call("read_file", {"path": "{root}/long.txt"}),
            call("read_media_file", {"path": "{root}/pixel.png"}),
            call("read_multiple_files", {"paths": ["{root}/long.txt", "{root}/missing.txt"]}),
            call("search_files", {"path": "{root}", "pattern": "**/*.txt"}),
            call("get_file_info", {"path": "{root}/pixel.png"}),
            call("write_file", {"path": "{root}/new.txt", "content": "a\r\n\tb\u2028"}),
            call("read_text_file", {"path": "{root}/new.txt"}),
            call("edit_file", {"path": "{root}/new.txt", "edits": [{"oldText": "b", "newText": "c"}], "dryRun": True}),
            call("create_directory", {"path": "{root}/folder/below"}),
            call("move_file", {"source": "{root}/new.txt", "destination": "{root}/folder/moved.txt"}),
            call("read_text_file", {"path": "/etc/hostname"}),
            call("read_text_file", {"path": 5}),
        ),
    ),
    Plan(
        package="server-memory",
        env={"MEMORY_FILE_PATH": "{root}/memory.jsonl"},
        steps=(
            call("create_entities", _ENTITIES),
            call("create_relations", {"relations": [{"from": "Ada ☃", "to": "Engine", "relationType": "programs"}]}),
            call("add_observations", {"observations": [{"entityName": "Engine", "contents": ["brass"]}]}),
            call("read_graph"),
            call("search_nodes", {"query": "brass"}),
            call("open_nodes", {"names": ["Ada ☃", "nobody"]}),
            read("memory://knowledge-graph"),
            call("delete_entities", {"entityNames": ["Engine"]}),
            call("read_graph"),
            call("create_entities", {"entities": "wrong"}),
        ),
    ),
    Plan(
        package="server-sequential-thinking",
        steps=(
            call("sequentialthinking", _THOUGHT),
            call("sequentialthinking", {**_THOUGHT, "thoughtNumber": 2, "nextThoughtNeeded": False}),
            call("sequentialthinking", {"thought": 1}),
        ),
    ),
    Plan(
        package="mcp-server-git",
        steps=(
            call("git_status", {"repo_path": "{root}/repository"}),
            call("git_log", {"repo_path": "{root}/repository", "max_count": 2}),
            call("git_diff_unstaged", {"repo_path": "{root}/repository"}),
            call("git_show", {"repo_path": "{root}/repository", "revision": "HEAD"}),
            call("git_branch", {"repo_path": "{root}/repository", "branch_type": "local"}),
            call("git_add", {"repo_path": "{root}/repository", "files": ["a ☃.txt"]}),
            call("git_diff_staged", {"repo_path": "{root}/repository", "context_lines": 1}),
            call("git_reset", {"repo_path": "{root}/repository"}),
            call("git_create_branch", {"repo_path": "{root}/repository", "branch_name": "new"}),
            call("git_status", {"repo_path": "/"}),
            call("git_log", {}),
        ),
    ),
    Plan(
        package="mcp-server-fetch",
        arguments=("--ignore-robots-txt", "--allow-private-ips", "--user-agent", "fidelity (+{page})"),
        steps=(
            call("fetch", {"url": "{page}"}),
            call("fetch", {"url": "{page}", "raw": True}),
            call("fetch", {"url": "{page}", "max_length": 20, "start_index": 10}),
            call("fetch", {"url": "{page}/missing"}),
            call("fetch", {"url": "not a url"}),
            get("fetch", {"url": "{page}"}),
        ),
    ),
    Plan(
        package="mcp-server-time",
        arguments=("--local-timezone", "Europe/Zurich"),
        steps=(
            call("convert_time", {"source_timezone": "Asia/Tokyo", "time": "09:30", "target_timezone": "Europe/Paris"}),
            call("get_current_time", {"timezone": "Etc/UTC"}),
            call("get_current_time", {"timezone": "Nowhere/Land"}),
            call("convert_time", {"source_timezone": "Asia/Tokyo", "time": "99:99", "target_timezone": "Etc/UTC"}),
        ),
    ),
)


def furnish(root: Path) -> None:
    """Fill a folder with what the servers look at, always the same."""
    root.mkdir(parents=True)
    (root / "日本語 ☃.txt").write_text("plain\ttext\n\u2028 and \U0001f512\n", "utf-8")
    (root / "long.txt").write_text("".join(f"line {number}\n" for number in range(2000)), "utf-8")
    (root / "pixel.png").write_bytes(PIXEL)
    repository = root / "repository"
    repository.mkdir()
    (repository / "a ☃.txt").write_text("one\n", "utf-8")
    date = "2026-01-02T03:04:05+0000"
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_AUTHOR_DATE": date}
    who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_COMMITTER_DATE": date}
    env = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1", **who}
    for arguments in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "first ☃\n\nbody")):
        subprocess.run(["git", *arguments], cwd=repository, env=env, check=True, timeout=30)
    (repository / "a ☃.txt").write_text("one\ntwo\n", "utf-8")
