from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Generate = Callable[..., subprocess.CompletedProcess[str]]


def test_every_setting_has_its_heading_and_every_planned_key_is_told(generate: Generate, tmp_path: Path) -> None:
    generate("settings_pages.py", "--root", tmp_path)
    lines = (tmp_path / "docs/reference/configuration.md").read_text("utf-8").splitlines()
    for heading in ("## servers", "## servers.NAME.command", "## limits.message_bytes", "## version"):
        assert heading in lines
    assert "- `servers.NAME.mode`" in lines
    assert 'Takes one of `"http"`, `"sse"`; without it, `"http"`.' in lines


def test_the_schema_is_one_that_a_machine_reads(generate: Generate, tmp_path: Path) -> None:
    generate("settings_pages.py", "--root", tmp_path)
    schema = json.loads((tmp_path / "docs/reference/sekisho.schema.json").read_text("utf-8"))
    assert schema["additionalProperties"] is False
    assert schema["properties"]["limits"]["properties"]["message_depth"]["maximum"] == 200
