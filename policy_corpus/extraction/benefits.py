"""A sentence -> what it gives: kind, fixed sum, cap, rate and base; called by passages.

A benefit is a stretch of clauses around a giving word with the figures that belong to it; a further cap joins it,
a new giving word with a figure of its own starts the next one. "分别给予甲、乙、丙" gives as many as it lists.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from policy_corpus.extraction.clauses import split_clauses
from policy_corpus.extraction.figures import Figures, is_cap, is_given, is_rate, read_figures
from policy_corpus.extraction.gifts import Gift, kind_of
from policy_corpus.extraction.quantities import Quantity, find_quantities
from policy_corpus.extraction.reliefs import find_reliefs
from policy_corpus.model import BenefitKind, Operator

_HAS_GIVING = re.compile(
    r"给予|予以|奖励|奖补|奖金|奖|补贴|补助|资助|贴息|贴保|贴费|支持|扶持|返还|免征|免收|免除|免缴|免交|减免|减半|减征|减按|停征|缓缴|缓征|暂退|退还|补偿|享受|发放|"
    r"配套|零收费|加计扣除|税前扣除|税前摊销|扣除|抵免|征收率|延期缴纳|延缓|延长|免租|免费|可贷|续贷|续保|展期|优先|垫付|收储|预支|兑现|拨付|报销|承担|按|可申请|下调|降低|"
    r"减少|标准|提请|评选|认定为|基点|提高|分期|返还|统筹解决|列入|纳入|绿色|收取"
)
_MONEY_WORD = re.compile(
    r"奖励|奖补|奖金|补贴|补助|资助|贴息|贴费|资金支持|资金扶持|扶持资金|支持资金|经费支持|专项支持|财政支持|资金|返还|补偿|券|额度|限额|奖|支持|扶持|配套|贷款"
)
_CAP = re.compile(r"最高|不超过|不高于|上限|封顶|以内|至多|限额|不得超过|最多|总额|以下")
_TOTAL = re.compile(r"累计|总金额|总额度|合计|各项|全部政策|多个项目|年度总|以上(?:奖励|资助)|上述|全年")
_NEW_SUBJECT = re.compile(
    r"^(?:对|凡|其中对|支持|鼓励|获|认定)|的(?:企业|单位|机构|项目|，)|[^，]{2,}的(?:再|另)?(?:给予|予以|奖励|补贴|补助|按)|"
    r"再(?:增加|给予|奖|补)|另外?(?:给予|奖)"
)
_CAP_ONLY = re.compile(
    r"^(?:且|但)?(?:每[^，]{0,10}|单[^，]{0,10}|同一[^，]{0,10}|最高|[^，]{0,12}(?:补贴|奖励|补助|资助|支持|贴息|资金|总额|金额|额度|限额|期限)[^，]{0,8}|"
    r"年度[^，]{0,6}|原则上|总[^，]{0,8}|一般|但|且|并)?(?:最高|不超过|不高于|上限|封顶|至多|限额)"
)
_START = re.compile(
    r"的(?:企业|单位|机构|项目|部分)?(?=按|给予|予以|每|再|一次性|分别|奖励|补)|按照?|给予|予以|分别|再(?:增加|给予|奖)|每(?:家|户|个|件|项)|一次性|最高"
)
_MONEY_KINDS = frozenset({BenefitKind.REWARD, BenefitKind.SUBSIDY, BenefitKind.LOAN})
_PROMISE = re.compile(
    r"采[取用][^，。；]{1,20}给予[^，。；]{0,6}$|分[档级类][^，。；]{0,8}$|(?:以下|下列|如下|相应)(?:标准|方式|等级|政策|规定|额度)?的?[^，。；]{0,12}$"
)
# Between a promise and its figures: nothing, "其中", or the head of a tier ("一级补贴标准为").
_ONLY_LEADS_ON = re.compile(
    r"，(?:其中，|其中|具体为|标准为|具体标准为?[：，]?)?(?:[^，；对凡]{0,12}(?:标准|额度|金额)为?)?"
)
_SUM_TOTAL = re.compile(r"(?:总金额|总额度|总额|金额合计)")
_TERM = re.compile(r"[，：]?(?:[^，；：]{0,6}(?:期限|期)[^，；：]{0,16}，)?")
_TAX_RATE = re.compile(r"(?:并|再)?按[^，；]{0,12}%的?(?:税率|征收率)")
_PRICE = re.compile(r"每(?:人|件|次|亩|户|家|台|个|项|吨|年)[^，；\d]{0,4}\d")
_NEXT_NAME = re.compile(r"、[^，；：、\d]{2,16}")  # 最高支持限额为大型企业20万元、中型企业10万元
_SHARE_CAP = re.compile(
    r"(?:且|并|但)?(?:每年|年度|单个项目|单个企业)?(?:补助|补贴|奖励|支持)?(?:金额|比例)?(?:最高)?不(?:得)?(?:超过|高于)[^，；\d]{2,24}\d[\d.]{0,5}%"
)
_NEXT = re.compile(r"(?:、|和|及|以及|或)[^，；：、\d]{0,16}")
_SPOKEN = re.compile(r"(?:奖励|奖补|补助|补贴|资助)[，：]$")
_GIVEN_NOW = re.compile(r"给予|予以|进行")
_STANDARD = ("标准", "金额", "额度")
_SHORT = 24  # a sentence that is no more than the value of a field
_FIRST_WORD = ("按", "按照", "分别", "再给予", "再增加")


def find_gifts(sentence: str, heading: str = "") -> list[Gift]:
    """What a sentence gives, left to right.

    >>> [(g.kind.value, g.rate, g.cap) for g in find_gifts("对购置设备的企业，按购置额的12%给予补助，单户最高不超过90万元")]
    [('补贴/补助', Decimal('12'), Decimal('900000'))]
    >>> [(g.amount, g.place) for g in find_gifts("对国家级、省级企业技术中心分别给予100万元、50万元奖励")]
    [(Decimal('1000000'), 1), (Decimal('500000'), 2)]
    """
    gifts: list[Gift] = []
    for start, end in split_clauses(sentence):
        clause = sentence[start:end]
        if gifts and _is_total(clause) and not _wants_cap(gifts[-1], clause):
            continue
        _take(sentence, gifts, _clause_gifts(sentence, start, end, heading, bool(gifts)), clause)
    return _without_promises(sentence, gifts)


def _without_promises(sentence: str, gifts: list[Gift]) -> list[Gift]:
    """The gifts without a general promise ("按以下标准给予支持：") that others in the sentence fill with figures."""
    kept = []
    for gift, following in zip(gifts, [*gifts, None][1:], strict=True):
        if following is not None and _is_bare(gift) and not _is_bare(following) and gift.kind in _MONEY_KINDS:
            between = sentence[gift.end : following.start]
            promise = _PROMISE.search(sentence[max(0, gift.start - 12) : gift.end])
            if following.kind in _MONEY_KINDS and (promise or _ONLY_LEADS_ON.fullmatch(between)):
                continue
        kept.append(gift)
    return kept


def _is_bare(gift: Gift) -> bool:
    return gift.rate is None and gift.amount is None and gift.cap is None


def _take(sentence: str, gifts: list[Gift], found: list[Gift], clause: str) -> None:
    last = gifts[-1] if gifts else None
    if (
        len(found) > 1
        and last
        and last.places == len(found)
        and all(one.cap and not one.rate for one in found)
    ):
        gifts[-len(found) :] = [
            replace(old, cap=new.cap, end=new.end)
            for old, new in zip(gifts[-len(found) :], found, strict=True)
        ]
    elif last and len(found) == 1 and last.places > 1 and _is_shared(gifts, found[0], clause):
        gifts[-last.places :] = [
            replace(one, cap=one.cap or found[0].cap, rate=one.rate or found[0].rate, end=found[0].end)
            for one in gifts[-last.places :]
        ]
    elif last and len(found) == 1 and _joins(sentence, last, found[0], clause):
        gifts[-1] = _join(last, found[0])
    elif last and len(found) > 1 and _is_rate_only(last) and all(one.rate is None for one in found):
        gifts[-1:] = [
            replace(one, rate=last.rate, base=one.base or last.base, kind=last.kind) for one in found
        ]
    else:
        gifts += found


def _is_shared(gifts: list[Gift], new: Gift, clause: str) -> bool:
    """ "分别按30%、20%补助，最高100万元": one cap, or one share of the cost, for all that are given in turn."""
    listed = gifts[-gifts[-1].places :]
    if new.places or not listed[0].places:
        return False
    if _SHARE_CAP.fullmatch(clause):
        return all(one.rate is None for one in listed)
    return bool(_CAP_ONLY.match(clause)) and new.rate is None and all(_is_rate_only(one) for one in listed)


def _is_rate_only(gift: Gift) -> bool:
    return gift.rate is not None and gift.amount is None and gift.cap is None


def _wants_cap(last: Gift, clause: str) -> bool:
    """ "给予2年贴息，总金额不超过5000万元": the total is the cap of the one benefit before it."""
    return last.amount is None and last.cap is None and bool(_SUM_TOTAL.search(clause))


def _is_total(clause: str) -> bool:
    return bool(_TOTAL.search(clause)) and bool(_CAP.search(clause)) and not re.search("给予|予以", clause)


def _joins(sentence: str, last: Gift, new: Gift, clause: str) -> bool:
    """Whether a clause goes on with the benefit before it: a cap, or the sum to a rate."""
    between = sentence[last.end : new.start]
    if _NEW_SUBJECT.search(between + clause[:2]) or new.places or last.places > 1:
        return False
    if last.kind is new.kind is BenefitKind.TAX and _is_bare(new) and _TAX_RATE.match(clause):
        return True  # 减按50%计入应纳税所得额，按20%的税率缴纳: one relief
    if _is_bare(last):
        if last.kind is BenefitKind.INTEREST and new.rate is None and _CAP_ONLY.match(clause):
            return bool(_TERM.fullmatch(between))
        return last.kind is new.kind and last.end + 2 >= new.start and new.rate != 100
    if new.rate is None and new.cap is not None and _CAP_ONLY.match(clause):
        return True
    if last.rate is None and _SHARE_CAP.fullmatch(clause):
        return True
    if _is_bare(new) and new.kind is last.kind and _GIVEN_NOW.match(clause):
        return last.end + 2 >= new.start  # 按每平方米20元的标准，给予三年租金补贴
    return _is_rate_only(last) and new.rate is None and (new.amount is not None or new.cap is not None)


def _join(last: Gift, new: Gift) -> Gift:
    return replace(
        last,
        kind=new.kind if last.kind in (BenefitKind.OTHER, BenefitKind.SERVICE) else last.kind,
        end=new.end,
        amount=last.amount if last.amount is not None else new.amount,
        cap=new.cap if new.cap is not None else last.cap,
        rate=last.rate if last.rate is not None else new.rate,
        base=last.base or new.base,
    )


def _clause_gifts(sentence: str, start: int, end: int, heading: str, follows: bool) -> list[Gift]:
    clause = sentence[start:end]
    spoken = _MONEY_WORD.search(clause + heading) or _SPOKEN.search(sentence[max(0, start - 12) : start])
    capped = _CAP.search(clause) and (follows or spoken)
    if not _HAS_GIVING.search(clause) and not capped:
        before = sentence[max(0, start - 8) : start].rstrip("：，为是")
        priced = follows and _PRICE.search(clause)
        titled = len(sentence) <= _SHORT and heading.endswith(_STANDARD)
        if not priced and not titled and not before.endswith(_STANDARD):
            return []
    money = [q for q in find_quantities(clause) if not q.foreign]
    sums = _given_sums(
        clause, [q for q in money if q.dimension == "yuan"], titled=heading and len(sentence) <= _SHORT
    )
    rates = [q for q in money if q.dimension in ("percent", "points") and is_rate(clause, q)]
    if follows and not sums and not rates and _SHARE_CAP.fullmatch(clause):
        rates = [q for q in money if q.dimension == "percent"]
    if not sums and not rates:
        return find_reliefs(sentence, start, end)
    return _with_figures(sentence, start, end, sums, rates, heading)


def _given_sums(clause: str, money: list[Quantity], titled: object) -> list[Quantity]:
    """The sums that are given: after a giving word, alone under 补贴标准, or next in a list of names and sums."""
    given: list[Quantity] = []
    for q in money:
        alone = titled and len(money) == 1 and q.op is None
        listed = given and q.op is None and _NEXT.fullmatch(clause[given[-1].end : q.start])
        if is_given(clause, q) or alone or listed:
            given.append(q)
    return given


def _with_figures(
    sentence: str, start: int, end: int, sums: list[Quantity], rates: list[Quantity], heading: str
) -> list[Gift]:
    clause = sentence[start:end]
    figures = sorted([*sums, *rates], key=lambda q: q.start)
    first, last = min(_start_of(clause, q, 0) for q in figures), _end_of(clause, figures[-1])
    near = sentence[start : min(len(sentence), end + 40)]
    kind = kind_of(clause[first:last], clause, near, heading, sentence, with_sum=True)
    listed = sums if len(sums) > 1 else rates if len(rates) > 1 and not sums else []
    if listed and _is_list(clause, listed):
        gifts = [
            Gift(kind, start + first, start + last, *_one(clause, q, rates), place, len(listed))
            for place, q in enumerate(listed, 1)
        ]
        capped = listed is sums and is_cap(clause, sums[0])  # 最高300万元、500万元: each of them a cap
        return _as_caps(gifts) if capped else gifts
    if len(rates) > 1 and not sums and _are_named(clause, rates):  # 第一年100%、第二年50%
        return [Gift(kind, start + first, start + last, *_one(clause, q, rates)) for q in rates]
    if len(sums) > 1 and not _is_stacked(clause, sums):
        gifts, position = [], 0
        for q in sums:
            begin, position = _start_of(clause, q, position), q.end
            gifts.append(Gift(kind, start + begin, start + q.end, *_one(clause, q, rates[:1])))
        return _as_caps(gifts) if _are_named(clause, sums) and is_cap(clause, sums[0]) else gifts
    return [Gift(kind, start + first, start + last, *read_figures(clause, sums, rates))]


def _are_named(clause: str, figures: list[Quantity]) -> bool:
    return all(_NEXT_NAME.fullmatch(clause[a.end : b.start]) for a, b in pairwise(figures))


def _as_caps(gifts: list[Gift]) -> list[Gift]:
    """ "最高300万元、500万元": the word holds for each sum of the list."""
    return [replace(one, amount=None, cap=one.cap or one.amount) for one in gifts]


def _one(clause: str, quantity: Quantity, rates: list[Quantity]) -> Figures:
    if quantity.dimension == "yuan":
        return read_figures(clause, [quantity], rates if len(rates) == 1 else [])
    return read_figures(clause, [], [quantity])


def _is_list(clause: str, listed: list[Quantity]) -> bool:
    """ "分别给予100万元、50万元", "100万元、50万元和20万元"."""
    if "分别" in clause[: listed[0].start] or "依次" in clause:
        return True
    gaps = [clause[a.end : b.start] for a, b in pairwise(listed)]
    return all(
        re.fullmatch(r"(?:、|和|及|以及|，|与|或|不超过|最高|的|奖励|补助|补贴){1,3}", gap) for gap in gaps
    )


def _is_stacked(clause: str, sums: list[Quantity]) -> bool:
    """ "每项5万元、每家不超过20万元": one benefit with a price and a cap."""
    between = clause[sums[0].end : sums[-1].start]
    if re.search(r"每(?:家|个企业|户|年)|单个企业|同一企业|年度|单户|每个(?:企业|单位|项目)", between):
        return True
    return any(q.op is Operator.LE for q in sums[1:]) and sums[0].op is None


def _start_of(clause: str, quantity: Quantity, after: int) -> int:
    """Where the words of the benefit begin: at the nearest giving word before its figure."""
    begin = after if after == 0 else quantity.start
    for match in _START.finditer(clause, after, quantity.start):
        begin = match.end() if match[0].startswith("的") else match.start()
        if match[0] in _FIRST_WORD:
            break
    return begin


def _end_of(clause: str, quantity: Quantity) -> int:
    rest = re.compile(r"[^，；。：]{0,40}").match(clause, quantity.end)
    return rest.end() if rest else quantity.end
