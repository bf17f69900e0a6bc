"""A section of the outline -> statements: which conditions stand before which benefit; called by items and prediction.

A sentence that gives something is cut at its benefits; the words before each benefit hold its conditions. A sentence
in a list of requirements gives all its clauses as conditions. Everything else says nothing to an applicant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policy_corpus.extraction.benefits import find_gifts
from policy_corpus.extraction.clauses import split_clauses, split_sentences
from policy_corpus.extraction.conditions import Setting, read_clause, read_sentence
from policy_corpus.extraction.found import Found
from policy_corpus.extraction.gifts import Gift
from policy_corpus.extraction.happenings import classify, make_free
from policy_corpus.extraction.kinds import APPLICANTS
from policy_corpus.extraction.leads import read_lead, read_rest
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.outline import Section
from policy_corpus.extraction.plain import Plain
from policy_corpus.extraction.residue import unread
from policy_corpus.extraction.silence import says_nothing
from policy_corpus.model import BenefitKind


@dataclass(frozen=True, slots=True)
class Grant:
    """One benefit with the conditions that stand before it in its sentence.

    unread: where the subject of the sentence says something that none of the conditions covers.
    """

    gift: Gift
    conditions: tuple[Found, ...]
    unread: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says: requirements, or benefits with their conditions.

    ground: the requirements only name whom the sentences that follow in the same section are for.
    announces: they are for the list or table that the sentence opens ("按下列标准给予奖补：").
    for_all: they hold for everything the document gives ("本措施适用于…").
    """

    plain: Plain
    requirements: tuple[Found, ...] = ()
    grants: tuple[Grant, ...] = ()
    ground: bool = False
    announces: bool = False
    for_all: bool = False


