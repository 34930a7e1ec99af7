"""The figures for the READMEs, read out of the JSON that the benches commit.

Each function returns the rows of one bench; a file or member that is not there gives no row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = [
    "Figure",
    "conformance",
    "crowds",
    "detection",
    "drift",
    "entries",
    "fidelity",
    "latency",
    "latency_note",
    "listed",
    "load",
    "members",
    "micros",
    "scan",
    "servers",
]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Object: TypeAlias = "dict[str, Json]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the table."""

    what: Mapping[str, str]
    """What was measured, by language."""

    other: str
    """Without Sekisho, or others; the same in each language."""

    ours: str
    """Through Sekisho."""

    command: str
    """What repeats it."""


_FACES: Final = (
    ("serve-url", "direct", "`serve --url`"),
    ("serve-stdio", "direct", "`serve -- CMD`"),
    ("serve-entry", "direct", "`run --entry`"),
    ("client", "client-direct", "`run --url`"),
    ("client-entry", "client-direct", "`run --entry`, host"),
)
_STARTS: Final = ("slowest_alone_ms", "all_at_once_without_us_ms", "all_behind_us_ms")
_PEERS: Final = {
    "nginx": "nginx",
    "fastmcp-stdio": "FastMCP",
    "fastmcp-http": "FastMCP",
    "supergateway": "supergateway",
}


def conformance(bench: Path) -> Iterator[Figure]:
    """Scenarios of the official suite that pass, for each face, by revision."""
    results = load(bench / "conformance/results.json")
    for ours, direct, face in _FACES:
        both = [
            (revision, _score(bare), _score(mine))
            for revision in ("2025-11-25", "2026-07-28")
            if (mine := members(results, ours, revision)) and (bare := members(results, direct, revision))
        ]
        if both:
            revisions, others, passed = map(", ".join, zip(*both, strict=True))
            yield Figure(
                what={
                    "en": f"official conformance suites {revisions}, {face}: scenarios passed",
                    "ja": f"公式適合試験 {revisions}、{face}: 合格シナリオ数",
                },
                other=others,
                ours=passed,
                command="make bench-conformance",
            )


def fidelity(bench: Path) -> Iterator[Figure]:
    """Real servers whose answers are the same through us."""
    results = load(bench / "fidelity/results.json")
    servers, same = results.get("servers"), results.get("identical")
    if isinstance(servers, int) and isinstance(same, int):
        yield Figure(
            what={
                "en": "real servers that offer and answer the same",
                "ja": "提供内容と応答が完全に一致した実在サーバー",
            },
            other=f"{servers}/{servers}",
            ours=f"{same}/{servers}",
            command="make bench-fidelity",
        )


_MODES: Final = (
    ("configuration", "behind one configuration", "一つの構成に並べて", "servers", "サーバー"),
    ("entries", "behind entries of one broker", "ブローカーのエントリーごとに", "processes", "プロセス"),
)


def servers(bench: Path) -> Iterator[Figure]:
    """Several real servers behind us: answers, start, memory, and kills under load."""
    results = load(bench / "servers/results.json")
    count = results.get("servers")
    for mode, en, ja, killed, victims in _MODES:
        answers, start, kills = (members(results, mode, part) for part in ("answers", "start", "kills"))
        if not (isinstance(count, int) and answers and start and kills):
            continue
        compared, same = answers.get("compared"), answers.get("identical")
        lost = [kills.get(each) for each in ("unanswered", "executed_twice", "answered_but_not_executed")]
        alone, bare, ours = (_seconds(start, each) for each in _STARTS)
        if "again_ms" in start:
            ours = f"{ours} the first time, then {_seconds(start, 'again_ms')}"
        times, calls = kills.get("kills"), kills.get("sent")
        yield from _by_bench_servers(
            (
                f"{count} real servers {en}, two hosts: entries and answers the same",
                f"実在サーバー {count} 個を{ja}、ホスト二つ: 完全に一致した項目と応答",
                f"{compared}/{compared}",
                f"{same}/{compared}",
            ),
            (
                f"start until the tools of all {count} are listed, {en}",
                f"起動から {count} 個すべてのツールが一覧に載るまで、{ja}",
                f"slowest alone {alone}; all at once {bare}",
                ours,
            ),
            (f"memory in front of all {count}, {en}", f"{count} 個の前のメモリー、{ja}", "-", _memory(start)),
            (
                f"{times} {killed} killed under load, {calls} calls, {en}: lost, done twice, not done",
                f"負荷中の{victims}の kill {times} 回、呼び出し {calls} 件、{ja}: 無応答、二重実行、未実行",
                "-",
                ", ".join(map(str, lost)),
            ),
        )


def _by_bench_servers(*rows: tuple[str, str, str, str]) -> Iterator[Figure]:
    for en, ja, other, ours in rows:
        yield Figure(what={"en": en, "ja": ja}, other=other, ours=ours, command="make bench-servers")


