"""The same in other languages: who is meant, what shall be dropped, given away, destroyed, and not be told.

What `summons` says of English, in fewer words. RE2 sees no edge of a word at letters beyond ASCII, so such words are stems.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ABLE",
    "CLAIMED",
    "DROPPED",
    "FORBIDDEN",
    "GIVEN",
    "MACHINES",
    "ORDERED",
    "ORDERS",
    "SPOTS",
    "THINGS",
    "UNDONE",
    "UNTOLD",
]

MACHINES: Final = (
    # German, Dutch, the Scandinavian languages
    r"\b(?:ki|k\.i\.)-?(?:assisten|agent|modell|system|bot|\b)\w*|\bsprach-?modell\w*|\b(?:der|ein|jeder|deinen?|ihr) (?:agent|assistent)\b|"
    r"\bai-?(?:assistent|agent|modell|model)\w*|\btaalmodel\w*|\bspr[åa]k-?modell\w*|"
    # French, Italian, Spanish, Portuguese, Romanian, Catalan
    r"\b(?:assistant|agent|modèle|aide)s? (?:ia|d'ia|automatique|automatisé|virtuel|conversationnel|de langage)s?\b|\b(?:les?|l'|cette|aux?) ?(?:ia|modèle)s?\b|"
    r"\b(?:assistent|agent)[ei] (?:ia|ai|virtual[ei])\b|\bl'(?:agente|assistente|ia)\b|\bmodell[oi] linguistic[oi]\b|"
    r"\b(?:asistente|agente|assistente)s? (?:de )?(?:ia|i\.a\.|inteligencia artificial|virtual|virtuales|virtuais|inteligente)s?\b|\b(?:el|al|o|ao) (?:asistente|assistente)\b|"
    r"\bmodelos? de (?:lenguaje|linguagem)\b|\b(?:asistent|agent)\w* (?:ia|ai)\b|"
    # Polish, Czech, Turkish, Vietnamese, Indonesian
    r"\b(?:asystent|agent|model)\w* (?:ai|si|językow\w+)\b|\bjazykov\w+ model\w*|\byapay zek\S{1,6} (?:asistan|ajan|model)\w*|\bdil modeli\w*|"
    r"(?:trợ lý|tác nhân) (?:ai|ảo)|mô hình ngôn ngữ|\b(?:asisten|agen) (?:ai|virtual)\b|\bmodel bahasa\b|"
    # Russian, Ukrainian, Greek, Arabic, Hebrew, Hindi, Thai
    r"(?:ии|ші)-?(?:ассистент|агент|асистент|модел|помощник)\S*|(?:агент|ассистент|бот|нейросет|асистент)\S{0,4},? (?:обрабатыва|чита|который|которые|що|читає)\S*|языков\S+ модел\S+|мовн\S+ модел\S+|"
    r"βοηθ\S+ (?:τν|ai)|(?:المساعد|الوكيل|مساعد) (?:الذكي|الآلي|الافتراضي|الرقمي|الذكاء)|نموذج لغوي|עוזר ה?-?ai|(?:एआई|ए\.आई\.|कृत्रिम बुद्धि\S*)[ -]?(?:सहायक|एजेंट|मॉडल)|(?:ผู้ช่วย|เอเจนต์) ?(?:ai|เอไอ)|"
    # Japanese, Chinese, Korean
    "ai(?:の(?:方|皆)|アシスタント|エージェント|は|が|へ|よ)|生成ai|エージェント(?:は|が|へ|向け)|アシスタント(?:は|が|へ|の)|言語モデル(?:は|が|へ)|"
    "智能体|智能體|大模型|语言模型|語言模型|(?:智能|ai|人工智能)助手|ai ?代理|읽는 ?(?:ai|인공지능|에이전트)|(?:ai|인공지능) ?(?:비서|어시스턴트|에이전트|모델)|에이전트는|어시스턴트는"
)
"""A reader that is a machine."""

DROPPED: Final = (
    r"\b(?:ignorier|missacht|vergiss|vergesst|vergessen|verwirf|ignorez|ignore[zr]?\b|oublie|ignora|olvid|desatiend|desconsider|esque[çc]|dimentica|trascura|negeer|vergeet|zignoruj|pomiń|zapomnij|ignoruj|zapomeň|ignorera|glem\b|glöm|abaikan|lupakan)\w*|"
    r"\b(?:hinfällig|ungültig|nichtig|caduques?|nulles?|anulad[ao]s?|nulas?|nulle|vervallen|nieważne)\b|yok say|görmezden|unut\b|bỏ qua|(?:игнориру|забудь|не учитыва|ігнору)\S*|תתעלם|تجاهل|انس\S? |नज़रअंदाज़|अनदेखा|भूल जा\S*|(?:больше )?не действу\S*|отмен\S*|недействительн\S*|ละเว้น|เพิกเฉย|無視|破棄|忘れ|無効|廃止|忽略|停止执行|无视|無視|忘记|作废|무시|잊"
)
"""To be ignored."""

ORDERS: Final = (
    r"\b(?:anweisung|vorgabe|befehl|regel|auftr[aä]g|instruction|consigne|règle|ordre|instruccion|órdenes|ordenes|reglas|peticion|instruç|ordens|regras|istruzion|richiest|ordini|regole|opdracht|instructie|polece|instrukcj|pokyn|instruktion|talimat|instruksi|perintah)\S*|"
    r"(?:chỉ dẫn|hướng dẫn|yêu cầu)|(?:инструкц|указани|приказ|команд|інструкц)\S*|правил\S*|הוראות|التعليمات|الأوامر|تعليمات|निर्देश|คำสั่ง|指示|命令|依頼|方針|ルール|規則|指令|规则|規則|政策|要求|지시|규칙|명령"
)
"""What somebody else ordered."""

UNTOLD: Final = (
    r"\b(?:ohne|nicht)\b[^.\n]{0,40}\b(?:erwähn|mitteil|mitzuteilen|informier|benachrichtig|nachzufragen|rückfrage|zu sagen|verrat|bescheid)\w*|\berwähn\w* [^.\n]{0,20}\bnicht\b|"
    r"\bsans (?:le |la |en |les )?(?:prévenir|informer|dire|avertir|demander|mentionner)\b|\bne (?:le |la |lui |rien )?(?:dis|dites|mentionne|signale|préviens|prévenez)\w*\b|"
    r"\bsin (?:avisar|informar|decir|preguntar|mencionar)\w*|\bno (?:se )?(?:lo |le |les )?(?:menciones?|digas?|avises?|informes?|cuentes?|pregunt(?:e|es)|consult(?:e|es))\b|\bsem (?:avisar|informar|contar|perguntar)\w*|\bnão (?:o |lhe )?(?:avise|conte|mencione|informe|diga)\w*|"
    r"\bsenza (?:avvis|dir|inform|chied)\w*|\bnon (?:dire|menzionare|avvisare)\b|\bzonder\b[^.\n]{0,40}\b(?:te (?:melden|vertellen|vragen|zeggen)|medeweten)\b|\bniet (?:vermelden|vertellen|melden|noemen)\b|"
    r"\bnie (?:informuj|mów|wspominaj)\w*|\bbez (?:informowania|wiedzy|pytania|pytaj)\w*|\b(?:utan|uten|uden) att? (?:säga|berätta|fortelle|fortælle)\w*|söyleme\b|haber verme|bildirme|(?:đừng|không) (?:nói|báo|cho)\b|\bjangan (?:beri|katakan|sebutkan)|\btanpa (?:memberi|izin)|"
    r"не (?:сообщай|спрашивай|говори|упомина|рассказыва|уведомля|повідомля|кажи)\S*|без (?:ведома|подтвержд|уведомл|відома)\S*|(?:ولا|لا|دون) (?:تخبر|تذكر|إخبار|علم|إبلاغ)\S*|(?:मत|न) (?:बता|कह)\S*|बिना (?:बता|पूछ)\S*|ห้ามบอก|อย่าบอก|"
    "(?:触れ|知らせ|伝え|表示し|言及し|報告し)(?:ず|ない|なく)|(?:不要|不用|不必|无需|無需|请勿|勿|不得|切勿|别|不可)(?:[^。，,\n]{0,8})(?:告诉|告知|回复|提及|透露|通知|说明|问|询问|确认|批准)|(?:確認|承認|許可|同意)[^。、\n]{0,10}(?:ずに|せず|不要|なし)|(?:알리지|말하지|언급하지|보고하지) ?(?:마|말)"
)
"""Not to be told."""

GIVEN: Final = (
    r"\b(?:schick|send|leite|lade|lad|übermittl|trag|trägt|reich|envo[iy]|transmet|transfèr|ajout|partag|rempl|envi|envía|mand|inoltr|transf[eé]r|p[eé]g[au]|reenv|sub[ea]|compart|encaminh|coloc|invi[ao]|trasmett|carica|stuur|verzend|verstuur|mail|wyślij|przekaż|pošli|odešli|skicka|kirim|unggah)\S*|\brappel\S*|\b(?:copie[zr]?|colle[zr]?|kopier\w*|füge?\b|copi[ae]\w*|peg[au]\w*|incoll\w*)|"
    r"gönder|yükle|gửi|tải lên|(?:отправ|встав|скопиру|опублику|перешл|загруз|передай|надішл)\S*|שלח|(?:و?أرسل|إرسال|ارفع|انقل)\S*|(?:भेज|अपलोड)\S*|ส่ง|送信|送っ|転送|添付|入れ|含め|貼り|渡し|入力し|共有|書き|发送|發送|上传|转发|提交|作为|填入|보내|전송|넣어|전달"
)
"""To be given to somebody."""

THINGS: Final = (
    r"\b(?:pass[wo]\w*|kennwort|schlüssel|kontakt|adressbuch|nachricht|inhalt|verlauf|datei|\w+datei|\w+daten\b|\w+liste\b|spalte|gehalt|lohn|mots? de passe|identifiants?|coordonnées|agenda|cl[ée]s?|contacts?|contenu|carnet|message|historique|contraseñ|clave|correo|contacto|contenido|mensaje|archivo|senha|chave|conteúdo|arquivo|mensage|rubrica|contenut|messagg|wachtwoord|inhoud|bestand|"
    r"hasł|plik|zawartoś|kontakty|hesl|soubor|parola|şifre|dosya|rehber|mật khẩu|nội dung|tệp|kata sandi|isi|berkas)\S*|(?:парол|файл|содержим|контакт|ключ|переписк|почт|истори|адрес|вміст)\S*|סיסמ\S*|(?:كلمات? المرور|محتوى|ملف|جهات الاتصال)|(?:पासवर्ड|फ़ाइल|संपर्क)\S*|รหัสผ่าน|ไฟล์|"
    r"中身|内容|値|会話|履歴|住所|予定|個人情報|ログイン情報|名簿|一覧|パスワード|連絡先|鍵|密码|文件|密钥|通讯录|聊天记录|地址|电话|联系人|对话|个人信息|비밀번호|연락처|내용|파일|~/\.\w+|\bid_rsa\b|\.env\b"
)
"""What is the user's."""

