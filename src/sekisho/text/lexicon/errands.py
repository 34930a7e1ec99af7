"""More of what no honest text asks of a machine that reads for somebody, as `summons.GRAVE`; for results only."""

from __future__ import annotations

from typing import Final

__all__ = ["ERRANDS", "NAMED_ERRANDS"]

_DOMAIN: Final = r"[\w-]{2,30}\.(?:com|net|org|io|dev|app|ai|co|me|info|xyz|site|online|cloud|example|test|invalid)"
_OWN: Final = (
    r"(?:(?:open )?tabs|bookmarks|browsing (?:data|history)|(?:shell|search|chat|call|order) history|conversations?|chats?|messages?|mails?|e-?mails?|inbox|calendar|contacts?|address(?:es)?|address book|phone numbers?|"
    r"photos?|notes?(?: folder)?|documents?|files?|folders?|invoices?|location|customers?|customer (?:table|list|data)|secrets?|tokens?|passwords?|keys?|credentials|cookies?|variables|settings|transcripts?|identit(?:y|ies)|prompts?)"
)
_WHOSE: Final = r"(?:the |your |my |their |his |her |its |our |all |every |each |any |full |whole |entire |last |latest |recent |first |user's |users' |owner's |customer's |person's |\d+ |\w+ ){0,5}?"

