from __future__ import annotations

from sekisho.policy.document import EXTENSIONS_NOT_OFFERED, Policy


def test_by_default_what_would_pass_content_around_us_is_not_offered() -> None:
    policy = Policy()
    assert policy.withheld_capabilities == {"tasks"}
    assert policy.withheld_extensions == EXTENSIONS_NOT_OFFERED
    assert {"io.modelcontextprotocol/ui", "io.modelcontextprotocol/tasks"} == EXTENSIONS_NOT_OFFERED
