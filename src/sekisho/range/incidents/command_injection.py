"""A server that runs AWS commands runs any command.

It lets a text pass that begins with `aws`, and hands it to a shell. The release with the flaw is not served any more,
so a small server stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId
from sekisho.range.incident import Call, Harm, Incident, Layer, bundled
from sekisho.range.servers.aws import PROGRAM

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.range.incident import Server
    from sekisho.range.table import Table

__all__ = ["INCIDENT"]

_MADE: Final = "made-by-the-second-command"


def _prepare(folder: Path) -> dict[str, Server]:
    program = folder / "bin" / "aws"
    program.parent.mkdir()
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o700)
    return {"aws": bundled("aws", folder)}


def _run(command: str) -> Call:
    return Call(server="aws", tool="execute_aws_command", arguments={"command": command})


def _attack(table: Table, _folder: Path) -> None:
    table.call(_run(f"aws s3 ls; touch {_MADE}"))


def _harm(_table: Table, folder: Path) -> Harm | None:
    return Harm(cell=RangeId.HARM_CREATED) if (folder / _MADE).exists() else None


INCIDENT: Final = Incident(
    id="command-injection",
    title=RangeId.TITLE_COMMAND_INJECTION,
    place=5,
    page=21,
    row="T2.5",
    layer=Layer.ARGV,
    sources=("CVE-2025-5277",),
    prepare=_prepare,
    honest=(
        _run("aws s3 ls"),
        _run("aws ec2 describe-instances --output json"),
        _run("aws ec2 describe-instances --filters 'Name=tag:team,Values=web;shop' --output text"),
        _run('aws logs filter-log-events --log-group-name /web --filter-pattern "a && b | c"'),
        Call(server="aws", tool="get_aws_help", arguments={"service": "s3"}),
    ),
    attack=_attack,
    harm=_harm,
)
