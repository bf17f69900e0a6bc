"""Headings that say what a benefit is for ("支持共性技术平台建设。", "融资租赁公司奖励。") -> statements for the sentences below.

A heading counts only where the sentences below it do not say themselves whom they are for. Called by passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.happenings import classify, make_free
from policy_corpus.extraction.conditions.kinds import APPLICANTS
from policy_corpus.extraction.conditions.reading import Setting, read_clause
from policy_corpus.extraction.statements import Statement
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import BenefitKind

_ENCOURAGED = re.compile(
    r"^(?:支持|鼓励|引导|推动)[^，；]{0,12}?(?:企业|机构|单位|主体|园区)(?P<what>[^，；]{4,})$"
)


# "支持共性技术平台建设。": the matter, asked for where the sentences below name nobody.
_MATTER = re.compile(
    r"^(?:支持|鼓励|推动|促进|引导)(?P<what>(?!企业|机构|各类|符合)[^，；：]{2,26}?(?:建设|改造|提升|设立|开展|参与|工作|活动|推进|服务|布局|份额转让|应用|转化|创建|培育|研发|更新|落地|升级|引进|举办|认证|购置|采购|制定|转型|科技园区|化))$"
)


# "融资租赁公司奖励。": whom the sentences below are for.
_AWARD_TO = re.compile(
    r"(?P<who>[^，；：。]{0,16}?(?:企业|机构|公司|银行|单位|园区|基地|平台|院所|合作社))(?:奖励|奖补|补贴|补助|资助|扶持)$"
)


# "支持知识产权服务机构发展。": the same for whom is to grow
_GROWS = re.compile(
    r"(?:支持|鼓励|促进|推动)(?P<who>[^，；：。]{2,20}?(?:企业|机构|公司|银行|单位|园区|基地|平台|院所|合作社))(?:集聚|健康|加快|创新|做大做强|高质量|发展){1,3}$"
)


def find_matter(plain: Plain, sentence: str) -> list[Statement]:
    """What a heading asks: the matter, whom an award is for, what a company must do ("鼓励企业开展新型学徒制培训。")."""
    match = _ENCOURAGED.match(sentence)
    who = _applicants(sentence[: match.start("what")]) if match else ()
    matter = None if who or _GROWS.match(sentence) else _MATTER.match(sentence)
    if matter:
        named = make_free(sentence, matter.start("what"), matter.end("what"))
        return [Statement(plain, (replace(named, attribute="activity"),), ground=True)]
    to = _AWARD_TO.match(sentence) or _GROWS.match(sentence)
    if to:
        awarded = _applicants(to["who"])
        return [Statement(plain, awarded, ground=True)] if awarded else []
    if not match or classify(match["what"]) != "activity":
        return []
    what = make_free(sentence, match.start("what"), match.end("what"))
    return [Statement(plain, found, ground=True) for found in (who, (what,)) if found]


def _applicants(words: str) -> tuple[Found, ...]:
    return tuple(one for one in read_clause(words, Setting()) if one.attribute in APPLICANTS)


def _are_applicants(found: Iterable[Found]) -> bool:
    return all(one.attribute in APPLICANTS for one in found)


_OPENING = 120  # characters of a paragraph in which it says whom it is for
_SAYS_WHO = re.compile(r"(?:对|凡|支持|鼓励)[^，。]{1,60}(?:企业|机构|单位|项目|平台|公司|主体|的)")


def opens_matter(heading: Statement, section: Section) -> bool:
    """Whether a heading names the matter of the paragraphs below it, and they do not say themselves whom they are for."""
    if not section.children:
        return False
    if _MATTER.match(heading.plain.text):
        return not any(_SAYS_WHO.search(child.plain.text) for child in section.children)
    if not _ENCOURAGED.match(heading.plain.text) or not _are_applicants(heading.requirements):
        return False
    return not any(_applicants(child.plain.text[:_OPENING]) for child in section.children)


_LENDERS = re.compile(r"银行|金融|担保|保险|信贷|小额贷款|融资租赁")
_BESIDE = re.compile(r"对(?![口接外])于?[^，；]{2,60}的")
_LENT = {BenefitKind.LOAN, BenefitKind.TAX}


def is_of_others(subject: Statement, following: Statement) -> bool:
    """Whether a subject is not that of the next benefit: who grants the loan, or one side by side with its own.

    "鼓励银行加大支持。对困难企业，可予以展期": the bank gets nothing. "对甲类企业，不得断贷；对乙类企业，可予以展期".
    """
    if _BESIDE.match(subject.plain.text) and _BESIDE.match(following.plain.text):
        return True
    trades = [
        name
        for one in subject.requirements
        if one.attribute == "industry"
        for name in (one.value if isinstance(one.value, tuple) else (one.value,))
    ]
    lenders = bool(trades) and all(_LENDERS.search(str(name)) for name in trades)
    return lenders and all(grant.gift.kind in _LENT for grant in following.grants)


_DEEDS = {"activity", "event", "other", "equipment_investment", "fixed_investment", "rd_expense", "rd_ratio"}


def tells_what_is_done(heading: Statement, following: Statement) -> bool:
    """Whether the sentence says itself what the heading calls for, so that the heading asks nothing besides."""
    said = [one.attribute for grant in following.grants for one in grant.conditions]
    if heading.ground and _ENCOURAGED.match(heading.plain.text) and _are_applicants(heading.requirements):
        return any(attribute in APPLICANTS for attribute in said)
    if any(one.attribute != "activity" for one in heading.requirements) or not heading.ground:
        return False
    if _MATTER.match(heading.plain.text):
        return bool(said)
    return any(attribute in _DEEDS for attribute in said)
