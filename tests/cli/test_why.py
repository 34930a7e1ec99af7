from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clikit import NOON, entry, narrow, steady
from sekisho.cli.why import explanation
from sekisho.engine.events import Trouble
from sekisho.model.messages import TROUBLES, MessageId

if TYPE_CHECKING:
    from clikit import Desk

REFUSAL = entry("refusal", method="tools/call", rule="server-exited", pointer="", ticket="7F3K2A", verdict="deny")
ERROR = entry("error", rule="duplicate-key", code=-32700, verdict="deny")
POINTED = entry(
    "refusal", method="tools/call", rule="some-rule", pointer="/params/name", ticket="AAAA22", verdict="deny"
)

PROTOCOL_RULES = (
    "batch", "content-type", "broken-body", "duplicate-id", "duplicate-key", "foreign-host", "foreign-origin",
    "foreign-user", "header-mismatch", "header-steers", "initialized-twice", "integer-range", "invalid-id",
    "invalid-message", "malformed-json", "missing-envelope", "missing-token", "mixed-generations", "not-initialized",
    "older-generation", "request-state-altered-or-elsewhere", "request-state-expired", "request-state-malformed",
    "rule-failed", "slow-body", "too-deep", "too-large", "too-many-members", "undeclared-capability",
    "too-many-requests", "unknown-method", "unknown-result-type", "unknown-revision", "unsupported-version",
)  # fmt: skip


def test_when_nothing_was_refused_it_says_so(desk: Desk) -> None:
    desk.record(entry("request", method="ping", verdict="allow"))
    done = desk.call("why")
    assert (done.exit_code, done.output) == (1, "sekisho: Nothing has been refused.\n")


def test_the_last_refusal_is_told_with_what_it_means_and_what_to_do(desk: Desk) -> None:
    desk.record(ERROR, REFUSAL, entry("request", method="ping", verdict="allow"))
    done = desk.call("why")
    assert done.exit_code == 0
    assert steady(done.output) == (
        "2026-11-30 12:00:02  refused  weather.py · tools/call  ticket 7F3K2A\n"
        "rule   server-exited\n"
        "means  The server exited before it answered. It may or may not have acted.\n"
        "next   The next request starts it again. Look whether it acted before you\n"
        "       repeat.\n"
        "more   sekisho audit show aaaaaa:3\n"
    )


def test_a_ticket_is_told_whatever_came_later(desk: Desk) -> None:
    desk.record(POINTED, REFUSAL, begin=NOON)
    desk.record(ERROR, begin=NOON + 60_000)
    done = desk.call("why", "aaaa22")
    assert steady(done.output) == (
        "2026-11-30 12:00:01  refused  weather.py · tools/call  ticket AAAA22\n"
        "rule   some-rule\n"
        "where  /params/name\n"
        "means  This rule objected to the message.\n"
        "next   Right? Nothing to do. Wrong? Report it with the record below.\n"
        "more   sekisho audit show aaaaaa:2\n"
    )


def test_a_ticket_that_is_none_is_said(desk: Desk) -> None:
    desk.record(REFUSAL)
    done = desk.call("why", "NOSUCH")
    assert (done.exit_code, done.output) == (
        1,
        "sekisho: There is no ticket NOSUCH.\nThe last refusal: sekisho why\n",
    )


def test_it_speaks_japanese_and_keeps_its_columns(desk: Desk) -> None:
    desk.record(ERROR)
    assert steady(desk.call("why", SEKISHO_LANG="ja").output) == (
        "2026-11-30 12:00:01  拒否  weather.py\n"
        "規則  duplicate-key\n"
        "意味  同じキーが 2 度ありました。どちらが有効かは読み手によって異なります。\n"
        "対処  値を隠すために使われることがあります。送信元の作者に報告してください。\n"
        "詳細  sekisho audit show aaaaaa:2\n"
    )


def test_as_json_it_is_the_record_and_the_words(desk: Desk) -> None:
    desk.record(REFUSAL)
    found = json.loads(desk.call("why", "--json").output)
    assert found["fields"]["ticket"] == "7F3K2A"
    assert found["means"].startswith("The server exited")
    assert found["next"]


def test_text_from_outside_can_do_nothing_to_a_terminal(desk: Desk) -> None:
    evil = "\x1b]0;x\x07\u202e" + "漢" * 100
    fields = dict.fromkeys(("method", "name", "rule", "pointer", "ticket"), evil)
    desk.record(entry("refusal", f"npx {evil} @ /", verdict="deny", **fields))
    output = desk.call("why").output
    assert narrow(output)
    assert "\x1b" not in output
    assert "\u202e" not in output


@pytest.mark.parametrize("rule", sorted({*PROTOCOL_RULES, *Trouble, *TROUBLES}))
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_rule_of_the_protocol_is_explained(rule: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_LANG", language)
    assert MessageId(f"refused-{rule}")
    means, step = explanation(rule)
    assert means
    assert step
    assert explanation("brand-new-rule") != (means, step)


@pytest.mark.parametrize("rule", ["", "none", "by-rule", "../x", "\x1b"])
def test_any_other_rule_has_words_too(rule: str) -> None:
    assert all(explanation(rule))
