"""The versions of policy items: what each said, since when, by whose hand. Rows are added, never taken away.

The last version's text is the item itself in 政策库, and a version whose text the next one left as it was
holds none of its own: a history costs the space of what changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from policy_corpus.errors import PolicyItemNotFound
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import ItemStatus, PolicyItem

# What made a version, with its words on screen.
VERSION_EVENTS: dict[str, str] = {
    "load": "载入",
    "create": "新建",
    "reimport": "重新载入",
    "edit": "修改并发布",
    "publish": "发布",
    "review": "开始审核",
    "withdraw": "撤回",
    "reject": "退回",
    "supersede": "标记为已被替代",
    "expire": "标记为已失效",
}
READ_BY_MACHINE = ("load", "reimport")


@dataclass(frozen=True, slots=True)
class Version:
    """One version. edited: paths of what a person changed of what was read from the document."""

    item_id: str
    version: int
    event: str
    status: ItemStatus
    at: datetime
    by: str
    note: str = ""
    edited: tuple[str, ...] = ()


class ItemVersions:
    """The versions in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def number(self, item_id: str) -> int:
        """The number of the last version, 1 for an item that never changed."""
        rows = self._db.query("select max(version) as n from item_versions where item_id = ?", [item_id])
        return int(next(rows)["n"] or 1)

    def all(self, item_id: str) -> list[Version]:
        """Every version, the first one first. Raises PolicyItemNotFound."""
        rows = self._db.query("select * from item_versions where item_id = ? order by version", [item_id])
        return [_version(row) for row in rows] or [self._as_loaded(item_id)]

    def item(self, item_id: str, version: int) -> PolicyItem:
        """What a version said. Raises PolicyItemNotFound for a version that there is not."""
        found = next((one for one in self.all(item_id) if one.version == version), None)
        if found is None:
            raise PolicyItemNotFound(
                f"事项 {item_id} 没有第 {version} 版，可用 huiqi review history 查看各版本"
            )
        rows = self._db.query(
            "select body from item_versions where item_id = ? and version >= ? and body is not null "
            "order by version limit 1",
            [item_id, version],
        )
        body = next((row["body"] for row in rows), None) or self._current(item_id)
        return item_from_json(json.loads(body), found.status)

    def as_read(self, item_id: str) -> PolicyItem:
        """The item as it was last read from its document, before any hand. Raises PolicyItemNotFound."""
        read = [one.version for one in self.all(item_id) if one.event in READ_BY_MACHINE]
        return self.item(item_id, read[-1] if read else 1)

    def record_first(
        self, items: Iterable[PolicyItem], *, by: str, at: datetime, event: str = "load"
    ) -> None:
        """The first version of items that have just been entered; called inside their transaction."""
        rows = (_row(Version(item.id, 1, event, item.status, at, by)) for item in items)
        self._db.table("item_versions").insert_all(rows, pk=("item_id", "version"), ignore=True)

    def record(
        self,
        after: PolicyItem,
        event: str,
        *,
        by: str,
        at: datetime,
        note: str = "",
        edited: Sequence[str] = (),
    ) -> int:
        """Note that an item is about to become `after`; returns the number of the version.

        Called inside the transaction of the change and before it, for what the item says until then is kept.
        """
        if event not in VERSION_EVENTS:
            raise KeyError(event)
        known = self.all(after.id)
        with self._db.atomic():
            if not self._is_recorded(after.id):
                self._db.table("item_versions").insert(_row(known[0]))
            body = self._current(after.id)
            if json.loads(body) != item_to_json(after):
                self._db.execute(
                    "update item_versions set body = ? where item_id = ? and version = ?",
                    [body, after.id, known[-1].version],
                )
            version = Version(
                after.id, known[-1].version + 1, event, after.status, at, by, note, tuple(edited)
            )
            self._db.table("item_versions").insert(_row(version))
        return version.version

    def _is_recorded(self, item_id: str) -> bool:
        return bool(list(self._db.query("select 1 from item_versions where item_id = ? limit 1", [item_id])))

    def _current(self, item_id: str) -> str:
        for row in self._db.query("select body from policy_items where id = ?", [item_id]):
            return str(row["body"])
        raise PolicyItemNotFound(f"政策库中没有编号为 {item_id} 的事项；可用 huiqi search 查找事项编号")

    def _as_loaded(self, item_id: str) -> Version:
        """The first version of an item that was loaded before versions were kept."""
        rows = self._db.query(
            "select status, loaded_at from policy_items join documents on documents.id = document_id "
            "where policy_items.id = ?",
            [item_id],
        )
        for row in rows:
            at = datetime.fromisoformat(row["loaded_at"])
            return Version(item_id, 1, "load", ItemStatus(row["status"]), at, "系统")
        raise PolicyItemNotFound(f"政策库中没有编号为 {item_id} 的事项；可用 huiqi search 查找事项编号")


def _version(row: dict[str, str]) -> Version:
    return Version(
        row["item_id"],
        int(row["version"]),
        row["event"],
        ItemStatus(row["status"]),
        datetime.fromisoformat(row["at"]),
        row["by"],
        row["note"],
        tuple(json.loads(row["edited"])),
    )


def _row(version: Version) -> dict[str, str | int | None]:
    return {
        "item_id": version.item_id,
        "version": version.version,
        "event": version.event,
        "status": version.status.value,
        "body": None,
        "at": version.at.isoformat(timespec="seconds"),
        "by": version.by,
        "note": version.note,
        "edited": json.dumps(list(version.edited), ensure_ascii=False),
    }
