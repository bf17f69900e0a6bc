"""An administrator corrects what is known of one company: a fact, back to an earlier one, to unknown, or its name.

Whoever corrects says against which state (the number of the claim that counted): what somebody else has changed in the
meantime is not overwritten. Every correction is a new entry of the history with its reason; nothing is deleted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from matching.model import FactValue
from policy_corpus.facts import FactDefinition, stored_facts
from service.actors import Actor
from service.enterprise_json import clean_name
from service.enterprise_trust import ADMIN_SOURCE, Claim, Decision, FactStep, HeldCompany, Step
from service.enterprise_values import UnreadableValue, read_value
from service.errors import FactConflict, UnusableCorrection
from service.store.data_folder import DataFolder
from service.store.enterprise_history import find_before, history_of
from service.workflows.foretell_import import claim_words

UNKNOWN_WORDS = ("", "未知")
_LONGEST_REASON, _LONGEST_NAME, _LONGEST_PERIOD = 300, 200, 20
_UNDONE = "撤销更正"  # the source of a fact that is unknown again because nothing was known before


def correct_fact(
    folder: DataFolder,
    uscc: str,
    key: str,
    given: str,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    expected: int | None = None,
    period: str | None = None,
) -> Claim:
    """Put a value in place of what counts; 未知 sets it back to unknown. Returns what counts now.

    given: as it is typed, with a unit or without (3600万元). expected: the number of the claim that was corrected, 0 for
    none; None does not ask. period: the year of a figure, None leaves it. Raises UnusableCorrection, FactConflict.
    """
    row = find_fact_row(key)
    value = None if given.strip() in UNKNOWN_WORDS else _read(row, given)
    with folder.writing():
        held = folder.enterprises.get_held(uscc)
        before = _expected(held, row, expected)
        year = (
            before.period if period is None and before else (period or "").strip()[:_LONGEST_PERIOD] or None
        )
        after = Claim(0, value, ADMIN_SOURCE, now.date(), year if row.per_period else None)
        return _put(folder, held, row, after, reason=_checked(reason), by=by, now=now)


def restore_fact(
    folder: DataFolder,
    uscc: str,
    key: str,
    claim_id: int | None,
    *,
    by: Actor,
    now: datetime,
    expected: int | None = None,
    reason: str = "",
) -> Claim:
    """Let an earlier claim, or one that was kept aside, count again; None: what counted before the present one."""
    row = find_fact_row(key)
    with folder.writing():
        held = folder.enterprises.get_held(uscc)
        before = _expected(held, row, expected)
        wanted = _wanted(folder, held, key, claim_id)
        if before is not None and replace(wanted, id=before.id) == before:
            raise UnusableCorrection(f"“{row.label}”现在采用的就是这一条，无需恢复")
        words = reason.strip() or (f"恢复第 {wanted.id} 条记录" if wanted.id else _UNDONE)
        return _put(folder, held, row, replace(wanted, id=0), reason=words, by=by, now=now)


def keep_fact(
    folder: DataFolder, uscc: str, key: str, *, by: Actor, now: datetime, expected: int | None = None
) -> Claim:
    """Let what counts go on counting, as checked by a person: what other sources said of it is settled."""
    row = find_fact_row(key)
    with folder.writing():
        held = folder.enterprises.get_held(uscc)
        before = _expected(held, row, expected)
        if before is None:
            raise UnusableCorrection(f"“{row.label}”还没有内容，无法保持")
        after = replace(before, id=0, source=ADMIN_SOURCE, dated=now.date())
        return _put(folder, held, row, after, reason="核对后保持不变", by=by, now=now)


def rename_company(
    folder: DataFolder,
    uscc: str,
    name: str,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    expected: str | None = None,
) -> str:
    """Give a company another name; the old one still finds it. Raises UnusableCorrection, FactConflict."""
    plain = clean_name(name)
    if not plain or len(plain) > _LONGEST_NAME:
        raise UnusableCorrection(f"企业名称不能为空，也不能超过 {_LONGEST_NAME} 字")
    words = _checked(reason)
    with folder.writing():
        held = folder.enterprises.get_held(uscc)
        if expected is not None and expected != held.name:
            raise FactConflict(f"企业名称已被他人改为“{held.name}”，请核对后再改")
        if plain == held.name:
            raise UnusableCorrection("名称没有变化")
        folder.enterprises.apply(held, Decision(held.uscc, plain, held.name, ()), now, by.name, words)
        folder.audit.record(
            by,
            "enterprise.edit",
            "enterprise",
            held.uscc,
            at=now,
            before={"企业名称": held.name},
            after={"企业名称": plain},
            note=words,
        )
    return plain


def find_fact_row(key: str) -> FactDefinition:
    """The row of a fact by its key or its label. Raises UnusableCorrection."""
    for row in stored_facts():
        if key in (row.key, row.label):
            return row
    known = "、".join(row.label for row in stored_facts())
    raise UnusableCorrection(f"没有“{key[:40]}”这一指标，可用的指标有：{known}")


def _put(
    folder: DataFolder,
    held: HeldCompany,
    row: FactDefinition,
    after: Claim,
    *,
    reason: str,
    by: Actor,
    now: datetime,
) -> Claim:
    before = held.claims.get(row.key)
    step = FactStep(row.key, Step.CHANGED if before else Step.NEW, before, after)
    folder.enterprises.apply(held, Decision(held.uscc, held.name, held.name, (step,)), now, by.name, reason)
    folder.audit.record(
        by,
        "enterprise.edit",
        "enterprise",
        held.uscc,
        at=now,
        before={row.label: claim_words(row.key, before)},
        after={row.label: claim_words(row.key, after)},
        note=reason,
    )
    return folder.enterprises.get_held(held.uscc).claims[row.key]


def _expected(held: HeldCompany, row: FactDefinition, expected: int | None) -> Claim | None:
    before = held.claims.get(row.key)
    if expected is not None and expected != (before.id if before else 0):
        raise FactConflict(
            f"“{row.label}”已被他人改为“{claim_words(row.key, before)}”，您填写的内容没有保存，请核对后再改"
        )
    return before


def _wanted(folder: DataFolder, held: HeldCompany, key: str, claim_id: int | None) -> Claim:
    counted = held.claims.get(key)
    if claim_id is None:
        if counted is None:
            raise UnusableCorrection("这一指标没有记录，无法撤销")
        before = find_before(folder.db, held.uscc, key, counted.id)
        return before or Claim(0, None, _UNDONE, None, counted.period)
    for one in history_of(folder.db, held.uscc, key):
        if one.claim.id == claim_id:
            return one.claim
    raise UnusableCorrection("没有这一条记录，请刷新页面后重试")


def _read(row: FactDefinition, given: str) -> FactValue:
    try:
        return read_value(row, given)
    except UnreadableValue as error:
        raise UnusableCorrection(f"“{row.label}”的值“{given[:60]}”无法使用：{error.reason}") from error


def _checked(reason: str) -> str:
    plain = " ".join(reason.split())
    if not plain:
        raise UnusableCorrection("请写明更正的理由，如“企业提供 2025 年度审计报告”")
    return plain[:_LONGEST_REASON]
