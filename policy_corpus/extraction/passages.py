"""A section of the outline -> statements: which conditions stand before which benefit; called by items and prediction.

A sentence that gives something is cut at its benefits; the words before each benefit hold its conditions. A sentence
in a list of requirements gives all its clauses as conditions. Everything else says nothing to an applicant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.extraction.benefits.reading import find_gifts
from policy_corpus.extraction.conditions.asides import opens_requirements
from policy_corpus.extraction.conditions.asking import asks
from policy_corpus.extraction.conditions.leads import goes_on, read_lead
from policy_corpus.extraction.conditions.reading import Setting, read_sentence
from policy_corpus.extraction.grants import find_grants
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.matters import find_matter, is_of_others, opens_matter, tells_what_is_done
from policy_corpus.extraction.statements import Statement, is_bare, is_support, name_support
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.extraction.structure.silence import says_nothing
from policy_corpus.extraction.words.clauses import split_sentences
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import BenefitKind

_SILENT_ROLES = frozenset(
    {Role.MATERIALS, Role.PROCESS, Role.CONTACT, Role.BASIS, Role.DEPARTMENT, Role.SKIP, Role.WINDOW}
)
_MONEY = (BenefitKind.REWARD, BenefitKind.SUBSIDY, BenefitKind.INTEREST, BenefitKind.RISK)
_BRACKETED = re.compile(r"（(?:责任|牵头|配合|实施)(?:单位|部门)[^）]{0,120}）")
_INTRODUCES = re.compile(r"(?:条件|要求|情形|标准|如下|以下|下列|之一)[^。；]{0,10}[：]?$")
_ASKS = re.compile("条件|要求|情形|标准|之一")
_ANNOUNCES = re.compile(r"(?:条件|要求|对象|标准|情形)(?:为|是|包括|如下|主要指)?(?:：|主要指|主要是指)")
# "本措施适用于…", "享受本政策的企业应…": said once for the whole document.
_FOR_ALL = re.compile(
    r"(?:本|以上|上述|前述)(?:若干)?(?:措施|办法|政策|细则|意见|规定|通知|方案|条款|指南)[^，。]{0,6}(?:适用于|适用范围|扶持对象|所称[^，。]{0,8}(?:企业|单位|机构|主体)|支持对象)"
    r"|适用(?:于)?本(?:措施|办法|政策|细则|规定|意见)|(?:享受|申请|申报)本(?:措施|办法|政策|细则|规定|意见)"
    r"|^(?:支持|扶持|补贴|奖励|资助)对象(?:为|是|：)"
)
_OPENS_LIST = re.compile(r"(?:：|下列标准|以下标准|如下|下表|下列(?:情形|方式|标准)[^，。；]{0,8})$")
_EXCLUDES = re.compile(
    r"(?:下列|以下|如下)情[形况][^。]{0,20}(?:不予|不得|不能|不)|不(?:予|得)[^。]{0,12}(?:支持|申报|受理|资助|补贴)[^。]{0,8}(?:情形|：)|"
    r"(?:不予|不得)(?:支持|申报|受理|补贴|补助|奖励)(?:的)?[：]?$|有以下情况的不予"
)
_OPENS_REFUSAL = re.compile(
    r"(?:下列|以下|如下)情[形况][^。；]{0,24}(?:不予|不得|不能|不)[^。；：]{0,12}：?$"
)
# "有下列情形之一的，不予支持：甲；乙；丙。": what follows is refused up to the full stop.
_REFUSES_LIST = re.compile(
    r"(?:下列|以下|如下)情[形况][^。：]{0,20}(?:不予|不得|不能|不)[^。：]{0,12}：|不(?:予|得)[^。：]{0,12}(?:情形|情况)："
)
_NAMES_SUBJECT = re.compile(
    r"^(?:积极|大力|重点)?(?:支持|鼓励|引导|推动|对|将)[^。]{0,60}(?:企业|机构|单位|园区|平台|主体|公司|项目|领域|产业|院所|步行街|产品|试点)"
)


# "应当提交下列材料：": what the list below it tells is no condition
_PAPERS = re.compile(
    r"(?:提交|提供|报送|出具|携带)(?:以下|下列|如下)[^，；。]{0,6}(?:材料|资料)[^，；。]{0,4}：$"
)


def is_silent(section: Section) -> bool:
    """Whether nothing under this heading speaks to an applicant (材料、流程、依据、监督)."""
    return section.role in _SILENT_ROLES


_PREFERS = re.compile(r"优先(?:支持|考虑|资助|推荐|安排|扶持|申报|遴选)[^，。；]{0,12}[：。]$")


def _is_preference(section: Section) -> bool:
    """Whether a list only says who is preferred ("符合以下条件之一的予以优先资助："): nobody is kept out by it."""
    opening = section.plain.text if section.children else section.parent.plain.text if section.parent else ""
    return bool(_PREFERS.search(opening[-60:])) and bool(
        _INTRODUCES.search(opening[-60:]) or "之一" in opening
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the sections of one document. lenient: a bare list counts as requirements (passage mode)."""

    speaking: str | None
    lenient: bool = False

    def read(self, section: Section) -> list[Statement]:
        """The statements of a section's own words (not of its children)."""
        if is_silent(section) or _is_preference(section):
            return []
        text = section.plain.text
        above = section.parent.plain.text[-120:] if section.parent else ""
        if _PAPERS.search(above):
            return []
        required = _is_required(section, above)
        excluded = section.role is Role.EXCLUSIONS or bool(_EXCLUDES.search(above))
        announced = refused = False
        ground = ""
        told: Gift | None = None
        statements: list[Statement] = []
        sentences = list(split_sentences(text))
        for index, (start, end) in enumerate(sentences):
            plain = section.plain.cut(start, end)
            sentence = _BRACKETED.sub(lambda m: "，" * len(m[0]), plain.text)
            announced = announced or bool(_ANNOUNCES.search(sentence))
            refused = refused or bool(_REFUSES_LIST.search(sentence))
            heading = index == 0 and (
                _is_heading(sentence)
                and (not required or _GIVEN.search(sentence) or text.startswith(sentence + "："))
                if len(sentences) > 1
                else bool(section.children)
                and sentence == section.heading
                and not _gives(text)
                and not (required and _STATES.search(sentence))
            )
            if heading:
                statements += find_matter(plain, sentence)
            opens = bool(section.children) and bool(_OPENS_REFUSAL.search(sentence))
            asked = required or announced or refused
            if not (
                heading
                or opens
                or _LABEL.fullmatch(sentence)
                or says_nothing(sentence, asked=required or self.lenient)
            ):
                if not goes_on(sentence):
                    ground = sentence.rpartition("，")[0]  # whom it is for, without what they are given
                before = ground if goes_on(sentence) else ""
                setting = Setting(asked, self.speaking, above[-60:] + before, excluded or refused)
                statement = self._statement(plain, sentence, setting, section, told)
                told = statement.grants[-1].gift if statement and statement.grants else told
                if statement and statement.grants and not goes_on(sentence):
                    ground = sentence[: statement.grants[0].gift.start] or ground
                statements += [statement] if statement else []
            if text[end : end + 1] != "；":
                told = None
            if text[end : end + 1] == "。":
                announced = refused = False
        return _settle(statements, section)

    def _statement(
        self, plain: Plain, sentence: str, setting: Setting, section: Section, told: Gift | None
    ) -> Statement | None:
        """What a sentence says. told: the benefit that the sentence before, parted by a semicolon, ends with."""
        heading = section.heading or (section.parent.heading if section.parent else "")
        gifts = [] if setting.excluded else find_gifts(sentence, heading, told)
        bare = all(is_bare(gift) for gift in gifts)
        for_all = bare and bool(_FOR_ALL.search(sentence))
        if gifts and not (bare and (setting.required or for_all)):
            grants = tuple(find_grants(sentence, gifts, setting))
            if bare and _OPENS_LIST.search(plain.text) and _is_followed(section):
                found = tuple(dict.fromkeys(one for grant in grants for one in grant.conditions))
                return Statement(plain, found, announces=True) if found else None
            return Statement(plain, (), grants)
        if setting.required or self.lenient or for_all or asks(sentence):
            excluded = setting.excluded or bool(_EXCLUDES.search(sentence))
            found = tuple(
                read_sentence(sentence, Setting(True, setting.speaking, setting.background, excluded))
            )
            return Statement(plain, found, for_all=for_all) if found else None
        named = Setting(True, setting.speaking, setting.background)
        return _meaning(plain, sentence, named) or _ground(plain, sentence, setting)


