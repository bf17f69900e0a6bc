"""A sentence -> what it gives: kind, fixed sum, cap, rate and base; called by passages.

A benefit is a stretch of clauses around a giving word with the figures that belong to it; a further cap joins it,
a new giving word with a figure of its own starts the next one. "分别给予甲、乙、丙" gives as many as it lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from policy_corpus.extraction.clauses import split_clauses
from policy_corpus.extraction.plain import Plain
from policy_corpus.extraction.quantities import Quantity, find_quantities
from policy_corpus.model import Benefit, BenefitKind, Operator

_K = BenefitKind


@dataclass(frozen=True, slots=True)
class Gift:
    """A benefit at text[start:end] of a sentence; place: which of several that are given 分别 (0 for none)."""

    kind: BenefitKind
    start: int
    end: int
    amount: Decimal | None = None
    cap: Decimal | None = None
    rate: Decimal | None = None
    base: str | None = None
    place: int = 0
    places: int = 0

    def benefit(self, plain: Plain) -> Benefit:
        """The benefit with the document's own words."""
        return Benefit(
            self.kind, plain.span(self.start, self.end), self.amount, self.cap, self.rate, self.base
        )


_GIVING = (
    r"给予|予以|奖励|奖补|奖金|奖|补贴|补助|资助|贴息|贴保|贴费|支持|扶持|返还|免征|免收|免除|免缴|免交|减免|减半|减征|减按|停征|缓缴|缓征|暂退|退还|补偿|享受|发放|"
    r"配套|零收费|加计扣除|税前扣除|税前摊销|延期缴纳|延缓|延长|免租|免费|可贷|续贷|续保|展期|优先|垫付|收储|预支|兑现|拨付|报销|承担|按|可申请|下调|降低"
)
_HAS_GIVING = re.compile(_GIVING)
_MONEY_WORD = re.compile(
    r"奖励|奖补|奖金|补贴|补助|资助|贴息|贴费|资金支持|资金扶持|扶持资金|支持资金|经费支持|专项支持|财政支持|资金|返还|补偿|券|额度|限额|奖|支持|扶持|配套"
)
_KINDS: tuple[tuple[BenefitKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (_K.REWARD, r"贴息性奖励"),
        (_K.INTEREST, r"贴息"),
        (_K.RISK, r"风险补偿|损失补偿|代偿补偿|风险分担|代偿[^，]{0,10}补偿"),
        (
            _K.SUBSIDY,
            r"(?:房租|租金|租赁|场租|保费|担保费|社会保险|社保|税|电费|用电|运费|利息|就业|岗位)[^，；]{0,10}(?:补贴|补助|资助|贴费)|(?:补贴|补助|资助)[^，；]{0,12}(?:租金|房租)|稳岗返还|失业保险[^，]{0,12}返还|返还[^，；]{0,20}(?:社会保险|失业保险)",
        ),
        (
            _K.RENT,
            r"(?:租金|房租|场租|租)[^，；]{0,14}(?:减免|免收|免|减半|减)|(?:减免|免收|免除|减半|减收|免)[^，；]{0,16}(?:租金|房租|场租)|免租",
        ),
        (_K.REWARD, r"奖励|奖补|奖金|(?<!大)奖(?!项|次|学|状)"),
        (
            _K.SUBSIDY,
            r"补贴|补助|资助|资金支持|资金扶持|扶持资金|支持资金|经费支持|[^，]券|贴费|财政支持|配套资金|稳岗|一次性扩岗",
        ),
        (
            _K.TAX,
            r"(?:税|费|社保|社会保险|公积金|保障金|滞纳金|增值|关税|注册费|应缴|缴费)[^，；]{0,24}(?:免征|免收|免除|减免|减半|减征|减按|停征|缓缴|停缴|退还|延期|延长|延缓|零收费|抵扣|扣除|摊销|返还|减缴|零|减少|征收|抵免)|"
            r"(?:免征|免收|免除|免缴|免交|减免|减半|减征|减按|停征|缓缴|退还|延期缴纳|延缓缴纳|退税|不加收|免于征收|不征收)|加计扣除|税前(?:扣除|摊销)|所得税",
        ),
        (_K.LAND, r"用地|土地|容积率|电费|电价|用电|用能|水费|气费|能耗|基本电费|减容|欠费不停|停水|停气"),
        (_K.LOAN, r"贷款|授信|信贷|担保|续贷|展期|利率|融资|可贷|垫付|费率|续保|还本|投资"),
        (_K.PROCUREMENT, r"采购|收储|应用场景|首购|订购|场景|推广应用"),
        (_K.TALENT, r"人才|落户|子女|入学|公寓|住房保障"),
        (_K.TITLE, r"认定为|认定|授牌|评为|荣誉|称号|评选优秀"),
        (_K.SERVICE, r"服务|绿色通道|优先|指导|辅导|培训|便利|快速|开辟|免费|对接|通道"),
        (_K.SUBSIDY, r"资金|支持|扶持|经费|额度|限额|标准"),
    )
)
_CAP = re.compile(r"最高|不超过|不高于|上限|封顶|以内|至多|限额|不得超过|最多|总额|以下")
_TOTAL = re.compile(
    r"累计|总金额|总额度|合计|各项|全部政策|同一年度|多个项目|年度总|以上(?:奖励|资助)|上述|全年"
)
_RATE_WORD = re.compile(r"补|奖|贴|支持|资助|返还|比例|给予|减免|减征|按|退|扣除|减|分担|摊销")
_PLAIN_RATES = (
    (
        re.compile(
            r"全额|全部免|免征|免收|免除|免缴|免交|零收费|免租|停征|免费(?=使用|入驻|提供场地)|予以免税|全免"
        ),
        Decimal(100),
    ),
    (re.compile(r"减半|一半"), Decimal(50)),
)
_OR_REDUCED = re.compile(r"减征或(?:者)?免征|免征或(?:者)?减征|减免缓|酌情|适当减免")
_BASE = re.compile(
    r"(?:按照?|对|以|为|给予|其)(?:不(?:超过|高于)|最高不超过)?(?P<base>[^，。；按以对]{2,24}?)(?:的)?(?:不(?:超过|高于|低于)|最高|至多)?$"
)
_UNIT_PRICE = re.compile(
    r"每(?:[一1])?(?P<unit>人次|人|件|亩|户|家|台|个|项|次|吨|辆|平方米|公斤|千瓦时|度|套|床位|床|箱|头|只|招用1人|户次|公里|份|款|架|张|篇|场|株|间)(?:每(?P<per>人|天|月|年|次|件|日))?"
)
_SLASH = re.compile(r"元/(?P<unit>[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,2})?)")
_NOT_GIFT = re.compile(
    r"罚款|处以|没收|责令|追回|骗取|弄虚作假|收回|取消|注册资本|应纳税所得额|营业收入|销售收入|总投资|固定资产投资|投资总额|产值|资产总额|出资额|年销售|规模达|发放贷款|"
    r"实现|资金规模|基金|资金池|(?:专项|引导)资金规模|预计|累计发放|已(?:有|发放|拨付|兑现)"
)
_FROM_TO = re.compile(r"由\d[\d.]{0,8}(?:%|万元|元)?(?:调整|提高|增加|上调)(?:到|至|为)")


