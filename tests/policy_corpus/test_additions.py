"""Additions to the tables: one value, put in place for a process and taken away again without a trace."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_corpus import additions as module
from policy_corpus.additions import (
    NOTHING,
    AddedTerm,
    AddedTitle,
    AddedZone,
    Additions,
    additions_from_json,
    additions_to_json,
    current,
    held,
    hold,
    release,
    use,
)
from policy_corpus.codes.regions import find_region, regions_in
from policy_corpus.errors import AdditionsInUse, UnknownRegion
from policy_corpus.extraction.conditions.holdings import find_holdings
from policy_corpus.extraction.conditions.measures import find_measures
from policy_corpus.extraction.conditions.traits import find_traits
from policy_corpus.facts import (
    ADDABLE,
    BUILT_IN,
    FACTS,
    FactDefinition,
    FactKind,
    offered_facts,
    stored_facts,
)
from policy_corpus.reading.sandbox import Sandbox
from policy_corpus.understanding import understand, understand_safely

ROBOTS = FactDefinition("robots", FactKind.COUNT, "机器人数量", "台", ("工业机器人保有量",), per_period=True)
ACRE_TAX = FactDefinition("acre_tax", FactKind.YUAN, "亩均税收", "元")
OFFICER = FactDefinition("officer", FactKind.YES_NO, "首席数据官制度")
GRADE = FactDefinition(
    "grade", FactKind.CHOICE, "数据管理等级", None, ("数据管理能力",), ("A级", "B级", "AA级")
)
ADDED = Additions(
    terms=(AddedTerm("示例贷", 3),),
    synonyms=(("示例贷", "示例险"),),
    titles=(AddedTitle("示例链长企业", "省级", ("链长单位", "链长")),),
    zones=(AddedZone("360400-SP5", "示例滨江新城产业区", "360400", ("示例滨江区",)),),
    facts=(ROBOTS, ACRE_TAX, OFFICER, GRADE),
)
TEXT = """示例市工业和信息化局关于申报示例奖励的通知
一、申报条件
（一）在示例滨江新城产业区注册，获评示例链长企业称号。
（二）工业机器人保有量达到30台以上，上年度亩均税收不低于20万元。
（三）已建立首席数据官制度，数据管理能力为A级或B级。
二、奖励标准
给予一次性奖励50万元。
"""


@pytest.fixture(autouse=True)
def nothing_in_place() -> Iterator[None]:
    use(NOTHING)
    yield
    use(NOTHING)


def test_additions_travel_as_json() -> None:
    packed = json.dumps(additions_to_json(ADDED))
    assert additions_from_json(json.loads(packed)) == ADDED
    assert additions_from_json({}) == NOTHING


def test_the_fingerprint_tells_parts_apart_and_is_empty_for_nothing() -> None:
    other = Additions(titles=ADDED.titles)
    assert NOTHING.fingerprint() == "" == other.fingerprint("terms", "facts")
    assert other.fingerprint("titles") == ADDED.fingerprint("titles")
    assert len({other.fingerprint(), ADDED.fingerprint(), ADDED.fingerprint("zones")}) == 3


def test_an_added_fact_stands_behind_the_built_in_ones() -> None:
    with held(ADDED):
        assert list(FACTS) == [*BUILT_IN, "robots", "acre_tax", "officer", "grade"]
        assert FACTS["robots"] is ROBOTS and ROBOTS in stored_facts() and ROBOTS in offered_facts()
    use(NOTHING)
    assert dict(FACTS) == dict(BUILT_IN)


def test_a_retired_fact_is_known_and_not_offered() -> None:
    retired = FactDefinition("robots", FactKind.COUNT, "机器人数量", "台", retired=True)
    with held(Additions(facts=(retired,))):
        assert retired in stored_facts() and retired not in offered_facts()
        assert find_measures("机器人数量不少于30台")[0].attribute == "other"


def test_a_built_in_fact_cannot_be_taken_over() -> None:
    with held(Additions(facts=(FactDefinition("revenue", FactKind.YES_NO, "别的"),))):
        assert FACTS["revenue"] is BUILT_IN["revenue"]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("工业机器人保有量达到30台以上", [("robots", "ge", 30, "台")]),
        ("机器人数量30台以上", [("robots", "ge", 30, "台")]),
        ("上年度亩均税收不低于20万元", [("acre_tax", "ge", 200_000, "元")]),
        ("机器人数量30人以上", [("other", "ge", 30, "人")]),
        ("营业收入2000万元以上", [("revenue", "ge", 20_000_000, "元")]),
    ],
)
def test_figures_of_added_facts_are_read_by_their_names(clause: str, expected: list[object]) -> None:
    with held(ADDED):
        found = find_measures(clause)
        assert [(one.attribute, str(one.op), one.value, one.unit) for one in found] == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("已建立首席数据官制度", [("officer", "eq", True)]),
        ("未建立首席数据官制度的", [("officer", "not_has", True)]),
        ("数据管理能力达AA级", [("grade", "eq", "AA级")]),
        ("数据管理能力为A级或B级", [("grade", "in", ("A级", "B级"))]),
        ("数据管理能力为A级以上", []),  # which are above A is not known
        ("数据管理能力不低于A级", []),
        ("数据管理能力较强", []),
    ],
)
def test_a_yes_or_a_choice_of_an_added_fact_is_read(clause: str, expected: list[object]) -> None:
    with held(ADDED):
        found = [one for one in find_traits(clause) if one.attribute in ("officer", "grade")]
        assert [(one.attribute, str(one.op), one.value) for one in found] == expected


def test_an_added_title_is_read_as_one() -> None:
    clause = "属于链长单位的企业"
    assert not find_holdings(clause)
    with held(ADDED):
        assert [one.value for one in find_holdings(clause)] == ["链长单位"]


def test_an_added_zone_is_a_place_under_all_its_names() -> None:
    with pytest.raises(UnknownRegion):
        find_region("示例滨江新城产业区")
    with held(ADDED):
        assert find_region("九江市示例滨江区").code == "360400-SP5"
        assert find_region("360400-SP5").full_name == "江西省九江市示例滨江新城产业区"
        assert [(s, e, r.code) for s, e, r in regions_in("在示例滨江新城产业区注册")] == [
            (1, 10, "360400-SP5")
        ]


def test_the_sandbox_reads_as_this_process_does() -> None:
    data, name = TEXT.encode(), "示例.txt"
    with Sandbox() as sandbox:
        plain = understand(data, name)
        assert understand_safely(sandbox, data, name) == plain
        with held(ADDED):
            added = understand(data, name)
            assert understand_safely(sandbox, data, name) == added
        use(NOTHING)
        assert understand_safely(sandbox, data, name) == plain
    assert added != plain


def test_a_sandbox_can_be_given_additions_of_its_own() -> None:
    data, name = TEXT.encode(), "示例.txt"
    with Sandbox(additions=ADDED) as sandbox:
        found = understand_safely(sandbox, data, name)
    assert current() is NOTHING
    with held(ADDED):
        assert found == understand(data, name)


_HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=3, max_size=8)
_FACTS = st.builds(
    FactDefinition,
    key=st.from_regex(r"x_[a-z]{1,6}", fullmatch=True),
    kind=st.sampled_from(ADDABLE),
    label=_HAN,
    synonyms=st.lists(_HAN, max_size=2).map(tuple),
    choices=st.lists(_HAN, min_size=2, max_size=3).map(tuple),
)
_ADDITIONS = st.builds(
    Additions,
    terms=st.lists(st.builds(AddedTerm, _HAN, st.integers(1, 50)), max_size=3).map(tuple),
    synonyms=st.lists(st.lists(_HAN, min_size=2, max_size=3).map(tuple), max_size=2).map(tuple),
    titles=st.lists(
        st.builds(AddedTitle, _HAN, st.just(""), st.lists(_HAN, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    zones=st.lists(st.builds(AddedZone, st.just("360400-SP9"), _HAN, st.just("360400")), max_size=1).map(
        tuple
    ),
    facts=st.lists(_FACTS, max_size=3).map(tuple),
)


@given(_ADDITIONS)
@settings(max_examples=15)
def test_what_was_added_and_taken_away_leaves_no_trace(added: Additions) -> None:
    data, name = TEXT.encode(), "示例.txt"
    before = understand(data, name)
    with held(added):
        understand(data, name)
    use(NOTHING)
    assert understand(data, name) == before


def test_nobody_works_with_a_table_that_changes_under_them() -> None:
    """One thread holds on to what it works with; another that wants other additions waits until it lets go."""
    inside, may_end, order = threading.Event(), threading.Event(), []

    def work() -> None:
        with held(ADDED):
            inside.set()
            assert may_end.wait(10)
            assert current() == ADDED
            order.append("worked")

    def change() -> None:
        use(NOTHING)
        order.append("changed")

    worker, changer = threading.Thread(target=work), threading.Thread(target=change)
    worker.start()
    assert inside.wait(10)
    changer.start()
    changer.join(0.2)
    assert changer.is_alive() and current() == ADDED
    may_end.set()
    worker.join(10)
    changer.join(10)
    assert order == ["worked", "changed"] and current() is NOTHING


def test_who_waits_takes_what_is_newest_when_its_turn_comes() -> None:
    """Not what was newest when it began to wait: nobody brings back what others have moved on from."""
    newest, entered = [Additions(titles=ADDED.titles)], list[Additions]()

    def work() -> None:
        hold(lambda: newest[0])
        entered.append(current())
        release()

    with held(NOTHING):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(0.2)
        newest[0] = ADDED
    thread.join(10)
    assert entered == [ADDED]


def test_nobody_is_overtaken_for_ever() -> None:
    """Many that work with one thing by turns let one that wants another in, in the order of coming."""
    ended, entered = threading.Event(), threading.Event()

    def work() -> None:
        while not ended.is_set():
            with held(ADDED):
                ended.wait(0.005)

    def want_another() -> None:
        with held(NOTHING):
            entered.set()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    other = threading.Thread(target=want_another)
    other.start()
    assert entered.wait(20)
    ended.set()
    for thread in (*threads, other):
        thread.join(10)
        assert not thread.is_alive()


def test_several_hold_on_to_the_same_at_once() -> None:
    with held(ADDED):
        thread = threading.Thread(target=lambda: use(ADDED))
        thread.start()
        thread.join(5)
        assert not thread.is_alive()


def test_who_waits_too_long_is_told_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAIT_S", 0.05)
    told: list[str] = []

    def change() -> None:
        try:
            use(NOTHING)
        except AdditionsInUse as error:
            told.append(str(error))

    with held(ADDED):
        thread = threading.Thread(target=change)
        thread.start()
        thread.join(10)
    assert told == ["词典与指标正在更新，请稍后重试"] and current() == ADDED