_SILENT_ROLES = frozenset(
    {Role.MATERIALS, Role.PROCESS, Role.CONTACT, Role.BASIS, Role.DEPARTMENT, Role.SKIP, Role.WINDOW}
)
_MONEY = (BenefitKind.REWARD, BenefitKind.SUBSIDY, BenefitKind.INTEREST, BenefitKind.RISK)
_BRACKETED = re.compile(r"（(?:责任|牵头|配合|实施)(?:单位|部门)[^）]{0,120}）")
_INTRODUCES = re.compile(r"(?:条件|要求|情形|标准|如下|以下|下列|之一)[^。；]{0,10}[：]?$")
_ASKS = re.compile("条件|要求|情形|标准|之一")
_ANNOUNCES = re.compile(r"(?:条件|要求|对象|标准|情形)(?:为|是|包括|如下|主要指)?(?:：|主要指|主要是指)")
_REQUIRES = re.compile(
    r"(?:申报|申请|参评|入选|享受)[^，。；]{0,12}(?:企业|单位|项目|主体|机构|人)?[^，。；]{0,10}(?:应|须|需|必须)|适用于|适用对象|"
    r"不得申报|不予(?:支持|受理|资助|补贴|奖励)|不再(?:重复)?(?:支持|补贴|资助|奖励|享受)|不享受|不纳入|(?:企业|项目|单位|机构|申请人|申报人|产品|基地)(?:应当?|须|需|必须)|"
    r"应(?:达到|不低于|符合|具有|具备|满足|保持|为)|对象(?:为|主要)|主要指|有下列情形|存在下列|申[请领](?:补贴|补助|奖励|资助)(?:当月|当年|时|之日|前)|不包括|除外|不在此|不得用于|不可同时"
)
# "本措施适用于…", "享受本政策的企业应…": said once for the whole document.
_FOR_ALL = re.compile(
    r"(?:本|以上|上述|前述)(?:若干)?(?:措施|办法|政策|细则|意见|规定|通知|方案|条款|指南)[^，。]{0,6}(?:适用于|适用范围|扶持对象|所称[^，。]{0,8}(?:企业|单位|机构|主体)|支持对象)"
    r"|适用(?:于)?本(?:措施|办法|政策|细则|规定|意见)|(?:享受|申请|申报)本(?:措施|办法|政策|细则|规定|意见)"
    r"|^(?:支持|扶持|补贴|奖励|资助)对象(?:为|是|：)"
)
_OPENS_LIST = re.compile(r"(?:：|下列标准|以下标准|如下|下表|下列(?:情形|方式|标准)[^，。；]{0,8})$")
_EXCLUDES = re.compile(
    r"(?:下列|以下|如下)情[形况][^。]{0,20}(?:不予|不得|不能|不)|不(?:予|得)[^。]{0,12}(?:支持|申报|受理|资助|补贴)[^。]{0,8}(?:情形|：)|"
    r"(?:不予|不得)(?:支持|申报|受理|补贴)(?:的)?[：]?$|有以下情况的不予"
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


# "营收1000万元以上的，奖励5万元；5000万元以上的，奖励20万元": the same figure of the same companies
_GOES_ON = re.compile(r"(?:达到?|超过|满|不足|不满)?\d[\d.]{0,12}(?:[万亿千百]|元|人|%|家|年|平方米)")


def goes_on(sentence: str) -> bool:
    """Whether a sentence begins with a bare figure, so that what is measured and of whom stands in the one before.

    >>> goes_on("5000万元以上的，奖励20万元"), goes_on("对软件企业奖励20万元")
    (True, False)
    """
    return bool(_GOES_ON.match(sentence))


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
        required = _is_required(section, above)
        excluded = section.role is Role.EXCLUSIONS or bool(_EXCLUDES.search(above))
        announced = refused = False
        statements: list[Statement] = []
        sentences = list(split_sentences(text))
        for index, (start, end) in enumerate(sentences):
            plain = section.plain.cut(start, end)
            sentence = _BRACKETED.sub(lambda m: "，" * len(m[0]), plain.text)
            announced = announced or bool(_ANNOUNCES.search(sentence))
            refused = refused or bool(_REFUSES_LIST.search(sentence))
            heading = index == 0 and (
                _is_heading(sentence) and not (required and not text.startswith(sentence + "："))
                if len(sentences) > 1
                else bool(section.children) and sentence == section.heading and not _gives(text)
            )
            if heading:
                statements += _encouraged(plain, sentence)
            opens = bool(section.children) and bool(_OPENS_REFUSAL.search(sentence))
            asked = required or announced or refused
            if not (heading or opens or _LABEL.fullmatch(sentence) or says_nothing(sentence, asked=required)):
                before = text[slice(*sentences[index - 1])] if index and goes_on(sentence) else ""
                before = before.rpartition("，")[0]  # whom it was for, without what they were given
                setting = Setting(asked, self.speaking, above[-60:] + before, excluded or refused)
                statement = self._statement(plain, sentence, setting, section)
                statements += [statement] if statement else []
            if text[end : end + 1] == "。":
                announced = refused = False
        return _settle(statements, section)

    def _statement(self, plain: Plain, sentence: str, setting: Setting, section: Section) -> Statement | None:
        heading = section.heading or (section.parent.heading if section.parent else "")
        gifts = [] if setting.excluded else find_gifts(sentence, heading)
        bare = all(_is_bare(gift) for gift in gifts)
        for_all = bare and bool(_FOR_ALL.search(sentence))
        if gifts and not (bare and (setting.required or for_all)):
            grants = tuple(_grants(sentence, gifts, setting))
            if bare and _OPENS_LIST.search(plain.text) and _is_followed(section):
                found = tuple(dict.fromkeys(one for grant in grants for one in grant.conditions))
                return Statement(plain, found, announces=True) if found else None
            return Statement(plain, (), grants)
        if setting.required or self.lenient or for_all or _REQUIRES.search(sentence):
            excluded = setting.excluded or bool(_EXCLUDES.search(sentence))
            found = tuple(
                read_sentence(sentence, Setting(True, setting.speaking, setting.background, excluded))
            )
            return Statement(plain, found, for_all=for_all) if found else None
        return _ground(plain, sentence, setting)


def _is_followed(section: Section) -> bool:
    """Whether a list can follow: sections below, or paragraphs behind under the same parent."""
    if section.children or section.parent is None:
        return bool(section.children)
    return section is not section.parent.children[-1]


def _is_required(section: Section, above: str) -> bool:
    if section.role in (Role.CONDITIONS, Role.EXCLUSIONS):
        return True
    return bool(_INTRODUCES.search(above)) and bool(_ASKS.search(above[-40:]))


def _ground(plain: Plain, sentence: str, setting: Setting) -> Statement | None:
    """A sentence that only names whom the next ones are for: "支持医药企业开展国际认证。"."""
    if not _NAMES_SUBJECT.match(sentence):
        return None
    found = tuple(read_lead(sentence, setting))
    return Statement(plain, found, ground=True) if found else None


_ENCOURAGED = re.compile(
    r"^(?:支持|鼓励|引导|推动)[^，；]{0,12}?(?:企业|机构|单位|主体|园区)(?P<what>[^，；]{4,})$"
)


_LABEL = re.compile(r"[^，；。：]{2,10}：")  # "申请人范围：": what the paragraphs below it tell
# "支持共性技术平台建设。": the matter, asked for where the sentences below name nobody.
_MATTER = re.compile(
    r"^(?:支持|鼓励|推动|促进|引导)(?P<what>(?!企业|机构|各类|符合)[^，；：]{2,26}?(?:建设|改造|提升|设立|开展|参与|应用|转化|创建|培育|研发|更新|落地|升级|引进|举办|认证|购置|采购|制定|转型|科技园区|化))$"
)


# "融资租赁公司奖励。": whom the sentences below are for.
_AWARD_TO = re.compile(
    r"(?P<who>[^，；：。]{1,16}?(?:企业|机构|公司|银行|单位|园区|基地|平台|院所|合作社))(?:奖励|奖补|补贴|补助|资助|扶持)$"
)


def _encouraged(plain: Plain, sentence: str) -> list[Statement]:
    """A heading that names what the company must do: "鼓励企业开展新型学徒制培训。"."""
    matter = _MATTER.match(sentence)
    if matter:
        named = make_free(sentence, matter.start("what"), matter.end("what"))
        return [Statement(plain, (replace(named, attribute="activity"),), ground=True)]
    to = _AWARD_TO.match(sentence)
    if to:
        who = tuple(one for one in read_clause(to["who"], Setting()) if one.attribute in APPLICANTS)
        return [Statement(plain, who, ground=True)] if who else []
    match = _ENCOURAGED.match(sentence)
    if not match or classify(match["what"]) != "activity":
        return []
    return [Statement(plain, (make_free(sentence, match.start("what"), match.end("what")),), ground=True)]


# "近两年无行政处罚记录", "财务制度健全": a requirement however short.
_STATES = re.compile(r"无|未|不(?!断)|具有|具备|拥有|属于|良好|健全|规范|依法|应|须|需(?!求)")


def _is_heading(sentence: str) -> bool:
    """A few words without a comma before the first full stop: "减免企业房租。"."""
    if _FOR_ALL.search(sentence) or _REQUIRES.search(sentence) or _STATES.search(sentence):
        return False
    return len(sentence) <= 16 and "，" not in sentence and not re.search(r"\d", sentence)


def _gives(text: str) -> bool:
    """Whether a paragraph is a whole sentence with a figure that is given, not the heading of those below it."""
    if not text.endswith("。") or "，" not in text:
        return False
    return any(not _is_bare(gift) for gift in find_gifts(text[:-1]))


def _is_bare(gift: Gift) -> bool:
    return gift.amount is None and gift.cap is None and gift.rate is None


def _settle(statements: list[Statement], section: Section) -> list[Statement]:
    """Drop a general promise that the next sentence fills with figures, and subjects that nothing follows."""
    kept: list[Statement] = []
    for index, statement in enumerate(statements):
        later = statements[index + 1 : index + 3]
        following = next((other for other in later if other.grants), None)
        if statement.ground and following is None and not _opens_matter(statement, section):
            continue
        if statement.ground and following is not None and _tells_what_is_done(statement, following):
            continue
        if statement.grants and following and _is_filled_by(statement, following):
            conditions = dict.fromkeys(one for grant in statement.grants for one in grant.conditions)
            statement = Statement(statement.plain, tuple(conditions), ground=True)
        if statement.requirements or statement.grants:
            kept.append(statement)
    return kept


_SAYS_WHO = re.compile(r"(?:对|凡|支持|鼓励)[^，。]{1,60}(?:企业|机构|单位|项目|平台|公司|主体|的)")


def _opens_matter(heading: Statement, section: Section) -> bool:
    """Whether a heading names the matter of the paragraphs below it, and they do not say themselves whom they are for."""
    if not _MATTER.match(heading.plain.text) or not section.children:
        return False
    return not any(_SAYS_WHO.search(child.plain.text) for child in section.children)


_DEEDS = {"activity", "event", "other", "equipment_investment", "fixed_investment", "rd_expense", "rd_ratio"}


def _tells_what_is_done(heading: Statement, following: Statement) -> bool:
    """Whether the sentence says itself what the heading calls for, so that the heading asks nothing besides."""
    if any(one.attribute != "activity" for one in heading.requirements) or not heading.ground:
        return False
    said = [one.attribute for grant in following.grants for one in grant.conditions]
    if _MATTER.match(heading.plain.text):
        return bool(said)
    return any(attribute in _DEEDS for attribute in said)


def _is_filled_by(statement: Statement, following: Statement) -> bool:
    if not all(_is_bare(grant.gift) for grant in statement.grants):
        return False
    lead = following.plain.text[: following.grants[0].gift.start]
    if _is_bare(following.grants[0].gift) or re.search(r"^(?:支持|鼓励)|(?:^|，)(?:对于?|凡)(?!照|应)", lead):
        return False
    mine, others = statement.grants[-1].gift.kind, following.grants[0].gift.kind
    return mine is others or (mine is BenefitKind.SUBSIDY and others in _MONEY)


def _grants(sentence: str, gifts: list[Gift], setting: Setting) -> list[Grant]:
    grants: list[Grant] = []
    position = 0
    last: tuple[Found, ...] = ()
    left: tuple[int, int] | None = None
    for gift in gifts:
        to = _RECIPIENT.match(sentence, gift.start, gift.end) or _own_subject(sentence, gift)
        if gift.place <= 1 and (gift.start > position or to):
            conditions, rest = _read_before(sentence, position, gift.start, to, setting)
            left = rest or left
            last = _inherited(sentence[position : gift.start], conditions, last) if conditions else last
        position = max(position, gift.end)
        grants.append(Grant(gift, last, left))
    tail = tuple(one.moved(position) for one in _read_tail(sentence[position:], setting))
    if tail:
        grants[-1] = replace(grants[-1], conditions=(*grants[-1].conditions, *tail))
    return grants


# "给予甲大赛一等奖企业30万元": whom it is given to stands behind the giving word.
_RECIPIENT = re.compile(
    r"(?:给予|奖励|补助|补贴|资助)(?P<who>(?!每|该|其|企业|单位|项目|符合条件)[^，；。\d]{2,90}?(?:企业|单位|机构|项目|团队|平台|基地|园区))"
    r"(?:一次性|最高|不超过|分别|奖励|补助|资助|资金|支持){0,3}(?=\d|资金支持|资金扶持)"
)


# "戏曲项目不超过20万元，歌曲项目不超过10万元": each sum says itself whom it is for.
_ITS_OWN = re.compile(
    r"(?P<who>[^，；。：\d]{1,40}?(?:项目|企业|团队|作品|单位|机构|公司|平台|基地|园区|中心|商户|主体|合作社|农场|地区|形式|等奖|[金银铜]奖|优[秀胜]奖|[国省市区县]家?级|[一二三四五A]类|（[^）]{1,12}）|(?:制作|注册|认证|推介|翻译|设计|考察)(?=最高|支持比例)))"
    r"(?:每(?:年|个|家|项|户|人|件|部|台)[^，；\d]{0,14}?)?(?:的|可使用的)?(?:[^，；。\d的]{0,8}(?:额度|标准|限额|金额|比例|贷款|资金))?"
    r"(?:最高)?(?:为|是|一般|原则上|按)?(?:不(?:得)?(?:超过|高于)|最高|上限为?|至多|可达|可贷|给予|奖励|补助|补贴|资助)?(?:不超过|最高)?(?=\d|[^，；。\d]{2,20}的\d)"
)
_NOT_WHO = re.compile(
    r"^(?:每|单|同一|各|总|年度?|最高|最低|原则|一般|给予|予以|按|以|奖励|奖补|补助|补贴|资助|支持|贴息|期限|标准|一次性|累计|其中|分别|再|可|将|由|在|对|为|向|从|自|与|和|或|并|且|"
    r"[市省区县]级?财政|财政|政府|所需|资金|其(?!他)|该|本|上述|全市|全年|减|降|免|扣|返|评选|发放|安排|申请|符合)"
)


def _own_subject(sentence: str, gift: Gift) -> re.Match[str] | None:
    """Whom a sum is for by the words right before it, where the benefit begins with them."""
    found = _ITS_OWN.match(sentence, gift.start, gift.end)
    return found if found and not _NOT_WHO.search(found["who"]) else None


def _read_before(
    sentence: str, position: int, start: int, to: re.Match[str] | None, setting: Setting
) -> tuple[tuple[Found, ...], tuple[int, int] | None]:
    """The conditions of the words before a benefit and of its recipient, and where the subject stays unread."""
    words = sentence[position:start]
    found = read_lead(words, setting)
    if to:
        there = read_lead(to["who"], setting) or [make_free(to["who"], 0, len(to["who"]))]
        found += [one.moved(to.start("who") - position) for one in there]
    rest = unread(words, found)
    if rest:
        found = sorted([*found, *read_rest(words, *rest, found)], key=lambda one: one.start)
        rest = unread(words, found)
    moved = tuple(one.moved(position) for one in found)
    return moved, (rest[0] + position, rest[1] + position) if rest else None


_NEW_SUBJECT = re.compile(r"^[，；、]?(?:其中[，：]?)?(?:对于?|凡|针对)")


def _inherited(words: str, conditions: tuple[Found, ...], before: tuple[Found, ...]) -> tuple[Found, ...]:
    """ "对不裁员的企业，中小微企业返还60%，大型企业返还30%": whom the first is for, the second is for as well.

    What is said anew (the same attribute, or words about it) takes the place of what stood before.
    """
    if not before or _NEW_SUBJECT.match(words):
        return conditions
    again = {one.attribute for one in conditions}
    gone = [one for one in before if one.attribute in again]
    kept = [
        one
        for one in before
        if one.attribute not in again
        and not any(one.start < other.end and other.start < one.end for other in gone)
    ]
    return (*kept, *conditions)


def _read_tail(tail: str, setting: Setting) -> list[Found]:
    """What the words behind the last benefit still ask."""
    if _REQUIRES.search(tail):
        return read_sentence(tail, Setting(True, setting.speaking, "", False))
    found: list[Found] = []
    for start, end in split_clauses(tail):
        measured = [one for one in read_clause(tail[start:end], setting) if one.unit not in (None, "年")]
        found += [one.moved(start) for one in measured]
    return found