def find_gifts(sentence: str, heading: str = "") -> list[Gift]:
    """What a sentence gives, left to right.

    >>> [(g.kind.value, g.rate, g.cap) for g in find_gifts("对购置设备的企业，按设备购置额的12%给予补助，单户最高不超过90万元")]
    [('补贴/补助', Decimal('12'), Decimal('900000'))]
    >>> [(g.amount, g.place) for g in find_gifts("对国家级、省级企业技术中心分别给予100万元、50万元奖励")]
    [(Decimal('1000000'), 1), (Decimal('500000'), 2)]
    """
    gifts: list[Gift] = []
    for start, end in split_clauses(sentence):
        clause = sentence[start:end]
        found = _clause_gifts(sentence, start, end, heading, bool(gifts))
        if gifts and _is_total(clause):
            continue
        if gifts and len(found) == 1 and _joins(sentence, gifts[-1], found[0], clause):
            gifts[-1] = _join(gifts[-1], found[0])
        else:
            gifts += found
    return gifts


_NEW_SUBJECT = re.compile(
    r"^(?:对|凡|其中对|支持|鼓励|获|认定)|的(?:企业|单位|机构|项目|，)|[^，]{2,}的(?:再|另)?(?:给予|予以|奖励|补贴|补助|按)|再(?:增加|给予|奖|补)|另外?(?:给予|奖)"
)
_CAP_ONLY = re.compile(
    r"^(?:且|但)?(?:每[^，]{0,10}|单[^，]{0,10}|同一[^，]{0,10}|最高|[^，]{0,12}(?:补贴|奖励|补助|资助|支持|贴息|资金|总额|金额|额度|限额|期限)[^，]{0,8}|年度[^，]{0,6}|原则上|总[^，]{0,8}|一般|但|且|并)?(?:最高|不超过|不高于|上限|封顶|至多|限额)"
)


