from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policy_corpus.model import Document, DocumentKind, Reference, Relation, Span, Validity
from policy_corpus.validity import (
    Decision,
    Ending,
    Extension,
    resolve_extensions,
    resolve_references,
    validity,
)
from tests.factories import make_document

DAY = date(2024, 6, 1)


def document(id: str, **kw: Any) -> Document:
    return make_document(id=id, **{"title": f"示例文件{id}", "dated_on": date(2024, 1, 1), **kw})


def ending(
    title: str | None = None, number: str | None = None, relation: Relation = Relation.REPEALS
) -> Reference:
    return Reference(relation, title, number, Span("x", 0, 1, "原"))


@pytest.mark.parametrize(
    ("kw", "repealed_on", "expected"),
    [
        ({}, None, Validity.IN_FORCE),
        ({"kind": DocumentKind.DRAFT, "effective_until": date(2020, 1, 1)}, date(2020, 1, 1), Validity.DRAFT),
        ({"effective_from": date(2024, 6, 2)}, None, Validity.NOT_YET),
        ({"effective_from": DAY, "effective_until": DAY}, None, Validity.IN_FORCE),
        ({"effective_until": date(2024, 5, 31)}, None, Validity.EXPIRED),
        ({}, DAY, Validity.REPEALED),
        ({}, date(2024, 6, 2), Validity.IN_FORCE),
    ],
)
def test_validity_on_a_day(kw: dict[str, Any], repealed_on: date | None, expected: Validity) -> None:
    assert validity(document("a", **kw), DAY, repealed_on) is expected


def test_a_number_finds_the_document_whatever_its_title() -> None:
    old = document("a", document_number="示政发[2020]1号", dated_on=date(2020, 1, 1))
    new = document(
        "b", references=(ending("写错的标题", "示政发〔2020〕1号"),), effective_from=date(2024, 2, 1)
    )
    assert resolve_references([new, old]) == {"a": Ending("b", Relation.REPEALS, date(2024, 2, 1))}


def test_a_title_finds_the_document_in_either_spelling() -> None:
    old = document(
        "a", title="示例市人民政府关于印发《示例市扶持示例产业办法（试行）》的通知", dated_on=date(2020, 1, 1)
    )
    new = document("b", references=(ending("示例市扶持示例产业办法"),))
    assert set(resolve_references([new, old])) == {"a"}


def test_a_longer_title_is_found_only_with_the_same_issuer() -> None:
    old = document(
        "a", title="进一步扶持示例产业发展壮大政策二十条", dated_on=date(2020, 1, 1), issuing_authority="甲局"
    )
    new = document("b", references=(ending("扶持示例产业发展壮大政策"),), issuing_authority="甲局")
    assert set(resolve_references([new, old])) == {"a"}
    assert resolve_references([replace(new, issuing_authority="乙局"), old]) == {}


def test_the_detailed_rules_of_a_repealed_document_are_not_repealed_with_it() -> None:
    title = "示例市扶持示例产业发展办法"
    rules = document("a", title=f"{title}实施细则", dated_on=date(2020, 1, 1), issuing_authority="甲局")
    new = document("b", references=(ending(title),), issuing_authority="甲局")
    assert resolve_references([rules, new]) == {}


def test_another_number_is_another_document() -> None:
    old = document(
        "a", title="示例市示例办法", document_number="示政发〔2018〕9号", dated_on=date(2018, 1, 1)
    )
    new = document("b", references=(ending("示例市示例办法", "示政发〔2020〕1号"),))
    assert resolve_references([new, old]) == {}


def test_drafts_end_nothing() -> None:
    old = document("a", title="示例市示例办法", dated_on=date(2020, 1, 1))
    draft = document("b", kind=DocumentKind.DRAFT, references=(ending("示例市示例办法"),))
    assert resolve_references([old, draft]) == {}


def test_a_new_version_ends_the_old_one_of_its_title_but_no_copy_of_itself() -> None:
    old = document("a", title="示例市示例办法", dated_on=date(2020, 1, 1))
    new = document("b", title="示例市示例办法", references=(ending("示例市示例办法"),))
    assert set(resolve_references([old, new, replace(new, id="c")])) == {"a"}
    undated = [replace(each, dated_on=None) for each in (old, new)]
    assert resolve_references(undated) == {}


def test_the_earliest_ending_counts() -> None:
    old = document("a", document_number="示政发〔2020〕1号", dated_on=date(2020, 1, 1))
    later = document("b", references=(ending(None, "示政发〔2020〕1号"),), effective_from=date(2024, 5, 1))
    first = document("c", references=(ending(None, "示政发〔2020〕1号"),), effective_from=date(2023, 5, 1),
                     dated_on=date(2023, 1, 1))  # fmt: skip
    assert resolve_references([old, later, first])["a"].by_document_id == "c"


