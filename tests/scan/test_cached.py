from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from sekisho.scan.cached import NotCachedError, cached

if TYPE_CHECKING:
    from pathlib import Path


def npm(home: Path, name: str, *, version: str = "1.2.3", binary: object = "run.js", at: str = "a1") -> Path:
    folder = home / ".npm/_npx" / at / "node_modules" / name
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"version": version, "bin": binary}))
    return folder


def pypi(home: Path, name: str, *, version: str = "1.2.3", program: str = "", at: str = "b1") -> Path:
    folder = home / ".cache/uv/archive-v0" / at
    (folder / "bin").mkdir(parents=True)
    (folder / f"lib/python3.11/site-packages/{name.replace('-', '_')}-{version}.dist-info").mkdir(parents=True)
    (folder / "bin" / (program or name)).write_text("")
    return folder


@pytest.mark.parametrize("words", [["python3", "x.py"], ["/srv/bin/sky"], ["docker", "run", "x"]])
def test_what_needs_no_launcher_stays_as_it_is(tmp_path: Path, words: list[str]) -> None:
    assert cached(words, tmp_path).command == tuple(words)


@pytest.mark.parametrize(
    ("name", "binary"),
    [("@example/sky", "run.js"), ("sky", {"sky": "run.js", "other": "x.js"}), ("@example/sky", {"odd-name": "run.js"})],
)
def test_a_package_of_npx_is_started_by_node_itself(tmp_path: Path, name: str, binary: object) -> None:
    folder = npm(tmp_path, name, binary=binary)
    found = cached(["/usr/bin/npx", "-y", name, ".", "--flag"], tmp_path)
    assert found.command == ("node", str(folder / "run.js"), ".", "--flag")
    assert found.root == tmp_path / ".npm/_npx/a1"


@pytest.mark.parametrize(
    "words",
    [["npx", "-y", "-p", "@example/sky@1.2.3", "sky", "x"], ["npx", "--package=@example/sky", "sky", "x"]],
)
def test_a_package_can_be_named_apart_from_its_command(tmp_path: Path, words: list[str]) -> None:
    folder = npm(tmp_path, "@example/sky", binary={"sky": "a.js", "b": "b.js"})
    assert cached(words, tmp_path).command == ("node", str(folder / "a.js"), "x")


@pytest.mark.parametrize(
    "words",
    [
        ["uvx", "sky-server", "x"],
        ["uvx", "--from", "sky-server==1.2.3", "sky-server", "x"],
        ["uvx", "sky-server@1.2.3", "x"],
    ],
)
def test_a_package_of_uvx_is_started_by_itself(tmp_path: Path, words: list[str]) -> None:
    folder = pypi(tmp_path, "sky-server")
    assert cached(words, tmp_path).command == (str(folder / "bin/sky-server"), "x")


@pytest.mark.parametrize(
    "words",
    [
        ["npx"],
        ["npx", "-y", "nowhere"],
        ["npx", "-y", "sky@9.9.9"],
        ["npx", "-c", "sky"],
        ["npx", "*"],
        ["npx", "../sky"],
        ["npx", "-y", "https://example.com/x.tgz"],
        ["uvx"],
        ["uvx", "nowhere"],
        ["uvx", "sky-server@9.9.9"],
        ["uvx", "--with", "more", "sky-server"],
        ["uvx", "--from", "git+https://example.com/x", "sky-server"],
    ],
)
def test_what_would_be_downloaded_is_refused(tmp_path: Path, words: list[str]) -> None:
    npm(tmp_path, "sky")
    pypi(tmp_path, "sky-server")
    with pytest.raises(NotCachedError):
        cached(words, tmp_path)


def test_of_several_the_newest_is_taken_and_a_broken_one_passed_over(tmp_path: Path) -> None:
    for number, at in enumerate(("old", "new", "broken")):
        manifest = npm(tmp_path, "sky", binary=3 if at == "broken" else "run.js", at=at) / "package.json"
        os.utime(manifest, (1_000 + number, 1_000 + number))
    (npm(tmp_path, "sky", at="garbled") / "package.json").write_text("{")
    assert "/new/" in cached(["npx", "sky@latest"], tmp_path).command[1]
