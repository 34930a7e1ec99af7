"""Processes: what the system tells of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.gateway.behind.processes import below, process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")


def test_a_process_is_known_by_its_line_its_file_and_its_folder_and_those_below_it_are_found(tmp_path: Path) -> None:
    line = ("/bin/sleep", "60")
    with subprocess.Popen(line, cwd=tmp_path) as child:
        try:
            found = process(child.pid)
            assert found is not None
            assert (found.pid, Path(found.cwd)) == (child.pid, tmp_path)
            assert child.pid in [each.pid for each in below(os.getpid())]
        finally:
            child.kill()
    assert process(child.pid) is None
    assert below(child.pid) == []
