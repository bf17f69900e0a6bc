"""What to do next: from where the company stands to where it hands the application in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from matching.match import match_one
from matching.model import Match, Openness
from policy_corpus.model import ApplicationWindow, Operator, PolicyItem, Quoted
from service.web.next_steps import next_steps
from tests.factories import make_condition, make_day, make_enterprise, make_item, make_span

TODAY = date(2026, 11, 24)
SPAN = make_span("原文")


def item(**fields: Any) -> PolicyItem:
    condition = make_condition("revenue", Operator.GE, Decimal(20_000_000), span=SPAN)
    return make_item(condition, **fields)


def match(one: PolicyItem, **facts: Any) -> Match:
    return match_one(make_enterprise(**facts), one, make_day([one], TODAY))


def words(
    one: PolicyItem, found: Match | None, state: Openness = Openness.OPEN, answers: int = 0
) -> list[str]:
    return [step.words for step in next_steps(one, found, state, TODAY, answers)]


def test_who_fits_prepares_and_hands_in_before_the_last_day() -> None:
    one = item(
        materials=(Quoted("营业执照", SPAN), Quoted("审计报告", SPAN)),
        channel=Quoted("示例申报系统", SPAN),
        contacts=(Quoted("示例电话", SPAN),),
        window=ApplicationWindow(SPAN, closes_on=date(2026, 11, 30)),
    )
    assert words(one, match(one, revenue=30_000_000)) == [
        "准备 2 项申报材料",
        "提交申报：示例申报系统，2026年11月30日前完成（还有 6 天）",
        "办理中有疑问，拨打下方联系电话",
    ]


def test_who_does_not_fit_is_told_what_is_missing_first() -> None:
    one = item(department=Quoted("示例局", SPAN))
    first, second = words(one, match(one, revenue=19_000_000))
    assert first == "先补上差距：还差 100 万元" and second == "向示例局了解申报方式并提交"


def test_who_has_something_to_answer_answers_first() -> None:
    one = item()
    assert words(one, match(one), answers=1)[0] == "先确认 1 项信息，即可知道是否符合"


def test_what_is_paid_without_application_needs_none() -> None:
    one = item(no_application=True, department=Quoted("示例局", SPAN))
    assert words(one, match(one, revenue=30_000_000))[0] == "无需申报，由示例局比对数据后直接兑付"


def test_a_closed_round_says_what_is_left_to_do() -> None:
    one = item()
    (only,) = words(one, None, Openness.CLOSED)
    assert only.startswith("本轮申报已截止")


def test_what_is_not_open_yet_says_when() -> None:
    one = item(window=ApplicationWindow(SPAN, opens_on=date(2026, 12, 1), closes_on=date(2026, 12, 31)))
    assert words(one, None, Openness.UPCOMING) == [
        "2026年12月1日起申报，还有 7 天，可先准备材料",
        "向主管部门了解申报方式并提交，2026年12月31日前完成（还有 37 天）",
    ]
