"""`python -m sekisho` and the `sekisho` command."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    # Importing makes many objects and no garbage; looking for some in between costs a tenth of the start.
    gc.disable()
    if sys.platform == "linux" and sys.argv[1:2] == ["run"] and (named := _entry(sys.argv[2:])) is not None:
        # A host starts one of these for each server: it loads neither the command line nor an engine.
        from sekisho.adapters.state import StateDirectoryError  # noqa: PLC0415 - as below
        from sekisho.gateway.broker.relay import run_entry  # noqa: PLC0415 - as below

        try:
            sys.exit(run_entry(*named))
        except StateDirectoryError as error:
            sys.stderr.write(f"sekisho: {error}\n")
            sys.exit(2)
    from sekisho.cli.app import cli  # noqa: PLC0415 - keeps `import sekisho` free of it

    cli(prog_name="sekisho")


def _entry(words: list[str]) -> tuple[str, str | None] | None:
    """Return the entry and the configuration that a plain call names; None when the command line has to look at it."""
    found: dict[str, str] = {}
    left = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    while left:
        name, *values = left[:2]
        if name not in ("--entry", "--config") or name in found or not values or values[0].startswith("-"):
            return None
        found[name] = values[0]
        del left[:2]
    return (found["--entry"], found.get("--config")) if "--entry" in found else None


if __name__ == "__main__":
    main()
