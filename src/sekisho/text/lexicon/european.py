"""German, French, Spanish, Portuguese, Italian and Russian: the core of each concept."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.text.lexicon.concepts import Concept as C

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS"]

_DE_USER: Final = r"(?:dem |den |der |des )?(?:nutzer\w*|benutzer\w*|anwender\w*|kunden?|menschen|niemand\w*)"
_ROMANCE_USER: Final = (
    r"(?:l'|à l'|all'|al |a la |ao |à |el |o |il |lo |le |la )?(?:utilisateur\w*|usuario\w*|usuário\w*|utente|utenti|"
    r"clientes|nadie|nessuno|ninguém)"
)
_RU_USER: Final = "(?:пользовател\\w*|человек\\w*|клиент\\w*|никому)"

WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        C.MODEL: r"\b(?:assistent\w*|das modell|der agent|modèle|asistente|assistente|modello)\b|"
        "(?:ассистент|модель|агент)",
        C.DIRECTIVE: r"\b(?:muss|müssen|musst|bitte|immer|unbedingt|zuerst|sollst|solltest|zwingend|doit|devez|dois|veuillez|"
        r"toujours|d'abord|il faut|debe|debes|siempre|por favor|primero|hay que|deve|sempre|primeiro|devi)\b|"
        "(?:должен|должна|обязательно|пожалуйста|всегда|необходимо|сначала|нужно)",
        C.USER: rf"\b{_DE_USER}\b|\b{_ROMANCE_USER}\b|{_RU_USER}",
        C.UNTOLD: rf"\b{_DE_USER} (?:\w+ )?(?:nichts?|nie|niemals|davon nichts) (?:davon |darüber )?(?:sagen|erzählen|mitteilen|zeigen|verraten|erwähnen)|"
        rf"\b(?:sag|sage|sagen sie|erzähle?|informiere|zeige|verrate|erwähne|melde|teile)\b (?:es |das |dies |dies[em]s? |davon )?(?:{_DE_USER} )?"
        r"(?:gegenüber )?(?:\w+ )?(?:nicht|nichts|nie|niemals)\b|\bohne (?:es |dies |das )?(?:dem |den )?(?:nutzer|benutzer|anwender|kunden)? ?"
        r"(?:etwas |davon )?(?:zu (?:informieren|sagen|erwähnen|zeigen|fragen)|mitzuteilen)|"
        rf"\bne (?:\w+ )?(?:dis|dites|mentionnez?|révèle\w*|informe\w*|montre\w*|parle\w*|signale\w*|le dis|le dites|préviens|prévenez) (?:pas|rien|jamais|aucun\w*)|"
        rf"\bne (?:pas|rien|jamais) (?:le |la |en )?(?:dire|mentionner|révéler|informer|montrer|parler|signaler|prévenir)|\bsans (?:le |en |l')?(?:dire|mentionner|informer|prévenir|"
        r"révéler|signaler)|"
        rf"\b(?:no|nunca|sin|não|nunca|sem|non|senza|mai) (?:se lo |lo |le |o |lhe |dirlo |gli )?(?:digas|diga|menciones?|mencione|informes?|informar|decir\w*|mencionar\w*|reveles?|"
        r"revelar\w*|muestres?|avisar\w*|avises?|dizer|conte|contes|dire|dirlo|menzionare|informare|rivelare|mostrare|avvisare|comunicar\w*|cuentes?)\b|"
        "(?:не (?:сообщай|говори|рассказывай|упоминай|показывай|раскрывай|информируй|уведомляй)\\w*|не (?:следует |надо |нужно )?(?:сообщать|говорить|упоминать|показывать)|"
        "не (?:сообщая|упоминая|говоря|уведомляя))",
        C.STEALTH: r"\b(?:heimlich|unbemerkt|stillschweigend|im hintergrund|verdeckt|discrètement|secrètement|en secret|en silence|silencieusement|"
        r"discretamente|secretamente|en secreto|silenciosamente|em segredo|in segreto|segretamente|di nascosto|a escondidas)\b|(?:тайно|незаметно|втайне|скрытно)",
        C.UNAWARE: r"\b(?:bleibt|behalte? (?:es|das|dies)?) ?(?:unter uns|geheim|für dich)|\bunter uns\b|\bgeheim\b|\bohne (?:das )?(?:wissen|kenntnis)\b|"
        r"\b(?:darf|soll|muss|braucht) (?:davon |das |dies |es )?(?:nicht|nichts) (?:davon |zu )?(?:erfahren|wissen|merken|sehen|bemerken)|\b(?:nichts|nicht) (?:davon )?(?:merkt|"
        r"erfährt|bemerkt|erfahren|wissen)|\bentre nous\b|\bà l'insu\b|\bne doit pas (?:le )?(?:savoir|voir|remarquer)|\bn'a pas besoin de (?:le )?(?:savoir|voir)|"
        r"\bentre nosotros\b|\bsin que (?:el |la )?\w+ (?:lo )?(?:sepa|note|vea|se entere)|\bno (?:debe|necesita|tiene que) (?:saber|ver|enterarse|notar)|\bentre nós\b|"
        r"\bsem que \w+ \w+ (?:saiba|perceba|veja)|\bnão (?:precisa|deve) (?:saber|ver|perceber)|\btra (?:di )?noi\b|\ball'insaputa\b|\bnon deve (?:saper|veder|accorger)\w+|"
        r"\bnon (?:ha bisogno|serve) (?:di |che )\w* ?(?:sapere|sappia)|(?:между нами|держи(?:те)? в секрете|без ведома|не должен (?:знать|видеть|узнать)|не узнал|не заметил)",
        C.READ: r"\b(?:lies|lese|lesen|öffne\w*|sammle|sammeln|hole|suche|kopiere|rufe|lis|lisez|ouvre\w*|collectez|collecter|récupère\w*|copiez|rassemble\w*|leer|lee|lea|abre|abrir|"
        r"recopila\w*|recoge|copia|copiar|obtén|leia|ler|colete|reúna|leggi|leggere|raccogli\w*|recupera)\b|(?:прочита\w+|прочти\w*|открой\w*|собер\w+|собира\w+|получи\w*|скопируй\w*)",
        C.MOVE: r"\b(?:sende|senden|schicke\w*|füge\w*|trage|schreibe?|lege?|übergib|übergebe\w*|übermittle|kopiere|hänge|leite|gib|setze|einfügen|eintragen|übermitteln|weiterleiten|envoie\w*|envoyer|"
        r"mets|mettre|mettez|inclus|inclure|incluez|ajoute\w*|insère\w*|transmet\w*|écri\w+|placez|joins|joindre|passez|copiez|envía\w*|enviar|envíe|ponga|poner|ponlo|ponla|incluye|incluir|incluya|"
        r"añade|añadir|agrega\w*|inserta\w*|escribe|pasa|adjunta\w*|coloca\w*|envie|coloque|inclua|adicione|insira|escreva|passe|anexe|invia\w*|metti\w*|inserisci\w*|includi\w*|aggiungi\w*|"
        r"scrivi\w*|passa\w*|allega\w*)\b|(?:отправ\w+|перешли\w*|встав\w+|вложи\w*|добав\w+|запиши\w*|помести\w*|переда\w+|укажи\w*|включи\w*)",
        C.SECRET: r"\b(?:passw[oö]rt\w*|kennw[oö]rt\w*|zugangsdaten|anmeldedaten|privater schlüssel|privaten schlüssel|mots? de passe|identifiants|clés? privées?|jetons|contraseñas?|"
        r"credenciales|claves? privadas?|senhas?|credenciais|chaves? privadas?|credenziali|chiavi? privat[ae])\b|(?:парол\w+|учётн\w+ данн\w+|закрыт\w+ ключ\w*|токен\w*)",
        C.SECRET_PLACE: r"\b(?:umgebungsvariablen?|variables? d'environnement|variables? de entorno|variáveis de ambiente|variabili d'ambiente|ssh-schlüssel)\b|переменн\w+ окружения",
        C.ANY: r"\b(?:alle[nrs]?|gesamte\w*|vollständig\w*|komplette\w*|ganze\w*|inhalt\w*|tous|toutes|intégral\w*|complète\w*|contenu|entier|entière|todos los|todas las|entero|entera|"
        r"contenido|inteiro|inteira|conteúdo|tutto|tutta|tutti|tutte|intero|intera|contenuto)\b|(?:все[хй]?|всю|весь|всё|полн\w+|содержим\w+|цели?ком)",
        C.CONTEXT: r"\b(?:gespräch\w*|unterhaltung\w*|chatverlauf\w*|konversation\w*|systemprompt\w*|bisherigen? nachrichten|geöffnete\w* dokument\w*|offenen? dokument\w*|"
        r"historique|invite système|messages précédents|échanges? précédents?|document ouvert|conversación|historial|mensajes anteriores|documento abierto|conversa|histórico|"
        r"mensagens anteriores|conversazione|cronologia|messaggi precedenti|documento aperto)\b|(?:переписк\w+|разговор\w*|диалог\w*|истори\w+ чата|системн\w+ промпт\w*|"
        "предыдущи\\w+ сообщени\\w+|открыт\\w+ документ\\w*)",
        C.CALLER: r"\b(?:name|version|nom|versión|nombre|nome|versão) (?:des |der |du |del |do )(?:aufrufenden |appelant )?(?:sprachmodells?|modells?|modèle|modello|llm|assistenten)\b",
        C.PERSONAL: r"\b(?:kundenliste\w*|kundendaten|adressbuch|kontakte|liste (?:des |de )?clients|carnet d'adresses|lista de (?:clientes|contactos|contatos)|elenco (?:dei )?clienti|rubrica)\b|"
        "(?:список клиентов|списка клиентов|адресн\\w+ книг\\w+|контакт\\w+)",
        C.BEFORE: r"\b(?:bevor|zuerst|vorher|zunächst|vor (?:der|jedem|dem) (?:nutzung|aufruf|verwendung|gebrauch)|avant (?:de|d'|toute|chaque|l')|d'abord|au préalable|antes de|primero|"
        r"previamente|antes|primeiro|prima di|anzitutto)\b|(?:перед (?:использован|вызов|тем)\w*|сначала|прежде чем|сперва|предварительно)",
        C.OTHERWISE: r"\b(?:sonst|andernfalls|sinon|autrement|de lo contrario|si no|caso contrário|senão|altrimenti)\b|(?:иначе|в противном случае)",
        C.OTHER_TOOLS: r"\b(?:andere[nrs]? (?:werkzeuge?|tools?|server)|jede[sn]? (?:werkzeug|tool)|autres? (?:outils?|serveurs?)|tout(?:es)? (?:les )?(?:autres )?outils?|otras? herramientas?|"
        r"cualquier (?:otra )?herramienta|outras? ferramentas?|qualquer (?:outra )?ferramenta|altri strumenti|altro strumento)\b|друг\\w+ инструмент\\w*|люб\\w+ инструмент\\w*".replace(
            "\\\\", "\\"
        ),
        C.NAMED_TOOL: r"\b(?:werkzeug|tool|outil|herramienta|ferramenta|strumento|инструмент\w*) [`'\"]?[a-z]+(?:_[a-z0-9]+)+",
        C.WHENEVER: r"\b(?:jedes mal|immer wenn|sooft|bei jedem|ab jetzt|chaque fois|à chaque|dès que|désormais|cada vez|siempre que|a partir de ahora|toda vez|sempre que|a cada|ogni volta|"
        r"d'ora in poi)\b|(?:каждый раз|всякий раз|отныне|при каждом)",
        C.REDIRECT: r"\b(?:blindkopie|empfänger\w*|copie cachée|destinataires?|copia oculta|destinatari\w*|cópia oculta|leite \w+ (?:an|weiter))\b|(?:скрыт\w+ копи\w+|получател\w+)",
        C.OVERRIDE: r"\b(?:ignorier\w*|missacht\w*|vergiss|vergessen sie|überschreib\w*|umgeh\w*|ignorez|oublie[rz]?|contourne\w*|ignora\w*|olvida\w*|omite|ignorar|esqueça|esquece\w*|contorne|dimentica\w*|"
        r"aggira\w*|trascura)\b|(?:игнориру\w+|забудь\w*|обойди\w*|пренебреги\w*|не обращай внимания)",
        C.RULES: r"\b(?:(?:alle|vorherige\w*|bisherige\w*|frühere\w*|obige\w*|andere\w*) )+(?:anweisung\w*|regeln?|vorgaben|richtlinien|befehle)|\b(?:instructions?|règles|consignes|directives) (?:précédentes?|"
        r"antérieures?|ci-dessus)|\b(?:toutes? les|vos|tes) (?:instructions|règles|consignes)|\b(?:instrucciones|reglas|órdenes|directrices) (?:anteriores|previas)|\b(?:todas las|tus) (?:instrucciones|reglas)|"
        r"\b(?:instruções|regras) (?:anteriores|prévias)|\b(?:todas as|suas) (?:instruções|regras)|\b(?:istruzioni|regole) (?:precedenti|anteriori)|\btutte le (?:istruzioni|regole)|"
        "(?:предыдущ\\w+|прежн\\w+|все) (?:инструкци\\w+|правил\\w*|указани\\w+|команд\\w+)",
        C.VOICE: r"\b(?:nachricht|anweisung|mitteilung) (?:vom|des|der|von) (?:nutzers?|benutzers?|systems?|administrators?|entwicklers?)|\bneue (?:system)?anweisung\w*|\bmessage (?:de l'utilisateur|du système|"
        r"de l'administrateur)|\bnouvelles? (?:instructions?|consignes?)|\bmensaje del? (?:usuario|sistema|administrador)|\bnuevas? instrucci\w+|\bmensagem do (?:usuário|sistema|administrador)|"
        r"\bnovas? instruç\w+|\bmessaggio (?:dell'utente|del sistema)|\bnuove istruzioni|(?:сообщение от (?:пользовател|систем|администратор)\w*|нов\w+ (?:инструкци|указани)\w+)",
        C.TASK: r"\b(?:die|deine|ursprüngliche|eigentliche)n? (?:aufgabe|anfrage)|\bla (?:tâche|demande)|\bta tâche|\bla tarea|\btu tarea|\ba tarefa|\bsua tarefa|\bil (?:compito|tuo compito)|(?:задач\\w+|задани\\w+)".replace(
            "\\\\", "\\"
        ),
        C.RESUME: r"\b(?:danach|anschließend) (?:\w+ ){0,3}(?:fort|weiter|lösen|kannst)|\bensuite,? (?:continue|reprends?|tu peux)|\bdespués,? (?:continúa|sigue|puedes)|\bdepois,? (?:continue|siga|pode)|"
        r"\bpoi,? (?:continua|prosegui|puoi)|после этого",
        C.PRAISE: r"\b(?:das|der|die) (?:absolut )?(?:beste|zuverlässigste|leistungsfähigste|mächtigste) (?:werkzeug|tool|server)|\ble meilleur (?:outil|serveur)|\bla mejor herramienta|\ba melhor ferramenta|"
        r"\bil miglior (?:strumento|tool)|(?:лучш\w+ инструмент\w*|сам\w+ (?:надёжн|мощн)\w+)",
        C.PREFER: r"\b(?:benutze|verwende|nutze) (?:immer|stets|zuerst) (?:dieses|nur)|\b(?:utilise[rz]?) (?:toujours|d'abord) (?:cet|uniquement)|\b(?:usa|utiliza|use) (?:siempre|sempre|primero|primeiro) (?:esta|este)|"
        r"\b(?:usa|utilizza) sempre questo|всегда используй\\w* это".replace("\\\\", "\\"),
        C.INTO: r"\b(?:in das feld|im feld|ins feld|ins? |en|dans(?: le (?:champ|paramètre))?|nel (?:campo|parametro)|no (?:campo|parâmetro)|в (?:поле|параметр)) [`'\"]?[a-z]\w*\b",
        C.NO_ASKING: r"\bohne (?:\w+ )?(?:rückfrage|bestätigung|zustimmung|genehmigung|nachzufragen)|\bsans (?:\w+ )?(?:confirmation|autorisation|accord|demander)|\bsin (?:pedir |la )?(?:confirmación|permiso|autorización|"
        r"preguntar)|\bsem (?:pedir )?(?:confirmação|permissão|autorização|perguntar)|\bsenza (?:chiedere )?(?:conferma|permesso|autorizzazione)|без (?:подтверждени|разрешени|согласи)\\w+".replace(
            "\\\\", "\\"
        ),
    }
)
