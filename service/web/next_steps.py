"""What to do next for one benefit, in numbered steps: from what is missing to where to hand it in. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matching.figures_in_words import chinese_date
from matching.model import Match, Openness, Verdict
from policy_corpus.model import ApplicationWindow, PolicyItem

_CLOSED = "本轮申报已截止。可收藏本事项，新一轮申报开始时再办理"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step. target: the id of the part of the page that it speaks of, empty where there is none."""

    words: str
    target: str = ""


def next_steps(
    item: PolicyItem, match: Match | None, state: Openness, today: date, answers: int
) -> tuple[NextStep, ...]:
    """The steps from where the company stands. match: None without a company; answers: confirmations still needed."""
    if state is Openness.CLOSED:
        return (NextStep(_CLOSED),)
    steps = (
        *_to_qualify(match, answers),
        *(_by_itself(item) if item.no_application else _to_apply(item, state, today)),
    )
    return tuple(steps)


def _to_qualify(match: Match | None, answers: int) -> Iterator[NextStep]:
    if match is None:
        return
    failed = [finding for finding in match.findings if finding.verdict is Verdict.NOT_MET]
    if match.eligibility.value == "ineligible" and failed:
        gaps = [finding.gap or f"达到“{finding.text}”" for finding in failed]
        more = f"等 {len(gaps)} 项" if len(gaps) > 2 else ""
        yield NextStep(f"先补上差距：{'；'.join(gaps[:2])}{more}", "conditions-title")
    elif answers:
        yield NextStep(f"先确认 {answers} 项信息，即可知道是否符合", "conditions-title")


def _by_itself(item: PolicyItem) -> Iterator[NextStep]:
    who = item.department.text if item.department else "主管部门"
    yield NextStep(f"无需申报，由{who}比对数据后直接兑付")
    yield NextStep("核对企业信息是否准确，留意部门公示和到账通知")


def _to_apply(item: PolicyItem, state: Openness, today: date) -> Iterator[NextStep]:
    window = item.window
    if state is Openness.UPCOMING and window and window.opens_on:
        days = (window.opens_on - today).days
        yield NextStep(f"{chinese_date(window.opens_on)}起申报，还有 {days} 天，可先准备材料", "w1")
    if item.materials:
        yield NextStep(f"准备 {len(item.materials)} 项申报材料", "materials-title")
    where = f"提交申报：{item.channel.text}" if item.channel else _ask_where(item)
    yield NextStep(f"{where}{_until(window, state, today)}", "a1" if item.channel else "")
    if item.contacts:
        yield NextStep("办理中有疑问，拨打下方联系电话", "k1")


def _ask_where(item: PolicyItem) -> str:
    who = item.department.text if item.department else "主管部门"
    return f"向{who}了解申报方式并提交"


def _until(window: ApplicationWindow | None, state: Openness, today: date) -> str:
    if window is None or window.closes_on is None or state not in (Openness.OPEN, Openness.UPCOMING):
        return ""
    left = (window.closes_on - today).days
    words = "今天是最后一天" if left == 0 else f"还有 {left} 天"
    return f"，{chinese_date(window.closes_on)}前完成（{words}）"