def _joins(sentence: str, last: Gift, new: Gift, clause: str) -> bool:
    """Whether a clause goes on with the benefit before it: a cap, or the sum to a rate."""
    between = sentence[last.end : new.start]
    if _NEW_SUBJECT.search(between + clause[:2]) or new.places or last.places > 1:
        return False
    if last.amount is None and last.cap is None and last.rate is None:
        return (
            last.kind is new.kind
            and last.end + 2 >= new.start
            and not (new.rate is not None and new.rate >= 50 and "免" in clause)
        )
    if new.rate is None and new.cap is not None and _CAP_ONLY.match(clause):
        return True
    if last.rate is not None and last.amount is None and last.cap is None and new.rate is None:
        return new.amount is not None or new.cap is not None or False
    return False


def _join(last: Gift, new: Gift) -> Gift:
    kind = new.kind if last.kind in (BenefitKind.OTHER, BenefitKind.SERVICE) else last.kind
    return replace(
        last,
        kind=kind,
        end=new.end,
        amount=last.amount if last.amount is not None else new.amount,
        cap=new.cap if new.cap is not None else last.cap,
        rate=last.rate if last.rate is not None else new.rate,
    )


def _is_total(clause: str) -> bool:
    return bool(_TOTAL.search(clause)) and bool(_CAP.search(clause)) and not re.search("给予|予以", clause)


def _clause_gifts(sentence: str, start: int, end: int, heading: str, follows: bool) -> list[Gift]:
    clause = sentence[start:end]
    quantities = [
        q for q in find_quantities(clause) if q.dimension in ("yuan", "percent", "points") and not q.foreign
    ]
    capped = _CAP.search(clause) and (follows or _MONEY_WORD.search(clause + heading))
    if not _HAS_GIVING.search(clause) and not capped:
        if not re.search(r"(?:标准|金额|额度)$", sentence[max(0, start - 8) : start].rstrip("：，为是")):
            return []
    sums = [q for q in quantities if q.dimension == "yuan" and _is_given(clause, q)]
    rates = [q for q in quantities if q.dimension in ("percent", "points") and _is_rate(clause, q)]
    if not sums and not rates:
        gift = _figureless(sentence, start, end)
        return [gift] if gift else []
    return _with_figures(sentence, start, end, sums, rates, heading)


def _is_given(clause: str, quantity: Quantity) -> bool:
    """Whether a sum is what is given rather than what is asked."""
    before, after = (
        clause[max(0, quantity.start - 16) : quantity.number_start],
        clause[quantity.end : quantity.end + 14],
    )
    if (
        _NOT_GIFT.search(clause[max(0, quantity.start - 12) : quantity.start])
        or (quantity.op is Operator.BETWEEN
        and "部分" in after)
    ):
        return False
    if quantity.op in (Operator.GE, Operator.GT, Operator.LT) and not re.search(
        "给予|奖励|补贴|补助", before[-8:]
    ):
        return False
    if re.match(r"[（）含]{0,3}(?:以上|以下|以内)?(?:的)?(?:部分|贷款|的企业|档)", after) and not re.match(
        "的?(?:奖|补|资|支)", after
    ):
        return False
    if re.search(
        r"给予|奖励|奖补|补贴|补助|资助|支持|最高|不超过|限额|上限|标准|按|为|封顶|增加|额度|可贷|奖|享受|每",
        before,
    ):
        return True
    return bool(
        re.match(
            r"(?:的)?(?:一次性|财政|资金|以内|/)?[^，]{0,8}(?:奖|补|资助|支持|扶持|经费|贷款|元|贴)", after
        )
    ) or bool(re.search(r"[、和及或]$", before))


