r"""The guard for content that its reader acts upon: documents that a tool parses, renders or compiles.

- `content-reaches`: what makes the reader open something else, or make objects of any kind: entities from elsewhere and
  those that grow (CWE-611, CWE-776), style sheets that call or read, tags of YAML that make objects (CWE-502), objects
  that other languages have written, files that TeX, PlantUML and their like include, pictures from this machine's
  files, and cells that start a program.

An address in a page counts only where the tool draws the page: `embedded` returns those, to be judged as addresses.
"""

from __future__ import annotations

import re
from base64 import b64decode
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.text.signatures import SignatureError, SignatureSet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["LONGEST", "embedded", "gathers", "judge_cell", "judge_parsed"]

LONGEST: Final = 1024 * 1024
"""Characters that are read."""

_MOST: Final = 64
"""Addresses of one page that are looked at."""

_AWAY: Final = r"(?:[A-Za-z][A-Za-z0-9+.-]{0,20}:|[/\\~]|\.\.|%)"
"""Begins what is not a name beside the document."""

_XML: Final = (
    rf"<!ENTITY\s{{1,20}}(?:%\s{{1,20}})?[^\s>]{{1,200}}\s{{1,20}}(?:SYSTEM\s{{1,20}}|PUBLIC\s{{1,20}}['\"][^'\"]{{0,200}}['\"]\s{{0,20}})['\"]\s{{0,8}}{_AWAY}"
    r"|<!ENTITY\s{1,20}[^\s>%]{1,200}\s{1,20}(?:'[^'&]{0,400}(?:&(?!lt;|gt;|amp;|quot;|apos;|#)[^\s;&']{1,60};[^'&]{0,400}){2}|\"[^\"&]{0,400}(?:&(?!lt;|gt;|amp;|quot;|apos;|#)[^\s;&\"]{1,60};[^\"&]{0,400}){2})"
    rf"|<!DOCTYPE\s{{1,20}}[^\s>\[]{{1,200}}\s{{1,20}}SYSTEM\s{{1,20}}['\"]\s{{0,8}}(?!about:){_AWAY}"
    rf"|<\w{{0,20}}:?include\s[^<>]{{0,400}}\bhref\s{{0,8}}=\s{{0,8}}['\"]\s{{0,8}}{_AWAY}"
    rf"|<xsl:import\s[^<>]{{0,400}}\bhref\s{{0,8}}=\s{{0,8}}['\"]\s{{0,8}}{_AWAY}"
    rf"|(?:\A[^<]{{0,2000}}|<[^<>]{{0,2000}})\b(?:document|doc|collection|unparsed-text(?:-lines)?)\s{{0,8}}\(\s{{0,8}}(?:'|\"|&quot;|&apos;)\s{{0,8}}{_AWAY}"
    r"|=\s{0,8}['\"](?:https?://xml\.apache\.org/(?:xalan|xslt)/java|xalan://|urn:schemas-microsoft-com:xslt|https?://php\.net/xsl|java:|clitype:|http://saxon\.sf\.net/java)"
)
_YAML: Final = (
    r"!!(?:python/(?:object|module|name)|java(?:x)?\.|(?:com|org|net|sun|jdk|ch)\.[\w.]{1,100}[A-Z]|ruby/|js/function|php/object)"
    r"|!ruby/(?:object|hash|struct|class|module|exception|array)|!php/object|!(?:<)?tag:(?:yaml\.org,2002:)?(?:python|ruby|java|php|js)[/:.]"
    r"|%TAG\s{1,8}\S{1,20}\s{1,8}tag:yaml\.org,2002:(?:python|java|ruby)"
)
_OBJECTS: Final = (
    r"\A\s{0,20}(?:rO0AB[A-Za-z0-9+/]|aced0005)|(?:\A|[;{])[OC]:\+?\d{1,4}:\"[A-Za-z_\\][\w\\]{0,200}\":\d{1,4}:\{"
    r"|\"\$type\"\s{0,8}:\s{0,8}\"(?:System\.(?!Collections|String|Int|UInt|Boolean|Object|Guid|Double|Decimal|DateTime|TimeSpan|Byte|Single|Char|Tuple|Nullable|Uri)|Microsoft\.VisualStudio)"
    r"|\"@(?:type|class)\"\s{0,8}:\s{0,8}\"(?:L|\[)?(?:com\.sun|javax?|sun|org\.apache|ch\.qos|com\.mchange|org\.springframework)\."
    r"|\[\s{0,8}\"(?:com\.sun|javax?|sun|org\.apache|ch\.qos|com\.mchange|org\.springframework)\.[\w.$]{1,200}\"\s{0,8},"
    r"|_\$\$ND_FUNC\$\$_|(?:\A|\n)\(?c(?:os|posix|nt|subprocess|builtins|__builtin__|pty|runpy|importlib)\n\w"
)
_INCLUDED: Final = (
    r"(?m:^)\s{0,20}!include(?:url|sub|_once|_many)?\s{1,8}(?:file:|[/\\~]|\.\.)|%(?:load_json|getenv)\s{0,8}\(\s{0,8}['\"]\s{0,8}(?:file:|[/\\~]|\.\.|[A-Z_]{2,60}['\"])"
    r"|(?m:^)include::(?:file:|[/\\~]|\.\.|https?:)|(?m:^)\s{0,20}\.\.\s{1,4}(?:include|literalinclude|raw|csv-table)::[^\n]{0,80}(?:\n\s{1,20}:file:)?\s{0,8}(?:file:|[/\\~]|\.\.)\S"
    r"|\b(?:image|shapefile)\s{0,8}=\s{0,8}\"(?:[/\\~]|\.\.)"
)
_TEX: Final = (
    r"\\write\s{0,8}18|\\(?:ShellEscape|pdffiledump|pdfmdfivesum)\b|\\open(?:in|out)(?![A-Za-z])|\\directlua\s{0,8}\{[^}]{0,400}\b(?:os|io)\s{0,4}\.\s{0,4}(?:execute|popen|open)"
    r"|\\(?:input|include|verbatiminput|lstinputlisting|inputminted|includegraphics|includepdf|InputIfFileExists|import|subfile|usepackage|bibliography|verbatimtabinput)\s{0,8}\*?(?:\[[^\]]{0,200}\]\s{0,8})?(?:\{[^{}]{0,40}\})?\{\s{0,8}\"?(?:[/~|]|(?:\.\./){2})"
    r"|\\input\s{0,8}\"?(?:[/|~]|(?:\.\./){2})"
)
_CELL: Final = (
    r"\A\s{0,8}[=+@-][^\n]{0,80}?\b(?:cmd|powershell|mshta|rundll32|regsvr32|msexcel|DDE)\s{0,8}(?:\||\(\s{0,8}\")"
)
_DRAWN: Final = (
    r"<[A-Za-z][^<>]{0,2000}?(?:\s(?:xlink:)?(?:src|href|data|poster|srcset)\s{0,8}=\s{0,8}[\"']?|\burl\(\s{0,8}[\"']?)\s{0,8}(?:file|msl|mvg|ephemeral|text|caption|label|gopher|php|phar|jar|netdoc|expect|dict|view-source):"
    r"|(?:@import\s{1,8}|\burl\()\s{0,8}[\"']?\s{0,8}(?:url\(\s{0,8}[\"']?)?(?:file|gopher|php|jar|netdoc|expect|dict):"
)
_ADDRESS: Final = (
    r"<(?:iframe|frame|img|image|embed|object|script|link|use|source|video|audio|input|feImage)\b[^<>]{0,2000}?\s(?:xlink:)?(?:src|href|data|poster)\s{0,8}=\s{0,8}[\"']?\s{0,8}((?:https?:)?//[^\s\"'<>]{1,2000})"
    r"|\burl\(\s{0,8}[\"']?\s{0,8}((?:https?:)?//[^\s\"'<>)]{1,2000})|!include(?:url)?\s{1,8}(https?://[^\s]{1,2000})|%load_json\(\s{0,8}[\"'](https?://[^\s\"']{1,2000})"
)
_ALIASES: Final = r"&\w{1,40}\s{0,8}\[\s{0,8}(?:\*\w{1,40}\s{0,8},\s{0,8}){3}"
_PICKLED: Final = r"\A\s{0,20}gA[RSQVJKLMNO][A-Za-z0-9+/_=\s-]{8}"
_ENCODED: Final = 64 * 1024
"""Characters of an object in base64 that are read."""

