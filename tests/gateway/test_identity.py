"""What a server is called: by how it is started, never with its secrets."""

from __future__ import annotations

from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.identity import formerly, of_command, of_url
from tablekit import rows


@rows(
    ("argv", "name"),
    [
        (["npx", "-y", "@scope/server@1.2.3", "/secret"], "npx @scope/server@1.2.3"),
        (["/usr/bin/npx", "--package", "other", "server", "--key=s"], "npx server"),
        (["NPX.EXE", "server"], "npx server"),
        (["uvx", "--from", "git+https://x", "mcp-server-git", "--repository", "."], "uvx mcp-server-git"),
        (["uv", "--offline", "--python", "3", "run", "server.py", "--directory", "/p"], "uv server.py"),
        (["A=b"], "a=b"),
        (["uv", "tool", "run", "server"], "uv server"),
        (["pipx", "run", "--spec", "x", "server"], "pipx server"),
        (["python3.11", "-m", "server", "secret"], "python3.11 -m server"),
        (["python", "-X", "dev", "server.py", "secret"], "python server.py"),
        (["python", "-c", "print('secret')"], "python -c"),
        (["python", "-m"], "python -m"),
        (["python"], "python"),
        (["node", "--require", "./hook.js", "server.js", "secret"], "node server.js"),
        (["docker", "run", "-i", "--rm", "-e", "TOKEN=secret", "image:1", "secret"], "docker image:1"),
        (["docker", "run", "python", "secret"], "docker python"),
        (["uv", "run", "python", "a.py", "secret"], "uv python a.py"),
        (["uv", "run", "--with", "x", "python3", "-m", "server", "secret"], "uv python3 -m server"),
        (["uv", "run"], "uv"),
        (["sh", "-c", "cd /x && exec node a.js secret"], "sh node a.js"),
        (["env", "TOKEN=secret", "uvx", "server"], "env uvx server"),
        (["env", "sh", "-c", "opt/server secret"], "env server"),
        (["sh", "-x", "start.sh", "secret"], "sh start.sh"),
        (["sh", "-c", "sh"], "sh sh"),
        (["sh"], "sh"),
        (["bunx", "server"], "bunx server"),
        (["deno", "run", "-c", "deno.json", "server.ts"], "deno server.ts"),
        (["/opt/server", "--token", "secret"], "server"),
    ],
)
def test_a_command_is_its_program_and_package_and_never_its_arguments(argv: list[str], name: str) -> None:
    assert of_command(argv, "/work") == f"{name} @ /work"


@rows(
    ("argv", "name"),
    [
        (["uv", "run", "python", "a.py"], "uv python"),
        (["env", "A=b", "server"], "env"),
        (["npx", "server"], "npx server"),
        (["node"], "node"),
    ],
)
def test_the_name_that_a_command_had_is_known(argv: list[str], name: str) -> None:
    assert formerly(argv, "/work") == f"{name} @ /work"


def test_the_working_directory_tells_two_apart() -> None:
    assert of_command(["uv", "--directory", "/p", "run", "server.py"], "/work") == "uv server.py @ /p"
    assert of_command(["uvx", "--directory=p", "server"], "/work") == "uvx server @ /work/p"
    assert of_command(["uv", "--offline"], "/work") == "uv @ /work"
    assert of_command(["node", "server.js"], "/a") != of_command(["node", "server.js"], "/b")


def test_a_url_is_its_origin_and_path() -> None:
    endpoint = Endpoint.parse("https://Host.example:8443/mcp/x?token=secret")
    assert of_url(endpoint) == "https://host.example:8443/mcp/x"
