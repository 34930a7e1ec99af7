"""The file of tokens: who may come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.cli.tokens import read_tokens

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = "abcdefghijklmnop", "0123456789abcdef+/="


def written(tmp_path: Path, content: str) -> str:
    path = tmp_path / "tokens"
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_a_token_alone_is_the_owners(tmp_path: Path) -> None:
    (found,) = read_tokens(written(tmp_path, f"{ONE}\n"), "root")
    assert (found.principal, found.token) == ("root", ONE)


def test_names_stand_before_tokens_and_one_principal_may_have_several(tmp_path: Path) -> None:
    found = read_tokens(written(tmp_path, f"# who\n\nalice {ONE}\n  bob\t{TWO}\nalice {TWO}x\n"), "root")
    assert [(each.principal, each.token) for each in found] == [("alice", ONE), ("bob", TWO), ("alice", TWO + "x")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "has to hold 1 to 1000 tokens, and has 0"),
        ("# nobody\n", "has to hold 1 to 1000 tokens, and has 0"),
        ("alice secret\n", "line 1: the token has to be at least 16"),
        ("alice b c\n", "line 1: write a name and a token"),
        (f"Alice {ONE}\n", "line 1: a name has a lower-case letter"),
        (f"a {ONE}\nb {ONE}\n", "line 2: this token stands in the file already"),
        ("関所" * 10, "can't be read"),
        ("\n".join(f"a {number:016}" for number in range(1001)), "and has 1001"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_without_a_token(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        read_tokens(written(tmp_path, content), "root")
    assert ended.value.code == 2
    shown = capsys.readouterr().err.replace("\n", " ")
    assert said in " ".join(shown.split())
    assert "secret" not in shown
    assert ONE not in shown
