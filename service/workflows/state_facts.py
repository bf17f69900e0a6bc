"""A company states a fact of itself, confirms or denies what a policy asks, or takes a statement back.

What it states counts by the rule of sources (docs/companies.md): where a department's list or an administrator says
something else of the same year, the statement is kept aside and the company is told so. Statements about what only the
company can know are added to those made before. Nothing is deleted; the log names which fact, not what was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from matching.model import Enterprise, Fact, FactValue
from policy_corpus.facts import SELF_STATED, FactDefinition, FactKind, offered_facts
from service.actors import Actor
from service.enterprise_trust import (
    SELF_SOURCE,
    Claim,
    Decision,
    FactStep,
    HeldCompany,
    Step,
    Trust,
    decide,
    trust_of,
)
from service.enterprise_values import UnreadableValue, read_value
from service.errors import UnusableStatement
from service.store.data_folder import DataFolder
from service.store.enterprise_history import history_of

MOST_STATEMENTS = 200  # of one kind; a company that says more says nothing a policy could be held against
_LONGEST = 120
_TAKEN_BACK = "企业撤回填报"


@dataclass(frozen=True, slots=True)
class Stated:
    """What came of a statement. counted: whether it counts; before: what counted until now, None for nothing.

    against: the source that counts instead, empty where the statement counts.
    """

    key: str
    counted: bool
    before: Claim | None
    now: Claim | None
    against: str = ""


def get_stated_fact(key: str) -> FactDefinition:
    """The row of a fact that a company may state, by its key. Raises UnusableStatement."""
    for row in offered_facts():
        if row.key == key:
            return row
    raise UnusableStatement("没有这一项企业信息，请刷新页面后重试")


def state_fact(
    folder: DataFolder,
    uscc: str,
    key: str,
    given: str,
    *,
    period: str | None = None,
    unit: str = "",
    by: Actor,
    now: datetime,
) -> Stated:
    """State a fact as typed (3600万元, 2015-05-01, 是). period: the year of a figure, the last full one if None.

    unit: what a plain number is in (万元). Raises UnusableStatement, EnterpriseNotFound; nothing is stored then.
    """
    row = get_stated_fact(key)
    if not given.strip():
        raise UnusableStatement(f"请填写{row.label}")
    try:
        value = read_value(row, given, unit)
    except UnreadableValue as error:
        raise UnusableStatement(
            f"“{row.label}”填写的“{given.strip()[:40]}”无法使用：{error.reason}"
        ) from error
    if row.kind is FactKind.DATE and isinstance(value, str) and value > now.date().isoformat():
        raise UnusableStatement(f"{row.label}不能晚于今天，请核对")
    return _state(folder, uscc, row, value, _year(row, period, now.date()), by, now)


def add_statement(
    folder: DataFolder, uscc: str, key: str, phrases: tuple[str, ...], *, by: Actor, now: datetime
) -> Stated:
    """Add what the company says of itself (已发生事项, 开展的活动, 合规情况, 其他情况), or titles that it holds.

    A phrase that was said before moves to the end. Raises UnusableStatement.
    """
    row = get_stated_fact(key)
    if row.kind not in (FactKind.STATED, FactKind.NAMES):
        raise UnusableStatement(f"{row.label}不能这样填写，请在企业信息中修改")
    clean = [" ".join(phrase.split())[:_LONGEST] for phrase in phrases]
    if not any(clean):
        raise UnusableStatement("没有可以保存的内容，请刷新页面后重试")
    with folder.writing():
        held = folder.enterprises.get_held(uscc)
        kept = [one for one in _phrases(held.claims.get(key)) if one not in clean]
        if len(kept) + len(clean) > MOST_STATEMENTS:
            raise UnusableStatement(f"{row.label}最多填写 {MOST_STATEMENTS} 项，请先删除不再适用的内容")
        return _put(folder, held, row, (*kept, *clean), None, by, now)


def drop_statement(
    folder: DataFolder, uscc: str, key: str, phrase: str, *, by: Actor, now: datetime
) -> Stated:
    """Take back one phrase of a list of statements or titles that the company itself gave. Raises UnusableStatement."""
    row = get_stated_fact(key)
    with folder.writing():
        held = folder.enterprises.get_held(uscc)
        claim = held.claims.get(key)
        left = tuple(one for one in _phrases(claim) if one != phrase)
        if claim is None or len(left) == len(_phrases(claim)):
            raise UnusableStatement("这一项已不在企业信息中，请刷新页面")
        _check_own(claim, row)
        if not left and key in SELF_STATED:
            return _replace(folder, held, row, None, by, now)
        return _put(folder, held, row, left, None, by, now)


def take_back(folder: DataFolder, uscc: str, key: str, *, by: Actor, now: datetime) -> Stated:
    """Take back what the company itself stated: what counted before from another source counts again, else nothing."""
    row = get_stated_fact(key)
    with folder.writing():
        held = folder.enterprises.get_held(uscc)
        claim = held.claims.get(key)
        if claim is None or claim.value is None:
            raise UnusableStatement(f"{row.label}现在没有内容，无需撤回")
        _check_own(claim, row)
        others = (
            one.claim
            for one in history_of(folder.db, held.uscc, key)
            if not one.is_aside
            and one.claim.value is not None
            and trust_of(one.claim.source) is not Trust.SELF
        )
        return _replace(folder, held, row, next(others, None), by, now)


def _state(
    folder: DataFolder,
    uscc: str,
    row: FactDefinition,
    value: FactValue,
    period: str | None,
    by: Actor,
    now: datetime,
) -> Stated:
    with folder.writing():
        return _put(folder, folder.enterprises.get_held(uscc), row, value, period, by, now)


def _put(
    folder: DataFolder,
    held: HeldCompany,
    row: FactDefinition,
    value: FactValue,
    period: str | None,
    by: Actor,
    now: datetime,
) -> Stated:
    before = held.claims.get(row.key)
    fact = Fact(value, SELF_SOURCE, now.date(), period)
    decision = decide(held, Enterprise(held.uscc, held.name, {row.key: fact}))
    folder.enterprises.apply(held, decision, now, by.name, "")
    after = folder.enterprises.get_held(held.uscc).claims.get(row.key)
    counted = after is not None and after.value == value and (period is None or after.period == period)
    against = after.source if after is not None and not counted else ""
    _note(folder, held, row, by, now, "" if counted else "与其他来源不一致，未采用")
    return Stated(row.key, counted, before, after, against)


def _replace(
    folder: DataFolder, held: HeldCompany, row: FactDefinition, wanted: Claim | None, by: Actor, now: datetime
) -> Stated:
    before = held.claims[row.key]
    after = wanted or Claim(0, None, SELF_SOURCE, now.date())
    step = FactStep(
        row.key, Step.CHANGED, before, Claim(0, after.value, after.source, after.dated, after.period)
    )
    decision = Decision(held.uscc, held.name, held.name, (step,))
    folder.enterprises.apply(held, decision, now, by.name, _TAKEN_BACK)
    _note(folder, held, row, by, now, _TAKEN_BACK)
    return Stated(row.key, True, before, folder.enterprises.get_held(held.uscc).claims.get(row.key))


def _note(
    folder: DataFolder, held: HeldCompany, row: FactDefinition, by: Actor, now: datetime, note: str
) -> None:
    folder.audit.record(
        by, "enterprise.state", "enterprise", held.uscc, at=now, after={"指标": row.label}, note=note
    )


def _check_own(claim: Claim, row: FactDefinition) -> None:
    if trust_of(claim.source) is not Trust.SELF:
        raise UnusableStatement(f"{row.label}来自“{claim.source}”，不能由企业撤回；认为有误的，请提出异议")


def _phrases(claim: Claim | None) -> tuple[str, ...]:
    return claim.value if claim is not None and isinstance(claim.value, tuple) else ()


def _year(row: FactDefinition, given: str | None, today: date) -> str | None:
    """The year of a figure: four digits, not of the future. Raises UnusableStatement."""
    if not row.per_period:
        return None
    words = (given or "").strip().removesuffix("年") or str(today.year - 1)
    if not (words.isascii() and words.isdigit() and 1990 <= int(words) <= today.year):
        raise UnusableStatement(
            f"“{row.label}”的年度应为 {today.year} 年及以前的四位数字，如 {today.year - 1}"
        )
    return words
