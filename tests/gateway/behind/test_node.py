"""Node.js: its script with the project around, the packages above it, what npx fetched."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from behindkit import facts, module, put, versions
from sekisho.gateway.behind import tree
from sekisho.gateway.behind.node import fetched, load
from tablekit import rows

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from sekisho.gateway.behind.facts import Facts


def loaded(cwd: Path, *args: str) -> Facts:
    found = facts(cwd)
    load(found, args, str(cwd))
    return found


def test_a_script_is_pinned_with_its_project_and_every_package_of_it(tmp_path: Path) -> None:
    put(tmp_path / "package.json", '{"name": "tides", "version": "2.0.0"}')
    script = put(tmp_path / "dist/index.js")
    module(tmp_path, "zod")
    module(tmp_path, "@scope/sdk", "3.0.0")
    module(tmp_path / "node_modules/zod", "inner", "0.1.0")
    (tmp_path / "node_modules/.bin").mkdir()
    (tmp_path / "node_modules/.bin/zod").symlink_to("../zod/index.js")
    for args in (["--import", "zod", "dist/index.js"], ["--env-file", "x", "dist"], ["run", f"{tmp_path}/dist/index"]):
        found = loaded(tmp_path, *args)
        assert versions(found.packages) == {
            "project tides": "2.0.0",
            "npm @scope/sdk": "3.0.0",
            "npm zod": "1.0.0",
            "npm zod > inner": "0.1.0",
        }
        assert (found.sources, found.unread, found.version) == ({}, set(), "2.0.0")
    before = loaded(tmp_path, str(script)).packages
    put(tmp_path / "node_modules/.cache/tool/x.js")
    assert loaded(tmp_path, str(script)).packages == before
    (tmp_path / "node_modules/.bin/zod").unlink()
    (tmp_path / "node_modules/.bin/zod").symlink_to("../@scope/sdk/index.js")
    after = loaded(tmp_path, str(script)).packages
    assert sorted(name for name in before if before[name] != after[name]) == ["npm @scope/sdk", "npm zod"]


def test_a_package_that_is_a_link_is_another_one_when_it_leads_elsewhere(tmp_path: Path) -> None:
    put(tmp_path / "package.json", "{}")
    put(tmp_path / "index.js")
    for name in ("one", "two"):
        put(tmp_path / name / "package.json", '{"version": "1.0.0"}')
        put(tmp_path / name / "index.js")
    (tmp_path / "node_modules").mkdir()
    link = tmp_path / "node_modules/zod"
    link.symlink_to("../one")
    before = loaded(tmp_path, "index.js").packages["npm zod"]
    link.unlink()
    link.symlink_to("../two")
    assert loaded(tmp_path, "index.js").packages["npm zod"] != before


def test_in_a_collection_only_the_scripts_own_package_counts(tmp_path: Path) -> None:
    script = module(tmp_path / "lib", "server") / "index.js"
    module(tmp_path / "lib/node_modules/server", "zod")
    module(tmp_path / "lib", "stranger")
    found = loaded(tmp_path, str(script))
    assert versions(found.packages) == {"npm server": "1.0.0", "npm server > zod": "1.0.0"}


@rows(
    ("args", "sources"),
    [
        (["--require", "./hook", "index.js"], ["hook.js"]),
        (["--loader=./hook.js", "index.js"], ["hook.js"]),
        (["-r", "./none.js", "index.js"], []),
        (["-e", "1"], ["code on the launch line"]),
        (["--eval=1"], ["code on the launch line"]),
        (["--inspect"], []),
    ],
)
def _loads(tmp_path: Path, args: list[str], sources: list[str]) -> None:
    found = loaded(tmp_path, *args)
    assert [name.removeprefix(f"{tmp_path}/") for name in found.sources] == sources
    assert found.from_folder == ("code on the launch line" in sources)


def test_what_options_load_counts(tmp_path: Path) -> None:
    for name in ("hook.js", "index.js", "package.json"):
        put(tmp_path / name, "{}")
    _loads(tmp_path=tmp_path)
    assert loaded(tmp_path, "none.js").unread == {f"{tmp_path}/none.js"}


def test_what_npx_has_fetched_is_found_by_what_was_asked_for(tmp_path: Path) -> None:
    asked = hashlib.sha512(b"@s/files@1").hexdigest()[:16]
    module(tmp_path / f"home/.npm/_npx/{asked}", "@s/files")
    module(tmp_path / f"cache/_npx/{asked}", "@s/files", "2.0.0")
    found = facts(tmp_path)
    assert fetched(found, ["@s/files@1"], ["@s/files"], str(tmp_path))
    assert versions(found.packages) == {"npm @s/files": "1.0.0"}
    other = facts(tmp_path, npm_config_cache=f"{tmp_path}/cache")
    assert fetched(other, ["@s/files@1"], ["@s/files"], str(tmp_path))
    assert versions(other.packages) == {"npm @s/files": "2.0.0"}
    assert not fetched(facts(tmp_path), ["@s/files@2"], ["@s/files"], str(tmp_path))
    assert not fetched(facts(tmp_path), [], [], str(tmp_path))


def test_npx_runs_what_the_folder_has_and_what_its_settings_say(tmp_path: Path) -> None:
    module(tmp_path, "files", "9.0.0")
    put(tmp_path / ".npmrc", "node-options = --require ./x.js\n//registry/:_authToken=secret\nscript-shell\n")
    found = facts(tmp_path)
    assert fetched(found, ["files@1"], ["files"], str(tmp_path))
    assert versions(found.packages) == {"npm files": "9.0.0"}
    assert list(found.variables) == ["npmrc node-options"]


def test_too_many_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module(tmp_path, "zod")
    monkeypatch.setattr(tree, "MOST", 0)
    put(tmp_path / "package.json", "{}")
    put(tmp_path / "index.js")
    assert loaded(tmp_path, "index.js").unread == {str(tmp_path), f"{tmp_path}/node_modules"}
