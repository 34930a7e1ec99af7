from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema

from sekisho.settings.advisories import advisories_about, canonical
from sekisho.settings.node import Text
from sekisho.settings.packages import Ecosystem, Origin, Package
from tablekit import rows


def package(name: str, version: str, ecosystem: Ecosystem = Ecosystem.NPM, origin: Origin = Origin.REGISTRY) -> Package:
    exact = version[-1:].isdigit() and not version.startswith("^")
    return Package(
        ecosystem=ecosystem, origin=origin, name=name, version=version, exact=exact, word=Text(f"{name}@{version}", "")
    )


def about(found: Package) -> set[str]:
    return {advisory.id for advisory in advisories_about(found)}


def test_the_table_keeps_its_schema() -> None:
    data = files("sekisho") / "data"
    table = tomllib.loads(data.joinpath("advisories.toml").read_text("utf-8"))
    jsonschema.validate(table, json.loads(data.joinpath("schemas", "advisories.json").read_text("utf-8")))


@rows(
    ("version", "expected"),
    [
        ("0.0.4", set[str]()),
        ("0.0.5", {"CVE-2025-6514"}),
        ("0.1.15", {"CVE-2025-6514"}),
        ("0.1.16-beta.1", {"CVE-2025-6514"}),
        ("0.1.16", set[str]()),
        ("0.1.100", set[str]()),
        ("v0.1.2", {"CVE-2025-6514"}),
        ("^0.1.0", set[str]()),
        ("", set[str]()),
    ],
)
def test_versions_are_compared_as_numbers(version: str, expected: set[str]) -> None:
    assert about(package("mcp-remote", version)) == expected


def test_spellings_of_pypi_are_one_package() -> None:
    found = package("MCP_Server.Git", "==2025.9.25", Ecosystem.PYPI)
    assert canonical(found) == "mcp-server-git"
    assert about(found) == {"CVE-2025-68144", "CVE-2025-68145"}
    assert about(package("mcp-server-git", "==2025.12.18.post1", Ecosystem.PYPI)) == set()


def test_what_has_no_fix_counts_without_a_version_too() -> None:
    assert about(package("postmark-mcp", "latest")) == {"AML.CS0053"}
    assert about(package("postmark-mcp", "1.0.15")) == set()
    assert about(package("postmark-mcp", "9")) == {"AML.CS0053"}


def test_a_repository_or_another_registry_is_another_thing() -> None:
    assert about(package("postmark-mcp", "1.0.16", origin=Origin.GIT)) == set()
    assert about(package("postmark-mcp", "1.0.16", Ecosystem.PYPI)) == set()


def test_a_version_that_is_none_is_compared_without_an_error() -> None:
    assert about(package("mcp-remote", "x1")) == set()
    assert about(package("figma-developer-mcp", f"{'9' * 5_000}.1")) == set()
