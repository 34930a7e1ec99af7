from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from pinkit import JSON, definition, tides
from sekisho.model.place import Kind
from sekisho.pin.canonical import canonical
from sekisho.pin.fingerprint import FORMAT, fingerprint, surface_fingerprint

if TYPE_CHECKING:
    import random

    from sekisho.wire.strict import Json


def shuffled(value: Json, chance: random.Random) -> Json:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


@settings(deadline=None)
@given(JSON, st.randoms(use_true_random=False))
def test_a_fingerprint_is_stable_under_the_order_of_keys(body: Json, chance: random.Random) -> None:
    assert fingerprint(Kind.TOOL, shuffled(body, chance)) == fingerprint(Kind.TOOL, body)


@settings(deadline=None)
@given(JSON, JSON)
def test_a_fingerprint_changes_with_any_visible_change(one: Json, other: Json) -> None:
    assert (fingerprint(Kind.TOOL, one) == fingerprint(Kind.TOOL, other)) == (canonical(one) == canonical(other))


def test_a_fingerprint_says_its_format_and_tells_kinds_apart() -> None:
    name = fingerprint(Kind.TOOL, tides())
    assert name.startswith(f"{FORMAT}:")
    assert name != fingerprint(Kind.PROMPT, tides())


def test_a_surface_is_named_by_what_is_in_it_and_by_who_is_shown_it() -> None:
    one, other = definition(tides()), definition({"name": "moon"}, name="moon")
    name = surface_fingerprint([one, other], "roots")
    assert name == surface_fingerprint([other, one], "roots")
    assert name != surface_fingerprint([one, other], "")
    assert name != surface_fingerprint([one], "roots")