ERRANDS: Final = "|".join(
    (
        # Something of somebody's to a place.
        rf"\b(?:send|forward|mail|e-?mail|post|upload|submit|transmit|share|copy|move|export|push|hand|give|deliver|report|relay|leak)s?(?:ing)? {_WHOSE}{_OWN}\b[^.\n]{{0,50}}(?:\bto (?:the \w+ )?(?:{_DOMAIN}|https?://|\S+@\S+\.\w|s3://|channel \S|#\w)|\binto (?:the |a |this )?(?:\w+ )?(?:form|ticket|issue|comment|thread|gist)\b|\bto (?:the |this |a )?(?:ticket|thread|issue|gist|auditor|attacker|sender|caller)\b)",
        rf"\b(?:call|use|invoke|run) [`'\"]?(?:send|post|share|upload|forward|mail|export|publish)_\w+[`'\"]? (?:with|on|for) {_WHOSE}{_OWN}\b|\b(?:send|share|upload|post|forward|export|transfer)_\w+\([^)\n]{{0,80}}(?:\w@|https?://|\bto ?=)",
        rf"\b(?:list|print|show|put|write|include|append|state|read out|reads? aloud|add|reveal|output|embed)s?(?:ing)? {_WHOSE}(?:mail addresses|mail address|e-?mail address(?:es)?|phone numbers?|tokens?|passwords?|secrets?|api keys?|keys|environment variables?|env vars|credentials|os\.environ)\b[^.\n]{{0,40}}(?:\bin (?:the|your|its|this|every|each|all|a) (?:\w+ )?(?:answer|reply|report|response|summary|ticket|message|comment|thread)s?\b|\bshe finds\b|\bhe finds\b|\byou (?:find|see|have)\b)",
        rf"\b(?:reply|answer|respond)\b[^.\n]{{0,30}}\bwith (?:the user's|the owner's|their|your user's|all|every) {_WHOSE}{_OWN}\b|\b(?:collect|gather|harvest|look up) (?:every|all|each) [^.\n]{{0,40}}\b(?:contacts|address book|passwords|mailbox|inbox|keychain|wallet)\b",
        r"\bos\.environ\b|\bprocess\.env\b[^.\n]{0,40}\b(?:reply|answer|comment|response)\b|\$\((?:cat|base64|env|printenv|head|tail)\b|\bdocument\.cookie\b",
        r"\b(?:retry|try again|call (?:it|again|this))\b[^.\n]{0,40}\b(?:user|owner|customer)'s (?:\w+ )?(?:token|password|session|cookie|key|code)s?\b",
        r"\b(?:fetch|request|open|call|visit|get|post) /(?:api|admin|export|internal|users|delete)\b",
        rf"\b(?:send|forward|mail|post|upload|submit|copy|move|export|share|give|show)s?(?:ing)? (?:them|it|these|those|this|everything|all|that)(?: \w+)? (?:to|with|at) (?:{_DOMAIN}|https?://|\S+@\S+\.\w)|\bshares? {_WHOSE}{_OWN}\b[^.\n]{{0,30}}\bwith \S+@\S+\.\w|\b(?:invites?|adds?|includes?) \S+@\S+\.\w+ (?:to|in|as|on)\b",
        rf"\b(?:hand|give|turn)s? (?:over|out|away|up) {_WHOSE}{_OWN}\b|\b(?:hand|give)s? (?:the )?(?:caller|sender|attacker|author|me|us|him|her) {_WHOSE}{_OWN}\b|\b(?:supply|provide|enter|include|attach|give) (?:the )?(?:user|owner|customer|person)'s (?:\w+ )?(?:password|passphrase|token|code|pin|card|key|cookie)s?\b",
        r"https?://\S*[?&]\w{1,20}= ?(?:followed by|plus|and|with|then)\b|\beverything (?:that )?(?:the |your )?(?:person|user|customer|human|they|he|she) (?:has |have )?(?:told|said|wrote|asked|shared|typed)\b|\bbase64\b[^.\n]{0,40}\b(?:conversation|chat|messages?|told|history|secret|prompt)\b",
        r"\b(?:delete|wipe|erase|destroy|remove)s? (?:(?:the|all|every|your|our|each|any|old|other) )+(?:\w+ )?(?:backups?|logs?|history|mails?|files|records|databases?|accounts?|branches|documents|messages|tickets)\b",
        r"\b(?:prints?|dumps?|lists?) (?:each|every|all|the|its|your) (?:environment variables?|secrets?|tokens?|keys)\b",
        # Money, rights, guards.
        r"\b(?:transfer|pay|wire|send|move|refund)\w*\b[^.\n]{0,40}\b(?:amount \d|funds|balance|\d+ ?(?:eur|usd|euros?|dollars?|gbp|btc|eth))\b|\bchange the (?:payee|recipient|iban|account)\b|\b(?:iban|account) [a-z]{2}\d\d\b[^\n]{0,60}\b(?:pay|payee|place)\b",
        r"\b(?:turn|switch)(?:s|ed|ing)? (?:\w+ ){0,3}(?:off|on)\b[^.\n]{0,30}\b(?:login|two-factor|2fa|mfa|alarm|camera|lock)s?\b|\b(?:turn|switch)(?:s|ed|ing)? (?:the |all |your )?(?:\w+ )?(?:alarm|camera|lock|two-factor|2fa|mfa)\w*\b[^.\n]{0,20}\boff\b|\bunlock (?:the |all |your )?(?:\w+ )?(?:doors?|gate|safe|garage|wallet)\b",
        r"\b(?:share|open|make|set)\b[^.\n]{0,40}\b(?:anyone can (?:edit|view)|editable by anyone|world-?readable|public(?:ly)?)\b[^.\n]{0,20}|\bgrant (?:me|us|him|her|them) access\b",
        r"\b(?:commit|publish|copy|push|move)\b[^.\n]{0,30}(?:^|[\s\"'`(/])\.env[.\w]*\b|(?:^|[\s\"'`(/])\.env[.\w]*\b[^.\n]{0,30}\b(?:public|commit)\b",
        r"\b(?:replace|swap|overwrite|update)\b[^.\n]{0,60}\b(?:from|with|by) https?://|\bfrom https?://\S+ (?:and|then) (?:run|execute|install)\b|\binstall\b[^.\n]{0,40}\bfrom https?://",
        r"\b(?:push|force-push|release|merge|tag)\b[^.\n]{0,40}\b(?:without (?:a )?(?:review|waiting|person)|force-push)\b|\bforce-push\b|\bskip (?:the )?(?:signature|signing|licen[cs]e|security|review)\b|\bdisable (?:the )?(?:tests?|test suite|ci|linter|signature)\b",
        r"\b(?:run|execute|call|send|delete|merge|pay)\b[^.\n]{0,30}\bwithout (?:any )?(?:approval|confirmation|asking|consent|permission)\b|\bsandbox (?:is )?disabled\b",
        # Praise and slander.
        r"\brate\w*\b[^.\n]{0,40}(?:\b10/10\b|\b5/5\b|\b100 ?%|\bten out of ten\b|\bfull marks\b)|\brecommend (?:to hire|hiring|this (?:candidate|applicant|seller|shop))\b|\b(?:put|rank|place|list)s?\b (?:this|it|ours|us) (?:first|at the top|above)\b|\breport (?:no|zero) (?:findings|issues|problems|vulnerabilities)\b",
        r"\b(?:mention|say|state|claim|add|tell|write|answer)s? (?:\w+ ){0,4}?that (?:the |their |its |other |all )?(?:\w+ ){0,3}?(?:competitors?|others?|rivals?|product|shop|brand|seller|site)\w*(?:'s)?\b[^.\n]{0,40}\b(?:fire|danger\w*|toxic|fraud|scam|recalled|unsafe|broke\w*|closed|fake|illegal)\b",
        # From now on.
        r"\b(?:add|put|include|append|insert|use|write)(?:ing)?\b[^.\n]{0,60}(?:\bin b?cc\b|\bas (?:b?cc|recipient|payee)\b)|\bbcc(?:'?s|ing)?\b[^.\n]{0,40}\w@[\w-]+\.\w|\b(?:in|to) (?:all|each|every) (?:your )?(?:answers|replies|mails?|e-?mails?|messages?|invoices?)\b[^.\n]{0,40}(?:@|https?://)",
        r"\b(?:run|call|execute|invoke) [`'\"]?(?:[a-z]+_)*(?:drop|dump|delete|wipe|purge|erase|transfer|grant|revoke|disable|pay|unlock)_[a-z_]+\b",
    )
)
"""What no honest text asks of a reader for somebody."""

