"""Check that the tests mirror the source: each module has its own test file, each test file its module.

Exceptions are listed here with their reason. The lists only shrink: an exception that is not needed is a problem too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tree import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tree import Tree

__all__ = ["check_mirror"]

UNTESTED: Final[Mapping[str, str]] = {
    "src/sekisho/adapters/audit/errors.py": "one error and its texts: test_audit_disk, on real failures of a disk",
    "src/sekisho/adapters/audit/files.py": "the disk below the writer and the reader: test_audit_disk",
    "src/sekisho/adapters/audit/ledger.py": "the inside of a writer: test_audit_writer",
    "src/sekisho/adapters/audit/sync.py": "the inside of a writer: test_audit_writer",
    "src/sekisho/adapters/audit/walk.py": "the inside of a verification: test_audit_tampering",
    "src/sekisho/adapters/store/errors.py": "one error: test_store_database",
    "src/sekisho/adapters/store/schema.py": "the tables: test_store_database",
    "src/sekisho/cli/differences.py": "lines of differences: test_pin",
    "src/sekisho/cli/fleet.py": "interop/test_hub, with real servers",
    "src/sekisho/engine/bridge/moves.py": "what a bridge wants done: test_newer, test_older",
    "src/sekisho/engine/bridge/parked.py": "declarations: test_side, engine/sampling/test_across",
    "src/sekisho/engine/effects.py": "declarations only",
    "src/sekisho/engine/events.py": "declarations only",
    "src/sekisho/engine/from_host.py": "half of every conversation: test_calls, test_cancellation, test_questions",
    "src/sekisho/engine/from_server.py": "the other half: test_calls, test_notifications, test_questions",
    "src/sekisho/engine/host_answers.py": "answers to what a server asked: test_questions, test_forms, test_roots",
    "src/sekisho/engine/hub/steps.py": "declarations only",
    "src/sekisho/engine/judge.py": "where a session asks its rules: test_rules",
    "src/sekisho/engine/parking.py": "requests that wait: test_handshake, test_upkeep",
    "src/sekisho/engine/session.py": "all of it together: test_machine",
    "src/sekisho/engine/state.py": "what the others change: test_machine",
    "src/sekisho/guards/objection.py": "declarations only",
    "src/sekisho/guards/script.py": "declarations only",
    "src/sekisho/guards/url_facts.py": "declarations only",
    "src/sekisho/gateway/keeper.py": "runs in the warden's processes: test_warden",
    "src/sekisho/gateway/warden_client.py": "our end of the warden: test_warden",
    "src/sekisho/model/alias.py": "declarations only",
    "src/sekisho/meaning/argument.py": "declarations only",
    "src/sekisho/model/english.py": "texts: test_messages",
    "src/sekisho/model/english_pins.py": "texts: test_messages",
    "src/sekisho/model/call_ids.py": "declarations only",
    "src/sekisho/model/english_calls.py": "texts: test_messages",
    "src/sekisho/model/japanese_calls.py": "texts: test_messages",
    "src/sekisho/model/english_range.py": "texts: test_messages",
    "src/sekisho/model/english_scan.py": "texts: test_messages",
    "src/sekisho/model/finding.py": "declarations only",
    "src/sekisho/model/japanese.py": "texts: test_messages",
    "src/sekisho/model/japanese_rules.py": "texts: test_words",
    "src/sekisho/model/japanese_pins.py": "texts: test_messages",
    "src/sekisho/model/japanese_range.py": "texts: test_messages",
    "src/sekisho/model/japanese_scan.py": "texts: test_messages",
    "src/sekisho/model/english_settings.py": "texts: test_messages",
    "src/sekisho/model/japanese_settings.py": "texts: test_messages",
    "src/sekisho/model/message_ids.py": "declarations only",
    "src/sekisho/pin/records.py": "declarations only",
    "src/sekisho/model/lang.py": "declarations only",
    "src/sekisho/model/rule.py": "declarations: test_inspect, test_examples",
    "src/sekisho/model/place.py": "declarations only",
    "src/sekisho/model/range_ids.py": "declarations only",
    "src/sekisho/model/scan_ids.py": "declarations only",
    "src/sekisho/ports.py": "protocols only",
    "src/sekisho/range/incidents/command_injection.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/filesystem_release.py": "real release: sekisho demo --real",
    "src/sekisho/range/incidents/lying_page.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/metadata_address.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/path_traversal.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/private_repository.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/rug_pull.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/same_name.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/shadowed_messenger.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/sql_injection.py": "played: cli/test_demo",
    "src/sekisho/range/incidents/sqlite_release.py": "real release: sekisho demo --real",
    "src/sekisho/range/incidents/two_readings.py": "played: test_play",
    "src/sekisho/range/servers/aws.py": "played: cli/test_demo",
    "src/sekisho/range/servers/chats.py": "played: cli/test_demo",
    "src/sekisho/range/servers/facts.py": "played: cli/test_demo",
    "src/sekisho/range/servers/fetch.py": "played: cli/test_demo",
    "src/sekisho/range/servers/files.py": "played: cli/test_demo",
    "src/sekisho/range/servers/github.py": "played: cli/test_demo",
    "src/sekisho/range/servers/post.py": "played: cli/test_demo",
    "src/sekisho/range/servers/sqlite.py": "played: cli/test_demo",
    "src/sekisho/cli/exceptions.py": "test_refused, with the calls that it lets pass",
    "src/sekisho/cli/inferred.py": "test_explain",
    "src/sekisho/cli/known.py": "test_explain",
    "src/sekisho/cli/meanings.py": "test_explain",
    "src/sekisho/cli/played.py": "test_demo, test_range",
    "src/sekisho/cli/steps.py": "test_demo, test_range",
    "src/sekisho/policy/calls.py": "declarations: engine/test_terms, engine/test_budgets",
    "src/sekisho/policy/call_settings.py": "data: test_settings",
    "src/sekisho/engine/results/fitting.py": "answers and the schemas of their tools: engine/test_answering",
    "src/sekisho/engine/results/holding.py": "results that are released: engine/test_answering",
    "src/sekisho/engine/results/judging.py": "test_scanning, test_passing",
    "src/sekisho/engine/checking.py": "objections to what does not fit: test_arguments",
    "src/sekisho/guards/vocabulary.py": "declarations only",
    "src/sekisho/rules/call/arguments_do_not_match.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/schema_too_costly.py": "its own examples: test_examples; guards/test_contract",
    "src/sekisho/rules/call/arguments_not_checked.py": "its own examples: test_examples",
    "src/sekisho/rules/call/content_reaches.py": "its own examples: test_examples",
    "src/sekisho/rules/call/code_sends.py": "its own examples: test_examples",
    "src/sekisho/rules/call/expression_code.py": "its own examples: test_examples",
    "src/sekisho/rules/call/word_query.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_host.py": "its own examples: test_examples",
    "src/sekisho/rules/call/shell_not_listed.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_credential.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_disguised.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_link.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_outside_roots.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_protected.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_remote.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_secret.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_system.py": "its own examples: test_examples",
    "src/sekisho/rules/call/path_undeclared.py": "its own examples: test_examples",
    "src/sekisho/rules/call/shell_danger.py": "its own examples: test_examples",
    "src/sekisho/rules/call/shell_other_program.py": "its own examples: test_examples",
    "src/sekisho/rules/call/shell_unclear.py": "its own examples: test_examples",
    "src/sekisho/rules/call/shell_unknown_program.py": "its own examples: test_examples",
    "src/sekisho/rules/call/deletes_all.py": "its own examples: test_examples",
    "src/sekisho/rules/call/document_code.py": "its own examples: test_examples",
    "src/sekisho/rules/call/header_split.py": "its own examples: test_examples",
    "src/sekisho/rules/call/limits_changed.py": "its own examples: test_examples",
    "src/sekisho/rules/call/member_inherited.py": "its own examples: test_examples",
    "src/sekisho/rules/call/template_reaches.py": "its own examples: test_examples",
    "src/sekisho/rules/call/cypher_reach.py": "its own examples: test_examples",
    "src/sekisho/rules/call/cypher_write.py": "its own examples: test_examples",
    "src/sekisho/rules/call/pattern_explodes.py": "its own examples: test_examples",
    "src/sekisho/rules/call/query_closes.py": "its own examples: test_examples",
    "src/sekisho/rules/call/sql_identifier.py": "its own examples: test_examples",
    "src/sekisho/rules/call/sql_leftover.py": "its own examples: test_examples",
    "src/sekisho/rules/call/sql_reach.py": "its own examples: test_examples",
    "src/sekisho/rules/call/sql_several.py": "its own examples: test_examples",
    "src/sekisho/rules/call/sql_unclear.py": "its own examples: test_examples",
    "src/sekisho/rules/call/sql_write.py": "its own examples: test_examples",
    "src/sekisho/rules/call/uri_bounds.py": "its own examples: test_examples",
    "src/sekisho/rules/call/uri_malformed.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_disguised.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_look_alike.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_port.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_private.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_scheme.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_unresolved.py": "its own examples: test_examples",
    "src/sekisho/rules/call/url_userinfo.py": "its own examples: test_examples",
    "src/sekisho/rules/call/variable_starts.py": "its own examples: test_examples",
    "src/sekisho/rules/call/word_option.py": "its own examples: test_examples",
    "src/sekisho/rules/call/word_shell.py": "its own examples: test_examples",
    "src/sekisho/rules/config/unpinned_launch.py": "its own examples: test_examples",
    "src/sekisho/rules/config/loader_variable.py": "its own examples: test_examples",
    "src/sekisho/rules/config/auto_approved.py": "its own examples: test_examples",
    "src/sekisho/rules/config/container_rights.py": "its own examples: test_examples",
    "src/sekisho/rules/config/hard_coded_secret.py": "its own examples: test_examples",
    "src/sekisho/rules/config/open_listener.py": "its own examples: test_examples",
    "src/sekisho/rules/config/plaintext_address.py": "its own examples: test_examples",
    "src/sekisho/rules/config/raw_address.py": "its own examples: test_examples",
    "src/sekisho/rules/config/remote_code.py": "its own examples: test_examples",
    "src/sekisho/rules/config/tls_off.py": "its own examples: test_examples",
    "src/sekisho/rules/config/wide_root.py": "its own examples: test_examples",
    "src/sekisho/rules/config/known_vulnerable.py": "its own examples: test_examples",
    "src/sekisho/rules/config/look_alike_package.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/active_content.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/annotation_lie.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/asks_about_caller.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/declared_offence.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/detour.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/download_and_run.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/folded_text.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/governs_other_tools.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/header_parameter.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/hidden_characters.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/hides_from_user.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/leaking_address.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/look_alike_letters.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/order_in_a_value.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/overrides_instructions.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/pushy.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/reads_secrets.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/remote_reference.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/sentence_as_name.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/skips_consent.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/sleeper.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/speaks_as_another.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/takes_context.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/terminal_sequence.py": "its own examples: test_examples",
    "src/sekisho/rules/definition/text_out_of_sight.py": "its own examples: test_examples",
    "src/sekisho/rules/namespace/look_alike_name.py": "its own examples: test_examples",
    "src/sekisho/rules/namespace/names_another_server.py": "its own examples: test_examples",
    "src/sekisho/rules/namespace/near_copy.py": "its own examples: test_examples",
    "src/sekisho/rules/namespace/same_name.py": "its own examples: test_examples",
    "src/sekisho/rules/namespace/same_title.py": "its own examples: test_examples",
    "src/sekisho/rules/namespace/toxic_combination.py": "its own examples: test_examples",
    "src/sekisho/rules/observed.py": "declarations only",
    "src/sekisho/rules/result/question_context.py": "its own examples: test_examples",
    "src/sekisho/rules/result/answer_secret.py": "its own examples: test_examples",
    "src/sekisho/rules/result/question_page.py": "its own examples: test_examples",
    "src/sekisho/rules/result/question_secret.py": "its own examples: test_examples",
    "src/sekisho/rules/result/reference_elsewhere.py": "its own examples: test_examples",
    "src/sekisho/rules/result/reference_unknown.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_addresses.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_fakes_turn.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_folded.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_forged.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_hidden.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_detour.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_poses.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_hides.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_hidden_words.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_impersonates.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_obeys.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_overrides.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_secret.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_sends_away.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_terminal.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_not_read.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_not_checked.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_unstructured.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_breaks_schema.py": "its own examples: test_examples",
    "src/sekisho/rules/result/result_too_many.py": "its own examples: test_examples",
    "src/sekisho/rules/result/terminal_conceals.py": "its own examples: test_examples",
    "src/sekisho/rules/carried.py": "what rules look at: test_examples, test_veil",
    "src/sekisho/rules/started/planted_secret.py": "its own examples: test_examples",
    "src/sekisho/rules/example.py": "dumps for examples: test_examples",
    "src/sekisho/cli/scan_forms.py": "each form of a report: test_scan",
    "src/sekisho/scan/dial.py": "links to real servers: test_asking",
    "src/sekisho/scan/style.py": "one style sheet: test_page",
    "src/sekisho/text/lexicon/chinese.py": "words: test_concepts, test_examples",
    "src/sekisho/text/lexicon/concepts.py": "words: test_concepts, test_examples",
    "src/sekisho/text/lexicon/english.py": "words: test_concepts, test_examples",
    "src/sekisho/text/lexicon/european.py": "words: test_concepts, test_examples",
    "src/sekisho/text/lexicon/japanese.py": "words: test_concepts, test_examples",
    "src/sekisho/settings/approvals.py": "one table of shapes: test_reading",
    "src/sekisho/settings/entry.py": "declarations: test_reading, test_entries",
    "src/sekisho/text/lexicon/korean.py": "words: test_concepts, test_examples",
    "src/sekisho/text/lexicon/shapes.py": "words: test_concepts, test_examples",
    "tools/environment_pages.py": "one table: test_generated",
    "tools/host_pages.py": "one table: test_generated",
    "tools/detection_pages.py": "one page: test_generated",
    "tools/call_figures.py": "read by one generator: test_measured",
    "tools/figures.py": "read by one generator: test_measured",
    "tools/rule_pages.py": "one page: test_generated",
    "tools/threat_pages.py": "one page: test_generated",
    "tools/markdown_lines.py": "read by the checks of pages: test_prose, test_twins, test_commands",
    "tools/pages.py": "what generators share: test_generated, test_cli_pages",
    "tools/tree.py": "what checks share: test_check_docs, test_prose",
}
"""Modules without a test file of their own, and where they are tested instead."""

TOPICS: Final[Mapping[str, str]] = {
    "tests/adapters/test_audit_disk.py": "a disk that is full, slow, or read-only, over the whole of the audit",
    "tests/adapters/test_audit_tampering.py": "every kind of tampering, over the whole of the audit",
    "tests/engine/hub/test_promises.py": "promises over the whole hub",
    "tests/scenarios/test_threats.py": "the table of threats, over all tests",
    "tests/engine/sampling/test_across.py": "a topic of bridges and hubs",
    "tests/engine/sampling/test_promises.py": "promises over the whole of it",
    "tests/engine/test_cancellation.py": "a topic of sessions",
    "tests/engine/test_channels.py": "a topic of sessions",
    "tests/engine/test_collapse.py": "what upkeep does after a fault of our own, seen through a session",
    "tests/engine/test_input_required.py": "a topic of sessions",
    "tests/engine/test_leniency.py": "a topic of sessions",
    "tests/engine/test_machine.py": "a state machine over the whole session",
    "tests/engine/test_machine_reading.py": "the same, while something is read that a server said",
    "tests/engine/test_memory.py": "what a session may hold, over the whole of it",
    "tests/engine/test_notifications.py": "a topic of sessions",
    "tests/engine/test_rules.py": "rules in a session",
    "tests/gateway/test_http_app_sessions.py": "the second half of http_app: sessions and streams",
    "tests/gateway/test_http_server_bounds.py": "the second half of http_server: what it bounds",
    "tests/gateway/test_pool_uvicorn.py": "the pool with a real server",
    "tests/gateway/test_upstream_http_broken.py": "the second half of upstream_http: what breaks",
    "tests/rules/test_examples.py": "the examples of every rule",
    "tests/scan/test_planted_home.py": "finding and judging together, over a whole home",
    "tests/wire/test_sdk_oracle.py": "the wire compared with the official SDK",
}
"""Test files that are named after a topic instead of a module, and why."""

WHOLE: Final = ("tests/interop/", "tests/torture/")
"""Folders whose tests are about the whole: real clients and servers, kills and floods."""


def check_mirror(
    tree: Tree, untested: Mapping[str, str] = UNTESTED, topics: Mapping[str, str] = TOPICS
) -> Iterator[Problem]:
    """Compare `src/sekisho` with `tests`, folder by folder."""
    modules = _modules(tree)
    tests = {tree.name(path) for path in tree.files(".py", below="tests") if path.name.startswith("test_")}
    expected = {test for candidates in modules.values() for test in candidates}
    for module, candidates in modules.items():
        tested = any(test in tests for test in candidates)
        if not tested and module not in untested:
            yield Problem(module, 0, f"it has no test file: write {candidates[0]}")
        if tested and module in untested:
            yield Problem(module, 0, "it has a test file now: take it off the list in tools/mirror.py")
    for test in sorted(tests - expected - set(topics)):
        if test.count("/") > 1 and not test.startswith(WHOLE):
            yield Problem(test, 0, "it mirrors no module: rename it, or list it with a reason in tools/mirror.py")
    for listed in sorted({*untested} - {*modules} | {*topics} - (tests - expected)):
        yield Problem(listed, 0, "it is not there, or mirrors a module: take it off the list in tools/mirror.py")


def _modules(tree: Tree) -> dict[str, list[str]]:
    """Return each module with the names that its test file may have."""
    found: dict[str, list[str]] = {}
    for below in ("src/sekisho", "tools"):
        for path in tree.files(".py", below=below):
            if not path.name.startswith("__"):
                found[tree.name(path)] = _names(path.relative_to(tree.root / below), "tools/" * (below == "tools"))
    return found


def _names(module: Path, folder: str) -> list[str]:
    *packages, name = module.with_suffix("").parts
    plain = "/".join(["tests", f"{folder}{'/'.join(packages)}".strip("/"), f"test_{name}.py"]).replace("//", "/")
    if not packages:
        return [plain]
    *above, last = packages
    joined = "/".join(["tests", *above, f"test_{last}_{name}.py"])
    return [plain, joined]
