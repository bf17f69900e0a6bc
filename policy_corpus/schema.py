"""The tables of 文件库 and 政策库, as migrations; `service.store.database` applies them."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("policy_corpus")


@migrations()
def create_libraries(db: Database) -> None:
    """Documents, the bands that find near-duplicates, items, and the version every change moves on."""
    db.table("documents").create(
        {
            "id": str,
            "content_hash": str,
            "file_name": str,
            "format": str,
            "title": str,
            "kind": str,
            "document_number": str,
            "issuing_authority": str,
            "level": str,
            "region_code": str,
            "dated_on": str,
            "published_on": str,
            "effective_from": str,
            "effective_until": str,
            "text": str,
            "details": str,
            "signature": bytes,
            "near_duplicate_of": str,
            "similarity": float,
            "same_as": str,
            "loaded_at": str,
        },
        pk="id",
        not_null={"content_hash", "file_name", "format", "title", "kind", "text", "details", "loaded_at"},
    )
    db.table("document_bands").create(
        {"band": str, "document_id": str},
        pk=("band", "document_id"),
        foreign_keys=[("document_id", "documents", "id")],
    )
    db.table("policy_items").create(
        {"id": str, "document_id": str, "ordinal": int, "title": str, "status": str, "body": str},
        pk="id",
        not_null={"document_id", "ordinal", "title", "status", "body"},
        foreign_keys=[("document_id", "documents", "id")],
    )
    db.table("policy_items").create_index(["document_id"])
    db.table("policy_items").create_index(["status"])
    db.table("corpus_version").create({"id": int, "version": int}, pk="id")
    db.table("corpus_version").insert({"id": 1, "version": 0})


@migrations()
def note_when_items_changed(db: Database) -> None:
    """Which version of the corpus an item last changed in, so that an index is brought up to date by its changes alone."""
    db.execute("alter table policy_items add column version integer not null default 0")
    db.execute("update policy_items set version = (select version from corpus_version)")
    db.table("policy_items").create_index(["version"])


@migrations()
def note_decisions_on_relations(db: Database) -> None:
    """What persons decided on one document repealing, replacing or extending another; and a way to find a 发文字号."""
    db.table("document_decisions").create(
        {
            "by_document_id": str,
            "document_id": str,
            "relation": str,
            "stands": int,
            "day": str,
            "at": str,
        },
        pk=("by_document_id", "document_id", "relation"),
        not_null={"stands", "at"},
        foreign_keys=[("by_document_id", "documents", "id"), ("document_id", "documents", "id")],
    )
    db.table("documents").create_index(["document_number"])


@migrations()
def find_what_stands_where_without_reading_texts(db: Database) -> None:
    """Lists of documents and counts of items are answered from indexes: a row of text or of an item is long."""
    db.table("documents").create_index(["id", "loaded_at", "kind", "title"], index_name="documents_received")
    db.table("policy_items").create_index(["document_id", "status", "id"], index_name="items_standing")
