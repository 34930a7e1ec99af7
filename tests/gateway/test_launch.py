"""What will be executed, and clear words when it can not be."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from sekisho.gateway.keeper import STAGE_CWD, STAGE_EXEC, STAGE_FORK
from sekisho.gateway.launch import Launch, LaunchError, failure, resolve
from tablekit import rows


def make(*argv: str, cwd: str = "/", path: str | None = "/bin") -> Launch:
    return Launch(argv=argv, cwd=cwd, env={} if path is None else {"PATH": path})


def program(path: Path) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_a_name_is_looked_for_in_the_path_of_the_child(tmp_path: Path) -> None:
    program(tmp_path / "b" / "server")
    found = program(tmp_path / "a" / "server")
    assert resolve(make("server", path=f"{tmp_path}/none:{tmp_path}/a:{tmp_path}/b")) == found


def test_what_may_not_be_executed_is_passed_over_while_something_else_may(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "server").write_text("no")
    found = program(tmp_path / "b" / "server")
    assert resolve(make("server", path=f"{tmp_path}/a:{tmp_path}/b")) == found


def test_a_relative_entry_of_the_path_is_taken_from_the_folder(tmp_path: Path) -> None:
    found = program(tmp_path / "bin" / "server")
    assert resolve(make("server", cwd=str(tmp_path), path="bin")) == found


@pytest.mark.parametrize("path", ["", ":/nonexistent", "/nonexistent:", "/nonexistent::/none"])
def test_an_empty_entry_of_the_path_is_not_the_folder(tmp_path: Path, path: str) -> None:
    program(tmp_path / "server")
    with pytest.raises(LaunchError, match="was not found"):
        resolve(make("server", cwd=str(tmp_path), path=path))


def test_a_name_with_a_slash_is_taken_from_the_folder(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "server")
    assert Path(resolve(make("./bin/server", cwd=str(tmp_path)))).samefile(tmp_path / "bin" / "server")


def test_without_a_path_the_usual_folders_are_searched() -> None:
    assert resolve(make("sh", path=None)).endswith("/sh")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = program(tmp_path / "server-1.2")
    (tmp_path / "server").symlink_to(target)
    assert resolve(make("server", path=str(tmp_path))) == str(tmp_path / "server")


@pytest.mark.parametrize(
    ("argv0", "what", "next_step"),
    [
        ("nonesuch", "'nonesuch' was not found", "Install it"),
        ("./nonesuch", "not found: No such file", "Install it"),
        ("./plain", "may not be executed", r"chmod \+x"),
        ("./folder", "is not a file", "Correct its path"),
        ("./dangling", "not found: No such file", "Install it"),
        ("plain", "may not be executed", r"chmod \+x"),
        ("dangling", "not found: No such file", "Install it"),
    ],
)
def test_a_program_that_is_not_there_is_an_error_that_says_what_where_and_what_next(
    tmp_path: Path, argv0: str, what: str, next_step: str
) -> None:
    (tmp_path / "plain").write_text("data")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    with pytest.raises(LaunchError, match=what) as caught:
        resolve(make(argv0, "--token", "s3cret", cwd=str(tmp_path), path=str(tmp_path)))
    assert str(tmp_path) in caught.value.where
    assert "s3cret" not in str(caught.value)
    with pytest.raises(LaunchError, match=next_step):
        raise caught.value


def test_a_long_path_is_not_told_in_full(tmp_path: Path) -> None:
    path = ":".join(f"{tmp_path}/{number}" for number in range(50))
    with pytest.raises(LaunchError) as caught:
        resolve(make("nonesuch", path=path))
    assert caught.value.where.endswith("/5:…")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="working directory does not exist") as caught:
        resolve(make("sh", cwd=str(tmp_path / "gone")))
    assert caught.value.where == str(tmp_path / "gone")


@rows(
    ("argv", "cwd", "env"),
    [
        ((), "/", {}),
        (("",), "/", {}),
        (("sh",), "relative", {}),
        (("sh", "a\0b"), "/", {}),
        (("sh", "\ud800"), "/", {}),
        (("sh",), "/\0", {}),
        (("sh",), "/", {"A\0": "b"}),
        (("sh",), "/", {"A": "b\0"}),
        (("sh",), "/", {"A=B": "c"}),
        (("sh",), "/", {"": "c"}),
    ],
)
def test_what_the_system_would_misread_is_no_launch(argv: tuple[str, ...], cwd: str, env: dict[str, str]) -> None:
    with pytest.raises(LaunchError):
        Launch(argv=argv, cwd=cwd, env=env)


def test_a_launch_shows_no_secrets() -> None:
    shown = repr(Launch(argv=("server", "--token=s3cret"), cwd="/", env={"TOKEN": "s3cret"}))
    assert "s3cret" not in shown


def test_bytes_that_are_not_text_pass() -> None:
    assert Launch(argv=("sh", "\udcff"), cwd="/", env={"A": "\udcfe"}).argv[1] == "\udcff"


@rows(
    ("stage", "number", "what"),
    [
        (STAGE_CWD, errno.EACCES, "working directory can not be entered: Permission denied"),
        (STAGE_EXEC, errno.ENOENT, "interpreter was not found"),
        (STAGE_EXEC, errno.ENOEXEC, "no #! line"),
        (STAGE_EXEC, errno.E2BIG, "too long"),
        (STAGE_EXEC, errno.EACCES, "was not executed: Permission denied"),
        (STAGE_FORK, errno.EAGAIN, "no process could be made"),
    ],
)
def test_every_report_of_a_failed_start_has_words(stage: int, number: int, what: str) -> None:
    assert what in str(failure(stage=stage, number=number, launch=make("sh"), path="/bin/sh"))
