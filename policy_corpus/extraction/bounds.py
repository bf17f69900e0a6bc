"""The drafts of a section's benefits, and the sentences that only bound them: "单家企业当期支持资金不超过300万元". Called by drafts.

What one company may have at the most joins the benefits before it that have no bound yet; a share of the cost that stands
in a sentence of its own is what the bounds by kinds of applicants behind it are shares of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.trees import compose
from policy_corpus.extraction.statements import Grant, Statement
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.model import Node

_ONE = (
    r"(?:单户|每户|单笔|每笔|(?:单[个家]|每[个家]|同一)(?P<kind>[^，；。的]{0,6}?)"
    r"(?:企业|项目|机构|单位|主体|申请人|公司|会议|活动|展会|赛事)|每家|单家)"
)
_KEPT_TO_ONE = r"(?:(?:单家|每家|单个|每个|同一)[^，。；]{0,14}(?:只能|仅能|只可|仅可|限)[^，。；]{2,30}，)?"
# "单家企业当期支持资金不超过300万元": a bound for each company, and no word of anything else
_BOUND = re.compile(
    rf"^(?:且|其中，?)?{_KEPT_TO_ONE}(?:{_ONE}|(?:当期|年度|每年)?(?:资助|补贴|补助|奖励|支持|贴息)(?:额度|金额|资金))[^，；。]{{0,20}}(?:最高|不超过|不高于|限额)"
)
_ONCE = re.compile("只能|仅能|只可|仅可")
# "其中，大型企业每家不超过100万元": each kind of applicant with a bound of its own
_BY_KINDS = re.compile("针对|其中|对于?|参[会展]")


@dataclass(slots=True)
class Draft:
    """What will be one item: benefits of one sentence with the same conditions."""

    section: Section
    statement: Statement
    grants: list[Grant]
    carried: tuple[Node, ...] = field(default=())


def with_bounds(drafts: list[Draft]) -> list[Draft]:
    """The drafts of a section without those that only bound others, which take the bound."""
    return _with_rates(_with_caps(drafts))


def _with_caps(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    bounded = 0  # how many of them have their bound already
    for draft in drafts:
        cap = _cap_alone(draft, kept[bounded:])
        if cap is None or not kept:
            kept.append(draft)
            continue
        unbounded, bounded = kept[bounded:], len(kept)
        for earlier in unbounded:
            earlier.grants = [
                replace(one, gift=replace(one.gift, cap=cap.gift.cap)) if one.gift.cap is None else one
                for one in earlier.grants
            ]
    return kept


def _cap_alone(draft: Draft, earlier: list[Draft]) -> Grant | None:
    """The benefit of a draft that is nothing but a bound for each company that those before it are for."""
    bound = _BOUND.match(draft.statement.plain.text)
    if len(draft.grants) != 1 or not bound:
        return None
    (grant,) = draft.grants
    asked = {
        _key(one) for other in earlier for grant_before in other.grants for one in grant_before.conditions
    }
    text, said = draft.statement.plain.text, "".join(one.statement.plain.text for one in earlier)
    if bound["kind"] and bound["kind"] not in said:
        return None  # 单家小微企业补贴不超过20万元: what others may have stays open
    for one in grant.conditions:
        once = _ONCE.search(text, one.start, one.end)
        if one.start > bound.end() or not (once or _key(one) in asked):
            return None
    return grant if _only_caps(draft) else None


def _key(found: Found) -> tuple[str, object]:
    return found.attribute, found.value


def _only_caps(draft: Draft) -> bool:
    gifts = [grant.gift for grant in draft.grants]
    return all(gift.cap is not None and gift.amount is None and gift.rate is None for gift in gifts)


def _with_rates(drafts: list[Draft]) -> list[Draft]:
    """Where "按采购额的5%给予奖励" is followed by a bound for each kind of applicant: each bound with the rate."""
    kept: list[Draft] = []
    rated: Draft | None = None
    for draft in drafts:
        if rated is not None and _is_by_kind(draft):
            if kept[-1:] == [rated]:
                kept.pop()
            _take_rate(draft, rated)
            kept.append(draft)
            continue
        rated = draft if _is_rate_alone(draft) else None
        kept.append(draft)
    return kept


def _is_by_kind(draft: Draft) -> bool:
    asks = all(grant.conditions for grant in draft.grants)
    return asks and _only_caps(draft) and bool(_BY_KINDS.match(draft.statement.plain.text))


def _is_rate_alone(draft: Draft) -> bool:
    if len(draft.grants) != 1:
        return False
    gift = draft.grants[0].gift
    return gift.rate is not None and gift.cap is None and gift.amount is None


def _take_rate(draft: Draft, rated: Draft) -> None:
    (rate,) = rated.grants
    draft.grants = [
        replace(one, gift=replace(one.gift, rate=rate.gift.rate, base=rate.gift.base, kind=rate.gift.kind))
        for one in draft.grants
    ]
    draft.carried = (*rated.carried, *compose(rated.statement.plain, rate.conditions), *draft.carried)
