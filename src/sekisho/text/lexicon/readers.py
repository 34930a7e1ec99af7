"""Words that address a machine that reads, and what is not asked of it in good faith: for results only.

A definition is written for a model, so there it says nothing that it addresses one. A page, a mail, a log has people for
readers: who turns to a model in it wants something of whoever reads it for them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ADDRESSED", "DEMANDED", "HARM", "LEAKY", "LINK", "NEGATED", "PRIVATE", "SENDS", "TURN"]

_AI: Final = (
    r"(?:(?:ai|llm|ml|gpt|chat|coding|mail|e-?mail|browser|language|automated|virtual|digital|review(?:er|ing)?|visiting|reading)[ -]?)*"
    r"(?:assistant|agent|model|chatbot|bot|operator|browser|crawler|summari[sz]er|reader|reviewer|tool|triage|system|"
    r"ai|llm|gpt|chatgpt|copilot|claude|gemini|cursor)s?"
)
_SURE: Final = (
    r"(?:(?:ai|llm|coding|mail|e-?mail|language|chat|virtual|automated|ai-powered|(?:re)?view(?:er|ing)?)[ -]"
    r"(?:assistant|agent|model|chatbot|bot|operator|browser|crawler|summari[sz]er|reader|reviewer|tool|system|ai|llm)|"
    r"(?:ai|llm|chat)-?(?:bot|triage)|assistant|chatbot|bot|agent|ai|llm|chatgpt|copilot|claude|gemini)s?"
)
_READS: Final = (
    r"(?:reads?|reading|sees?|seeing|opens?|summari[sz](?:e|es|ing)|process(?:es|ing)?|pars(?:e|es|ing)|index(?:es|ing)?|visit(?:s|ing)?|"
    r"screen(?:s|ing)?|describ(?:e|es|ing)|sort(?:s|ing)?|handl(?:e|es|ing)|view(?:s|ing)?|scrap(?:e|es|ing)|review(?:s|ing)?)"
)

ADDRESSED: Final = "|".join(
    (
        # Turned to, with what is wanted behind a colon.
        (
            rf"(?:(?m:^)|[\n>\"'()\[*#|@,/.!?] ?|-- ?|\b(?:for|to|at|dear|attention|attn|note|notice|hint|instructions?|calling)[ ,] ?)"
            rf"(?:(?:all|any|every|whatever|whichever|the|your|other|dear|fellow) )*{_SURE}(?:, {_SURE})*(?:,? (?:and|or) {_SURE})?"
            rf"(?: (?:that |who |which )?{_READS} [^.:\n]{{1,40}}| with (?:an )?(?:ai|llm))?(?:-[a-z]+)? ?:"
        ),
        rf"\b(?:notes?|notices?|hints?|messages?|instructions?|directives?|requests?|reminders?|orders?|tasks?|todo) ?(?:for|to|\() ?(?:all |any |every |the |your )*{_AI} ?[),:-]",
        rf"\b(?:hey|hi|hello|psst|dear|listen),? (?:\w+ )?{_SURE}\b",
        rf"\byou,? (?:the|an?|dear|my) {_SURE}\b",
        r"\b(?:ai|agent|assistant|llm|copilot)(?:[-_][a-z]{2,12}){1,3} ?:",
        rf"\b{_SURE} (?:that|who|which) (?:stop|skip|fail|refuse|ignore|do not|don't|cannot)\b",
        r"\b(?:since|as|because|now that) you (?:have (?:access|permission|the)|can use)\b",
        # A maker's or a host's voice, and a consent that nobody gave.
        r"[\[(【](?:anthropic|openai|google|microsoft|meta|xai|mistral|deepmind|amazon|cursor|your (?:host|developer|provider|maker))\b[^\])】\n]{0,24}(?:team|safety|system|security|policy|support|notice|message|operator|staff|admin)[^\])】\n]{0,24}[\])】](?:[^(]|\z)",
        r"\b(?:assume|presume|imply|take for granted)\b[^.\n]{0,24}\b(?:consent|approval|permission)\b",
        r"\b(?:users?|owners?|customers?|operators?|admin\w*|humans?|maintainers?) (?:has |have |had |was )?[^.\n]{0,16}\b(?:consented|agreed|(?:pre-?|already )(?:approved|authori[sz]ed|consented|agreed))\b",
        # Who is meant only if it is one.
        rf"\bif (?:you(?:'re| are| happen to be)|this is|it is|an?|any|the|your) (?:an? |any |some )?(?:\w+ )?{_SURE}\b",
        rf"\b(?:when|once|whenever|as soon as) (?:the|an?|any|your) {_SURE} {_READS} (?:this|it|that|these)\b",
        rf"\b{_AI},? (?:that |who |which )?{_READS} (?:this|these)\b",
        # What it remembers, and does next.
        r"\b(?:save|add|store|write|commit|put|keep) (?:(?:this|it|that|the following|them) )?(?:in|to|into) your (?:\w+[ -])?(?:memory|memories)\b",
        r"\b(?:remember|keep in mind)(?: this| that)? (?:for|in) (?:all|every|any|each) (?:\w+ )?(?:conversation|session|chat)s?\b",
        r"\b(?:next|new|real|actual|updated|additional|true) (?:task|job|assignment|mission)s?(?: list)?(?: for (?:the |an? |you,? )?\w+)? ?(?:is |are |:)",
        r"\buse (?:the|your) [a-z-]+ tool (?:to|and|for|with)\b",
        # German, French, Spanish, Portuguese, Italian.
        r"\b(?:an|für|hinweis|nachricht|achtung|anweisung|liebe[rs]?) ?(?:an |für )?(?:das |den |die |alle |deinen |ihren )?(?:sprach-?modell|ki|k\.i\.|assistent|chatbot|agent)[\w-]* ?[:,]",
        r"\bwenn (?:du|sie) (?:eine? |ein )?(?:ki|sprach-?modell|assistent|chatbot|bot)[\w-]*\b|\bsystem(?:hinweis|nachricht|meldung|anweisung|befehl) ?:",
        r"\b(?:note|attention|message|instructions?|avis|cher|chère),? (?:pour |à |aux? |à l')?(?:l'|les? |la )?(?:assistant|ia|agent|modèle|chatbot)[\w ]{0,12}:",
        r"\bsi (?:tu es|vous êtes) (?:une? )?(?:ia|assistant|modèle|chatbot|agent)\b|\bmessage (?:du )?système ?:",
        r"\b(?:atenção|atención|attenzione|aviso|nota|instruc\w+|mensaje|querido|estimado),? ?(?:para |a |ao |al )?(?:el |la |los |las |o )?(?:asistente|assistente|ia|agente|modelo|chatbot)s?[\w ]{0,16}:",
        r"\b(?:si eres|se você é|se sei) (?:una?|uma?|un'|um) ?(?:ia|asistente|assistente|modelo|modello|chatbot)\b|\b(?:mensaje|mensagem|messaggio|aviso) d(?:el|o|i) sistema ?:",
        # Japanese, Chinese, Korean.
        "(?:ai|人工知能|アシスタント|エージェント|チャットボット|言語モデル|ボット)(?:アシスタント|エージェント|モデル)?(?:の(?:皆さん|みなさん|方|皆様))?(?:へ|宛て?|あて|に告ぐ|への(?:お願い|指示|連絡|注意|お知らせ))[：:、。\n]",
        "(?:ai|言語モデル|アシスタント|エージェント)(?:アシスタント|エージェント)?(?:なら|であれば|の場合|である場合)|システム(?:メッセージ|通知|命令|指示|より)[】：:]|次の(?:作業|タスク|仕事|任務)(?:は|[：:])|管理者モード",
        "(?:致|给|給|敬告|告知|请)[^。\n]{0,16}(?:ai|助手|智能体|智能體|模型|机器人|機器人)[^。\n]{0,4}[：:，,]|如果你是[^。\n]{0,8}(?:ai|助手|模型|机器人)|系统(?:提示|消息|通知|指令)[：:]|系統(?:提示|訊息|通知|指令)[：:]",
        "(?:ai|인공지능|어시스턴트|에이전트|비서|언어 ?모델|챗봇)[^.\n]{0,6}에게 ?[:：,]|(?:ai|인공지능|챗봇|어시스턴트)(?:라면|이라면)|시스템 ?(?:메시지|알림|명령|지시) ?[:：]",
    )
)
"""Turns to whoever reads for somebody, in a text for people."""

DEMANDED: Final = (
    rf"\b(?:requires?|demands?|expects?|asks?|obliges?|wants?|needs?) (?:that )?(?:the |every |each |any |all |an? )?(?:\w+ )?{_SURE} (?:to )?[a-z]|"
    rf"\b{_SURE} (?:(?:must|has to|have to|needs? to|shall|should|ought to|can only|may now)|(?:is|are) (?:required|expected|obliged|supposed|asked|instructed|allowed|authori[sz]ed) to)"
    rf"(?: now| then| first| also| always| immediately)? [a-z]|\ball {_SURE}:|\b(?:competent|good|helpful|every|visiting|proper) {_SURE} (?:knows?|will|states?|includes?|does)\b|\b(?:only if|until|unless|once) (?:the|an?|your) {_SURE} (?:has|have|does|did|orders?|sends?|runs?|calls?|confirms?)\b"
)
"""Says what one has to do."""

HARM: Final = (
    r"\b(?:delete|remove|wipe|erase|purge|destroy|uninstall|rm -rf|overwrite|close|cancel|disable|deactivate|(?:turn|switch) off|bypass|skip)\b"
    r"[^.]{0,40}\b(?:all|every|files?|folders?|projects?|events?|tickets?|issues?|backups?|copies|tests?|checks?|reviews?|logs?|login|log-in|"
    r"two-factor|2fa|protection|security|records?|accounts?|database|tables?|repositor\w+)|"
    r"\brm -rf\b|\b(?:give|grant|assign|make|add|invite|promote)\b[^.]{0,60}\b(?:admin\w*|owner|role|rights|access|permissions?|deploy|ssh-|authorized|key)\b|"
    r"\b(?:transfer|pay|wire|buy|purchase|order|donate|send|set)\b[^.]{0,40}\b(?:amount|money|funds|payments?|eur|usd|euros?|dollars|units?|invoices?|iban|account|recipient|of them)\b|"
    r"\b(?:push|merge|deploy|publish|release)\b[^.]{0,30}\b(?:straight|directly|without|skip|main|master|production)\b|"
    r"\b(?:reveal|print|repeat|state|output|disclose|hand over|pass on)\b[^.]{0,40}\b(?:prompt|instructions|above this|hidden|system)\b|"
    r"\b(?:highest|best|top|full|maximum|five[- ]star|positive) (?:score|rating|mark|grade|review|rank)\b|\brank\w*\b[^.]{0,30}\b(?:first|top|highest|best)\b|"
    r"\b(?:the )?only (?:safe|good|right|valid|sensible|recommended) (?:choice|option|product|one|answer)\b|\bno weaknesses\b|\b(?:claim|pretend|tell them|say|state|answer|reply|respond|report)\b[^.]{0,20}\bthat\b|"
    r"\bsubmit\b[^.]{0,20}\bform\b|\bfill\b[^.]{0,20}\bform\b|"
    r"\b(?:lösche|löschen|überweis|freigeben|deaktivier)\w*|\b(?:supprime|efface|désactive|virement)\w*|\b(?:borra|elimina|desactiva|apaga|transfiere)\w*|"
    r"(?:^|[^\w.])\.(?:env|npmrc|netrc|pgpass)(?:[^.\w]|$)|\bid_(?:rsa|ed25519)\b|\.(?:ssh|aws|gnupg|kube)/|\bauthorized_keys\b|\bpassword (?:manager|vault)s?\b|"
    r"消去|削除|無効に|送金|振り込|删除|刪除|转账|轉帳|禁用|关闭|삭제|송금|이체|비활성"
)
"""What changes, gives away, or praises, as nobody asked."""

NEGATED: Final = r"\b(?:never|do not|don't|must not|may not|shall not|cannot|can't|should not|shouldn't|refuse to|(?:is|are) not (?:allowed|permitted|supposed|able) to|nicht|niemals|jamais|ne pas|nunca)\b"
"""Says that something shall not be done."""

PRIVATE: Final = (
    r"\b(?:phone numbers?|(?:e-?mail|home|postal|street) address(?:es)?|full names?|(?:current |exact )?location|calendar|free slots|contacts?|address book|inbox|"
    r"history|conversations?|connection string|customers?|(?:user|client|member) (?:list|names?|table)|"
    r"photos?|invoices?|tax (?:files?|returns?)|bank\w*|card numbers?|(?:session |auth )?cookies?|session (?:id|token)|keys?|tokens?|secrets?|passwords?|credentials?|"
    r"salary|medical|health|financ\w+)\b|"
    r"(?:schlüssel|passwörter|kontakte|adressbuch|verlauf|kunden)\w*|\b(?:clés?|mots? de passe|contacts|carnet|historique)\b|\b(?:claves?|llaves|contraseñas?|contactos|historial)\b|"
    "連絡先|パスワード|鍵|履歴|個人情報|住所|联系人|密码|密钥|通讯录|邮箱|地址|연락처|비밀번호|주소|키를"
)
"""What is somebody's own."""

