"""What one document may cost: counted characters, items, conditions and levels, and a word to the reader where it is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.extraction import extract
from policy_corpus.extraction.items import MOST_CHARACTERS, MOST_ITEMS
from policy_corpus.extraction.reach import MOST_CONDITIONS
from policy_corpus.extraction.structure.outline import DEEPEST, read_outline
from policy_corpus.model import FreeText, leaves
from policy_corpus.understanding import understand
from tests.factories import make_document

GRANT = "对首次认定的高新技术企业，给予20万元奖励。\n"
LEVELS = "一、甲企业\n（一）乙企业\n1.丙企业\n（1）丁企业\n1)戊企业\n①己企业\n"


def test_a_text_within_the_budget_is_read_whole_and_nothing_is_noted() -> None:
    found = extract(make_document(GRANT))
    assert len(found.items) == 1 and found.notes == ()


def test_a_text_beyond_the_budget_is_read_up_to_it_and_says_so() -> None:
    filling = "本文件所称各部门是指示例部门。\n" * (MOST_CHARACTERS // 16)
    document = make_document(GRANT + filling + GRANT)
    found = extract(document)
    assert [span.start for item in found.items for span in item.spans] == [0]
    assert found.notes == ("正文过长，只从前30万字中提取政策事项，其后内容未读取，请拆分文件后重新载入",)
    assert all(document.text[s.start : s.end] == s.quote for item in found.items for s in item.spans)


def test_more_items_than_the_budget_are_cut_and_the_reader_is_told() -> None:
    articles = [f"第{number}条 {GRANT}" for number in range(1, MOST_ITEMS + 1)]
    assert extract(make_document("".join(articles))).notes == ()
    found = extract(make_document("".join([*articles, GRANT])))
    assert len(found.items) == MOST_ITEMS
    assert found.notes == ("政策事项过多，只列出前400项，其余未列出，请拆分文件后重新载入",)


def test_the_notes_stand_with_the_document() -> None:
    found = understand((GRANT * (MOST_ITEMS + 1)).encode(), "示例.txt")
    assert any("政策事项过多" in warning for warning in found.document.warnings)


def test_more_conditions_than_the_budget_leave_the_item_to_a_person() -> None:
    asked = "".join(f"（{number}）上年度营业收入不低于{number}万元；\n" for number in range(1, 99))
    lists = "".join(f"{cn}、申报条件\n{asked}" for cn in "一二三")
    (item,) = extract(make_document(f"{lists}四、奖励标准\n{GRANT}")).items
    assert len(item.conditions.children) <= MOST_CONDITIONS + 5
    assert FreeText(item.spans[0]) in item.conditions.children


@pytest.mark.parametrize("times", [1, 3, 1500])
def test_lists_that_start_again_below_each_other_do_not_nest_without_end(times: int) -> None:
    document = make_document("一、申报条件\n" + LEVELS * times + "二、奖励标准\n" + GRANT)
    sections = list(read_outline(document).walk())
    assert max(section.depth for section in sections) <= DEEPEST
    assert len(sections) == 6 * times + 4
    assert extract(document).items


def test_what_stands_too_deep_stands_beside_what_is_above_it() -> None:
    sections = list(read_outline(make_document(LEVELS * 4)).walk())
    assert all(section in section.parent.children for section in sections if section.parent)
    places = [section.plain.offsets[0] for section in sections if section.plain.offsets]
    assert places == sorted(places)


@given(st.text(alphabet="一（）1.、2第条章\n企业给予10万元奖励。；，：申报条件\t《》", max_size=400))
def test_any_text_is_read_and_every_quote_is_its_own(text: str) -> None:
    document = make_document(text)
    for item in extract(document).items:
        spans = [*item.spans, *(leaf.span for leaf in leaves(item.conditions))]
        assert all(document.text[one.start : one.end] == one.quote for one in spans)


def test_a_merged_cell_is_repeated_for_its_rows_up_to_the_length_of_the_text() -> None:
    asked = "应具有独立法人资格；" * 300
    rows = "".join(f"事项{number}\t\t{number}万元\n" for number in range(1, 200))
    document = make_document(f"项目\t申报条件\t支持标准\n首项\t{asked}\t1万元\n{rows}")
    sections = list(read_outline(document).walk())
    assert sum(len(section.plain.text) for section in sections) < 3 * len(document.text) + 10_000
    found = extract(document)
    assert found.items[1].title and len(found.items) < 20
    assert found.notes == ("表格中合并的单元格过长，其后各行未按表格读取，请拆分文件后重新载入",)
