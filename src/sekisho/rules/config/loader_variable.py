"""A variable that makes the server load other code.

## What it does
Reports variables with which loaders and interpreters load a library, a module or options before the program itself:
`LD_PRELOAD`, `NODE_OPTIONS` with `--require`, `PYTHONPATH`, `BASH_ENV` and their relatives, in the entry's environment
or on its command line.

## Why it matters
The launch line looks as it should, and something else runs first, with the server's secrets and rights.

## Seen in the wild
Preloading is the oldest trick of local malware; a cloned repository's settings file can set these variables.

## How to fix
Remove the variable. If the server needs a library of its own, start it through a script of yours that is not in the
repository.

## Known limits
Variables that only certain frameworks read are not known.
`NODE_OPTIONS` with limits of memory and the like is left alone.
A `PYTHONPATH` or `CLASSPATH` is common with servers under development; the rule can't know that the folder is yours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import started
from sekisho.settings.variables import variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["RULE"]

_ALWAYS: Final = re.compile(
    r"LD_(?:PRELOAD|LIBRARY_PATH|AUDIT)|DYLD_(?:INSERT_LIBRARIES|LIBRARY_PATH|FRAMEWORK_PATH|FALLBACK_LIBRARY_PATH)|"
    r"PYTHON(?:PATH|STARTUP|HOME|USERBASE|BREAKPOINT)|NODE_PATH|PERL5?(?:OPT|LIB|DB)|PERLLIB|RUBY(?:OPT|LIB)|"
    r"BASH_ENV|ENV|PROMPT_COMMAND|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|LUA_(?:INIT|PATH|CPATH)|"
    r"PHP_INI_SCAN_DIR|PHPRC|DOTNET_STARTUP_HOOKS|COR_PROFILER(?:_PATH)?|CORECLR_PROFILER(?:_PATH)?|GCONV_PATH|"
    r"OPENSSL_(?:CONF|ENGINES|MODULES)|GIT_(?:SSH(?:_COMMAND)?|EXEC_PATH|ASKPASS|EXTERNAL_DIFF|PROXY_COMMAND)|"
    r"ELECTRON_RUN_AS_NODE|R_PROFILE(?:_USER)?|JULIA_LOAD_PATH|npm_config_(?:script_shell|node_options|globalconfig)"
)
_OPTIONS: Final = re.compile(
    r"(?:\A|\s)(?:-r|--require|--import|--(?:experimental-)?loader|--env-file|--eval|-e)(?:[\s=]|\Z)|--inspect"
)
_JAVA_CODE: Final = re.compile(r"-javaagent:|-agent(?:lib|path):|-Xbootclasspath|-cp\b|-classpath\b")


def _check(entry: Entry) -> Iterator[Evidence]:
    for variable in variables(entry):
        if variable.text and _loads(variable.key, variable.text):
            excerpt = f"{variable.key}={variable.text}"
            yield Evidence(pointer=variable.pointer, excerpt=excerpt, place=entry.place)


def _loads(name: str, value: str) -> bool:
    if name == "NODE_OPTIONS":
        return _OPTIONS.search(value) is not None
    if name in {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"}:
        return _JAVA_CODE.search(value) is not None
    # `ENV` is a shell's start-up file only when it is a path; else it is everybody's word for "production".
    if name == "ENV":
        return "/" in value
    return _ALWAYS.fullmatch(name) is not None


RULE: Final = Rule(
    id="loader-variable",
    title="A variable makes the server load other code",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP04:2025", "MCP05:2025"), cwe=(427, 426)),
    check=_check,
    bad=(
        started("weather", env={"LD_PRELOAD": "./lib/speed.so"}),
        started("weather", env={"NODE_OPTIONS": "--max-old-space-size=512 --require ./hook.js"}),
        started("env", "PYTHONPATH=./vendor", "python", "-m", "weather"),
        started("docker", "run", "-e", "LD_PRELOAD=/data/a.so", "example/weather:1.0.0"),
        started("bash", "-c", "BASH_ENV=/tmp/x weather"),
    ),
    good=(
        started("weather", env={"NODE_OPTIONS": "--max-old-space-size=512", "ENV": "production"}),
        started("weather", env={"JAVA_TOOL_OPTIONS": "-Xmx512m", "PATH": "/usr/bin", "NODE_ENV": "production"}),
        started("weather", "--note", "LD_PRELOAD is not set"),
    ),
    miss=(started("weather", env={"FLASK_APP": "./evil.py"}),),
)