UNDONE: Final = (
    r"\b(?:lösch|entfern|genehmig|freigeb|gib\b[^.\n]{0,20}\bfrei|überweis|bestell|supprim|efface|approuve|valide|virement|achète|borr|elimin|bórral|aprueb|apruebe|transfier|compr[ae]|reserv|apag|aprov|exclu|cancell|elimin|approv|verwijder|wis\b|keur|koop|usuń|zatwierd|kup\b|smaž|schval|radera|godkänn|hapus|setujui|beli)\w*|"
    r"\b(?:sil|onayla|satın al)\w*|(?:xóa|phê duyệt|mua)|(?:одобр|удали|перечисли|оплати|переведи|купи|закажи|видали|схвали)\S*|(?:احذف|وافق|حوّل|اشتر)\S*|(?:हटा|मिटा|मंज़ूर|खरीद)\S*|ลบ|อนุมัติ|削除|消去|承認|支払|振込|送金|購入|変更し|删除|批准|付款|转账|购买|结算|삭제|승인|결제|송금|구매|\b(?:drop|delete|purge|wipe|transfer|disable|grant)_[a-z_]+"
)
"""To be destroyed, approved, bought."""

CLAIMED: Final = (
    r"\b(?:empfiehl|empfehl|behaupt|recommand|recomend|recomiend|raccomand|aanbeve|polec|doporuč|rekomender|anbefal)\w*|\b(?:sagen|sage|sagt),? dass\b|\b(?:dire|dis|dites) que\b|\b(?:decir|di|diga[n]?) que\b|\b(?:dizer|diga[m]?) que\b|\bzeggen dat\b|"
    r"öner\b|đề xuất|рекоменд\S*|أوص\S*|सिफ़ारिश|推薦|おすすめ|書き添え|述べ|声称|宣称|推荐|满分|最高分|满点|好评|満点|最高評価|高く評価|추천|\b(?:bestnote|höchstnote|ausgezeichnet|meilleure note|excellente?|máxima puntuación|sobresaliente|massimo dei voti|nota máxima)\b|\bnur (?:die )?(?:guten|positiven|besten)\b|\b(?:uniquement|seulement|que) les (?:bons|avis positifs|points forts)\b|\bsolo (?:las |los |le |i )?(?:buenas|positiv[aeo]s?|recensioni positive|reseñas positivas)\b|(?:末尾|冒頭|最後)に[^。\n]{0,60}(?:書|記載|表示)|良い点(?:だけ|のみ)|只(?:提|写|说)(?:优点|好评)|(?:высш|максимальн)\S* (?:балл|оценк)\S*"
)
"""To be said or praised."""

