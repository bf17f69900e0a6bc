"""What a few words ask for."""

from __future__ import annotations

from matching.search.asked import MEETING, meetings, read_parts, words_to_mark
from matching.search.pairs import pair_of


def _weights(text: str) -> dict[int, float]:
    return {part.ways[0].pairs[0]: part.weight for part in read_parts(text) if len(part.ways) == 1}


def test_a_phrase_with_synonyms_is_one_part_that_can_be_said_in_several_ways() -> None:
    (part,) = read_parts("高企")
    assert part.ways[0].pairs == (pair_of("高企"),) and part.ways[0].worth == 1
    assert {len(way.pairs) for way in part.ways[1:]} >= {5} and all(way.worth < 1 for way in part.ways[1:])


def test_a_pair_where_two_words_meet_counts_for_less() -> None:
    weights = _weights("餐饮补贴")
    assert weights[pair_of("餐饮")] == weights[pair_of("补贴")] == 1
    assert weights[pair_of("饮补")] == MEETING


def test_a_part_said_twice_is_one_part() -> None:
    assert read_parts("餐饮 餐饮") == read_parts("餐饮")
    assert read_parts("技改 技改") == read_parts("技改")


def test_a_character_alone_is_a_part() -> None:
    assert _weights("税") == {pair_of("税"): 1.0}
    assert read_parts(" ，") == ()


def test_words_their_synonyms_and_nothing_twice_are_marked() -> None:
    marks = words_to_mark("高企奖励")
    assert {"高企", "高新技术企业", "奖励"} <= set(marks)
    assert len(marks) == len(set(marks))
    assert words_to_mark("税") == ("税",)


def test_words_meet_where_one_ends_and_the_next_begins() -> None:
    assert meetings("餐饮补贴") == {1: ("餐饮", "补贴")}
