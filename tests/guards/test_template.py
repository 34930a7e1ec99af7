from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.template import judge_template
from tablekit import rows


@rows(
    "value",
    [
        "{0.__class__}", "{a[__globals__]}", "{user.__init__.__globals__[SECRET]}", "{{ ''.__class__ }}", "{{ x|attr('a') }}", "{{ ().mro() }}", "{{ cycler.a }}", "{{ self._TemplateReference }}", "{% include '/etc/x' %}", "{%- import 'os' %}",
        "${T(java.lang.Runtime)}", "#{java.lang.Runtime}", "${process.env}", "%hn", "%hhn", "%12$n", "%x%x%x%x%x%x%x%x", "%p.%p.%p.%p.%p.%p.%p.%p.",
    ],
)  # fmt: skip
def test_what_reaches_behind_the_values_is_objected_to(value: str) -> None:
    assert [each.rule for each in judge_template(value).objections] == ["template-reaches"]


@rows(
    "value",
    [
        "", "a", "{name}", "{user.name} {0:>10}", "{{ name }}", "{{ states('a') | round(1) }}", "{% if a %}b{% endif %}", "%Y-%m-%d", "%h %s%n%b", "${name}", "{__init__}", "__all__ in {a}", "%s %s", "json", "{{ self.name }}", "{{url}}", "%d%%",
    ],
)  # fmt: skip
def test_an_honest_template_passes(value: str) -> None:
    assert not judge_template(value).objections


@given(st.text(alphabet="{}%$#._ahn1", max_size=80))
def test_no_text_makes_it_fail(value: str) -> None:
    judge_template(value)
