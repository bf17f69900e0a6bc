"""A sentence -> what it gives: kind, fixed sum, cap, rate and base; called by passages.

A benefit is a stretch of clauses around a giving word with the figures that belong to it; a further cap joins it,
a new giving word with a figure of its own starts the next one. "分别给予甲、乙、丙" gives as many as it lists.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from policy_corpus.extraction.benefits.equity import with_terms
from policy_corpus.extraction.benefits.figures import (
    Figures,
    is_cap,
    is_counted,
    is_given,
    is_rate,
    read_figures,
)
from policy_corpus.extraction.benefits.following import find_following, of_same_thing
from policy_corpus.extraction.benefits.gifts import Gift, kind_of
from policy_corpus.extraction.benefits.joining import (
    CAP,
    SHARE_CAP,
    bounds_the_year,
    is_total,
    take,
    without_promises,
)
from policy_corpus.extraction.benefits.reliefs import find_reliefs
from policy_corpus.extraction.benefits.supports import find_supports
from policy_corpus.extraction.words.clauses import split_clauses
from policy_corpus.extraction.words.quantities import Quantity, find_quantities
from policy_corpus.model import BenefitKind, Operator

_HAS_GIVING = re.compile(
    r"给予|予以|奖励|奖补|奖金|奖|补贴|补助|资助|贴息|贴保|贴费|支持|扶持|返还|免征|免收|免除|免缴|免交|减免|减半|减征|减按|停征|缓缴|缓征|暂退|退还|补偿|享受|发放|"
    r"配套|零收费|加计扣除|税前扣除|税前摊销|扣除|抵免|征收率|延期缴纳|延缓|延长|延期[至到]|免租|免费|可贷|续贷|续保|展期|优先|垫付|收储|预支|兑现|拨付|报销|承担|按|可申请|下调|降低|降至|降到|降为|可抵扣|增收|"
    r"追加|减息|补(?=\d)|减少|标准|提请|评选|认定为|基点|提高|分期|返还|统筹解决|列入|纳入|绿色|收取|优惠利率|政策优惠|可申领"
)
_MONEY_WORD = re.compile(
    r"奖励|奖补|奖金|补贴|补助|资助|贴息|贴费|资金支持|资金扶持|扶持资金|支持资金|经费支持|专项支持|财政支持|资金|返还|补偿|券|额度|限额|奖|支持|扶持|配套|贷款|追加|补(?=\d)"
)
_START = re.compile(
    r"的(?:企业|单位|机构|项目|部分)?(?=按|给予|予以|每|再|一次性|分别|奖励|补)|按照?|给予|予以|分别|再(?:增加|给予|奖)|每(?:家|户|个|件|项)|一次性|最高"
)
_PRICE = re.compile(r"每(?:人|件|次|亩|户|家|台|个|项|吨|年)[^，；\d]{0,4}\d")
_PRICE_OF = re.compile(
    r"(?:企业|酒店|剧院|机构|床位|项目|站|店|的)每[^，；、\d元]{1,5}\d[\d.]{0,8}[百千万]{0,2}元$"
)
_CREDIT = re.compile(r"(?:单[户笔])?授信(?:额度)?(?:最高|不超过?)\d[\d.]{0,8}[万亿]元")
_PRICES = re.compile(r"\d元/[^，；、\d]{1,4}(?:、|$)")  # 直流桩400元/千瓦、交流桩150元/千瓦
_NEXT_NAME = re.compile(r"、[^，；：、\d]{2,16}")  # 最高支持限额为大型企业20万元、中型企业10万元
_NEXT = re.compile(r"(?:、|和|及|以及|或)[^，；：、\d]{0,16}")
_SPOKEN = re.compile(r"(?:奖励|奖补|补助|补贴|资助)[，：]$")
_SLASH_UNIT = re.compile(
    r"/(?:人|件|家|户|个|台|亩|平方米|千瓦时|吨|次|天|月|年)(?:次|[/·](?:人|天|月|年|次))?[、，]?"
)
_PRICE_ENDS = re.compile(r"/[^，；、\d]{1,4}(?:、|$)")
_OF_VOUCHERS = re.compile("抵扣")
_OF_TAXES = re.compile("税|保险|社保|公积金|保障金|进项")
_CHARGES = re.compile(r"(?:收费|缴费|征收|缴纳)(?:标准|金额)")
_STANDARD = ("标准", "金额", "额度")
_YEAR_BY_YEAR = re.compile(r"第一年[^，；。]{0,16}(?:、|和|及)第二年")
_SHARE_ALONE = re.compile(r"[^，；\d]{2,16}的\d[\d.]{0,5}%")  # under 补贴标准: 软件投入的15%
# "给予奖励：营收1000万元以上的5万元，2000万元以上的10万元": the word that gives stands before the list.
_BARE_TIER = re.compile(r"(?:[上下内满到]|达到|超过)[^，；]{0,12}的\d[\d.]{0,10}[万亿千百]{0,2}元$")
_GIVES_AS_FOLLOWS = re.compile(r"(?:奖励|奖补|补助|补贴|资助)[^，；。：]{0,8}：")
_GIVEN_NEXT = re.compile(
    r"(?<=的)(?=\d[\d.]{0,10}[万亿千百]{0,2}元$)|(?<=[业构位目体司户店站区台])(?:奖励|奖补|补助|补贴|资助)(?=\d)"
)  # …企业奖励10万元
_EXCEPTED = re.compile(r"除[^，；]{2,120}(?:以外|之外|除外)")  # 除10万元以下消费贷款以外: nothing is given
# "所得税减免优惠：" names what the words behind it give.
_LABEL = re.compile(
    r"(?!给予|予以|按|对)[^，；：\d]{0,12}(?:减免|优惠|奖励|补贴|补助|资助|支持|扶持|贴息|返还)(?:政策)?"
)
_NAMED = re.compile(r"(?:贴息|补助|补贴|奖励|资助)$")  # 贷款贴息|给予每年最高500万元支持
_SHORT = 24  # a sentence that is no more than the value of a field
_FIRST_WORD = ("按", "按照", "分别", "再给予", "再增加")


def find_gifts(sentence: str, heading: str = "", told: Gift | None = None) -> list[Gift]:
    """What a sentence gives, left to right.

    told: the last benefit of the sentence before, where a semicolon parts them: a tier goes on in its words.

    >>> [(g.kind.value, g.rate, g.cap) for g in find_gifts("对购置设备的企业，按购置额的12%给予补助，单户最高不超过90万元")]
    [('补贴/补助', Decimal('12'), Decimal('900000'))]
    >>> [(g.amount, g.place) for g in find_gifts("对国家级、省级企业技术中心分别给予100万元、50万元奖励")]
    [(Decimal('1000000'), 1), (Decimal('500000'), 2)]
    """
    gifts: list[Gift] = []
    for start, end in split_clauses(sentence):
        clause = sentence[start:end]
        if start == 0 and sentence[end : end + 1] == "：" and _LABEL.fullmatch(clause):
            continue
        if gifts and is_total(gifts[-1], clause):
            if bounds_the_year(gifts[-1], clause):
                gifts[-1] = replace(gifts[-1], end=end)
            continue
        terms = with_terms(sentence, gifts[-1], start, end) if gifts else None
        if terms:
            gifts[-1] = terms
            continue
        found = _clause_gifts(sentence, start, end, heading, bool(gifts))
        before = gifts[-1] if gifts else told
        if not found and before:
            found = find_following(sentence, start, end, before, anew=not gifts)
        if found and before:
            found = of_same_thing(sentence, found, before)
        take(sentence, gifts, found, clause)
    return without_promises(sentence, gifts)


def _clause_gifts(sentence: str, start: int, end: int, heading: str, follows: bool) -> list[Gift]:
    clause = sentence[start:end]
    if _EXCEPTED.fullmatch(clause):
        return []
    tier = _BARE_TIER.search(clause)
    if tier and _GIVES_AS_FOLLOWS.search(sentence, 0, start):
        sums = [q for q in find_quantities(clause) if q.dimension == "yuan" and not q.foreign][-1:]
        return _with_figures(sentence, start, end, sums, [], heading) if sums else []
    spoken = _MONEY_WORD.search(clause + heading) or _SPOKEN.search(sentence[max(0, start - 12) : start])
    spoken = spoken or _CREDIT.fullmatch(clause)
    capped = CAP.search(clause) and (follows or spoken)
    if not _HAS_GIVING.search(clause) and not capped:
        before = sentence[max(0, start - 8) : start].rstrip("：，为是")
        listed = follows or _GIVES_AS_FOLLOWS.search(sentence, 0, start)
        priced = listed and (_PRICE.search(clause) or _PRICES.search(clause) or _PRICE_OF.search(clause))
        titled = len(sentence) <= _SHORT and heading.endswith(_STANDARD)
        charged = _CHARGES.search(heading) or _CHARGES.search(before)
        if charged or (not priced and not titled and not before.endswith(_STANDARD)):
            return find_supports(sentence, start, end)
    money = [q for q in find_quantities(clause) if not q.foreign and not is_counted(clause, q)]
    sums = _given_sums(
        clause, [q for q in money if q.dimension == "yuan"], titled=heading and len(sentence) <= _SHORT
    )
    rates = [q for q in money if q.dimension in ("percent", "points") and is_rate(clause, q)]
    if (
        not rates
        and len(sentence) <= _SHORT
        and heading.endswith(_STANDARD)
        and _SHARE_ALONE.fullmatch(clause)
    ):
        rates = [q for q in money if q.dimension == "percent"]
    if follows and not sums and not rates and SHARE_CAP.fullmatch(clause):
        rates = [q for q in money if q.dimension == "percent"]
    if not sums and not rates:
        return find_reliefs(sentence, start, end) or find_supports(sentence, start, end)
    return _with_figures(sentence, start, end, sums, rates, heading)


def _given_sums(clause: str, money: list[Quantity], titled: object) -> list[Quantity]:
    """The sums that are given: after a giving word, alone under 补贴标准, or next in a list of names and sums."""
    given: list[Quantity] = []
    for q in money:
        alone = titled and len(money) == 1 and q.op is None
        listed = given and q.op is None and _NEXT.fullmatch(clause[given[-1].end : q.start])
        if is_given(clause, q) or alone or listed:
            given.append(q)
    return _with_prices(clause, money, given)


def _with_prices(clause: str, money: list[Quantity], given: list[Quantity]) -> list[Quantity]:
    """ "直流桩400元/千瓦、交流桩150元/千瓦给予补贴": the prices before the one that is given, and all of a mere list."""
    if not given and not _PRICES.search(clause):
        return []
    priced = [q for q in money if q.op is None and (q in given or _PRICE_ENDS.match(clause, q.end))]
    return priced if len(priced) > len(given) and all(q in priced for q in given) else given


def _with_figures(
    sentence: str, start: int, end: int, sums: list[Quantity], rates: list[Quantity], heading: str
) -> list[Gift]:
    clause = sentence[start:end]
    figures = sorted([*sums, *rates], key=lambda q: q.start)
    first, last = min(_start_of(clause, q, 0) for q in figures), _end_of(clause, figures[-1])
    near = sentence[start : min(len(sentence), end + 40)]
    kind = kind_of(clause[first:last], clause, near, sentence, heading, with_sum=True)
    if kind is BenefitKind.TAX and _OF_VOUCHERS.search(clause) and not _OF_TAXES.search(clause):
        kind = BenefitKind.SUBSIDY  # 核定合同费用最高可抵扣30%
    rates = _widest(clause, rates)
    listed = sums if len(sums) > 1 else rates if len(rates) > 1 and not sums else []
    if listed and _is_list(clause, listed):
        in_turn = not is_year_by_year(clause)
        gifts = [
            Gift(
                kind,
                start + first,
                start + last,
                *_one(clause, q, rates),
                *((place, len(listed)) if in_turn else ()),
            )
            for place, q in enumerate(listed, 1)
        ]
        gifts = [replace(one, base=one.base or gifts[0].base) for one in gifts] if listed is rates else gifts
        capped = listed is sums and is_cap(clause, sums[0])  # 最高300万元、500万元: each of them a cap
        return _as_caps(gifts) if capped else gifts
    if len(rates) > 1 and not sums and _are_named(clause, rates):  # 第一年100%、第二年50%
        return [Gift(kind, start + first, start + last, *_one(clause, q, rates)) for q in rates]
    if len(sums) > 1 and not _is_stacked(clause, sums):
        gifts, position = [], 0
        for q in sums:
            begin, position = _start_of(clause, q, position), _behind_unit(clause, q.end)
            own = _named_before(clause, begin) or kind
            gifts.append(Gift(own, start + begin, start + position, *_one(clause, q, rates[:1])))
        return _as_caps(gifts) if _are_named(clause, sums) and is_cap(clause, sums[0]) else gifts
    kind = _named_before(clause, first) or kind
    return [Gift(kind, start + first, start + last, *read_figures(clause, sums, rates))]


def _named_before(clause: str, begin: int) -> BenefitKind | None:
    """The kind that stands right before the giving word ("贷款贴息给予每年最高500万元支持")."""
    named = _NAMED.search(clause, 0, begin)
    return kind_of(named[0]) if named and begin else None


def _behind_unit(clause: str, end: int) -> int:
    """Where a sum with its unit ends: "亚洲5000元/人、欧美1万元/人"."""
    unit = _SLASH_UNIT.match(clause, end)
    return unit.end() if unit else end


def _widest(clause: str, rates: list[Quantity]) -> list[Quantity]:
    """ "最高支持比例为50%或70%" is the range up to 70%."""
    if len(rates) == 2 and clause[rates[0].end : rates[1].start] == "或" and "分别" not in clause:
        return [max(rates, key=lambda q: q.value)]
    return rates


def is_year_by_year(words: str) -> bool:
    """Whether several benefits are for the years of one company, which has them all.

    >>> is_year_by_year("第一年、第二年分别按房租的100%、60%补贴"), is_year_by_year("分别补贴100%、60%")
    (True, False)
    """
    return bool(_YEAR_BY_YEAR.search(words))


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
    if len(listed) == 2 and is_cap(clause, listed[1]) and not is_cap(clause, listed[0]):
        return False  # 每天500元、最高1万元
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
    plain = _GIVEN_NEXT.search(clause) if begin == after == 0 else None
    if plain and plain.start() <= quantity.start:
        return plain.start()
    return begin


def _end_of(clause: str, quantity: Quantity) -> int:
    rest = re.compile(r"[^，；。：]{0,40}").match(clause, quantity.end)
    return rest.end() if rest else quantity.end
