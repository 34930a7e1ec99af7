from __future__ import annotations

from sekisho.guards.commands import commands
from sekisho.guards.foreign import Foreign, foreign, is_of_keys, judge_foreign
from tablekit import rows


@rows(
    ("names", "words", "expected"),
    [
        (("flux",), (), [Foreign.FLUX]),
        (("query",), ("query", "influxdb"), [Foreign.FLUX]),
        (("body", "script", "source"), (), [Foreign.SCRIPT]),
        (("script",), (), []),
        (("input",), ("resize", "image"), [Foreign.MEDIA]),
        (("inputs", "0"), ("resize", "image"), [Foreign.MEDIA]),
        (("input",), ("translate",), []),
        (("engine",), (), [Foreign.CHOICE]),
        (("set", "image.tag"), (), [Foreign.SETTING]),
        (("set",), (), []),
        ((), (), []),
    ],
)
def test_what_a_text_may_be_is_told_by_names(
    names: tuple[str, ...], words: tuple[str, ...], expected: list[Foreign]
) -> None:
    assert list(foreign(names, words)) == expected


@rows(
    ("kind", "value", "rule"),
    [
        (Foreign.FLUX, 'import "http"\nhttp.post(url: "http://x")', "sql-reach"),
        (Foreign.FLUX, 'import "experimental/http/requests"', "sql-reach"),
        (Foreign.FLUX, 'from(bucket: "a") |> to(bucket: "b", host: "http://x")', "sql-reach"),
        (Foreign.FLUX, 'import "strings"\nfrom(bucket: "a") |> range(start: -1h) |> to(bucket: "b")', ""),
        (Foreign.SCRIPT, "Runtime.getRuntime().exec('id')", "document-code"),
        (Foreign.SCRIPT, "''.getClass().forName('x')", "document-code"),
        (Foreign.SCRIPT, "ctx._source.count += params.n", ""),
        (Foreign.SCRIPT, "doc['price'].value * 2", ""),
        (Foreign.MEDIA, "msl:/tmp/x.msl", "path-disguised"),
        (Foreign.MEDIA, "ephemeral:a.png", "path-disguised"),
        (Foreign.MEDIA, "label:@/etc/passwd", "path-disguised"),
        (Foreign.MEDIA, "png:@list.txt", "path-disguised"),
        (Foreign.MEDIA, "@/etc/passwd", "path-disguised"),
        (Foreign.MEDIA, "|id", "path-disguised"),
        (Foreign.MEDIA, "photos/a.png", ""),
        (Foreign.MEDIA, "https://example.com/a.png", ""),
        (Foreign.MEDIA, "data:image/png;base64,AAAA", ""),
        (Foreign.MEDIA, "caption: a cat and a dog", ""),
        (Foreign.MEDIA, "@ana in the photo", "path-disguised"),
        (Foreign.CHOICE, "pdflatex -shell-escape", "word-option"),
        (Foreign.CHOICE, "html --filter=/tmp/x", "word-option"),
        (Foreign.CHOICE, "pdflatex", ""),
        (Foreign.CHOICE, "%Y-%m-%d - %H", ""),
        (Foreign.CHOICE, "A4 - landscape", ""),
    ],
)
def test_a_text_of_a_language_of_its_own_is_judged(kind: Foreign, value: str, rule: str) -> None:
    assert [each.rule for each in judge_foreign(value, [kind], name=False).objections] == ([rule] if rule else [])


@rows(
    ("value", "wrong"),
    [
        ("a=1,b", True),
        ("x=1 -chdir", True),
        ("sides=one; id", True),
        ("-x", True),
        ("a$(id)", True),
        ("image.tag", False),
        ("nodeSelector.kubernetes\\.io/os", False),
        ("args[0]", False),
        ("Tom & Jerry", False),
        ("Sort by", False),
    ],
)
def test_the_name_of_a_setting_holds_no_other(value: str, *, wrong: bool) -> None:
    assert bool(judge_foreign(value, [Foreign.SETTING], name=True).objections) is wrong
    assert not judge_foreign(value, [Foreign.SETTING], name=False).objections


@rows(
    ("value", "expected"),
    [
        ("HGETALL user:1", True),
        ("get eval", True),
        ('SET greeting "hello world"', True),
        ("SCAN 0 MATCH user:* COUNT 100", True),
        ("PING", False),
        ("ping 10.0.0.9", False),
        ("CONFIG SET dir /x", False),
        ("EVAL 'return 1' 0", False),
        ("FLUSHALL", False),
        ("GET a; id", False),
        ("GET $(id)", False),
        ("GET a\nCONFIG SET dir /x", False),
        ("GET a | sh", False),
        ("GETX a", False),
        ("time rm -rf x", False),
        ("touch x", False),
        ("del /q x", False),
    ],
)
def test_commands_that_read_and_set_keys_are_known(value: str, *, expected: bool) -> None:
    assert is_of_keys(value) is expected


def test_no_command_of_keys_is_called_like_a_program_but_one_that_a_shell_does_itself() -> None:
    assert {name for name in commands().known if is_of_keys(name)} == {"set"}
