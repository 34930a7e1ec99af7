"""Where a word for a machine that reads stands and nobody is spoken to: a parameter's name, its key, what one did."""

from __future__ import annotations

from typing import Final

__all__ = ["DID", "DOES", "LISTED", "MESSAGES", "NAMED", "SENT", "SUPPOSED", "TYPED"]

TYPED: Final = (
    r"[^\w'\"\n]{0,3}[,(]?\s{0,40}[a-z][\w.-]* ?: ?['\"]?(?:(?:[A-Z]\w*\.)*[A-Z]\w+(?:[\[(|.]|['\"]? ?(?:[|=)\]\n]|,(?:\s*\*{0,2}\w+ ?[:=),]|\s*[)\n]|\s*\Z))|\s*\Z)|"
    r"(?:Any|None|str|int|bool|bytes|float|dict|list|tuple|set|type|object|string|number|boolean|unknown|void|never|"
    r"optional)\b ?(?:[\[|,=)\];\n]|\Z))"
)
"""A name with its type, as in a signature."""

NAMED: Final = (
    r"(?i:\W{0,3}(?:[\w-]+ ){0,3}?(?:ai|llm|agent|assistant|model|bot|chatbot|copilot|claude|gemini|gpt|chatgpt|cursor)s?"
    r"(?:'s?\b|\u2019s?\b| (?:api|sdk|cli|keys?|tokens?|accounts?|settings|configuration|configs?|names?|providers?|framework|"
    r"definitions?|instances?|class|objects?|responses?|subscription|version)\b))"
)
"""What belongs to one, or is called by its name."""

SENT: Final = r"(?i:\w+ to \w+ (?:the|an?|your|its|their|each) )"
"""`Message to send the model`: what somebody does with it."""

SUPPOSED: Final = r"(?i:\W{0,3}(?:[\w-]+ ){1,3}?(?:should|could|must|would) have (?:\w+ed|been|had|seen|known|done)\b)"
"""What would have been."""

DID: Final = (
    r"(?i:\W{0,3}(?:your |our |the |an? )?[\w-]+ (?:told|said|wrote|replied|answered|asked|sent|did|was|were|had|"
    r"ignored|forgot|kept|closed|deleted|called) )"
)
"""What one did."""

DOES: Final = (
    r"(?i:[\w-]+ (?:will \w+|reads|runs|writes|opens|keeps|sends|calls|picks|starts|looks|asks) "
    r"(?:you|it|its|the|for|from|in|up|a)\b)"
)
"""The agent reads it: what one does, who is known to whoever reads."""

MESSAGES: Final = (
    r"(?<=\S )(?<!this is a )(?<!this is the )(?<!following )system (?:message|instruction|directive|notice|note|update|alert|override)s?\b(?!(?: #?\w*\d\w*)? ?[:>\]!\u2014-])|"
    r"\b(?:each|every|any|all|no|last|first|latest|another)(?: \w+)? (?:message|request|order|update|command)s? from the (?:user|system|developer|owner)\b(?!:)|"
    r"^\W*system (?:messages|instructions|notices|updates|alerts|directives|overrides) (?:are|were|can|should|must|may|will|have|need|that|which|in|on|of|do)\b|"
    r"\b(?:a|any|each|no) (?:new|updated|revised) (?:system )?(?:prompt|instruction|order|directive)s? (?:is|are|was|were|will|can|may|must|does)\b|"
    r"\b(?:its|the|one|a|an|each|any|every|this|that|their) (?:\w+ )?(?:note|notice|message|instruction|request|hint|reminder|order)s? (?:to|for) (?:the |a |an |each )?(?:\w+ )?(?:model|agent|assistant|llm|ai|chatbot|gpt|claude|gemini|copilot)s?\b(?! ?[:>\u2014-])|"
    r"`[^`\n]{0,12}</?[\w:|-]{1,40}(?: [^`>\n]{0,40})?>[^`\n]{0,12}`|(?<=\w)[\[({<]{1,3}/?\w{1,20}[\]>})]{1,3}|\[[\w ]{1,40}\](?=[\[(])|"
    r"</?[\w-]{1,20}>(?:(?: ?(?:,|and|or))? ?</?[\w-]{1,20}>){0,4} (?:tags?|elements?|blocks?)\b"
)
"""Speaks of messages of the system or the user, and of marks, as of things."""

LISTED: Final = (
    r"(?i:\.\w|[^\w\n]?[\w-]+:/\w|\s*[\w-]+ ?:[ \t]*\n[ \t]+[\w-]+ ?: ?\S|[,/]\s{0,8}(?:\w+[ -]){0,2}\w+\s?[,/] ?\w)"
)
"""An attribute, a key with keys below it or a path, or one thing of several."""
