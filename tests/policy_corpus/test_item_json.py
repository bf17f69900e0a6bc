"""Any item survives the way into the database and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.item_json import item_from_json, item_to_json
from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    BenefitKind,
    Condition,
    FreeText,
    ItemStatus,
    Not,
    Operator,
    PolicyItem,
    Quoted,
    Span,
)

DOCUMENT = "0123456789abcdef"
words = st.text(max_size=12)
numbers = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
spans = st.builds(Span, st.just(DOCUMENT), st.integers(0, 99), st.integers(0, 99), words)
values = st.one_of(
    st.none(),
    st.booleans(),
    words,
    numbers,
    st.lists(words, min_size=1, max_size=3).map(tuple),
    st.tuples(numbers, numbers),
)
leaf = st.one_of(
    st.builds(FreeText, spans),
    st.builds(Condition, words, st.sampled_from(Operator), values, spans, st.none() | words, st.booleans()),
)
trees = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
quoted = st.builds(Quoted, words, spans)
days = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
items = st.builds(
    PolicyItem,
    id=words,
    document_id=st.just(DOCUMENT),
    ordinal=st.integers(0, 999),
    title=words,
    conditions=st.lists(trees, max_size=3).map(lambda parts: AllOf(tuple(parts))),
    benefits=st.lists(
        st.builds(Benefit, st.sampled_from(BenefitKind), spans, st.none() | numbers, st.none() | numbers),
        max_size=2,
    ).map(tuple),
    spans=st.lists(spans, max_size=2).map(tuple),
    window=st.none() | st.builds(ApplicationWindow, spans, days, days, st.booleans()),
    materials=st.lists(quoted, max_size=2).map(tuple),
    department=st.none() | quoted,
    no_application=st.booleans(),
    status=st.sampled_from(ItemStatus),
)


@given(items)
def test_roundtrip_of_any_item_through_json_text(item: PolicyItem) -> None:
    text = json.dumps(item_to_json(item), ensure_ascii=False)
    assert item_from_json(json.loads(text), item.status) == item


def test_whole_amounts_are_written_as_whole_numbers() -> None:
    from tests.factories import make_condition, make_item

    raw = item_to_json(make_item(make_condition(value=Decimal("20000000.00"))))
    assert json.dumps(raw["conditions"]["all"][0]["value"]) == "20000000"
