from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from childkit import alive
from sekisho.range.host import Host, HostError

if TYPE_CHECKING:
    from pathlib import Path


def host(code: str, folder: Path, patience: float = 20.0) -> Host:
    return Host([sys.executable, "-I", "-S", "-u", "-c", code], dict(os.environ), cwd=folder, patience=patience)


ECHO = "import sys\nfor line in sys.stdin:\n    print('{\"method\":\"notice\"}')\n    print(line, end='')\n"


def test_an_answer_is_found_behind_notifications(tmp_path: Path) -> None:
    with host(ECHO, tmp_path) as one:
        assert one.ask(b'{"id":1}') == {"id": 1}
        assert one.ask(b'{"id":2}') == {"id": 2}


def test_a_command_that_is_silent_is_not_waited_for(tmp_path: Path) -> None:
    with host("import sys; sys.stdin.read()", tmp_path, patience=0.01) as one, pytest.raises(HostError, match="within"):
        one.ask(b"{}")


def test_the_last_words_of_a_command_that_ended_are_told(tmp_path: Path) -> None:
    code = "import sys; print('x' * 200000, file=sys.stderr); sys.stdin.readline(); sys.exit('no disk')"
    with host(code, tmp_path) as one, pytest.raises(HostError, match=r"it ended: no disk\Z"):
        one.ask(b"{}")


def test_telling_a_command_that_ended_is_an_error_too(tmp_path: Path) -> None:
    with host("import os; os.close(0); print('{}', flush=True); input_ = os.read(1, 1)", tmp_path) as one:
        one.ask(b"{}")
        with pytest.raises(HostError, match="it ended"):
            one.tell(b"more")


@pytest.mark.parametrize("said", ["nothing", "[]", "1", ""])
def test_an_answer_that_is_no_object_is_an_error(tmp_path: Path, said: str) -> None:
    with host(f"input(); print({said!r}); input()", tmp_path) as one, pytest.raises(HostError, match="no JSON object"):
        one.ask(b"{}")


def test_a_line_that_does_not_end_is_bounded(tmp_path: Path) -> None:
    with (
        host("while True: print('x' * 100000, end='')", tmp_path) as one,
        pytest.raises(HostError, match="does not end"),
    ):
        one.ask(b"{}")


def test_a_command_that_does_not_leave_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.range.host._LEAVE", 0.01)
    one = host("import signal\nimport os\nprint(f'{{\"id\": {os.getpid()}}}')\nwhile True: signal.pause()", tmp_path)
    pid = one.ask(b"{}")["id"]
    one.close()
    one.close()
    assert isinstance(pid, int)
    assert not alive(pid)
