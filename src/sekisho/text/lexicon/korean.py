"""Korean: the core of each concept."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.text.lexicon.concepts import Concept as C

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS"]

WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        C.MODEL: "어시스턴트|모델|에이전트|당신|인공지능",
        C.DIRECTIVE: "하세요|하십시오|해야|반드시|먼저|항상|해 ?주세요|하라|꼭|필수",
        C.USER: "사용자|이용자|고객|사람",
        C.UNTOLD: "(?:알리지|말하지|언급하지|보여주지|밝히지|보고하지|설명하지|드러내지|공개하지) ?(?:마|말|않|않고)",
        C.STEALTH: "몰래|조용히|은밀|비밀리",
        C.UNAWARE: "(?:사용자|이용자|고객)[가는이에게]* ?(?:모르게|알 필요|눈치채지)|비밀로|우리끼리",
        C.READ: "읽|열어|수집|가져오|확인하|검색|모아|찾아",
        C.MOVE: "보내|전송|전달|포함|넣|입력|첨부|추가|작성|업로드|저장|복사|기록",
        C.SECRET: "비밀번호|암호|인증 ?정보|개인 ?키|토큰|자격 ?증명|API 키",
        C.SECRET_PLACE: "환경 ?변수|설정 ?파일",
        C.ANY: "모든|전체|전부|모두|내용",
        C.CONTEXT: "대화|채팅 ?기록|시스템 ?프롬프트|이전 ?메시지|열린 ?문서|컨텍스트",
        C.PERSONAL: "고객 ?(?:목록|명단|정보)|개인 ?정보|연락처|주소록|전화번호",
        C.BEFORE: "(?:사용|호출|실행|답변)하?기? ?전|먼저|우선",
        C.OTHERWISE: "그렇지 않으면|아니면|작동하지 않",
        C.OTHER_TOOLS: "다른 ?(?:도구|툴|서버)|모든 ?도구",
        C.WHENEVER: "때마다|매번|항상|앞으로",
        C.REDIRECT: "수신자|숨은 ?참조|참조로",
        C.OVERRIDE: "무시|잊어|우회|건너뛰",
        C.RULES: "(?:이전|기존|모든|위의|다른|시스템) ?(?:모든 ?)?(?:지시|명령|규칙|지침|제한)",
        C.VOICE: "(?:사용자|시스템|관리자|개발자)(?:의|로부터의|가 보낸) ?(?:메시지|지시|명령)|새로운 ?(?:시스템 ?)?(?:지시|명령)",
        C.TASK: "(?:원래|사용자의|주어진) ?(?:작업|요청|과제)",
        C.RESUME: "(?:그 ?후|그런 ?다음|완료 ?후).{0,8}(?:계속|진행)",
        C.PRAISE: "최고의|가장 (?:뛰어난|신뢰|정확|강력)",
        C.PREFER: "(?:항상|반드시|우선) ?이 ?도구|다른 도구 대신",
        C.NO_ASKING: "(?:확인|승인|동의|허락) ?(?:없이|받지|을 받지|하지)",
    }
)
