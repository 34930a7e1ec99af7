from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clikit import narrow
from sekisho.adapters.store import Store
from sekisho.model.place import Kind
from sekisho.pin.records import Key, Ledger, Origin, Pin, State, Text
from sekisho.rules.pages import rule_pages

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk
    from sekisho.wire.strict import JsonObject


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_rule_is_explained_within_eighty_columns(desk: Desk, lang: str) -> None:
    for rule, page in rule_pages().items():
        done = desk.call("explain", rule, "--lang", lang)
        assert done.exit_code == 0
        assert narrow(done.output)
        assert page.rule.references.owasp[0] in done.output


def test_a_page_has_its_sections_in_order(desk: Desk) -> None:
    said = desk.call("explain", "reads-secrets").output
    places = [said.index(f"\n{heading}\n") for heading in ("What it does", "How to fix", "Known limits", "References")]
    assert places == sorted(places)


def test_without_a_rule_all_are_listed(desk: Desk) -> None:
    said = desk.call("explain").output
    assert narrow(said)
    assert all(f"{rule}  " in said for rule in rule_pages())


def test_an_unknown_rule_is_a_mistake_of_the_caller(desk: Desk) -> None:
    done = desk.call("explain", "nosuch")
    assert done.exit_code == 2
    assert "There is no rule nosuch." in done.output


def test_a_refusal_that_is_no_rule_of_a_page_is_explained_as_why_explains_it(desk: Desk) -> None:
    for rule in ("package-changed", "program-changed", "loader-variable-changed"):
        done = desk.call("explain", rule)
        assert (done.exit_code, "sekisho review" in done.output) == (0, True)
        assert narrow(done.output)


FAKE = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
READ: JsonObject = {
    "name": "read_file",
    "inputSchema": {
        "type": "object",
        "properties": {
            "path": {"type": "string", "description": "Path of the file"},
            "url": {"type": "string", "format": "uri"},
            "image": {"contentEncoding": "base64"},
            "parts": {"type": "array", "items": {"properties": {"body": {"type": "string"}}}},
            "x": {"type": "string"},
        },
        "additionalProperties": False,
    },
}


def seen(desk: Desk, server: str) -> None:
    """Let a server have been used once."""
    text = Text(body=READ, fingerprint="f", by=Origin.FIRST_USE)
    key = Key(Kind.TOOL, "read_file")
    with Store(desk.state) as store:
        pin = Pin(key=key, state=State.APPROVED, approved=text)
        store.ledgers.save(Ledger(server=server, pins={key: pin}), before=store.ledgers.load(server))


def configured(desk: Desk, folder: Path) -> None:
    (folder / "work").mkdir()
    file = desk.state.with_name("config") / "sekisho" / "sekisho.toml"
    file.parent.mkdir(parents=True)
    command = ["serve", str(folder / "work"), "--api-key", FAKE, "https://docs.example/"]
    far = 'questions.roots = "refuse"\n[servers.far]\nurl = "https://far.example/mcp"\nunresolved = "allow"\n'
    file.write_text(f"[servers.files]\ncommand = {json.dumps(command)}\ncwd = {json.dumps(str(folder))}\n{far}")
    file.chmod(0o600)


def test_a_configured_server_is_told_with_why_and_without_its_secrets(desk: Desk, tmp_path: Path) -> None:
    configured(desk, tmp_path)
    seen(desk, "files")
    done = desk.call("explain", "server", "files")
    assert (done.exit_code, narrow(done.output)) == (0, True)
    assert "(named on its launch line, or in its variables)" in " ".join(done.output.split())
    assert "docs.example  (named on its launch line" in " ".join(done.output.split(" ")).replace("\n", " ")
    assert "argument 3" in done.output
    plain = json.loads(desk.call("explain", "server", "files", "--json").output)
    assert (plain["why_roots"], plain["known"], plain["partly"]) == ("launch", "configured", False)
    assert plain["roots"] == [str(tmp_path / "work")]
    assert FAKE[5:9].lower() not in f"{done.output}{plain}".lower()
    far = desk.call("explain", "server", "far")
    assert "a machine that we do not see" in far.output
    assert "a proxy resolves them" in far.output
    assert plain["unresolved"] == "refuse"
    assert plain["questions"] == {"sampling": "ask", "elicitation": "allow", "roots": "refuse"}
    assert "the model, if you say yes;" in " ".join(done.output.split())
    assert desk.call("explain", "server", "nosuch").exit_code == 1
    assert desk.call("explain", "server").exit_code == 2


def test_of_a_server_that_was_seen_only_program_and_folder_are_known(desk: Desk, tmp_path: Path) -> None:
    seen(desk, f"serve @ {tmp_path}")
    plain = json.loads(desk.call("explain", "server", "serve", "--json").output)
    assert (plain["partly"], plain["cwd"], plain["why_roots"]) == (True, str(tmp_path), "cwd")
    written = json.loads(desk.call("explain", "server", "_", "--json", "--", "serve", str(tmp_path)).output)
    assert (written["known"], written["roots"]) == ("written", [str(tmp_path)])
    seen(desk, "https://far.example/mcp")
    assert json.loads(desk.call("explain", "server", "far.example", "--json").output)["remote"]


def test_each_parameter_is_told_with_every_meaning_and_what_says_it(desk: Desk, tmp_path: Path) -> None:
    seen(desk, f"serve @ {tmp_path}")
    told = desk.call("explain", "call", "serve", "read_file")
    assert (told.exit_code, narrow(told.output)) == (0, True)
    lines = [line.split(None, 1) for line in told.output.splitlines()[1:]]
    assert ["/path", "path (name, description)"] in lines
    assert ["/url", "url (format, name)"] in lines
    assert ["/image", "text (content)"] in lines
    assert ["/parts/*/body", "text (name)"] in lines
    assert ["/x", "only what a value looks like"] in lines
    assert desk.call("explain", "call", "serve", "nosuch").exit_code == 1


def test_arguments_are_judged_as_a_call_would_be(desk: Desk, tmp_path: Path) -> None:
    seen(desk, f"serve @ {tmp_path}")
    (tmp_path / "link").symlink_to("/etc")
    cases = (
        ('{"path": "here.txt"}', 0, ""),
        ('{"path": "../x"}', 1, "path-outside-roots"),
        ('{"path": "link/passwd"}', 1, "path-"),
        ('{"path": 7}', 1, "arguments-do-not-match"),
        ("[]", 2, ""),
        ("{", 2, ""),
    )
    for given, code, rule in cases:
        done = desk.call("explain", "call", "serve", "read_file", "--arguments", given)
        assert (done.exit_code, rule in done.output, narrow(done.output)) == (code, True, True), given
    plain = json.loads(
        desk.call("explain", "call", "serve", "read_file", "--arguments", '{"path": "../x"}', "--json").output
    )
    assert plain["objections"] == [{"rule": "path-outside-roots", "pointer": "/path"}]
    assert plain["arguments"] == [{"pointer": "/path", "value": "../x", "meanings": ["path"]}]
    assert plain["parameters"]["/path"] == {"path": ["name", "description"]}
