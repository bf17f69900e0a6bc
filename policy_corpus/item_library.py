"""政策库: the benefits inside the documents, item by item, in an open database.

Called by `service.store.data_folder`; every change moves the version of the corpus, for which indexes are built.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from policy_corpus.errors import PolicyItemNotFound
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import ItemStatus, PolicyItem


class PolicyLibrary:
    """政策库: the benefits inside the documents, item by item."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __len__(self) -> int:
        return self._db.table("policy_items").count

    def version(self) -> int:
        """A number that moves with every change of documents or items; an index is built for one version."""
        return int(next(self._db.query("select version from corpus_version"))["version"])

    def add(self, items: Iterable[PolicyItem]) -> None:
        """Store items; an item that is there already is left as it is."""
        with self._db.atomic():
            version = move_version(self._db)
            rows = (_item_row(item) | {"version": version} for item in items)
            self._db.table("policy_items").insert_all(rows, ignore=True)

    def get(self, item_id: str) -> PolicyItem:
        """One item, whatever its status. Raises PolicyItemNotFound."""
        for row in self._db.query("select status, body from policy_items where id = ?", [item_id]):
            return _item(row)
        raise PolicyItemNotFound(f"政策库中没有编号为 {item_id} 的事项；可用 huiqi search 查找事项编号")

    def items(self, *, status: ItemStatus | None = None, document_id: str | None = None) -> list[PolicyItem]:
        """Items in the order of ids, all or those of one status or document."""
        return list(self.each(status=status, document_id=document_id))

    def each(
        self, *, status: ItemStatus | None = None, document_id: str | None = None
    ) -> Iterator[PolicyItem]:
        """The same one by one, for those who need not hold them all."""
        wanted = {"status": status.value if status else None, "document_id": document_id}
        asked = {name: value for name, value in wanted.items() if value is not None}
        where = " and ".join(f"{name} = :{name}" for name in asked) or "1"  # as is, so that an index serves
        rows = self._db.query(f"select status, body from policy_items where {where} order by id", asked)  # noqa: S608
        return map(_item, rows)

    def changed_since(self, version: int) -> list[PolicyItem]:
        """Items that were added or changed, text or status, after a version, in the order of ids."""
        rows = self._db.query(
            "select status, body from policy_items where version > ? order by id", [version]
        )
        return [_item(row) for row in rows]

    def published_states(self) -> list[str]:
        """What every published item says now, as "<id>@<version>", in the order of ids; reads nothing else.

        The version moves with every change of an item, so that two equal states are the same text.
        """
        rows = self._db.query(
            "select id || '@' || version as state from policy_items where status = 'published' order by id"
        )
        return [row["state"] for row in rows]

    def count_naming(self, words: Iterable[str]) -> int:
        """How many published items quote one of the words as it is written."""
        rows = self._db.query(
            "select count(*) as n from policy_items where status = 'published' and exists "
            "(select 1 from json_each(?) as word where instr(body, word.value) > 0)",
            [json.dumps(list(words))],
        )
        return int(next(rows)["n"])

    def counts(self) -> dict[str, int]:
        """How many items there are of each status."""
        found = self._db.query("select status, count(*) as n from policy_items group by status")
        return {status.value: 0 for status in ItemStatus} | {row["status"]: row["n"] for row in found}

    def put(self, item: PolicyItem) -> None:
        """Store a changed item in the place of the one of its id. Raises PolicyItemNotFound."""
        with self._db.atomic():
            self.get(item.id)
            row = _item_row(item) | {"version": move_version(self._db)}
            self._db.table("policy_items").upsert(row, pk="id")

    def set_status(self, item_ids: Sequence[str], status: ItemStatus) -> int:
        """Move items to a status; returns how many changed. Ids that do not exist raise PolicyItemNotFound."""
        with self._db.atomic():
            changed = [item_id for item_id in item_ids if self.get(item_id).status is not status]
            version = move_version(self._db) if changed else 0
            for item_id in changed:
                self._db.execute(
                    "update policy_items set status = ?, version = ? where id = ?",
                    [status.value, version, item_id],
                )
        return len(changed)


def move_version(db: Database) -> int:
    """Move the version of the corpus on; inside the transaction of what has changed."""
    db.execute("update corpus_version set version = version + 1")
    return int(next(db.query("select version from corpus_version"))["version"])


def _item_row(item: PolicyItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "document_id": item.document_id,
        "ordinal": item.ordinal,
        "title": item.title,
        "status": item.status.value,
        "body": json.dumps(item_to_json(item), ensure_ascii=False),
    }


def _item(row: dict[str, Any]) -> PolicyItem:
    return item_from_json(json.loads(row["body"]), ItemStatus(row["status"]))
