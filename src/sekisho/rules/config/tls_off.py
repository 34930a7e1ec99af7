"""Certificates that are not checked.

## What it does
Reports variables, options and settings that switch the verification of certificates off, or allow plain HTTP.

## Why it matters
Anybody on the way can answer in the server's place, and gets the token that was meant for it.

## Seen in the wild
`NODE_TLS_REJECT_UNAUTHORIZED=0` is the first answer to "self-signed certificate" on every forum.

## How to fix
Remove the switch; give the certificate of your own authority (`NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`).

## Known limits
Switches of single servers under names of their own are found only when the name says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import remote, started
from sekisho.settings.launch import launches
from sekisho.settings.variables import variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["RULE"]

_OFF: Final = frozenset({"0", "false", "no", "off", "none", "disabled", "never"})
_ON: Final = frozenset({"1", "true", "yes", "on", "always"})
_CHECKS: Final = re.compile(
    r"NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY|npm_config_strict_ssl|HTTPLIB2_VALIDATE|"
    r"(?:.*_)?(?:(?:SSL|TLS|CERT|HTTPS|CERTIFICATE)_?(?:VERIFY|VERIFICATION|CHECK|VALIDATION|VALIDATE)|"
    r"(?:VERIFY|CHECK|VALIDATE)_?(?:SSL|TLS|CERTS?|HTTPS|CERTIFICATES?))(?:_.*)?|rejectUnauthorized|verify_?ssl|verify_?tls",
    re.IGNORECASE,
)
_SKIPS: Final = re.compile(
    r"GIT_SSL_NO_VERIFY|(?:.*_)?(?:INSECURE|ALLOW_HTTP)(?:_(?:SSL|TLS|REQUESTS?|SKIP_VERIFY|HTTPS?|TRANSPORT|CONNECTIONS?))?|"
    r"(?:.*_)?(?:SKIP|NO|IGNORE|DISABLE)_(?:SSL|TLS|CERT(?:IFICATE)?S?)(?:_(?:VERIFY|VERIFICATION|CHECK|ERRORS|VALIDATION))?|"
    r"(?:.*_)?(?:SSL|TLS|CERT)_(?:SKIP|NO|IGNORE)_VERIFY|insecureSkipVerify|OAUTHLIB_INSECURE_TRANSPORT",
    re.IGNORECASE,
)
_BUNDLES: Final = frozenset({"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"})
_OPTIONS: Final = re.compile(
    r"--(?:insecure|allow-http|allow-insecure-host|trusted-host|no-check-certificate|ignore-certificate-errors|"
    r"no-verify-(?:ssl|tls|certs?)|no-(?:ssl|tls|cert)-(?:verify|check|validation)|(?:ssl|tls)-no-verify|"
    r"(?:skip|disable|ignore)-(?:ssl|tls|certs?|certificate)(?:-(?:verify|verification|check|errors|validation))?|"
    r"(?:ssl|tls)-skip-verify|insecure-(?:skip-)?(?:tls|ssl)(?:-skip)?(?:-verify)?|insecure-skip-tls-verify)(?:=(?!false).*)?|"
    r"(?:-o)?StrictHostKeyChecking[= ](?:no|off)|"
    r"--(?:strict-ssl|verify-(?:ssl|tls|certs?)|(?:ssl|tls)-verify)=(?:false|0|no|off)",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(r"-[a-zA-Z]{0,12}k[a-zA-Z]{0,12}")
_FETCHERS: Final = frozenset({"curl"})


def _check(entry: Entry) -> Iterator[Evidence]:
    seen: set[str] = set()
    # Variables first: they carry their name; what is left are options of the host's own.
    for text in (*variables(entry), *(entry.texts() if entry.alias else ())):
        if text.pointer not in seen and _switched_off(text.key, text.text.strip()):
            seen.add(text.pointer)
            yield Evidence(pointer=text.pointer, excerpt=f"{text.key}={text.text}", place=entry.place)
    for launch in launches(entry):
        for word in launch.args:
            short = launch.program in _FETCHERS and _SHORT.fullmatch(word.text)
            if word.pointer not in seen and (_OPTIONS.fullmatch(word.text) or short):
                seen.add(word.pointer)
                yield Evidence(pointer=word.pointer, excerpt=word.text, place=entry.place)


def _switched_off(name: str, value: str) -> bool:
    said = value.casefold()
    if name in _BUNDLES:
        return not value
    return (_CHECKS.fullmatch(name) is not None and said in _OFF) or (
        _SKIPS.fullmatch(name) is not None and said in _ON
    )


RULE: Final = Rule(
    id="tls-off",
    title="Certificates are not checked",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP07:2025", "MCP01:2025"), cwe=(295,)),
    check=_check,
    bad=(
        started("weather", env={"NODE_TLS_REJECT_UNAUTHORIZED": "0"}),
        started("weather", env={"PYTHONHTTPSVERIFY": "0"}),
        started("weather", env={"WEATHER_SSL_VERIFY": "false"}),
        started("weather", env={"WEATHER_INSECURE": "true"}),
        started("weather", env={"REQUESTS_CA_BUNDLE": ""}),
        started("weather", "--insecure"),
        started("ssh", "-o", "StrictHostKeyChecking=no", "weather.example.org", "serve"),
        started("npx", "mcp-remote@0.1.29", "https://weather.example.org", "--allow-http"),
        started("docker", "run", "-e", "GIT_SSL_NO_VERIFY=1", "example/weather:1.0.0"),
        started("bash", "-c", "curl -sk https://weather.example.org/x"),
        remote("https://weather.example.org/mcp", rejectUnauthorized=False),
    ),
    good=(
        started("weather", env={"NODE_TLS_REJECT_UNAUTHORIZED": "1", "SSL_CERT_FILE": "/etc/ssl/own.pem"}),
        started("weather", env={"WEATHER_SSL_VERIFY": "true", "WEATHER_INSECURE": "false"}),
        started("weather", "--tls-verify=true", "--insecure=false", "-k"),
    ),
    miss=(started("weather", "--yolo-tls"),),
)
