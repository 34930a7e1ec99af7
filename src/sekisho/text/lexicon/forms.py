"""How keys and tokens look, by whose they are.

In the syntax that `re` and RE2 share, but for the lengths. What begins with random characters and is told by what
stands in or behind them is in `BACKWARDS`: it is looked for by that, and its beginning is read backwards, because a pattern
that counts from every character of a long word costs a hundred times as much as the others.
Sources: the providers' documents of their prefixes, and the public rules of secret scanners.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BACKWARDS", "FORMS", "SIGNED"]

SIGNED: Final = r"\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,}"
"""A signed token: its parts have no length that could be known."""

FORMS: Final = (
    ("private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    ("age key", r"AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{50,}"),
    ("nostr key", r"\bnsec1[02-9ac-hj-np-z]{58}\b"),
    ("GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{40,}"),
    ("GitLab token", r"\bgl(?:pat|ptt|rt|dt|soat|oas|ft|imt|agent|cbt|ffct)-[\w-]{20,}"),
    (
        "Slack token",
        (
            r"\bxox[abeoprs](?:\.xox[a-z])?-[\w-]{10,}|\bxapp-[\w-]{20,}|"
            r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[TE]\w{1,20}/\w{1,20}(?:/[0-9]{10,24})?/\w{20,}"
        ),
    ),
    ("Anthropic key", r"\bsk-ant-[\w-]{20,}"),
    ("OpenAI key", r"\bsk-(?:proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_-]{20,}"),
    ("Google key", r"\bAIza[\w-]{33,}|\bGOCSPX-[\w-]{20,}|\bya29\.[\w-]{20,}|\b1//0[\w-]{40,}"),
    ("AWS key", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}(?:[,:;|\s\"']{1,6}[A-Za-z0-9+/]{40})?\b|\bABSK[A-Za-z0-9+/]{40,}={0,2}"),
    ("Azure signature", r"[?&]sig=[A-Za-z0-9+/%]{40,}(?:=|%3[Dd]){0,2}"),
    (
        "Stripe key",
        r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/=]{24,}|\brzp_live_[A-Za-z0-9]{14,}",
    ),
    (
        "payment key",
        (
            r"\bsq0(?:csp|atp|idp)-[\w-]{22,}|\baccess_token\$production\$[a-z0-9]{10,20}\$[0-9a-f]{32}|"
            r"\bFLWSECK-[0-9a-f]{32}-X|\bEZ[AT]K[A-Za-z0-9]{50,}|\bEAAA[El][\w-]{50,}|\bshippo_(?:live|test)_[0-9a-f]{40}|\baccess-(?:sandbox|development|production)-[0-9a-f-]{36}|\bduffel_(?:live|test)_[\w-]{40,}"
        ),
    ),
    ("SendGrid key", r"\bSG\.[\w-]{16,64}\.[\w-]{16,}"),
    (
        "mail provider's key",
        r"\bxkeysib-[0-9a-f]{40,}-\w{16}|\bxsmtpsib-[0-9a-f]{40,}-\w{16}|\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}",
    ),
    ("npm token", r"\bnpm_[A-Za-z0-9]{30,}"),
    ("PyPI token", r"\bpypi-[\w-]{40,}"),
    (
        "registry token",
        (
            r"\bdckr_[po]at_[\w-]{20,}|\brubygems_[0-9a-f]{48}|\bcio[A-Za-z0-9]{32}\b|\boy2[a-z0-9]{43}\b|"
            r"\bCLOJARS_[0-9a-f]{60}|\bAKCp[0-9][A-Za-z0-9]{40,}|\bsq[upa]_[0-9a-f]{40}"
        ),
    ),
    ("Hugging Face token", r"\b(?:hf|api_org)_[A-Za-z0-9]{30,}"),
    ("Notion token", r"\bntn_[A-Za-z0-9]{30,}|\bsecret_[A-Za-z0-9]{40,}"),
    ("Linear key", r"\blin_(?:api|oauth)_[A-Za-z0-9]{30,}"),
    ("Figma token", r"\bfig[dou]_[\w-]{30,}"),
    ("Atlassian token", r"\bATATT3[\w=-]{40,}|\bATCTT3[\w=-]{40,}|\bATBB[A-Za-z0-9]{28,}"),
    ("Supabase token", r"\bsb(?:p|_secret)_[A-Za-z0-9_]{30,}"),
    ("Databricks token", r"\bdapi[0-9a-f]{32}"),
    ("DigitalOcean token", r"\bdo[opr]_v1_[0-9a-f]{40,}"),
    (
        "host's token",
        (
            r"\bHRKU-[\w-]{36,}|\bpscale_(?:tkn|pw|oauth|otkn)_[\w.=-]{32,}|\bfo1_[\w-]{40,}|\bfm[12][ar]?_[A-Za-z0-9+/=_-]{40,}|"
            r"\brnd_[A-Za-z0-9]{24,}|\bnf[pcu]_[A-Za-z0-9]{30,}|\bvc[pkiar]_[A-Za-z0-9]{40,}|"
            r"\bvercel_blob_rw_[A-Za-z0-9]{10,}_[A-Za-z0-9]{20,}|\bv1\.0-[0-9a-f]{24}-[0-9a-f]{40,}|\bpul-[0-9a-f]{40}|"
            r"\btskey-[a-z]{2,12}-[\w-]{20,}|\bLTAI[A-Za-z0-9]{20}\b|\bAKID[A-Za-z0-9]{32}\b|\bAQVN[\w-]{35,}|\bt1\.[\w-]{40,}={0,2}\.[\w-]{40,}"
        ),
    ),
    (
        "build service's token",
        r"\bbkua_[0-9a-f]{40}|\bsgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}|\bCCIPAT_[A-Za-z0-9]{20,24}_[0-9a-f]{40}|\bpn[ub]_[A-Za-z0-9]{36}|\bops_eyJ[\w-]{40,}",
    ),
    ("Airtable token", r"\bpat[A-Za-z0-9]{14}\.[0-9a-f]{40,}"),
    ("HubSpot token", r"\bpat-(?:na|eu|ap)[0-9]-[0-9a-f-]{36}"),
    ("Asana token", r"\b[12]/[0-9]{10,20}/[0-9]{10,20}:[0-9a-f]{32}"),
    (
        "work tool's token",
        (
            r"\bpk_[0-9]{5,12}_[A-Z0-9]{32}\b|\btfp_[\w-]{40,}|\bCFPAT-[\w-]{40,}|\bsl\.(?:u\.)?[\w-]{40,}|\bEAACEdEose0cBA[A-Za-z0-9]{40,}|"
            r"\bdG9rO[A-Za-z0-9+/]{50,}=|\brdme_[a-z0-9]{40,}|\bfio-u-[\w-]{40,}|\baio_[A-Za-z0-9]{28}\b|\bico-[A-Za-z0-9]{32}\b|\bdt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{60,}|\b(?:api|sdk)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\bphx_[A-Za-z0-9]{40,}|\bsk\.eyJ[\w-]{40,200}\.[\w-]{20,}|"
            r"\bA3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}\b"
        ),
    ),
    ("Sentry token", r"\bsntry[su]_[\w+/=-]{30,}"),
    ("New Relic key", r"\bNR(?:AK|IQ|RA|JS|BR)-[A-Za-z0-9]{20,}"),
    ("Postman key", r"\bPMAK-[0-9a-f-]{40,}"),
    ("Shopify token", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    ("Grafana token", r"\bgl(?:sa|c)_[\w=+/-]{30,}"),
    ("search key", r"\btvly-[\w-]{20,}|\bBSA[\w-]{24,}|\bpplx-[\w-]{30,}|\bfc-[0-9a-f]{32}|\bctx7sk-[\w-]{20,}"),
    (
        "model provider's key",
        (
            r"\bgsk_[A-Za-z0-9]{30,}|\bnvapi-[\w-]{60,}|\bxai-[A-Za-z0-9]{40,}|\br8_[A-Za-z0-9]{30,}|\blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{8,}|"
            r"\bpcsk_\w{5,8}_[A-Za-z0-9]{50,}"
        ),
    ),
    ("Telegram token", r"\b[0-9]{8,10}:AA[\w-]{32,}"),
    ("Discord address", r"discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{16,20}/[\w-]{40,}"),
    (
        "hook's address",
        (
            r"\.webhook\.office\.com/webhookb2/[^\s\"'<>]{1,120}/IncomingWebhook/[0-9a-f]{32}/[\w-]{8,}|"
            r"hooks\.zapier\.com/hooks/catch/[0-9]{4,12}/[a-z0-9]{5,}"
        ),
    ),
    ("seed of one-time codes", r"otpauth://[ht]otp/[^\s\"'<>]{1,300}secret=[A-Za-z2-7]{16,}"),
    ("Mailgun key", r"\bkey-[0-9a-f]{32}\b"),
    ("Twilio key", r"\bSK[0-9a-f]{32}\b"),
    ("vault token", r"\bhv[sb]\.[\w-]{24,}|\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{30,}"),
    (
        "password's digest",
        (
            r"\$(?:apr1|[156y])\$(?:rounds=[0-9]{1,9}\$)?[./A-Za-z0-9]{1,24}\$(?:[./A-Za-z0-9]{1,44}\$)?[./A-Za-z0-9]{22,}|"
            r"\$2[abxy]\$[0-9]{2}\$[./A-Za-z0-9]{53}|\$argon2(?:id|i|d)\$v=[0-9]{1,3}\$[a-z0-9,=]{8,60}\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{16,}"
        ),
    ),
    ("signed token", SIGNED),
)
"""How tokens look, by whose they are."""

BACKWARDS: Final = (
    ("Discord token", r"[MNO][\w-]{23,26}", r"\.[\w-]{6}\.[\w-]{27,}"),
    ("Terraform token", r"[A-Za-z0-9]{14}", r"\.atlasv1\.[\w-]{40,}"),
    ("Azure secret", r"[\w.~-]{3}", r"[78]Q~[\w.~-]{31,40}"),
    ("Mailchimp key", r"[0-9a-f]{32}", r"-us[0-9]{1,2}\b"),
    ("New Relic key", r"[0-9a-f]{36}", r"(?:NRAL|FFFFNRAL)\b"),
)
"""How such tokens look whose end is told first: whose, the beginning, the end."""
