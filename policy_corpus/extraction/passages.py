"""A section of the outline -> statements: which conditions stand before which benefit; called by items and prediction.

A sentence that gives something is cut at its benefits; the words before each benefit hold its conditions. A sentence
in a list of requirements gives all its clauses as conditions. Everything else says nothing to an applicant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policy_corpus.extraction.benefits import Gift, find_gifts
from policy_corpus.extraction.clauses import split_sentences
from policy_corpus.extraction.conditions import Setting, read_sentence
from policy_corpus.extraction.found import Found
from policy_corpus.extraction.leads import read_lead
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.outline import Section
from policy_corpus.extraction.plain import Plain


@dataclass(frozen=True, slots=True)
class Grant:
    """One benefit with the conditions that stand before it in its sentence."""

    gift: Gift
    conditions: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says: bare requirements, or benefits with their conditions."""

    plain: Plain
    requirements: tuple[Found, ...] = ()
    grants: tuple[Grant, ...] = ()
    any_of: bool = False


_SILENT_ROLES = frozenset(
    {Role.MATERIALS, Role.PROCESS, Role.CONTACT, Role.BASIS, Role.DEPARTMENT, Role.SKIP, Role.WINDOW}
)
_PENALTY = re.compile(
    r"罚款|责令|没收|追回|追究|吊销|处以|依法给予处分|刑事责任|骗取|弄虚作假|虚假(?:申报|材料)|违约金|取消其?(?:资格|称号)|予以处罚|行政处分|撤销(?:其|认定)|收回(?:资金|奖励)|列入黑名单"
)
_DUTY = re.compile(
    r"^(?:各(?:区|县|市|镇|级|有关|部门|地)|市(?:级)?财政|省财政|财政部门|主管部门|有关部门|相关部门|税务总局|中央财政|责任单位|牵头单位)[^，。]{0,30}(?:负责|要|应当?|将|会同|加强|统筹|做好|确保|安排)"
)
_POOL = re.compile(
    r"(?:设立|安排|建立|统筹)[^，；。]{0,24}(?:专项资金池?|资金池|基金|预算)|转移支付|库款|资金规模|母基金"
)
_PERSONS = re.compile(
    r"(?:医务人员|医护人员|防疫工作者|患者|居民|学生|家庭|困难群众|低保|职工本人|参保人员|劳动者|残疾人|老年人)(?:[^，；。]{0,12})(?:每人每[天日月]|给予|发放|补助)"
)
_COMPANY = re.compile(r"企业|单位|机构|公司|商户|主体|园区|平台|项目|合作社|基地|工厂|纳税人|银行")
_BRACKETED = re.compile(r"（(?:责任|牵头|配合|实施)(?:单位|部门)[^）]{0,120}）")
_INTRODUCES = re.compile(r"(?:条件|要求|情形|标准|如下|以下|下列|之一)[^。；]{0,10}[：]?$")
_REQUIRES = re.compile(
    r"(?:申报|申请|参评|入选|享受)[^，。；]{0,12}(?:企业|单位|项目|主体|机构|人)?[^，。；]{0,10}(?:应|须|需|必须)|适用于|适用对象|不得申报|不予(?:支持|受理|资助|补贴|奖励)|不享受|不纳入|"
    r"(?:企业|项目|单位|机构|申请人|申报人)(?:应当?|须|需|必须)|有下列情形|存在下列|不包括|不含|除外|不得重复|不在此"
)
_EXCLUDES = re.compile(
    r"(?:下列|以下|如下)情[形况][^。]{0,20}(?:不予|不得|不能|不)|不(?:予|得)[^。]{0,12}(?:支持|申报|受理|资助|补贴)[^。]{0,8}(?:情形|：)|(?:不予|不得)(?:支持|申报|受理|补贴)(?:的)?[：]?$|有以下情况的不予"
)


def is_silent(section: Section) -> bool:
    """Whether nothing under this heading speaks to an applicant (材料、流程、依据、监督)."""
    return section.role in _SILENT_ROLES


