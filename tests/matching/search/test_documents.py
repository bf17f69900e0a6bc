"""Ranking documents for a question, and keeping the index on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import IndexNotBuilt
from matching.search.documents import DocumentIndex
from matching.search.questions import LONGEST, read_question

_CLOSE = "本办法自发布之日起施行，由市工业和信息化局负责解释。"
_ENTRIES = [
    ("d1", "关于支持技术改造的若干措施", "对工业企业技术改造项目，按设备投资额给予补助。" + _CLOSE),
    ("d2", "稳岗扩岗通知", "对不裁员的用人单位返还失业保险费，援企稳岗。" + _CLOSE),
    ("d3", "高新技术企业认定奖励办法", "首次通过认定的，给予一次性奖励。" + _CLOSE),
    ("d4", "关于促进住宿餐饮业的意见", "对限额以上餐饮企业新增营业额给予奖励。" + _CLOSE),
]
_TEXT = st.text(alphabet="技改补贴奖励企业的如何。", max_size=30)


@pytest.fixture(scope="module")
def index() -> DocumentIndex:
    return DocumentIndex.build(_ENTRIES, "v1")


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("企业技术改造有哪些补助？", "d1"),
        ("请问不裁员的单位能返还什么", "d2"),
        ("首次通过高新技术企业认定的奖励", "d3"),
        ("餐饮企业營業額怎麼獎勵", "d4"),
    ],
)
def test_the_document_that_answers_comes_first(index: DocumentIndex, question: str, best: str) -> None:
    assert index.rank(question, 3)[0][0] == best


def test_a_usual_abbreviation_finds_the_full_name(index: DocumentIndex) -> None:
    assert index.rank("高企", 1)[0][0] == "d3"


def test_what_only_asks_is_not_searched_unless_nothing_else_is_said(index: DocumentIndex) -> None:
    assert index.rank("请问补助有哪些", 4) == index.rank("补助", 4)[:4] != ()
    assert read_question("什么").text == "什么"
    assert index.rank("", 5) == index.rank("，。", 5) == index.rank("龘龘龘", 5) == ()
    assert index.rank("补助", 0) == ()


def test_a_question_is_read_to_a_stated_length(index: DocumentIndex) -> None:
    long = "补助" * LONGEST
    assert index.rank(long + "稳岗", 4) == index.rank(long[:LONGEST], 4)


def test_scores_fall_and_equal_ones_stand_by_id() -> None:
    twins = [(id_, "补助", "给予补助。") for id_ in ("d9", "d2", "d5")]
    ranked = DocumentIndex.build([*twins, ("d1", "无关", "无关")]).rank("补助", 10)
    assert [id_ for id_, _ in ranked] == ["d2", "d5", "d9"]
    assert len({score for _, score in ranked}) == 1


def test_the_cut_at_k_keeps_the_first_ids_of_equal_documents() -> None:
    twins = [(f"d{number:03d}", "补助", "给予补助。") for number in reversed(range(150))]
    ranked = DocumentIndex.build(twins).rank("补助", 5)
    assert [id_ for id_, _ in ranked] == [f"d{number:03d}" for number in range(5)]


def test_an_id_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        DocumentIndex.build([_ENTRIES[0], _ENTRIES[0]])
    with pytest.raises(ValueError, match="twice"):
        DocumentIndex.build(_ENTRIES).followed_by(_ENTRIES[:1])


@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=6), st.randoms(), _TEXT, st.integers(0, 6))
@settings(deadline=None, max_examples=40)
def test_neither_the_order_of_entries_nor_how_they_came_changes_the_ranking(
    texts: list[tuple[str, str]], random: object, question: str, first: int
) -> None:
    entries = [(f"d{at}", title, text) for at, (title, text) in enumerate(texts)]
    mixed = list(entries)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    ranked = DocumentIndex.build(entries).rank(question, 10)
    assert DocumentIndex.build(mixed).rank(question, 10) == ranked
    assert DocumentIndex.build(mixed[:first]).followed_by(mixed[first:]).rank(question, 10) == ranked


def test_an_index_comes_back_from_disk_as_it_was(index: DocumentIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = DocumentIndex.open(tmp_path, verify=True)
    assert (again.version, list(again.ids)) == ("v1", list(index.ids))
    assert again.rank("技改补助", 4) == index.rank("技改补助", 4) != ()


def test_an_index_of_nothing_is_kept_and_finds_nothing(tmp_path: Path) -> None:
    DocumentIndex.build([]).save(tmp_path)
    assert DocumentIndex.open(tmp_path, verify=True).rank("补助", 3) == ()
    assert DocumentIndex.open(tmp_path).followed_by(_ENTRIES).rank("稳岗", 1)[0][0] == "d2"


def test_a_file_that_differs_is_refused(index: DocumentIndex, tmp_path: Path) -> None:
    with pytest.raises(IndexNotBuilt):
        DocumentIndex.open(tmp_path)
    index.save(tmp_path)
    damaged = next(tmp_path.glob("g-*/pairs/entries.npy"))
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(IndexNotBuilt, match="已损坏"):
        DocumentIndex.open(tmp_path, verify=True)
    damaged.write_bytes(content[:-4])
    with pytest.raises(IndexNotBuilt, match="大小不符"):
        DocumentIndex.open(tmp_path)
