from __future__ import annotations

from sekisho.engine.inspect import RULE_FAILED
from sekisho.rules.pages import rule_pages
from sekisho.scan import taxa


def test_every_owasp_id_that_a_rule_cites_has_its_name() -> None:
    owasp, cwe, atlas = taxa.taxonomies(rule_pages())
    assert isinstance(owasp, dict)
    assert isinstance(owasp["taxa"], list)
    assert all(isinstance(taxon, dict) and taxon.get("name") for taxon in owasp["taxa"])
    assert isinstance(cwe, dict)
    assert isinstance(atlas, dict)
    assert cwe["taxa"]
    assert atlas["taxa"]


def test_a_rule_that_failed_cites_nothing() -> None:
    assert all(isinstance(one, dict) and one["taxa"] == [] for one in taxa.taxonomies([RULE_FAILED]))
