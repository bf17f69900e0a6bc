"""文件库: documents in an open database; the items in them are in `item_library`.

The libraries are the modules below `service` that meet a database, and only the one handed to them. A document and its
items enter in a single transaction, so that a killed load leaves either both or neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from policy_corpus.decisions import keep_decision, read_decisions
from policy_corpus.document_rows import document_from_row, document_to_row
from policy_corpus.editions import EarlierEdition, edition_reason, is_same_document
from policy_corpus.errors import DocumentNotFound
from policy_corpus.item_library import move_version
from policy_corpus.model import (
    Document,
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
            move_version(self._db)

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
            move_version(self._db)

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
