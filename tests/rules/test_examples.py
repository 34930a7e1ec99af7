"""Every rule's examples are tests: it reports the bad ones, is silent about the good ones and the known misses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest

from sekisho.engine.checking import check
from sekisho.engine.entries import survey_entries
from sekisho.engine.guarding import guard
from sekisho.engine.inspect import findings
from sekisho.engine.observing import survey_started
from sekisho.engine.results.asking import asked
from sekisho.engine.results.fitting import misfits
from sekisho.engine.results.hearing import listen
from sekisho.engine.results.references import References, TooManyError
from sekisho.engine.results.scanning import scanned
from sekisho.engine.results.unveil import unveil
from sekisho.engine.results.veil import veil
from sekisho.engine.sampling.answers import objection_to
from sekisho.engine.survey import survey
from sekisho.guards.contract import contract
from sekisho.guards.objection import Told
from sekisho.meaning.argument import Argument, Meaning
from sekisho.meaning.tool import Tool
from sekisho.model.finding import Persona
from sekisho.policy.facts import Site, facts_of_launch
from sekisho.policy.reach import ANYWHERE, Listed, reaching
from sekisho.rules.called import CallSubject
from sekisho.rules.carried import Carried, Noticed
from sekisho.rules.observed import Observed
from sekisho.rules.registry import (
    call_rules,
    config_rules,
    definition_rules,
    namespace_rules,
    result_rules,
    started_rules,
)
from sekisho.settings.entry import Scope, Settings, Source
from sekisho.settings.formats import Format
from sekisho.settings.reading import read
from sekisho.wire.pointer import resolve
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from sekisho.model.rule import Example, Rule

CONFIG = {rule.id for rule in config_rules()}
CALL = {rule.id for rule in call_rules()}
RESULT = {rule.id for rule in result_rules()}
STARTED = {rule.id for rule in started_rules()}
RULES = {
    rule.id: rule
    for rule in (
        *definition_rules(),
        *namespace_rules(),
        *config_rules(),
        *call_rules(),
        *result_rules(),
        *started_rules(),
    )
}
EACH = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def reported(rule: Rule[object], example: Example) -> set[str]:
    if rule.id in CALL:
        return _in_call(example)
    if rule.id in RESULT:
        return _in_message(example)
    if rule.id in STARTED:
        return _in_started(example)
    return _in_settings(example) if rule.id in CONFIG else _in_dumps(example)


def _in_message(example: Example) -> set[str]:
    references = References(b"salt")
    for method in ("elicitation/create", "sampling/createMessage"):
        if method in example:
            wanted = tuple(asked(method, dict(example[method])))
            return {each.rule for each in findings(Carried(server="s", method=method, noticed=wanted), result_rules())}
    if "answer" in example:
        found = objection_to("s", {"": dict(example["answer"])})
        return set() if found is None else {found.rule}
    content = example.get("result", example.get("arguments", {}))
    noticed: tuple[Noticed, ...] = ()
    if "result" in example:
        try:
            veiled = veil(dict(content), references, "weather")
        except TooManyError:
            noticed = (Noticed("result-too-many", ""),)
        else:
            noticed = veiled.noticed if veiled is not None else ()
    else:
        first = veil({"password": "q7Rw2mZx"}, references, str(example["seen"]["server"]) or "nobody")
        assert first is not None
        own = str(obj(first.content)["password"])
        said = {"text": str(content["text"]).replace("\u27e6secret:1\u27e7", own)}
        unveiled = unveil(dict(said), references, "weather")
        noticed = unveiled.noticed if unveiled is not None else ()
    if "tool" in example:
        misfit = misfits(contract(example["tool"]["outputSchema"]), dict(content))
        assert isinstance(misfit, list)
        noticed += tuple(misfit)
    if "worker" in example:
        return {each.rule for each in scanned(None, "tools/call", dict(content), references, "weather").findings}
    heard, reading = listen(dict(content), "weather")
    subject = Carried(server="weather", method="tools/call", noticed=(*noticed, *heard), reading=reading)
    found = list(findings(subject, result_rules()))
    for finding in found:
        resolve(dict(content), finding.pointer)
    return {finding.rule for finding in found}


def _in_started(example: Example) -> set[str]:
    every = [
        Observed(server=server, **{key: tuple(str(file) for file in items(seen[key])) for key in ("read", "told")})
        for server, seen in example.items()
    ]
    return {finding.rule for finding in survey_started(every, persona=Persona.AUDITOR)}


def _in_settings(example: Example) -> set[str]:
    found: set[str] = set()
    for file, content in example.items():
        settings = read(orjson.dumps(content), Source(host="", scope=Scope.NAMED, file=file), Format.JSON)
        assert isinstance(settings, Settings)
        for located in survey_entries(settings.judged, persona=Persona.AUDITOR):
            resolve(dict(content), located.finding.pointer)
            found.add(located.finding.rule)
    return found


def _in_call(example: Example) -> set[str]:
    server = example["server"]
    made = Tool(example.get("tool", {}))
    roots = tuple(each for each in items(server["roots"]) if isinstance(each, str))
    site = Site(folders=roots, cwd=str(server["cwd"]), home=str(server["home"]))
    facts = facts_of_launch(site, words=(), hosts=frozenset())
    for kind, names in example.get("listed", {}).items():
        if names:
            listed = Listed(values=tuple(map(str, items(names))), widens=True)
            facts = reaching(facts, replace(ANYWHERE, **{kind: (listed,)}))
    uri = example.get("uri", {})
    arguments = made.read(example.get("arguments", {}))
    if uri:
        meaning = frozenset({Meaning.RESOURCE})
        arguments = (Argument(pointer="/uri", value=str(uri["uri"]), meanings=meaning),)
    needs = guard(arguments, made, facts).needs
    hosts, links = example.get("addresses", {}), example.get("links", {})
    told = Told(
        real_paths={need.subject: text(links.get(need.subject, need.subject)) for need in needs},
        addresses={host: [str(each) for each in items(found)] or None for host, found in hosts.items()},
    )
    guarded = guard(arguments, made, facts, told)
    assert not guarded.needs
    unfit = check(contract(example.get("tool", {}).get("inputSchema", {})), dict(example.get("arguments", {})))
    objected = (*guarded.found, *unfit.found)
    subject = CallSubject(server="s", name="t", effects=made.effects, found=objected)
    found = list(findings(subject, call_rules()))
    for finding in found:
        resolve(dict(uri or example["arguments"]), finding.pointer)
    assert {each.objection.rule for each in objected} == {finding.rule for finding in found}
    return {finding.rule for finding in found}


def _in_dumps(example: Example) -> set[str]:
    found = survey(example, persona=Persona.AUDITOR)
    for finding in found:
        resolve(dict(example[finding.place.server]), finding.pointer)
    return {finding.rule for finding in found}


@EACH
def test_a_rule_reports_its_bad_examples_at_a_place_that_exists(rule: Rule[object]) -> None:
    assert rule.bad
    assert all(rule.id in reported(rule, example) for example in rule.bad)


@EACH
def test_a_rule_is_silent_about_its_good_examples(rule: Rule[object]) -> None:
    assert rule.good
    assert [rule.id in reported(rule, example) for example in rule.good] == [False] * len(rule.good)


@EACH
def test_what_a_rule_misses_is_written_down(rule: Rule[object]) -> None:
    assert [rule.id in reported(rule, example) for example in rule.miss] == [False] * len(rule.miss)


@EACH
def test_a_rule_cites_its_references(rule: Rule[object]) -> None:
    assert all(id_.startswith("MCP") and id_.endswith(":2025") for id_ in rule.references.owasp)
    assert rule.references.owasp
    assert rule.references.cwe
