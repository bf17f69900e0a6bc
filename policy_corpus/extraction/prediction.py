"""One labelled passage -> one prediction of `huiqi extract --jsonl`; the union of everything its sentences say."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.steps import starts_above
from policy_corpus.extraction.drafts import draft_benefits
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.particulars.windows import find_windows
from policy_corpus.extraction.passages import Reader
from policy_corpus.extraction.statements import Statement, is_bare
from policy_corpus.extraction.structure.addressed import (
    closing_list,
    is_of_persons,
    names_applicant,
    speaks_otherwise,
    speaks_to_applicant,
)
from policy_corpus.extraction.structure.outline import Section, read_outline
from policy_corpus.extraction.tiers import picked_conditions
from policy_corpus.extraction.words.clauses import split_sentences
from policy_corpus.extraction.words.days import Calendar
from policy_corpus.model import BenefitKind, Document, DocumentKind, Operator


def predict(passage: dict[str, Any]) -> dict[str, Any]:
    """The prediction for {"id", "text", "issuer"?, "region"?, "published_on"?}, in the shape of the contract.

    >>> answer = predict({"id": "1", "text": "对首次认定的高新技术企业，给予一次性奖励30万元。", "region": "示例市"})
    >>> answer["is_benefit"], answer["benefits"][0]["amount_yuan"]
    (True, 300000)
    """
    document = Document("passage", "", "", "txt", "", passage["text"], DocumentKind.OTHER)
    root = read_outline(document)
    closing = closing_list(root)
    listed = {id(section) for section in (*_opening_list(root), *closing)}
    read = _read(root, passage.get("region") or None, listed, lenient=False)
    statements = _all_of(read)
    if not any(s.grants for s in statements):
        lenient = _read(root, passage.get("region") or None, listed, lenient=True)
        read = lenient if _is_requirement_list(passage["text"], _all_of(lenient)) else read
        statements = _all_of(read)
    for_persons = is_of_persons(passage["text"])
    is_benefit = not for_persons and _is_benefit(passage["text"], statements, 1 if closing else 2)
    for_nobody = for_persons or (not is_benefit and speaks_otherwise(passage["text"]))
    closes = None if for_nobody else _deadline(root, passage)
    conditions = _conditions(statements) if is_benefit else []
    benefits = _benefits(read) if is_benefit else []
    return {
        "id": passage["id"],
        "is_benefit": is_benefit or closes is not None,
        "condition_logic": _logic(statements),
        "conditions": conditions,
        "benefits": benefits,
        "deadline": closes.isoformat() if closes else None,
        "region": passage.get("region"),
        "department": passage.get("issuer"),
    }


def _read(
    root: Section, speaking: str | None, listed: Container[int], *, lenient: bool
) -> list[tuple[Section, list[Statement]]]:
    return [
        (section, Reader(speaking, lenient or id(section) in listed).read(section)) for section in root.walk()
    ]


def _all_of(read: Iterable[tuple[Section, list[Statement]]]) -> list[Statement]:
    return [statement for _, statements in read for statement in statements]


_LISTS = frozenset({"（一）", "1.", "1)", "（1）", "①"})


def _opening_list(root: Section) -> tuple[Section, ...]:
    """The items of a list that the passage begins in, without its heading: they ask, as their heading would say."""
    items: list[Section] = []
    for section in root.children:
        if section.style not in _LISTS or section.role is not Role.OPEN or _GIVES.search(section.plain.text):
            break
        items.append(section)
    return tuple(items) if len(items) > 1 else ()


_GIVES = re.compile(r"给予|予以|奖励|补贴|补助|资助|支持|鼓励|减免|免征|贴息|加大|推动|优化|完善|负责")
_LICENCE = re.compile(
    r"设立[^，。]{2,20}(?:公司|学校|机构|企业)，?应当具备|行政许可|许可(?:事项|条件|申请|机关|证核发)|审批服务部门|准予|申请人?设立|执业"
)
_NOT_FOR_US = re.compile(
    r"罚款|责令|没收|追究|资金池|转移支付|考核(?:内容|体系|办法|评价|工作|目标|指标|问责)|纳入[^，。]{0,10}考核|管委会|税务总局|统计显示|不完全统计|惠及"
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]{1,5}条")
_APPLYING = re.compile(r"申报|申请(?:单位|企业|补|资金|认定)|享受|受理范围")
_REFUSES = re.compile(r"(?:不能|不得|不予|不再)(?:重复|再次?)?(?:申报|参与|受理|资助|支持|获得)")
_MARKS = re.compile(r"(?:^|\n)[ \u3000]{0,8}[（(]?[\d一二三四五六七八九十]{1,2}[）).．、]")
_OF_APPLICANT = re.compile(
    r"(?:企业|项目|机构|平台|活动|基地|园区)(?:的[^，；。]{0,10})?(?:应当?|须|需)(?!求|按照?要求|如实|及时|向)"
)
# What a call says besides the requirements, and what it asks of the project that is applied for.
_OF_A_CALL = re.compile(r"(?:支持|资助|奖励|补贴)(?:内容|方向|重点|范围)|申报(?:方向|类别)|条件要求|服务对象")
_APPLIED_FOR = re.compile(r"截至申报|申报(?:的)?(?:项目|作品|产品)(?:应|须|已|需(?!要?求))")
_ASKS = re.compile(r"条件|应|须|不低于|以上|具有|注册|申报|申请|对象|不予")


def _is_requirement_list(text: str, statements: list[Statement]) -> bool:
    if _LICENCE.search(text) or _NOT_FOR_US.search(text) or _is_law(text) or not speaks_to_applicant(text):
        return False
    marks = len(_MARKS.findall(text))
    if _OF_APPLICANT.search(text) and (marks > 1 or (marks and _OF_A_CALL.search(text))):
        return True
    if _APPLIED_FOR.search(text):
        return True
    found = [one for statement in statements for one in statement.requirements]
    if any(one.negated for one in found) and _REFUSES.search(text):
        return True
    typed = [one for one in found if one.attribute not in ("other", "activity", "event")]
    return len(typed) >= 2 and bool(_ASKS.search(text))


def _is_law(text: str) -> bool:
    """Articles that demand of everybody, not of who applies for something."""
    return bool(_ARTICLE.search(text)) and not _APPLYING.search(text)


def _is_benefit(text: str, statements: list[Statement], least: int) -> bool:
    """least: how many requirements make a list of them."""
    if any(_gives(statement) for statement in statements):
        return True
    if _LICENCE.search(text) or _is_law(text) or speaks_otherwise(text):
        return False
    return sum(len(s.requirements) for s in statements) >= least


# Without a figure and without anybody who could ask for it, these are said of everything.
_SAID_OF_ALL = frozenset({BenefitKind.SERVICE, BenefitKind.OTHER})


def _gives(statement: Statement) -> bool:
    """Whether something is given that an applicant could ask for."""
    named = names_applicant(statement.plain.text)
    return any(
        named or not is_bare(grant.gift) or grant.gift.kind not in _SAID_OF_ALL for grant in statement.grants
    )


def _conditions(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    seen: set[tuple[str, str, str]] = set()
    told = [(statement, one) for statement in statements for one in _told(statement)]
    for statement, one in told:
        words = statement.plain.text[one.start : one.end]
        if starts_above(one, words, (other for _, other in told)):
            one = replace(one, op=Operator.GT)
        row = _condition_row(statement, one)
        free = row["attribute"] in ("event", "activity", "other") and not one.unit
        key = (row["attribute"], row["op"], row["quote"] if free else repr(row["value"]))
        if key not in seen:
            seen.add(key)
            rows.append(row)
    return rows


def _told(statement: Statement) -> list[Found]:
    found = [*statement.requirements]
    for grant in statement.grants:
        found += picked_conditions(grant) or grant.conditions
    return list(dict.fromkeys(found))


def _condition_row(statement: Statement, one: Found) -> dict[str, Any]:
    span = statement.plain.span(one.start, one.end)
    attribute = "patents" if one.attribute == "invention_patents" else one.attribute or "other"
    value = _json(one.value) if one.attribute else span.quote
    return {
        "attribute": attribute, "op": one.op.value, "value": value, "unit": one.unit, "negated": one.negated,
        "quote": span.quote, "start": span.start, "end": span.end,
    }  # fmt: skip


def _benefits(read: Iterable[tuple[Section, list[Statement]]]) -> list[dict[str, Any]]:
    rows = []
    for draft in draft_benefits(read):
        for grant in draft.grants:
            benefit = grant.gift.benefit(draft.statement.plain)
            row = {
                "kind": benefit.kind.value,
                "amount_yuan": _json(benefit.amount_yuan),
                "max_yuan": _json(benefit.max_yuan),
                "rate_percent": _json(benefit.rate_percent),
                "base": benefit.base,
                "quote": benefit.span.quote,
                "start": benefit.span.start,
                "end": benefit.span.end,
            }
            rows.append(row)
    return rows


def _json(value: object) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, tuple):
        return [_json(part) for part in value]
    return value


def _logic(statements: list[Statement]) -> str:
    groups = [grant.conditions for s in statements for grant in s.grants]
    distinct = {g for g in groups if g}
    requirements = sum(len(s.requirements) for s in statements)
    if len(distinct) > 1:
        return "any" if all(len(g) == 1 for g in distinct) and not requirements else "mixed"
    return "all"


def _deadline(root: Any, passage: dict[str, Any]) -> date | None:
    published = str(passage.get("published_on") or "")
    year = int(published[:4]) if published[:4].isdigit() else _only_year(passage["text"])
    calendar = Calendar(year, _iso(published))
    windows = []
    for section in root.walk():
        for start, end in split_sentences(section.plain.text):
            windows += find_windows(section.heading + "：" + section.plain.text[start:end], calendar)
    closing = [w for w in windows if w.closes and not w.yearly]
    online = [w for w in closing if w.online]
    chosen = (online or closing)[-1:] if closing else []
    return chosen[0].closes if chosen else None


def _iso(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _only_year(text: str) -> int | None:
    """The year that the passage itself speaks of, if it is the only one after its latest."""
    years = sorted({int(y) for y in re.findall(r"(?<!\d)(20\d{2})(?=年|\.\d)", text)})
    return years[-1] if years else None
