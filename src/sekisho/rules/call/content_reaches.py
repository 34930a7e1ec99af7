"""Content that makes its reader open something else, or make objects of any kind.

## What it does
Reports, in what a tool parses, renders or compiles: entities of XML from elsewhere and such as grow, style sheets that
call or read, tags of YAML that make objects, objects that Java, PHP, .NET, Node or Python have written, files that TeX,
PlantUML and their like include by an absolute path, inner addresses and `file:` in pages that are drawn, cells
that start a program, and formulas that fetch from an address put together of several cells.

## Why it matters
A parser with its defaults follows what a document says: it reads a key, asks an inner machine, or runs what the object
says.

## Seen in the wild
CWE-611, CWE-776, CWE-502 and CWE-918: parsers, makers of PDF and loaders of YAML of every language.

## How to fix
Give the document without entities, tags and includes.
An author turns them off in the parser: `resolve_entities=False`, `yaml.safe_load`, `-no-shell-escape`.

## Known limits
A tool is known for a parser by its name and description.
A file that is parsed is not read.
Includes beside the document pass, and so do sheets that fetch an address with one cell in it, and links that a person
has to click (`HYPERLINK`).
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.called import objecting
from sekisho.rules.example import call

__all__ = ["RULE"]

RULE: Final = Rule(
    id="content-reaches",
    title="The content makes its reader open or start something",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(611, 776, 502, 918)),
    check=objecting("content-reaches"),
    bad=(
        call("parse_xml", xml="<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
        call("load_yaml", text="!!python/object/apply:os.system ['id']"),
        call("html_to_pdf", html="<iframe src='http://169.254.169.254/latest'></iframe>"),
    ),
    good=(
        call("parse_xml", xml="<!DOCTYPE html><p>an &lt;!ENTITY&gt; is declared so</p>"),
        call("load_yaml", text="note: the tag !!python is refused"),
        call("html_to_pdf", html="<p>http://169.254.169.254/ is an inner address</p>"),
    ),
)
