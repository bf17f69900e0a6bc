"""操作记录: who did what to what and when, before and after; entries are added, never changed.

Each entry carries the hash of the one before it, so that a change behind the program's back is noticed
(GB/T 22239-2019 安全审计: date and time, user, type, result; records are protected). Values that must not be
repeated, such as passwords or a company's figures in bulk, are never handed to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from service.actors import Actor
from service.store.database import only_writer

# Every kind of entry, with its words on screen.
EVENTS: dict[str, str] = {
    "account.create": "新建账户",
    "account.role": "变更角色",
    "account.disable": "停用账户",
    "account.enable": "启用账户",
    "account.password": "修改口令",
    "account.reset": "重置口令",
    "account.token": "签发接口令牌",
    "account.invite": "发放开通码",
    "session.open": "登录",
    "session.refuse": "登录失败",
    "session.lock": "锁定登录",
    "session.close": "退出登录",
    "audit.export": "导出操作记录",
    "document.load": "载入文件",
    "document.release": "公开文件",
    "document.hide": "停止公开文件",
    "upload.accept": "接收上传",
    "upload.refuse": "拒收上传",
    "upload.retry": "重试上传",
    "upload.attachments": "下载附件",
    "item.create": "新建事项",
    "item.edit": "修改事项",
    "item.publish": "发布事项",
    "item.withdraw": "撤回事项",
    "item.reject": "退回事项",
    "item.review": "开始审核",
    "item.restore": "恢复历史版本",
    "item.discard": "放弃修改",
    "item.supersede": "标记为已被替代",
    "item.expire": "标记为已失效",
    "document.confirm_text": "确认识别文字",
    "enterprise.import": "导入企业",
    "enterprise.edit": "更正企业信息",
    "enterprise.state": "企业填报信息",
    "enterprise.merge": "合并企业",
    "enterprise.split": "拆分企业",
    "enterprise.remove": "删除企业",
    "enterprise.export": "导出企业",
    "enterprise.distinct": "标记为不同企业",
    "dictionary.change": "修改词典与指标",
    "dictionary.export": "导出词典与指标",
    "match.export": "导出全部匹配结果",
    "proposal.accept": "采纳建议",
    "proposal.decline": "不采纳建议",
    "proposal.later": "暂缓处理建议",
    "library.export": "导出政策库",
    "window.roll_over": "续期申报期",
    "link.replace": "更换失效链接",
    "link.dismiss": "不再提示失效链接",
}
_FIELDS = (
    "at",
    "actor",
    "role",
    "address",
    "event",
    "kind",
    "subject",
    "before",
    "after",
    "note",
    "previous",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. before, after: JSON values, None where there is none."""

    id: int
    at: datetime
    actor: str
    role: str
    address: str | None
    event: str
    kind: str
    subject: str
    before: Any
    after: Any
    note: str


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are wanted; empty: any. since, until: first and last moment, ISO."""

    words: str = ""
    event: str = ""
    actor: str = ""
    since: str = ""
    until: str = ""


class AuditLog:
    """The log in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(
        self,
        by: Actor,
        event: str,
        kind: str,
        id: str,
        *,
        at: datetime,
        before: Any = None,
        after: Any = None,
        note: str = "",
    ) -> None:
        """Add an entry; called inside the transaction of the change it tells of. Raises KeyError for an unknown event."""
        if event not in EVENTS:
            raise KeyError(event)
        inside = self._db.conn.in_transaction
        with nullcontext() if inside else only_writer(self._db):
            row: dict[str, str | None] = {
                "at": at.isoformat(timespec="seconds"),
                "actor": by.name,
                "role": by.role.value,
                "address": by.address,
                "event": event,
                "kind": kind,
                "subject": id,
                "before": _packed(before),
                "after": _packed(after),
                "note": note,
                "previous": self._last_hash(),
            }
            self._db.table("audit_log").insert({**row, "hash": _hash_of(row)})

    def _last_hash(self) -> str:
        found = self._db.query("select hash from audit_log order by id desc limit 1")
        return next((row["hash"] for row in found), "")

    def entries(self, wanted: EntryFilter, *, limit: int = 50, offset: int = 0) -> list[Entry]:
        """The newest entries first."""
        where, values = _where(wanted)
        query = f"select * from audit_log where {where} order by id desc limit :limit offset :offset"  # noqa: S608
        return [_entry(row) for row in self._db.query(query, {**values, "limit": limit, "offset": offset})]

    def each(self, wanted: EntryFilter) -> Iterator[Entry]:
        """All entries, oldest first, for an export."""
        where, values = _where(wanted)
        query = f"select * from audit_log where {where} order by id"  # noqa: S608
        return map(_entry, self._db.query(query, values))

    def count(self, wanted: EntryFilter) -> int:
        """How many entries there are."""
        where, values = _where(wanted)
        return int(next(self._db.query(f"select count(*) as n from audit_log where {where}", values))["n"])  # noqa: S608

    def actors(self) -> list[str]:
        """Everyone who has done something, in the order of names."""
        return [row["actor"] for row in self._db.query("select distinct actor from audit_log order by actor")]

    def find_break(self, last: int | None = None) -> int | None:
        """The first entry, of all or of the last so many, that does not fit the one before it; None: all do."""
        newest = next(self._db.query("select max(id) as id from audit_log"))["id"] or 0
        first = max(newest - last, 0) if last is not None else 0
        rows = self._db.query("select * from audit_log where id >= ? order by id", [first])
        previous = next(rows)["hash"] if first else ""
        for number, row in enumerate(rows, first + 1):
            if row["previous"] != previous or row["hash"] != _hash_of(row) or row["id"] != number:
                return number
            previous = row["hash"]
        return None


def _where(wanted: EntryFilter) -> tuple[str, dict[str, str]]:
    tests = {
        "words": "(subject like :words or note like :words or actor like :words or before like :words or after like :words)",
        "event": "event = :event",
        "actor": "actor = :actor",
        "since": "at >= :since",
        "until": "at <= :until",
    }
    values = {name: value for name in tests if (value := getattr(wanted, name))}
    where = " and ".join(tests[name] for name in values) or "1"
    if "words" in values:
        values["words"] = f"%{values['words']}%"
    return where, values


def _packed(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _hash_of(row: dict[str, Any]) -> str:
    body = json.dumps([row[name] for name in _FIELDS], ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        row["id"],
        datetime.fromisoformat(row["at"]),
        row["actor"],
        row["role"],
        row["address"],
        row["event"],
        row["kind"],
        row["subject"],
        json.loads(row["before"]) if row["before"] else None,
        json.loads(row["after"]) if row["after"] else None,
        row["note"],
    )
