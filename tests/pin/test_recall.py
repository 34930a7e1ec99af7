"""What a server showed last: only as far as it is still approved, and only what these rules judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pinkit import SERVER, objection, observation, tides
from sekisho.model.place import Kind
from sekisho.pin.ledger import observe
from sekisho.pin.recall import instructions, last_listed, last_offered, offers_after
from sekisho.pin.records import Ledger, Offer
from sekisho.wire.versions import Generation
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.pin.ledger import Observation
    from sekisho.wire.strict import Json, JsonObject

MOON: Final[JsonObject] = {"name": "moon", "description": "Moon."}
BOTH: Final[JsonObject] = {"tools": [tides(), MOON], "instructions": "Ask."}


def seen(ledger: Ledger | None, *observations: Observation) -> Ledger:
    at = ledger or Ledger(server=SERVER)
    for each in observations:
        at = observe(at, each).ledger
    return at


def tools(ledger: Ledger, capabilities: str = "roots", version: str = "") -> list[Json] | None:
    return last_listed(ledger, capabilities, Kind.TOOL, version)


def test_what_was_shown_is_recalled_in_the_servers_order_for_the_hosts_that_were_shown_it() -> None:
    ledger = seen(None, observation(BOTH))
    assert tools(ledger) == [tides(), MOON]
    assert instructions(ledger, "roots", "") == "Ask."
    assert tools(ledger, capabilities="") is None
    assert instructions(ledger, "", "") is None
    assert last_listed(ledger, "roots", Kind.PROMPT, "") == []
    assert instructions(seen(None, observation({})), "roots", "") is None


def test_what_another_version_judged_is_judged_anew_first() -> None:
    ledger = seen(None, observation(BOTH), replace(observation(BOTH), version="2"))
    assert tools(ledger) is None
    assert tools(ledger, version="2") == [tides(), MOON]


def test_what_is_held_or_gone_or_waits_is_not_recalled_and_what_changed_is_as_it_was_approved() -> None:
    new: JsonObject = {"name": "later", "description": "Came later."}
    later: JsonObject = {"tools": [{**MOON, "description": "The moon over the harbour."}, new]}
    changed = seen(None, observation(BOTH), observation(later, opening=False))
    assert tools(changed) == [MOON]
    held = seen(changed, observation({"tools": [tides(), MOON]}, objection("moon", excerpt="x"), opening=False))
    (known,) = [it for it in changed.lists if it.kind is Kind.TOOL]
    assert tools(replace(held, lists=(known,))) == [MOON]
    assert tools(replace(changed, pins={})) == []


def test_a_changed_hint_is_recalled_as_the_stricter_one() -> None:
    kind: JsonObject = {"annotations": {"readOnlyHint": False}}
    ledger = seen(None, observation({"tools": [{**MOON, "annotations": {"readOnlyHint": True}}]}))
    ledger = seen(ledger, observation({"tools": [{**MOON, **kind}]}, opening=False))
    (shown,) = tools(ledger) or []
    assert obj(shown)["annotations"] == {"readOnlyHint": False}


def test_another_order_writes_nothing() -> None:
    ledger = seen(None, observation(BOTH))
    assert seen(ledger, observation({**BOTH, "tools": [MOON, tides()]})) is ledger


def test_what_was_offered_last_stands_in_the_generation_in_which_it_was_asked_first() -> None:
    old = Offer(capabilities="roots", generation=Generation.LEGACY, offered={"tools": {}})
    new = Offer(capabilities="roots", generation=Generation.MODERN, offered={})
    ledger = seen(None, replace(observation({}), offer=old))
    assert last_offered(ledger, "roots", Generation.MODERN) == {"tools": {}}
    assert last_offered(ledger, "", Generation.LEGACY) is None
    ledger = seen(ledger, replace(observation({}), offer=new))
    assert last_offered(ledger, "roots", Generation.MODERN) == {}
    assert offers_after(ledger, None) == offers_after(ledger, old) == ledger.offers
    again = replace(new, offered={"prompts": {}})
    assert offers_after(ledger, again) == (old, again)


def test_hosts_that_declare_ever_other_things_fill_no_store() -> None:
    ledger = Ledger(server=SERVER)
    for number in range(40):
        each = observation(BOTH, capabilities=str(number), listed=frozenset({Kind.TOOL}), session=str(number))
        offer = Offer(capabilities=str(number), generation=Generation.MODERN, offered={})
        ledger = seen(ledger, replace(each, offer=offer))
    assert (len(ledger.lists), len(ledger.offers)) == (32, 32)
    assert tools(ledger, "39") == [tides(), MOON]
