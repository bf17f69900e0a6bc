"""Requirements that deny each other go to a person; those that only narrow each other stay checkable."""

from __future__ import annotations

import pytest

from policy_corpus.extraction import extract_items
from policy_corpus.model import Condition, FreeText, leaves
from tests.factories import make_document

GIVEN = "给予20万元补助"


def read(asked: str) -> tuple[list[str], list[str]]:
    """The attributes that are checked and the words that are left to a person."""
    (item,) = extract_items(make_document(f"{GIVEN}。\n申报条件\n{asked}"))
    found = list(leaves(item.conditions))
    checked = [leaf.attribute for leaf in found if isinstance(leaf, Condition) and not leaf.implied]
    left = [leaf.span.quote for leaf in found if isinstance(leaf, FreeText)]
    return checked, [
        quote for quote in left if quote not in GIVEN
    ]  # its own sentence, where only a place is asked


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ("1.具有独立法人资格。\n2.创业团队不具有独立法人资格。", 2),
        ("1.在杭州市注册。\n2.在苏州市注册。", 2),
        ("1.职工总数不少于500人。\n2.职工总数不超过100人。", 2),
    ],
)
def test_what_no_company_can_fulfil_at_once_is_left_to_a_person(asked: str, quotes: int) -> None:
    checked, left = read(asked)
    assert (checked, len(left)) == ([], quotes)


@pytest.mark.parametrize(
    ("asked", "attributes"),
    [
        ("1.在浙江省注册。\n2.在杭州市设立。", ["region", "region"]),
        ("1.职工总数不少于50人。\n2.职工总数不超过100人。", ["employees", "employees"]),
        ("1.上年度营业收入不低于2000万元。\n2.研发费用占比不低于3%。", ["revenue", "rd_ratio"]),
    ],
)
def test_what_narrows_is_checked(asked: str, attributes: list[str]) -> None:
    assert read(asked) == (attributes, [])
