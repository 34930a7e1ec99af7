from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.settings.entry import Entry, Scope, Source
from sekisho.settings.node import Region, Scalar, Text
from sekisho.settings.packages import Ecosystem, Origin, packages
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.settings.packages import Package

SOURCE = Source(host="", scope=Scope.NAMED, file="f")
COMMIT = 40 * "a"


def fetched(line: str) -> list[Package]:
    command, *args = (Text(word, f"/{at}") for at, word in enumerate(line.split()))
    node = Scalar("", Region(1, 1, 1, 1))
    return list(packages(Entry(source=SOURCE, alias="w", pointer="", node=node, command=command, args=tuple(args))))


@rows(
    ("line", "name", "version", "exact"),
    [
        ("npx -y weather", "weather", "", False),
        ("npx --yes @a/weather@1.2.3 --port 1", "@a/weather", "1.2.3", True),
        ("npx --registry https://r.example weather@1", "weather", "1", False),
        ("npx -c x npm:weather@latest", "weather", "latest", False),
        ("npx -- weather@1.2.3-rc.1", "weather", "1.2.3-rc.1", True),
        ("npm exec -- weather@2.0.0", "weather", "2.0.0", True),
        ("pnpm dlx weather@~1.2.3", "weather", "~1.2.3", False),
        ("bun x weather@1.2.3", "weather", "1.2.3", True),
        ("uvx weather", "weather", "", False),
        ("uvx weather@latest", "weather", "latest", False),
        ("uvx --python 3.12 weather==1.2.3", "weather", "==1.2.3", True),
        ("uvx weather[cli]>=1.2", "weather", ">=1.2", False),
        ("uvx weather==1.*", "weather", "==1.*", False),
        ("uv tool run weather@1.2", "weather", "1.2", True),
        ("pipx run --spec weather==1.0.post1 w", "weather", "==1.0.post1", True),
        ("docker run -i --rm a/weather", "a/weather", "", False),
        ("docker run --name w -e A -eB=1 -p 1:1 a/weather:latest x", "a/weather", "latest", False),
        ("docker container run a.example:5000/weather:1.2", "a.example:5000/weather", "1.2", False),
        ("podman run a/weather:1@sha256:00", "a/weather", "sha256:00", True),
        ("deno run npm:weather@1.2.3", "weather", "1.2.3", True),
        ("deno run jsr:@a/weather", "@a/weather", "", False),
        ("go run a.example/weather@latest", "a.example/weather", "latest", False),
        ("dnx Weather@1.2.3", "Weather", "1.2.3", True),
    ],
)
def test_a_launch_names_a_package(line: str, name: str, version: str, exact: object) -> None:
    (package,) = fetched(line)
    assert (package.name, package.version, package.exact) == (name, version, exact)
    assert package.origin is Origin.REGISTRY


@rows(
    ("line", "names"),
    [
        ("npx -p a -p b@1.0.0 c", ["a", "b"]),
        ("npx --package=a b", ["a"]),
        ("uvx --from a==1.0 --with b c", ["a", "b"]),
        ("uvx --with a b", ["a", "b"]),
        ("npx -p", []),
        ("uv run --with mcp[cli] --with httpx==0.28 mcp run main.py", ["mcp", "httpx"]),
    ],
)
def test_options_may_name_packages(line: str, names: list[str]) -> None:
    assert [package.name for package in fetched(line)] == names


@rows(
    ("line", "origin", "version", "exact"),
    [
        ("npx -y github:a/weather", Origin.GIT, "", False),
        ("npx -y a/weather", Origin.GIT, "", False),
        (f"npx -y a/weather#{COMMIT}", Origin.GIT, COMMIT, True),
        ("npx https://a.example/weather.tgz", Origin.URL, "", False),
        ("uvx --from git+https://a.example/weather@main weather", Origin.GIT, "main", False),
        (f"uvx --from git+https://a.example/weather@{COMMIT} weather", Origin.GIT, COMMIT, True),
        ("uvx --from git+ssh://git@a.example/weather weather", Origin.GIT, "", False),
        ("uvx --from weather@git+https://a.example/weather w", Origin.GIT, "", False),
        ("uvx https://a.example/weather.whl", Origin.URL, "", False),
        ("pipx run --spec https://a.example/weather.git w", Origin.GIT, "", False),
        ("deno run -A https://a.example/server.ts", Origin.URL, "", False),
    ],
)
def test_a_launch_names_an_address(line: str, origin: Origin, version: str, exact: object) -> None:
    (package,) = fetched(line)
    assert (package.origin, package.version, package.exact) == (origin, version, exact)


@rows(
    "line",
    [
        "npx ./weather",
        "npx",
        "npm run start",
        "npm install",
        "node index.js",
        "uv run server.py",
        "uvx --from . weather",
        "uvx --from /opt/weather weather",
        "npx ${PACKAGE}",
        "docker exec -i weather x",
        "docker run",
        "docker compose up run",
        "deno run server.ts",
        "go run ./cmd/weather",
        "npx -p= b",
    ],
)
def test_what_is_here_already_is_not_fetched(line: str) -> None:
    assert fetched(line) == []


def test_the_ecosystem_follows_from_the_runner() -> None:
    lines = ("npx a", "uvx a", "docker run a", "go run a@1", "deno run npm:a")
    expected = [Ecosystem.NPM, Ecosystem.PYPI, Ecosystem.IMAGE, Ecosystem.OTHER, Ecosystem.NPM]
    assert [fetched(line)[0].ecosystem for line in lines] == expected
