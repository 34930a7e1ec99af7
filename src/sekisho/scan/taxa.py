"""The taxonomies that rules cite, as SARIF wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.rules.pages import rule_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.model.rule import References
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["relationships", "supported", "taxonomies"]

_OWASP: Final = "OWASP MCP Top 10"
_CWE: Final = "CWE"
_ATLAS: Final = "MITRE ATLAS"

# The ids are the keys; the names have changed between drafts.
_OWASP_NAMES: Final = {
    "MCP01:2025": "Token Mismanagement and Secret Exposure",
    "MCP02:2025": "Privilege Escalation via Scope Creep",
    "MCP03:2025": "Tool Poisoning",
    "MCP04:2025": "Software Supply Chain Attacks and Dependency Tampering",
    "MCP05:2025": "Command Injection and Execution",
    "MCP06:2025": "Intent Flow Subversion",
    "MCP07:2025": "Insufficient Authentication and Authorization",
    "MCP08:2025": "Lack of Audit and Telemetry",
    "MCP09:2025": "Shadow MCP Servers",
    "MCP10:2025": "Context Injection and Over-Sharing",
}


def relationships(cited: References) -> list[Json]:
    """Return what a rule says about taxonomies."""
    return [
        {"target": {"id": id_, "toolComponent": {"name": name}}, "kinds": ["relevant"]} for name, id_ in _each(cited)
    ]


def supported() -> list[Json]:
    """Return references to all taxonomies."""
    return [{"name": name} for name in (_OWASP, _CWE, _ATLAS)]


def taxonomies(rules: Iterable[str]) -> list[Json]:
    """Return the taxonomies with the ids that some rules cite."""
    pages = rule_pages()
    cited = {pair for rule in rules if rule in pages for pair in _each(pages[rule].rule.references)}
    return [
        {
            "name": name,
            "organization": organization,
            "shortDescription": {"text": said},
            "taxa": [_taxon(id_) for taxonomy, id_ in sorted(cited) if taxonomy == name],
        }
        for name, organization, said in (
            (_OWASP, "OWASP", "The ten gravest risks of MCP, edition 2025"),
            (_CWE, "MITRE", "Common Weakness Enumeration"),
            (_ATLAS, "MITRE", "Techniques against systems that use models"),
        )
    ]


def _each(cited: References) -> Iterator[tuple[str, str]]:
    yield from ((_OWASP, id_) for id_ in cited.owasp)
    yield from ((_CWE, f"CWE-{number}") for number in cited.cwe)
    yield from ((_ATLAS, id_) for id_ in cited.atlas)


def _taxon(id_: str) -> JsonObject:
    return {"id": id_, "name": _OWASP_NAMES[id_]} if id_ in _OWASP_NAMES else {"id": id_}
