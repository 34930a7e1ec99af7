from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scankit import CLEAN, POISON, SECRETIVE, report
from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.finding import Severity
from sekisho.model.messages import Lang
from sekisho.rules.example import listing, tool
from sekisho.scan.page import page

from .test_report import made, spot

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.scan.report import Report

HARMLESS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "b", "br", "ul", "ol", "li", "table",
    "tr", "th", "td", "section", "div", "span", "code", "svg", "rect", "text", "path",
}  # fmt: skip
VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page as a browser does: which elements it has, whether they close, and what it says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def written(made: Report, lang: Lang = Lang.EN) -> str:
    return page(made, lang, version="1.2.3", made="2026-11-30 12:00 UTC")


@pytest.mark.parametrize("lang", Lang)
def test_a_page_is_whole_and_says_what_the_report_says(tmp_path: Path, lang: Lang) -> None:
    text = written(report(tmp_path, tides=POISON, sky=CLEAN), lang)
    read = Reader(text)
    assert read.open == []
    said = "".join(read.said)
    assert all(part in said for part in (SECRETIVE, "/tools/0/description", "tides", "MCP03:2025", "1.2.3"))
    assert f'<html lang="{lang.value}">' in text


def test_a_clean_page_has_nothing_to_do() -> None:
    text = written(made())
    assert "No finding." in text
    assert "Nothing." in text
    assert "<svg" not in text


def test_the_policy_lets_in_the_one_style_sheet_and_nothing_else() -> None:
    text = written(made())
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}';" in text
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.text(max_size=20), st.sampled_from(["<script>x</script>", "\"'><img src=x onerror=x>", "</style>", "<!--"]))
def test_nothing_of_a_server_becomes_markup(tmp_path: Path, text: str, trick: str) -> None:
    poison = listing(
        tool(f"{text}{trick} {SECRETIVE}", name=f"{trick}send"),
        tool("Reads a mail.", name=f"read_mail{trick}"),
    )
    read = Reader(written(report(tmp_path, tides=poison)))
    assert read.tags <= HARMLESS
    assert not any(name.startswith("on") or name in {"style", "src", "href"} for name in read.names)
    assert read.open == []


def test_many_places_are_counted(tmp_path: Path) -> None:
    many = [tool(SECRETIVE, name=f"tool_{number}") for number in range(60)]
    assert "and 10 more" in written(report(tmp_path, tides=listing(*many)))


def test_a_finding_without_server_words_or_references_is_told_too() -> None:
    text = written(made(spot(RULE_FAILED, Severity.CRITICAL, server="")))
    assert "A rule failed on this text" in text