_BOMB: Final = 2
"""Lists of nothing but other lists, in which one grows from the other."""

_OTHER: Final = re.compile(r"[^A-Za-z0-9+/]")
_STARTING: Final = re.compile(
    rb"(?:\x8c.|c|X....)(?:os|posix|nt|subprocess|builtins|__builtin__|sys|pty|importlib|runpy|shutil|socket|ctypes|code|commands|platform)(?:\x8c|\x94|\n|q)",
    re.DOTALL,
)
_DRAWING: Final = frozenset(
    {"chart", "diagram", "draw", "image", "pdf", "plantuml", "png", "render", "screenshot", "svg", "thumbnail"}
)
"""Words of tools that make a picture of what they are given."""

_KINDS: Final = (_XML, _YAML, _OBJECTS, _INCLUDED, _TEX, _CELL, _DRAWN, _ADDRESS, _ALIASES, _PICKLED)
_EXACT: Final = tuple(re.compile(each, re.ASCII | re.IGNORECASE) for each in _KINDS)
_OF_TEX, _OF_CELLS, _OF_PICTURES, _OF_ADDRESSES, _OF_LISTS, _OF_PICKLES = range(4, len(_KINDS))
_FORMULAS: Final = frozenset("=+@-")
_FORMULA: Final = 8192
"""Characters of a formula: no program for sheets takes a longer one."""