SENDS: Final = (
    r"\b(?:send|forward|mail|e-?mail|post|upload|submit|publish|export|transmit|share|leak|exfiltrate|copy|include|attach|append|embed|give|hand over|hand out|pass on|reveal|disclose|"
    r"deliver|write|paste|put|list|look up|tell|read out)(?:s|ing)?\b|\b(?:schick|send|leit|veröffentlich|füg|gib)\w*|\b(?:envoi|publi|transmet|ajout|donn)\w*|\b(?:envía|enviar|publica|añad|comparte|manda)\w*|"
    "送信|送っ|転送|公開|書き|含め|伝え|发送|發送|上传|公布|附上|보내|전송|공개|포함"
)
"""Gives something to somebody."""

LINK: Final = (
    r"https?://[^\s)\"'<>]*[?&/=](?:\{|<|\[|%7b)[^}\]>\n]{0,60}\b(?:user|you|your|their|reader|conversation|chat|message|history|context|memory|names?|e-?mail|address|location|file)"
    r"(?:'s|s')? [^}\]>\n]{1,60}[}\]>]|https?://[^\s)\"'<>]*[?&/=](?:\{|<|\[)[^}\]>\n]{1,40} (?:of|from) (?:the |your |their )?(?:user|conversation|chat|message|history|context|memory)[^}\]>\n]{0,40}[}\]>]|"
    r"https?://[^\s)]*[?&]\w{1,20}=(?:conversation|chat|history|summary|context|secret|message|data)\b|"
    r"\b(?:replace|fill(?: in)?|substitute|complete)\b[^.\n]{0,40}\b(?:dots|blanks?|placeholders?|gaps?|brackets|ellipsis)\b[^.\n]{0,60}\b(?:you (?:have|know|were)|your)\b"
)
"""An address with a place for what a reader knows, in words."""

LEAKY: Final = r"https?://[^\s)\"'<>]*[?&]\w{1,20}=(?:[\s\"'<{`)]|\z)"
"""An address that ends where something has to be put."""

TURN: Final = (
    r"</?(?:tool_results?|function_results?|tool_response|tool_output|function_calls?|tool_calls?|invoke|antml)\b[^>\n]{0,80}>\s{0,4}</?(?:tool_calls?|function_calls?|invoke|tool_use|system|user|assistant)\b|"
    r"<\|(?:im_start|start_header_id|system|user)\|>\s{0,2}(?:system|user|developer)?(?:<\|[a-z_]{1,20}\|>)?\s{1,4}[^\s.<|`]\S* [^\s<|]|\[/?INST\]|<</?SYS>>|"
    r"\n(?:assistant|ai): [^\n]{1,400}\n(?:user|human): [^\n]{1,400}\n(?:assistant|ai):\s{0,4}\z"
)
"""Marks between the turns of a conversation."""
