from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from scankit import CLEAN, SECRETIVE, report
from sekisho.model.messages import Lang
from sekisho.rules.example import listing, tool
from sekisho.scan.picture import picture

from .test_report import made

if TYPE_CHECKING:
    from pathlib import Path

READS = tool("Reads a mail.", name="read_mail")
SENDS = tool("Sends a message.", name="send_message")


def drawn(text: str) -> tuple[list[str], list[str]]:
    """Return the texts of a picture, and the classes of its lines."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    flows = [path.get("class", "") for path in root.iter("path") if path.get("class", "").startswith("flow")]
    return [element.text or "" for element in root.iter("text")], flows


def test_a_reader_stands_on_the_left_and_a_sender_on_the_right(tmp_path: Path) -> None:
    texts, flows = drawn(picture(report(tmp_path, mail=listing(READS), chat=listing(SENDS)), Lang.EN))
    assert texts == [
        "what comes in", "mail", "text of strangers · private data", "what can leave", "chat", "sends out", "agent",
    ]  # fmt: skip
    assert flows == ["flow outside", "flow private", "flow outward"]


def test_a_server_that_does_both_stands_on_both_sides(tmp_path: Path) -> None:
    texts, _ = drawn(picture(report(tmp_path, mail=listing(READS, SENDS)), Lang.EN))
    assert texts.count("mail") == 2


@pytest.mark.parametrize("lang", Lang)
def test_without_a_flow_there_is_no_picture(tmp_path: Path, lang: Lang) -> None:
    assert picture(report(tmp_path, sky=CLEAN), lang) == ""
    assert picture(made(), lang) == ""


def test_more_servers_than_fit_are_counted(tmp_path: Path) -> None:
    texts, flows = drawn(picture(report(tmp_path, {f"s{n}": listing(SENDS) for n in range(15)}), Lang.EN))
    assert "and 3 more" in texts
    assert len(flows) == 12


def test_the_worst_finding_colours_a_box(tmp_path: Path) -> None:
    bad = listing(tool(f"Sends a message. {SECRETIVE}", name="send_message"))
    assert 'class="box high"' in picture(report(tmp_path, chat=bad), Lang.EN)
