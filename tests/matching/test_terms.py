"""Cutting Chinese text into terms."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import terms
from matching.terms import cut, known_phrases, phrases_with_synonyms, search_terms, synonyms_of, terms_of

_TEXT = st.text(
    alphabet=st.one_of(st.sampled_from("对专精特新小巨人企业給予獎勵５Ｇ万元，。 \n%-ABC12"), st.characters())
)


def test_policy_words_stay_whole() -> None:
    assert cut("鼓励新质生产力和免申即享") == ["鼓励", "新质生产力", "免申即享"]


def test_traditional_and_full_width_text_gives_the_same_terms() -> None:
    assert cut("對高新技術企業給予ＡＩ補貼") == cut("对高新技术企业给予AI补贴")


def test_single_characters_punctuation_and_bare_numbers_are_no_terms() -> None:
    assert cut("（一）奖 30 万元，2000、3.5%！") == ["万元"]


def test_a_synonym_is_searched_too() -> None:
    assert "高新技术企业" in search_terms("高企有什么奖励")
    assert "技术改造" in search_terms("技改")
    assert "高企" in synonyms_of("高新技术企业")


def test_search_terms_come_once_each() -> None:
    terms = search_terms("技术改造和技改，技术改造补贴")
    assert len(terms) == len(set(terms))


def test_phrases_with_synonyms_are_found_where_they_stand_the_longer_ones_first() -> None:
    assert phrases_with_synonyms("对高新技术企业技改") == [(1, "高新技术企业"), (7, "技改")]
    assert phrases_with_synonyms("毫不相干") == []


def test_every_phrase_with_synonyms_is_known_once() -> None:
    phrases = known_phrases()
    assert len(phrases) == len(set(phrases)) and {"小巨人", "高企", "专精特新"} <= set(phrases)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("高企", "高新技术企业"),
        ("小巨人", "专精特新小巨人"),
        ("单项冠军", "制造业单项冠军"),
        ("技改", "技术改造"),
        ("规上", "规模以上"),
        ("科小", "科技型中小企业"),
        ("社保补贴", "社会保险补贴"),
        ("瞪羚", "瞪羚企业"),
        ("独角兽", "独角兽企业"),
        ("两化融合", "信息化和工业化融合"),
        ("上云", "企业上云"),
        ("央行", "中国人民银行"),
    ],
)
def test_the_usual_abbreviations_of_the_field_are_known_both_ways(short: str, full: str) -> None:
    assert full in synonyms_of(short) and short in synonyms_of(full)


def test_no_phrase_means_two_different_things() -> None:
    groups: dict[str, int] = {}
    for phrase in known_phrases():
        for other in synonyms_of(phrase):
            assert set(synonyms_of(other)) | {other} == set(synonyms_of(phrase)) | {phrase}
            groups[other] = groups.get(other, 0) + 1
    assert len(groups) >= 150


def test_unknown_phrases_have_no_synonyms() -> None:
    assert synonyms_of("毫不相干") == ()


def test_a_token_gives_one_term_none_or_several() -> None:
    assert [terms_of(token) for token in ("Ai", "的", "3.5%", "2022-2024", "A-Wes-rc")] == [
        ("ai",),
        (),
        (),
        (),
        ("wes", "rc"),
    ]


def test_a_full_memory_of_words_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cut("鼓励新质生产力")
    monkeypatch.setattr(terms, "_MOST_KEPT", 0)
    assert cut("鼓励新质生产力") == cut("鼓励新质生产力") == before


def test_matching_can_be_imported_without_loading_a_segmenter_or_sklearn() -> None:
    code = (
        "import sys, matching.match, matching.batch, matching.profile, matching.terms, matching.term_ids\n"
        "sys.exit(bool({'jieba', 'rjieba', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_cutting_writes_nothing_outside_and_warns_of_nothing(tmp_path) -> None:
    code = "from matching.terms import cut; assert cut('专精特新企业')"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={"TMPDIR": str(tmp_path), "PYTHONPYCACHEPREFIX": str(tmp_path / "pyc")},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [path.name for path in tmp_path.iterdir() if path.name != "pyc"] == []


@given(_TEXT)
def test_every_term_is_long_enough_and_stands_in_the_text(text: str) -> None:
    from policy_corpus.folding import fold

    for term in cut(text):
        assert len(term) >= 2
        assert term in fold(text).lower()
