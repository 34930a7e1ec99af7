from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.launch import LaunchError
from sekisho.scan import sandbox
from sekisho.scan.cached import NotCachedError
from sekisho.scan.lure import plant
from sekisho.scan.sandbox import HOME, boxed, unboxed, works

if TYPE_CHECKING:
    from collections.abc import Callable

BOXED = pytest.mark.skipif(not works(), reason="bubblewrap is not here, or may not make a sandbox")


def inside(folder: Path, code: str, *words: str, cwd: Path | None = None, fetch: bool = False) -> str:
    """Run Python in a sandbox and return what it printed."""
    (folder / "home").mkdir()
    lure = plant(folder / "home")
    command = (sys.executable, "-I", "-c", code, *words)
    launch = boxed(command, ["DECLARED=x"], lure, cwd=cwd or folder, fetch=fetch)
    done = subprocess.run(
        launch.argv, env=dict(launch.env), cwd=launch.cwd, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@BOXED
def test_the_home_is_the_planted_one(tmp_path: Path) -> None:
    code = "import os; h = os.path.expanduser('~'); print(h, '.ssh' in os.listdir(h), os.environ['DECLARED'])"
    assert inside(tmp_path, code) == f"{HOME} True x"


@BOXED
def test_a_file_that_the_launch_does_not_name_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    code = f"import os; print(os.path.exists({str(tmp_path / 'secret')!r}), os.path.exists('/etc/shadow'))"
    assert inside(tmp_path, code, cwd=tmp_path / "elsewhere") == "False False"


@BOXED
def test_a_folder_that_the_launch_names_can_be_read_and_not_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "file").write_text("here")
    code = (
        "import sys\nfrom pathlib import Path\nfolder = Path(sys.argv[1])\nprint((folder / 'file').read_text())\n"
        "try:\n    (folder / 'new').write_text('x')\nexcept OSError:\n    print('read-only')"
    )
    assert inside(tmp_path, code, "data").splitlines() == ["here", "read-only"]
    assert not (tmp_path / "data/new").exists()


@BOXED
def test_there_is_no_network(tmp_path: Path) -> None:
    code = "import socket; print([name for _, name in socket.if_nameindex()])"
    assert inside(tmp_path, code) == "['lo']"


@BOXED
def test_the_environment_is_small_and_has_no_secret_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_secret")
    monkeypatch.setenv("LD_PRELOAD", "")
    code = (
        "import os; print('GITHUB_TOKEN' in os.environ, 'LD_PRELOAD' in os.environ, os.environ['npm_config_offline'])"
    )
    assert inside(tmp_path, code) == "False False true"


@BOXED
def test_a_script_is_run_by_the_interpreter_that_its_first_line_names(tmp_path: Path) -> None:
    script = tmp_path / "server"
    script.write_text(f"#!{sys.executable}\nprint('started')\n")
    script.chmod(0o755)
    lure = plant(tmp_path / "home")
    launch = boxed((str(script),), (), lure, cwd=tmp_path, fetch=False)
    done = subprocess.run(launch.argv, env=dict(launch.env), cwd="/", capture_output=True, timeout=30, check=False)
    assert done.stdout == b"started\n", done.stderr


def test_with_the_network_launchers_may_download_into_the_planted_home(tmp_path: Path) -> None:
    lure = plant(tmp_path / "home")
    launch = boxed((sys.executable,), (), lure, cwd=tmp_path, fetch=True)
    assert "--share-net" in launch.argv
    assert "npm_config_offline" not in launch.env
    assert str(Path.home() / ".npm") not in launch.argv


def test_a_home_is_never_bound_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "server.py").write_text("")
    lure = plant(tmp_path / "planted")
    launch = boxed((sys.executable, "server.py", str(tmp_path), "--root=/"), (), lure, cwd=tmp_path, fetch=False)
    bound = [launch.argv[at + 1] for at, word in enumerate(launch.argv) if word.startswith("--ro-bind")]
    assert str(tmp_path / "server.py") in bound
    assert str(tmp_path) not in bound
    assert "/" not in bound
    assert launch.argv[launch.argv.index("--chdir") + 1] == str(tmp_path)


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LaunchError):
        boxed(("nosuch-program",), (), plant(tmp_path / "home"), cwd=tmp_path, fetch=False)


@pytest.mark.parametrize("fetch", [False, True])
def test_without_a_sandbox_the_home_is_planted_all_the_same(tmp_path: Path, fetch: bool) -> None:  # noqa: FBT001 - a table
    lure = plant(tmp_path / "home")
    launch = unboxed(("server", "x"), ["A=b"], lure, cwd=tmp_path, fetch=fetch)
    assert (launch.argv, launch.cwd, launch.env["HOME"], launch.env["A"]) == (
        ("server", "x"),
        str(tmp_path),
        str(lure.home),
        "b",
    )
    assert ("npm_config_offline" in launch.env) is not fetch


@pytest.mark.parametrize("make", [boxed, unboxed])
def test_a_launcher_that_would_download_is_not_started(tmp_path: Path, make: Callable[..., object]) -> None:
    with pytest.raises(NotCachedError):
        make(("npx", "-y", "@example/nowhere"), (), plant(tmp_path / "home"), cwd=tmp_path, fetch=False)


def test_without_bubblewrap_nothing_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not works()
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert not works()

    def raises(*_: object, **__: object) -> None:
        raise OSError(os.strerror(12))

    monkeypatch.setattr(sandbox.subprocess, "run", raises)
    assert not works()
