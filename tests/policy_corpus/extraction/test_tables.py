"""Tables with named columns: each row becomes a card, and whatever is no such table stays text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.extraction import extract_items
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.structure.tables import read_tables
from tests.factories import make_document


def fields(text: str) -> list[list[tuple[Role, str]]]:
    return [
        [(role, text[slice(*place)]) for role, _, place in row.fields]
        for row in read_tables(text).rows.values()
        if row.fields
    ]


def test_a_merged_cell_means_what_stands_above_it() -> None:
    text = "项目\t条件\t标准\n改造\t工业企业\t10万元\n\t软件企业\t\n"
    assert fields(text)[1] == [(Role.CONDITIONS, "软件企业"), (Role.BENEFITS, "10万元")]


def test_the_kind_is_asked_where_no_column_is_for_conditions() -> None:
    assert fields("类别\t奖励标准\n瞪羚企业\t10万元") == [
        [(Role.CONDITIONS, "瞪羚企业"), (Role.BENEFITS, "10万元")]
    ]
    assert fields("类别\t条件\t奖励标准\n成长类\t瞪羚企业\t10万元") == [
        [(Role.CONDITIONS, "瞪羚企业"), (Role.BENEFITS, "10万元")]
    ]


def test_other_tables_cards_and_rows_of_another_width_stay_text() -> None:
    assert fields("年份\t产值\n2025\t3亿元") == []
    assert fields("服务对象\t小微企业\n服务内容\t每家补贴3万元") == []
    assert fields("条件\t标准\n软件企业\t3万元\t备注") == []


def test_a_paragraph_ends_the_table() -> None:
    assert len(fields("条件\t标准\n软件企业\t3万元\n以上由市工信局受理。\n软件企业\t5万元")) == 1


@given(
    st.lists(
        st.lists(st.sampled_from(["条件", "标准", "部门", "软件企业", "3万元", ""]), max_size=4), max_size=6
    )
)
def test_every_word_read_from_a_table_is_quoted_from_its_place(rows: list[list[str]]) -> None:
    document = make_document("表\n" + "\n".join("\t".join(row) for row in rows))
    for item in extract_items(document):
        for benefit in item.benefits:
            span = benefit.span
            assert document.text[span.start : span.end] == span.quote
