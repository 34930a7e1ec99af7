"""What is said about a configuration, in Japanese; see `english_settings.py`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SETTINGS"]

SETTINGS: Final[Mapping[Id, str]] = MappingProxyType({
    Id.CONFIG_PLAIN: "空か、ゼロ文字を含んでいます\nゼロ文字のない文字列を書いてください。",
    Id.CONFIG_ADDRESS: "サーバーのアドレスではありません\n"
    "http:// か https:// で始まる、空白のないものを書いてください。",
    Id.CONFIG_ALIAS: "サーバーにこの名前は付けられません\n"
    "英小文字で始め、a-z、0-9、'-' を 23 文字まで続けます。sekisho は使えません。",
    Id.CONFIG_FOLDER: "一覧に書けるフォルダーではありません\n/ か ~ から書いてください。例: ~/src",
    Id.CONFIG_HOST: "ホストではありません\n"
    "名前だけか、ポートを付けて書いてください。例: api.github.com、wiki.corp:8443",
    Id.CONFIG_PROGRAM: "プログラムではありません\n引数のない名前を書いてください。例: git",
    Id.CONFIG_HEADER: "ヘッダーの名前ではありません\n英数字と '-' で書いてください。例: X-Team",
    Id.CONFIG_HEADER_VALUE: "ヘッダーには入れられない文字列です\n表示できる ASCII 文字を 1 行で書いてください。",
    Id.CONFIG_VARIABLE: "変数の名前ではありません\n'=' とゼロ文字のない名前を書いてください。",
    Id.CONFIG_TEXT: "引用符で囲んだ文字列が必要です\n例: {example}",
    Id.CONFIG_VALUE: "文字列、数、true か false が必要です\n例: {example}",
    Id.CONFIG_MEANING: "この意味はありません\n"
    "path url host command argument word sql sql-name cypher resource pattern text",
    Id.CONFIG_TEXTS: "文字列のリストが必要です\n例: {example}",
    Id.CONFIG_PAIRS: "文字列のテーブルが必要です\n例: {example}",
    Id.CONFIG_TABLE: "テーブルが必要です\n次のような行の下にキーを書いてください: [{example}]",
    Id.CONFIG_WHOLE: "{low} から {high} までの整数が必要です\n引用符なしで書いてください。",
    Id.CONFIG_CHOICE: "次のどれかが必要です: {known}\nどれかを引用符で囲んで書いてください。",
    Id.CONFIG_CHOICE_NEAR: "次のどれかが必要です: {known}\n{nearest} のことですか。引用符で囲んで書いてください。",
    Id.CONFIG_EMPTY: "このリストは空にできません\n例: {example}",
    Id.CONFIG_UNKNOWN: "ここにこのキーはありません\n使えるキー: {known}",
    Id.CONFIG_UNKNOWN_NEAR: "ここにこのキーはありません\n{nearest} のことですか。使えるキー: {known}",
    Id.CONFIG_NOT_YET: "まだ設定できません。この版の Sekisho には従う仕組みがありません\n"
    "対応する版が出るまで取り除いてください。",
    Id.CONFIG_APART: "{other} と一緒には書けません\nどちらかを取り除いてください。",
    Id.CONFIG_NEITHER: "このサーバーには command も url もありません\n"
    "プログラムと引数のリスト command か、url を書いてください。",
    Id.CONFIG_NEWER: "このファイルは版 {found} ですが、この Sekisho が読めるのは版 {known} までです\n"
    "Sekisho を更新するか、版 {known} の形で書いてください。",
    Id.CONFIG_SYNTAX: "TOML として読めません: {problem}\nこの場所か、少し前を直してください。",
    Id.CONFIG_TOO_DEEP: "入れ子が深すぎて読めません\n平らに書いてください。深い入れ子が要る設定はありません。",
    Id.CONFIG_TOO_LARGE: "ファイルが {limit} バイトを超えています\n正しいファイルか確かめ、短くしてください。",
    Id.CONFIG_NOT_UTF8: "UTF-8 ではありません\nUTF-8 で保存してください。",
    Id.CONFIG_MISSING: "このファイルはありません\n名前を確かめるか、ファイルを作ってください。",
    Id.CONFIG_UNREADABLE: "ファイルを読めません: {problem}\nファイルとフォルダーの権限を確かめてください。",
    Id.CONFIG_NOT_PLAIN: "通常のファイルではありません\n通常のファイルを指定してください。",
    Id.CONFIG_FOREIGN: "別のユーザー(uid {uid})のファイルです\n"
    "中身を確かめてから、ご自分のものとしてコピーしてください。",
    Id.CONFIG_WRITABLE: "他のユーザーがこのファイルに書き込めます(モード {mode})\n"
    "中身を確かめてから、chmod go-w で権限を取り除いてください。",
    Id.CONFIG_FOLDER_WRITABLE: "他のユーザーが {folder} に書き込めるため(モード {mode})、ファイルをすり替えられます\n"
    "ご自分のフォルダーへ移すか、その権限を取り除いてください。",
    Id.CONFIG_NO_SERVERS: "このファイルにサーバーがありません\n[servers.NAME] の下に command か url を書いてください。",
    Id.CONFIG_LEFT_OUT: "このプロジェクトのファイルは未承認のため、除きました\n"
    "中身を確かめてから実行してください: sekisho allow project {file}",
    Id.CONFIG_OVERRULED: "{other} がすでに定めているため、除きました\n"
    "ここから取り除くか、そのファイルの管理者に相談してください。",
    Id.CONFIG_LOOSER: "より厳しい値 {holds} が有効なため、除きました\nここから取り除くか、有効な方を変えてください。",
    Id.CONFIG_ADDRESS_UNCLEAR: "このアドレスは使えません: {problem}\nアドレスを直してください。",
    Id.CONFIG_CHECKED: "誤りはありません。設定 {settings} 件、サーバー {servers} 件。",
    Id.CONFIG_NOTHING: "ここでは何も設定されていません。既定のまま動きます。",
    Id.CONFIG_RELOADED: "設定を反映しました: サーバー {servers} 件、新規・変更 {fresh} 件、削除 {gone} 件。",
    Id.CONFIG_RELOAD_KEPT: "変更された設定は使えません。これまでの設定のまま続けます。\n"
    "直して保存すれば、すぐに読み直します。",
    Id.CONFIG_RELOAD_LIMITS: "上限値の変更は、次の起動から有効です。",
    Id.REFUSED_PARAMETER_FORBIDDEN: "設定でこの引数は禁止されています。\n"
    "必要なら use を変えてください。場所は sekisho config show で分かります。",
    Id.REFUSED_VALUE_NOT_ALLOWED: "設定で許可されたこの引数の値に含まれていません。\n"
    "必要なら allow に加えてください。場所は sekisho config show で分かります。",
    Id.REFUSED_MEMBER_UNDECLARED: "スキーマにない項目で、設定で拒否されています。\n"
    "必要なら undeclared を変えてください。場所は sekisho config show で分かります。",
    Id.REFUSED_BUDGET_RATE: "この時間内に許された回数を使い切りました。\n"
    "拒否の文にある時間だけ待ってください。場所は sekisho config show で分かります。",
    Id.REFUSED_BUDGET_CALLS: "この会話で許された回数を使い切りました。\n"
    "新しい会話を始めてください。設定の場所は sekisho config show で分かります。",
    Id.REFUSED_BUDGET_SIZE: "引数が設定で許された長さを超えています。\n"
    "一度に送る量を減らしてください。場所は sekisho config show で分かります。",
    Id.REFUSED_TOOL_NOT_ALLOWED: "設定で許可されたこのサーバーのツールに含まれていません。\n"
    "必要なら tools.allow に加えてください。場所は sekisho config show で分かります。",
    Id.SAMPLING_NO_CHANNEL: "{server} がモデルの回答を求めましたが、ホストが確認を表示できないため拒否しました。\n"
    "対処は sekisho why でわかります。",
    Id.REFUSED_SAMPLING_REFUSED: "サーバーがモデルの回答を求め、確認で拒否されました。\n"
    "対応は不要です。必要な場合は、ツールをもう一度使い、確認で許可してください。",
    Id.REFUSED_SAMPLING_UNANSWERED: "サーバーがモデルの回答を求め、確認に 10 分以内の有効な回答がありませんでした。\n"
    "ツールをもう一度使い、三つの選択肢のどれかを選んでください。",
    Id.REFUSED_SAMPLING_SILENCED: "許可のない確認が三回あったため、この会話ではもう確認せず拒否します。\n"
    "新しい会話を始めるか、questions.sampling を設定してください。",
    Id.REFUSED_SAMPLING_NO_CHANNEL: "ホストが確認の表示(elicitation)に対応していません。\n"
    'ホスト自身が確認するなら questions.sampling = "allow" を設定してください。',
    Id.REFUSED_SAMPLING_TOO_MANY: "未回答の確認が五つあるか、待つ内容が 4 MB を超えました。\n"
    "未回答の確認に答えてから、ツールをもう一度使ってください。",
    Id.ALLOW_NEEDS_PERSON: "許可できるのは人だけです。\n"
    "ご自身で開いた端末でこのコマンドを実行してください。",
    Id.ALLOW_NOT_TYPED: "変更していません。入力する語は {word} です。",
    Id.ALLOW_PROJECT_SHOWS: "{file} の設定:",
    Id.ALLOW_PROJECT_ASK: "ファイルが変わらない限りすべて有効にするには、入力してください: {word}",
    Id.ALLOW_PROJECT_DONE: "今の内容で許可しました: {file}",
    Id.ALLOW_PROJECT_ALREADY: "今の内容はすでに許可されています: {file}",
    Id.ALLOW_PROJECT_UNKNOWN: "この場所で許可されたものはありません: {file}",
    Id.ALLOW_PROJECT_WITHDRAWN: "許可を取り消しました: {file}",
})  # fmt: skip
