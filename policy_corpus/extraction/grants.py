"""A sentence cut at its benefits -> each benefit with its conditions; called by passages.

Whom a benefit is for stands before it ("对…的企业，"), behind the giving word ("给予甲奖企业30万元"), or right before its
sum ("歌曲项目不超过10万元"); what the first benefit of a sentence asks, the next ones ask as well.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.extraction.conditions.asides import asks_nothing
from policy_corpus.extraction.conditions.asking import asks
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.happenings import make_free
from policy_corpus.extraction.conditions.leads import goes_on, read_lead, read_rest
from policy_corpus.extraction.conditions.reading import Setting, read_clause, read_sentence
from policy_corpus.extraction.conditions.residue import unread
from policy_corpus.extraction.conditions.title_names import RANK
from policy_corpus.extraction.statements import Grant, is_bare
from policy_corpus.extraction.words.clauses import split_clauses
from policy_corpus.model import Operator

# "给予甲大赛一等奖企业30万元": whom it is given to stands behind the giving word.
_RECIPIENT = re.compile(
    r"(?:给予|奖励|补助|补贴|资助)(?P<who>(?!每|该|其|企业|单位|项目|符合条件)[^，；。\d]{2,90}?(?:企业|单位|机构|项目|团队|平台|基地|园区))"
    r"(?:一次性|最高|不超过|分别|奖励|补助|资助|资金|支持){0,3}(?=\d|资金支持|资金扶持)"
)

# "免收挂牌企业应向交易所缴纳的年费": whom a relief spares stands behind it as well.
_SPARED = re.compile(
    r"(?:免[收除缴交]|减[免收]|缓[收缴])(?:或减免)?(?P<who>(?!每|该|其|企业|单位|项目|符合条件|相关)[^，；。\d]{2,40}?(?:企业|公司|机构|商户|纳税人|合作社))"
    r"(?=(?:应当?|需要?|须)?(?:向|缴纳|支付|承担)|[^，；。的]{2,12}(?:费|租金|保证金))"
)

# "优先保障生产口罩的企业用电需求", "降低小微企业融资成本": whom a service or a loan is for stands in the middle.
_SERVED = re.compile(
    r"(?:优先|重点|全力|及时)?(?:保障|办理|满足|支持|安排|降低|帮助|协助)(?P<who>(?!每|该|其|企业|单位|项目|符合条件|相关|各类|银行)[^，；。\d]{2,40}?(?:企业|单位|机构|个体工商户|商户|纳税人|合作社))"
    r"(?=的?[^，；。的]{0,10}(?:需求|业务|手续|贷款|融资|资金|成本|退税|贴现|用电|用水|用气|用地|用工|申请))"
)

# "戏曲项目不超过20万元，歌曲项目不超过10万元": each sum says itself whom it is for.
_ENDS_WHO = re.compile(
    r"项目|企业|团队|作品|单位|机构|公司|平台|基地|园区|中心|商户|主体|合作社|农场|地区|形式|等奖|[金银铜]奖|优[秀胜]奖|[国省市区县]家?级|[一二三四五A]类|"
    r"（[^）]{1,12}）|(?:制作|注册|认证|推介|翻译|设计|考察)(?=最高|支持比例)"
)
_PRIZE = re.compile(RANK)
_LEADS_TO_SUM = re.compile(
    r"不得?(?:超过|高于)|最高|上限|至多|可达|可贷|给予|奖励|补助|补贴|资助|额度|标准|限额|金额|比例|每[年个家项户人件部台]"
)
_DIGIT = re.compile(r"[，；。：]|\d")
_NOT_WHO = re.compile(
    r"(?:每|单|同一|各|总|年度?|最高|最低|原则|一般|给予|予以|按|以|奖励|奖补|补助|补贴|资助|支持|贴息|期限|标准|一次性|累计|其中|分别|再|可|将|由|在|对|为|向|从|自|与|和|或|并|且|"
    r"[市省区县]级?财政|财政|政府|所需|资金|其(?!他)|该|本|上述|全市|全年|减|降|免|扣|返|评选|发放|安排|申请|符合|授予|认定)"
)


_NEW_SUBJECT = re.compile(r"^[，；、]?(?:其中[，：]?)?(?:对于?|凡|针对)")


def find_grants(sentence: str, gifts: list[Gift], setting: Setting) -> list[Grant]:
    """The benefits of a sentence, each with the conditions before it, to its recipient, and behind the last.

    gifts: what the sentence gives, left to right.
    """
    grants: list[Grant] = []
    position = 0
    last: tuple[Found, ...] = ()
    left: tuple[int, int] | None = None
    for gift in gifts:
        before = grants[-1] if grants else None
        behind = _RECIPIENT.match(sentence, gift.start, gift.end) or _SPARED.match(
            sentence, gift.start, gift.end
        )
        behind = behind or (
            _SERVED.match(sentence, gift.start, _longer(sentence, gift)) if is_bare(gift) else None
        )
        to = behind.span("who") if behind else gift.whom or _own_subject(sentence, gift)
        if gift.place <= 1 and (gift.start > position or to):
            conditions, rest = _read_before(sentence, position, gift.start, to, setting)
            left = rest or left
            shared = _without(last, before.gift.whom) if gift.whom and before and before.gift.whom else last
            last = _inherited(sentence[position : gift.start], conditions, shared) if conditions else last
        position = max(position, gift.end)
        grants.append(Grant(gift, last, left))
    tail = tuple(one.moved(position) for one in _read_tail(sentence[position:], setting))
    if tail:
        grants[-1] = replace(grants[-1], conditions=(*grants[-1].conditions, *tail))
    return grants


def _without(conditions: tuple[Found, ...], whom: tuple[int, int]) -> tuple[Found, ...]:
    """The conditions but those that one tier asks for itself."""
    return tuple(one for one in conditions if not whom[0] <= one.start < whom[1])


def _longer(sentence: str, gift: Gift) -> int:
    """The end of the clause that a gift stands in: what is served may be said behind it."""
    comma = _DIGIT.search(sentence, gift.end)
    return comma.start() if comma else len(sentence)


def _own_subject(sentence: str, gift: Gift) -> tuple[int, int] | None:
    """Where the words right before a sum say whom it is for, if the benefit begins with them."""
    if _NOT_WHO.match(sentence, gift.start):
        return None
    figure = _DIGIT.search(sentence, gift.start, gift.end)
    if figure is None or not figure[0].isdigit():
        return None
    for noun in _ENDS_WHO.finditer(sentence, gift.start, figure.start()):
        between = sentence[noun.end() : figure.start()]
        if noun.end() - gift.start >= 3 and (not between or _LEADS_TO_SUM.search(between)):
            return gift.start, noun.end()
    return None


def _read_before(
    sentence: str, position: int, start: int, to: tuple[int, int] | None, setting: Setting
) -> tuple[tuple[Found, ...], tuple[int, int] | None]:
    """The conditions of the words before a benefit and of its recipient, and where the subject stays unread."""
    words = sentence[position:start]
    if goes_on(words.lstrip("，；、")):  # 营收1000万元以上的5万元，|2000万元以上的10万元
        setting = replace(setting, background=(setting.background + sentence[:position])[-80:])
    found = read_lead(words, setting)
    if to:
        who = sentence[slice(*to)]
        prize = [Found("qualification", Operator.HAS, who, 0, len(who))] if _PRIZE.fullmatch(who) else []
        there = prize or read_lead(who, setting)
        if not there or (not prize and unread(f"对{who}，", [one.moved(1) for one in there])):
            there = [*there, make_free(who, 0, len(who))]
        found += [one.moved(to[0] - position) for one in there]
    rest = unread(words, found)
    if rest:
        found = sorted([*found, *read_rest(words, *rest, found)], key=lambda one: one.start)
        rest = unread(words, found)
    moved = tuple(one.moved(position) for one in found)
    return moved, (rest[0] + position, rest[1] + position) if rest else None


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
    if asks(tail):
        return read_sentence(tail, Setting(True, setting.speaking, "", False))
    found: list[Found] = []
    for start, end in split_clauses(tail):
        if asks_nothing(tail[start:end]):
            continue
        measured = [one for one in read_clause(tail[start:end], setting) if one.unit not in (None, "年")]
        found += [one.moved(start) for one in measured]
    return found