def _is_followed(section: Section) -> bool:
    """Whether a list can follow: sections below, or paragraphs behind under the same parent."""
    if section.children or section.parent is None:
        return bool(section.children)
    return section is not section.parent.children[-1]


# "对符合下列条件的企业，给予奖励10万元：": what is given stands before what is asked
_GIVES_BY_LIST = re.compile(r"(?:下列|以下|如下)(?:各项)?(?:条件|要求)(?:之一)?(?:的|者)?[^。；：]{0,60}：$")


def _is_required(section: Section, above: str) -> bool:
    if (
        section.role in (Role.CONDITIONS, Role.EXCLUSIONS)
        or _GIVES_BY_LIST.search(above)
        or opens_requirements(above)
    ):
        return True
    refuses = bool(_OPENS_REFUSAL.search(above))
    return refuses or (bool(_INTRODUCES.search(above)) and bool(_ASKS.search(above[-40:])))


_MEANS = re.compile(
    r"(?:本(?:措施|办法|政策|细则|规定|意见|条)所[称指]的?)?(?P<who>[^，；。：“”《]{2,12}(?:企业|机构|平台|基地|总部))，?是指(?=[^，；。]{4})"
)


def _meaning(plain: Plain, sentence: str, setting: Setting) -> Statement | None:
    """A sentence that says what the name of one kind of applicant means: "新引进总部企业是指…的企业"."""
    means = _MEANS.match(sentence)
    if means is None:
        return None
    found = tuple(one.moved(means.end()) for one in read_sentence(sentence[means.end() :], setting))
    return Statement(plain, found, meant=means["who"]) if found else None


