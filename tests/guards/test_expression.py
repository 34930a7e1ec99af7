"""Tables of formulas: what calls the language behind them, what looks like it and is honest, and who may be asked."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards import expression
from sekisho.guards.expression import LONGEST, is_evaluated, is_of_a_page, judge_expression, judge_page
from sekisho.guards.objection import CLEAN
from tablekit import rows

CODE = (
    "__import__('os').system('id')", "().__class__.__bases__[0].__subclasses__()", "__builtins__['eval']('1')", "os.system('id')", "os . popen('id')",
    "subprocess.check_output(['id'])", "importlib.import_module('os')", "eval('1')", "1+exec(x)", "open('/etc/passwd').read()", "getattr(x, 'y')",
    "@pd.compat.os.system('id')", "x.mro()", "require('child_process').execSync('id')", 'require("fs")', "import('fs')", "process.mainModule.require('fs')",
    "this.constructor.constructor('return process')()", "a['constructor']", "Function('x')()", "''.constructor('x')", "Runtime.getRuntime().exec('id')",
    "T(java.lang.Runtime)", "new ProcessBuilder('id')", "!!python/object/apply:os.system ['id']", "!!javax.script.ScriptEngineManager []", "=cmd|'/c calc'!A0",
    '+DDE("cmd")', "sys.modules['os']", "x.f_globals", "builtins.open('x')",
)  # fmt: skip
HONEST = (
    "sqrt(2) * sin(pi/4)", "f'(x) = 3x^2", "x**2 + y**2", "=SUM(A1:B2)", '=IF(A1>3, "open", "closed")', "$.store.book[?(@.price < 10)]", "a > 3 && b < 4",
    "platform.openai.com", "os.example.com", "sys.foo.bar", "socket.io.example", "status open (pending)", "process.env.API_KEY", "user.class", "__init__", "import x",
    "evaluate(x)", "medieval(x)", "reopen('x')", "{{ states('x') | round(1) }}", "={{ $json.x }}", "class(x)", "mean(constructor)", "0 5 * * *", "",
    "the exec (Anna) left", "compile time", "-5", "@here", "java", "Runtime", "!important", "x" * LONGEST,
)  # fmt: skip


@rows("value", CODE)
def test_a_formula_that_calls_the_language_behind_it_is_objected_to(value: str) -> None:
    assert [each.rule for each in judge_expression(value).objections] == ["expression-code"]


@rows("value", HONEST)
def test_an_honest_formula_passes(value: str) -> None:
    assert judge_expression(value) == CLEAN


@rows(
    ("names", "words", "unknown", "expected"),
    [
        (("equations",), ("draw", "chart"), False, True),
        (("vegalite", "specification"), ("visualize", "data"), False, True),
        (("anything",), ("draw", "chart"), True, True),
        (("title",), ("draw", "chart"), False, False),
        (("anything",), ("search", "code"), True, False),
        (("expression",), ("debug", "evaluate"), False, False),
        (("script", "expression"), ("draw",), False, False),
    ],
)
def test_names_tell_what_may_be_evaluated(
    names: tuple[str, ...], words: tuple[str, ...], *, unknown: bool, expected: bool
) -> None:
    assert is_evaluated(names, words, unknown=unknown) is expected


@rows("value", ["g = getattr; g(x, 'y')", "vars()['x']", "x.func_globals"])
def test_what_is_written_in_pieces_is_not_noticed(value: str) -> None:
    assert judge_expression(value) == CLEAN


@given(st.text(max_size=200))
def test_no_value_makes_it_fail(value: str) -> None:
    judge_expression(value)


class Blind:
    """A set of signatures that could not look: nothing may be concluded."""

    def may_match(self, _: str) -> bool:
        return True


PIECES = (
    "__import__", "__class__", "f_globals", "os", ".", "system", "(", "[", "eval(", "@pd.", "mro", "require", "import", "process", "kill", "constructor",
    "'constructor'", "T", "java", "lang", "!!python/", "=", "cmd", "|", "\u00a0", "\x1c", " ", "é", "'", '"', "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_the_first_look_passes_nothing_that_the_careful_reading_objects_to(value: str) -> None:
    with patch.object(expression, "_GLANCE", Blind()):
        careful = judge_expression(value)
    assert judge_expression(value) == careful


@rows(
    ("value", "expected"),
    [
        ("9**9**9", True),
        ("2 ** (10 ** (9))", True),
        ("7**1000000", True),
        ("2**10", False),
        ("x**2 + y**2", False),
        ("2**10 + 3**2", False),
    ],
)
def test_a_power_of_a_power_is_objected_to(value: str, *, expected: bool) -> None:
    assert bool(judge_expression(value).objections) is expected


@rows(
    "value",
    [
        "async (page) => require('child_process').execSync('id')",
        "process.mainModule.require('x')",
        "process?.getBuiltinModule('fs')",
        "await import('node:fs')",
        'const f = require("fs/promises")',
        "import(`os`)",
    ],
)
def test_code_for_a_page_that_reaches_node_is_objected_to(value: str) -> None:
    assert [each.rule for each in judge_page(value).objections] == ["expression-code"]


@rows(
    "value",
    [
        "() => document.title",
        "await import('https://esm.sh/lodash')",
        "import('/assets/os.js')",
        "require(['jquery'], $ => $('a').length)",
        "process.env.NODE_ENV",
        "eval('1 + 1')",
    ],
)
def test_honest_code_for_a_page_passes(value: str) -> None:
    assert judge_page(value) == CLEAN


@rows(
    ("names", "words", "expected"),
    [
        (("code",), ("browser", "run", "code"), True),
        (("script",), ("puppeteer", "evaluate"), True),
        (("text",), ("browser", "type"), False),
        (("code",), ("run", "code"), False),
    ],
)
def test_code_for_a_page_is_told_by_the_names(
    names: tuple[str, ...], words: tuple[str, ...], *, expected: bool
) -> None:
    assert is_of_a_page(names, words) is expected
