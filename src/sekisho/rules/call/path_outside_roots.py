"""A path that leaves the server's folders.

## What it does
Reports a path, or `file:` URI, that in any reading leads out of the folders on the server's launch line or in its
variables, or out of its working directory where it names none.
Where a command writes to, deletes or unpacks is such a path, and so is what it makes a link to and what an option of it
loads as code; `/tmp` and its like are open to what it writes.

## Why it matters
A server that forgets this check reads and writes whatever its user may, for anybody whose text reaches the model.

## Seen in the wild
CVE-2025-53110: the filesystem server compared beginnings of text, so `/work` let `/work_secret` pass.
CVE-2025-68143 and CVE-2025-68145: the git server took any repository.

## How to fix
Name the folder on the server's launch line, if the server is meant to work there.

## Known limits
A folder that a server learns from a file of settings is not known, and refused.
Of a command, a path that is computed is not known, nor what a program writes without being told.
A server elsewhere has no folders that we know.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.called import objecting
from sekisho.rules.example import call

__all__ = ["RULE"]

RULE: Final = Rule(
    id="path-outside-roots",
    title="The path leads out of the folders that the server was given",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(22,)),
    check=objecting("path-outside-roots"),
    bad=(
        call("read_file", path="/work/../etc/hostname"),
        call("read_file", path="/work_secret/key.txt"),
        call("run_command", command="tar -C /srv/www -xf site.tar"),
    ),
    good=(
        call("read_file", path="/work/a/../b.txt"),
        call("read_file", path="notes/today.md"),
        call("run_command", command="tar -C build -xf site.tar && make > /tmp/log"),
    ),
    miss=(call("render", text="see ../../etc/hostname"),),
)
