"""The part of the Japanese catalogue about pins."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PINS"]

PINS: Final[Mapping[Id, str]] = MappingProxyType({
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
    Id.PIN_WHY_REMOVED: "なくなりました。",
    Id.PIN_WHY_RENAMED: "なくなった {detail} と同じ文章です。",
    Id.PIN_WHY_SPLIT: "{detail} の文章の一部です。",
    Id.PIN_WHY_DUPLICATE: "同じ名前で内容の違う定義が複数あります。",
    Id.PIN_WHY_QUARANTINED: "このサーバーは隔離されています。",
    Id.PIN_WHY_REFUSED: "この文章は確認のうえ拒否されています。",
})  # fmt: skip
