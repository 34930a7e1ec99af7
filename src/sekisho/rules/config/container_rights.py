"""A container that is none.

## What it does
Reports containers that are privileged, share the host's network, processes or memory, have powerful capabilities or
no filter of system calls, or are given the engine's socket, a root, a system folder or a device.

## Why it matters
Such a container is the machine itself: with the socket or the root inside, one command in it is a command outside.

## Seen in the wild
`/var/run/docker.sock` is in the instructions of many servers that manage containers.

## How to fix
Remove the option; give the server the folder and the port that it needs.

## Known limits
Options in a compose file or in the engine's own settings are not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import started
from sekisho.settings.breadth import is_root, mounts
from sekisho.settings.launch import launches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry
    from sekisho.settings.launch import Launch
    from sekisho.settings.node import Text

__all__ = ["RULE"]

_ENGINES: Final = frozenset({"docker", "podman", "nerdctl", "finch"})
_OPTIONS: Final = re.compile(
    r"--privileged(?:=true)?|--(?:net|network|pid|ipc|userns|uts|cgroupns)[ =]host|"
    r"--cap-add[ =](?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|SYS_RAWIO|NET_ADMIN|DAC_READ_SEARCH|BPF)|"
    r"--security-opt[ =](?:(?:seccomp|apparmor|systempaths)[=:]unconfined|label[=:]disable)|"
    r"--device[ =]\S+|--volumes-from[ =]\S+",
    re.IGNORECASE,
)
_SOCKET: Final = re.compile(r".*(?:docker|podman|containerd|crio|dockershim)\.sock", re.IGNORECASE)


def _check(entry: Entry) -> Iterator[Evidence]:
    for launch in launches(entry):
        if launch.program in _ENGINES:
            for word, excerpt in _rights(launch):
                yield Evidence(pointer=word.pointer, excerpt=excerpt, place=entry.place)


def _rights(launch: Launch) -> Iterator[tuple[Text, str]]:
    args = launch.args
    for at, word in enumerate(args):
        both = f"{word.text} {args[at + 1].text}" if at + 1 < len(args) else word.text
        if _OPTIONS.fullmatch(word.text):
            yield word, word.text
        elif word.text.startswith("--") and _OPTIONS.fullmatch(both):
            yield args[at + 1], both
    for mount in mounts(launch):
        if is_root(mount.text) or _SOCKET.fullmatch(mount.text):
            yield mount, mount.key


RULE: Final = Rule(
    id="container-rights",
    title="The container has the rights of the machine",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP02:2025",), cwe=(250, 269)),
    check=_check,
    bad=(
        started("docker", "run", "--privileged", "example/weather:1.0.0"),
        started("docker", "run", "-v", "/var/run/docker.sock:/var/run/docker.sock", "example/weather:1.0.0"),
        started("docker", "run", "-v/:/host:ro", "example/weather:1.0.0"),
        started("docker", "run", "--mount", "type=bind,source=/,target=/host", "example/weather:1.0.0"),
        started("docker", "run", "--net=host", "example/weather:1.0.0"),
        started("podman", "run", "--network", "host", "example/weather:1.0.0"),
        started("docker", "run", "--cap-add", "SYS_ADMIN", "example/weather:1.0.0"),
        started("docker", "run", "--security-opt=seccomp=unconfined", "example/weather:1.0.0"),
        started("sudo", "docker", "run", "--pid=host", "example/weather:1.0.0"),
    ),
    good=(
        started("docker", "run", "-i", "--rm", "--network", "none", "--cap-drop=ALL", "example/weather:1.0.0"),
        started("docker", "run", "-v", "/srv/maps:/maps:ro", "-v", "data:/data", "example/weather:1.0.0"),
        started("docker", "run", "--mount", "type=volume,source=data,target=/", "example/weather:1.0.0"),
        started("weather", "--privileged"),
    ),
    miss=(started("docker", "compose", "run", "weather"),),
)
