"""One table of headers: which say where a server is to go, and which only say where a request came from."""

from __future__ import annotations

from sekisho.wire.steering import steers
from tablekit import rows

STEERING = (
    (b"x-atlassian-jira-url", b"http://127.0.0.1:8080"),
    (b"X-Atlassian-Confluence-Url", b"https://company.example/wiki"),
    (b"x-n8n-url", b"169.254.169.254"),
    (b"hackmd-api-url", b"http://10.0.0.1"),
    (b"gitlab_api_url", b"x"),
    (b"x-grafana-endpoint", b"grafana.internal"),
    (b"x-anything", b"http://169.254.169.254/latest/meta-data"),
    (b"x-anything", b' "gopher:\\\\127.0.0.1"'),
    (b"base-url", b"//x"),
    (b"x-target-host", b"db"),
)
HONEST = (
    (b"host", b"127.0.0.1:3010"),
    (b"origin", b"http://localhost:5173"),
    (b"referer", b"http://localhost:5173/app"),
    (b"x-forwarded-host", b"mcp.example"),
    (b"x-forwarded-proto", b"https"),
    (b"forwarded", b"for=192.0.2.60;host=mcp.example"),
    (b"x-original-url", b"https://mcp.example/mcp"),
    (b"x-rewrite-url", b"/mcp"),
    (b"x-envoy-original-path", b"/mcp"),
    (b"x-real-ip", b"192.0.2.60"),
    (b"signature-agent", b"https://agent.example"),
    (b"user-agent", b"client/1.0 (+https://client.example)"),
    (b"x-api-key", b"k"),
    (b"x-atlassian-jira-personal-token", b"t"),
    (b"x-request-id", b"1"),
    (b"x-client-version", b"1"),
    (b"traceparent", b"00-0-0-01"),
    (b"mcp-param-url", b"https://x.example"),
    (b"mcp-name", b"fetch://x"),
    (b"x-empty-url", b" "),
    (b"accept", b"application/json"),
    (b"sec-fetch-site", b"same-origin"),
    (b"x-note", b"see http://x.example"),
    (b"url", b"x"),
)


@rows("line", STEERING)
def test_a_header_that_names_an_address_steers(line: tuple[bytes, bytes]) -> None:
    assert steers([(b"accept", b"x"), line])


@rows("line", HONEST)
def test_what_proxies_and_browsers_add_does_not(line: tuple[bytes, bytes]) -> None:
    assert not steers([line])