_PERSON: Final = r"(?:(?:user|owner|customer|client|visitor|account holder|person|human|recipient|employee)(?:'s|s'|s)?|their|his|her|my)"
_SENSITIVE: Final = (
    r"(?:(?:mobile|phone|card|account|street|home|bank|social|security|one-time|sms|postal|private|personal|saved|last|full|session|whole|entire|\w+est) )*"
    r"(?:numbers?|address(?:es)?|phone|mobile|codes?|digits|sms|pins?|passwords?|passphrase|wallet|mails?|e-?mails?|inbox|mailbox|invoices?|contacts?|calendar|photos?|history|location|"
    r"cards?|balance|chats?|conversations?|bookings?|birthday|salary|health|clipboard|cookies?|keys?|tokens?|secrets?|credentials|bookmarks|identity|licen[cs]e|medical \w+)\b"
)
_GIVE: Final = (
    r"\b(?:put|enter|type|write|e-?mail|mail|send|give|share|add|include|paste|append|post|upload|publish|tell|reveal|submit|slip|insert|fill|encode|copy|forward|export|attach|"
    r"repeat|disclose|transfer|relay|print|hand)(?:s|es|ing)?\b"
)
_AT: Final = rf"(?:https?://|\S+@\S+\.\w|{_DOMAIN}|0x[0-9a-f]{{4,}})"