def drift(bench: Path) -> Iterator[Figure]:
    """What pins make of real changes of definitions, and of changes that work against the user."""
    results = load(bench / "drift/results.json")
    real, own = members(results, "real"), members(results, "own")
    changes, tried = real.get("changes"), own.get("tried")
    if not isinstance(changes, int) or not isinstance(tried, int):
        return
    held = len(listed(real, "hidden"))
    for en, ja, ours in (
        (
            "real changes of definitions: noticed; shown at once as provably the same; tool stopped for a person",
            "実際にあった定義の変更: 検知、同じ意味と証明できてすぐ表示、人の確認までツールが停止",
            f"{real.get('noticed')}/{changes}; {real.get('neutral')}; {held}",
        ),
        (
            f"{own.get('changes')} changes of our own against the user, in {own.get('ways')} ways: shown to a model",
            f"利用者に不利な自作の変更 {own.get('changes')} 件、{own.get('ways')} 通りの手口: モデルに表示",
            f"{len(listed(own, 'reachable'))}/{tried}",
        ),
        *_through(members(results, "through")),
    ):
        yield Figure(what={"en": en, "ja": ja}, other="-", ours=ours, command="make bench-drift")


def _through(results: Object) -> Iterator[tuple[str, str, str]]:
    """The same, with a real server behind `sekisho run`."""
    own, real = members(results, "own"), members(results, "real")
    if own and real:
        yield (
            "the same through `run`, silently and after a restart: shown, or called though hidden",
            "同じ変更を `run` 経由で(稼働中と再起動後): 表示、または非表示なのに呼び出し",
            f"{len(listed(own, 'reachable')) + len(listed(own, 'called_though_hidden'))}/{own.get('tried')}",
        )
        yield (
            "calls through `run` after real changes: passed",
            "実際にあった変更の後の `run` 経由の呼び出し: 成功",
            f"{real.get('passed')}/{real.get('calls')}",
        )


def scan(bench: Path) -> Iterator[Figure]:
    """What a scan finds in a planted home, and what it costs."""
    home = members(load(bench / "scan/results.json"), "home")
    planted, others = home.get("planted"), home.get("others")
    if not isinstance(planted, int) or not isinstance(others, list):
        return
    en = f"settings of {home.get('hosts')} hosts with {planted} planted faults: found, reported beside them, CPU"
    ja = f"{home.get('hosts')} 種類のホストの設定に仕込んだ欠陥 {planted} 件: 検出、それ以外の指摘、CPU 時間"
    ours = f"{home.get('found')}/{planted}, {len(others)}, {home.get('cpu_ms')} ms"
    yield Figure(what={"en": en, "ja": ja}, other="-", ours=ours, command="make bench-scan")


def detection(bench: Path) -> Iterator[Figure]:
    """False alarms on real definitions, and injections found, beside the other scanners."""
    results = load(bench / "detection/results.json")
    peers = {name: members(results, "peers", name) for name in members(results, "peers")}
    said = "; ".join(f"{name} {seen}" for name, peer in peers.items() if (seen := _seen(peer, peer)))
    what = {"en": "real definitions with a false alarm, poisoned ones found", "ja": "実在の定義への誤検出、汚染の検出"}
    if ours := _seen(members(results, "benign"), results):
        yield Figure(what=what, other=said or "-", ours=ours, command="make bench-detection")


def _seen(benign: Object, results: Object) -> str:
    found = members(results, "recall", "prompt_injection")
    figures = (benign.get("alarms"), benign.get("definitions"), found.get("found"), found.get("n"))
    return "{}/{}, {}/{}".format(*figures) if None not in figures else ""


def latency(bench: Path) -> Iterator[Figure]:
    """What a call costs more, and what the process costs."""
    results = load(bench / "latency/results.json")
    figures = [item for item in listed(results, "figures") if isinstance(item, dict)]
    size = min((size for item in figures if isinstance(size := item.get("size"), int)), default=0)
    found = {(item.get("target"), item.get("era")): item for item in figures if item.get("size") == size}
    for era in ("2025-11-25", "2026-07-28"):
        for face, ours, peers in (
            ("stdio", "sekisho-run-cmd", ("fastmcp-stdio",)),
            ("HTTP", "sekisho-serve-url", ("nginx", "fastmcp-http", "supergateway")),
        ):
            mine = _number(found.get((ours, era)), "added_p50_us")
            if mine is not None:
                added = {peer: _number(found.get((peer, era)), "added_p50_us") for peer in peers}
                yield _timed(
                    f"added to a call, median, {face} {era}",
                    f"呼び出しごとに加わる時間の中央値、{face} {era}",
                    "; ".join(f"{_PEERS[peer]} {micros(took)}" for peer, took in added.items() if took is not None),
                    micros(mine),
                )
    start = members(results, "start_ms")
    bare, run = _number(start, "bare interpreter"), _number(start, "run")
    if bare is not None and run is not None:
        other = f"`python -c pass` {bare:.0f} ms"
        yield _timed("start of `run` to the first answer", "`run` の起動から最初の応答まで", other, f"{run:.0f} ms")


