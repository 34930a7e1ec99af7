from __future__ import annotations

from sekisho.guards.closing import LONGEST, judge_closing, judge_operation
from tablekit import rows


@rows(
    ("topic", "value"),
    [
        ("ldap", "*)(uid=*))(|(uid=*"),
        ("ldap", "admin)(&)"),
        ("ldap", "*)(objectClass=*"),
        ("ldap", "a\x00"),
        ("ldap", "a) (| (mail=*)"),
        ("xpath", "x' or '1'='1"),
        ("xpath", "x' or 1=1 or 'a'='a"),
        ("xpath", "'] | //password | //a['"),
        ("xpath", "' or not(starts-with(name(), 'a')) or '"),
        ("xpath", "' or contains(., 'a') or '"),
        ("xpath", "a']/../password"),
        ("graphql", 'x") { id } deleteUser(id: "1'),
        ("graphql", 'x", admin: true, a: "'),
        ("graphql", 'x"}) { id } } mutation { a(b: "'),
        ("graphql", "x } users { name"),
        ("graph", "x' OR 1=1 WITH 1 AS a MATCH (n) DETACH DELETE n //"),
        ("graph", "Person) DETACH DELETE (n"),
        ("graph", "a:1}) DETACH DELETE (x) //"),
        ("graph", "Person`) SET n.admin = true //"),
        ("graph", "x' RETURN n UNION MATCH (m) RETURN m //"),
        ("graph", "x' or n.name contains 'a"),
    ],
)
def test_a_value_that_goes_on_as_a_query_is_objected_to(topic: str, value: str) -> None:
    assert [each.rule for each in judge_closing(value, {topic}).objections] == ["query-closes"]
    assert not judge_closing(value, frozenset[str]()).objections


@rows(
    ("topic", "value"),
    [
        ("ldap", "Sales (EMEA)"),
        ("ldap", "f(a)"),
        ("xpath", "O'Neil"),
        ("xpath", "Sales [admin]"),
        ("xpath", "Rock 'n' Roll or Jazz"),
        ("xpath", "'quoted' and more"),
        ("graphql", 'a "quoted" word, and more'),
        ("graphql", "{braces}"),
        ("graph", "O'Brien"),
        ("graph", "Rock 'n' Roll (live)"),
        ("graph", "the 'set' (first)"),
        ("graph", "Match (n)"),
        ("graph", "x" * LONGEST + "' RETURN (n"),
    ],
)
def test_names_with_quotation_marks_and_brackets_pass(topic: str, value: str) -> None:
    assert not judge_closing(value, {topic}).objections


@rows(
    ("value", "expected"),
    [
        ("mutation { deleteRepo(id: 1) { ok } }", True),
        ("query A { a } mutation B { dropAll }", True),
        ("# mutation\nmutation($id: ID!) { drop(id: $id) { ok } }", True),
        ("query { mutation(id: 1) { ok } }", False),
        ('{ repository(name: "mutation") { id } }', False),
        ("# mutation { a }\n{ a }", False),
        ("{ a }", False),
    ],
)
def test_an_operation_that_changes_something_is_objected_to_where_only_questions_are_asked(
    value: str, *, expected: bool
) -> None:
    assert bool(judge_operation(value).objections) is expected
