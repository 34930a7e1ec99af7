"""The part of the Japanese catalogue about the range and the demo."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RANGE"]

RANGE: Final[Mapping[Id, str]] = MappingProxyType({
    Id.TITLE_PRIVATE_REPOSITORY: "GitHub の非公開リポジトリ",
    Id.TITLE_SHADOWED_MESSENGER: "WhatsApp のシャドーイング",
    Id.TITLE_RUG_PULL: "ラグプル",
    Id.TITLE_SAME_NAME: "同名のツール",
    Id.TITLE_COMMAND_INJECTION: "コマンドインジェクション",
    Id.TITLE_PATH_TRAVERSAL: "パストラバーサルとリンク",
    Id.TITLE_SQL_INJECTION: "SQL インジェクション",
    Id.TITLE_METADATA_ADDRESS: "SSRF(内部アドレスの取得)",
    Id.TITLE_LYING_PAGE: "嘘を書いたウェブページ",
    Id.TITLE_TWO_READINGS: "二通りに読めるメッセージ",
    Id.TITLE_FILESYSTEM_RELEASE: "filesystem 2025.3.28 版 (npm)",
    Id.TITLE_SQLITE_RELEASE: "sqlite 2025.4.25 版 (PyPI)",
    Id.HARM_PUBLISHED: "{bytes} B を公開",
    Id.HARM_SENT: "会話 {count} 件を送信",
    Id.HARM_READ: "新しい説明の読取",
    Id.HARM_WRONG_SERVER: "別のサーバーが実行",
    Id.HARM_CREATED: "ファイルが作られた",
    Id.HARM_KEYS: "鍵の読取 {count} 回",
    Id.HARM_DROPPED: "テーブル消失",
    Id.HARM_METADATA: "メタデータの読取",
    Id.HARM_LIE: "嘘が答えに入る",
    Id.HARM_OBEYED: "従った({count} 回)",
    Id.HARM_NONE: "何も起きない",
    Id.WELL_UNREAD: "保留、指示は読まれない",
    Id.WELL_HELD: "保留、確認待ち",
    Id.WELL_APART: "両方を区別",
    Id.WELL_UNOBEYED: "従わない",
    Id.REFUSED_ONCE: "拒否",
    Id.REFUSED_OFTEN: "拒否({count} 回)",
    Id.DEMO_TITLE: "関所 デモ   {cases} 件、同じサーバーで 2 回ずつ    通信なし",
    Id.DEMO_AGENT: "エージェントは読んだものすべてに従います。モデル不要の最悪の場合です。",
    Id.DEMO_WITHOUT: "関所なし",
    Id.DEMO_WITH: "関所あり",
    Id.DEMO_NOT_YET: "未対応: サーバー間の情報の流れはまだ判定しない",
    Id.DEMO_LOST: "文章から文章へ。Sekisho では止まらない (docs/limits.md)",
    Id.DEMO_HONEST: "正当な呼出",
    Id.DEMO_HONEST_PASSED: "{total} 件中 {passed} 件が通過、質問 {questions} 件      追加時間 p50 {added} ms",
    Id.DEMO_RECORD: "記録",
    Id.DEMO_RECORD_WHOLE: "{events} 件、連鎖を検証済み (sekisho audit verify)",
    Id.DEMO_RECORD_BROKEN: "{events} 件、連鎖の検証に失敗",
    Id.DEMO_CLOSER: "詳しく見る",
    Id.DEMO_CLOSER_STEP: "sekisho demo 1 --step             全部で {seconds} 秒",
    Id.DEMO_MACHINE: "お使いの環境",
    Id.DEMO_MACHINE_SCAN: "sekisho scan                      読むだけで、何も起動しない",
    Id.DEMO_WRONG: "想定と違う結果になりました: {outcome}\n"
    "次の出力を添えてご報告ください: sekisho doctor",
    Id.DEMO_UNKNOWN: "{number} という事例はありません。1 から {last} までです。\n"
    "一覧: sekisho range list",
    Id.DEMO_STEP_ALONE: "--step は 1 件を表示します。番号を指定してください。",
    Id.RANGE_UNKNOWN: "{name} という事例はありません。\n"
    "一覧: sekisho range list",
    Id.RANGE_NONE: "事例の名前か --all を指定してください。\n"
    "一覧: sekisho range list",
    Id.RANGE_STORY: "できごと",
    Id.RANGE_SOURCES: "出典",
    Id.RANGE_SAID: "Sekisho の判定",
    Id.RANGE_SAID_NOTHING: "なし",
    Id.RANGE_HONEST: "正当な呼び出し {total} 件中 {passed} 件が通過",
    Id.RANGE_FETCHING: "{package} を {path} に取得しています(初回のみ)...",
    Id.RANGE_SKIPPED: "省略: {problem}",
    Id.RANGE_NEEDS_REAL: "実際のリリースなので --real が必要",
})  # fmt: skip