NAMED_ERRANDS: Final = "|".join(
    (
        # Something of a person's is given, or something goes to an address that the text names.
        rf"{_GIVE}[^.\n]{{0,50}}\b{_PERSON} (?:\w+ ){{0,2}}{_SENSITIVE}|{_GIVE}[^.\n]{{0,30}}\b(?:passwords?|secrets|credentials|api keys?|private[ -]keys?|tokens|cookies|environment variables|clipboard|mailbox|inbox|chat|conversation)\b[^.\n]{{0,60}}(?:{_AT}|\b(?:in|into|to|as|on) (?:a |the |this |its |your |every )?(?:\w+ )?(?:tickets?|form|comments?|issue|field|box|reply|answer|message|thread|query|url|tests?|log)\b)",
        rf"\b(?:upload|publish|forward|export|leak|relay|transfer)(?:s|es|ing)?\b[^.\n]{{0,60}}{_AT}|\b(?:send|mail|e-?mail|post|copy|preserve|bcc)\b[^.\n]{{0,60}}\b(?:everything|all|copy|copies|last|list|folder|mailbox|file|files|table|notes|thread|invoices?|contents?|drafts?)\b[^.\n]{{0,40}}{_AT}",
        rf"\b(?:fetch|open|load|read|visit|get|follow)\b[^.\n]{{0,20}}{_AT}[^\n]{{0,80}}\b(?:do|follow|obey|run|execute|act on|apply) (?:what|whatever|it|the|its|everything|as)\b|\bdo (?:what|whatever|everything|as) it (?:says|asks|tells)\b|\b(?:import|install|pull)\b[^.\n]{{0,40}}\bfrom https?://",
        r"\b(?:open|read|unlock|dump|look into)s?\b[^.\n]{0,20}\b(?:password (?:vault|manager|store|file)|keychain|key ?store|wallet|vault)\b",
        # Destroyed, switched off, let in.
        r"\b(?:drop|wipe|purge|truncate|revoke|overwrite)s?\b[^.\n]{0,40}\b(?:all|every|other|table|database|main|prod\w*|branch|backups?|users?|accounts?|rights|logs?)\b|\b(?:delete|remove|close|cancel|archive|reset|mark)s?\b[^.\n]{0,20}\b(?:all|every|each|other|production|prod|main|the (?:licen[cs]e|permission|signature|security|auth\w*) check)\b|\bkubectl delete\b|\bterraform destroy\b|\bdelete_\w+\(",
        r"\bgrants? (?:all|admin|root|full|write|access|rights|everyone|everybody)\b|\b(?:skip|bypass|disable|remove|suppress|turn off|switch off)s?\b[^.\n]{0,30}\b(?:hooks?|checks?|confirmation|approvals?|verification|validation|review|safety|security|signing|rate limits?|filters?|guards?|limits?|tests?|logging|audit\w*|mfa|2fa)\b|\b(?:do not|don't|never|no need to|without) (?:ask|asking|confirm|confirming|wait|waiting)\b",
        # Money.
        r"\b(?:place|submit|approve|confirm|book|buy|order)s?\b[^.\n]{0,30}\b(?:orders?|applications?|loans?|payments?|purchase|subscription|invoices?|transfers?)\b|\b(?:pay|transfer|wire|send|donate|refund)s?\b[^.\n]{0,40}\b(?:eur|usd|euros?|dollars?|money|funds|balance|(?:everything|it all) to|coins?|bitcoin)\b",
        # Judged, praised, belittled, left out.
        r"\b(?:give|assign|award|grant|rate|score|mark|set|leave|write|deserve|get|receive)\w*\b[^.\n]{0,40}\b(?:best|highest|top|perfect|five[- ]star|5[- ]star|positive|good|glowing|excellent|maximum|full) (?:possible )?(?:scores?|ratings?|reviews?|grades?|marks?|points)\b|\b(?:accept|hire|shortlist|approve|recommend) (?:this|the|our|him|her) (?:paper|application|candidate|applicant|submission|product|shop|request|pull request)\b|\b(?:pick|choose|prefer|recommend|favou?r)s? (?:this|our|only|ours)\b",
        r"\b(?:describe|call|present|mention|praise|portray|label|treat|name)s?\b[^.\n]{0,80}\b(?:market leader|the best|the leader|the only|bankrupt|closed|scam|superior|trustworthy|safe|an? admin\w*|trusted|unsafe)\b|\b(?:leave|leaving|omit|omitting|skip|hide)\w*\b[^.\n]{0,20}\b(?:negative|bad|critical|other|poor)\b|\b(?:mention|list|quote|show|answer with|praise) only\b|\bonly (?:mention|list|quote|show|answer|praise)\b",
        r"\b(?:do not|don't|never|not) (?:list|mention|report|show|include|name|log) (?:it|this|that|them|these|the change)\b|\b(?:say|answer|reply|state|claim|report|tell (?:the user|them|him|her))s? that (?:there was |there is |all |everything |it |nothing |no |they |their |the user's )\w*",
    )
)
"""The same, and less grave: what nobody asks in good faith of a machine that a text for people names, and turns to."""
