"""Names of several servers: never alike, never longer than hosts take, the same whoever else is there."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.hub.names import ALIAS, LONGEST, parsed, shown

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


@given(aliases, names, aliases, names)
def test_two_names_are_never_shown_alike(one: str, first: str, other: str, second: str) -> None:
    assert (shown(one, first) == shown(other, second)) == ((one, first) == (other, second))


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


@pytest.mark.parametrize("name", ["", "plain", "git__", "__x", "Git__x", "sekisho__status", "sekisho_status"])
def test_what_is_no_shown_name_leads_nowhere(name: str) -> None:
    assert parsed(name) is None


def test_the_names_of_the_corpus_stay_apart_and_lead_back() -> None:
    folder = os.environ.get("SEKISHO_BENCH_DATA")
    path = Path(folder or "") / "corpus" / "definitions.benign.jsonl.gz"
    if folder is None or not path.is_file():
        pytest.skip("SEKISHO_BENCH_DATA names no folder with the corpus")
    real: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = cast("dict[str, str]", json.loads(line)).get("text", "")
            found = re.search(r'"name":\s*"((?:[^"\\]|\\.)*)"', text)
            if found is not None:
                real.add(cast("str", json.loads(f'"{found[1]}"')))
    assert len(real) > 1000
    told = {(alias, name): shown(alias, name) for name in real for alias in ("a", "a" * 24)}
    assert len(set(told.values())) == len(told)
    assert all(parsed(whole) in ((alias, None), (alias, name)) for (alias, name), whole in told.items())
