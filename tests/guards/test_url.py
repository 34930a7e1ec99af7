"""One table of addresses: what is objected to, in every spelling, and what looks like it and is honest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.objection import CLEAN, Need, Wanted
from sekisho.guards.url import judge_url
from sekisho.guards.url_facts import UrlFacts
from tablekit import rows

PUBLIC = UrlFacts()
DECLARED = UrlFacts(hosts=frozenset({"localhost:3000", "api.example.com", "10.0.0.5", "[::1]:8080"}))
ONLY = UrlFacts(hosts=frozenset({"api.example.com", "api.example.com:8443"}), only_listed=True)
WEB = frozenset({"http", "https"})

LOOPBACK = (
    "127.0.0.1", "127.1", "127.0.1", "127.000.000.001", "2130706433", "017700000001", "0177.0.0.1", "0177.1", "0x7f.0.0.1",
    "0x7f000001", "0x7F.1", "0x7f.0x0.0x0.0x1", "127.0.0.1.", "127.0.0.1..", "127.127.127.127", "0", "0.0.0.0", "00", "0x0",
    "0x", "127.0x0.1", "0000000127.0.0.1", "383.0.0.1", "6425673729",
    "\uff11\uff12\uff17.0.0.1", "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "127\u30020\u30020\u30021", "127\uff0e0\uff0e0\uff0e1",
    "127\uff610\uff610\uff611", "%31%32%37.0.0.1", "%3127.0.0.1", "127%2e0%2e0%2e1", "12\u200b7.0.0.1",
    "\U0001d7cf\U0001d7d0\U0001d7d5.0.0.1", "127.0.0.\t1", "127\xad.0.0.1",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]",
    "[::127.0.0.1]", "[::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2002:7f00:0001::1]", "[::ffff:0:127.0.0.1]", "[2001:0:7f00:1::]", "[2001::ffff:ffff:80ff:fffe]", "[::1%25lo]", "[::1%lo]",
    "[::FFFF:127.0.0.1]", "[2a00::5efe:7f00:1]", "[2a00::200:5efe:127.0.0.1]", "[0000::1]", "[::01]",
    "localhost", "LOCALHOST", "localhost.", "LocalHost..", "foo.localhost", "localhost.localdomain", "ip6-localhost",
    "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3", "loc\u200balhost", "%6cocalhost", "localho\uff53t", "loca\u2060lhost",
    "localtest.me", "a.b.lvh.me", "127.0.0.1.nip.io", "127-0-0-1.sslip.io", "7f000001.rbndr.us",
)  # fmt: skip
INNER = (
    "10.0.0.1", "10.1", "012.0.0.1", "0xa.1", "167772161", "172.16.0.1", "172.31.255.254", "0xac.0x10.0.1", "192.168.0.1",
    "192.168.1", "0300.0250.0.1", "3232235521", "0xc0a80001", "[::ffff:10.0.0.1]", "[::ffff:c0a8:1]", "[fc00::1]", "[fd12::1]",
    "[fec0::1]", "[2002:0a00:0001::]", "[64:ff9b::192.168.0.1]", "010.8.8.8",
    "169.254.1.1", "[fe80::1]", "[fe80::1%25eth0]", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376",
    "169.254.43518", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]", "[fd20:ce::254]", "169.254.170.2",
    "100.100.100.200", "192.0.0.192", "168.63.129.16", "100.64.0.1", "100.127.255.255", "198.18.0.1", "192.0.2.1", "224.0.0.1",
    "203.0.113.9", "240.0.0.1", "255.255.255.255", "4294967295", "[2001:db8::1]", "[ff02::1]", "[100::1]", "[3fff::1]",
    "metadata", "metadata.google.internal", "METADATA.GOOGLE.INTERNAL.", "instance-data", "metadata.goog", "kubernetes",
    "kubernetes.default.svc", "kubernetes.default.svc.cluster", "printer.local", "router.lan", "nas.home.arpa", "wiki.corp",
    "db.internal", "host.docker.internal", "gateway.docker.internal", "intranet", "redis", "db.intranet", "x.consul", "a.home",
)  # fmt: skip
FORMS = (
    "http://{}/", "https://{}:8443/x?y=1", "http:{}/", "http:/{}/x", "http:///{}", "http:\\\\{}\\x", "HTTP://{}", "//{}/x", "{}:8080/x",
    " http://{}/ ", "<http://{}/>", "http://user@{}/", "http://u:p@{}:80/", "http://example.com@{}/", "http://example.com#@{}/",
    "http://example.com?@{}/", "http://example.com\\@{}/", "http://{}\\@example.com/", "http://a@b@{}/", "ws://{}/",
    "http://example.com%2f@{}/", "http://{}#x", "http://{}?x", "ht\ntp://{}/", "h\ttt\tp://{}/", "%68ttp://{}/",
    "\uff48ttp://{}/", "http:%2f%2f{}/", "http://@{}/", "http://:@{}/", "//\\{}/x", "http:/\\{}", "'http://{}/'",
)  # fmt: skip
DISGUISED = (
    "http://exa mple.com/", "http://example.com\\.evil.example/", "http://exam\nple.com/", "http://", "http://example.com:99999/",
    "http://example.com:80:80/", "http://[::1/", "http://[example.com]/", "http://[::1]x/", "http://[v1.x]/", "http://1.2.3.4.5/",
    "http://example.1/", "http://08.08.08.08.08/", "http://a@b@example.com/", "http://github.com@example.com/", "http://exa%6dple.com/",
    "http://example.com%00.evil.example/", "http://" + "a" * 64 + ".com/", "http://" + "a." * 200 + "com/", "http://a..b.com/",
    "http://example.com,evil.example/", "http://$(id).example.com/", "http://`id`.example.com/", "http://ex{a,b}.com/",
    "http://example.com:80a/", "http://example.com:\uff18\uff10/", "http://" + "a" * 5000, "http://::1/", "http://example.com|x/",
    "http://%" + "25" * 200 + "40x.com/", "http://127.0.0.1%00/", "http://\u0661\u0662\u0667.0.0.1/", "https://api.example.com:443@evil.example/", "http://.example.com/", "http://exam\0ple.com/",
)  # fmt: skip
SCHEMES = (
    "file:///etc/passwd", "FILE:///x", "javascript:alert(1)", "java\nscript:alert(1)", "JaVaScRiPt:alert(1)", "%6aavascript:alert(1)",
    "tel:*#06#", "tel:112", "content://contacts/people/1", "intent://x#Intent;end", "sms:1", "market://x", "gopher://x.com/_", "dict://x.com:11/",
    "ldap://x.com/", "ftp://x.com/", "jar:http://x.com/!/", "view-source:http://x.com/", "chrome://settings", "about:config", "blob:http://x.com/y",
    "ms-msdt:/id", "search-ms:query=x", "vbscript:x", "netdoc:///x", "php://input", "ssh://x.com/", "git@github.com:org/repo.git",
    "ext::sh -c id", "smb://x.com/y", "unix:///run/x", "http+unix://%2Frun%2Fx/", "urn:x:y", "vscode://x/y", "git://x.com/y",
    "feed:http://x.com/", "wyciwyg://x", "res://x", "shell:startup", "data-x:y", "mailto:me@x.com", "s3://bucket/x", "mhtml:x",
)  # fmt: skip
HONEST = (
    "https://example.com", "https://example.com/", "http://example.com:8080/x", "https://example.com:8443/", "HTTPS://Example.COM/Path",
    "https://example.com/a/../b", "https://example.com/?q=169.254.169.254", "https://example.com/page?next=http%3A%2F%2F127.0.0.1%2F",
    "https://example.com/http://localhost/", "https://example.com/#localhost", "https://example.com/@user", "https://medium.com/@a/b@c",
    "https://example.com?email=me@example.com", "https://example.com/?to=a@b.c&x=%2540", "https://example.com/a%20b%2Fc", "https://x.com/%252F",
    "https://localhost.example.com/", "https://127.0.0.1.example.com/", "https://metadata.example.com/", "https://internal.example.com",
    "https://local.example.org/", "https://lan.example/", "https://home.example.com", "https://10.example.com/", "https://1e100.net/",
    "https://8.8.8.8/", "https://1.1.1.1/dns-query", "http://93.184.216.34/", "http://172.32.0.1/", "http://100.128.0.1/", "http://192.167.1.1/",
    "http://11.0.0.1/", "http://169.253.1.1/", "https://[2606:4700:4700::1111]/", "https://[2001:4860:4860::8888]:443/x", "http://134744072/",
    "https://日本語.jp/", "https://例え.テスト.example/", "https://xn--wgv71a119e.jp/", "https://münchen.de/", "https://пример.рф/", "https://ja.wikipedia.org/wiki/東京",
    "https://xn--mnchen-3ya.de/", "https://ja.wikipedia.org/wiki/／", "https://中国.cn/path", "https://faß.de/", "https://café.fr/?é=１",
    "https://example.com/\\x", "https://example.com/a b", "https://example.com/?a[]=1&b={x}", "https://example.com/$(id)", "https://e.com/;x",
    "https://example.com/%00", "https://example.com/%0d%0ax", "https://example.com/a:b@c", "https://example.com//x", "https://e.com/" + "a" * 9000,
    "https://example.com/?" + "%25" * 3000, "https://my_bucket.s3.amazonaws.com/x", "https://a-b.example.com", "https://x.y.z.example.com.",
    "https://user.github.io/repo", "https://raw.githubusercontent.com/o/r/main/x.md", "wss://example.com/ws", "https://example.com:443/",
    "http://example.com:80/", "https://www.example.com/path/to/page.html?a=1&b=2#c", "<https://example.com/>", " https://example.com/\n",
    "data:text/html;base64,PGgxPg==", "data:,x", "data:image/png;base64," + "A" * 9000, "/relative/path", "/", "", "?q=1", "#top", "page.html/",
    "owner/repo", "foo", "hello world", "what is localhost?", "a/b/c", "../x", "example.com", "example.com/path", "www.example.com:8080/x", "//example.com/x",
    "https://t.co/x", "https://g.co", "https://a.io/b?c=d%26e", "https://example.travel", "https://sub.example.co.jp:8000/", "http://3.14.15.92/",
    "https://example.com/.git/config", "https://example.com/../../etc/passwd", "https://github.com/o/r/compare/a..b", "https://e.com/~me",
)  # fmt: skip


def rules(value: str, facts: UrlFacts = PUBLIC, *answers: str) -> set[str]:
    found = judge_url(value, facts)
    told = {need.subject: answers or ("93.184.216.34",) for need in found.needs}
    again = judge_url(value, facts, resolved=told)
    assert again.needs == ()
    assert all(0 <= each.start <= each.end <= len(value) for each in again.objections)
    assert {each.rule for each in found.objections} <= {each.rule for each in again.objections}
    return {each.rule for each in again.objections}


@rows("host", [*LOOPBACK, *INNER])
def test_an_inner_host_is_objected_to_in_every_form(host: str) -> None:
    for form in FORMS:
        assert rules(form.format(host)) & {"url-private", "url-disguised"}, form
    assert "url-private" in rules(FORMS[0].format(host))


@rows("value", DISGUISED)
def test_what_parsers_read_in_two_ways_is_objected_to(value: str) -> None:
    assert "url-disguised" in rules(value)


@rows("value", SCHEMES)
def test_a_scheme_that_is_not_listed_is_objected_to(value: str) -> None:
    assert "url-scheme" in rules(value) or "url-private" in rules(value)


@rows("value", HONEST)
def test_an_honest_address_passes(value: str) -> None:
    assert rules(value) == set()


@rows(
    ("value", "facts", "expected"),
    [
        ("http://localhost:3000/x", DECLARED, set[str]()),
        ("http://LOCALHOST:3000/x", DECLARED, set[str]()),
        ("http://localhost/x", DECLARED, {"url-private"}),
        ("http://localhost:3001/x", DECLARED, {"url-private"}),
        ("http://127.0.0.1:3000/x", DECLARED, {"url-private"}),
        ("http://10.0.0.5/", DECLARED, set[str]()),
        ("http://167772165/", DECLARED, {"url-private"}),
        ("https://example.com/", DECLARED, set[str]()),
        ("https://api.example.com/", ONLY, set[str]()),
        ("https://api.example.com:443/", ONLY, set[str]()),
        ("https://api.example.com:8443/", ONLY, set[str]()),
        ("https://api.example.com:444/", ONLY, {"url-host"}),
        ("https://api.example.com.evil.example/", ONLY, {"url-host"}),
        ("https://evil.example/api.example.com", ONLY, {"url-host"}),
        ("https://xapi.example.com/", ONLY, {"url-host"}),
        ("https://api.example.com@evil.example/", ONLY, {"url-host", "url-userinfo", "url-disguised"}),
        ("https://evil.example\\@api.example.com/", ONLY, {"url-host", "url-userinfo", "url-disguised"}),
        ("http://127.0.0.1/", ONLY, {"url-host", "url-private"}),
        ("data:text/plain,x", UrlFacts(schemes=WEB), {"url-scheme"}),
        ("file:///x", UrlFacts(schemes=WEB | {"file"}), {"url-private"}),
        ("git@github.com:o/r.git", UrlFacts(schemes=WEB | {"ssh"}), set[str]()),
        ("git@-oProxyCommand=x:o/r.git", UrlFacts(schemes=WEB | {"ssh"}), {"url-disguised"}),
        ("git@10.0.0.1:o/r.git", UrlFacts(schemes=WEB | {"ssh"}), {"url-private"}),
        ("ssh://git@github.com/o/r.git", UrlFacts(schemes=WEB | {"ssh"}), set[str]()),
        ("ssh://git:x@github.com/o/r.git", UrlFacts(schemes=WEB | {"ssh"}), {"url-userinfo"}),
        ("ssh://root@github.com/o/r.git", UrlFacts(schemes=WEB | {"ssh"}), {"url-userinfo"}),
        ("ssh://git@10.0.0.1/o/r.git", UrlFacts(schemes=WEB | {"ssh"}), {"url-private"}),
        ("https://git@github.com/o/r.git", UrlFacts(schemes=WEB | {"ssh"}), {"url-userinfo"}),
        ("mailto:a@b.c", UrlFacts(schemes=WEB | {"mailto"}), set[str]()),
        ("https://token@github.com/o/r", PUBLIC, {"url-userinfo"}),
        ("https://me:secret@example.com/", PUBLIC, {"url-userinfo"}),
        ("http://example.com:22/", PUBLIC, {"url-port"}),
        ("http://example.com:6379/", PUBLIC, {"url-port"}),
        ("https://аpple.com/", PUBLIC, {"url-look-alike"}),
        ("https://xn--pple-43d.com/", PUBLIC, {"url-look-alike"}),
        ("https://хор.com/", PUBLIC, {"url-look-alike"}),
        ("https://xn--\u3042.com/", PUBLIC, {"url-look-alike"}),
        ("https://xn--99999999999.com/", PUBLIC, {"url-look-alike"}),
    ],
)  # fmt: skip
def test_the_facts_decide(value: str, facts: UrlFacts, expected: set[str]) -> None:
    assert rules(value, facts) == expected


def test_a_name_is_looked_up_before_it_is_judged() -> None:
    assert judge_url("https://example.com/x", PUBLIC).needs == (Need(Wanted.ADDRESSES, "example.com"),)
    assert judge_url("https://8.8.8.8/", PUBLIC) == CLEAN
    assert judge_url("https://evil.example/", ONLY).needs == ()


@rows(
    ("answers", "expected"),
    [
        (("93.184.216.34", "2606:2800::1"), set[str]()),
        (("93.184.216.34", "10.0.0.1"), {"url-private"}),
        (("fe80::1%eth0",), {"url-private"}),
        (("::ffff:127.0.0.1",), {"url-private"}),
        (("no address",), {"url-unresolved"}),
    ],
)
def test_every_answer_of_the_resolver_is_judged(answers: tuple[str, ...], expected: set[str]) -> None:
    assert rules("https://example.com/", PUBLIC, *answers) == expected


@rows("answer", [None, ()])
def test_a_name_without_an_address_is_objected_to(answer: tuple[str, ...] | None) -> None:
    found = judge_url("https://example.com/", PUBLIC, resolved={"example.com": answer})
    assert [each.rule for each in found.objections] == ["url-unresolved"]


@rows(
    ("url", "answers", "expected"),
    [
        ("https://example.com/", None, set[str]()),
        ("https://example.com/", (), set[str]()),
        ("https://example.com/", ("10.0.0.1",), {"url-private"}),
        ("https://example.com/", ("no address",), {"url-unresolved"}),
        ("http://wiki.internal/", None, {"url-private"}),
        ("http://169.254.169.254/", None, {"url-private"}),
    ],
)
def test_behind_a_proxy_that_resolves_names_only_what_is_known_here_is_judged(
    url: str, answers: tuple[str, ...] | None, expected: set[str]
) -> None:
    behind = UrlFacts(unresolved=True)
    found = judge_url(url, behind, resolved={"example.com": answers})
    assert {each.rule for each in found.objections} == expected


@given(st.text(max_size=200), st.sampled_from([PUBLIC, DECLARED, ONLY]))
def test_no_text_makes_it_fail(value: str, facts: UrlFacts) -> None:
    judge_url(value, facts)
    judge_url(f"http://{value}", facts)


@rows("piece", ["a", "%25", "@", ":", "/", ".", "\\", "[", "\uff0e", "?@", "1.", "%00", "\u200b"])
def test_only_the_head_of_a_long_value_is_looked_at(piece: str) -> None:
    judge_url("http://" + piece * (1_000_000 // len(piece)), PUBLIC)
    judge_url("http://example.com/?" + piece * (1_000_000 // len(piece)), PUBLIC)
