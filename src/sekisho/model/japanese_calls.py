"""The part of the Japanese catalogue about refused calls."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.call_ids import CallId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CALLS"]

CALLS: Final[Mapping[Id, str]] = MappingProxyType({
    Id.WHY_VALUE: "値",
    Id.WHY_VALUE_KEPT: "保存していません(記録にあるのは鍵付きダイジェストのみ)",
    Id.WHY_TITLE: "内容",
    Id.WHY_FIX: "修正",
    Id.WHY_RIGHT: "正しい",
    Id.WHY_RIGHT_NOTHING: "何もする必要はありません",
    Id.WHY_WRONG: "誤り",
    Id.WHY_WRONG_RELEASE: "sekisho release {ticket}  (1 回、10 分以内)",
    Id.WHY_NEVER: "解除不可: Sekisho とホストの設定、自動実行されるファイルは開けません",
    Id.WHY_ALWAYS: "毎回",
    Id.RELEASE_CALL_SHOWS: "{server} の {tool} の呼び出しを 1 回だけ、\n"
    "拒否されたものと同じ引数で、{minutes} 分以内に通します。",
    Id.RELEASE_CALL_UNSEEN: "引数は Sekisho に保存されていません。ホストの画面で呼び出しを確認してください。",
    Id.RELEASE_RESULT_SHOWS: "{server} の {tool} の結果を 1 回だけモデルに渡します。\n"
    "{minutes} 分以内に同じ呼び出しが繰り返されたときです。",
    Id.RELEASE_RESULT_UNSEEN: "結果はここには表示しません。先に元のデータを確認してください。\n"
    "モデルへの命令が書かれていても、印は付きません。",
    Id.RELEASE_CALL_ASK: "通すには次を入力: {word}",
    Id.RELEASE_CALL_DONE: "{until} まで有効です。エージェントに同じ呼び出しを繰り返させてください。",
    Id.RELEASE_CALL_USED: "チケット {ticket} は解除済みで、使えるのは 1 回だけです。\n"
    "再び拒否されたら新しいチケットがあります: sekisho why",
    Id.RELEASE_CALL_NEVER: "チケット {ticket} の規則 {rule} は誰にも解除できません。\n"
    "ファイルはエージェントを介さず自分で編集してください。",
    Id.ALLOW_TOOL_SHOWS: "{until} まで、{server} の {tool} では引数にかかわらず規則 {rule}({title})を適用しません。",
    Id.ALLOW_TOOL_ASK: "これを認めるには次を入力: {word}",
    Id.ALLOW_TOOL_DONE: "{until} まで認めました。取り消し:\n"
    "sekisho allow {tool} --rule {rule} --withdraw",
    Id.ALLOW_TOOL_WITHDRAWN: "取り消しました: {server} の {tool} の規則 {rule}",
    Id.ALLOW_TOOL_NONE: "{server} の {tool} の規則 {rule} は認められていません",
    Id.ALLOW_TOOL_UNKNOWN: "{name} は Sekisho が見たサーバーのツールではありません。\n"
    "sekisho why の表示どおり SERVER.TOOL と書いてください。",
    Id.ALLOW_TOOL_NO_RULE: "{rule} は呼び出しの規則ではありません。\n"
    "一覧: sekisho explain",
    Id.ALLOW_TOOL_NEVER: "{rule} は期間を決めて認めることができません(致命的、またはファイルの保護)。\n"
    "1 回の呼び出しの解除: sekisho why",
    Id.ALLOW_TOOL_WHEN: "{text} は 1h から 90d までの期間ではありません。\n"
    "30d のように数字と h か d で書いてください。",
    Id.ALLOW_TOOL_REASON: "例外には --rule、--expires、--reason が必要です。\n"
    "例: sekisho allow tool --help",
    Id.ALLOW_LIST_NONE: "認められた例外はありません。",
    Id.ALLOW_LIST_LINE: "{server} の {tool}、{until} まで: {reason}",
    Id.EXPLAIN_NO_SERVER: "サーバーの名前か、-- の後に起動コマンドを書いてください。\n"
    "例: sekisho explain server --help",
    Id.EXPLAIN_NO_TOOL: "{server} のツール {tool} はまだ見ていません。\n"
    "Sekisho 経由で一度使うか、一覧を確認してください: sekisho pin list",
    Id.EXPLAIN_NO_OBJECT: "--arguments には JSON オブジェクトを 1 つ指定してください。\n"
    "例: sekisho explain call --help",
    Id.EXPLAIN_DOES: "動作: {does}",
    Id.EXPLAIN_NO_PARAMETERS: "引数なし",
    Id.EXPLAIN_BY_LOOK: "値の見た目だけで判断",
    Id.EXPLAIN_GIVEN: "引数と、それぞれが意味しうるもの",
    Id.EXPLAIN_MEANS_NOTHING: "判定対象なし",
    Id.EXPLAIN_REFUSED: "この呼び出しは拒否されます。",
    Id.EXPLAIN_PASSES: "この呼び出しに異議はありません。",
    Id.SERVER_NAME: "サーバー",
    Id.SERVER_HOW: "把握",
    Id.SERVER_HOW_CONFIGURED: "起動方法のすべて(設定に記載)",
    Id.SERVER_HOW_WRITTEN: "起動方法のすべて(コマンドで指定)",
    Id.SERVER_HOW_SEEN: "プログラムとフォルダーのみ(引数は保存されない)",
    Id.SERVER_FOLDERS: "フォルダー",
    Id.SERVER_FOLDERS_REMOTE: "ファイルは別のマシンにあり見えない",
    Id.SERVER_ROOTS_LAUNCH: "起動コマンドか環境変数で指定",
    Id.SERVER_ROOTS_CWD: "指定がないため作業フォルダー",
    Id.SERVER_ROOTS_SETTINGS: "設定ファイルの一覧",
    Id.SERVER_HOSTS_ONLY: "これだけ。設定ファイルの一覧",
    Id.SERVER_PROGRAMS: "プログラム",
    Id.SERVER_ROOTS_NONE: "なし(認証情報とシステムのファイルなどを拒否)",
    Id.SERVER_LEFT_OUT: "除外",
    Id.SERVER_LEFT_OUT_WHY: "認証情報を含むか、すべてを含み、プロジェクトのファイルだけが指定",
    Id.SERVER_HOSTS: "ホスト",
    Id.SERVER_HOSTS_LINE: "起動コマンドで指定。ほかは公開アドレスのみ",
    Id.SERVER_HOSTS_PUBLIC: "指定がないため公開アドレスのみ",
    Id.SERVER_HOSTS_PROXY: "不明なホスト",
    Id.SERVER_HOSTS_PROXY_ALLOWED: "設定ファイルで許可。名前解決はプロキシが行う",
    Id.SERVER_ASKS: "質問",
    Id.SERVER_ASKS_SAMPLING_ASK: "モデルへは本人が認めた場合のみ",
    Id.SERVER_ASKS_SAMPLING_ALLOW: "モデルへはホストが認める場合",
    Id.SERVER_ASKS_SAMPLING_REFUSE: "モデルへは不可",
    Id.SERVER_ASKS_ELICITATION_ALLOW: "本人へはフォームとページで",
    Id.SERVER_ASKS_ELICITATION_REFUSE: "本人へは不可",
    Id.SERVER_ASKS_ROOTS_ALLOW: "フォルダーは上記の範囲で",
    Id.SERVER_ASKS_ROOTS_REFUSE: "フォルダーは不可",
    Id.SERVER_KEY: "秘密",
    Id.SERVER_ARGUMENT: "引数 {number}",
    Id.SERVER_VARIABLE: "環境変数 {name}",
    Id.SERVER_WORDS: "対象",
    Id.SERVER_DEFINITIONS: "承認",
    Id.SERVER_STANDING: "本人 {seen} 件、初回利用時 {first} 件、保留 {held} 件、確認待ち {waits} 件",
    Id.LOG_REFUSED: "拒否: {who} の {what}「{rule}」。理由: sekisho why {ticket}",
    Id.LOG_REFUSED_PLAINLY: "拒否: {who} の {what}「{rule}」。",
    Id.LOG_TURNED_AWAY: "内容を読まずに拒否:「{rule}」。",
    Id.LOG_MORE: "ほかに {count} 回、内容を読まずに拒否:「{rule}」。",
    Id.LOG_LEFT_OUT: "ほかに {count} 件の拒否があります。確認: sekisho audit tail --verdict deny",
})  # fmt: skip
