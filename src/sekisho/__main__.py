"""`python -m sekisho` and the `sekisho` command."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    from sekisho.cli.app import cli  # noqa: PLC0415 - keeps `import sekisho` free of it

    cli(prog_name="sekisho")


if __name__ == "__main__":
    sys.exit(main())
