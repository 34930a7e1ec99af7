"""What `sekisho serve` refuses before it listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", "[::"])  # noqa: S104 - it is refused
def test_a_wider_bind_is_refused_with_the_way_out(desk: Desk, host: str) -> None:
    done = desk.call("serve", "--host", host, "--", "cat")
    assert done.exit_code == 2
    assert "needs OAuth.\nUse --host 127.0.0.1." in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "can't be read"),
        ("short", "at least 16 printable characters"),
        ("a token with a space", "write a name and a token"),
        ("関所" * 10, "can't be read"),
    ],
)
def test_a_token_file_of_another_form_is_refused(desk: Desk, tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "token"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = desk.call("serve", "--token-file", str(path), "--", "cat")
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize("words", [["serve"], ["serve", "--port", "70000", "--", "cat"], ["serve", "--port", "x"]])
def test_a_call_that_names_no_server_or_port_is_a_mistake_of_the_caller(desk: Desk, words: list[str]) -> None:
    assert desk.call(*words).exit_code == 2
