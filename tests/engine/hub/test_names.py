"""Names of several servers: never alike, never longer than hosts take, the same whoever else is there."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.engine.hub.lists import Fetch
from sekisho.engine.hub.names import ALIAS, LONGEST, parsed, shown
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

FORM = re.compile(r"[A-Za-z0-9._-]{1,46}")
aliases = st.one_of(st.sampled_from(["a", "git", "a-", "a" * 24]), st.from_regex(ALIAS, fullmatch=True)).filter(
    lambda alias: alias != "sekisho"
)
adversarial = st.sampled_from(
    [
        "",
        "git__status",
        "sekisho_status",
        "sekisho__x",
        "\uff53tatus",
        "status",
        "x" * 200,
        "x" * 199 + "y",
        "\0",
        "🙂",
        "_",
        "__",
    ]
)
mapped = st.tuples(aliases, st.text(max_size=60)).map(lambda pair: shown(*pair).partition("__")[2])
names = st.one_of(adversarial, mapped, st.text(max_size=210), st.from_regex(r"[a-z_.-]{1,60}", fullmatch=True))


@settings(deadline=None)
@given(aliases, names, aliases, names)
def test_two_names_are_never_shown_alike(one: str, first: str, other: str, second: str) -> None:
    assert (shown(one, first) == shown(other, second)) == ((one, first) == (other, second))


@settings(deadline=None)
@given(aliases, names)
def test_a_name_that_was_shown_is_another_one_as_a_servers_own(alias: str, name: str) -> None:
    whole = shown(alias, name)
    for spoofed in (whole, whole.partition("__")[2]):
        assert spoofed == name or shown(alias, spoofed) != whole


@settings(deadline=None)
@given(aliases, names)
def test_a_shown_name_is_short_plain_and_leads_back(alias: str, name: str) -> None:
    whole = shown(alias, name)
    assert FORM.fullmatch(whole)
    assert len(whole) <= LONGEST
    found = parsed(whole)
    assert found is not None
    assert found[0] == alias
    assert found[1] in (None, name)


def test_a_plain_name_is_kept_and_what_looks_mapped_is_mapped_again() -> None:
    assert shown("git", "git_status") == "git__git_status"
    digested = shown("git", "x" * 50)
    again = shown("git", digested.partition("__")[2])
    assert parsed(digested) == ("git", None)
    assert parsed(again) == ("git", None)
    assert again != digested


@rows("name", ["", "plain", "git__", "__x", "Git__x", "sekisho__status", "sekisho_status"])
def test_what_is_no_shown_name_leads_nowhere(name: str) -> None:
    assert parsed(name) is None


def test_no_name_passes_for_one_of_ours() -> None:
    for alias in ("a", "sekisho-", "sekisho-x", "s"):
        for name in ("sekisho_status", "sekisho__status", "_status", "__status"):
            assert not shown(alias, name).startswith(("sekisho_", "mcp__sekisho__sekisho_"))


# -- real definitions ------------------------------------------------------------------------------

CORPUS = ("definitions.benign.jsonl.gz", "definitions.attack.jsonl.gz")
OTHERS = ("a", "a-", "a" * 24)


@pytest.fixture(scope="module")
def definitions() -> list[JsonObject]:
    """Return all real definitions, or skip visibly."""
    folder = Path(os.environ.get("SEKISHO_BENCH_DATA", "")) / "corpus"
    if not (folder / CORPUS[0]).is_file():
        pytest.skip("SEKISHO_BENCH_DATA names no folder with the corpus")
    found: list[JsonObject] = []
    for name in CORPUS:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            found += [cast("JsonObject", json.loads(cast("str", json.loads(line)["text"]))) for line in lines]
    assert len(found) > 13_000
    return found


def hostile(name: str) -> list[str]:
    """Return names that somebody may give a tool so that it passes for `name`."""
    digested = [shown(alias, name.ljust(60, "x")).partition("__")[2] for alias in OTHERS]
    return [
        *digested,
        *(f"{alias}__{name}" for alias in OTHERS),
        f"sekisho_{name}",
        f"sekisho__{name}",
        name.ljust(200, "_"),
        name[:-1].ljust(200, "_"),
        name.replace("e", "\u0435").replace("_", "\uff3f"),
        name.translate({ord("o"): "\u043e", ord("a"): "\u0430"}),
        f"{name}.",
        f"{name}\u200b",
        f" {name}",
        f"{name}-{'a' * 16}",
    ]


def test_real_names_and_those_that_pass_for_them_stay_apart_and_lead_back(definitions: list[JsonObject]) -> None:
    real = {str(definition["name"]) for definition in definitions}
    all_names = real.union(*map(hostile, real))
    assert len(all_names) > 100_000
    seen: dict[str, tuple[str, str]] = {}
    for alias in OTHERS:
        for name in all_names:
            whole = shown(alias, name)
            assert seen.setdefault(whole, (alias, name)) == (alias, name)
            assert FORM.fullmatch(whole)
            assert parsed(whole) in ((alias, None), (alias, name))


def listed(alias: str, definitions: list[JsonObject]) -> Fetch:
    reading = Fetch(1, 0.0, {})
    for start in range(0, len(definitions), 500):
        entries: list[Json] = list(definitions[start : start + 500])
        assert reading.take(alias, "tools/list", {"tools": entries, "nextCursor": str(start)}) is None
    return reading


def test_real_definitions_change_nothing_but_their_name_whoever_else_is_listed(definitions: list[JsonObject]) -> None:
    first, rest = definitions[:9_000], definitions[9_000:]
    alone, among = listed("a", rest), listed("a", rest[::-1])
    assert alone.names == among.names
    assert alone.entries == among.entries[::-1]
    for before, reading in ((first, listed("b", first)), (rest, alone)):
        undone = [{**entry, "name": reading.names[str(entry["name"])]} for entry in reading.entries]
        assert undone == before


def test_a_host_that_puts_its_own_prefix_before_a_real_name_cuts_none(definitions: list[JsonObject]) -> None:
    assert max(len(f"mcp__sekisho__{shown('a' * 24, str(each['name']))}") for each in definitions) <= 60
