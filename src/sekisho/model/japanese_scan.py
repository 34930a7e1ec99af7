"""The part of the Japanese catalogue about the scanner."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.scan_ids import ScanId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SCAN"]

SCAN: Final[Mapping[Id, str]] = MappingProxyType({
    Id.SCAN_TITLE: "Sekisho scan   サーバー {servers} 個、定義 {definitions} 件   外部送信なし",
    Id.SCAN_CLEAN: "指摘はありません。",
    Id.SCAN_COUNTS: "指摘  致命的 {critical}、高 {high}、中 {medium}、低 {low}",
    Id.SCAN_CONFIDENCE_HIGH: "確度 高",
    Id.SCAN_CONFIDENCE_MEDIUM: "確度 中",
    Id.SCAN_CONFIDENCE_LOW: "確度 低",
    Id.SCAN_PLACES: "{count} か所",
    Id.SCAN_MORE_PLACES: "ほか {count} か所(すべて見るには --format json)",
    Id.SCAN_LOOKED: "調べたもの",
    Id.SCAN_LOOKED_AT: "{server}: {source} の定義 {definitions} 件",
    Id.SCAN_UNSEEN: "調べていないもの",
    Id.SCAN_TODO: "まずすること",
    Id.SCAN_NOTHING_TO_DO: "ありません。",
    Id.SCAN_TAKE_OUT: "次の点に作者の説明があるまで {server} は使わないでください: {titles}。",
    Id.SCAN_SEE_TO: "{servers}(対処): {fix}",
    Id.SCAN_MORE: "規則の説明: sekisho explain {rule}",
    Id.SCAN_RULE_FAILED: "この文章で規則が失敗したため、異議として扱いました",
    Id.SCAN_RULE_FAILED_FIX: "定義を添えてご報告ください。",
    Id.SCAN_FAILED: "Sekisho の内部でエラーが起きたため({kind})、結果はありません。\n"
    "次の出力を添えてご報告ください: sekisho doctor",
    Id.SCAN_CRITICAL: "致命的",
    Id.SCAN_HIGH: "高",
    Id.SCAN_MEDIUM: "中",
    Id.SCAN_LOW: "低",
    Id.SCAN_ONLY_TEXT: "サーバーの動作そのもの(読んだのはサーバー自身の説明だけです)。",
    Id.SCAN_NOT_IN_DUMP: "ダンプに含まれていません。",
    Id.SCAN_MORE_PAGES: "nextCursor の先に続きがあります。残りのページもダンプしてください。",
    Id.SCAN_NO_OBJECT: "オブジェクトではないため、モデルに見せる定義になりません。",
    Id.SCAN_LOOKED_IN: "{source}: {servers}(設定)",
    Id.SCAN_NO_SERVERS: "{source}: サーバーなし",
    Id.SCAN_ABSENT: "ほかに {hosts} 種のホストの {count} か所にはファイルなし(--format json で一覧)",
    Id.SCAN_DENIED: "読み取り権限がありません。",
    Id.SCAN_NO_FILE: "通常のファイルではありません。",
    Id.SCAN_TOO_LARGE: "設定ファイルとしては大きすぎます。",
    Id.SCAN_BROKEN: "ここから先を読めません(ホストは別の読み方をするかもしれません)。",
    Id.SCAN_NO_LAUNCH: "サーバーの場所にありますが、コマンドも URL もありません。",
    Id.SCAN_NOT_STARTED: "設定にあるサーバーが提供するもの(何も起動・接続していません)。",
    Id.SCAN_NEITHER: "{path} はサーバーの定義でもホストの設定でもありません。\n"
    "tools/list の応答をそのまま保存するか、ホストの設定ファイルを指定してください。",
    Id.SCAN_EMPTY_FOLDER: "{path} にホストの設定もサーバーのダンプもありません。\n"
    "ファイルか、プロジェクトのフォルダーを指定してください。",
    Id.SCAN_KNOWN: "ベースラインにある既知の指摘(数に含めません): {count}",
    Id.SCAN_EXPIRED: "この抑止は期限切れのため、ふたたび数えます。",
    Id.SCAN_NOT_MET: "ベースラインのうち、今は当てはまらない項目の数です。書き直してください。",
    Id.SCAN_NO_BASELINE: "{path} はベースラインではありません({place})。\n"
    "項目には fingerprint と、reason・expires(YYYY-MM-DD)の両方または無しが必要です。",
    Id.SCAN_WROTE: "{path} に書き込みました: 今後 {count} 件を既知とします。",
    Id.SCAN_STARTING: "{server} を起動し、何を提供するかを調べます...",
    Id.SCAN_REMOTE: "リモートのサーバーには接続しません。",
    Id.SCAN_DISABLED: "ホストでは今、無効になっています。",
    Id.SCAN_SILENT: "起動しましたが、1 分以内に何を提供するかを答えませんでした。",
    Id.SCAN_NOT_LISTED: "起動できないか、応答がなく、何を提供するかは分かりません。",
    Id.SCAN_NOT_OBSERVED: "おとりの秘密が読まれたかどうかを、このファイルシステムでは調べられません。",
    Id.SCAN_NO_SANDBOX: "サンドボックスを作れません: bubblewrap(bwrap)がないか、許可されていません。\n"
    "インストールするか、--no-sandbox を付けてください(あなたの権限で動きます)。",
    Id.SCAN_UNBOXED: "サンドボックスなし: 起動したものは、あなたのすべての権限で動きます。",
    Id.SCAN_NOT_CACHED: "まだダウンロードされていません(--fetch で取得します)。",
    Id.SCAN_NOT_TO_THE_END: "この一覧を宣言しながら、返さないか、最後まで返しませんでした。",
    Id.SCAN_NOT_LIVE: "--no-sandbox と --fetch は、起動するサーバーについての指定です。\n"
    "--live かコマンドを加えてください: sekisho scan --live -- COMMAND",
    Id.SCAN_UNREADABLE: "{path} を読めません: {problem}\n名前または権限を直してください。",
    Id.SCAN_NOT_JSON: "{path} は一通りに読める JSON ではありません: {problem}\n"
    "サーバーの応答をそのまま UTF-8 で保存してください。",
    Id.SCAN_NO_DUMP: "{path} に tools、prompts、resources、instructions がありません。\n"
    "tools/list の応答か、これらのどれかを持つオブジェクトを渡してください。",
    Id.SCAN_WRONG_SHAPE: "{path}: {member} が MCP の定める形ではありません。\n"
    "tools/list の応答をそのまま渡してください。",
    Id.PAGE_TITLE: "MCP サーバーの検査結果 (Sekisho)",
    Id.PAGE_MADE: "作成 {made}、Sekisho {version}。外部には何も送信していません。",
    Id.PAGE_FINDINGS: "原因ごとの指摘",
    Id.PICTURE_TITLE: "サーバーと情報の流れ",
    Id.PICTURE_NOTE: "名前と説明から読み取ったもので、目的を隠したツールは含まれません。",
    Id.PICTURE_IDLE: "流れを読み取れなかったもの: {servers}",
    Id.PICTURE_LEFT: "入ってくるもの",
    Id.PICTURE_RIGHT: "出ていけるもの",
    Id.PICTURE_AGENT: "エージェント",
    Id.PICTURE_OUTSIDE: "部外者の文章",
    Id.PICTURE_PRIVATE: "非公開データ",
    Id.PICTURE_OUTWARD: "外へ送信",
    Id.PICTURE_MORE: "ほか {count} 個",
    Id.EXPLAIN_UNKNOWN: "規則 {rule} はありません。\n規則の一覧: sekisho explain",
    Id.EXPLAIN_WHAT: "何を調べるか",
    Id.EXPLAIN_WHY: "なぜ重要か",
    Id.EXPLAIN_SEEN: "実例",
    Id.EXPLAIN_FIX: "直し方",
    Id.EXPLAIN_LIMITS: "見逃すもの",
    Id.EXPLAIN_REFERENCES: "参照",
})  # fmt: skip
