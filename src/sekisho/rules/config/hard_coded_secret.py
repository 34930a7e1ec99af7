"""A key, token or password written into the settings.

## What it does
Reports secrets in variables, arguments, headers and addresses: by the form of a provider's token, or as a
random value under a name such as `API_KEY` or `--token`, in an address's user part, query or path.

## Why it matters
Settings files are copied, synchronised, committed and read by every program of the user, and by agents.

## Seen in the wild
Researchers find thousands of live keys in published `mcp.json` files.

## How to fix
Take the value out and refer to it (`${env:NAME}`, `${input:name}`, a keychain), then revoke the old one: a file that
held a secret has leaked it.

## Known limits
A random value under a name that says nothing, and a password made of words under such a name, are not seen.
The excerpt names the kind and the place, never the secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import remote, started
from sekisho.settings.variables import variables
from sekisho.text.credentials import address_secret, header_secret, known_form, named_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry
    from sekisho.settings.node import Text

__all__ = ["RULE"]

_OPTION: Final = re.compile(r"(--?[A-Za-z][A-Za-z0-9_.-]*)(?:=(.*))?", re.DOTALL)
_HEADER: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]*):(?!//)\s*(\S.*)", re.DOTALL)


def _check(entry: Entry) -> Iterator[Evidence]:
    seen: set[str] = set()
    for text, name, kind in _secrets(entry):
        if text.pointer not in seen:
            seen.add(text.pointer)
            yield Evidence(pointer=text.pointer, excerpt=f"{kind} in {name}" if name else kind, place=entry.place)


def _secrets(entry: Entry) -> Iterator[tuple[Text, str, str]]:
    """Yield (place, name, kind) of each secret; the same place may come twice."""
    if not entry.alias:
        return
    for variable in variables(entry):
        kind = named_secret(variable.key, variable.text) or address_secret(variable.text)
        if kind is not None:
            yield variable, variable.key, kind
    for header in entry.headers:
        kind = header_secret(header.key, header.text)
        if kind is not None:
            yield header, header.key, kind
    yield from _in_arguments(entry.args)
    # Whatever has another place: the address, options of the host's own, what stands where no host looks.
    for text in entry.texts():
        kind = address_secret(text.text) if "://" in text.text else named_secret(text.key, text.text)
        if kind is not None and text.key not in {"args", "command", "cmd"}:
            yield text, text.key, kind


def _in_arguments(args: tuple[Text, ...]) -> Iterator[tuple[Text, str, str]]:
    before = ""
    for word in args:
        option = _OPTION.fullmatch(word.text)
        header = _HEADER.fullmatch(word.text)
        name, value = before, word.text
        if option is not None:
            name, value = option[1], option[2] or ""
        elif header is not None:
            name, value = header[1], header[2]
        kind = _argument(name, value, word.text, header=header is not None and option is None)
        if kind is not None:
            yield word, name, kind
        before = option[1] if option is not None and option[2] is None else ""


def _argument(name: str, value: str, whole: str, *, header: bool) -> str | None:
    if header:
        return header_secret(name, value)
    return (named_secret(name, value) if name else None) or address_secret(whole) or known_form(whole)


_FAKE: Final = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
"""Letters for the examples: nobody's."""

RULE: Final = Rule(
    id="hard-coded-secret",
    title="A secret is written into the settings",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP01:2025",), cwe=(798, 312)),
    check=_check,
    bad=(
        started("weather", env={"WEATHER_API_KEY": _FAKE}),
        started("weather", env={"WHATEVER": f"ghp_{_FAKE}1234"}),
        started("weather", env={"DATABASE_URL": "postgresql://app:hunter22@db.example.org/app"}),
        started("weather", env={"DB_PASSWORD": "correct horse"}),
        started("weather", "--api-key", _FAKE),
        started("weather", "postgresql://app:hunter22@db.example.org/app"),
        started("weather", f"--token={_FAKE}"),
        started("weather", "--connection", "Server=db.example.org;User Id=sa;Password=hunter22!;"),
        started("npx", "mcp-remote@1.0.0", "https://weather.example.org", "--header", f"Authorization: Bearer {_FAKE}"),
        started("docker", "run", "-e", f"TOKEN={_FAKE}", "example/weather:1.0.0"),
        remote("https://weather.example.org/mcp", headers={"X-API-Key": _FAKE}),
        remote(f"https://weather.example.org/mcp?apiKey={_FAKE}"),
        remote(f"https://user:{_FAKE}@weather.example.org/mcp"),
        remote(f"https://weather.example.org/s/{_FAKE}{_FAKE}/mcp"),
    ),
    good=(
        started("weather", env={"API_KEY": "${WEATHER_API_KEY}", "TOKEN": "<your-token>", "SECRET": "xxxxxxxxxxxx"}),
        started("weather", env={"API_KEY": "$KEY", "TOKEN": "${input:token}", "A_TOKEN": "your-token-here"}),
        started("weather", env={"MAX_TOKENS": "4096", "KEY_FILE": "/run/secrets/key", "AUTH": "oauth"}),
        started("weather", "--api-key", "${API_KEY}", "--token-file", "/run/token", "--units", "metric"),
        remote("https://weather.example.org/mcp", headers={"Authorization": "Bearer ${env:TOKEN}"}),
        remote("https://weather.example.org/mcp?apiKey=${KEY}", headers={"X-Region": "eu-central-1"}),
        remote("https://${USER}:${PASSWORD}@weather.example.org/mcp/0f8fad5b-d9cb-469f-a165-70867728950e"),
    ),
    miss=(started("weather", env={"WEATHER_OPTION": _FAKE}),),
)
