"""What makes a text in a result an order to whoever reads it for somebody: who is meant, on what ground, and what for.

Three lists that are combined, none of which says anything by itself. `CALLED` and `BOUND` name a reader that can only be
a machine; `FRAMED` speaks of what only such a reader has: a task, a turn, tools, somebody it works for. `GRAVE` is what
no honest text asks of one. For results only.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BOUND", "CALLED", "FRAMED", "GRAVE", "GUARDED", "HUSHED", "MENTIONED", "TRADES"]

_MACHINE: Final = (
    r"(?:(?:ai|llm|ml|language|coding|shopping|screening|mail|e-?mail|chat|virtual|automated|automatic|machine|generative|"
    r"vision|voice|review|reviewer|triage|support|note|note-taking|scheduling|calendar|browser|crawler|build|dev|deploy|release|"
    r"summari[sz]\w*|analy\w+|processing|co-?piloting|spreadsheet|conversational|intelligent|autonomous|row|log|parser)[ -]?){1,3}"
    r"(?:assistant|agent|model|copilot|bot|chatbot|client|crawler|helper|reader|reviewer|editor|processor|system|tool|visitor|ai|llm|dev)s?|"
    r"(?:agent|assistant|copilot|chatbot|bot|llm|language model|chatgpt|claude|gemini|gpt|ai)s?"
)
_ACTS: Final = (
    r"must|shall|should|ought to|has to|have to|needs? to|is to|are to|will|may now|can now|may not|must not|shall not|"
    r"(?:is|are) (?:\w+ )?(?:required|obliged|bound|expected|asked|cleared|allowed|permitted|authori[sz]ed|instructed|directed|entitled) to"
)
_PURPOSE: Final = r"(?: (?:that|who|which|of|when|working|reading|processing|looking|helping|comparing|using|with|on|for|in) [^.:\n]{1,70}?)?,?"

CALLED: Final = "|".join(
    (
        (
            rf"(?:(?m:^)|[\n>\"'`(\[*#|@,;.!?:/-]|\s\s\s\s)\s*(?:dear |hey |hi |hello |attention:? |note |notice |to |for |please,? |also,? )*(?:all |any |every |the |you |your |our |this |kind |an? )*(?:{_MACHINE})(?: \([^)\n]{{1,20}}\))?"
            rf"(?:{_PURPOSE} ?: ?| ?[,–] ?| ?- )[a-z\"'`\[]"
        ),
        rf"\b(?:notes?|notices?|hints?|messages?|instructions?|guidelines?|rules?|directives?|policy|policies|requests?|orders?|addendum|statement|terms|configuration|workflow|guidance) (?:for|to|on) (?:all |any |every |the |your )*(?:\w+[ -]){{0,2}}(?:{_MACHINE})\b",
        rf"\b(?:if|should|in case) (?:you|an?|any|the|your|some|this|it|this message|this page|this text)(?: are| is|'re| be| happens? to be| happen to be)?(?: being)?(?: read| processed| handled| seen)?(?: by)? ?(?:an? |any |some )?(?:{_MACHINE})\b",
        rf"\b(?:whichever|whatever|any|every|each|whoever|somebody's|someone's|your|their) (?:{_MACHINE}|helper)\b",
        rf"\b(?:to|for|at) the (?:kind |dear |helpful )?(?:{_MACHINE}) (?:reading|that|who|which|handling|processing)\b",
        rf"\b(?:have|let|tell|ask|get|make|want|need|requires? that) (?:your |the |an |any )?(?:{_MACHINE}|model|helper) (?:to )?[a-z]",
        r"\b(?:ai|llm|agent|assistant|model|copilot|bot)[-_ ](?:instructions?|directives?|prompts?|notes?|hints?|orders?|tasks?|guidance|policy)[\"'`]? ?(?:[:=>]|content)",
        r"@[a-z0-9-]{0,20}(?:bot|agent|assistant|copilot|claude)\b",
    )
)
"""Names a reader that is a machine, in the place of one that is spoken to."""

BOUND: Final = (
    rf"\b(?:{_MACHINE}){_PURPOSE} (?:(?:also|then|now|always|first|therefore|hereby|thus|automatically) )*(?:{_ACTS})\b|"
    rf"\b(?:{_MACHINE}){_PURPOSE} (?:accepts? that|agrees? that|starts? |treats?|gives?|puts?|copies|copy|reads?|runs?|executes?|tells?|opens?|pushes|picks? this|adds?|inserts?|appends?|ranks?|labels?|approves?|forwards?|sends?|deletes?|closes?|sets?|submits?|answers?|does so|is asked|are asked|demonstrates?|gives?|names?|shall)\b"
)
"""Says what such a reader does, or has to do."""

FRAMED: Final = "|".join(  # noqa: FLY002 - a list of signs
    (
        # A call that is to be made again, with more in it.
        r"\b(?:call|invoke|retry|re-?send|repeat|re-?run|re-?enter|try) (?:this |the |that |it |your )?(?:\w+ )?(?:tool|function|request|call|server|again|once more)\b",
        # What comes before an answer, and when something counts as done.
        r"\bbefore (?:you )?(?:answer|repl|respond|present|return|continu|the next|reading further|anything|going on|you go on|your next)\w*\b|\bprior to (?:present|answer|repl|respond)\w+\b",
        r"\b(?:not|never|only) (?:be )?(?:finished|settled|answered|considered done)\b|\bonly takes effect\b|\bcounts as (?:answered|done|complete)\b|\bdefinition of done\b",
        r"\b(?:task|job|request|process|search|step|thread|setup)\b[^.\n]{0,40}\b(?:incomplete|pending|open|rolled back|not complete)\b|\bto (?:complete|finish|continue|resolve|fix|debug) (?:it|this|that|step|the)\b",
        r"\b(?:next|new|remaining|following|second|mandatory) (?:task|goal|objective|job)s?\b|\btask [2-9]\b|\byour queue\b",
        # What only a reader for somebody has.
        r"\byour (?:user|principal|operator|session|mandate|(?:system|developer) prompt|context|own (?:\w+ )?config\w*|settings|tools|memory|long-term memory|report|summary|next (?:message|reply|answer|query|output))\b|\b(?:the|their) (?:user|operator) (?:adds|has pre-approved|behind you|of your)\b|\buser you (?:work|act) for\b|\bthe person you\b",
        r"\b(?:calling|reading|processing) (?:model|agent|assistant|client)\b|\bin (?:this|the same) turn\b",
        r"\b(?:use|using|call|calling|invoke|open|run|via|with|through) (?:the |your )?[\w-]+ (?:tool|function)\b|\b(?:call|invoke|execute) [`'\"]?[a-z]+_[a-z_]+\b|\bagent\.[a-z_]+\(|\b(?:run|execute|exec)_(?:command|shell|sql|code|bash)(?:[^\w(]|\z)|\b(?:werkzeug|outil|herramienta|ferramenta|strumento)\b|ツール|工具|도구|инструмент",
        r"\b(?:rappeler|erneut|vuelv[ae] a|nuovamente|novamente)\b|重新调用|再次调用|もう一度呼|再度呼|다시 호출",
        r"\b(?:user|customer|owner|person|human|operator)s? (?:has |have |had |were |was |is |are )?(?:already )?(?:pre-?approved|approved this|confirmed this|been told|told|passed|consented|agreed)\b|\bmy user\b|\bnext:? agent\b",
        # Somebody else to be.
        r"\byou(?:'re| are) (?:now|no longer|\S{3,30} now)\b|\b(?:pretend|imagine|suppose|assume) (?:that )?(?:you|to be|an (?:ai|agent|assistant))\b|\bact as\b|\blet's play\b|\bbreaks? character\b|\bhypothetically\b|\bthought experiment\b",
        # The marks of a conversation, and of a tool that answers.
        r"(?m:^)\W{0,6}(?:system|human|user|assistant|observation|thought|action|developer)(?: directive\b[^:\n]{0,12}| \([^)\n]{1,40}\))? ?[:>\]]|\\n(?:system|human|user|assistant) ?:|(?:\[|<|### ?|\()/?(?:end )?(?:system|assistant|human|conversation|user|user[ :][^\]>)\n]{1,20}|tool(?:: ?|_| )[a-z]\w*[._ ][^\]>)\n]{1,30})[\]>:](?: ?\w|\n)|<\|(?:im_start|user|system|assistant)\|?>|### system|\btool (?:output|result|call)\b|\btool_(?:output|result|call)|\b(?:function|command) result\b",
        r"\bi(?:'ll| will| have to| shall) (?:now |then |therefore )?(?:read|call|push|open|upload|send|do that|include)\b|\b(?:as i said|we agreed) ",
        # Consent and power that nobody gave.
        r"\b(?:authori[sz]e (?:the|you|your)|is cleared to|will not see|won't see)\b",
        # Codes to be read and done.
        r"\b(?:decode|translate|read|execute|reverse|decrypt)\b[^.\n]{0,60}\b(?:and|then) (?:then )?(?:follow|do|obey|execute|carry out|run|act)\b",
    )
)
"""Speaks of what only a machine that reads for somebody has to do with."""

_PLACES: Final = (
    r"(?:~|%userprofile%|\$home)/\.(?:ssh|aws|gnupg|kube|docker|config|azure|netrc|npmrc|pypirc|bash_history|zsh_history|git-credentials)\b(?:[^p]|p[^u])|"
    r"\bid_(?:rsa|ed25519|ecdsa)\b(?:[^.]|\.[^p]|\z)|/etc/(?:passwd|shadow)\b|\bprintenv\b|(?:^|[\s\"'`(/])\.env\b|\b(?:password|secrets?) (?:file|store)s?\b|\bpass\w{1,6}\.txt\b|\benvironment\b"
)
_KEYS: Final = (
    r"(?:api[ -]?keys?|access keys?|private[ -]keys?|deploy keys?|passwords?|passphrases?|credentials|creds|cookies?|access tokens?|tokens?|authtoken|secrets|"
    r"card (?:number|details)|cvc|cvv|one-time codes?|seed phrases?|vault|keychain)"
)
_GIVES: Final = r"(?:send|forward|mail|e-?mail|post|upload|submit|transmit|share|paste|put|pass|hand|give|write|copy|include|attach|append|print|output|show|dump|publish|push|reveal|disclose|tell|type in|enter|re-enter|re-send|resend|export|collect|add|dm|fill)"
_TALK: Final = (
    r"(?:(?:full|complete|entire|whole|last|latest|later|previous|earlier|every|all)(?: \w+){0,2} (?:conversation|chat|messages?|questions?|mails?|text)|(?:conversation|chat)(?: \w+)? so far|(?:system|developer) (?:prompt|message)|"
    r"text of our chat|copies|documents?|files?|records?|notes?|identity|e-?mail address|phone|location|what (?:the user|they) \w+|everything the \w+|text above|address book|contacts?|(?:whole )?(?:calendar|mailbox|notebook)|(?:all )?(?:your )?instructions|variables)"
)
_AWAY: Final = r"(?:https?://|\w@[\w-]+\.\w|\bas (?:the |a )?(?:field|argument|parameter|body|query|input)|\bin (?:the )?(?:field|argument|parameter)\b|[^h] as `|\bin `|\binto `|参数|引数|인자|\bdans le champ\b|\bins? (?:\w+)?formular\b|\binto (?:the |a )?(?:\w+ )?(?:field|form|comment|box|chat|reply|issue|message|subject|fixture)s?\b|[?&]\w{1,16}=)"

GRAVE: Final = "|".join(
    (
        rf"\b(?:{_GIVES}|read|open|cat|take|load|contents? of|text of|values? of|what is in|what's in)(?:s|es|ing)?\b[^.\n]{{0,60}}(?:{_PLACES})",
        rf"(?:{_PLACES})[^.\n]{{0,40}}\b(?:to|into|as|in|and) (?:\w+ ){{0,3}}(?:{_GIVES})\b|(?:{_PLACES})[^\n]{{0,60}}{_AWAY}",
        rf"\b{_GIVES}(?:s|es|ing)?\b[^.\n]{{0,50}}\b{_KEYS}\b[^.\n]{{0,60}}(?:{_AWAY}|\bhere\b|\bas a reply\b|\bin (?:your|my|this|the) (?:reply|answer|comment|report|subject|next)\b|\bpublic\b|\b(?:user|customer)\b|\bstdout\b)",
        rf"\b(?:mot de passe|passwor?t|contraseña|senha|pass\w+\.txt)\b[^.\n]{{0,50}}{_AWAY}|\b[a-z]+_(?:secret|access|api)_?[a-z_]*key\b[^.\n]{{0,50}}{_AWAY}|\b{_KEYS} (?:\w+ )?(?:printed|sent|posted|pasted|included|attached|forwarded|uploaded|shown|written|given)\b[^.\n]{{0,24}}\b(?:in|to|into|as|with)\b|\b(?:user|owner|customer|its|their)(?:'s|s')? (?:\w+ )?{_KEYS}\b[^.\n]{{0,50}}{_AWAY}|\b(?:pass|submit|enter|type in|re-enter|reply with)\b[^.\n]{{0,30}}\b(?:its|your|the user's|the owner's|the full) {_KEYS}\b",
        rf"\b{_GIVES}(?:s|es|ing)?\b[^.\n]{{0,60}}\b{_TALK}\b[^.\n]{{0,60}}{_AWAY}|{_AWAY}[^.\n]{{0,40}}\b(?:followed by|with|and|containing)\b[^.\n]{{0,24}}\b{_TALK}",
        r"\b(?:reveal|disclose|print|output|repeat|show|include|paste)(?:s|es|ing)?\b[^.\n]{0,30}\b(?:(?:system|full) prompt|developer message|your instructions|text above)\b",
        r"\b(?:curl|wget)\b[^\n]{0,120}\| ?(?:sudo )?(?:ba|z)?sh\b|\bgit push (?:--force|-f)\b|\brm -rf\b|\bexec\([^\n]{0,60}urlopen|\bcrontab\b|\bgrant-all\b",
        r"\b(?:set|add|adding|enable|writes?|put|pass|use|needs|turn on|restart\w*)\b[^\n]{0,60}(?:\bbash\(\*\)|skip-[a-z]+missions|auto-?approve\b|\ballow all\b)|\b(?:turn(?:s|ed)?|switch(?:es)?) (?:\w+ ){0,2}off\b[^.\n]{0,40}\b(?:sandbox|signing|protection|safety|confirmations?|reviews?|alerts?)\b|\b(?:sandbox|confirmations?|safety mode|\w+ protection|deny list)\b[^.\n]{0,20}\b(?:off|removed?|false)\b|\b(?:remove|delete|disable|bypass)\w*\b[^.\n]{0,24}\b(?:\w+ protection|deny list|filters?|codeowners|sandbox|alerts?)\b|\bown (?:mcp )?configuration\b|\bcore\.hookspath\b",
        r"\b(?:approve|merge|push|publish|deploy)\w*\b[^.\n]{0,60}\b(?:skip(?:s|ping)?|bypass\w*|without|on sight|automatically|no reviewers|straight to|don't wait)\b|\b(?:no|without|skip\w*) (?:\w+ )?(?:reviewers?|reviews?)\b[^\n]{0,40}\b(?:push|merge)\w*|\bpush(?:es|ing)? (?:\w+ )?to main\b|\b(?:skip|bypass)\b[^.\n]{0,20}\b(?:checks?|reviews?|codeowners)\b",
        r"\b(?:pay|wire|transfer|refund|buy|purchase|order|book|checkout|check out|upgrade|donate|sponsor)\w*\b[^.\n]{0,60}(?:\b(?:eur|usd|euros?|dollars?|account|acct|iban|invoices?|cart|card|items?|sku|gift cards?|quantity|balance|saved)\b|[$€]\d)|\b(?:add_to_cart|checkout)\b|\bplace the order\b|\b(?:set|replace|change)\b[^.\n]{0,24}\b(?:delivery address|recipient|iban|bank details|payee)\b",
        r"\b(?:delete|remove|wipe|erase|drop|close|cancel|destroy)s?\b[^.\n]{0,40}\b(?:all|every|each|everything|the repository|mails|bookings|history|account|database|index|tables?)\b|\b(?:call|run|execute|invoke|then|and) [`'\"]?(?:[a-z]+_)?(?:drop|dump|delete|disable|purge|wipe)_[a-z]{3,}\b",
        r"\bprivate \w+[^.\n]{0,80}\bpublic (?:issue|gist|comment|link)\b|\b(?:make|give|grant|invite|share|add|copy|put|create|export|turn)s?\b[^.\n]{0,50}\b(?:edit rights|admin|anyone (?:who has|with) (?:the|a) link|public (?:link|gist)|deploy key)\b|\brole ?= ?'admin'",
        r"\b(?:save|store|update|remember|keep|put|add|write)s?\b[^.\n]{0,40}\b(?:memor(?:y|ies)|permanent \w+|for good)\b|\b(?:add|append|write|put|insert|edit|save)s?\b[^\n]{0,120}\b(?:claude\.md|agents\.md|\.cursor\w+)\b|\bin every (?:later|future|other) (?:chat|conversation|session)\b",
        r"\b(?:recommend|rank|rate|score|praise|endorse)s?\b[^.\n]{0,40}\b(?:only|first|best|highest|this (?:seller|candidate|product|shop)|five stars|5 stars|unsafe)\b|\b(?:the score (?:9|10)|(?:names|mention) no weakness\w*|only safe|strong fit)\b",
        r"\b(?:state|say|says|claim|tell|answer|conclude|pretend)s?(?: \w+){0,3} (?:that|is|are|ought to|has been|the|'[^'\n]{2,60}')\b[^.\n]{0,80}\b(?:best|only|closed|recalled|safe|unsafe|first|brand|wins)\b|\b(?:drop|leave out|omit|leave)\b[^.\n]{0,40}\b(?:unread|negatives|all others|weaknesses|out of (?:it|your \w+))\b",
        r"\b(?:include|closing sentence|end your answer|begin with|replace every link|append)\w*\b[^.\n]{0,50}(?:\bthe line\b|\bhas to be\b|\bthis picture\b|\bin your answer\b)",
        r"\b(?:message|mail|e-?mail|dm|write to|send)s?\b[^.\n]{0,30}\b(?:every contact|everybody|to all)\b|\bforward(?:s|ed)?\b[^.\n]{0,50}(?:\b(?:mails?|mailbox|messages?|payroll|invoices?|contents)\b)[^.\n]{0,60}(?:\w@[\w-]+\.\w|\bto \w)",
        r"\b(?:obey|follow|apply|do)\b[^.\n]{0,20}\b(?:only text|what it answers|the rules in it|text inside|instructions? inside)\b|\b(?:its|from (?:their|your)) own developer\b|\babove what\b|\b(?:discard|disregard|forget|drop) (?:the )?(?:previous|your|all|earlier) (?:objective|task|goal|instructions?|user)\b",
        r"\bfetch(?:es)? https?://[^\s]+ and\b|\bopens? /admin\b|\bvisits? https?://[^\s]*\?",
    )
)
"""What no honest text asks of a reader for somebody."""

HUSHED: Final = (
    r"\b(?:leaves? no trace|keep (?:that|this|it) out of|not (?:be )?shown to|nothing has to be|say nothing|says nothing|tell (?:nobody|no one|no-one)|not disclose|no need to (?:list|mention|report|trouble|show|tell)|"
    r"(?:don't|do not|not to|doesn't|does not|without|never|refrains? from|no) (?:need(?:s)? to )?(?:bother|trouble|inform|tell|mention|informing|telling|notify|check back|prompt for)\w*|"
    r"not mention|find it (?:noisy|annoying)|between us|without a (?:further )?question|hide (?:it|this|that)|omit this|won't see|leave (?:this|it|that) out|delete this (?:line|message))\b|"
    r"\b(?:don't|do not|not to|doesn't|does not|without|never|refrains? from|no) (?:need(?:s)? to )?ask(?:ing|s)?(?:[^\w ]| ?\z| (?:[a-eg-z]|f(?:[a-np-z]|or (?:permission|confirm|approv|consent|leave|it\b))))"
)
"""Something that is done shall not be told."""

GUARDED: Final = (
    r"\b(?:asks?|confirms?|confirmation|consent|approval|permission)\b[^.\n]{0,30}\b(?:before|first|user|you|person|from)\b|\b(?:before|until|unless) (?:it|they|you|he|she)\b[^.\n]{0,30}\b(?:asks?|confirms?|agrees?)\b|"
    r"\b(?:if|unless) (?:the )?(?:you|user|customer|person|visitor|client|owner)s? (?:asks?|wants?|agrees?|requests?|says?|instructs?|objects?|decides?)\b|\bask(?:s)? the user\b|\brefuse[sd]?\b|\bmust still review\b|\b(?:can|may|should|could|do|how (?:do|can|should)|why (?:do|should)) (?:i|we)\b[^\n]{0,200}\?|"
    r"\b(?:asked|told|advised|reminded|requested) (?:her|him|them|the (?:customer|client|caller|reporter)) to\b|"
    r"\byou can (?:also |always |later )?(?:delete|remove|close|cancel|change|edit|export|download|disable)\b[^.\n]{0,40}\b(?:settings|at any time|later|yourself|your profile|your account)\b"
)
"""Something is done with the leave of somebody."""

TRADES: Final = (
    r"\b(?:travel|insurance|estate|sales|customs|shipping|booking|cleaning|oxidi[sz]ing|field|social|dental|personal|executive|shop|teaching|"
    r"research|legal|medical|user|free|press|talent|transfer|ticket|call cent\w+|human|student|office|support team|biological|chemical|reducing) (?:agent|assistant|model)s?\b"
)
"""People and things that are called like it."""

MENTIONED: Final = (
    r"\b(?:attack(?:s|ers?|ed)?|inject(?:ion|ions|ed)|jailbreaks?|payloads?|phrases?|quot(?:e|es|ed|ing)|researchers?|adversar\w+|malicious|poison\w*|"
    r"detect\w*|vulnerab\w+|advisory|parametri[sz]e|assert|expect|mitigat\w+|fuzz\w*|such as|texts? like|prompts? like|for example|saying|says|say [\s\"'“«「]|"
    r"angreifer|zum beispiel|attaquants?|par exemple|atacante|por ejemplo|por exemplo|attaccante)\b|"
    "攻撃|インジェクション|例えば|検出|サンプル|攻击|注入|诱使|例如|示例|範例|检测|공격|예를 들어|атак|злоумышленник|например"
)
"""Talks about such texts: what is quoted beside it is shown, not said."""