def _is_rate(clause: str, quantity: Quantity) -> bool:
    before, after = (
        clause[max(0, quantity.start - 24) : quantity.number_start],
        clause[quantity.end : quantity.end + 16],
    )
    if quantity.op in (Operator.GE, Operator.GT, Operator.LT) and not re.search("给予|按", before):
        return False
    if re.search(
        r"(?:占|增长|增速|增幅|利率|费率|税率|征收率|裁员率|比重|失业率)[^，]{0,10}$", before
    ) and not re.search("按[^，]{0,14}$|费率$", before):
        return False
    if re.match(r"(?:的)?(?:税率|征收率|计入|（含）以上|以上|以下)", after):
        return bool(re.match(r"(?:的)?计入", after)) and clause[
            max(0, quantity.start - 2) : quantity.start
        ].endswith("按")
    return bool(_RATE_WORD.search(before[-22:] + after))


def _with_figures(
    sentence: str, start: int, end: int, sums: list[Quantity], rates: list[Quantity], heading: str
) -> list[Gift]:
    clause = sentence[start:end]
    kind = _kind(clause, sentence[start : min(len(sentence), end + 40)], sentence, heading)
    listed = sums if len(sums) > 1 else rates if len(rates) > 1 else []
    if len(listed) > 1 and _is_list(clause, listed):
        first, last = _gift_start(clause, listed[0]), _gift_end(clause, listed[-1])
        gifts = []
        for place, quantity in enumerate(listed, 1):
            one = (
                _figures(clause, [quantity], rates if listed is sums and len(rates) == 1 else [])
                if quantity.dimension == "yuan"
                else _figures(clause, [], [quantity])
            )
            gifts.append(Gift(kind, start + first, start + last, *one, place=place, places=len(listed)))
        return gifts
    if len(sums) > 1 and not _stacked(clause, sums):
        return [
            Gift(
                kind,
                start + _gift_start(clause, q),
                start + _gift_end(clause, q),
                *_figures(clause, [q], rates[:1]),
            )
            for q in sums
        ]
    amount, cap, rate, base = _figures(clause, sums, rates)
    everything = [*sums, *rates]
    first = min(_gift_start(clause, q) for q in everything)
    last = max(_gift_end(clause, q) for q in everything)
    return [Gift(kind, start + first, start + last, amount, cap, rate, base or _base(clause, rates))]


def _is_list(clause: str, listed: list[Quantity]) -> bool:
    if "分别" in clause[: listed[0].start] or "依次" in clause:
        return True
    gaps = [clause[a.end : b.start] for a, b in zip(listed, listed[1:], strict=False)]
    return all(
        re.fullmatch(r"(?:、|和|及|以及|，|与|或|不超过|最高|的|奖励|补助|补贴|、不超过){1,3}", gap)
        for gap in gaps
    )


def _stacked(clause: str, sums: list[Quantity]) -> bool:
    """ "每项5万元、每家不超过20万元": one benefit with a price and a cap."""
    return bool(
        re.search(
            r"每(?:家|个企业|户|年)|单个企业|同一企业|年度|单户|每个(?:企业|单位|项目)",
            clause[sums[0].end : sums[-1].start],
        )
    ) or (any(q.op is Operator.LE for q in sums[1:]) and sums[0].op is None)


def _figures(
    clause: str, sums: list[Quantity], rates: list[Quantity]
) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
    amount = cap = rate = None
    base: str | None = None
    for quantity in sums:
        value = quantity.upper if quantity.upper is not None else quantity.value
        if _is_cap(clause, quantity) or quantity.upper is not None:
            cap = value
        else:
            amount = value
            base = _unit_of_price(clause, quantity)
    for quantity in rates[:1] if len(rates) == 1 else rates[-1:]:
        rate = quantity.upper if quantity.upper is not None else quantity.value
        if re.search(r"按(?:照)?(?:应缴费?额的)?$", clause[: quantity.start]) and re.match(
            r"(?:的)?(?:缴纳|征收)", clause[quantity.end :]
        ):
            rate = None
    return amount, cap, rate, base


def _is_cap(clause: str, quantity: Quantity) -> bool:
    if quantity.op is Operator.LE:
        return True
    return bool(
        re.search(
            r"(?:最高|不超过|上限|限额|至多|封顶)[^，、；\d]{0,14}$",
            clause[max(0, quantity.start - 22) : quantity.number_start],
        )
    ) or bool(re.match(r"(?:以内|封顶|为限|为上限)", clause[quantity.end : quantity.end + 4]))


