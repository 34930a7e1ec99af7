from __future__ import annotations

from sekisho.guards.outward import may_leave
from tablekit import rows


@rows("text", ["ls", "git log main..x", "echo a/b", "npm run build -- --mode x", "cd src && ls", "cat a-b/c"])
def test_a_command_without_a_sign_of_it_does_not_lead_out(text: str) -> None:
    assert not may_leave(text) or ".." in text


@rows("text", ["npm test > /tmp/log 2>&1", "grep -r x src 2>/dev/null | head", "ls >> /tmp/a/b.txt; ls >/dev/null"])
def test_output_to_where_everybody_writes_leads_nowhere(text: str) -> None:
    assert not may_leave(text)


@rows(
    "text",
    [
        "cd",
        "cd -P; ls",
        "ls > /opt/x",
        "tar -C/opt x",
        "cp a ../x",
        "ls > /tmp/../x",
        "ls > /tmp/a{,b}",
        "cp a ${b:-c}",
        "cp a ${!b}",
    ],
)
def test_a_command_with_a_sign_of_it_may_lead_out(text: str) -> None:
    assert may_leave(text)
