"""What is inherited from a parent class equals what the judge says of every class of the classification."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from matching.columns.pieces import code_of
from matching.columns.trade_pieces import TradeVerdicts
from matching.judging.keys import one_who_states
from policy_corpus.model import Condition, Operator
from tests.factories import make_condition

TABLE = resources.files("policy_corpus.codes").joinpath("data", "industries.csv").read_text("utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))
WORDS = [
    "制造业", "工业", "软件", "软件和信息技术服务业", "新能源", "旅游", "住宿和餐饮业", "建筑业", "集成电路", "批发零售业",
    "现代服务业", "农业", "C39", "养老", "餐饮", "不知道是什么的行业",
    *[row["name"] for row in ROWS[::37]],
]  # fmt: skip


@pytest.fixture(scope="module")
def singles() -> list[Condition]:
    return [make_condition("industry", Operator.HAS, word) for word in WORDS]


def test_every_class_answers_every_word_as_the_judge_does(singles: list[Condition]) -> None:
    asked = 0

    def judge(code: str, numbers: object) -> list[int]:
        nonlocal asked
        answers = [code_of(singles[number], one_who_states("industry", code)) for number in numbers]  # type: ignore[attr-defined]
        asked += len(answers)
        return answers

    verdicts = TradeVerdicts(singles, judge)
    for row in ROWS:
        code, whole = row["code"], one_who_states("industry", row["code"])
        assert verdicts.of(code).tolist() == [code_of(single, whole) for single in singles], code
    assert asked < len(ROWS) * len(singles) / 10


@pytest.mark.parametrize("code", ["Z9", "没有", ""])
def test_a_code_outside_the_classification_is_unknown_to_all(singles: list[Condition], code: str) -> None:
    whole = one_who_states("industry", code)
    verdicts = TradeVerdicts(singles, lambda _, numbers: [code_of(singles[n], whole) for n in numbers])
    assert verdicts.of(code).tolist() == [1] * len(singles)
