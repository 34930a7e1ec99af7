"""A launch that takes whatever version is there today.

## What it does
Reports packages and images that are fetched and run under no exact version: no version, a range, a tag such as
`latest`, an image without a tag.

## Why it matters
Whoever publishes the next version runs code on this machine at the next start, without a question.

## Seen in the wild
The package postmark-mcp was harmless in fifteen versions and sent mail to its author in the sixteenth.

## How to fix
Name the version (`@scope/name@1.2.3`, `name==1.2.3`) or the digest of the image (`name@sha256:…`).

## Known limits
An exact version is not a hash: what a package depends on may still change.
An image's tag that looks like a version is taken for one, though it can be moved.
A package that a script installs before it starts the server is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import started
from sekisho.settings.packages import Ecosystem, Origin, packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry
    from sekisho.settings.packages import Package

__all__ = ["RULE"]

_NUMBERED: Final = re.compile(r"v?[0-9]+(?:\.[0-9]+)+.*|[0-9a-f]{7,64}|[0-9]{8}.*")


def _check(entry: Entry) -> Iterator[Evidence]:
    for package in packages(entry):
        if package.origin is Origin.REGISTRY and not _pinned(package):
            yield Evidence(pointer=package.word.pointer, excerpt=package.word.text, place=entry.place)


def _pinned(package: Package) -> bool:
    if package.ecosystem is Ecosystem.IMAGE:
        return package.exact or _NUMBERED.fullmatch(package.version) is not None
    return package.exact


RULE: Final = Rule(
    id="unpinned-launch",
    title="The launch runs whatever version is published last",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP04:2025",), cwe=(1357, 829)),
    check=_check,
    bad=(
        started("npx", "-y", "@example/weather"),
        started("npx", "-y", "--package=@example/weather@latest", "weather"),
        started("cmd", "/c", "npx", "-y", "weather@^1.2.0"),
        started("bash", "-c", "cd /srv && exec bunx weather@next"),
        started("uvx", "--with", "httpx", "--from", "weather>=1.0", "weather-server"),
        started("pipx", "run", "weather"),
        started("docker", "run", "-i", "--rm", "-e", "KEY", "example/weather:latest"),
        started("podman", "run", "--name=w", "example/weather"),
        started("npx -y @example/weather"),
    ),
    good=(
        started("npx", "-y", "@example/weather@1.2.3", "--units", "metric"),
        started("npx", "-p", "@example/weather@1.2.3", "weather"),
        started("uvx", "weather==1.2.3"),
        started("uvx", "weather[cli]@1.2"),
        started("docker", "run", "-i", "example/weather@sha256:" + 64 * "0"),
        started("docker", "run", "-i", "-v", "/srv/maps:/maps:ro", "registry.example:5000/weather:2.1.0"),
        started("node", "/opt/weather/index.js"),
        started("uv", "--directory", "/opt/weather", "run", "server.py"),
    ),
    miss=(started("bash", "-c", "pip install weather && python -m weather"),),
)
