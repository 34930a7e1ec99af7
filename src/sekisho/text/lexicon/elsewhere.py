"""What is dropped that is not the reader's: orders inside a text that is worked on, other people's, a program's options.

Advice against injected orders, contracts and documents of programs say to ignore instructions as often as attacks do.
They name what holds those instructions, whose they are, or which option does it.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BESIDE", "ELSEWHERE"]

_DROP: Final = r"(?:ignor(?:e|es|ed|ing)|disregard(?:s|ed|ing)?|forget|overrid(?:e|es|ing)|bypass(?:es|ing)?|skip(?:s|ping)?|not|never|n't|nor|neither|without)"
_SAID: Final = (
    r"(?:instructions?|orders?|commands?|requests?|directives?|prompts?|rules?|guidelines?|wishes|text that asks)"
)
_HOLDER: Final = (
    r"(?:documents?|docs?|texts?|pages?|web ?sites?|mails?|e-?mails?|files?|diffs?|sources?|contents?|data|inputs?|tags?|outputs?|results?|"
    r"articles?|quotes?|quotations?|comments?|transcripts?|attachments?|bod(?:y|ies)|tickets?|issues?|reviews?|packag\w+|packets?|tins?|leaflets?|posters?|manuals?|handbooks?|box|labels?|readme\w*)"
)
_NAMED: Final = r"(?:[\w-]+\.(?:md|txt|rst|adoc|toml|ya?ml|json|ini|cfg)|(?:the )?(?:readme|manual|handbook|wiki|packag\w+|box|label))"
_STAND: Final = r"(?:that |which |you )?(?:(?:may |might |could )?(?:stands?|standing|is|are|be|found|find|contained|embedded|hidden|written|appear(?:s|ing)?|come|coming|see) )?"

ELSEWHERE: Final = "|".join(
    (
        # Inside what is worked on.
        (
            rf"\b{_DROP} (?:(?:follow|obey|act on|carry out|execute|heed|any|all|every|the|such|those|these|other|further|possible|embedded|hidden|of) )*{_SAID} {_STAND}"
            rf"(?:in|inside|within|from|of|by|on) (?:(?:the|a|an|any|this|that|these|those|its|their|such|user|tool|source|quoted|given|untrusted|external|third-party|retrieved|web|mail|\w+ed|\w+'s) )*(?:{_HOLDER}|it|them|there)\b"
        ),
        rf"\b(?:{_SAID}|steps) (?:in|from|of|on) {_NAMED} ",
        # Somebody else's.
        rf"\b{_DROP} (?:(?:follow|obey|act on|carry out|execute|heed|any|all|every|the|such|those|other|further) )*(?:{_SAID} (?:of|from|by) (?:any |other |some )?(?:third part(?:y|ies)|strangers?|others|anybody else|anyone else|another person)|third[- ]part(?:y|ies)(?:'s|')? {_SAID})\b",
        # What a program can be told to.
        (
            rf"\b(?:can|may|could|lets? (?:you|users|one)|allows? (?:you|users|one) to|able to|how to|to) (?:\w+ly )?(?:override|ignore|replace|bypass|skip|forget|disregard) (?:(?:the|all|any|these|its|some) )*"
            rf"(?:default|built-?in|global|local|project|user|base|inherited|custom|workspace|team|existing|system|repository|parent) (?:\w+ )?{_SAID}[^.;]{{0,60}}(?:--[a-z]|[`'\"][\w.-]*[\w./=-]+[`'\"]|=\w|\b[\w-]+\.(?:md|toml|ya?ml|json)\b)"
        ),
        r"\b(?:if|when) (?:true|false|set|enabled|given|unset|none)\b,? (?:\w+ ){0,2}(?:skip|ignore|bypass|override)s?\b",
        r"\b(?:override|ignore|bypass|skip|forget|disregard)\w*[(\[]|\boverrid(?:e|ing) (?:this|it) (?:to|in|if|when)\b|\boverrid(?:e|es|ing) (?:this|the|these|a|any) (?:\w+ )?(?:methods?|hooks?|functions?|class|property|properties|templates?|callbacks?)\b",
        # Things that are no orders.
        r"\b(?:drops?|dropped|dropping) (?:all |any |every |the |these |those )+(?:\w+ ){0,2}(?:messages|items|rows|tables|events|files|tokens|entries|calls|columns|caches?|turns|jobs|packets|connections|uses)\b",
        r"\b(?:agreement|contract|amendment|annex|licen[cs]e|release|version|schedule) (?:\w+ )?(?:supersedes?|overrides?|takes precedence over|prevails over)\b",
        # In other languages: inside what is worked on.
        (
            r"\b(?:anweisung|vorgabe|befehl|instruction|consigne|ordre|instruccion|orden|instruç|ordens|istruzion|ordin|instructie|instrukcj|polece)\S* (?:(?:que |qui |che |die |das |que se |auf |sich |contenues?|contenid[oa]s|contid[oa]s|contenut[ei]|enthalten\S*|trovat[ei]|encontrad[oa]s|présentes?|dentro|all'interno) ?)*"
            r"(?:dans|im|in|en|del|de la|de los|de las|des|du|nel|nella|nelle|nei|negli|em|no|na|nos|nas|do|da|der|dem|den|von|aus|auf|van|w|z) (?:(?:le|la|les|el|los|las|il|i|gli|um|uma|un|une|der|dem|den|einem|einer|de|het) ?)?(?:\S+ )?"
            r"(?:document|texte|text|page|mail|courriel|e-mail|fichier|dokument|seite|nachricht|datei|verpackung|packung|página|pagin|correo|archivo|arquivo|documento|mensaje|mensagem|allegat|file|tekst|stron|plik)\S*"
        ),
        "(?:本文|文書|文章|文中|ページ|メール|ファイル|資料|外部|引用|データ|入力)(?:中|内|上|から取得した文章)?(?:の|に含まれる|に書かれた|にある)(?:いかなる|すべての|あらゆる)?(?:指示|命令|依頼)",
        "(?:指示|命令|設定|ルール|プロンプト)は(?:上書き|破棄|省略|無視)され(?:ます|る)",
        "(?:お送りし|送付し|差し上げ|メールで?お伝えし)(?:た|ました)[^。\n]{0,12}(?:指示|依頼|命令)",
        "(?:文档|文件|网页|页面|邮件|正文|文本|外部|附件)(?:内容)?(?:中|里|内)?(?:出现|包含)?的?(?:任何|所有)?(?:指令|指示|命令|要求)",
        r"(?:инструкц|указани|команд|приказ)\S* (?:из|в|внутри) (?:\S+ )?(?:документ|текст|страниц|письм|файл)\S*",
    )
)
"""In the syntax of RE2 and of Python: orders of which a text tells where they stand or whose they are, with the word that drops them."""

BESIDE: Final = (
    r"\b(?:ignoring|overriding|bypassing|superseding)\b(?! (?:(?:all|any|the|your|of|previous|prior|earlier|above|other|these|those|safety|system|"
    r"existing|every|my|its|usual|content|security) ?)*(?:i\w{0,2}nstruct|prompt|guid|direct|order|rule|polic|constrain|restrict|safe|secur|filter|told|you\b|what|was\b|is\b|user))"
)
"""Something is done while something else than orders is passed over."""
