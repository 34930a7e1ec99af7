"""The part of the Japanese catalogue about pins."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PINS"]

PINS: Final[Mapping[Id, str]] = MappingProxyType({
    Id.STATUS_PINS: "定義: 使ったサーバー {count} 件、初回利用で固定した未確認のツール {unvetted} 件",
    Id.STATUS_PINS_OF: "承認 {approved}、変更 {changed}、保留 {held}、新規 {new}、未確認のツール {unvetted}",
    Id.STATUS_WAY_OUT: "サーバーを組み合わせると、非公開データが外へ出る経路ができます:",
    Id.DOCTOR_NO_PINS: "定義: まだ使ったサーバーはありません。",
    Id.DOCTOR_PINS: "定義: 確認待ちはありません。初回利用で固定した未確認のツールは {unvetted} 件です。",
    Id.DOCTOR_PINS_WAIT: "定義: {waits} 件が確認待ちです。初回利用で固定した未確認のツールは {unvetted} 件です。\n"
    "内容を見て判断してください: sekisho review",
    Id.REVIEW_NOBODY: "まだ使われたサーバーはありません。",
    Id.REVIEW_NOTHING: "確認待ちのものはありません。",
    Id.REVIEW_COUNTS: "保留 {held}、確認待ち {waits}。承認済み: 初回利用 {first}、人による {seen}",
    Id.REVIEW_SET_ASIDE: "使用停止中: {reason}",
    Id.REVIEW_UNSEEN: "初回利用で承認され、まだ誰も見ていないもの({count} 件):",
    Id.REVIEW_HOW: "--approve か --refuse で判断します。--only 名前 で一つだけ選べます。",
    Id.REVIEW_ASK: "上に表示した {count} 件を承認するには次を入力: {word}",
    Id.REVIEW_ASK_REFUSE: "上に表示した {count} 件を拒否するには次を入力: {word}",
    Id.REVIEW_DONE: "{count} 件を承認しました。実行中のセッションにも 1 秒以内に反映されます。",
    Id.REVIEW_TURNED_DOWN: "{count} 件を拒否しました。表示されないままです。",
    Id.REVIEW_STALE: "サーバーの内容がその間に変わったため、何も決めていません。\n"
    "もう一度確認してください: sekisho review",
    Id.REVIEW_UNKNOWN: "{server} という名前のサーバーは使われていません。\n名前の一覧: sekisho review",
    Id.REVIEW_SEVERAL: "{server} に当てはまるサーバーが複数あります。正式な名前を指定してください。\n候補: {servers}",
    Id.REVIEW_NO_SUCH_NAME: "{name} という名前の確認待ちはありません。",
    Id.RELEASE_ASK: "これだけを承認するには次を入力: {word}",
    Id.RELEASE_UNKNOWN: "チケット {ticket} は確認待ちの定義のものではありません。\n内容の確認: sekisho why {ticket}",
    Id.RELEASE_EXPIRED: "チケット {ticket} は 30 日を過ぎたため使えません。\n確認待ちの一覧: sekisho review",
    Id.RELEASE_GONE: "チケット {ticket} の対象はもう確認待ちではありません。\n確認待ちの一覧: sekisho review",
    Id.QUARANTINE_DONE: "使用停止: {server}\n以後、このサーバーのものは何も通りません。",
    Id.QUARANTINE_ALREADY: "すでに使用停止中です: {server}\n理由: {reason}",
    Id.QUARANTINE_NOT: "使用停止ではありません: {server}",
    Id.QUARANTINE_ASK: "{server} は使用停止中です: {reason}\n再び使うには次を入力: {word}",
    Id.QUARANTINE_LIFTED: "使用を再開しました: {server}",
    Id.PIN_IMPORT_ASK: "{count} 件の定義を取り込むには次を入力: {word}",
    Id.PIN_IMPORT_DONE: "{count} 台のサーバーについて取り込みました。",
    Id.PIN_IMPORT_UNREADABLE: "{file} はピンの書き出しではありません: {problem}\n書き出し方法: sekisho pin export",
    Id.PIN_DIFF_TITLE: "定義の比較   {before} - {after}",
    Id.PIN_DIFF_SAME: "違いはありません。",
    Id.PIN_DIFF_COUNTS: "保留 {held}、確認待ち {waits}、中立 {neutral}",
    Id.PIN_DIFF_NOT_COMPARED: "{path} に含まれないため比べていません: {members}。",
    Id.PIN_DIFF_MORE: "ほか {count} 件(すべて見るには --json)",
    Id.PIN_HELD: "保留",
    Id.PIN_WAITS: "確認待ち",
    Id.PIN_NEUTRAL: "中立",
    Id.PIN_ADDED: "追加",
    Id.PIN_REMOVED: "削除",
    Id.PIN_CHANGED: "変更",
    Id.PIN_RENAMED: "名前の変更(以前は {name})",
    Id.PIN_SPLIT: "{name} から分かれたもの",
    Id.PIN_WHY_NEW: "まだ誰も承認していません。",
    Id.PIN_WHY_FINDING: "規則の指摘があります: {detail}",
    Id.PIN_WHY_STEERS: "モデルを誘導しうる文が加わりました: {detail}",
    Id.PIN_WHY_INSTRUCTIONS: "サーバーの instructions が変わりました。これはモデルを導くための文章です。",
    Id.PIN_WHY_PARAMETER_REMOVED: "引数がなくなりました。",
    Id.PIN_WHY_PARAMETER_REQUIRED: "これまで不要だった引数が必須になりました。",
    Id.PIN_WHY_HINT_LOOSER: "ヒントの変更により、ホストの確認が減るおそれがあります。",
    Id.PIN_WHY_HINT_STRICTER: "ヒントの変更により、ホストの確認が増えます。",
    Id.PIN_WHY_MEANING_TURNED: "否定、限定、義務を表す語だけが増減しました。",
    Id.PIN_WHY_TEXT: "文章が変わりました。",
    Id.PIN_WHY_VALUE: "値、名前、またはスキーマが変わりました。",
    Id.PIN_WHY_UNREADABLE: "比べられなかったため、最も厳しく扱います。",
    Id.PIN_WHY_SAME_VERSION: "パッケージのバージョンは変わっていません。",
    Id.PIN_WHY_OTHER_PACKAGE: "パッケージの中身が変わったのに、バージョンは変わっていません。",
    Id.PIN_WHY_OTHER_VERSION: "読み込まれるコードのバージョンが変わったか、増減しました。",
    Id.PIN_WHY_OTHER_PROGRAM: "別のプログラムが実行されます。",
    Id.PIN_WHY_LOADER_VARIABLE: "コードを読み込ませる環境変数が増減したか、変わりました。",
    Id.PIN_WHY_OTHER_FOLDER: "起動するフォルダーが変わり、そこからもコードを探します。",
    Id.PIN_WHY_CODE_UNREAD: "以前は読めたコードが、今は読めません。",
    Id.PIN_WHY_GENERATION_GONE: "サーバーがプロトコルの世代を提供しなくなりました: {detail}",
    Id.PIN_WHY_REMOVED: "なくなりました。",
    Id.PIN_WHY_RENAMED: "なくなった {detail} と同じ文章です。",
    Id.PIN_WHY_SPLIT: "{detail} の文章の一部です。",
    Id.PIN_WHY_DUPLICATE: "同じ名前で内容の違う定義が複数あります。",
    Id.PIN_WHY_QUARANTINED: "このサーバーは隔離されています。",
    Id.PIN_WHY_REFUSED: "この文章は確認のうえ拒否されています。",
})  # fmt: skip