def _unit_of_price(clause: str, quantity: Quantity) -> str | None:
    slash = _SLASH.match(clause, quantity.end - 1)
    if slash:
        return "每" + slash["unit"].replace("/", "每")
    price = None
    for match in _UNIT_PRICE.finditer(clause, max(0, quantity.start - 20), quantity.end + 6):
        price = match
    return "每" + price["unit"] + ("每" + price["per"] if price["per"] else "") if price else None


def _base(clause: str, rates: list[Quantity]) -> str | None:
    if not rates:
        return None
    match = _BASE.search(clause[max(0, rates[0].start - 40) : rates[0].start])
    return match["base"] if match else None


def _kind(clause: str, near: str, sentence: str, heading: str) -> BenefitKind:
    for words in (clause, near, sentence, heading):
        for kind, pattern in _KINDS:
            if pattern.search(words):
                return kind
    return _K.OTHER


def _gift_start(clause: str, quantity: Quantity) -> int:
    """Where the words of the benefit begin: at the nearest giving word before its figure."""
    begin = 0
    for match in re.finditer(
        r"的(?:企业|单位|机构|项目|部分)?(?=按|给予|予以|每|再|一次性|分别|奖励|补)|按照?|给予|予以|分别|再(?:增加|给予|奖)|每(?:家|户|个|件|项)|一次性|最高",
        clause[: quantity.start],
    ):
        word = match[0]
        begin = match.end() if word.startswith("的") else match.start()
        if word in ("按", "按照", "分别", "再给予", "再增加"):
            break
    return begin


def _gift_end(clause: str, quantity: Quantity) -> int:
    rest = re.compile(r"[^，；。：]{0,40}").match(clause, quantity.end)
    return rest.end() if rest else quantity.end


def _figureless(sentence: str, start: int, end: int) -> Gift | None:
    """A benefit without a sum: 免征某税 (100), 减半 (50), 给予一定奖励, 开辟绿色通道 (no figure)."""
    clause = sentence[start:end]
    if not _GIVES.search(clause) or _NO_GIVING.search(clause):
        return None
    rate = None
    if not _OR_REDUCED.search(clause):
        rate = next((value for pattern, value in _PLAIN_RATES if pattern.search(clause)), None)
    kind = _kind(clause, sentence[start : end + 20], sentence, "")
    if rate is not None and kind in (_K.SERVICE, _K.TITLE, _K.OTHER):
        kind = _K.TAX
    verb = _GIVES.search(clause)
    begin = start + (verb.start() if verb else 0)
    return Gift(kind, begin, end, rate=rate)


_GIVES = re.compile(
    r"(?:给予|予以|按[^，]{0,12}给予|享受|可申请|申请|发放|进行|实行|可获得?|提供|可享受)[^，；]{0,24}(?:奖励|奖补|补贴|补助|资助|支持|扶持|贴息|补偿|返还|减免|资金|优惠|配套|减按|贷款|服务|倾斜)|"
    r"(?:予以|给予)(?:奖励|奖补|补贴|补助|资助|支持|扶持|贴息|免|减|退)|免征|免收|免除|免缴|免交|减半|停征|零收费|减免|缓缴|停缴|退还|延期缴纳|加计扣除|税前扣除|税前摊销|免租|全额(?:补贴|补助|贴息|返还|奖励)|"
    r"(?:加大|提高|增加)[^，；]{0,14}(?:补贴|补助|奖补|奖励|返还)|优先(?:支持|推荐|安排|考虑|办理|纳入|给予|审查|保障|享受|列入|认定|申报|立项)|绿色通道|续保|展期|无还本续贷|利率优惠|优惠利率|酌情降低|"
    r"(?:纳入|列入)[^，；]{2,24}支持|由[^，；]{2,16}(?:收储|承担|垫付|补贴|补助)|(?:分档|分级|分类)(?:给予)?(?:奖励|补贴|支持)|延长至|可适当提高|预支"
)
_NO_GIVING = re.compile(
    r"不予|不得|不再|取消|追回|收回|停止|骗取|暂停|政府(?:投资|采购)预算|各(?:区|县|地|级)(?:人民)?政府|监督|不享受|不受|申请(?:材料|表|书)|申报(?:材料|表)|拟|已获得|未获得|获得过|未享受|已享受|享受过|办法|细则|指南|规定执行|名单|台账|如实"
)
