"""The ids of what is said to a person about refused calls and what they may let through."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CallId"]


class CallId(StrEnum):
    """One message. Its text and placeholders are in `english_calls.py` and `japanese_calls.py`."""

    WHY_VALUE = "call-why-value"
    WHY_VALUE_KEPT = "call-why-value-kept"
    WHY_TITLE = "call-why-title"
    WHY_FIX = "call-why-fix"
    WHY_RIGHT = "call-why-right"
    WHY_RIGHT_NOTHING = "call-why-right-nothing"
    WHY_WRONG = "call-why-wrong"
    WHY_WRONG_RELEASE = "call-why-wrong-release"
    WHY_NEVER = "call-why-never"
    WHY_ALWAYS = "call-why-always"
    RELEASE_CALL_SHOWS = "call-release-call-shows"
    RELEASE_CALL_UNSEEN = "call-release-call-unseen"
    RELEASE_CALL_ASK = "call-release-call-ask"
    RELEASE_CALL_DONE = "call-release-call-done"
    RELEASE_CALL_USED = "call-release-call-used"
    RELEASE_CALL_NEVER = "call-release-call-never"
    ALLOW_TOOL_SHOWS = "call-allow-tool-shows"
    ALLOW_TOOL_ASK = "call-allow-tool-ask"
    ALLOW_TOOL_DONE = "call-allow-tool-done"
    ALLOW_TOOL_WITHDRAWN = "call-allow-tool-withdrawn"
    ALLOW_TOOL_NONE = "call-allow-tool-none"
    ALLOW_TOOL_UNKNOWN = "call-allow-tool-unknown"
    ALLOW_TOOL_NO_RULE = "call-allow-tool-no-rule"
    ALLOW_TOOL_NEVER = "call-allow-tool-never"
    ALLOW_TOOL_WHEN = "call-allow-tool-when"
    ALLOW_TOOL_REASON = "call-allow-tool-reason"
    ALLOW_LIST_NONE = "call-allow-list-none"
    ALLOW_LIST_LINE = "call-allow-list-line"
