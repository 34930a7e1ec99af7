"""The catalogue in Japanese: the ids and placeholders of the English one, worded for who reads it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.japanese_pins import PINS
from sekisho.model.japanese_settings import SETTINGS
from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["JAPANESE"]

JAPANESE: Final[Mapping[Id, str]] = MappingProxyType({
    **SETTINGS,
    **PINS,
    Id.ERROR: "{what}\n場所: {where}\n対処: {next}",
    Id.INTERNAL_ERROR: "Sekisho の内部でエラーが起きたため({kind})、リクエストを拒否しました。\n"
    "次の出力を添えてご報告ください: sekisho doctor",
    Id.PINS_FIRST_USE: "{server}: 初回利用で {count} 件の定義を承認しました(未確認)。\n"
    "確認: sekisho review",
    Id.PINS_CHANGED: "{server}: {count} 件の定義が変わりました。確認するまで、承認済みのものを使い続けます。\n"
    "内容を見て判断してください: sekisho review",
    Id.PINS_HELD: "{server}: {count} 件の定義を保留しました: {rule}\n"
    "内容を見て判断してください: sekisho review",
    Id.CODE_CHANGED: "{server} のコードのバージョンまたは起動場所が変わりました。実行は続けています。\n"
    "内容を見て判断してください: sekisho review",
    Id.CODE_HELD: "{server} を、実行しようとしたコードのために停止しました: {rule}\n"
    "内容を見て判断してください: sekisho review",
    Id.CODE_NOTED: '{server} は、まだ承認されていないコードで動いています: {rule}(code = "note" のため続けます)\n'
    "内容を見て判断してください: sekisho review",
    Id.SERVE_LISTENING: "{url} で {server} への接続を待っています。Ctrl-C で停止します。",
    Id.SERVE_WIDE_BIND: "{host} は他のマシンから接続できるため、OAuth が必要です。\n"
    "--host 127.0.0.1 を使ってください。",
    Id.DOCTOR_TITLE: "関所 Sekisho {version}、Python {python}、{system}",
    Id.DOCTOR_OK: "正常",
    Id.DOCTOR_LOOK: "注意",
    Id.DOCTOR_FAIL: "異常",
    Id.DOCTOR_SYSTEM: "OS {system}: 検証済みです。",
    Id.DOCTOR_UNTESTED: "{system}: 対応はしていますが未検証です。検証済みなのは Linux です。",
    Id.DOCTOR_PYTHON: "Python {version}: {path}(実行中)",
    Id.DOCTOR_STATE: "状態ディレクトリ {path}: 本人専用、書き込み可。",
    Id.DOCTOR_KEY: "封印鍵 {path}: 本人専用。",
    Id.DOCTOR_NO_KEY: "封印鍵: まだありません。最初にゲートウェイを起動したときに作られます。",
    Id.DOCTOR_AUDIT: "監査記録 {path}: {events} 件、改ざんなし。",
    Id.DOCTOR_AUDIT_BROKEN: "監査記録: 改ざんまたは欠落の形跡が {count} 件あります。\n"
    "場所の確認: sekisho audit verify",
    Id.DOCTOR_HALTED: "{since} から全面停止中で、すべて拒否しています。\n"
    "再開: sekisho resume",
    Id.DOCTOR_NOT_HALTED: "全面停止: していません。",
    Id.DOCTOR_BROKER: "ブローカー: プロセス {pid} が応答しています。開いているエントリは {entries} 件です。",
    Id.DOCTOR_NO_BROKER: "ブローカー: 動いていません。最初の sekisho run --entry が起動します。",
    Id.DOCTOR_BROKER_SILENT: "ブローカー: 応答がありません({problem})。\n"
    "{path} を確認してから終了してください。新しいものはエントリが起動します。",
    Id.STATUS_BROKER: "ブローカー: プロセス {pid}、バージョン {version}、{since} から",
    Id.STATUS_ENDING: "実行中の呼び出しが終わると終了します。名前は新しいブローカーが引き継いでいます。",
    Id.STATUS_AUDIT: "監査記録: {writer}、封印済み {sealed} 件",
    Id.STATUS_ENTRIES: "エントリ: {count} 件",
    Id.STATUS_ENTRY: "プロセス {relay}、{since} から、会話 {conversation}",
    Id.STATUS_CONVERSATIONS: "会話: {count} 件",
    Id.STATUS_CONVERSATION: "{host}、{since} から、開いているエントリ {entries} 件",
    Id.DOCTOR_PEERS: "ローカル接続: あなたのユーザーだけが接続できます。",
    Id.DOCTOR_NO_PEERS: "ローカル接続: この OS では接続元を確認できません。\n"
    "sekisho serve には --token-file を指定してください。",
    Id.DOCTOR_UVLOOP: "イベントループ: uvloop を使います。",
    Id.DOCTOR_NO_UVLOOP: "イベントループ: uvloop がないため asyncio を使います(遅くなります)。\n"
    "インストール: python -m pip install uvloop",
    Id.DOCTOR_WARDEN: "プロセス: サーバーが切り離したプロセスも一緒に終了します(試験済み)。",
    Id.DOCTOR_RUNAWAY: "プロセス: サーバーが切り離したプロセスが、終了後も残りました。\n"
    "使用後は手動で終了させ、不具合としてご報告ください。",
    Id.DOCTOR_WARDEN_FAILED: "プロセス: サーバーを起動できません: {problem}\n"
    "プロセス数の制限と、python -I -S が起動するかを確認してください。",
    Id.DOCTOR_NO_WARDEN: "プロセス: サーバーが残したプロセスを見つけられるのは Linux だけです。\n"
    "使用後は、残ったプロセスがないかご確認ください。",
    Id.DOCTOR_LAUNCHERS: "サーバーの起動用プログラム: {found}。ないもの: {missing}。",
    Id.DOCTOR_ENVIRONMENT: "サーバーに渡す環境変数: {passed} 個(渡さないもの {withheld} 個)。",
    Id.DOCTOR_WITHHELD: "渡さない環境変数: {names}",
    Id.DOCTOR_CODE: "コード: パッケージ {packages} 件、ソース {sources} 件、変数 {variables} 件",
    Id.DOCTOR_CODE_UNREAD: "コード: パッケージ {packages} 件、ソース {sources} 件、変数 {variables} 件。"
    "{unread} 件は読みきれません。\n読めないものは固定できず、変わっても気づけません。",
    Id.DOCTOR_PROGRAM: "プログラム {command}: {path}",
    Id.DOCTOR_URL: "サーバー {url}: 応答あり、リビジョン {revision}。",
    Id.DOCTOR_SILENT: "MCP サーバーとしての応答がありません",
    Id.DOCTOR_DONE: "{total} 項目中 {passed} 項目が正常です。",
    Id.AUDIT_EMPTY: "該当する記録はありません。",
    Id.AUDIT_WAITING: "イベントを待っています。Ctrl-C で停止します。",
    Id.AUDIT_TIME: "時刻",
    Id.AUDIT_EVENT: "イベント",
    Id.AUDIT_VERDICT: "判定",
    Id.AUDIT_SERVER: "サーバー",
    Id.AUDIT_RECORD: "内容",
    Id.AUDIT_NO_EVENT: "イベント {event} はありません。\n最新の一覧: sekisho audit tail",
    Id.AUDIT_SEVERAL: "{event} に当てはまる記録が複数あります。次の正式な名前で指定してください:",
    Id.AUDIT_NOTHING: "まだ記録がないため、検証するものはありません。",
    Id.AUDIT_INTACT: "正常: {writers} プロセスの {events} 件に、改変・欠落・順序の入れ替えはありません。",
    Id.AUDIT_UNSEALED: "末尾の {count} 件はまだ封印されておらず、切り取られても検出できません。",
    Id.AUDIT_BROKEN: "異常: 改ざんまたは欠落の形跡が {count} 件あります。\n"
    "{path} の写しを保管し、次の箇所以降は信用しないでください:",
    Id.AUDIT_NOTES: "参考:",
    Id.AUDIT_NO_KEY: "封印鍵 {path} がないため、封印を検証できません。\nバックアップから復元してください。",
    Id.AUDIT_UNREADABLE: "監査記録を読めません: {path}: {problem}\n"
    "ディレクトリの権限とディスクを確認してください。",
    Id.AUDIT_EXPORT_FILE: "audit export は端末には出力しません(ファイルやプログラム向けです)。\n"
    "出力先を指定してください: sekisho audit export > audit.jsonl",
    Id.HALT_DONE: "全面停止しました。再起動後もすべて拒否します。再開: sekisho resume",
    Id.HALT_ALREADY: "{since} からすでに全面停止中です。",
    Id.HALT_FAILED: "停止できませんでした。{path} を作成できません: {problem}\n"
    "ゲートウェイを直接終了し、ディスクを確認してください。",
    Id.RESUME_ASK: "{since} から停止中です。再開するには次の語を入力してください: {word}",
    Id.RESUME_NOT_TYPED: "変更していません(停止中のままです)。入力する語は {word} です。",
    Id.RESUME_DONE: "再開しました。リクエストは再び通過します。",
    Id.RESUME_FAILED: "停止中のままです。{path} を削除できません: {problem}\n"
    "そのファイルを確認し、ご自身で削除してください。",
    Id.RESUME_NOT_HALTED: "停止中のものはありません。",
    Id.RESUME_NO_TERMINAL: "実行しません: 端末から実行されていません。",
    Id.RESUME_AGENT: "実行しません: エージェントを動かす {name}(プロセス {pid})から起動されています。",
    Id.RESUME_VARIABLE: "実行しません: 環境変数 {name} から、エージェントによる起動と判断しました。",
    Id.RESUME_UNSEEN: "実行しません: どのプロセスから起動されたかを確認できません。",
    Id.RESUME_NEEDS_PERSON: "再開できるのは人だけです。\n"
    "ご自身で開いた端末で sekisho resume を実行してください。",
    Id.WHY_NONE: "拒否したものはありません。",
    Id.WHY_NO_TICKET: "チケット {ticket} はありません。\n直近の拒否: sekisho why",
    Id.WHY_REFUSED: "拒否",
    Id.WHY_TICKET: "チケット {ticket}",
    Id.WHY_RULE: "規則",
    Id.WHY_PLACE: "箇所",
    Id.WHY_NAME: "名前",
    Id.WHY_MEANS: "意味",
    Id.WHY_NEXT: "対処",
    Id.WHY_MORE: "詳細",
    Id.REFUSED_BY_RULE: "この規則により拒否されました。\n"
    "正しい拒否なら何もしなくて結構です。誤りなら、下の記録を添えてご報告ください。",
    Id.REFUSED_RULE_FAILED: "判定中に規則の内部でエラーが起きました。エラー時は必ず拒否します。\n"
    "次の出力を添えてご報告ください: sekisho doctor",
    Id.REFUSED_MALFORMED_JSON: "メッセージが JSON でないか、読み手によって解釈が分かれるものでした。\n"
    "送信元のプログラムを更新するか、作者に報告してください。",
    Id.REFUSED_DUPLICATE_KEY: "同じキーが 2 度ありました。どちらが有効かは読み手によって異なります。\n"
    "値を隠すために使われることがあります。送信元の作者に報告してください。",
    Id.REFUSED_INTEGER_RANGE: "64 ビットに収まらない整数で、途中で値が変わってしまいます。\n"
    "文字列で送るようにしてください。",
    Id.REFUSED_TOO_LARGE: "メッセージが上限より大きいものでした。\n"
    "一度に求める量を減らしてください。",
    Id.REFUSED_TOO_DEEP: "メッセージの入れ子が上限より深いものでした。\n"
    "送信元のプログラムを更新するか、作者に報告してください。",
    Id.REFUSED_TOO_MANY_MEMBERS: "メッセージの要素が上限を超えていました。\n"
    "一度に求める量を減らしてください。",
    Id.REFUSED_INVALID_MESSAGE: "JSON ではあるものの、JSON-RPC のメッセージではありませんでした。\n"
    "送信元のプログラムを更新するか、作者に報告してください。",
    Id.REFUSED_INVALID_ID: "メッセージの id が、文字列でも 53 ビットの整数でもありませんでした。\n"
    "送信元のプログラムを更新するか、作者に報告してください。",
    Id.REFUSED_BATCH: "複数のメッセージがまとめて届きましたが、このリビジョンでは認められていません。\n"
    "送信元のプログラムを更新するか、作者に報告してください。",
    Id.REFUSED_UNKNOWN_METHOD: "使用中の MCP リビジョンに、このメソッドはありません。\n"
    "必要な機能が使えない場合だけ、古い方を更新してください。",
    Id.REFUSED_DUPLICATE_ID: "処理中のリクエストと同じ id のリクエストが届きました。\n"
    "ホストプログラムの作者に報告してください。",
    Id.REFUSED_CURSOR_NOT_VALID: "カーソルがこの一覧のものでないか、一覧がその後変わりました。\n"
    "ホストが最初から一覧を取り直せば、何もする必要はありません。",
    Id.REFUSED_NOT_LISTED: "その名前のものを載せているサーバーが、設定にありません。\n"
    "ホストで一覧を取り直し、設定のエイリアスを確認してください。",
    Id.REFUSED_INITIALIZED_TWICE: "すでに始まっているセッションを、ホストがもう一度初期化しようとしました。\n"
    "ホストでサーバーに接続し直してください。",
    Id.REFUSED_MIXED_GENERATIONS: "ホストが 1 つのセッションで新旧 2 世代のプロトコルを混ぜて使いました。\n"
    "ホストプログラムの作者に報告してください。",
    Id.REFUSED_NOT_INITIALIZED: "initialize の前にリクエストが届きました。\n"
    "ホストでサーバーに接続し直してください。",
    Id.REFUSED_MISSING_ENVELOPE: "2026-07-28 で必須の _meta がないリクエストでした。\n"
    "ホストプログラムの作者に報告してください。",
    Id.REFUSED_UNSUPPORTED_VERSION: "ホストが要求したプロトコルのリビジョンには対応していません。\n"
    "ホストか Sekisho を更新してください。",
    Id.REFUSED_OLDER_GENERATION: "サーバーのプロトコルが、ホストの求める世代より古いものでした。\n"
    "多くのホストは自動で初期化し直します。しない場合はサーバーを更新してください。",
    Id.REFUSED_REQUEST_STATE_MALFORMED: "リクエストと共に戻ってきた状態が壊れていました。\n"
    "最初からやり直してください。",
    Id.REFUSED_REQUEST_STATE_ALTERED_OR_ELSEWHERE: "戻ってきた状態が、改変されたか別のリクエストのものでした。\n"
    "最初からやり直してください。繰り返す場合はホストの作者に報告してください。",
    Id.REFUSED_REQUEST_STATE_EXPIRED: "リクエストと共に戻ってきた状態の期限が切れていました。\n"
    "最初からやり直してください。",
    Id.REFUSED_REQUEST_STATE_UNKNOWN: "すでに待機を終えた呼び出しに対するリクエストが戻ってきました。\n"
    "クライアントから、状態を付けずにもう一度リクエストを送ってください。",
    Id.REFUSED_QUESTION_UNANSWERED: "サーバーがこのリクエストについて質問しましたが、クライアントが答えませんでした。\n"
    "もう一度リクエストを送り、質問に答えてください。",
    Id.REFUSED_INVALID_PARAMS: "リクエストのパラメーターが足りないか、正しくありません。\n"
    "クライアントの作者に報告してください。",
    Id.REFUSED_HEADER_MISMATCH: "リクエストのヘッダーと本文の内容が食い違っていました。\n"
    "他のプログラムを欺くことがあります。ホストの作者に報告してください。",
    Id.REFUSED_UNKNOWN_REVISION: "サーバーが未知のプロトコルリビジョンで応答しました。\n"
    "Sekisho かサーバーを更新してください。",
    Id.REFUSED_UNKNOWN_RESULT_TYPE: "サーバーが、このメソッドにはない種類の結果を返しました。\n"
    "サーバーの作者に報告してください。",
    Id.REFUSED_UNDECLARED_CAPABILITY: "ホストが対応を表明していないことを、サーバーが求めました。\n"
    "サーバーの作者に報告してください。",
    Id.REFUSED_FOREIGN_HOST: "別のホスト宛てのリクエストでした。Web ページからの可能性があります。\n"
    "sekisho serve が表示したアドレスを使ってください。",
    Id.REFUSED_FOREIGN_ORIGIN: "別のサイトの Web ページが Sekisho に接続しようとしました。\n"
    "そのページを閉じてください。",
    Id.REFUSED_FOREIGN_USER: "このマシンの別のユーザーが接続しようとしました。\n"
    "ご本人なら、そのユーザーで Sekisho を起動してください。",
    Id.REFUSED_TOO_MANY_REQUESTS: "クライアントの要求が serve の上限(毎秒)を超えました。\n"
    "要求を減らすか、serve の --rate を大きくしてください。",
    Id.REFUSED_MISSING_TOKEN: "トークンがないか、違っていました。\n"
    "クライアントの設定のトークンを直してください。",
    Id.REFUSED_HEADER_STEERS: "サーバーの接続先を指定するヘッダーがありました。サーバーには渡しません。\n"
    "クライアントの設定から外してください。必要なら serve の --header で渡します。",
    Id.REFUSED_CONTENT_TYPE: "POST の種類が JSON ではありませんでした。\n"
    "ホストプログラムの作者に報告してください。",
    Id.REFUSED_SLOW_BODY: "リクエストの受信に時間がかかりすぎました。\n"
    "もう一度お試しください。繰り返す場合はネットワークを確認してください。",
    Id.REFUSED_BROKEN_BODY: "リクエストの途中で接続が切れました。\n"
    "もう一度お試しください。繰り返す場合はクライアントを確認してください。",
    Id.REFUSED_HALTED: "全面停止中でした。\n"
    "再開: sekisho resume",
    Id.REFUSED_AUDIT_UNAVAILABLE: "記録できなかったため、通しませんでした。\n"
    "ディスクと状態ディレクトリを確認してください: sekisho doctor",
    Id.REFUSED_SERVER_ANSWER_MALFORMED: "サーバーの応答が不正なため渡しませんでした(実行された可能性あり)。\n"
    "サーバーの作者に報告してください。",
    Id.REFUSED_SERVER_ANSWER_TOO_LARGE: "サーバーの応答が上限を超えたため渡しませんでした(実行された可能性あり)。\n"
    "一度に求める量を減らしてください。",
    Id.REFUSED_DEFINITION_AMBIGUOUS: "サーバーが同じ名前で内容の異なるものを複数公開しています。\n"
    "どれも表示せず、呼び出しもできません。名前を分けるよう開発元に伝えてください。",
    Id.REFUSED_DEFINITION_CHANGED: "承認したときと説明が変わっているため、表示していません。\n"
    "変更を見て判断してください: sekisho review",
    Id.REFUSED_DEFINITION_HELD: "まだ誰も承認していないため、表示せず、呼び出しもできません。\n"
    "内容を見て判断してください: sekisho review",
    Id.REFUSED_DEFINITION_UNLISTED: "サーバーはこの名前のものを公開していないため、問い合わせませんでした。\n"
    "ホストで一覧を読み直してください。一覧にない名前は呼び出せません。",
    Id.REFUSED_DEFINITIONS_TOO_MANY: "サーバーの一覧が判定できる量を超えているため、何も表示していません。\n"
    "これほど多い理由を開発元に確認してください。",
    Id.REFUSED_PACKAGE_CHANGED: "サーバーのコードは、同じバージョンのまま中身が変わったため停止しました。\n"
    '変えた人を確かめて判断: sekisho review(自分で開発中なら設定に code = "note")',
    Id.REFUSED_PROGRAM_CHANGED: "承認時とは別のプログラムが実行されるため、停止しました。\n"
    "何に置き換わったのかを確かめてから判断してください: sekisho review",
    Id.REFUSED_LOADER_VARIABLE_CHANGED: "環境変数により、承認時とは別のコードがサーバーに読み込まれます。\n"
    "誰が設定したのかを確かめて取り除くか、判断してください: sekisho review",
    Id.REFUSED_CODE_UNREAD: "サーバーのコードを時間内に読めなかったため、起動しませんでした。\n"
    "ファイルのあるドライブを確かめてください。次の呼び出しで再度試します。",
    Id.REFUSED_GENERATION_GONE: "サーバーが、以前は話せたプロトコルの世代を話さなくなりました。\n"
    "理由を確かめてから判断してください: sekisho review",
    Id.REFUSED_PINS_UNAVAILABLE: "このサーバーの承認内容を読み書きできないため、何も通しませんでした。\n"
    "理由はホスト側のこのサーバーのログにあります。そのファイルを直してください。",
    Id.REFUSED_SET_ASIDE: "あなたがこのサーバーの使用を止めたため、何も通していません。\n"
    "再び使うには: sekisho quarantine --lift SERVER",
    Id.REFUSED_SERVER_CANNOT_START: "サーバーを起動できなかったため、何も送っていません。\n"
    "原因の確認: sekisho doctor -- サーバーのコマンド",
    Id.REFUSED_SERVER_CHANGED_AFTER_RESTART: "再起動後、サーバーの提供内容が以前と変わっていました。\n"
    "心当たりがあればホストで接続し直し、なければ変更の原因を調べてください。",
    Id.REFUSED_SERVER_CONNECTION_BROKEN: "サーバーとの接続が切れました。実行されたかどうかは不明です。\n"
    "やり直す前に、実行されていないか確認してください。",
    Id.REFUSED_BROKER_LOST: "ブローカーが応答前に終了しました。実行されたかどうかは不明です。\n"
    "やり直す前に、実行の有無を sekisho status などでご確認ください。",
    Id.REFUSED_BROKER_UNAVAILABLE: "エントリのブローカーがいないため、何も送っていません。\n"
    "sekisho doctor と、状態ディレクトリの broker.log をご確認ください。",
    Id.REFUSED_SERVER_EXITED: "サーバーが応答前に終了しました。実行されたかどうかは不明です。\n"
    "次のリクエストで再び起動します。やり直す前に、実行の有無をご確認ください。",
    Id.REFUSED_SERVER_HUNG: "サーバーが応答しなくなり終了させました。実行されたかどうかは不明です。\n"
    "次のリクエストで再び起動します。やり直す前に、実行の有無をご確認ください。",
    Id.REFUSED_INTERNAL_ERROR: "Sekisho 自体に不具合が起きたため、この接続ではすべて拒否します。\n"
    "再起動してください。sekisho doctor の出力を添えてご報告いただけると助かります。",
    Id.REFUSED_SERVER_QUARANTINED: "サーバーの送信量が異常に多いため、隔離しました。\n"
    "作者にお知らせください。ホストで接続し直すと再び試します。",
    Id.REFUSED_SERVER_RESTARTING: "サーバーの再起動中でした。\n"
    "数秒後にもう一度お試しください。",
    Id.REFUSED_SERVER_SESSION_ENDED: "サーバーがセッションを終了しました。\n"
    "もう一度お試しください。ホストが新しいセッションを開きます。",
    Id.REFUSED_SERVER_TIMED_OUT: "サーバーが時間内に応答しませんでした。実行されたかどうかは不明です。\n"
    "やり直す前に、実行されていないか確認してください。",
    Id.REFUSED_SERVER_UNREACHABLE: "サーバーに接続できませんでした。\n"
    "アドレスとネットワークの確認: sekisho doctor --url URL",
    Id.REFUSED_SERVER_WANTS_AUTHORIZATION: "サーバーがログインを求めましたが、Sekisho には認証情報がありません。\n"
    "API キーなどを --header で指定してください。",
    Id.REFUSED_TOO_MANY_OPEN_CALLS: "処理中の呼び出しが多すぎるため、送りませんでした。\n"
    "他の処理が終わってから、もう一度お試しください。",
    Id.EXECUTABLE_MISSING: "プログラム {command} が PATH にありません。\n"
    "インストールするか、名前を直すか、絶対パスで指定してください。",
    Id.EXECUTABLE_FORBIDDEN: "{path} を実行できません: {problem}\n"
    "実行権限と、そのディスクで実行が許されているかを確認してください。",
    Id.WORKING_DIRECTORY: "作業ディレクトリ {path} がありません。\n作成するか、--cwd を直してください。",
    Id.PORT_TAKEN: "{host} のポート {port} は使用中です。\n"
    "--port で別のポートを選ぶか、使用中のプログラムを止めてください。",
    Id.PORT_FORBIDDEN: "{host} のポート {port} で待ち受ける権限がありません。\n"
    "--port で 1024 以上のポートを選んでください。",
    Id.ADDRESS_FOREIGN: "{host} はこのマシンのアドレスではありません。\n--host 127.0.0.1 を使ってください。",
    Id.URL_BAD: "{url} はサーバーのアドレスとして正しくありません: {problem}\n例: https://host.example/mcp",
    Id.STATE_FOREIGN: "状態ディレクトリ {path} の所有者は uid {owner} で、あなたではありません。\n"
    "移動するか所有者を直してください。何も書き込んでいません。",
    Id.STATE_OPEN: "状態ディレクトリ {path} に他のユーザーが入れます(モード {mode})。\n"
    "モードを 700 にしてから、もう一度起動してください。",
    Id.STATE_UNWRITABLE: "{path} に書き込めません: {problem}\nディスクの空きと権限を確認してください。",
    Id.STATE_NEWER: "{path} は新しい版の Sekisho が書いたものです(形式 {found}、この版は {known} まで)。\n"
    "Sekisho を更新してください。何も変更していません。",
    Id.UPSTREAM_UNREACHABLE: "{url} に接続できません: {problem}\n"
    "アドレスとネットワークを確認してください。応答があるまでリクエストは拒否します。",
    Id.UPSTREAM_TLS: "{url} の身元を確認できません: {problem}\n"
    "何も送っていません。証明書、時計、途中のプロキシを確認してください。",
    Id.SERVER_EXITED: "{server} がコード {code} で終了し、処理中のリクエストを拒否しました。\n"
    "最後の出力: {log}",
    Id.SERVER_KILLED: "{server} がシグナル {signal} で終了し、処理中のリクエストを拒否しました。\n"
    "最後の出力: {log}",
    Id.SERVER_KEEPS_EXITING: "{server} が {seconds} 秒間に {count} 回終了したため、もう起動しません。\n"
    "{log} を確認して修正し、Sekisho を再起動してください。",
    Id.SERVER_HUNG: "{server} が {seconds} 秒応答しないため終了させ、リクエストを拒否しました。\n"
    "次のリクエストで再び起動します。",
    Id.SERVER_QUARANTINED: "{server} を隔離しました: {flood}\n"
    "他のサーバーは動いています。作者にお知らせを。Sekisho の再起動で再試行します。",
    Id.FLOOD_LINE: "1 行が {limit} バイトを超えました",
    Id.FLOOD_NOTIFICATIONS: "{kind} 通知が毎秒 {limit} 件を超えました",
    Id.FLOOD_REQUESTS: "{kind} リクエストが毎秒 {limit} 件を超えました",
    Id.FLOOD_ANSWERS: "求めていない応答が {limit} 件を超えました",
    Id.FLOOD_GARBLED: "MCP ではない行が {limit} 行を超えました",
    Id.FLOOD_LIST: "一覧が {limit} 件を超えても終わりません",
    Id.HALTED: "{since} から全面停止中で、すべてのリクエストを拒否しています。\n再開: sekisho resume",
    Id.AUDIT_UNAVAILABLE: "監査記録 {path} に書き込めません: {problem}\n"
    "記録なしでは何も通さず、すべて拒否します。空き容量と権限を確認してください。",
    Id.OVERLOADED: "同時に {limit} 件を超えたため、最後のリクエストを拒否しました。\n"
    "他の処理が終わってから、もう一度送ってください。",
    Id.THE_HOST: "ホスト",
    Id.THE_SERVER: "サーバー",
    Id.MALFORMED_JSON: "拒否: {side}が JSON ではないものを送りました({detail})。\n"
    "そのプログラムを更新するか、作者に報告してください。",
    Id.DUPLICATE_KEY: "拒否: {side}が同じキーを 2 度含むオブジェクトを送りました({detail})。\n"
    "どちらが有効かは読み手によって異なります。作者に報告してください。",
    Id.INTEGER_RANGE: "拒否: {side}が 64 ビットを超える数を送りました({detail})。\n"
    "途中で値が変わってしまいます。文字列で送るようにしてください。",
    Id.TOO_LARGE: "拒否: {side}が送ったメッセージが大きすぎます({detail})。\n一度に求める量を減らしてください。",
    Id.TOO_DEEP: "拒否: {side}が送ったメッセージの入れ子が深すぎます({detail})。\n"
    "そのプログラムの作者に報告してください。",
    Id.TOO_MANY_MEMBERS: "拒否: {side}が送ったメッセージの要素が多すぎます({detail})。\n"
    "一度に求める量を減らしてください。",
    Id.INVALID_MESSAGE: "拒否: {side}が JSON-RPC ではない JSON を送りました({detail})。\n"
    "そのプログラムを更新するか、作者に報告してください。",
    Id.INVALID_ID: "拒否: {side}が送ったメッセージの id が不正です({detail})。\n"
    "そのプログラムを更新するか、作者に報告してください。",
    Id.BATCH: "拒否: {side}が複数のメッセージをまとめて送りました({detail})。\n"
    "そのプログラムを更新するか、作者に報告してください。",
    Id.UNKNOWN_METHOD: "拒否: {side}が使った {method} は、リビジョン {revision} にありません。\n"
    "古い方を更新してください。",
    Id.NOT_INITIALISED: "拒否: initialize の前に {method} が届きました。\n"
    "ホストでサーバーに接続し直してください。",
    Id.UNSUPPORTED_VERSION: "拒否: リビジョン {requested} には対応していません。対応: {supported}\n"
    "古い方を更新してください。",
    Id.FOREIGN_ORIGIN: "拒否: {origin} の Web ページが Sekisho に接続しようとしました。\n"
    "そのページを閉じてください。他のサイトのページは接続できません。",
    Id.FOREIGN_HOST: "拒否: 宛先が {host} のリクエストが届きました。このゲートウェイではありません。\n"
    "クライアントでは {url} を使ってください。",
    Id.FOREIGN_PEER: "拒否: このマシンの別のユーザー(uid {uid})が接続しようとしました。\n"
    "ご本人なら、そのユーザーで Sekisho を起動してください。",
    Id.TOKEN_MISSING: "拒否: トークンのないリクエストです。\n"
    "クライアントから次のヘッダーを送ってください: Authorization: Bearer …",
    Id.TOKEN_WRONG: "拒否: トークンが違います。\nクライアントの設定を直してください。",
    Id.CONTENT_TYPE: "拒否: POST の種類が {type} です。\n"
    "Content-Type: application/json で送ってください。",
    Id.ACCEPT: "拒否: クライアントが {needed} を受け取れません。\n"
    "Accept: application/json, text/event-stream を送るようにしてください。",
    Id.SESSION_UNKNOWN: "拒否: セッション {session} は存在しないか、終了しています。\n"
    "多くのクライアントは自動で再接続します。しない場合は接続し直してください。",
})  # fmt: skip
