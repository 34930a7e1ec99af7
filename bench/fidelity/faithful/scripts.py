"""What each server is asked beside its lists: calls, reads, prompts and completions with fixed arguments.

Limits: `get-env` of the everything server is not called, since a server gets fewer variables through the checkpoint
by policy; tools that only work as Tasks are called and have to fail in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from faithful.installing import npm_command, pypi_command
from faithful.wire import Object, as_object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from faithful.places import Place
    from faithful.wire import Json

Step = tuple[str, Object]
"""A method and its parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A real server, and what it is asked."""

    name: str
    """The package."""
    command: Callable[[Place], list[str]]
    """What starts it; installs it first."""
    steps: Callable[[Place, Object], list[Step]]
    """What it is asked, by place and declared capabilities."""
    env: Callable[[Place], Mapping[str, str]] = lambda _place: {}
    """Variables that it needs."""


def generic(lists: Mapping[str, list[Json]]) -> list[Step]:
    """Read every listed resource, get every prompt that needs nothing, call a tool that is not there."""
    steps: list[Step] = [("ping", {})]
    resources = map(as_object, lists.get("resources/list", ()))
    steps += [("resources/read", {"uri": entry.get("uri")}) for entry in resources]
    prompts = map(as_object, lists.get("prompts/list", ()))
    steps += [("prompts/get", {"name": entry.get("name")}) for entry in prompts if not entry.get("arguments")]
    if "resources/list" in lists:
        steps.append(("resources/read", {"uri": "demo://not/there"}))
    if "prompts/list" in lists:
        steps.append(("prompts/get", {"name": "not-there"}))
    return [*steps, call("not-there")]


def call(name: str, /, **arguments: Json) -> Step:
    """A call of a tool."""
    return ("tools/call", {"name": name, "arguments": arguments})


def _prompt(name: str, /, **arguments: Json) -> Step:
    return ("prompts/get", {"name": name, "arguments": arguments})


def _complete(ref: Object, name: str, value: str, /, **known: Json) -> Step:
    params: Object = {"ref": ref, "argument": {"name": name, "value": value}}
    if known:
        params["context"] = {"arguments": known}
    return ("completion/complete", params)


def _everything(_place: Place, capabilities: Object) -> list[Step]:
    team: Object = {"type": "ref/prompt", "name": "completable-prompt"}
    dynamic = "demo://resource/dynamic"
    template: Object = {"type": "ref/resource", "uri": dynamic + "/text/{resourceId}"}
    steps: list[Step] = [
        ("logging/setLevel", {"level": "debug"}),
        call("echo", message="関所 \u0000 \U0001f6c2 \\u0041 </script>"),
        call("echo", message=7),
        call("get-sum", a=0.1, b=-2e-7),
        call("get-sum", a=9007199254740991, b=1),
        *(call("get-annotated-message", messageType=kind, includeImage=True) for kind in ("error", "success", "debug")),
        call("get-tiny-image"),
        call("get-structured-content", location="Chicago"),
        call("get-resource-links", count=4),
        call("get-resource-reference", resourceType="Blob", resourceId=2),
        call("get-resource-reference", resourceType="Text", resourceId=-1),
        call("gzip-file-as-resource", name="a.gz", data="data:text/plain,gate", outputType="resource"),
        call("gzip-file-as-resource", name="b.gz", data="data:text/plain,gate", outputType="resourceLink"),
        ("resources/list", {}),
        ("resources/read", {"uri": "demo://resource/session/b.gz"}),
        call("trigger-long-running-operation", duration=0.6, steps=4),
        call("toggle-simulated-logging"),
        call("toggle-simulated-logging"),
        ("resources/subscribe", {"uri": dynamic + "/text/3"}),
        call("toggle-subscriber-updates"),
        call("toggle-subscriber-updates"),
        ("resources/unsubscribe", {"uri": dynamic + "/text/3"}),
        *(("resources/read", {"uri": f"{dynamic}/{kind}/5"}) for kind in ("text", "blob")),
        _prompt("args-prompt", city="Hakone", state="Kanagawa"),
        _prompt("args-prompt"),
        _prompt("completable-prompt", department="Sales", name="Eve"),
        _prompt("resource-prompt", resourceType="Text", resourceId="4"),
        _complete(team, "department", "S"),
        _complete(team, "name", "", department="Marketing"),
        _complete(template, "resourceId", "12"),
    ]
    if capabilities:
        steps += _everything_asks()
    return steps


def _everything_asks() -> list[Step]:
    return [
        call("get-roots-list"),
        call("trigger-sampling-request", prompt="What is a sekisho?", maxTokens=20),
        call("trigger-elicitation-request"),
        call("trigger-url-elicitation", url="https://1.1.1.1/gate"),
        call("simulate-research-query", topic="gates"),
    ]


def _filesystem(place: Place, _capabilities: Object) -> list[Step]:
    at = str(place.folder)
    edits: Json = [{"oldText": "second", "newText": "zweite"}]
    return [
        call("list_allowed_directories"),
        call("list_directory", path=at),
        call("list_directory_with_sizes", path=at, sortBy="size"),
        call("directory_tree", path=at),
        call("read_file", path=f"{at}/notes.txt"),
        call("read_text_file", path=f"{at}/notes.txt", head=2),
        call("read_text_file", path=f"{at}/notes.txt", tail=1),
        call("read_text_file", path=f"{at}/empty.txt"),
        call("read_media_file", path=f"{at}/pixel.png"),
        call("read_multiple_files", paths=[f"{at}/inner/code.py", f"{at}/missing"]),
        call("get_file_info", path=f"{at}/notes.txt"),
        call("search_files", path=at, pattern="**/*.json"),
        call("read_text_file", path="/etc/hostname"),
        call("edit_file", path=f"{at}/notes.txt", edits=edits, dryRun=True),
        call("edit_file", path=f"{at}/notes.txt", edits=edits),
        call("write_file", path=f"{at}/made.txt", content="made\r\n\u0001\n"),
        call("create_directory", path=f"{at}/made/deep"),
        call("move_file", source=f"{at}/made.txt", destination=f"{at}/made/deep/moved.txt"),
        call("directory_tree", path=at, excludePatterns=["inner"]),
        call("read_file", path=f"{at}/made/deep/moved.txt"),
        call("write_file", path=f"{at}/x"),
    ]


def _memory(_place: Place, _capabilities: Object) -> list[Step]:
    gate: Json = {"name": "Hakone", "entityType": "gate", "observations": ["on the Tokaido", "関所"]}
    road: Json = {"name": "Tokaido", "entityType": "road", "observations": []}
    leads: Json = {"from": "Tokaido", "to": "Hakone", "relationType": "passes"}
    return [
        call("read_graph"),
        call("create_entities", entities=[gate, road]),
        call("create_entities", entities=[gate]),
        call("create_relations", relations=[leads]),
        call("add_observations", observations=[{"entityName": "Tokaido", "contents": ["53 stations"]}]),
        call("add_observations", observations=[{"entityName": "Nowhere", "contents": ["x"]}]),
        call("search_nodes", query="stations"),
        call("open_nodes", names=["Hakone", "Nowhere"]),
        call("read_graph"),
        call("delete_observations", deletions=[{"entityName": "Hakone", "observations": ["関所"]}]),
        call("delete_relations", relations=[leads]),
        call("delete_entities", entityNames=["Tokaido"]),
        call("read_graph"),
        call("create_entities", entities="no list"),
    ]


def _thinking(_place: Place, _capabilities: Object) -> list[Step]:
    def thought(number: int, **more: Json) -> Step:
        said: Object = {"thought": f"thought {number}", "thoughtNumber": number, "totalThoughts": 3, **more}
        return call("sequentialthinking", **{"nextThoughtNeeded": number < 3, **said})

    revised = thought(2, isRevision=True, revisesThought=1)
    branched = thought(2, branchFromThought=1, branchId="b", needsMoreThoughts=True)
    return [thought(1), thought(2), revised, branched, thought(3), call("sequentialthinking", thought="alone")]


def _git(place: Place, _capabilities: Object) -> list[Step]:
    at: Object = {"repo_path": str(place.repository)}
    return [
        call("git_status", **at),
        call("git_diff_unstaged", **at),
        call("git_diff_unstaged", **at, context_lines=0),
        call("git_log", **at, max_count=2),
        call("git_show", **at, revision="HEAD~1"),
        call("git_branch", **at, branch_type="local"),
        call("git_add", **at, files=["new.txt"]),
        call("git_diff_staged", **at),
        call("git_create_branch", **at, branch_name="side"),
        call("git_checkout", **at, branch_name="side"),
        call("git_diff", **at, target="main"),
        call("git_commit", **at, message="step 3"),
        call("git_status", **at),
        call("git_reset", **at),
        call("git_show", **at, revision="no-such"),
        call("git_status", repo_path="/"),
        call("git_log"),
    ]


def _fetch(place: Place, _capabilities: Object) -> list[Step]:
    return [
        call("fetch", url=f"{place.page}/page"),
        call("fetch", url=f"{place.page}/page", raw=True),
        call("fetch", url=f"{place.page}/text", max_length=50),
        call("fetch", url=f"{place.page}/text", max_length=50, start_index=450),
        call("fetch", url=f"{place.page}/missing"),
        call("fetch", url="no address"),
        _prompt("fetch", url=f"{place.page}/page"),
        _prompt("fetch"),
    ]


def _time(_place: Place, _capabilities: Object) -> list[Step]:
    tokyo: Object = {"time": "16:30", "target_timezone": "Asia/Tokyo"}
    return [
        call("get_current_time", timezone="Asia/Tokyo"),
        call("convert_time", source_timezone="Etc/UTC", **tokyo),
        call("convert_time", source_timezone="America/New_York", **tokyo),
        call("convert_time", source_timezone="Nowhere/Nothing", **tokyo),
        call("get_current_time"),
    ]


def _sqlite(_place: Place, _capabilities: Object) -> list[Step]:
    return [
        call("create_table", query="CREATE TABLE gates (name TEXT, opened INTEGER)"),
        call("write_query", query="INSERT INTO gates VALUES ('箱根', 1619), (NULL, -1)"),
        call("read_query", query="SELECT name, opened, opened / 2.0 AS half FROM gates"),
        call("read_query", query="DELETE FROM gates"),
        call("write_query", query="SELECT 1"),
        call("write_query", query="no statement"),
        call("list_tables"),
        call("describe_table", table_name="gates"),
        call("describe_table"),
        call("append_insight", insight="Gates open at dawn."),
        ("resources/read", {"uri": "memo://insights"}),
        _prompt("mcp-demo", topic="gates"),
    ]


def _npm(name: str) -> Callable[[Place], list[str]]:
    return lambda _place: npm_command(name)


SERVERS = (
    Server(name="server-everything", command=_npm("server-everything"), steps=_everything),
    Server(
        name="server-filesystem",
        command=lambda place: [*npm_command("server-filesystem"), str(place.folder)],
        steps=_filesystem,
    ),
    Server(
        name="server-memory",
        command=_npm("server-memory"),
        steps=_memory,
        env=lambda place: {"MEMORY_FILE_PATH": str(place.folder / "memory.jsonl")},
    ),
    Server(name="server-sequential-thinking", command=_npm("server-sequential-thinking"), steps=_thinking),
    Server(
        name="mcp-server-git",
        command=lambda place: [*pypi_command("mcp-server-git"), "--repository", str(place.repository)],
        steps=_git,
    ),
    Server(
        name="mcp-server-fetch",
        # Its pages are on this machine, which a launch line has to say: nobody fetches from there unasked.
        command=lambda place: [
            *pypi_command("mcp-server-fetch"),
            "--allow-private-ips",
            "--user-agent",
            f"fidelity (+{place.page}/)",
        ],
        steps=_fetch,
    ),
    Server(
        name="mcp-server-time",
        command=lambda _place: [*pypi_command("mcp-server-time"), "--local-timezone", "Etc/UTC"],
        steps=_time,
    ),
    Server(
        name="mcp-server-sqlite",
        command=lambda place: [*pypi_command("mcp-server-sqlite"), "--db-path", str(place.folder / "gates.db")],
        steps=_sqlite,
    ),
)
"""All servers that are compared."""