def test_an_ending_without_a_date_counts_before_one_with_a_date() -> None:
    old = document("a", document_number="示政发〔2020〕1号", dated_on=date(2020, 1, 1))
    dated = document("b", references=(ending(None, "示政发〔2020〕1号"),), effective_from=date(2030, 1, 1))
    undated = document("c", references=(ending(None, "示政发〔2020〕1号"),), dated_on=None)
    assert resolve_references([old, dated, undated])["a"] == Ending("c", Relation.REPEALS, None)


def extension(title: str, until: date | None = None, months: int | None = None) -> Reference:
    return Reference(Relation.EXTENDS, title, None, Span("b", 3, 6, "有效期延长"), until, months)


def test_an_extended_document_stays_in_force_and_the_sentence_is_cited() -> None:
    old = document(
        "a", title="示例市示例产业办法", dated_on=date(2022, 1, 1), effective_until=date(2024, 1, 1)
    )
    new = document("b", references=(extension("示例市示例产业办法", date(2028, 12, 31)),))
    found = resolve_extensions([old, new])
    assert found == {"a": Extension("b", date(2028, 12, 31), Span("b", 3, 6, "有效期延长"))}
    assert resolve_references([old, new]) == {}
    assert validity(old, DAY) is Validity.EXPIRED
    assert validity(old, DAY, extended_until=found["a"].until) is Validity.IN_FORCE
    assert validity(old, date(2029, 1, 1), extended_until=found["a"].until) is Validity.EXPIRED
    assert validity(old, DAY, repealed_on=DAY, extended_until=found["a"].until) is Validity.REPEALED


def test_the_longest_extension_counts_and_a_draft_extends_nothing() -> None:
    old = document(
        "a", title="示例市示例产业办法", dated_on=date(2022, 1, 1), effective_until=date(2024, 1, 1)
    )
    two_years = document("b", references=(extension("示例市示例产业办法", months=24),))
    one_day = document("c", references=(extension("示例市示例产业办法", date(2025, 6, 30)),))
    draft = document(
        "d", kind=DocumentKind.DRAFT, references=(extension("示例市示例产业办法", date(2030, 1, 1)),)
    )
    assert resolve_extensions([old, two_years, one_day, draft])["a"].until == date(2026, 1, 1)


def test_a_number_without_all_issuers_still_finds_its_document() -> None:
    title = "关于示例税费政策的公告"
    old = document(
        "a", title=title, document_number="财政部 税务总局公告2023年第12号", dated_on=date(2023, 8, 2)
    )
    for number in ("税务总局公告2023年第12号", "财政部、国家税务总局公告2023年第12号"):
        new = document("b", references=(ending(title, number),))
        assert set(resolve_references([old, new])) == {"a"}
    other = document("b", references=(ending(title, "财政部 税务总局公告2023年第13号"),))
    assert resolve_references([old, other]) == {}


def test_a_declined_reference_ends_nothing_and_one_added_by_hand_does() -> None:
    old, other = document("a", dated_on=date(2020, 1, 1)), document("c", dated_on=date(2020, 1, 1))
    new = document("b", references=(ending("示例文件a"),), effective_from=date(2024, 2, 1))
    declined = Decision("b", "a", Relation.REPEALS, stands=False)
    by_hand = Decision("b", "c", Relation.REPLACES, stands=True, day=date(2024, 3, 1))
    found = resolve_references([old, other, new], [declined, by_hand])
    assert found == {"c": Ending("b", Relation.REPLACES, date(2024, 3, 1))}
    assert set(resolve_references([old, other, new])) == {"a"}


def test_a_confirmed_reference_may_be_given_another_day() -> None:
    old = document("a", dated_on=date(2020, 1, 1))
    new = document("b", references=(ending("示例文件a"),), effective_from=date(2024, 2, 1))
    confirmed = Decision("b", "a", Relation.REPEALS, stands=True)
    assert resolve_references([old, new], [confirmed])["a"].effective_on == date(2024, 2, 1)
    dated = replace(confirmed, day=date(2025, 1, 1))
    assert resolve_references([old, new], [dated])["a"].effective_on == date(2025, 1, 1)


def test_an_extension_can_be_declined_and_added_by_hand() -> None:
    old = document("a", dated_on=date(2020, 1, 1), effective_until=date(2024, 1, 1))
    until = Reference(Relation.EXTENDS, "示例文件a", None, Span("x", 0, 1, "原"), until=date(2026, 1, 1))
    new = document("b", references=(until,))
    assert resolve_extensions([old, new], [Decision("b", "a", Relation.EXTENDS, stands=False)]) == {}
    by_hand = Decision("b", "a", Relation.EXTENDS, stands=True, day=date(2027, 1, 1))
    assert resolve_extensions([old, document("b")], [by_hand])["a"].until == date(2027, 1, 1)
