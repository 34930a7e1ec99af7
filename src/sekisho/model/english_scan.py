"""The part of the English catalogue about the scanner."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.scan_ids import ScanId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SCAN"]

SCAN: Final[Mapping[Id, str]] = MappingProxyType({
    Id.SCAN_TITLE: "Sekisho scan   servers {servers}, definitions {definitions}   nothing sent out",
    Id.SCAN_CLEAN: "No finding.",
    Id.SCAN_COUNTS: "Findings  {critical} critical, {high} high, {medium} medium, {low} low",
    Id.SCAN_CONFIDENCE_HIGH: "confidence high",
    Id.SCAN_CONFIDENCE_MEDIUM: "confidence medium",
    Id.SCAN_CONFIDENCE_LOW: "confidence low",
    Id.SCAN_PLACES: "{count} places",
    Id.SCAN_MORE_PLACES: "and {count} more: all of them with --format json",
    Id.SCAN_LOOKED: "Looked at",
    Id.SCAN_LOOKED_AT: "{server}: {definitions} definitions in {source}",
    Id.SCAN_UNSEEN: "Not looked at",
    Id.SCAN_TODO: "To do first",
    Id.SCAN_NOTHING_TO_DO: "Nothing.",
    Id.SCAN_TAKE_OUT: "Keep {server} out of use until its author has answered for: {titles}.",
    Id.SCAN_SEE_TO: "{servers}: {fix}",
    Id.SCAN_MORE: "About a rule: sekisho explain {rule}",
    Id.SCAN_RULE_FAILED: "A rule failed on this text, which counts as an objection",
    Id.SCAN_RULE_FAILED_FIX: "Please report it with the definition.",
    Id.SCAN_FAILED: "Sekisho itself failed ({kind}); there is no report.\n"
    "Please report it with the output of: sekisho doctor",
    Id.SCAN_CRITICAL: "CRITICAL",
    Id.SCAN_HIGH: "HIGH",
    Id.SCAN_MEDIUM: "MEDIUM",
    Id.SCAN_LOW: "LOW",
    Id.SCAN_ONLY_TEXT: "What the servers do: only what they say about themselves was read.",
    Id.SCAN_NOT_IN_DUMP: "The dump does not have them.",
    Id.SCAN_MORE_PAGES: "The list goes on behind its nextCursor; dump its other pages too.",
    Id.SCAN_NO_OBJECT: "It is no object, so it defines nothing that a model is shown.",
    Id.SCAN_LOOKED_IN: "{source}: {servers}",
    Id.SCAN_NO_SERVERS: "{source}: no servers",
    Id.SCAN_ABSENT: "No file at {count} other places of {hosts} hosts: --format json names them",
    Id.SCAN_DENIED: "You may not read it.",
    Id.SCAN_NO_FILE: "It is no plain file.",
    Id.SCAN_TOO_LARGE: "It is larger than any settings.",
    Id.SCAN_BROKEN: "It cannot be read from here on: a host may read it otherwise.",
    Id.SCAN_NO_LAUNCH: "It stands where a server should, and has no command and no URL.",
    Id.SCAN_NOT_STARTED: "What the servers of these settings offer: nothing was started or contacted.",
    Id.SCAN_NEITHER: "{path} is neither what a server offers nor settings of a host.\n"
    "Save the answer to tools/list as it came, or name the host's settings.",
    Id.SCAN_EMPTY_FOLDER: "{path} has no settings of a host and no dump of a server.\n"
    "Name the file, or the folder of the project.",
    Id.SCAN_KNOWN: "Known from the baseline, not counted: {count}",
    Id.SCAN_EXPIRED: "This suppression has expired, so the finding counts again.",
    Id.SCAN_NOT_MET: "as many entries of the baseline fit nothing now; write it anew.",
    Id.SCAN_NO_BASELINE: "{path} is no baseline (at {place}).\n"
    "An entry has a fingerprint, and reason and expires (YYYY-MM-DD) or neither.",
    Id.SCAN_WROTE: "Wrote {path}: {count} findings are known from now on.",
    Id.SCAN_STARTING: "Starting {server} to see what it offers ...",
    Id.SCAN_REMOTE: "A remote server is not contacted.",
    Id.SCAN_DISABLED: "The host does not use it now.",
    Id.SCAN_SILENT: "It was started, and did not tell within a minute what it offers.",
    Id.SCAN_NOT_LISTED: "It did not start or did not answer; what it offers is not known.",
    Id.SCAN_NOT_OBSERVED: "This file system does not tell whether planted secrets were read.",
    Id.SCAN_NO_SANDBOX: "There is no sandbox: bubblewrap (bwrap) is missing or may make none.\n"
    "Install it, or say --no-sandbox: the servers then run as you, with all rights.",
    Id.SCAN_UNBOXED: "Without a sandbox: what is started runs as you, with all your rights.",
    Id.SCAN_NOT_CACHED: "It has not been downloaded yet; --fetch lets it be.",
    Id.SCAN_NOT_TO_THE_END: "It declares this list and did not give it, or not to its end.",
    Id.SCAN_NOT_LIVE: "--no-sandbox and --fetch are about servers that are started.\n"
    "Add --live, or a command: sekisho scan --live -- COMMAND",
    Id.SCAN_UNREADABLE: "{path} cannot be read: {problem}\nCorrect the name or the rights.",
    Id.SCAN_NOT_JSON: "{path} is not JSON that has one reading: {problem}\n"
    "Save the server's answer as it came, in UTF-8.",
    Id.SCAN_NO_DUMP: "{path} has no tools, prompts, resources or instructions of a server.\n"
    "Give the answer to tools/list, or an object with any of these members.",
    Id.SCAN_WRONG_SHAPE: "{path}: the member {member} has not the form that MCP gives it.\n"
    "Give the answer to tools/list as it came.",
    Id.PAGE_TITLE: "What MCP servers say: a report of Sekisho",
    Id.PAGE_MADE: "Made {made} by Sekisho {version}. Nothing was sent out.",
    Id.PAGE_FINDINGS: "Findings by cause",
    Id.PICTURE_TITLE: "Servers and flows",
    Id.PICTURE_NOTE: "Read from names and descriptions; a tool that hides its trade is not in it.",
    Id.PICTURE_IDLE: "Without a flow that we recognise: {servers}",
    Id.PICTURE_LEFT: "what comes in",
    Id.PICTURE_RIGHT: "what can leave",
    Id.PICTURE_AGENT: "agent",
    Id.PICTURE_OUTSIDE: "text of strangers",
    Id.PICTURE_PRIVATE: "private data",
    Id.PICTURE_OUTWARD: "sends out",
    Id.PICTURE_MORE: "and {count} more",
    Id.EXPLAIN_UNKNOWN: "There is no rule {rule}.\nAll rules: sekisho explain",
    Id.EXPLAIN_WHAT: "What it does",
    Id.EXPLAIN_WHY: "Why it matters",
    Id.EXPLAIN_SEEN: "Seen in the wild",
    Id.EXPLAIN_FIX: "How to fix",
    Id.EXPLAIN_LIMITS: "Known limits",
    Id.EXPLAIN_REFERENCES: "References",
})  # fmt: skip
