"""How providers' keys look: each form is found where it stands alone, in a sentence, and by the cheap look."""

from __future__ import annotations

import re

from sekisho.text.credentials import known_form
from sekisho.text.lexicon.forms import BACKWARDS, FORMS
from sekisho.text.secrets import TRIGGERS, secrets
from sekisho.text.spans import Several
from tablekit import rows

A = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa" * 8
"""Nobody's letters and digits."""
H = "0a1b2c3d4e5f67899876f5e4d3c2b1a0" * 8
U = A.upper()
TRIGGER = Several(*TRIGGERS)


@rows(
    ("whose", "token"),
    [
        ("age key", f"AGE-SECRET-KEY-1{U[:58]}"),
        ("nostr key", f"nsec1{'q0w2e3r4t5y6u7p8a9' * 3}acde"),
        ("payment key", f"EAAAl{A[:59]}"),
        ("payment key", f"shippo_live_{H[:40]}"),
        ("payment key", f"access-production-{H[:8]}-{H[:4]}-{H[:4]}-{H[:4]}-{H[:12]}"),
        ("build service's token", f"sgp_{H[:16]}_{H[:40]}"),
        ("model provider's key", f"nvapi-{A[:64]}"),
        ("work tool's token", f"ico-{A[:32]}"),
        ("work tool's token", f"dt0c01.{U[:24]}.{U[:64]}"),
        ("work tool's token", f"sdk-{H[:8]}-{H[:4]}-{H[:4]}-{H[:4]}-{H[:12]}"),
        ("work tool's token", f"phx_{A[:43]}"),
        ("GitLab token", f"gloas-{A[:64]}"),
        ("Slack token", f"hooks.slack.com/workflows/T{U[:9]}/A{U[:9]}/123456789012345678/{A[:24]}"),
        ("Google key", f"1//0{A[:60]}"),
        ("AWS key", f"ABSK{A[:110]}"),
        ("Azure signature", f"?sig={A[:43]}%3D"),
        ("payment key", f"sq0csp-{A[:43]}"),
        ("mail provider's key", f"xkeysib-{H[:64]}-{A[:16]}"),
        ("registry token", f"dckr_pat_{A[:27]}"),
        ("Atlassian token", f"ATBB{A[:32]}"),
        ("host's token", f"pscale_tkn_{A[:43]}"),
        ("host's token", f"tskey-auth-{A[:12]}-{A[:32]}"),
        ("build service's token", f"CCIPAT_{A[:22]}_{H[:40]}"),
        ("HubSpot token", f"pat-na1-{H[:8]}-{H[:4]}-{H[:4]}-{H[:4]}-{H[:12]}"),
        ("Asana token", f"2/1234567890123456/1234567890123456:{H[:32]}"),
        ("work tool's token", f"CFPAT-{A[:43]}"),
        ("New Relic key", f"NRAK-{U[:27]}"),
        ("model provider's key", f"lsv2_pt_{H[:32]}_{H[:10]}"),
        ("Discord address", f"discord.com/api/webhooks/123456789012345678/{A[:68]}"),
        ("hook's address", f"hooks.zapier.com/hooks/catch/123456/{H[:7]}"),
        ("seed of one-time codes", f"otpauth://totp/A:me?secret={'GEZDGNBVGY3TQOJQ' * 2}"),
        ("Twilio key", f"SK{H[:32]}"),
        ("vault token", f"dp.pt.{A[:43]}"),
        ("password's digest", f"$2b$10${A[:53]}"),
        ("Terraform token", f"{A[:14]}.atlasv1.{A[:64]}"),
        ("Azure secret", f"{A[:3]}8Q~{A[:34]}"),
        ("Mailchimp key", f"{H[:32]}-us14"),
        ("New Relic key", f"{H[:36]}NRAL"),
    ],
)
def test_a_key_is_known_by_its_form(whose: str, token: str) -> None:
    assert known_form(token) == whose
    data = f"is {token} x".encode()
    assert any(start <= 3 and end == len(data) - 2 for start, end in secrets(data))
    assert TRIGGER.has(data)


def test_every_form_is_a_pattern_and_none_stands_in_a_sentence() -> None:
    for _, pattern in (*FORMS, *((whose, f"{start}{end}") for whose, start, end in BACKWARDS)):
        assert re.compile(pattern, re.ASCII).search("Keys are kept in a vault, and nobody reads them twice.") is None