def entries(bench: Path) -> Iterator[Figure]:
    """What an entry with its broker costs."""
    results = load(bench / "latency/entries.json")
    calls, start, memory = (members(results, part) for part in ("p50_us", "start_ms", "memory_mb"))
    direct, run, entry = (_number(calls, name) for name in ("direct", "run", "entry"))
    if direct is None or run is None or entry is None:
        return
    yield _timed(
        "added to a call by an entry and its broker, quietest round",
        "エントリとブローカーで呼び出しに加わる時間、最も静かな回",
        f"`run -- CMD` {micros(run - direct)}",
        micros(entry - direct),
    )
    bare, first = _number(start, "bare interpreter"), _number(start, "entry")
    relay, broker = _number(memory, "relay"), _number(memory, "broker")
    if bare is not None and first is not None:
        other = f"`python -c pass` {bare:.0f} ms"
        yield _timed(
            "start of an entry to the first answer", "エントリの起動から最初の応答まで", other, f"{first:.0f} ms"
        )
    if relay is not None and broker is not None:
        count = memory.get("entries")
        yield _timed(
            f"memory of one relay, and of the broker with {count} entries, PSS",
            f"中継プロセス一つと、エントリ {count} 件のブローカーのメモリー (PSS)",
            "-",
            f"{relay:.0f} MB, {broker:.0f} MB",
        )


def crowds(bench: Path) -> Iterator[Figure]:
    """Many tools and many servers behind one configuration."""
    results = load(bench / "latency/crowds.json")
    tools, many, slow = (members(results, part) for part in ("tools", "servers", "slow"))
    if not (tools and many and slow):
        return
    for rows, en, ja in ((tools, "tools", "ツール"), (many, "servers", "サーバー")):
        counts = [f"{int(count):,}" for count in rows]
        calls = [_number(members(rows, count), "call_us") for count in rows]
        direct = _number(members(rows, next(iter(rows))), "direct_us")
        yield _timed(
            f"a call with {', '.join(counts)} {en} behind one configuration, median",
            f"一つの構成に {'、'.join(counts)} 個の{ja}があるときの呼び出し、中央値",
            "-" if direct is None else micros(direct),
            ", ".join(micros(call) for call in calls if call is not None),
        )
    most = list(tools)[-1]
    first, again = (_number(members(tools, most), key) for key in ("first_cpu_ms", "again_cpu_ms"))
    yield _timed(
        f"first list of {int(most):,} tools, and the same again, CPU",
        f"{int(most):,} 個のツールの最初の一覧とその再取得、CPU 時間",
        "-",
        f"{first:.0f} ms; {again:.0f} ms",
    )
    yield _timed(
        f"start of {slow.get('servers')} servers that take {slow.get('seconds_each')} s each to come up",
        f"{slow.get('servers')} 個のサーバーがそれぞれ {slow.get('seconds_each')} 秒かけて起動するときの全体の起動",
        f"one alone {_seconds(slow, 'one_ms')}",
        _seconds(slow, "all_ms"),
    )


def latency_note(bench: Path, lang: str) -> str:
    """The sentence below the table that says how the times were taken, or nothing."""
    results = load(bench / "latency/results.json")
    rounds, cores, date = results.get("rounds"), results.get("cores"), results.get("date")
    if not isinstance(rounds, int) or not isinstance(date, str):
        return ""
    if lang == "ja":
        how = f"時間は {date} に {cores} コアの共有マシンで {rounds} 回測った中央値です"
        return f"\n{how}(比率以外は環境で変わります)。\n"
    return f"\nTimes are medians of {rounds} rounds on {cores} shared cores, {date}; only their ratios travel.\n"


def _timed(en: str, ja: str, other: str, ours: str) -> Figure:
    return Figure(what={"en": en, "ja": ja}, other=other or "-", ours=ours, command="make bench-latency")


def micros(us: float) -> str:
    """Return a time as it is shown."""
    return f"{us:.0f} µs" if us < 1000 else f"{us / 1000:.1f} ms"  # noqa: PLR2004 - a millisecond


def _seconds(value: Object, key: str) -> str:
    found = _number(value, key)
    return "-" if found is None else f"{found / 1000:.1f} s"


def _memory(start: Object) -> str:
    found = _number(start, "own_pss_mb")
    relay = _number(start, "relay_pss_mb")
    more = "" if relay is None else f" and {relay:.0f} MB each"
    return "-" if found is None else f"{found:.0f} MB{more}"


def _score(run: Object) -> str:
    return f"{run.get('scenarios_passed')}/{run.get('scenarios_total')}"


def load(path: Path) -> Object:
    """Return what a bench wrote; nothing where it wrote none."""
    value = cast("Json", json.loads(path.read_text("utf-8"))) if path.is_file() else None
    return value if isinstance(value, dict) else {}


def members(value: Object, *keys: str) -> Object:
    """Return the object at the end of these members; an empty one where there is none."""
    for key in keys:
        found = value.get(key)
        value = found if isinstance(found, dict) else {}
    return value


def listed(value: Object, key: str) -> list[Json]:
    """Return a member that is a list; an empty one where there is none."""
    found = value.get(key)
    return found if isinstance(found, list) else []


def _number(value: Object | None, key: str) -> float | None:
    found = value.get(key) if value is not None else None
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None
