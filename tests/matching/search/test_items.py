"""Finding items for a few words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import IndexNotBuilt
from matching.search.items import LONGEST, ItemIndex

_ENTRIES = [
    ("i0", "高新技术企业认定奖励", "对首次认定的高新技术企业，给予一次性奖励。"),
    ("i1", "企业梯度培育奖励", "对认定为专精特新“小巨人”的企业给予奖励；对高新技术企业另行奖励。"),
    ("i2", "工业企业技术改造补助", "对实施技术改造的企业，按设备投资额给予补助。"),
    ("i3", "实施援企稳岗", "对不裁员的企业返还失业保险费。"),
    ("i4", "高新技术产业发展资金", "支持高新技术产业项目，企业给予配套。"),
    ("i5", "餐饮企业升规奖励", "对首次纳入规模以上的餐饮企业给予奖励。"),
    ("i6", "贷款贴息", "对企业贷款利息给予补贴。"),
    *((f"f{at}", f"第{at}类企业服务", "为企业提供服务。") for at in range(12)),
]
_TEXT = st.text(alphabet="高新技术企业奖励补贴税 ", max_size=12)


@pytest.fixture(scope="module")
def index() -> ItemIndex:
    return ItemIndex.build(_ENTRIES, "v1")


def _hits(index: ItemIndex, words: str) -> list[str]:
    scores = index.find(words).scores
    order = np.argsort(-scores, kind="stable")
    return [index.ids[int(at)] for at in order if scores[at] > 0]


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("高企", "i0"),
        ("高新技术企业", "i0"),
        ("高新技木企业", "i0"),
        ("高新术技企业", "i0"),
        ("高新技企业认定", "i0"),
        ("高新技術企業", "i0"),
        ("高企 奖励", "i0"),
        ("小巨人", "i1"),
        ("小局人", "i1"),
        ("技改", "i2"),
        ("企业技改补助", "i2"),
        ("技术改遭", "i2"),
        ("稳岗", "i3"),
        ("规上", "i5"),
        ("餐饮 奖励", "i5"),
        ("请问贷款贴息有哪些", "i6"),
    ],
)
def test_people_find_what_they_mean(index: ItemIndex, words: str, best: str) -> None:
    assert _hits(index, words)[0] == best


def test_a_title_that_says_all_comes_before_texts_that_do(index: ItemIndex) -> None:
    assert _hits(index, "高新技术企业")[:2] == ["i0", "i1"]
    scores = index.find("高新技术企业").scores
    assert scores[0] > 0.6 > scores[1] > 0


def test_an_item_that_shares_a_common_pair_only_is_no_hit(index: ItemIndex) -> None:
    assert not {hit for hit in _hits(index, "技术改造企业") if hit.startswith("f")}
    assert len(_hits(index, "企业")) == len(_ENTRIES)


def test_a_synonym_counts_only_where_it_stands_whole(index: ItemIndex) -> None:
    assert "i4" not in _hits(index, "高企")


def test_a_character_alone_finds_the_words_it_opens(index: ItemIndex) -> None:
    assert _hits(index, "贴") == ["i6"]


@pytest.mark.parametrize("words", ["", "，", "龘龘龘", "量子纠缠对撞机奖励"])
def test_nothing_is_found_for_what_nobody_says(index: ItemIndex, words: str) -> None:
    assert _hits(index, words) == []


def test_what_is_marked_is_what_was_meant(index: ItemIndex) -> None:
    assert "高新技术企业" in index.find("高企").marks
    assert "高新技术企业" in index.find("高新技木企业").marks


def test_only_the_first_characters_are_looked_at(index: ItemIndex) -> None:
    words = "稳岗 " * LONGEST
    assert np.array_equal(index.find(words + "技改").scores, index.find(words).scores)


@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=8), st.randoms(), _TEXT, st.integers(0, 8))
@settings(deadline=None, max_examples=40)
def test_scores_depend_neither_on_positions_nor_on_how_entries_came(
    texts: list[tuple[str, str]], random: object, words: str, first: int
) -> None:
    entries = [(f"i{at}", title, text) for at, (title, text) in enumerate(texts)]
    expected = dict(zip((e[0] for e in entries), ItemIndex.build(entries).find(words).scores, strict=True))
    random.shuffle(entries)  # type: ignore[attr-defined]
    for built in (ItemIndex.build(entries), ItemIndex.build(entries[:first]).followed_by(entries[first:])):
        assert dict(zip(built.ids, built.find(words).scores, strict=True)) == expected
    assert all(0 <= score <= 1 for score in expected.values())


def test_an_index_comes_back_from_disk_and_a_damaged_one_is_refused(index: ItemIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = ItemIndex.open(tmp_path, verify=True)
    assert (again.version, list(again.ids), len(again)) == ("v1", list(index.ids), len(index))
    for words in ("高企", "小局人", "税"):
        assert np.array_equal(again.find(words).scores, index.find(words).scores)
    next(tmp_path.glob("g-*/titles/keys.npy")).unlink()
    with pytest.raises(IndexNotBuilt, match="缺失"):
        ItemIndex.open(tmp_path)


def test_an_index_of_nothing_finds_nothing() -> None:
    assert ItemIndex.build([]).find("高企").scores.tolist() == []
