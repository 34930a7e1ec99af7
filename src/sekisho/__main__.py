"""`python -m sekisho` and the `sekisho` command."""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    # Importing makes many objects and no garbage; looking for some in between costs a tenth of the start.
    gc.disable()
    from sekisho.cli.app import cli  # noqa: PLC0415 - keeps `import sekisho` free of it

    cli(prog_name="sekisho")


if __name__ == "__main__":
    main()
