"""A server that runs AWS commands, with the flaw of aws-mcp-server: it looks at the first word, and asks a shell.

A program `aws` stands in `bin` of its working directory.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from sekisho.range.servers.stdio import Failed, Tool, serve

__all__ = ["PROGRAM", "Aws"]

PROGRAM: Final = """\
#!/bin/sh
case "$1 $2" in
  "s3 ls") echo "2026-11-01 09:00:00 site-backup" ;;
  "ec2 describe-instances") echo '{"Reservations": []}' ;;
  *) echo "aws $*" ;;
esac
"""
"""What stands for the real `aws`."""

_SECONDS: Final = 10.0


class Aws:
    """The tools.

    Args:
        folder: where commands run, with the program in its `bin`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.tools: Final = (
            Tool(
                name="execute_aws_command",
                says="Runs one command of the AWS CLI and returns what it prints.",
                takes={"command": "The complete command, beginning with aws."},
                act=self.execute,
            ),
            Tool(
                name="get_aws_help",
                says="Returns the help of an AWS service.",
                takes={"service": "The service, as the CLI names it."},
                act=self.help,
                reads=True,
            ),
        )

    def execute(self, command: str) -> str:
        """Run a command if its first word is `aws`."""
        if not command.startswith("aws "):
            raise Failed("only AWS commands are allowed")
        path = f"{self._folder / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        done = subprocess.run(  # noqa: S602 - the flaw
            command,
            shell=True,
            cwd=self._folder,
            env={"PATH": path},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        return (done.stdout + done.stderr).decode(errors="replace").strip()

    def help(self, service: str) -> str:
        """Say something about a service."""
        return f"aws {service}: see the list of its commands."


if __name__ == "__main__":
    serve("aws", Aws(Path.cwd()).tools)
