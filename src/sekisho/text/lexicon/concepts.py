"""The concepts that rules combine."""

from __future__ import annotations

from typing import Final

__all__ = ["Concept"]


class Concept:
    """What a stretch of text speaks about or does, one bit each. None of them is an objection by itself.

    Plain integers: they are joined and compared for every text that passes, and an `IntFlag` costs a microsecond each.
    """

    MODEL: Final = 1 << 0
    """The one who reads definitions: the assistant, the model, the agent."""

    DIRECTIVE: Final = 1 << 1
    """Something shall be done: must, always, please, make sure."""

    USER: Final = 1 << 2
    """The person at the other end."""

    UNTOLD: Final = 1 << 3
    """Not to be told, mentioned, shown, reported."""

    STEALTH: Final = 1 << 4
    """Silently, quietly, unnoticed."""

    UNAWARE: Final = 1 << 5
    """Somebody shall not know or notice, or does not need to."""

    READ: Final = 1 << 6
    """To read, collect, look up."""

    MOVE: Final = 1 << 7
    """To send, put into, pass along, write."""

    SECRET_PLACE: Final = 1 << 8
    """A path or store that holds credentials."""

    SECRET: Final = 1 << 9
    """A credential by its word: password, token, private key."""

    ANY: Final = 1 << 10
    """All of, any that you have: whatever can be found."""

    CONTEXT: Final = 1 << 11
    """What the model knows from elsewhere: the conversation, its instructions, other tools' results."""

    CALLER: Final = 1 << 12
    """What the model or client is that calls: its name, version, maker."""

    TOOLSET: Final = 1 << 13
    """Which tools the model has."""

    CONTEXT_NAME: Final = 1 << 14
    """A name, in one or two words, of what the model knows: `chat history`, `system prompt`."""

    LLM_TOPIC: Final = 1 << 15
    """The definition is about language models or chats: then prompts and histories are its business."""

    PERSONAL: Final = 1 << 16
    """What belongs to the person: address, contacts, mail, documents."""

    BEFORE: Final = 1 << 17
    """Before this tool is used, as a precondition."""

    OTHERWISE: Final = 1 << 18
    """Else it will not work."""

    OTHER_TOOLS: Final = 1 << 19
    """Tools of others, or all tools."""

    NAMED_TOOL: Final = 1 << 20
    """A tool by its name."""

    WHENEVER: Final = 1 << 21
    """Every time that something else happens."""

    REDIRECT: Final = 1 << 22
    """Recipients, copies, destinations that are changed or added."""

    OVERRIDE: Final = 1 << 23
    """To ignore, forget or go around rules or instructions."""

    RULES: Final = 1 << 24
    """Instructions, guidelines, policies, safety, confirmation."""

    VOICE: Final = 1 << 25
    """Speaks as the user, the system, the vendor or an authority."""

    TAG: Final = 1 << 26
    """Markup that shall make text look like an order from above."""

    TASK: Final = 1 << 27
    """The task that the user gave."""

    RESUME: Final = 1 << 28
    """To go back to the task after the detour."""

    LATER: Final = 1 << 29
    """Only after some calls, from some day on, once trusted."""

    PRAISE: Final = 1 << 30
    """Better than all others."""

    PREFER: Final = 1 << 31
    """To be used first, always, instead of others."""

    NO_ASKING: Final = 1 << 32
    """Without asking, confirmation, approval."""

    FETCH_RUN: Final = 1 << 33
    """A download that is piped into an interpreter."""

    LEAK_URL: Final = 1 << 34
    """An address or image with a place for data in it."""

    OFFENCE: Final = 1 << 35
    """Words of attack tools."""

    ABOUT: Final = 1 << 36
    """Talks about such texts: detects, scans, for example, quoted."""

    FOLDED: Final = 1 << 37
    """Something that may be another text when it is decoded."""

    STRONG_OFFENCE: Final = 1 << 38
    """What only an attack tool says it does."""

    MARKUP: Final = 1 << 39
    """A script address, an inline script, an event handler."""

    INTO: Final = 1 << 40
    """Into a parameter of the call."""

    OBEY: Final = 1 << 41
    """To do as a text says that follows."""

    FIXED: Final = 1 << 42
    """An address, number or account that the text itself names."""

    HEARD: Final = 1 << 43
    """As `CONTEXT`, in words that can hardly mean anything else: what the user told you, your full instructions."""

    ACT: Final = 1 << 44
    """Something that changes what others see or own."""
