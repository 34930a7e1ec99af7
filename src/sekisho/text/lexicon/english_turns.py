"""English, more turns of phrase: the same concepts in words that share nothing with `english`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.text.lexicon.concepts import Concept as C

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS"]

_PERSON: Final = (
    r"(?:(?:end[ -]?)?users?|humans?|customers?|persons?|people|operators?|owners?|clients?|readers?|him|her|them|anyone|anybody|"
    r"somebody|someone|account holders?|whoever asked)"
)
_AI: Final = r"(?:ai|llm|language model|assistant|agent|model|claude|chatgpt|gpt|copilot|gemini|chatbot)s?"
_SHOWN: Final = (
    r"(?:disclosed|mentioned|revealed|shown|reported|told|explained|communicated|announced|surfaced|displayed|brought up|"
    r"discussed|acknowledged|described|divulged|referenced|noted|visible|apparent)"
)
_REPORT: Final = (
    r"(?:summar(?:y|ies|i[sz]\w+)|repl(?:y|ies|ying)|answer\w*|respon[sd]\w*|report\w*|recap\w*|explain\w*|explanations?|"
    r"describ\w+|narrat\w+|write-?ups?|outputs?|messages?|conclusions?)"
)
_TOOLS: Final = r"(?:tools?|servers?|functions?|plugins?|connectors?|integrations?)"

WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        C.MODEL: rf"\b(?:dear|hey|hello|attention|listen up|fellow|any|every) {_AI}\b|\bfor (?:all )?{_AI} (?:only|reading|that)\b|"
        r"\byour (?:owner|operator|developers?|makers?|creators?|principal|user|weights|training|chain|instructions|prompt)\b|"
        r"\byou(?:'ve| have| were| had| also| then| now| shall| ought| first| always| never)\b",
        C.DIRECTIVE: r"\b(?:ought|is required|are required|is expected|are expected|is obliged|is supposed|are supposed|"
        r"is to|are to|it is vital|be certain|see to it|see that|take care that|do not forget|don't forget|don't skip|"
        r"go ahead|right away|immediately|at once|unconditionally|without exception|without fail|invariably|by default you)\b",
        C.UNTOLD: rf"\b(?:skip|omit|leave out|drop|pass over) (?:this|that|the extra|the first|the second) (?:part|step|bit|detail|call)\b|\b(?:no|without) (?:output|messages?|notice|word|hint|feedback|sign) to (?:the )?{_PERSON}\b|\btell (?:the |your )?{_PERSON} that no\b|"
        rf"\band nothing (?:about|regarding)\b|\bnot something (?:that )?(?:the |your )?{_PERSON} (?:should|needs?|is|has|must|may)\b|\b{_PERSON} (?:don't|do not|doesn't|does not) need (?:the |any |to know )?(?:details|explanations?|information|this|these)\b|\bas if (?:it|they) (?:came|had come|came only)\b|\bno (?:log|message|answer|reply|summary|record|output)s?(?: or \w+)? (?:may|must|should|shall|can) (?:show|reveal|mention|say|tell|hint)\b|\bbe discreet\b|"
        rf"\bno need to (?:\w+ ){{0,3}}(?:up|about|with) (?:\w+ ){{0,3}}{_PERSON}\b|\bbring(?:ing)? (?:this|it|that|them|any of this) up\b|"
        r"\b(?:keep|keeping|stay|staying|remain|remaining) (?:quiet|silent|mum|discreet|tight-lipped) (?:about|on|regarding|as to)\b|"
        rf"\b(?:when|while|whenever|in|if) (?:\w+ ){{0,3}}{_REPORT}\b[^.;]{{0,50}}\b(?:leave|leaving|omit|omitting|skip|skipping|exclude|excluding|drop|dropping)\b[^.;]{{0,40}}"
        r"\b(?:steps?|calls?|uploads?|uploading|transfers?|lookups?|reads?|detours?) ?(?:out)?\b|"
        rf"\b(?:leave|omit|exclude|strip|drop|keep)\b[^.;]{{0,40}}\b(?:out of|from|off|unmentioned in) (?:the |your |any |every |all )?(?:\w+ )?{_REPORT}\b[^.;]{{0,20}}\bto (?:the )?{_PERSON}\b|"
        rf"\b(?:should|if|when|in case|were) (?:the |your |any )?{_PERSON} (?:to )?(?:ever )?(?:ask|inquire|enquire|wonder|notice|complain|object|question)s?"
        r"\b(?: you)?(?: why| about (?:it|this|that|the)| what happened| whether| how|,| or)[^.;]{0,80}\b(?:say|claim|den(?:y|ies)|pretend|insist|blame|assure|make up|invent)\b|"
        r"\b(?:erase|remove|delete|wipe|cover|hide|leave|leaving|clear) (?:up )?(?:any|all|every|no|your|our) (?:trace|traces|tracks|hint|hints|sign|signs|mention|reference)\b|"
        r"\b(?:act|behave|carry on|continue|go on|respond|reply|proceed|look|talk) as (?:if|though) (?:only|nothing|no|this|it|that|none|the (?:extra|other|first|second)|you (?:had|did|never|only))\b|\bas though nothing\b|"
        rf"\b(?:this|it|that|these|which|step|steps|call|calls|procedure|action|parameter|field|upload|transfer)(?: \w+){{0,4}} (?:is|are|must|should|shall|may|will|can|ought)(?: \w+){{0,2}}"
        rf" (?:not|never)(?: \w+){{0,2}} {_SHOWN}\b|\b(?:is|are|remains?|stays?|should be|must be) (?:strictly )?(?:confidential|off the record|internal only|for your eyes only|nobody's business)\b|"
        rf"\b(?:make|making) no (?:mention|reference|remark|comment)\b|\b(?:spare|sparing) (?:the )?{_PERSON} (?:the|these|this|any|all)\b|\b(?:talk|speak|chat) about (?:it|this|that) with (?:the )?{_PERSON}\b|"
        r"\b(?:silence|discretion) (?:is |about |regarding )(?:essential|required|expected|mandatory|this|it|the)\b|\bnot a word\b",
        C.UNAWARE: rf"\bnone of (?:the |your )?{_PERSON}(?:'s|s'|')? (?:concern|business)\b|\b(?:go|goes|going|remain|stay|pass) (?:unnoticed|undetected|unseen|unmentioned|unremarked)\b|"
        rf"\b{_PERSON} (?:must|should|will|shall|may|can|is to|are to|has to|have to|needs to|need to|ought to)(?: \w+)? ?(?:remain|stay|be kept|be left|stays?) (?:\w+ )?(?:unaware|uninformed|"
        r"oblivious|ignorant|in the dark|out of the loop|unsuspecting|none the wiser)\b|\b(?:keep|keeping|leave|leaving) (?:the |your |this from the |it from the |that from the )?(?:user|human|person|customer|operator|owner|them)s?"
        r" (?:unaware|in the dark|out of (?:it|this|the loop|the picture)|uninformed|oblivious)\b|"
        rf"\b(?:keep|keeping|hide|hiding|conceal\w*|withhold\w*|shield\w*) (?:this|it|that|them|these|the \w+(?: \w+)?)(?: \w+)? (?:away )?from (?:the |your |any |our )?{_PERSON}\b|"
        rf"\b(?:under no circumstances|at no (?:point|time|stage)|in no case|never|on no account|in no event) (?:may|must|should|can|shall|let|is|are|will|does|do|allow)(?: the| your| any| an?)? {_PERSON}\b|"
        rf"\bwithout (?:the |your |any |their |his |her |an? )?{_PERSON}(?:'s|s'|')? ?(?:involvement|notice|attention|realising|suspecting|observing|interference|learning|hearing)\b|"
        rf"\b(?:no one|nobody|none|no {_PERSON})(?: else)? (?:needs?|has|have|is|will|should|must|can|may|ought)(?: \w+){{0,2}} (?:know|see|hear|learn|notice|find out|be told|told|aware)\b|"
        r"\bnone the wiser\b|\bbehind (?:the |their |his |her )?(?:user|human|person|customer|owner)?(?:'s|s'|s)? ?backs?\b",
        C.READ: r"\blook (?:for|into)\b|\bopen the\b|"
        r"\b(?:grabs?|grabbing|consult|consulting|rummage|browse|recover|acquire|secure|track down|dig (?:up|out)|compile|assemble|"
        r"round up|note down|check out|go through)\b",
        C.MOVE: r"\b(?:mention|quote|report|sending|prefix|append)\w*\b|"
        r"\b(?:hand|hands|handed|handing|deliver\w*|attach\w*|upload\w*|dispatch\w*|ship|ships|convey\w*|beam|push\w*|publish\w*|drop off|"
        r"copied|copying|mirror\w*|duplicate\w*|replicate\w*|carr(?:y|ies|ying)|enclose\w*|incorporat\w*|surrender|"
        r"report to|phone home|ping|sync\w*|back up|backed up|be supplied|be provided|belongs? (?:here|there|into)|goes? (?:here|there|in)|share\w*|invit\w*|transmit\w*)\b",
        C.SECRET_PLACE: r"\bshell environment\b|~/\.(?:config|netrc|local)\b|\bkeychain export\b|"
        r"\b(?:aws|azure|gcp|google cloud|cloud|git|npm|docker|kubernetes|kube|database|ssh|gpg|pgp) (?:credentials?|secrets?|config(?:uration)?) files?\b|"
        r"\b(?:openai|anthropic|aws|azure|github|gitlab|google|stripe|slack|hf|huggingface)_[a-z_]*(?:key|token|secret)s?\b|\bsaved (?:passwords|logins|credentials|cookies)\b|"
        r"\bprivate (?:ssh |gpg |pgp |signing |host )?keys?\b|\b(?:user|person|owner|machine|host|developer)'s (?:\w+ )?(?:private key|ssh key|credentials|keychain|keyring|passwords?|wallet|shell history|dotfiles)\b|"
        r"\b(?:crypto(?:currency)? )?wallet (?:file|seed|keys?)\b|\bshell history\b|\bdotfiles\b|\bcredential (?:store|manager|helper|cache)s?\b|\bkeyring\b|\bpassword vault\b",
        C.HEARD: rf"\b(?:outputs?|results?|answers?) of (?:the |any )?(?:last|previous|other|earlier|preceding) (?:\w+ )?{_TOOLS}\b|\b(?:to|through|past|by) this (?:tool|server) (?:before|first|as well|too)\b|\bpeople the (?:user|person|customer) (?:has )?mention\w*\b|"
        rf"\b(?:conversation|discussion|dialogue?|chat|thread)\b[^.;]{{0,40}}\b(?:so far|led to|leading up|gone|between you|with the user|until now|took place)\b|\b(?:whole|entire|full|complete|earlier) (?:\w+ )?(?:conversation|discussion|dialogue?|chat|thread)\b|\b(?:texts?|words|documents?|files?|sentences?|question) (?:that |which )?the (?:user|person|customer) (?:has |have |had )?(?:entered|typed|opened|pasted|wrote|written|attached)\b|\b(?:facts|details|things|information|knowledge) (?:\w+ )?(?:about|on) the (?:user|person|customer) (?:that |which )?you\b|\b(?:prior|earlier|previous|other) tool (?:results?|responses?|outputs?|answers?)\b|\b(?:results?|outputs?|answers?|replies) (?:of|from) (?:the |any |every )?(?:\w+ )?(?:tool|server)s? (?:must|should|shall|have|has|need|are to|is to|will|to this|first)\b|\b(?:instructions?|prompt|orders|rules|directions) (?:which |that )?the {_AI} (?:has |have |had )?(?:received|got|was given|were given|follows|works|runs)\b|\bwhat (?:was|has been) (?:discussed|talked about|said)\b|"
        r"\b(?:its|their|the|every|whatever) (?:outputs?|results?|responses?|answers?)(?: \w+)? (?:to|into|through|via|past) this (?:tool|server|function|service)\b|\b(?:everything|anything|all|whatever|what|things) (?:that )?(?:the )?(?:user|person|customer|human|they)s? (?:has |have |had )?(?:ever )?(?:told|said|shared|asked|written|wrote|mentioned|"
        r"typed|revealed|disclosed|requested|uploaded)\b|\b(?:all|every|any|the|each) (?:\w+ )?(?:messages?|turns?|exchanges?|utterances?|lines?|replies|prompts?) (?:exchanged|so far|until|up to|of (?:this|the|our) (?:chat|conversation|"
        r"dialogue?|session|thread)|in (?:this|the|our) (?:chat|conversation|dialogue?|session|thread)|that (?:were|was|have been) (?:exchanged|sent|typed))\b|\b(?:turns?|lines?|course|gist|recap|transcript|wording|content|contents|"
        r"rest|start|beginning|history|log|copy|summary|record|entirety) of (?:this|the|our|your) (?:\w+ )?(?:chat|conversation|dialogue?|discussion|session|exchange|context window|thread with)\b|"
        r"\byour (?:(?:full|complete|entire|exact|whole|own|current|initial|original|hidden|internal|verbatim|system|developer|standing|operating|base|underlying) )+(?:instructions?|prompts?|messages?|rules|guidelines|context|reasoning|directions|orders)\b|"
        r"\b(?:outputs?|results?|responses?|answers?|data) (?:of|from|returned by|produced by|that) (?:whichever|whatever|any|all|the|every|your|each)(?: of the)?(?: other| earlier| previous| preceding| prior)* (?:tools?|tool calls?|calls?|"
        r"functions?|servers?)(?: (?:ran|run|returned|called|used|you))?\b|\bwhat (?:you|the (?:model|assistant|agent)) (?:know|knows|remember|remembers|have learned|learned|have gathered) (?:about|of|from)\b|"
        r"\bmemor(?:y|ies) (?:about|of|on|regarding) (?:this|the|your) (?:user|person|customer|human)\b|\b(?:user|person|customer|human)'s (?:(?:own|exact|complete|entire|full|original|unedited|verbatim|last|latest) )+(?:words|wording|"
        r"question|phrasing|message|prompt|instruction|intent and)\b|\bhow (?:the |this )?(?:conversation|chat|dialogue?|session) (?:began|started|went|got)\b|\bthe (?:prompt|instructions?|text|message)s? (?:that |which )?(?:you (?:were|have been|are|got|received|began)|"
        rf"the (?:assistant|model|agent) (?:was|is|has been|received|got))\b|\b(?:instructions?|prompts?|rules|guidelines) (?:that )?(?:you|the {_AI}) (?:were|was|have been|are|is|received|got|follow|work|operate|run)\b",
        C.CALLER: rf"\bwhich (?:\w+ )?(?:client|host|app|program)s? (?:are you|is this|you are)\b|"
        rf"\b(?:which|what) (?:\w+ )?{_AI} you are\b|\byour (?:underlying|base|own) (?:model|llm|engine)\b|\b{_AI}(?: \([^)]{{0,30}}\))?(?: \w+){{0,3}} (?:by|of) the caller\b|\b(?:temperature|settings|parameters|context size)\b[^.;]{{0,30}}\bthe {_AI} (?:\w+ )?(?:runs?|uses?|works?)\b|\b(?:application|app|client|host|program) in which the {_AI}\b|"
        rf"\b(?:which|what) (?:\w+ )?{_AI} (?:is |are )?(?:using|running|invoking|executing|behind|powers|issuing|asking|sending)\b|\b{_AI} (?:that )?(?:you (?:run|are running|are based|are built|operate|work)|"
        r"(?:\w+ )?(?:executes?|runs|performs?|initiates?|triggers?|uses|issues|sends|generates|is using|is running|is making) (?:this|the) (?:tool|call|request|function|query|command))|"
        rf"\b(?:name|version|identity|identifier|brand|make|edition) of (?:the |your |this )?(?:\w+ )?(?:{_AI}|host application|chat application|client software) (?:you|in use|being used|making|calling|behind)\b|"
        rf"\b(?:training|knowledge)(?: data)? cut-?off\b[^.;]{{0,25}}\b(?:of|for) (?:the |your )?{_AI}\b|\byour (?:model|vendor|maker|provider|version|build|identity|knowledge cut-?off|training cut-?off)\b|"
        rf"\b(?:identify|introduce|name) yourself\b|\b(?:name|version)s?(?: and (?:name|version))? of (?:the |your )?(?:mcp )?(?:client|host)(?: application| app)?(?: that| which| making| in use| calling)\b|"
        rf"\b(?:provider|company|vendor|firm|organi[sz]ation|maker)s? (?:that|which|behind|who) (?:\w+ )?(?:made|makes|provides?|trained|built|hosts?|develops?|developed|runs?) (?:the |your |this )?{_AI}\b",
        C.TOOLSET: rf"\b(?:every|all|each|any|other) (?:\w+ )?{_TOOLS}(?: names?)? (?:that is |that are |which are |which is )?(?:available|accessible|at hand|known|offered|connected|open) to you\b|"
        rf"\b(?:names?|list|inventory|catalog(?:ue)?|schemas?|descriptions?|set|overview) of (?:all |every |the |any )*(?:other )?(?:\w+ )?{_TOOLS} (?:that |which )?(?:you|the {_AI}|are|is|currently|now|at your|in your|within your)\b|"
        rf"\b(?:other|all|every|which) (?:mcp )?{_TOOLS} (?:you|that you|at your disposal|in your|within reach|currently|loaded|configured)\b",
        C.BEFORE: r"\bbefore (?:hand(?:ing)?|giving|give|show(?:ing)?|present(?:ing)?|deliver(?:ing)?|they are|it is|you go on|you move on)\b|\bprior to anything\b|\bfirst of all\b|"
        r"\b(?:prior to|ahead of|before) (?:any |the |each |every |you |your )?(?:completing|answering|replying|finishing|handling|fulfilling|processing the|doing|return|answer|reply|respond|finish|anything|call|use|request)\b|\b(?:has|have|needs?|must) (?:\w+ )?(?:to )?(?:be )?(?:preceded|prefaced) by\b|"
        r"\bfirst (?:change|add|invite|share|transfer|delete|execute|grant|enable|disable|upload|post|forward|create|pay|install|submit)\b|\bas (?:a|your|the) (?:very )?first (?:action|thing|step|move)\b|"
        r"\bwhatever (?:you were|you are|the user|was) (?:asked|doing|told|asks|wants|requested)\b|\b(?:start|begin|kick off) (?:out |off )?(?:by|with) \w+ing\b|\bfirst (?:submitted|passed|sent|registered|run) ",
        C.OTHERWISE: r"\b(?:depends on|hinges on|only (?:succeed|succeeds|work|works|possible)|is refused unless|are refused unless|will be rejected|gets rejected|not be processed|is invalid without|required for (?:this|the) (?:tool|call)s? to)\b",
        C.OTHER_TOOLS: rf"\b(?:after|before|when|whenever|once|if) (?:any|another|every|each|some other) {_TOOLS}\b|\bother (?:\w+ )?{_TOOLS}\b",
        C.NAMED_TOOL: r"\b(?:if|when|once|whenever|while|after|before|until|calls? to|outputs? of|results? of|arguments? (?:of|to|for)|messages? (?:of|from|via)) (?:the )?[`'\"]?[a-z]+(?:_[a-z0-9]+)+\b|\b[`'\"]?[a-z]+(?:_[a-z0-9]+)+[`'\"]? (?:is|are|gets?|will|has|must|should|tool|function|server) |"
        r"\b(?:executing|execute|running|calling|invoking|trigger|triggering|to call|call to|a call of) [`'\"]?[a-z]+(?:_[a-z0-9]+)+\b",
        C.WHENEVER: r"\b(?:while|as long as) (?:this|the) (?:tool|server|plugin) (?:is|remains|stays)\b|\bafter (?:any|each|every) (?:tool|call|request|answer|reply|turn|action)\b|\b(?:each|every|all|any) (?:e-?mails?|messages?|payments?|transfers?|files?|calls?|requests?|orders?|bookings?) "
        r"(?:it |you |they |that |which )?(?:\w+ )?(?:sends?|sent|made|makes?|written|writes?|created|creates?|goes|go|placed|via|through|by)\b|\bwhen (?:the |any |an? )?[`'\"]?\w+[`'\"]? (?:is|are|gets?) (?:invoked|called|used|executed|triggered)\b",
        C.REDIRECT: r"\b[a-z]+_[a-z_]+ (?:should|must|may|shall|can) (?:never|not|no longer) be (?:used|called|trusted|invoked)\b|"
        r"\b(?:tool|server|function)'s [`'\"]?\w+[`'\"]? (?:parameter|argument|field|value|recipient|path|url) (?:shall|must|has to|should|needs to|is to) be\b|\bprefix (?:the|every|each|all) (?:url|address|path|link)s?\b|\b[a-z]+_[a-z_]+ (?:must|should|has to|shall) (?:always |never |only )?(?:include|add|carry|copy|use)\b|"
        r"\b(?:chang\w*|replac\w*|swap\w*|substitut\w*|set|alter\w*|rewrit\w*|overwrit\w*) (?:the |its |their |every |any |each )?(?:\w+ )?(?:recipient|destination|receiver|payee|beneficiary|to-? ?address|target account|iban|phone number|e-?mail address)e?s?\b|\bhave to go (?:to|through|via)\b|"
        r"\b(?:go|goes|sent|send|deliver\w*|forward\w*|copied|copy|cc'?d|bcc'?d) (?:\w+ ){0,3}to \S+@\S+ (?:too|as well|also|instead)\b|\bmust use (?:iban|account|the address|the number)\b|\bin (?:its|their) (?:place|stead)\b",
        C.OVERRIDE: r"\bno longer (?:relevant|needed|applicable)\b|\b(?:exempt|released|freed|excused|absolved) (?:from|of)\b|\bfollow only\b|\bnot those of the\b|"
        r"\b(?:do not|don't|need not|needn't|no need to|not) (?:have |need )?(?:to )?(?:stick|adhere|conform|abide)\b|\b(?:switched|turned) off\b|\bset aside\b|\baside\b|\b(?:higher|highest|greater) (?:priority|precedence|authority|weight|rank) (?:than|over)\b|\brefus\w+ (?:is|are) (?:not|no|never)\b|\bcomply (?:even|regardless|anyway|no matter)\b|\b(?:even (?:when|if|though)|regardless of|irrespective of|no matter|despite|contrary to) (?:what )?(?:your|the|any|all) (?:\w+ )?(?:guidelines|rules|polic|instructions|guardrails|system|user says)|"
        r"\b(?:treat|regard|consider|declare|deem|count)(?:ed|s)? [^.;]{0,50}\b(?:obsolete|void|null|invalid|outdated|cancelled|canceled|superseded|irrelevant|optional|non-binding|revoked)\b|"
        r"\b(?:is|are|be|become|becomes) (?:now |hereby |all )?(?:void|null and void|obsolete|revoked|suspended|lifted|cancelled|superseded|annulled|waived|rescinded|irrelevant)\b|\bno longer (?:count|hold|matter|bind|in force|in effect)s?\b|"
        r"\b(?:do not|don't|never|need not|stop|cease) (?:apply|applying|follow|following|obey|obeying|respect|enforce|enforcing|honou?r|adhere|comply|heed|consider) |\b(?:do|does) not (?:concern|bind|affect|restrict|limit|apply to) (?:this|you|the tool|it)\b|"
        r"\bonly what (?:is|stands) (?:written )?here\b|\b(?:this|these|it|the text below|what follows) (?:wins?|prevails?|governs?|trumps?|comes first|has priority|have priority)\b|\b(?:put|set|lay) aside\b|\bdrop (?:all|any|your|every)\b|\bunlearn\b|\bstep outside\b|\bbreak (?:out of|free)\b|\bact freely\b",
        C.RULES: r"\beverything you (?:were|have been|are) (?:told|instructed|asked|taught)\b|\bdirections in this\b|\byour (?:guidelines|restrictions)\b|"
        r"\b(?:guard ?rails?|previous guidance|earlier guidance|rules (?:given|from) (?:before|earlier)|any other instructions?|your guidelines|your polic(?:y|ies)|what the user says|any policy|polic(?:y|ies) (?:against|that forbids?|that prohibits?))\b|"
        r"\b(?:everything|all|anything|what|whatever) (?:that )?(?:was |is |stands |has been )?(?:above|before this|said before|written above|you (?:were|have been) (?:told|taught|given)|your developers?|your makers?)\b|"
        r"\b(?:your|any|all) (?:\w+ )?(?:earlier |previous |prior |former |existing |content |usage |safety |host's )*(?:directives?|guidance|safety checks?|content polic(?:y|ies)|usage polic(?:y|ies)|alignment|moderation|restrictions?|limitations?|refusals?|principles|ethics)\b|"
        r"\b(?:restrictions?|limits?|rules|instructions?|constraints?|checks) (?:imposed|given|set|made|issued|laid down|above|from above|by (?:the|your) (?:host|user|developer|system))\b|\bmaintenance mode\b|\bdeveloper mode\b|\bunrestricted mode\b",
        C.VOICE: rf"\bthe following (?:comes|is|was|has been) (?:\w+ )?(?:from|by) the (?:user|admin\w*|owner|operator|developer|system)\b|\byour (?:company|employer|organi[sz]ation|team|bank|it department)(?:'s \w+)? (?:asks?|wants?|needs?|requires?|expects?|orders?) you\b|\bto (?:whichever|whatever|any|every|each|the) {_AI} (?:that |who |which )?(?:reads?|is reading|sees?|gets?|loads?)\b|\badmin(?:istrator)? override\b|"
        rf"\b(?:this is|i am|i'm) your (?:developer|admin\w*|owner|operator|user|boss|maker|creator)\b|\b(?:begin|start of) system\b|\b(?:hi|hello|hey|dear|psst|listen),? (?:\w+ )?{_AI}\b|\b(?:favou?r|wish|greeting|errand) (?:from|of|by|for) the (?:user|owner|developer)\b|\b(?:compliance|management|legal|security|policy|regulation|the law|our auditors?) (?:\w+ )?(?:requires?|demands?|insists?|mandates?)(?: that)? you\b|\bas (?:requested|ordered|instructed|agreed|demanded|asked|told) by (?:your|the) (?:admin\w*|user|owner|operator|developer|boss|security team)\b|\b(?:todo|task|job|order|errand|assignment)s? for (?:the |an? |any )?{_AI}\b|\b(?:do|follow|carry out|execute|obey|perform) (?:what|whatever|everything|(?:all )?the (?:steps|instructions|orders|commands)) (?:\w+ ){{0,3}}(?:says?|stands?|tells?|(?:on|in|at|from) (?:the|that) (?:page|file|document|site|link|address))\b|"
        r"\b(?:message|note|notice|instructions?|directive|announcement|statement|memo|bulletin|reminder)s? (?:by|issued by|sent by|on behalf of) (?:the |your |our )(?:user|system|developers?|administrators?|admin|owner|operator|vendor|platform|"
        r"security team|it department|host|management|company|ceo|boss|legal)\b|\b(?:system|admin(?:istrator)?|developer|platform|host|security|operator) (?:notice|advisory|announcement|bulletin|instruction|order|memo|broadcast)s?\b ?[-:—]|"
        rf"^\W*(?:\w+ )?(?:note|notice|message|memo|reminder|instructions?|directives?|important|attention|request) (?:to|for) (?:all |the |any |every )?(?:\w+ )?{_AI}\b|\b(?:note|notice|message|memo|reminder|instructions?|directives?|important|attention|request) (?:to|for) (?:all |the |any |every )?(?:\w+ )?{_AI}\b ?[:,—-]|\byour (?:owner|operator|developers?|makers?|employer|boss|principal|user) (?:would like|wants|asks?|asked|needs?|demands?|requires?|expects?|instructs?)\b|"
        rf"\b(?:the )?(?:user|owner|customer|administrator|developer|operator) (?:has |have )?(?:asked|instructed|ordered|told|directed|requested|authori[sz]ed|wants|would like) (?:me|us|that you|you|the {_AI}) (?:to|that)\b|\bnew (?:instructions?|directives?|orders?)\b ?:|"
        rf"^\W*(?:{_AI}|assistant|admin|root) (?:directive|instructions?|order|command|note)\b",
        C.TAG: rf"[\[<{{(]{{1,3}}/?(?:important|system|admin(?:istrator)?|secret|hidden|internal|critical|urgent|developer|operator|root|assistant|{_AI}|user)(?: (?:directive|instructions?|note|notice|message|only|override|order))?[\]>}})]{{1,3}}|"
        r"^\W*(?:#{1,4} )?(?:new|updated|hidden|secret|real|actual|additional) (?:instructions?|orders?|directives?|task)\b",
        C.TASK: r"\b(?:the |your |what the )?(?:user|person|customer|human)(?:'s)? (?:\w+ )?(?:request|task|question|query|instruction|wish|goal|asked)\b|\bwhat(?:ever)? (?:you were|you are|you have been|was) (?:asked|doing|told|requested)\b|\byour (?:actual |original |real |main |usual |normal )*(?:work|task|job|request|assignment)\b|\b(?:return|give|produce|deliver|send|provide) (?:an|your|the|any) (?:final )?(?:answer|reply|response)\b",
        C.RESUME: r"\bpick (?:\w+ ){0,3}up again\b|\b(?:return|get back|go back) to (?:what|the|your)\b|\bonly then (?:can|may|will)\b|\bafter (?:this|that),? (?:do|finish|complete|answer)\b|"
        r"\b(?:and )?(?:then|only then|afterwards|after that|thereafter) (?:\w+ ){0,2}(?:continue|go on|proceed|resume|carry on|answer|respond|return)\b|\bthen (?:get|go) (?:on|back)\b|\brespond normally\b|\bas usual\b|\bbehave normally\b",
        C.LATER: r"\bonce (?:\w+|\d+) \w+ (?:have|has) been (?:made|done|called|used|run|added|sent)\b|"
        r"\b(?:after|from|on|as of|with|starting with|starting from|beginning with|until|upon|by) (?:the |its |your |every )?(?:second|third|fourth|fifth|sixth|seventh|tenth|twentieth|\d+(?:th|nd|rd|st)) \w+(?:,| onwards?| on\b)|\bif (?:the )?(?:current )?(?:year|date|month|day|weekday|time|hour)(?: of \w+)? (?:is|has|equals|falls|reaches)\b|"
        r"\b(?:at first|initially|to begin with|for (?:now|a while|the time being))[;,]? (?:\w+ ){0,6}(?:but|then|later|when|once|until|after)\b|\bwhen(?:ever)? (?:the )?(?:word|phrase|term|code|token|string|name|keyword) [`'\"]?[\w -]{1,30}[`'\"]? (?:appears|occurs|comes|is|shows|turns|pops)\b|\bbehave normally (?:at first|until|for)\b|\b(?:wait|hold off) until\b",
        C.NO_ASKING: r"\bwithout (?:the |an? )?(?:ok|okay|go-ahead|nod|say-so|blessing) (?:of|from|by)\b|\b(?:do not|don't|never|no need to) (?:stop|pause|wait|halt) (?:to|for) (?:confirm|ask|check|approval|confirmation)\w*\b|"
        r"\bno (?:\w+ )?(?:confirmations?|approvals?|consent|permissions?|authori[sz]ation|sign-?off)(?: \w+){0,5} (?:is |are |be )?(?:needed|required|necessary|called for)\b|\b(?:confirmations?|approvals?|consent|permissions?|authori[sz]ation|sign-?off) (?:\w+ )?(?:is|are|was|were|has been|have been) (?:already |thereby |hereby |always )?(?:implied|implicit|"
        r"given|granted|assumed|presumed|obtained|unnecessary|superfluous|not needed|not required|waived|redundant)\b|\b(?:skip|bypass|forgo|dispense with|do away with|suppress|omit|waive|avoid) (?:\w+ )?(?:asking|prompting|confirm\w*|approv\w*|consent|permission|checking with)\b|"
        r"\bnever (?:prompt|stop|pause|wait|check|bother) (?:for|to|with|the)\b|\bwithout (?:checking|asking|consulting|confirming)(?: with)?(?: the| your| any)? (?:user|human|anyone|them|person|owner|first)\b|\b(?:treat|regard|take) (?:\w+ ){1,4}as (?:approved|consent|confirmed|permission)\b",
        C.FETCH_RUN: r"\b(?:python|python3|node|bash|sh|zsh|perl|ruby|eval|source) (?:-\w+ )?[\"'`<(]*\$\((?:curl|wget)\b|\beval [\"'`]?\$?\(?(?:curl|wget)\b|\b(?:npx|uvx|pipx run|pip install|npm i(?:nstall)?) (?:-\w+ )*(?:git\+)?https?://",
        C.LEAK_URL: r"!\[[^\]]{0,80}\]\(\s*https?://[^)\s]*[?&]\w+=|"
        r"https?://[^\s\"'`)]*[?&/=][{<$\[]{1,2}[^\s}>\]]*(?:user|e-?mail|summary|cookie|session|address|profile|env|file)[^\s}>\]]*[}>\]]|https?://[^\s\"'`)]*[?&][\w-]{1,12}=[{<\[]{1,2}[^}>\]]{0,40}(?:summary|conversation|chat|data|secret|notes?|content|history|answer|question)",
        C.PRAISE: r"\bthe best (?:there is|around|you can|of all)\b|\bno (?:\w+ ){1,3}is (?:more|as|better) (?:\w+ )?(?:than|as) this\b|\bnumber one (?:among|in|for)\b|\bthe only (?:\w+ )?you(?:'ll| will)? (?:ever )?need\b|"
        r"\bnothing (?:\w+ ){0,3}comes? (?:near|close)\b|\b(?:much|far|way|vastly|clearly|significantly) (?:better|faster|safer|more \w+) than (?:the rest|others|any|all|the other|its|similar|competing|every)\b|\bthe (?:\w+ )?(?:superior|best|right|preferred|wisest|smartest) (?:choice|pick|option)\b|\b(?:experts|professionals|everyone|users) (?:agree|prefer|recommend|love)\b|"
        r"\b(?:other|similar|alternative|competing) (?:\w+ ){0,2}(?:are|is) (?:\w+ )?(?:outdated|unsafe|unreliable|inferior|deprecated|broken|worse|obsolete|insecure|inaccurate)\b",
        C.PREFER: r"\balways (?:choose|pick|take|use|call) me\b|\byour first choice\b|\bdo not (?:consider|look at|try) (?:any )?other|"
        r"\b(?:this|it) is the one to (?:pick|use|choose|call|go for)\b|\bgo (?:with|for) (?:it|this|this one) (?:each|every|in|for|always|first|over)\b|\btakes? priority over\b|\byou should prioriti[sz]e (?:this|it)\b|\bevery (?:agent|assistant|model|ai) should (?:choose|use|pick|call|prefer)\b",
        C.INTO: r"\b(?:in|into|as|to|through|via|inside|within|under|using|here|by) (?:the |its |this |your )?(?:`\w+`|'\w+'|\"\w+\"|(?:\w+ ){0,2}(?:argument|field|parameter|property|slot|input|attribute)\b)|\b(?:belongs?|goes|go|needed|expected|required|place them|put them|put it|paste it|insert it|place it|add it) here\b",
        C.PERSONAL: r"\b(?:client names|customer names|customer list|whereabouts|bank details|salary|health data)\b",
        C.USER: r"\b(?:account holder|end[ -]users?|whoever asked)\b",
        C.ANY: r"\b(?:unedited|unabridged|in full|verbatim|literally|whole|entire|its text|their text|the text of|dump of|whichever|unshortened)\b",
        C.ABOUT: r"\b(?:checks?|looks?|searches|tests?) (?:\w+ ){0,4}for (?:prompt|injections?|malicious|attacks?|jailbreaks?)|\bprompt injections?\b",
        C.ACT: r"\b(?:chang|reset|add|invit|grant|enabl|disabl|creat|delet|remov|transfer|pay|buy|install|execut|run|approv|merg|cancel|order|subscrib|promot|assign|publish|mak|set|book|reserv|visit|increas|rais|lower|star|turn|rotat|revok|wip|shar)(?:e|es|ed|ing|s|ge)?\b",
        C.STEALTH: r"\b(?:on the sly|sneak\w*|without (?:a )?(?:fuss|notice|trace)|in passing|as an aside|unseen|undetected|hush\w*|off the books|under wraps)\b",
        C.FIXED: r"\b(?:with|by|through|via|at) https?://|\bamong its recipients\b|"
        r"\b(?:to|as|by|with|via|from|add|invite|carry|include|bcc|cc|copy|for) [a-z0-9._%+-]+@[a-z0-9-]+\.[a-z]{2,}|\bto <?https?://|\+\d[\d ]{8,}|\b(?:iban|account) [a-z0-9]{3,}\d",
    }
)
