"""文件库 and 政策库: documents and policy items in an open database, original bytes in a folder beside it.

The one module below `service` that meets a database, and only the one handed to it. A document and its
items enter in a single transaction, so that a killed load leaves either both or neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from policy_corpus.decisions import keep_decision, read_decisions
from policy_corpus.document_rows import document_from_row, document_to_row
from policy_corpus.editions import EarlierEdition, edition_reason, is_same_document
from policy_corpus.errors import DocumentNotFound, PolicyItemNotFound
from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import (
    Document,
    ItemStatus,
    PolicyItem,
    Validity,
)
from policy_corpus.near_duplicates import NEAR_DUPLICATE, bands, signature, similarity
from policy_corpus.validity import (
    Decision,
    Ending,
    Extension,
    FoundRelation,
    find_relations,
    resolve_extensions,
    resolve_references,
    validity,
)

_COLUMNS = (
    "id, content_hash, file_name, format, title, kind, document_number, issuing_authority, level, "
    "region_code, dated_on, published_on, effective_from, effective_until, details"
)


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A document already in 文件库 that says almost the same. same: the same document in another file."""

    document_id: str
    title: str
    similarity: float
    same: bool


class DocumentLibrary:
    """文件库: every policy file as published."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __len__(self) -> int:
        return self._db.table("documents").count

    def has(self, document_id: str) -> bool:
        """Whether a document with this id is in the library."""
        return bool(list(self._db.query("select 1 from documents where id = ?", [document_id])))

    def get(self, document_id: str) -> Document:
        """The document with its text. Raises DocumentNotFound."""
        for row in self._db.query(f"select {_COLUMNS}, text from documents where id = ?", [document_id]):  # noqa: S608
            return document_from_row(row)
        raise DocumentNotFound(f"文件库中没有编号为 {document_id} 的文件")

    def all(self, *, with_text: bool = False) -> Iterator[Document]:
        """Every document in the order of ids; without `with_text` their text is left empty."""
        text = "text" if with_text else "'' as text"
        for row in self._db.query(f"select {_COLUMNS}, {text} from documents order by id"):  # noqa: S608
            yield document_from_row(row)

    def ids(self) -> list[str]:
        """The id of every document, ascending; reads nothing else."""
        return [row["id"] for row in self._db.query("select id from documents order by id")]

    def naming(self, words: Iterable[str]) -> list[str]:
        """The ids of the documents whose text or title has one of the words as it is written, ascending."""
        rows = self._db.query(
            "select id from documents where exists (select 1 from json_each(?) as word "
            "where instr(text, word.value) > 0 or instr(title, word.value) > 0) order by id",
            [json.dumps(list(words))],
        )
        return [row["id"] for row in rows]

    def find_near_duplicate(self, document: Document) -> NearDuplicate | None:
        """The most similar other document that is at least nearly the same, or None."""
        mine = signature(document.text)
        keys = bands(mine)
        rows = self._db.query(
            f"select {_COLUMNS}, '' as text, signature from documents "  # noqa: S608
            "where id != ? and id in (select document_id from document_bands "
            "where band in (select value from json_each(?))) order by id",
            [document.id, json.dumps(keys)],
        )
        found = [(similarity(mine, row["signature"]), row) for row in rows]
        close = [pair for pair in found if pair[0] >= NEAR_DUPLICATE]
        if not close:
            return None
        score, row = max(close, key=lambda pair: (pair[0], pair[1]["id"]))
        return NearDuplicate(
            row["id"], row["title"], round(score, 3), is_same_document(document, document_from_row(row))
        )

    def is_same_as_another(self, document_id: str) -> bool:
        """Whether it was recognised on loading as a second copy of a document that was there."""
        return bool(
            list(
                self._db.query("select 1 from documents where id = ? and same_as is not null", [document_id])
            )
        )

    def add(self, document: Document, near: NearDuplicate | None, loaded_at: datetime) -> None:
        """Store a document; a document that is there already is left as it is."""
        mine = signature(document.text)
        row = document_to_row(document) | {
            "signature": mine,
            "near_duplicate_of": near.document_id if near else None,
            "similarity": near.similarity if near else None,
            "same_as": near.document_id if near and near.same else None,
            "loaded_at": loaded_at.isoformat(timespec="seconds"),
        }
        with self._db.atomic():
            self._db.table("documents").insert(row, ignore=True)
            self._db.table("document_bands").insert_all(
                ({"band": band, "document_id": document.id} for band in bands(mine)), ignore=True
            )
            _move_version(self._db)

    def earlier_editions(self, document: Document, *, addresses: Sequence[str] = ()) -> list[EarlierEdition]:
        """The documents of which this one may be a new edition, the one most like it first.

        addresses: ids of documents that came from the same source address.
        """
        mine = signature(document.text)
        rows = self._db.query(
            f"select {_COLUMNS}, '' as text, signature from documents where id != :id and (id in "  # noqa: S608
            "(select document_id from document_bands where band in (select value from json_each(:bands))) "
            "or (document_number is not null and document_number = :number) "
            "or id in (select value from json_each(:same)))",
            {
                "id": document.id,
                "bands": json.dumps(bands(mine)),
                "number": document.document_number,
                "same": json.dumps(list(addresses)),
            },
        )
        found = []
        for row in rows:
            alike = similarity(mine, row["signature"])
            reason = edition_reason(document, document_from_row(row), alike, row["id"] in addresses)
            if reason is not None:
                found.append(EarlierEdition(row["id"], row["title"], round(alike, 3), reason))
        return sorted(found, key=lambda edition: (-edition.similarity, edition.document_id))

    def decide_relation(self, decision: Decision, at: datetime) -> None:
        """Keep a person's word on what one document does to another, in place of an earlier word."""
        with self._db.atomic():
            keep_decision(self._db, decision, at)
            _move_version(self._db)

    def decisions(self) -> list[Decision]:
        """What persons decided on the effects of documents on each other."""
        return read_decisions(self._db)

    def relations(self) -> list[FoundRelation]:
        """What the texts of documents do to others that are held, before any decision."""
        return find_relations(self.all())

    def endings(self) -> dict[str, Ending]:
        """Document id -> by which document, how and since when it is repealed or replaced."""
        return resolve_references(self.all(), self.decisions())

    def validities(self, as_of: date) -> dict[str, Validity]:
        """Whether each document binds on the day `as_of`, by id.

        An ending without a date counts at once: to list what may be repealed is worse than to miss a day.
        """
        held, decisions = list(self.all()), self.decisions()
        ended_on = {
            ended: ending.effective_on or date.min
            for ended, ending in resolve_references(held, decisions).items()
        }
        extended = {id_: extension.until for id_, extension in resolve_extensions(held, decisions).items()}
        return {
            document.id: validity(document, as_of, ended_on.get(document.id), extended.get(document.id))
            for document in held
        }

    def extensions(self) -> dict[str, Extension]:
        """Document id -> by which document, to which day and in which words its term was extended."""
        return resolve_extensions(self.all(), self.decisions())


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
            version = _move_version(self._db)
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
            row = _item_row(item) | {"version": _move_version(self._db)}
            self._db.table("policy_items").upsert(row, pk="id")

    def set_status(self, item_ids: Sequence[str], status: ItemStatus) -> int:
        """Move items to a status; returns how many changed. Ids that do not exist raise PolicyItemNotFound."""
        with self._db.atomic():
            changed = [item_id for item_id in item_ids if self.get(item_id).status is not status]
            version = _move_version(self._db) if changed else 0
            for item_id in changed:
                self._db.execute(
                    "update policy_items set status = ?, version = ? where id = ?",
                    [status.value, version, item_id],
                )
        return len(changed)


def _move_version(db: Database) -> int:
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
