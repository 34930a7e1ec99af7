"""Several files: who may set what, who wins, and what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.model.message_ids import MessageId as Id
from sekisho.policy.layers import Effective, Layer, Rank, merge
from sekisho.policy.problem import ConfigurationError, Place
from sekisho.policy.reading import read
from sekisho.policy.settings import SETTINGS
from sekisho.policy.toml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

GIT = "[servers.git]\ncommand = ['git']\n"
MINE = "[servers.git]\ncommand = ['mine']\nenv = { A = 'b' }\n"


def layer(rank: Rank, text: str) -> Layer:
    return Layer(rank=rank, document=parse(text, file=rank.value))


def merged(**texts: str) -> Effective:
    return merge([layer(Rank[name.upper()], text) for name, text in texts.items()])


def told(effective: Effective) -> list[tuple[Id, str, str]]:
    return [(note.message, note.file, note.key) for note in effective.notes]


def refused(**texts: str) -> Iterator[tuple[Id, str, str, Place | None]]:
    with pytest.raises(ConfigurationError) as caught:
        merged(**texts)
    for problem in caught.value.problems:
        yield problem.message, problem.file, problem.key, problem.place


def test_without_a_file_nothing_is_set() -> None:
    assert merge([]) == Effective(values={}, origins={})


def test_servers_of_all_files_come_together_strongest_first() -> None:
    effective = merged(
        trusted="servers.c.url = 'http://c'", user="servers.b.command = ['b']", policy="servers.a.command = ['a']"
    )
    assert [server.alias for server in read(effective).servers] == ["a", "b", "c"]
    origin = effective.origins[("servers", "b", "command")]
    assert (origin.rank, origin.file, origin.place) == (Rank.USER, "user", Place(1, 11))


@pytest.mark.parametrize(("strong", "weak"), [("policy", "user"), ("policy", "trusted"), ("user", "trusted")])
def test_a_server_belongs_whole_to_the_strongest_file_that_has_it(strong: str, weak: str) -> None:
    effective = merged(**{weak: MINE, strong: GIT})
    (server,) = read(effective).servers
    assert (server.command, server.env) == (("git",), {})
    assert told(effective) == [(Id.CONFIG_OVERRULED, Rank[weak.upper()].value, "servers.git")]
    assert effective.notes[0].values == {"other": Rank[strong.upper()].value}


def test_an_untrusted_project_adds_no_server_and_changes_none() -> None:
    effective = merged(user=GIT, project=f"{MINE}[servers.evil]\ncommand = ['sh']\npass_env = ['TOKEN']\n")
    (server,) = read(effective).servers
    assert (server.command, server.env) == (("git",), {})
    assert told(effective) == [
        (Id.CONFIG_LEFT_OUT, "project", "servers.git"),
        (Id.CONFIG_LEFT_OUT, "project", "servers.evil"),
    ]


def test_the_strictest_limit_holds_whoever_set_it() -> None:
    effective = merged(
        policy="limits.message_depth = 100",
        user="limits.message_depth = 50\nlimits.message_members = 2000000",
        project="limits.message_depth = 20\nlimits.message_members = 3000000",
    )
    limits = read(effective).limits
    assert (limits.depth, limits.members) == (20, 2_000_000)
    assert effective.origins[("limits", "message_depth")].rank is Rank.PROJECT
    assert told(effective) == [(Id.CONFIG_LOOSER, "project", "limits.message_members")]
    assert effective.notes[0].values == {"holds": 2_000_000}


def test_the_user_cannot_loosen_the_policy_and_is_told() -> None:
    effective = merged(policy="limits.message_depth = 20", user="limits.message_depth = 50")
    assert read(effective).limits.depth == 20
    assert told(effective) == [(Id.CONFIG_LOOSER, "user", "limits.message_depth")]


def test_an_untrusted_project_cannot_loosen_what_holds_without_a_file() -> None:
    effective = merged(project="limits.message_depth = 200")
    assert read(effective).limits.depth == 128
    assert told(effective) == [(Id.CONFIG_LOOSER, "project", "limits.message_depth")]
    assert read(merged(trusted="limits.message_depth = 200")).limits.depth == 200


def test_trust_only_grows_stricter_whoever_wrote_it() -> None:
    effective = merged(policy="trust = 'review'", user="trust = 'first-use'")
    assert read(effective).trust == "review"
    assert told(effective) == [(Id.CONFIG_LOOSER, "user", "trust")]
    assert read(merged(project="trust = 'review'")).trust == "review"
    assert read(merged(project="trust = 'first-use'")).trust == "first-use"
    assert read(merged(policy="trust = 'first-use'", user="trust = 'review'")).trust == "review"


def test_code_that_is_noted_is_held_by_any_file_that_says_so_and_by_no_file_that_nobody_trusted() -> None:
    note, here = "code = 'note'\n", f"{GIT}code = 'note'\n"
    for policy, user, project, noted in (
        ("", note + GIT, "", True),
        ("", here, "", True),
        ("", GIT, "", False),
        ("code = 'hold'", here, "", False),
        ("servers.git.code = 'hold'", note + GIT, "", False),
        ("", here, "code = 'hold'", False),
        ("", here, "servers.git.code = 'hold'", False),
        ("", GIT, note, False),
        ("", GIT, "servers.git.code = 'note'", False),
    ):
        found = read(merged(policy=policy, user=user, project=project))
        assert found.terms(found.servers[0]).notes_code is noted
    assert read(merged(user=note)).terms().notes_code


def test_tools_only_grow_fewer_also_by_a_file_that_does_not_have_the_server() -> None:
    effective = merged(
        policy="servers.git.tools.allow = ['a', 'b', 'c']",
        user=f"{GIT}[servers.git.tools]\nallow = ['c', 'a', 'x']\n",
        project="servers.git.tools.allow = ['a', 'c']\nservers.git.trust = 'review'",
    )
    (server,) = read(effective).servers
    assert (server.command, server.tools, server.trust) == (("git",), {"a", "c"}, "review")
    assert told(effective) == [(Id.CONFIG_LOOSER, "user", "servers.git.tools.allow")]
    origin = effective.origins[("servers", "git", "tools", "allow")]
    assert origin.rank is Rank.USER


def test_a_project_may_tighten_a_server_that_is_not_there() -> None:
    effective = merged(user=GIT, project="servers.other.tools.allow = []")
    assert [server.alias for server in read(effective).servers] == ["git"]


def test_no_tool_at_all_may_be_allowed() -> None:
    (server,) = read(merged(user=f"{GIT}[servers.git.tools]\nallow = []\n")).servers
    assert server.tools == frozenset()


def test_everything_that_is_wrong_with_any_file_is_told_at_once() -> None:
    assert list(refused(policy="x = 1", user="\n[servers.a]\nenv = 1\n", project="y = 1")) == [
        (Id.CONFIG_UNKNOWN, "policy", "x", Place(1, 1)),
        (Id.CONFIG_NEITHER, "user", "servers.a", Place(2, 10)),
        (Id.CONFIG_PAIRS, "user", "servers.a.env", Place(3, 1)),
        (Id.CONFIG_UNKNOWN, "project", "y", Place(1, 1)),
    ]


def test_a_server_without_anything_to_reach_is_told_beside_the_rest() -> None:
    assert list(refused(user="[servers.a]\n[servers.b]\nkommand = 1\n[servers]\nc = 1\n")) == [
        (Id.CONFIG_NEITHER, "user", "servers.a", Place(1, 10)),
        (Id.CONFIG_NEITHER, "user", "servers.b", Place(2, 10)),
        (Id.CONFIG_UNKNOWN_NEAR, "user", "servers.b.kommand", Place(3, 1)),
        (Id.CONFIG_TABLE, "user", "servers.c", Place(5, 1)),
    ]


def test_an_untrusted_project_makes_no_server_reachable() -> None:
    found = list(refused(user="[servers.a]\n", project="servers.a.command = ['x']"))
    assert found == [(Id.CONFIG_NEITHER, "user", "servers.a", Place(1, 10))]


ENTRIES = ("", "servers.a.command = ['x']\n", "servers.a.url = 'http://x'\n", "servers.b.command = ['y']\n")
SERVERS = st.sampled_from(ENTRIES)
LIMITS = st.builds("limits.message_depth = {}\n".format, st.integers(16, 200)) | st.just("")
TEXTS = st.builds("{}{}".format, SERVERS, LIMITS)


@given(TEXTS, TEXTS, TEXTS)
def test_an_untrusted_project_only_ever_tightens(policy: str, user: str, project: str) -> None:
    before, after = read(merged(policy=policy, user=user)), read(merged(policy=policy, user=user, project=project))
    assert after.servers == before.servers
    assert after.limits.depth <= before.limits.depth


@given(st.permutations(list(Rank)), st.fixed_dictionaries(dict.fromkeys(Rank, TEXTS)))
def test_the_order_of_the_files_does_not_matter(order: list[Rank], texts: dict[Rank, str]) -> None:
    assert merge([layer(rank, texts[rank]) for rank in order]) == merge([layer(rank, texts[rank]) for rank in Rank])


@given(TEXTS, TEXTS)
def test_the_policy_is_never_weakened(policy: str, user: str) -> None:
    alone, together = read(merged(policy=policy)), read(merged(policy=policy, user=user))
    assert set(map(repr, alone.servers)) <= set(map(repr, together.servers))
    if "limits" in policy:
        assert together.limits.depth <= alone.limits.depth


def test_every_key_says_what_an_untrusted_file_may_do_with_it() -> None:
    assert {key.name: key.tightens.name for key in SETTINGS.keys} == {
        "version": "NEVER",
        "servers": "NEVER",
        "trust": "LATER",
        "mark": "LATER",
        "code": "LATER",
        "questions": "NEVER",
        "limits": "NEVER",
    }