def says_nothing(sentence: str) -> bool:
    """Penalties, duties of departments, money pools, help to persons alone.

    >>> says_nothing("骗取补贴的，追回资金并罚款三万元"), says_nothing("对首次升规的企业奖励10万元")
    (True, False)
    """
    if _PENALTY.search(sentence) or _POOL.search(sentence):
        return True
    if _DUTY.match(sentence) and not re.search(
        r"对[^，。]{2,40}(?:企业|单位|机构|项目)[^。]{0,60}(?:给予|予以|奖励|补)", sentence
    ):
        return True
    return bool(_PERSONS.search(sentence)) and not _COMPANY.search(sentence)


@dataclass(slots=True)
class Reader:
    """Reads the sections of one document in order. lenient: a bare list counts as requirements (passage mode)."""

    speaking: str | None
    lenient: bool = False
    background: str = field(default="")

    def read(self, section: Section) -> list[Statement]:
        """The statements of a section's own words (not of its children)."""
        if is_silent(section):
            return []
        statements = []
        above = section.parent.plain.text[-120:] if section.parent else ""
        required = self._required(section, above)
        excluded = section.role is Role.EXCLUSIONS or bool(_EXCLUDES.search(above))
        carried: tuple[Found, ...] = ()
        for start, end in split_sentences(section.plain.text):
            plain = section.plain.cut(start, end)
            sentence = _BRACKETED.sub(lambda m: "，" * len(m[0]), plain.text)
            if says_nothing(sentence):
                continue
            setting = Setting(required, self.speaking, above[-60:] + self.background, excluded)
            statement = self._statement(plain, sentence, setting, section, carried)
            if statement:
                statements.append(statement)
                carried = statement.grants[-1].conditions if statement.grants else carried
        return statements

    def _required(self, section: Section, above: str) -> bool:
        if section.role in (Role.CONDITIONS, Role.EXCLUSIONS):
            return True
        return bool(_INTRODUCES.search(above)) and bool(re.search("条件|要求|情形|标准|之一", above[-40:]))

    def _statement(
        self, plain: Plain, sentence: str, setting: Setting, section: Section, carried: tuple[Found, ...]
    ) -> Statement | None:
        heading = section.heading or (section.parent.heading if section.parent else "")
        gifts = [] if setting.excluded else find_gifts(sentence, heading)
        if gifts and not (
            setting.required and section.role is Role.CONDITIONS and all(_bare(g) for g in gifts)
        ):
            return Statement(plain, (), tuple(_grants(sentence, gifts, setting, carried)))
        if (
            _INTRODUCES.search(sentence)
            and sentence.endswith(("：", "条件", "如下", "之一")) is False
            and not setting.required
        ):
            return None
        if setting.required or self.lenient or _REQUIRES.search(sentence):
            excluded = setting.excluded or bool(_EXCLUDES.search(sentence))
            here = Setting(True, setting.speaking, setting.background, excluded)
            found = tuple(read_sentence(sentence, here))
            return Statement(plain, found) if found else None
        return None


def _bare(gift: Gift) -> bool:
    return gift.amount is None and gift.cap is None and gift.rate is None


def _grants(sentence: str, gifts: list[Gift], setting: Setting, carried: tuple[Found, ...]) -> list[Grant]:
    grants: list[Grant] = []
    position = 0
    last: tuple[Found, ...] = ()
    for gift in gifts:
        if gift.place > 1:
            grants.append(Grant(gift, last))
            continue
        if gift.start > position:
            words = sentence[position : gift.start]
            conditions = tuple(
                one.moved(position) for one in read_lead(words, setting, sentence[gift.start : gift.end])
            )
            last = conditions or last
        position = max(position, gift.end)
        grants.append(Grant(gift, last))
    if position < len(sentence):
        tail = sentence[position:]
        if _REQUIRES.search(tail):
            more = tuple(
                one.moved(position) for one in read_sentence(tail, Setting(True, setting.speaking, "", False))
            )
            grants[-1] = Grant(grants[-1].gift, (*grants[-1].conditions, *more))
    return grants
