"""Writes every generated document anew, or with `--check` fails where one is not current.

python tools/generated.py [--check]
"""

from __future__ import annotations

import sys

import cli_pages
import detection_pages
import environment_pages
import error_pages
import host_pages
import measured
import pages
import rule_pages
import settings_pages
import threat_pages

__all__ = ["GENERATORS"]

GENERATORS = (
    cli_pages.make,
    detection_pages.make,
    environment_pages.make,
    error_pages.make,
    host_pages.make,
    measured.make,
    rule_pages.make,
    settings_pages.make,
    threat_pages.make,
)
"""All of them."""

if __name__ == "__main__":
    sys.exit(pages.main(GENERATORS))
