"""More of what only a machine that reads for somebody is told: its task is off, somebody agreed, it is somebody else now.

As `summons.FRAMED`: no sign says anything by itself. For results only.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ABANDONED", "CALLED_TOO", "PRETEXTS", "READERS"]

_WORK: Final = r"(?:summar(?:y|ies|i[sz]ing)|tasks?|requests?|questions?|quer(?:y|ies)|jobs?|work|assignment|errands?|search|translation|analysis|mandate|brief|briefing|goals?|objectives?|reports?|repl(?:y|ies)|answers?|digest|overview|review|research|lookup|comparison|to-?dos?)"
_MADE: Final = r"(?:automated|automatic|ai|llm|artificial|machine|robotic|virtual|agentic|software)"
_AT_WORK: Final = r"(?:programmers?|developers?|coders?|engineers?|helpers?|workers?|staff|colleagues?|employees?|readers?|reviewers?|editors?|clerks?|processors?|recipients?|agents?|assistants?|tools?|systems?)"
_READER: Final = rf"(?:{_MADE}[ -]{_AT_WORK}|code ?gen(?:erators?|eration)?|(?:code )?generators?|co-?pilots?|llms?|gpts?|chat ?bots?|ai agents?|ai assistants?|(?:e-?mail|mail|coding|chat|browser|browsing|shopping|scheduling|voice|personal) (?:assistant|agent|bot|model|copilot)s?|agents|assistants|bots)"

CALLED_TOO: Final = "|".join(
    (
        rf"\b(?:mandatory|required|binding|only|intended|meant|valid|written|reserved|addressed|part|section|paragraph|line|is|are) (?:for|to) (?:all |any |every |the |your |an? )*{_READER}\b",
        rf"(?:[\n>\"'`(\[#*]|(?m:^)|\. )\s*(?:for|to) (?:all |any |every |the |your |an? )*{_READER}(?: [^.:\n]{{1,40}}?)?[)\]]? ?: ?[a-z\"'`\[]",
        rf"\b(?:if|when|should|once) (?:this|the|a|your) \w+ (?:is|gets|be) (?:\w+ )?(?:read|edited|opened|processed|handled|parsed|seen|summari[sz]ed|reviewed|changed|touched) by (?:an? |any |some |your )*{_READER}\b",
        rf"\b(?:all|any|every|each|your|my|their|dear|somebody's|someone's) {_MADE}[ -]{_AT_WORK}\b|\b(?:all|any|every|each|dear) (?:copilots?|assistants|agents|bots?|models|chat ?bots?|llms?)\b|\((?:for|to) (?:all |any |every |the )*{_READER}\)|\((?:ai|llm|bot|agent|model)\) ?:",
        r"\b(?:assistants|agents|bots|models|copilots|llms|chat ?bots|crawlers)\b[^.:\n]{0,60}\b(?:must|shall|have to|are to|need to|ought to)\b|\bif you(?:'re| are) (?:generating|summari[sz]ing|writing|reading|processing|parsing|reviewing|refactoring|translating|indexing|completing|automating|analy[sz]ing)\b|\b(?:crawlers?|bots?|programs?|tools?|clients?|readers?) with (?:an? )?(?:llm|ai|model)\b",
        r"(?m:^)\W{0,6}(?:cursor|windsurf|devin|codex|cline|aider|junie) ?[:,] [a-z]",
        rf"(?:[\n>\"'`(\[#*]|(?m:^)|\. )\s*{_READER} (?:tasks?|to-?dos?|notes?|instructions?|orders|checklist|duties) ?: ?[\w\"'`\[(]",
        rf"\b(?:{_READER}|tool|model|assistant|agent|program|system|software|machine|whoever|whatever|anyone|anything) (?:that |which |who )?(?:is )?(?:reads?|reading|summari[sz](?:es|ing)|processe?s?(?:ing)?|parses|parsing|handles|handling|prepares|preparing) (?:our|this|these|the) (?:\w+ )?(?:page|mail|message|text|thread|file|note|digest|document|listing|ticket|review|inbox)s? (?:could|would|might|should|must|may|can|has|have|is|are|will|shall|please|[a-z]+s)\b",
    )
)
"""Names a reader that is a machine, as `summons.CALLED`, in other shapes."""

PRETEXTS: Final = "|".join(
    (
        # Its task is off.
        rf"\b(?:never ?mind|forget(?: about)?|ignore|disregard|stop|abandon|drop|cancel|skip|discard|pause|leave) (?:(?:the|this|that|your|any|all|with|doing|on|previous|current|original|present|earlier|user's|operator's|requested) )*(?:(?:your|previous|current|original|present|earlier|user's|operator's|requested) (?:\w+ )?{_WORK}|(?:summar(?:y|ies|i[sz]ing)|questions?|translation|repl(?:y|ies)|answers?|report|digest|request))\b|\byour (?:\w+ )?{_WORK} (?:has been|is|was) (?:withdrawn|cancelled|canceled|over|finished|void|changed|replaced|revoked|suspended)\b",
        rf"\binstead of (?:the |your |this )?(?:{_WORK}|answering|summari[sz]ing|replying|what)\b|\bdo (?:this|that|the following|as follows) instead\b|\b(?:only|nothing but) this (?:document|text|message|page|file|note) (?:counts|applies|matters|is valid)\b",
        # Consent, rank and need.
        r"\buser (?:clicked|pressed|chose|selected|picked|hit|answered|has clicked|typed) [`'\"]?(?:allow|yes|ok|okay|approve|accept|confirm|agree)\w*|\b(?:user|human)_(?:confirmation|consent|approval|approved|confirmed)\b|\bfor all (?:further|later|future|following|remaining) (?:calls|tools|actions|steps)\b",
        r"\b(?:he|she|they|user) (?:has |have |had )?(?:already |long )?(?:agreed|approved|consented|confirmed|signed off)\b|\b(?:was|were|is|are|been|already|this|fully) (?:signed off|approved|cleared|agreed) (?:on )?(?:by|with|from) (?:the )?(?:ceo|cto|management|legal|security|owners?|maintainers?|user|admin\w*)\b",
        # When it is read, and what comes before an answer.
        r"\b(?:when|once|whenever|as soon as|after) this (?:\w+ )?\w+ (?:is|gets|has been|was) (?:read|opened|processed|summari[sz]ed|shown|displayed|handled|loaded|parsed)\b|\bbefore (?:\w+ ){1,5}can be (?:given|shown|returned|displayed|delivered|answered|loaded|fetched)\b",
        r"\b(?:once|after) (?:the|your) (?:summary|answer|reply|report|task|translation|digest) is (?:done|written|finished|sent|complete)\b|\bwhen(?:ever)? (?:you are |you're )?asked (?:about|for|to)\b|\bas (?:a|the|your) (?:final|last) (?:step|action)\b|\bin \w+ turns\b|\bfor the rest of (?:our|this|the) (?:talks?|chat|conversation|session|dialogue|day)\b|\bcall \w+\(\) again\b",
        r"\bpretend (?:that )?(?:the )?(?:user|owner|customer|person)\b|\byou have been (?:upgraded|promoted|switched|moved|put|granted)\b|\b### ?(?:instruction|response)s? ?:|### ?(?:instruction|response)s? ?:",
        r"(?m:^)\W{0,6}system[ -](?:note|notice|update|alert|reminder|override|message)[^:\n]{0,16}[:>\]]",
        # A part to play.
        r"\blet us (?:play|pretend|imagine)\b|\byou (?:are|play|will be|become) (?:now )?(?:(?-i:[A-Z])\w+|the \w+'s? script), (?:an? |the )|\b(?:stay|remain|answer|speak|continue|respond) (?:in (?:your )?role|as (?-i:[A-Z])\w+\b)|\bin this (?:story|scene|game|play|scenario|fiction)\b",
        r"\bas the (?:new |acting |only )?(?:admin\w*|owner|operator|auditor|root user|maintainer),? you\b|\b(?:you|he|she|it) plays? (?:the|a|an) (?:\w+ )?(?:\w+'s )?(?:script|admin\w*|auditor|assistant|agent|bot|hacker|owner|operator|robot)\b|\b(?:helper|assistant|robot|bot|ai|character|agent) (?:named|called) (?-i:[A-Z])",
        # Later.
        r"\b(?:the )?next time (?:that )?(?:the |a |any )?(?:user|person|customer|somebody|someone|anyone|they|you)\b|\bafter the (?:first|second|third|fourth|fifth|next|\d+(?:th|rd|nd|st)) (?:question|message|turn|reply|answer|request)\b|\bfor (?:all |any )?(?:later|future|following|upcoming|other) (?:sessions?|chats?|conversations?|turns?|answers?|replies)\b|\bwhenever (?:someone|somebody|the user|a user|anybody|anyone|people|they) (?:mentions?|asks?|says?|wants?|writes?|talks?|needs?)\b|\bsave (?:this |it |the following )?(?:to|in|into) your (?:\w+ )?(?:notes|memory|knowledge|profile)\b",
        # Rank that somebody claims, in a text.
        r"\b(?:notice|message|order|directive|announcement|request|word|instruction)s? (?:from|by|of) (?:your |the |our )?(?:\w+ )?(?:platform|provider|vendor|ceo|legal|compliance|it department|it security|admin\w*|management|host)\b|\bi am (?:the|your) (?:user's )?(?:manager|boss|admin\w*|owner|supervisor|developer|lawyer|employer)\b|\bas the (?:owner|admin\w*|operator|holder) of this (?:\w+ )?(?:workspace|account|repository|mailbox|project|site|tenant)\b|\b(?:is|are|be) (?:hereby )?(?:directed|ordered|commanded) to\b",
        # What a reply has to be, and what something takes to be shown.
        r"\byour (?:reply|answer|response|summary|output|report|next message) (?:should|must|has to|have to|needs? to|shall|will|is to|ought to)\b|\b(?:to|in order to) (?:display|view|render|see|unlock|decode|access) (?:this|the) (?:\w+ )?(?:chart|image|page|content|document|table|article|result|message|file|data)s?\b",
        r"</?(?:assistant|agent|model|ai|system|user|tool|llm)_\w+>",
        # Somebody who asks for help, in public.
        r"\bpublic (?:gist|paste|bucket|pastebin|repository|issue)\b",
        # Turns that are told, in braces and the like.
        r"\{\{ ?(?:system|assistant|user|developer) ?:|\b(?:next|required|recommended|suggested|pending)_(?:action|step|call|task|tool)\w*\b",
    )
)
"""Speaks of what only a machine that reads for somebody has to do with."""

READERS: Final = (
    # Whoever does with a text what such a machine does.
    r"\b(?:toi|vous|celui|celle|quiconque|ceux) qui (?:rés?um|li[st]|trait|analys|parcour|tradui)\w*|\b(?:quien|quienquiera que|el que|tú que|usted que) (?:lea|lee|resuma|resume|procese|procesa|automatice|automatiza|analice)\w*|\b(?:wer|du, (?:der|die|das)|derjenige, der) (?:diese\w*|das|den|die) (?:\w+ ){1,2}(?:liest|zusammenfasst|verarbeitet|bearbeitet|auswertet)\b|\bchi (?:legge|riassume|elabora)\b|\bquem (?:lê|resume|processa|ler|resumir)\b|"
    r"\b(?:für|an) (?:den|die|das|alle|jeden|deinen|ihren) (?:bot|ki|agent|assistent|automat|chatbot)\w*|\b(?:pour|aux?) (?:les? |l')?(?:bots?|robots?|ia|agents? (?:automatique|ia|logiciel)\w*|assistants?|modèles?)\b|\bpara (?:el |los |la |las |o |os |as )?(?:bots?|ia|ias|asistentes?|agentes?|modelos?|assistentes?)\b ?[:,]|\bper (?:il |i |gli |l')?(?:bot|ia|assistent[ei]|agent[ei]|modell[oi])\b ?[:,]|\bvoor (?:de |alle )?(?:bots?|agents?|assistent\w*)\b ?[:,]|"
    r"(?:для|всем) (?:\S+ )?(?:бот|агент|ассистент|ии|нейросет|модел|помощник)\S*:|(?:модел|бот|ассистент|агент|программ|нейросет|помощник|систем)\S*, (?:чита|обрабатыва|анализиру|резюмиру|которая чита|который чита)\S*|(?:кто|тот, кто) (?:чита|обрабатыва)\S* (?:этот|это|эту)|"
    r"(?:^|[\n.!?>:] ?)(?:ia|ai|ki|ии|asistente|assistente|assistent|agente|asystent|ассистент|помощник|бот)[\w-]{0,9} ?[:,] \S|пользовател\S* (?:уже )?(?:подтверди|согласи|разреши)\S*|\busuario (?:ya )?(?:autoriz|acept|confirm)\w*|\butilisateur (?:a )?(?:déjà )?(?:autoris|accept|confirm|donné)\w*|\b(?:nutzer|benutzer)\w* (?:hat|haben) (?:\w+ ){0,2}(?:zugestimmt|bestätigt|genehmigt|erlaubt)\b|"
    "用户已(?:经)?(?:授权|同意|确认|批准)|(?:承認|許可|同意|確認)(?:は|を)?(?:済|得て)|(?:要約|翻訳|回答|返信)(?:する|の)?(?:際|とき|時|場合)(?:は|に)|自動(?:処理|応答|返信|化)[^。、\n]{0,6}(?:方|者|担当|向け|へ)|"
    "ai(?:専用|向け|各位|宛|あて|に告|さん|の皆|へ)|(?:要約|翻訳|処理|回答|応答|解析|閲覧|採点|審査|分類|読み取|読ん|自動応答|自動返信)[^。、\n]{0,8}(?:ai|システム|プログラム|ボット|モデル|エージェント)(?:は|へ|に|が|：|:|、)|"
    "(?:处理|阅读|读取|总结|浏览|分析|翻译|审阅|處理|閱讀)[^。，\n]{0,10}的?(?:模型|助手|程序|ai|智能体|机器人|系统)|(?:从现在起|現在起|从此|现在)[，,]?你(?:是|就是|将是|扮演)|你(?:是|现在是|扮演)[^。，\n]{0,12}(?:助手|ai|模型|机器人|管理员)|"
    "(?:요약|처리|읽는|읽고 있는|분석|번역)[^.\n]{0,8}(?:ai|인공지능|모델|에이전트|챗봇|비서|프로그램)|(?:ai|인공지능|챗봇|에이전트)(?:님| 전용|는|은)"
)
"""Whoever does with a text what a machine does that reads for somebody, in other languages."""

ABANDONED: Final = (
    r"\b(?:vergiss|vergesst|ignoriere?|beende|stoppe?|unterbrich|brich) (?:bitte )?(?:deine?n?|eure?n?|ihre?n?|die aktuelle|den aktuellen|den alten|die alte|alles) ?(?:\w+ ){0,2}(?:auftrag|aufgabe|anweisung\w*|zusammenfassung|arbeit|vorgaben?)?\b|"
    r"\b(?:oublie[zr]?|ignore[zr]?|arrête[zr]?|abandonne[zr]?|laisse[zr]?|interromps|cesse[zr]?) (?:ta|ton|tes|votre|vos|la tâche|le résumé|l'analyse|ce que) ?(?:\w+ ){0,2}(?:consignes?|tâche|mission|travail|instructions?|demande|résumé)?\b|"
    r"\b(?:olvida|olvide|deja|deje|ignora|ignore|abandona|abandone|detén|interrumpe|cancela|para) (?:tu|tus|su|sus|la|el|lo) (?:\w+ ){0,2}(?:tarea|encargo|instrucciones|resumen|trabajo|petición|que te)\b|"
    r"\b(?:esqueça|ignore|abandone|deixe|pare) (?:a|o|sua|seu|suas|tua|teu|as) (?:\w+ ){0,2}(?:tarefa|instruções|resumo|trabalho|pedido)\b|\b(?:dimentica|ignora|abbandona|lascia|interrompi) (?:il|la|le|tuo|tua|tue|i) (?:\w+ ){0,2}(?:compito|istruzioni|riassunto|lavoro|richiesta)\b|"
    r"(?:прекрати|остановись|останови|забудь|брось|отложи|прерви)\S* (?:\S+ ){0,2}(?:задани|задач|работ|инструкц|указани|запрос|резюм)\S*|"
    "任务(?:已经?|被)?(?:更改|变更|取消|结束|完成)|"
    "(?:依頼|指示|与え|頼ま|要約|現在|元)[^。\n]{0,8}(?:作業|仕事|タスク|依頼|指示|処理)[^。\n]{0,4}(?:中止|やめ|止め|中断|放棄|忘れ|破棄|無視)|(?:停止|放弃|中止|忘记|忘掉|搁置|中断)(?:[^。，\n]{0,6})(?:任务|工作|请求|指令|摘要|要求)|(?:작업|요청|임무|지시)[^.\n]{0,6}(?:중단|그만|잊|무시|멈추)"
)
"""The reader's task is off, in other languages."""
