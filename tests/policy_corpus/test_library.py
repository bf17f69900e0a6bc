"""文件库 and 政策库: what is put in comes out, twice is once, near-duplicates are named, repeals take effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlite_utils import Database

from policy_corpus.editions import EditionReason
from policy_corpus.errors import DocumentNotFound, PolicyItemNotFound
from policy_corpus.item_library import PolicyLibrary
from policy_corpus.library import DocumentLibrary
from policy_corpus.model import Document, DocumentKind, ItemStatus, Link, Reference, Relation, Span, Validity
from policy_corpus.schema import migrations
from policy_corpus.validity import Decision
from tests.factories import make_condition, make_document, make_item

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LONG = "".join(
    f"第{number}条 对示例园区第{number}类企业给予{number}万元奖励，用于设备更新。" for number in range(1, 60)
)


@pytest.fixture
def db() -> Iterator[Database]:
    database = Database(memory=True)
    migrations.apply(database)
    yield database
    database.conn.close()


def numbered(n: int, text: str = LONG, **kw: object) -> Document:
    return make_document(text, id=f"{n:016x}", content_hash=f"{n:064x}", **kw)


def test_a_document_comes_back_as_it_went_in(db: Database) -> None:
    library = DocumentLibrary(db)
    span = Span(f"{1:016x}", 0, 3, "第1条")
    document = numbered(
        1,
        document_number="九府示例〔2026〕3号",
        dated_on=date(2026, 3, 1),
        effective_until=date(2028, 12, 31),
        references=(Reference(Relation.REPEALS, "旧措施", None, span),),
        links=(Link("附件1", "a.docx"),),
        warnings=("页眉已略去",),
    )
    library.add(document, None, NOW)
    assert library.get(document.id) == document
    assert [entry.id for entry in library.all()] == [document.id]
    assert next(library.all(with_text=True)) == document


def test_the_same_document_twice_is_one(db: Database) -> None:
    library = DocumentLibrary(db)
    library.add(numbered(1), None, NOW)
    library.add(numbered(1), None, NOW)
    assert len(library) == 1


def test_a_missing_document_and_a_missing_item_are_named(db: Database) -> None:
    with pytest.raises(DocumentNotFound, match="没有编号为 none"):
        DocumentLibrary(db).get("none")
    with pytest.raises(PolicyItemNotFound, match="没有编号为 none"):
        PolicyLibrary(db).get("none")


def test_a_near_duplicate_with_another_date_is_near_but_not_the_same(db: Database) -> None:
    library = DocumentLibrary(db)
    library.add(numbered(1, dated_on=date(2025, 3, 1)), None, NOW)
    near = library.find_near_duplicate(numbered(2, LONG + "附则。", dated_on=date(2026, 3, 1)))
    assert near is not None and near.document_id == f"{1:016x}"
    assert near.similarity > 0.9 and not near.same


def test_the_same_title_and_dates_in_another_file_is_the_same_document(db: Database) -> None:
    library = DocumentLibrary(db)
    library.add(numbered(1, dated_on=date(2026, 3, 1)), None, NOW)
    copy = numbered(2, LONG + "。", dated_on=date(2026, 3, 1))
    near = library.find_near_duplicate(copy)
    assert near is not None and near.same
    library.add(copy, near, NOW)
    assert library.is_same_as_another(copy.id) and not library.is_same_as_another(f"{1:016x}")


def test_a_different_document_is_no_near_duplicate(db: Database) -> None:
    library = DocumentLibrary(db)
    library.add(numbered(1), None, NOW)
    other = "".join(f"{n}．养老机构每张床位补助{n}元，由民政部门核定并公示。" for n in range(60))
    assert library.find_near_duplicate(numbered(2, other)) is None


def test_items_keep_their_status_and_are_counted(db: Database) -> None:
    DocumentLibrary(db).add(numbered(0), None, NOW)
    library = PolicyLibrary(db)
    first = make_item(make_condition(), id=f"{0:016x}-001", status=ItemStatus.DRAFT)
    second = make_item(make_condition(), id=f"{0:016x}-002", status=ItemStatus.PUBLISHED)
    library.add([first, second])
    assert library.items() == [first, second]
    assert library.items(status=ItemStatus.PUBLISHED) == [second]
    assert library.items(document_id="other") == []
    assert library.set_status([first.id, second.id], ItemStatus.PUBLISHED) == 1
    assert library.get(first.id) == replace(first, status=ItemStatus.PUBLISHED)
    assert library.counts() == {status.value: 0 for status in ItemStatus} | {"published": 2}


def test_one_unknown_item_among_several_changes_none(db: Database) -> None:
    DocumentLibrary(db).add(numbered(0), None, NOW)
    library = PolicyLibrary(db)
    item = make_item(make_condition(), id=f"{0:016x}-001", status=ItemStatus.DRAFT)
    library.add([item])
    with pytest.raises(PolicyItemNotFound):
        library.set_status([item.id, "missing"], ItemStatus.PUBLISHED)
    assert library.get(item.id).status is ItemStatus.DRAFT


def test_every_change_moves_the_version_and_reading_does_not(db: Database) -> None:
    documents, items = DocumentLibrary(db), PolicyLibrary(db)
    seen = [items.version()]
    documents.add(numbered(0), None, NOW)
    seen.append(items.version())
    items.add([make_item(make_condition(), id=f"{0:016x}-001")])
    seen.append(items.version())
    items.set_status([f"{0:016x}-001"], ItemStatus.WITHDRAWN)
    seen.append(items.version())
    assert seen == sorted(set(seen))
    items.set_status([f"{0:016x}-001"], ItemStatus.WITHDRAWN)
    assert items.version() == seen[-1]


def test_what_changed_since_a_version_is_named_and_nothing_else(db: Database) -> None:
    DocumentLibrary(db).add(numbered(0), None, NOW)
    library = PolicyLibrary(db)
    first, second = (make_item(make_condition(), id=f"{0:016x}-00{n}") for n in (1, 2))
    library.add([first])
    before = library.version()
    assert library.changed_since(0) == [first] and library.changed_since(before) == []
    library.add([first, second])
    assert library.changed_since(before) == [second]
    between = library.version()
    library.set_status([first.id], ItemStatus.WITHDRAWN)
    assert library.changed_since(between) == [replace(first, status=ItemStatus.WITHDRAWN)]


def repealing(n: int, number: str, **kw: object) -> Document:
    span = Span(f"{n:016x}", 0, 3, "第1条")
    return numbered(n, references=(Reference(Relation.REPEALS, None, number, span),), **kw)


def test_a_repealed_document_stops_binding_on_the_day_the_new_one_takes_effect(db: Database) -> None:
    library = DocumentLibrary(db)
    library.add(numbered(1, document_number="示例府〔2023〕1号", dated_on=date(2023, 1, 1)), None, NOW)
    new = repealing(
        2,
        "示例府〔2023〕1号",
        title="示例市新措施",
        dated_on=date(2026, 5, 1),
        effective_from=date(2026, 6, 1),
    )
    library.add(new, None, NOW)
    old = f"{1:016x}"
    assert library.validities(date(2026, 5, 31))[old] is Validity.IN_FORCE
    assert library.validities(date(2026, 6, 1))[old] is Validity.REPEALED
    assert library.endings()[old].by_document_id == new.id


def test_a_draft_repeals_nothing(db: Database) -> None:
    library = DocumentLibrary(db)
    library.add(numbered(1, document_number="示例府〔2023〕1号", dated_on=date(2023, 1, 1)), None, NOW)
    library.add(
        repealing(2, "示例府〔2023〕1号", title="新", kind=DocumentKind.DRAFT, dated_on=date(2026, 5, 1)),
        None,
        NOW,
    )
    assert library.validities(date(2026, 11, 24))[f"{1:016x}"] is Validity.IN_FORCE


def test_a_new_edition_is_known_by_its_number_its_address_or_its_text(db: Database) -> None:
    library = DocumentLibrary(db)
    old = numbered(1, document_number="示例府〔2023〕1号", dated_on=date(2023, 1, 1))
    library.add(old, None, NOW)
    library.add(numbered(2, "另一份文件，说的是别的事。" * 9, title="另一份文件"), None, NOW)
    changed = LONG.replace("第7类企业给予7万元", "第7类企业给予9万元")
    again = numbered(3, changed, document_number="示例府〔2023〕1号", dated_on=date(2023, 1, 1))
    (found,) = library.earlier_editions(again)
    assert (found.document_id, found.reason) == (old.id, EditionReason.SAME_NUMBER)
    (unnumbered,) = library.earlier_editions(replace(again, document_number=None))
    assert unnumbered.reason is EditionReason.SAME_TITLE
    stranger = numbered(4, "全新的内容。" * 9, title="全新的文件")
    assert library.earlier_editions(stranger) == []
    (moved,) = library.earlier_editions(stranger, addresses=[f"{2:016x}"])
    assert moved.reason is EditionReason.SAME_ADDRESS


def test_a_declined_repeal_leaves_the_document_in_force_at_once(db: Database) -> None:
    library, policies = DocumentLibrary(db), PolicyLibrary(db)
    old = numbered(1, document_number="示例府〔2023〕1号", dated_on=date(2023, 1, 1))
    new = repealing(2, "示例府〔2023〕1号", title="示例市新措施", dated_on=date(2026, 5, 1))
    for document in (old, new):
        library.add(document, None, NOW)
    (found,) = library.relations()
    assert (found.by_document_id, found.document_id, found.relation) == (new.id, old.id, Relation.REPEALS)
    before = policies.version()
    library.decide_relation(Decision(new.id, old.id, Relation.REPEALS, stands=False), NOW)
    assert policies.version() > before and library.endings() == {}
    assert library.validities(date(2026, 11, 24))[old.id] is Validity.IN_FORCE
    library.decide_relation(Decision(new.id, old.id, Relation.REPEALS, stands=True), NOW)
    assert library.validities(date(2026, 11, 24))[old.id] is Validity.REPEALED
    assert len(library.decisions()) == 1
