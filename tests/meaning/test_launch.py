"""What a launch line says."""

from __future__ import annotations

from sekisho.meaning.launch import MOST, folders_named, hosts_named, words_of
from tablekit import rows


@rows(
    ("argv", "named"),
    [
        (
            ["npx", "-y", "@modelcontextprotocol/server-filesystem", "/work", "docs"],
            {"@modelcontextprotocol/server-filesystem", "/work", "docs"},
        ),
        (["node", "/opt/server/dist/index.js", "/work"], {"/work"}),
        (["/usr/bin/python3.11", "-u", "server.py", "--root=/work", "."], {"/work", "."}),
        (["mcp-server-git", "--repository", "/work/repo"], {"/work/repo"}),
        (["mcp-server", "--url", "https://example.com", "--url=https://example.com/a", "--fast"], set[str]()),
        (["node.exe", "server.js", "C:\\work"], {"C:\\work"}),
        (["node", "--version"], set[str]()),
        (["x", "a\nb", ""], set[str]()),
        ([], set[str]()),
    ],
)
def test_folders_on_the_line_without_the_program_and_its_script(argv: list[str], named: set[str]) -> None:
    assert set(folders_named(argv, {})[0]) == named


@rows(
    ("name", "value", "named"),
    [
        ("MD_SHARE_DIR", "/work/share", {"/work/share"}),
        ("ALLOWED_PATHS", "/a:/b", {"/a:/b", "/a", "/b"}),
        ("NOTES_FOLDERS", "/a,~/b", {"/a,~/b", "/a", "~/b"}),
        ("OBSIDIAN_VAULT", "~/vault", {"~/vault"}),
        ("XDG_DATA_DIRS", "/usr/share", set[str]()),
        ("NODE_ROOT", "/usr", set[str]()),
        ("CACHE_DIR", "relative", set[str]()),
        ("API_ROOT", "https://example.com", set[str]()),
        ("MOBILECLI_PATH", "/work/bin/mobilecli", set[str]()),
        ("HOME", "/home/me", set[str]()),
        ("SSL_CERT_DIR", "/etc/ssl/certs", set[str]()),
        ("RBENV_ROOT", "/home/me/rbenv", set[str]()),
        ("PLUGIN_DIR", "/usr/share/plugins", set[str]()),
        ("TOOL_ROOT", "/home/me/.tool", set[str]()),
        ("TOOL_ROOT", "~/.tool", set[str]()),
        ("TOOL_ROOT", "/root/.tool/versions/1", set[str]()),
        ("TOOL_ROOT", "C:\\Users\\me\\.tool\\bin", set[str]()),
        ("TOOL_ROOT", "/work/.venv", set[str]()),
        ("TOOL_ROOT", "/work/.venv/", set[str]()),
        ("MD_SHARE_DIR", "/work/.site/share", {"/work/.site/share"}),
        ("PATH", "/usr/bin", set[str]()),
    ],
)
def test_folders_in_variables_that_are_meant_for_a_server(name: str, value: str, named: set[str]) -> None:
    assert set(folders_named(["x"], {name: value})[1]) == named


def test_windows_separates_folders_by_semicolons() -> None:
    environ = {"PATH": "C:\\a;C:\\b", "WORK_DIRS": "C:\\x;D:/y"}
    assert set(folders_named(["x"], environ)[1]) == {"C:\\x;D:/y", "C:\\x", "D:/y"}


def test_a_launch_line_without_end_is_read_up_to_the_bound() -> None:
    argv = ["x", *(f"/{number}" for number in range(1000))]
    assert len(folders_named(argv, {f"D{number}_DIR": f"/{number}" for number in range(1000)})[0]) == MOST
    assert len(folders_named(argv, {f"D{number}_DIR": f"/{number}" for number in range(1000)})[1]) == MOST


@rows(
    ("argv", "hosts"),
    [
        (["x", "https://Example.com/mcp"], {"example.com"}),
        (["x", "--db=postgresql://me:secret@db.local:5432/a"], {"db.local:5432"}),
        (["x", "http://[::1]:8080/"], {"[::1]:8080"}),
        (["https://program"], set[str]()),
        (["x", "no address"], set[str]()),
    ],
)
def test_hosts_on_the_line_are_declared(argv: list[str], hosts: set[str]) -> None:
    assert hosts_named(argv) == hosts


def test_the_line_tells_what_a_server_works_with() -> None:
    assert {"server", "sqlite", "app", "db"} <= set(words_of(["uvx", "mcp-server-sqlite", "--db-path", "/work/app.db"]))
    assert {"server", "kubernetes"} <= set(words_of(["node", "/x/mcp-server-kubernetes/index.js"]))
