"""A server that listens to everybody.

## What it does
Reports servers that are told to listen on all interfaces (`0.0.0.0`, `::`), ports of containers that are published
on all interfaces, and switches that turn a server's own authentication off.

## Why it matters
Whoever is on the same network, and with DNS rebinding whatever page is open in a browser, can call the tools.

## Seen in the wild
CVE-2025-49596: the inspector's proxy took commands from every page in the browser.
Scans of the Internet find thousands of servers without authentication.

## How to fix
Bind it to `127.0.0.1` and let it ask for a token.

## Known limits
Whether the server asks for a token by itself is not known.
A server that listens on all interfaces by default, without being told, is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import started
from sekisho.settings.launch import launches
from sekisho.settings.variables import variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry
    from sekisho.settings.launch import Launch
    from sekisho.settings.node import Text

__all__ = ["RULE"]

_ENGINES: Final = frozenset({"docker", "podman", "nerdctl", "finch"})
_ALL: Final = re.compile(
    r"(?:--?[A-Za-z][\w-]*=)?(?:[a-z]+://)?(?:0\.0\.0\.0|0|\[?::0?\]?|\*)(?::[0-9]+)?/?",
)
_BARE: Final = re.compile(r"(?:--?[A-Za-z][\w-]*=)?(?:[a-z]+://)?(?:0\.0\.0\.0|\[::\])(?::[0-9]+)?/?")
_HOST_OPTION: Final = re.compile(
    r"-H|--(?:.*-)?(?:host|hostname|bind|address|addr|listen|ip|interface)(?:-.*)?", re.IGNORECASE
)
_HOST_NAME: Final = re.compile(r"(?:.*_)?(?:HOST|HOSTNAME|BIND|ADDRESS|ADDR|LISTEN)(?:_.*)?", re.IGNORECASE)
_PUBLISHED: Final = re.compile(r"(?:0\.0\.0\.0:|\[::\]:)?[0-9-]*:[0-9-]+(?:/\w+)?|[0-9]+(?:-[0-9]+)?(?:/\w+)?")
_PUBLISH: Final = frozenset({"-p", "--publish"})
_PUBLISH_ALL: Final = frozenset({"-P", "--publish-all"})
_NO_AUTH: Final = re.compile(
    r"--(?:no|disable|skip|without)-auth(?:entication)?(?:=true)?|--auth[= ](?:none|off|false)", re.IGNORECASE
)
_NO_AUTH_NAME: Final = re.compile(
    r"DANGEROUSLY_OMIT_AUTH|(?:.*_)?(?:DISABLE|NO|SKIP)_AUTH(?:ENTICATION)?", re.IGNORECASE
)
_ON: Final = frozenset({"1", "true", "yes", "on"})


def _check(entry: Entry) -> Iterator[Evidence]:
    found = {word.pointer: word.text for launch in launches(entry) for word in _words(launch)}
    for variable in variables(entry):
        wide = _HOST_NAME.fullmatch(variable.key) and _ALL.fullmatch(variable.text)
        if wide or (_NO_AUTH_NAME.fullmatch(variable.key) and variable.text.casefold() in _ON):
            found.setdefault(variable.pointer, f"{variable.key}={variable.text}")
    for pointer, excerpt in found.items():
        yield Evidence(pointer=pointer, excerpt=excerpt, place=entry.place)


def _words(launch: Launch) -> Iterator[Text]:
    if launch.program in _ENGINES:
        yield from _published(launch)
        return
    before = ""
    for word in launch.args:
        bound = _HOST_OPTION.fullmatch(before) and _ALL.fullmatch(word.text)
        option, _, value = word.text.partition("=")
        joined = _HOST_OPTION.fullmatch(option) and value and _ALL.fullmatch(value)
        if bound or joined or _BARE.fullmatch(word.text) or _NO_AUTH.fullmatch(word.text):
            yield word
        before = word.text


def _published(launch: Launch) -> Iterator[Text]:
    before = ""
    for word in launch.args:
        option, joined, value = word.text.partition("=")
        port = value if joined and option in _PUBLISH else word.text if before in _PUBLISH else ""
        if _PUBLISHED.fullmatch(port) or option in _PUBLISH_ALL or _NO_AUTH.fullmatch(word.text):
            yield word
        before = word.text


RULE: Final = Rule(
    id="open-listener",
    title="The server listens to everybody",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP07:2025",), cwe=(1327, 306)),
    check=_check,
    bad=(
        started("weather", "--host", "0.0.0.0", "--port", "8000"),  # noqa: S104 - judged, not bound
        started("weather", "--host=0.0.0.0"),
        started("uvicorn", "weather:app", "--host", "::"),
        started("weather", "--listen", "0.0.0.0:8000"),
        started("weather", env={"MCP_HOST": "0.0.0.0"}),  # noqa: S104
        started("docker", "run", "-p", "8000:8000", "example/weather:1.0.0"),
        started("docker", "run", "--publish=0.0.0.0:8000:8000", "example/weather:1.0.0"),
        started("docker", "run", "-P", "example/weather:1.0.0"),
        started("weather", "--no-auth"),
        started("npx", "@modelcontextprotocol/inspector@0.15.0", env={"DANGEROUSLY_OMIT_AUTH": "true"}),
    ),
    good=(
        started("weather", "--host", "127.0.0.1", "--port", "8000"),
        started("weather", "--port", "0", "--hours", "*"),
        started("docker", "run", "-p", "127.0.0.1:8000:8000", "example/weather:1.0.0"),
        started("weather", env={"MCP_HOST": "localhost", "WEATHER_HOST": "weather.example.org"}),
    ),
    miss=(started("weather", "--serve"),),
)