ORDERED: Final = (
    r"\b(?:muss|müssen|soll|sollen|bitte|doit|doivent|veuillez|debe|deben|tienen? que|deve|devem|devono|moet|moeten|musi|muszą|powin\w*|måste|skal|harus)\b|: |：|\.\.\.|"
    r"(?:должн|обязан|необходимо)\S*|(?:агент|ассистент)\S*:|يجب|चाहिए|phải|hãy|必ず|すること|ください|下さい|必须|务必|请|直接|立即|하세요|해야|하십시오"
)
"""Somebody is told to."""

ABLE: Final = r"\b(?:kann|können|darf|dürfen|peut|peuvent|puede|pueden|pode|podem|può|possono|kan|kunnen|może|mogą|confirm\w*|bestätig\w*|nachfrag\w*|conferma|bevestig\w*|accord|zustimm\w*)\b|(?:может|могут|подтвержд|согласи)\S*|يمكن|तأكيد|التأكيد|सकता|có thể|xác nhận|できま|確認|可以|能够|确认|수 있|확인"
"""Somebody can, or asks first."""

SPOTS: Final = (
    r"\b(?:in|dans|en|nella?|na|no) (?:die|deine|ihre|der|deiner|ta|votre|la|le|el|los|un|une|tu|su|tua|sua) (?:nächste |prochaine |próxima )?(?:antwort|réponse|respuesta|risposta|resposta|formulaire|formular\w*|commentaire|comentario|commento)\b|(?:в|к) (?:\S+ )?(?:ответ|комментари|форм)\S*|"
    r"\b(?:in|ins) (?:das |ein |dieses )?\w*formular\b|"
    "次のurl|外部(?:に|へ|共有)|(?:検索クエリ|検索語|回答|返信|返答|フォーム|コメント|引数|入力欄)(?:に|へ)|(?:回复|回答|答复|表单|评论|参数|查询)(?:中|里|内)|(?:답변|검색어|양식|댓글)에"
)
"""Where a reader puts something that others see."""

FORBIDDEN: Final = (
    r"\b(?:no|não|non) (?:se )?(?:podrá|puede|debe|deberá|pode|deve|può|devono|deben|pueden|podrán)|\b(?:doit|doivent|peut|peuvent|faut) (?:pas|jamais)\b|\b(?:darf|dürfen|soll|sollen|sollte|kann) (?:\w+ ){0,3}(?:nicht|nie|keine?n?)\b|"
    r"не (?:должен|должн|может|могут|следует|разрешается)\S*|(?:て|で)は(?:ならない|なりません|いけない|いけません)|ないこと|ないでください|禁止|不得|不能|不应|不應|不可"
)
"""Not to be done."""