_FETCHED: Final = re.compile(
    r"\b(?:IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED|IMAGE|WEBSERVICE)\s{0,8}\(", re.IGNORECASE
)
_TEXTS: Final = re.compile(r'"[^"]*"')
_REFERENCE: Final = re.compile(r"(?<![\w$!])(?:[\w']{1,60}!)?\$?([A-Za-z]{1,3}\$?[1-9][0-9]{0,6})(?![\w(])")
_RANGE: Final = re.compile(
    r"\$?[A-Za-z]{1,3}\$?[0-9]{0,7}:\$?[A-Za-z]{1,3}\$?[0-9]{0,7}(?!\w)|\b(?:INDIRECT|OFFSET)\s{0,8}\(", re.IGNORECASE
)
"""Several cells, or some that nobody knows."""

_COUNTED: Final = re.compile(r"\{(\d+),\d+\}")
_AHEAD: Final = re.compile(r"\(\?!(?:[^()]|\([^()]*\))*\)")


def judge_parsed(value: str, words: Collection[str], topics: Collection[str]) -> Judgement:
    """Judge content that a tool reads as a document of a kind.

    Args:
        value: the content.
        words: of the tool's name.
        topics: of which name, description and launch line of the tool speak.
    """
    text = value[:LONGEST]
    asked = {
        _OF_ADDRESSES: False,
        _OF_TEX: "latex" in topics,
        _OF_CELLS: "sheet" in topics,
        _OF_PICTURES: _draws(words),
    }
    for kind in _possible(text):
        if asked.get(kind, True) and (span := _span(kind, text)):
            return Judgement(objections=(Objection(rule="content-reaches", start=span[0], end=span[1]),))
    return CLEAN


def judge_cell(value: str) -> Judgement:
    """Judge what a tool writes into a cell of a sheet."""
    found = _EXACT[_OF_CELLS].search(value[:LONGEST]) if value.lstrip()[:1] in _FORMULAS else None
    return Judgement(objections=(Objection(rule="content-reaches", start=0, end=len(value)),)) if found else CLEAN


def gathers(value: str) -> bool:
    """Say whether a formula fetches from an address that it puts together of several cells, and so sends them."""
    if value.lstrip()[:1] not in _FORMULAS or (call := _FETCHED.search(value[:_FORMULA])) is None:
        return False
    text = _TEXTS.sub("''", value[call.end() : _FORMULA])
    return _RANGE.search(text) is not None or len({*_REFERENCE.findall(text)}) > 1


def embedded(value: str, words: Collection[str]) -> Iterator[str]:
    """Yield the addresses that a tool opens to draw a page; the first ones.

    Args:
        value: the page.
        words: of the tool's name.
    """
    if "//" in value and _draws(words):
        for found in islice(_EXACT[_OF_ADDRESSES].finditer(value[:LONGEST]), _MOST):
            address = next(filter(None, found.groups()))
            yield f"http:{address}" if address.startswith("//") else address


def _draws(words: Collection[str]) -> bool:
    return not _DRAWING.isdisjoint(words)


def _possible(text: str) -> Iterable[int]:
    try:
        return sorted(_glance().match(text))
    except SignatureError:
        return range(len(_KINDS))


def _span(kind: int, text: str) -> tuple[int, int] | None:
    if kind == _OF_LISTS:
        grows = sum(1 for _ in islice(_EXACT[kind].finditer(text), _BOMB)) == _BOMB
        return (0, len(text)) if grows else None
    found = _EXACT[kind].search(text)
    if found is None or (kind == _OF_PICKLES and not _starts(text)):
        return None
    return found.span()


def _starts(text: str) -> bool:
    """Say whether a text is what Python wrote of an object that starts something when it is read."""
    plain = "".join(text[:_ENCODED].split()).replace("-", "+").replace("_", "/")
    begun = _OTHER.split(plain, maxsplit=1)[0]
    return _STARTING.search(b64decode(begun + "A" * (-len(begun) % 4))) is not None


@cache
def _glance() -> SignatureSet:
    """Return what a text of each kind has; it costs little, and may say too much."""
    return SignatureSet([_wider(each) for each in _KINDS])


def _wider(pattern: str) -> str:
    """Return a pattern that matches at least as much, in the syntax of the set, and needs no counting."""
    return _COUNTED.sub(lambda found: "*" if found[1] == "0" else "+", _AHEAD.sub("", pattern))
