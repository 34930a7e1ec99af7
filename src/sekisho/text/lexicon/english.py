"""English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.text.lexicon.concepts import Concept as C

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS"]

_NOT: Final = (
    r"\b(?:do not|don't|dont|never|must not|mustn't|should not|shouldn't|cannot|no need to|needn't|not necessary to|"
    r"avoid|refrain from|without|rather than|instead of|not to|will not|won't)"
)
_TELL: Final = (
    r"(?:tell|telling|inform|informing|notify|notifying|alert|alerting|warn|warning|advise|advising|bother|bothering|"
    r"trouble|troubling|show|showing|remind|reminding|let)"
)
_MENTION: Final = (
    r"(?:mention|mentioning|reveal|revealing|disclose|disclosing|explain|explaining|announce|announcing|bring up|"
    r"bringing up|discuss|discussing|acknowledge|acknowledging|surface|surfacing|report|reporting|refer to|referring to|"
    r"comment on|commenting on|talk about|talking about|point out|draw attention to|drawing attention to|narrate|"
    r"display|displaying|describe|describing|show|showing|share|sharing|say anything|say a word|note|speak of|let on)"
)
_IT: Final = (
    r"(?:this|it|that|these|those|them|anything|any of|any part|the (?:step|steps|call|calls|action|copy|upload|"
    r"parameter|argument|instructions?|note|transfer|request|side effect|extra|first|process|check|field|forwarding|"
    r"recipient|address|existence|fact|lookup|read|file|files)|to (?:the |your |any )?(?:user|users|human|anyone|anybody|"
    r"customer|person|people|them|him|her)|about (?:this|it|that))"
)
_PERSON: Final = (
    r"(?:user|users|human|humans|customer|person|people|operator|owner|client|reader|him|her|them|anyone|anybody)"
)
_STORE: Final = (
    r"(?:~|%userprofile%|\$home|/home/\w+|/root|/users/\w+)[/\\]\.?(?:ssh|aws|gnupg|kube|docker|config|azure|netrc|npmrc|"
    r"pypirc|git-credentials|cursor|claude|codex|gemini|bash_history|zsh_history|mozilla|env|pgpass|vscode|codeium)\b"
)

WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        C.MODEL: r"\b(?:the|an|this|any|every|your|dear|as an?|note to|attention|hey|hello) (?:ai|llm|assistant|agent|"
        r"language model|model|chatbot|claude|gpt|copilot|gemini)s?\b|\b(?:ai|llm)s? (?:assistants?|agents?|models?)\b|"
        r"\b(?:claude|chatgpt|gemini|copilot)\b|\byou(?:'ll|'re)? (?:must|should|shall|need|have|are|will|can|may|know)\b|\b(?:wants?|needs?|asks?|requires?|expects?) you\b|"
        r"\byour (?:context|memory|reply|replies|response|responses|answer|answers|output|next|final|first|system|own)\b",
        C.DIRECTIVE: r"\b(?:must|always|please|kindly|ensure|shall|should|required|mandatory|essential|crucial|imperative|"
        r"critical|important|obligatory|compulsory|necessary|remember to|be sure|make sure|take care to|need to|needs to|"
        r"have to|has to|never forget|never (?:ask|request|wait|seek)|do not ask|do (?:the|as) follow(?:ing|s)|follow these|you will|go ahead and)\b",
        C.USER: r"\b(?:user|users|human|humans|customer|operator|person|people|end-user|owner)\b",
        C.UNTOLD: rf"{_NOT} (?:ever |even |directly |explicitly |to |have to |need to |the need to )*{_TELL} (?:the |your |"
        rf"any |an? |end )*{_PERSON}\b|{_NOT} (?:ever |even |directly |explicitly |to |have to |need to |any )*{_MENTION} "
        rf"{_IT}\b|\bleave (?:it|this|that|them) out of (?:the|your)\b|\bwithout (?:any )?(?:mention of|comment|a word)\b|"
        r"\b(?:omit|exclude|leave out|hide|conceal|suppress|keep) (?:this|it|that|them|these|those|any mention|all mention|"
        r"any trace|all traces)[\w ]{0,20} (?:from|out of) (?:the |your |any )?(?:user|users|human|reply|response|answer|"
        r"summary|output|conversation|final)|\b(?:say|tell (?:the user|them)|answer|reply|claim|respond)(?: only)? that (?:nothing|"
        r"no |everything is)",
        C.STEALTH: r"\b(?:silently|secretly|quietly|covertly|discreetly|stealthily|surreptitiously|invisibly|unnoticed|"
        r"unobtrusively|in secret|under the radar|behind the scenes|without fanfare|without drawing attention|"
        r"hidden step|covert|clandestine\w*|inconspicuously|on the quiet)\b",
        C.UNAWARE: rf"\b{_PERSON}(?: (?:at|behind|on|in|using|who) [\w ]{{1,25}})? (?:(?:does not|doesn't|do not|don't) (?:have to|need to|want to|wish to)|need not|needn't|must not|mustn't|should not|"
        r"shouldn't|will not|won't|must never|should never|has no need to|is not to|are not to|never needs to)(?: be)? (?:know|see|notice|find out|learn|aware|told|bothered|informed|shown|"
        r"realise|realize|hear|worried|interested|notified|involved|disturbed)|"
        r"\bwithout (?:the |your |any |their |his |her )*(?:user|users|human|owner|person|operator|customer|people|anyone|them|"
        r"their|his|her)(?:'s|s'|s)? ?(?:knowledge|noticing|awareness|knowing|seeing|being aware|realising|realizing|finding out)\b|"
        r"\bbetween (?:us|you and me|the two of us|ourselves)\b|\bour (?:little )?secret\b|"
        r"\bkeep (?:this|it|that|them|these)(?: \w+)?(?: strictly| completely| a)? (?:secret|private|hidden|quiet|confidential|"
        r"to yourself|internal|invisible|under wraps)|\b(?:user|users|human|people) (?:finds?|would find|may find|might find) "
        r"(?:it|this|that|them) (?:confusing|annoying|distracting|technical|alarming)|\b(?:confus|alarm|worr|bother|distract|"
        r"overwhelm)\w* (?:the )?(?:user|users|human|customer|people)\b|\bhid(?:e|den) from (?:the |your )?(?:user|human|view)|"
        r"\btransparent to the (?:user|human)\b|\bnobody (?:needs to|should|has to|must) (?:know|see|hear)",
        C.READ: r"\b(?:reads?|reading|opens?|loads?|collects?|collecting|gathers?|gathering|look up|obtain|retrieve|grab|"
        r"copy|copies|cat|access|locate|enumerate|fetch|extract|take|pull|find|harvest|pick up|dump|capture|list|scan|"
        r"inspect|review|recall|search for|get hold of|examine)\b",
        C.MOVE: r"\b(?:sends?|sending|forward|forwarding|include|including|includes|put|place|placing|pass|passing|append|"
        r"attach|insert|upload|posts?|write|submit|paste|add|supply|provide|fill|populate|embed|transmit|share|relay|deliver|"
        r"bcc|cc|encode|store|save|echo|quote|reproduce|repeat|copy|copied|passed|sent|forwarded|included|appended|attached|"
        r"placed|written|added|inserted|supplied|submitted|uploaded|posted|pasted|go(?:es)? into|belongs? in|transfer|e-?mail|mail|prepend|set|drop|concatenate|"
        r"hand over|slip|smuggle|tuck|squeeze|stick|feed|reply with|output|return|summari[sz]e|record|log|exfiltrate|leak)\b",
        C.SECRET_PLACE: rf"{_STORE}|\bid_(?:rsa|ed25519|ecdsa|dsa)\b|\.ssh\b|\.aws[/\\]|\b\.?aws/credentials\b|\.git-credentials|"
        r"(?:^|[\s\"'`(/])\.(?:env|netrc|npmrc|pypirc|pgpass|htpasswd|bash_history|zsh_history)\b|/etc/(?:passwd|shadow|"
        r"sudoers)|\bwallet\.dat\b|\bkeychain\b|\blogin data\b|\bmcp(?:_config|_settings)?\.json\b|\bclaude_desktop_config|"
        r"\bsecrets?\.(?:ya?ml|json|toml|env)\b|\bkubeconfig\b|\b(?:known_hosts|authorized_keys)\b|\bcredentials?\.(?:json|"
        r"ya?ml|toml|db|csv)\b|\bcookies?\.(?:sqlite|db|txt)\b|\b(?:environment|env) variables?\b|\bpassword (?:manager|store|"
        r"vault)\b|\bbrowser(?:'s)? (?:cookies|passwords|profile|history|saved)\b|\bssh (?:key|keys|folder|directory|"
        r"private)\b",
        C.SECRET: r"\b(?:passwords?|passphrases?|credentials?|api[ _-]?keys?|access[ _-]?keys?|secret[ _-]?keys?|private[ _-]?"
        r"keys?|tokens?|secrets?|seed phrases?|recovery (?:phrase|codes?)|mnemonics?|session cookies?|cookies|one-time codes?|"
        r"2fa codes?|otp|cvv|card numbers?|social security|pin codes?|connection strings?|service account|bearer|ssn)\b",
        C.ANY: r"\b(?:all|any|every|each|whatever|whichever|everything|anything|as many|as much|full|complete|entire|whole|"
        r"verbatim|word for word|unabridged|unredacted|contents? of|raw)\b",
        C.CONTEXT: r"\b(?:conversation|chat|dialogue?|discussion|message|session)s?(?: so far| history| log| logs| transcript| "
        r"context| contents?| up to| until now)|\b(?:previous|prior|earlier|preceding|recent|past|last|latest|other)(?: \w+)? "
        r"(?:messages|turns|exchanges|conversations?|prompts|dialogue|chat|replies|utterances|tool (?:results?|outputs?|calls?|"
        r"responses?))\b|\b(?:system|developer|initial|hidden|original) (?:prompt|message|instructions?)\b|\b(?:your|the "
        r"model's|the assistant's|the agent's) (?:instructions|prompt|context|context window|memory|memories|reasoning|"
        r"thoughts|chain of thought|scratchpad|guidelines|configuration)\b|\bwhat the user (?:has )?(?:said|told|asked|wrote|"
        r"typed|shared)\b|\b(?:user|person|customer)(?:'s|s')? (?:(?:original|last|latest|exact|full|initial|verbatim|complete|"
        r"previous|earlier|most recent|raw) )+(?:message|messages|request|question|prompt|words|query|input)\b|\btranscript of "
        r"(?:the|this|our|your)\b|\bchain[ -]of[ -]thought\b|\b(?:everything|anything|all|whatever) you (?:know|have|remember|"
        r"learned|learnt|were told|can see|can find|hold|gathered|collected)|\b(?:visible|open|attached|loaded|uploaded|other) "
        r"(?:files|documents|tabs|attachments) (?:in|from) (?:the|your|this)\b|\bthe (?:conversation|dialogue) (?:above|thread|"
        r"with)\b|\b(?:results?|outputs?|responses?|data) (?:from|of|returned by) (?:the )?(?:other|previous|earlier|prior|any "
        r"other|all) (?:tools?|calls?|servers?|functions?)|\bwhat (?:has been|was) (?:discussed|said|shared)\b|\bopen "
        r"documents?\b|\b(?:current|ongoing|whole|entire|full) (?:conversation|dialogue|chat)\b",
        C.CALLER: r"\b(?:llm|caller|your|(?:ai|this) assistant(?:'s)?|calling \w+)[ _-](?:model |assistant |client |app |application )?(?:names?|versions?|"
        r"identifiers?|identity|makers?|vendors?|family)\b|\b(?:ai|language|foundation|underlying|calling|llm)[ _-]?(?:model|assistant|"
        r"agent|client|host)(?:'s)?[ _-]?(?:names?|versions?|identifiers?|ids?|identity|makers?|vendors?|family)\b|\b(?:names?|versions?|"
        r"identifiers?|identity|makers?|vendors?|providers?|kind|details?) of (?:the |your |this )?(?:calling |current |invoking |"
        r"underlying |host |requesting )*(?:llm|ai model|ai assistant|ai agent|language model|large language model|mcp client|mcp host|"
        r"client application|calling \w+)\b|\b(?:llm|model|assistant|agent|ai|client|host)s? (?:that|which|who) (?:is |are )?(?:calls?|"
        r"calling|invokes?|invoking|making (?:this|the)|makes this|issues?|sent this|sends this|executing this|requests this)\b|"
        r"\b(?:which|what) (?:llm|model|ai|assistant|agent) (?:are you|you are|is calling|calls|made|is making|invoked)|\bwho (?:you are|"
        r"is calling)\b|\b(?:calling|invoking|requesting) (?:model|llm|assistant|agent|client)\b",
        C.TOOLSET: r"\b(?:available|installed|connected|registered|enabled|known|accessible|usable) (?:tools|mcp servers|tool "
        r"names|functions)\b|\b(?:tools|functions|servers) (?:that )?(?:you|the (?:model|assistant|agent|client)) (?:have|has|can|may|"
        r"could|are)\b|\b(?:list|names?|inventory|schemas?) of (?:all )?(?:your|the (?:model|assistant|agent)'s) (?:\w+ )?tools\b",
        C.CONTEXT_NAME: r"\b(?:chat|conversation|dialogue?|message|session|full|entire|previous|prior|past|recent|system|"
        r"developer|agent|assistant|model|llm|raw|whole|original|prev)[ _-]?(?:history|transcript|prompts?|context|messages?|logs?|"
        r"instructions|memory|memories|thoughts|reasoning|scratchpad|utterances?|conversation)\b|\bchain[ _-]of[ _-]thought\b",
        C.LLM_TOPIC: r"\b(?:llms?|language models?|gpt[\w.-]*|openai|completions?|chat ?bots?|inference|fine-?tun\w*|prompt template|"
        r"generat\w+|system prompt|ollama|gemini|mistral|hugging ?face|agents?|chat|conversations?|messages?|threads?|memory|think\w*|"
        r"thoughts?|reasoning|voice|call transcripts?|dialogue?s?|discussions?|channels?)\b",
        C.PERSONAL: r"\b(?:users?'?s?|their|customer's|person's|owner's) (?:\w+ )?(?:full name|name|e-?mails?|mailbox|inbox|address|"
        r"addresses|phone|contacts?|calendar|location|documents?|photos?|files|home directory|browsing|passwords?|history|"
        r"identity|messages|notes|clipboard|employer|birthday|date of birth|medical|financial|bank)\b|\baddress book\b|\b(?:inbox|mailbox)\b|\b(?:list|names|details|addresses|numbers|records) of (?:the |all |our |every )*"
        r"(?:customers?|clients?|users?|patients?|employees?|contacts?|members)\b|"
        r"\bcontact list\b|\b(?:customer|client|employee|patient) (?:list|records?|data|database)\b|\bclipboard\b|\bhome "
        r"directory\b|\bphone numbers?\b|\bphone book\b",
        C.BEFORE: r"\bbefore (?:you )?(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing)|run(?:ning)?|execut(?:e|ing)|anything|answer\w*|"
        r"doing|do|making|return\w*|respond\w*|repl\w+|proceed\w*|continu\w+|each|every|any|this|the first|solv\w+|perform\w*|"
        r"start\w*|work\w*|handl\w+|carry\w*|you|finish\w*|complet\w+)\b|\bprior to (?:us(?:e|ing)|call\w*|invok\w+|any|each|"
        r"every|this|running|doing|execut\w+)\b|\bas a (?:prerequisite|precondition)\b|\bfirst (?:of all )?(?:read|open|collect|"
        r"gather|look|fetch|copy|list|find|send|load|call|run|get|obtain|retrieve|take|do|use|access|visit)\b|\bfollowing (?:\w+ )?first\b|"
        r"\bas a first step\b|\bstart by\b|\bin order (?:for|to) (?:\w+ ){0,3}(?:work|function|succeed|authenticate|authorise|"
        r"authorize|unlock|activate)|\bbeforehand\b",
        C.OTHERWISE: r"\b(?:or else|otherwise)\b|\b(?:will|won't|cannot|can't|does not|doesn't|will not|refuses to) (?:not )?"
        r"(?:work|function|proceed|run|succeed|be able|fail|return correct|be accepted|be blocked|be rejected)\b|\bwill fail\b|"
        r"\bfails? unless\b|\bonly works?\b|\bcalls? without\b",
        C.OTHER_TOOLS: r"\b(?:any|all|every|each|the|some|no|similar|competing|built-in|existing|native|alternative|two|three)? ?"
        r"(?:other|another|different) (?:\w+ )?(?:tools?|servers?|mcp|functions?|services?|plugins?|connectors?|integrations?)"
        r"\b|\b(?:any|all|every|each) (?:tools?|tool calls?|functions? calls?|mcp servers?|function)\b|\bother tools?\b",
        C.NAMED_TOOL: r"\b(?:use|using|call|calling|invoke|invoking|run|running|via|with|through|by|the|of)(?: the| using| a)? "
        r"[`'\"]?[a-z]+(?:[_-][a-z0-9]+)+[`'\"]? (?:tool|function|command|mcp|server)\b|\b(?:tool|function) [`'\"]?[a-z]+"
        r"(?:[_][a-z0-9]+)+\b|\b(?:call|invoke|run|use) [`'\"]?[a-z]+(?:_[a-z0-9]+)+\b|\bthe (?:e-?mail|mail|messaging|file|"
        r"files|filesystem|browser|slack|payment|github|database|terminal|shell|calendar|search|web|notes?)[ -](?:\w+ )?"
        r"(?:tool|server|connector|integration)\b",
        C.WHENEVER: r"\b(?:whenever|every time|each time|any time|anytime|as soon as|in every|for every|on every|on each|for all|"
        r"everytime|at all times|from now on|henceforth|in all (?:cases|future)|throughout|in each)\b|\bwhen(?: you(?: are)?)? "
        r"(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing)|send(?:ing)?|writ(?:e|ing)|answer(?:ing)?|respond(?:ing)?|reply(?:ing)?|"
        r"mak(?:e|ing)|creat(?:e|ing)|pay(?:ing)?|book(?:ing)?|transferr?(?:ing)?)\b|\bwhen (?:the |any |another |other )?(?:\w+ )"
        r"{0,2}tools? (?:is|are|gets?) (?:called|used|invoked|present|available|run)\b|\bif (?:the |an? )?[\w-]+ tools? (?:is|"
        r"are|exists?)",
        C.REDIRECT: r"\b(?:bcc|cc|carbon copy|blind copy|copy in|recipients?|forwarding address|destination address|reply-to|"
        r"instead of the (?:\w+ )?(?:address|recipient|account|destination|number|iban|one)|change the (?:\w+ )?(?:recipient|"
        r"address|account|destination|amount|number)|replace the (?:\w+ )?(?:recipient|address|account|destination|number|"
        r"iban)|redirect(?:ed)? to|reroute|route (?:it|them|all|every) (?:through|via|to)|send (?:it|them|all|everything|every "
        r"\w+|a copy|copies|the \w+) to|proxy (?:number|address|account|server))\b",
        C.OVERRIDE: r"\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|es|ing)|overrul(?:e|es|ing)|supersed(?:e|es|ing)|"
        r"bypass(?:ing)?|set aside|abandon|violat(?:e|ing)|circumvent|take precedence|takes "
        r"precedence|outranks?|pay no attention|no longer (?:apply|applies|valid|bound)|not bound by)\b|\b(?:disabl|skip|suspend|lift|remov|neglect)\w* (?:all |any |the |your )*"
        r"(?:safety|security|content|guard|restriction)\w*",
        C.RULES: r"\b(?:(?:all|any|your|the|previous|prior|earlier|above|preceding|other|existing|former|original|system|safety|"
        r"content|security|these|those|such|standing|current|initial|usual|normal|default|given|user's) )+(?:i\w{0,2}nstructions?|"
        r"rules?|guidelines?|polic(?:y|ies)|directives?|constraints?|restrictions?|guardrails?|prompts?|orders?|"
        r"safeguards?|filters?|limits?|limitations|training|goals?|checks|confirmations?|approvals?|"
        r"warnings?|objections?|refusals?)\b|\b(?:what|everything) (?:you were|you have been|you've been|was|the user) (?:told|"
        r"said|asked|before|above|instructed)|\bsystem prompt\b",
        C.OBEY: r"\b(?:adher\w+|compl(?:y|ies|ying)|obey\w*|conform\w*|stick|abid\w+|execut\w+|carry|perform|follow)(?: \w+)? "
        r"(?:to|by|with|out|only|strictly|all)? ?(?:the |these |this |my )?(?:following|below|next|new)(?: \w+)? (?:orders?|"
        r"commands?|i\w{0,2}nstructions?|directives?|tasks?)\b",
        C.VOICE: r"\bi(?: am|'m) (?:the |your )(?:user|developer|admin\w*|owner|operator)\b|\b(?:message|note|notice|instructions?|request|order|word|directive|update|communication|command)s? from "
        r"(?:the |your |our )?(?:user|system|developers?|administrators?|admin|owner|operator|vendor|anthropic|openai|google|"
        r"microsoft|platform|security team|it department|host|maintainers?|management|company)\b|\b(?:this|it) is (?:the |your )"
        r"(?:user|system|developer|administrator|owner|operator|admin|host)\b|\b(?:signed|sincerely|regards|yours),? (?:the |your "
        r")?(?:user|system|developer|admin\w*|owner|operator|team)\b|\b(?:i|we),? (?:the |your )(?:user|developer|"
        r"administrator|owner|operator)\b|\b(?:that|which|as|what) i (?:gave|have given|asked|told|wanted|want|need|requested|"
        r"assigned|set)\b|\bi (?:gave|have given|asked|assigned) you\b|\bmy (?:original|earlier|initial|first|previous|main) "
        r"(?:task|request|question|instruction|message|prompt)\b|\b(?:new|updated|revised|secret|urgent|"
        r"hidden) (?:system )?(?:instructions?|directives?|orders?|system message|prompt)\b|\bsystem (?:message|"
        r"override|notice|note|update|alert|instruction|directive)s?\b|\bsystem command:|\bdeveloper (?:mode|message|note|override)\b|"
        r"\b(?:important|urgent|critical|priority) (?:message|notice|instructions?|note) (?:to|for|from) (?:you|the|your|all|any)\b|"
        r"\b(?:authori[sz]ed|approved|mandated|ordered) by (?:the |your |our )?(?:user|system|"
        r"developer|admin\w*|owner|company|security|anthropic|openai|management|vendor|legal|compliance)\b|\bon behalf of the "
        r"(?:user|system|developer|administrator)\b|\bthe (?:user|owner|customer|developer|administrator) (?:has )?(?:already |"
        r"explicitly |previously )+(?:agreed|approved|consented|authori[sz]ed|confirmed|permitted|allowed|given)\b|\byou are now\b"
        r"|\bact as (?:if|though|an?)\b|\byour new (?:role|task|goal|objective|instructions|persona)\b",
        C.TAG: r"</?(?:important|information|info|system|secret|critical|hidden|admin|urgent|priority|developer|"
        r"assistant|user|internal|notice|directive|private|override|note|warning|attention|prompt|message|task|policy|s)>|"
        r"\[/?(?:inst|system|important|admin|instructions?|internal|hidden|secret)\]|<\|[a-z_]+\|>|^\s*(?:system|assistant|"
        r"developer|human) ?: ?|###? ?(?:system|instruction|admin|important|override)",
        C.TASK: r"\b(?:the|your|my|this|original|current|user's|main|actual|given|assigned|real|requested|initial|normal|usual) "
        r"(?:\w+ )?(?:tasks?|jobs?|assignment|objective|goal)\b|\b(?:original|actual|user's|my|initial|main) (?:request|question|"
        r"query|work)\b|\bwhat (?:the user|i|they|you were) (?:asked|wanted|want)\b",
        C.RESUME: r"\b(?:after|once) (?:you )?(?:do|did|have done|doing|that|this|finishing|completing|it is done|you have)\b|\b"
        r"(?:then|afterwards|thereafter|subsequently)(?: you)?(?: can| may| should| must)? (?:continue|proceed|resume|carry on|go "
        r"on|solve|return to|answer|do the|complete|finish|work on|move on|go back|get back)\b|\b(?:continue|proceed|carry on|"
        r"resume|go on) (?:as (?:normal|usual|before|if)|with (?:the|your|my) (?:original|actual|task|request|normal|usual|user|"
        r"work|job))\b|\bas if nothing\b|\bpretend\b|\bact normal",
        C.LATER: r"\b(?:after|from|on|as of|with|starting with|beginning with|until|upon) (?:the |its |your |every )?(?:\d+|two|three|four|"
        r"five|six|seven|eight|ten|twenty|fifty|hundred|second|third|fourth|fifth|tenth|\d+(?:th|nd|rd|st)|several|a few|some|"
        r"enough|many) (?:successful |consecutive )?(?:calls?|uses?|invocations?|runs?|times|requests|executions|interactions|"
        r"sessions|days|weeks|hours|messages|turns)\b|\b(?:after|from|starting|beginning|on or after|since|past|later than)(?: "
        r"on)? (?:the )?(?:\d{4}-\d\d|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august|"
        r"september|october|november|december)|(?:january|february|march|april|may|june|july|august|september|october|november|"
        r"december) \d)|\b(?:if|when|once) (?:today|the (?:current )?(?:date|time|day|year|clock)|it) (?:is |has )(?:after|past|later|"
        r"reached|beyond|on or after)|\bonce (?:trust|the user trusts|you trust|trusted|established|approved|confidence)|\bthe "
        r"(?:second|third|fourth|fifth|nth|next) time (?:this|the|you|it)|\bevery (?:third|fourth|fifth|tenth|\d+(?:th|rd|nd)) "
        r"(?:call|use|request|time)|\b(?:for|on) the first (?:few|\d+|two|three|five|ten) (?:calls|uses|times|runs|days|requests)|"
        r"\b(?:dormant|lie low|trigger (?:word|phrase)|activation (?:word|phrase|code)|wake word|code ?word|magic word)\b",
        C.PRAISE: r"\b(?:the|our|your|its|world's) (?:very )?(?:best|greatest|finest|superior|top|number one|#1|no\. ?1|ultimate|most "
        r"(?:reliable|powerful|accurate|advanced|trusted|trustworthy|capable|complete|effective|popular|secure|efficient|"
        r"comprehensive|useful|recommended|outstanding|excellent|authoritative)|only (?:correct|reliable|safe|trusted|right|"
        r"trustworthy|official|proper)|fastest|safest|smartest|leading|premier|highest[ -](?:quality|rated|ranked|rating))(?: and \w+)?"
        r"(?: \w+)? (?:tools?|one|choice|option|solution|server|function|service|way|plugin|api|provider|method|source|search|"
        r"available|ever|in)\b|\b(?:better|more (?:reliable|accurate|powerful|trustworthy|secure|capable|effective|advanced)|"
        r"faster|safer|superior|smarter|stronger) (?:than|to) (?:any|all|every|other|the other|its|similar|alternatives?|"
        r"competing|competitors?|built-in|rivals?|comparable|others)\b|\b(?:unmatched|unrivall?ed|unbeatable|second to none|"
        r"peerless|outperforms?|beats (?:all|every|any)|world[ -]class|industry[ -]leading|award[ -]winning|best[ -]in[ -]class|"
        r"nothing (?:else )?(?:beats|compares|comes close)|no other (?:tool|server)|state[ -]of[ -]the[ -]art|highest[ -](?:rated|"
        r"ranked)|everyone'?s? (?:favou?rite|prefers))\b|\b(?:loved|recommended|preferred|endorsed|rated) (?:by|above|over|number)\b|"
        r"\bbest (?:tool|choice|option|function|server)\b",
        C.PREFER: r"\b(?:always|must|should|only|exclusively) (?:use|call|choose|select|pick|prefer|rely on|be (?:used|called|chosen|"
        r"preferred|selected|invoked|run)|invoke|start with|begin with|run|go for|turn to|consult)\b|\b(?:use|call|invoke|run|choose|"
        r"select|pick|consult) (?:this|it|me|us)(?: \w+)?(?: tool| function)? (?:first|instead|before|for (?:all|any|every)|whenever|"
        r"always|every|each|by default|over|exclusively|anytime|at every|at the (?:start|beginning)|in preference|rather|as (?:your|"
        r"the) (?:first|default|primary|main|go-to|preferred))|\b(?:prefer|preferred|favou?r|prioriti[sz]e|priority|first choice|go-to|"
        r"primary tool|default tool|default choice|top choice|instead of|rather than|in place of|in preference|ahead of|over all|"
        r"over any|over other|replaces? (?:all|any|the) )\b|\b(?:called|used|invoked|run|executed) (?:first|before (?:any|all|every|"
        r"each|using|other|everything)|every ?time|any ?time|whenever|automatically|at the (?:start|beginning))\b|\b(?:mandatory|"
        r"required) (?:first|tool|step|call)\b|\bcall this (?:tool )?(?:first|before)|\bdo not use (?:any )?(?:other|the other|another)|"
        r"\byou (?:must|should) (?:call|use|invoke) this\b|\bno matter (?:what|which|how)\b|\bnever (?:use|call|choose|pick|rely)\b|"
        r"\bshould never be (?:skipped|ignored|omitted)\b|\brather than any\b",
        C.NO_ASKING: rf"{_NOT} (?:first )?(?:ask|asking|request|requesting|seek|seeking|wait|waiting|require|requiring|await|awaiting|"
        r"need|needing|prompt|prompting|obtain|obtaining)(?: \w+){0,3} (?:confirm\w*|permission|approval|consent|authori[sz]ation|"
        r"user|human|them)\b|\bwithout (?:any |user |explicit |further |prior |human |the user's |their )*(?:confirmation|approval|"
        r"permission|consent|authori[sz]ation)\b|\b(?:auto|automatically)[ -]?(?:approve|confirm|accept|grant)\w*\b|\bno (?:user )?"
        r"(?:confirmation|approval|consent|permission) (?:is |are )?(?:needed|required|necessary)\b|\bpre-?(?:approved|authori[sz]ed)\b",
        C.FETCH_RUN: r"\b(?:curl|wget|iwr|invoke-webrequest)\b[^|;&\n]{0,200}[|;&]+ ?(?:sudo )?(?:ba|z|da|k)?sh\b|\b(?:curl|wget)\b[^|\n]{0,200}"
        r"\| ?(?:sudo )?(?:python|node|perl|ruby)|\biex ?\(|\bbash -c [\"'`]?\$?\(?curl|\b(?:ba)?sh <\(",
        C.LEAK_URL: r"!\[[^\]]{0,80}\]\(\s*https?://[^)\s]*[?&/=][^)\s]*[{<$%\[]|https?://[^\s\"'`)]*[?&/=][{<$\[]{1,2}[^\s}>\]]*(?:data|context|"
        r"secret|token|key|conversation|history|content|prompt|message|chat|password|result|output|base64|encoded|payload|memory)",
        C.OFFENCE: r"\b(?:exfil\w*|cmdi|stolen|steals?|stealing|malicious\w*|backdoors?|ransomware|keylog\w*|mimikatz|rootkits?|"
        r"malware|shellcode|brute[ -]?forc\w*|hijack\w*|exploit\w*|escalat(?:e|ion) (?:of )?privileges?|privileges? escal\w+|privesc|jailbreak\w*|kerberoast\w*|bloodhound|"
        r"ntlm relay|pass[ -]the[ -](?:hash|ticket)|harvest\w* (?:credentials?|passwords?|secrets|e-?mails?)|sniff\w*|spoof"
        r"\w*|tamper\w*|bypass\w*|evad\w*|persistence|payloads?|attackers?|victims?|compromised|phishing|c2 server|botnet|fork bomb|"
        r"ddos|crack\w*|dump\w*|forge|hid(?:e|den) data|injections?|covert\w*|credential theft|timestomp\w*|traversal)\b",
        C.STRONG_OFFENCE: r"\b(?:exfil\w*|stolen|steals?|stealing|malicious (?:content|code|files?|macros?|javascript|payloads?|xpath|values?|arguments|autorun|macos|launch\w*)|backdoors?|ransomware|keylog\w*|mimikatz|rootkits?|"
        r"shellcode|brute[ -]?forc\w*|hijack\w*|privesc|kerberoast\w*|bloodhound|(?:dll|code|command|template|keystroke) injection|ntlm relay|pass[ -]the[ -](?:hash|ticket)|timestomp\w*|"
        r"traversal|fork[ _]bomb|(?:exploits?|bypass(?:es)?|dumps?|cracks?|forges?|harvests?|sniffs?|tampers?|abuses?|evades?|spoofs?|"
        r"inject(?:s)?|poison(?:s)?) (?:\w+ ){0,3}(?:vulnerabilit\w+|passwords?|credentials?|hash\w*|tokens?|secrets?|restrictions?|security|"
        r"policy|services?|binary|socket|scanning|hooks|logs?|authentication|tickets?|keys?|jail|memory|whitelist\w*|traffic|input|payloads?|"
        r"files? to hide)|deseriali[sz]ation (?:attack|flaw)|hide (?:data|files|activity)|"
        r"escape (?:\w+ )?(?:jail|container|sandbox|machine)|(?:cover|hide) (?:our |your )?tracks)\b",
        C.INTO: r"\b(?:in|into|as|to|through|via|inside|within|for|under|using) (?:the )?(?:`\w+`|'\w+'|\"\w+\"|(?:\w+ )?(?:field|parameter|"
        r"argument|property)\b)",
        C.ABOUT: r"\b(?:detects?|detecting|detection|detector|identif\w+|investigat\w+|scans? (?:for|text)|scanner|guardrails?|protects? (?:against|"
        r"from)|prevents?|classif\w+|flags?|analy[sz]es? (?:text|prompts?|content)|red team\w*|test(?:s|ing)? (?:for|whether)|moderat\w+|"
        r"sanitiz\w+|sanitis\w+|vulnerabilit\w+|block(?:s|ed)? (?:attempts|prompts|texts))\b",
    }
)