def _ground(plain: Plain, sentence: str, setting: Setting) -> Statement | None:
    """A sentence that only names whom the next ones are for: "支持医药企业开展国际认证。"."""
    if not _NAMES_SUBJECT.match(sentence):
        return None
    found = tuple(read_lead(sentence, setting))
    return Statement(plain, found, ground=True) if found else None


_LABEL = re.compile(r"[^，；。：]{2,10}：")  # "申请人范围：": what the paragraphs below it tell
# "近两年无行政处罚记录", "财务制度健全": a requirement however short.
_STATES = re.compile(r"无|未|不(?!断)|具有|具备|拥有|属于|良好|健全|规范|依法|应|须|需(?!求)")


_GIVEN = re.compile(r"(?:补贴|补助|奖励|奖补|支持|资助|扶持|贴息|减免|优惠)$")  # "租金补贴。" heads a benefit


def _is_heading(sentence: str) -> bool:
    """A few words without a comma before the first full stop: "减免企业房租。"."""
    if _GIVEN.search(sentence) and not re.search(r"\d", sentence):
        return len(sentence) <= 16
    if _FOR_ALL.search(sentence) or asks(sentence) or _STATES.search(sentence):
        return False
    return len(sentence) <= 16 and "，" not in sentence and not re.search(r"\d", sentence)


def _gives(text: str) -> bool:
    """Whether a paragraph is a whole sentence with a figure that is given, not the heading of those below it."""
    by_list = bool(_GIVES_BY_LIST.search(text))
    if not (text.endswith("。") or by_list) or "，" not in text:
        return False
    return any(by_list or not is_bare(gift) for gift in find_gifts(text[:-1]))


def _settle(statements: list[Statement], section: Section) -> list[Statement]:
    """Drop a general promise that the next sentence fills with figures, and subjects that nothing follows."""
    kept: list[Statement] = []
    for index, statement in enumerate(statements):
        later = statements[index + 1 : index + 3]
        following = next((other for other in later if other.grants), None)
        if statement.ground and following is None and not opens_matter(statement, section):
            continue
        if (
            statement.ground
            and following is not None
            and (tells_what_is_done(statement, following) or is_of_others(statement, following))
        ):
            continue
        if statement.grants and following and _is_filled_by(statement, following):
            conditions = dict.fromkeys(one for grant in statement.grants for one in grant.conditions)
            statement = Statement(statement.plain, tuple(conditions), ground=True)
        if statement.requirements or statement.grants:
            kept.append(name_support(statement))
    return kept


_PROMISES = re.compile(r"给予|予以|享受|优惠|支持|扶持|奖|补|资助|贴息|减免|贷款|担保|服务")


def _is_filled_by(statement: Statement, following: Statement) -> bool:
    text = statement.plain.text
    if not all(is_bare(grant.gift) for grant in statement.grants):
        return False
    if not all(_PROMISES.search(text, one.gift.start, one.gift.end) for one in statement.grants):
        return False  # 结转年限延长至8年: a relief that says all there is to say
    lead = following.plain.text[: following.grants[0].gift.start]
    if is_bare(following.grants[0].gift) or re.search(r"^(?:支持|鼓励)|(?:^|，)(?:对于?|凡)(?!照|应)", lead):
        return False
    others = following.grants[0].gift.kind
    plain = {g.gift.kind for g in statement.grants if is_support(statement.plain.text, g.gift)}
    kinds = {grant.gift.kind for grant in statement.grants}
    return all(
        mine is others or ((mine is BenefitKind.SUBSIDY or mine in plain) and others in _MONEY)
        for mine in kinds
    )
