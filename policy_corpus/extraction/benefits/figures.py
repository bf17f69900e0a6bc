"""The figures of a clause that gives something: which sums and rates are given, which is a cap, what a rate is of.

Called by reading.
"""

from __future__ import annotations

import re
from decimal import Decimal

from policy_corpus.extraction.words.quantities import Quantity
from policy_corpus.model import Operator

_ASKED_BEFORE = re.compile(
    r"罚款|处以|没收|注册资本|准入限额|(?:人均|家庭|月)收入|应纳税所得额|营业收入|销售收入|总投资|固定资产投资|投资总额|产值|资产总额|出资额|年销售|规模达|发放贷款|实现|资金规模|基金|资金池|"
    r"(?:专项|引导)资金规模|预计|个人缴|缴费|收费|自付|自筹|价格|累计发放|已(?:有|发放|拨付|兑现)|(?:共|累计)(?:兑现|发放|拨付|减免|支付|落实|返还|争取)|总规模|实缴|新增[^，；]{0,6}贷款额度|授信总额|融资额|合同金额|纳入[^，；]{0,8}(?:规模|范围|基数)的?(?:金额|额度)"
)
_SUBJECT = re.compile(
    r"^[^的]{0,12}的(?=再|另|给予|予以|奖|补|资助|按|一次性)"
)  # 产值超过1亿元的|再奖励5万元
_GIVEN_BEFORE = re.compile(
    r"给予|奖励|奖补|补贴|补助|资助|支持|最高|不超过?|限额|上限|标准|按|为|封顶|增加|额度|可贷|奖|享受|每|贴息|补偿|返还|扶持$|追加$|补$"
)
_GIVEN_AFTER = re.compile(
    r"(?:的)?(?:一次性|财政|资金|以内|/)?[^，]{0,8}(?:奖|补|资助|支持|扶持|经费|贷款|元|贴)"
)
# "通过2亿元的示例专项资金予以补助": what all applicants share.
_POOL_BEFORE = re.compile(r"(?:通过|利用|安排|设立|统筹)[^，；\d]{0,6}$")
_POOL_AFTER = re.compile(r"的?[^，；\d]{0,10}(?:专项资金|资金池|基金|资金)")
_LENT = re.compile(r"最高[^，；\d]{0,2}可?(?:享受|申请|获得|贷)[^，；\d]{0,4}$")  # 最高可享受200万元贷款
_PART_AFTER = re.compile(
    r"[（）含]{0,3}(?:以上|以下|以内)?(?:的)?(?:部分|(?:信用|流动资金|经营性?)?贷款(?!额度)|的企业|档)"
)
_RATE_WORD = re.compile(
    r"补贴|补助|补偿|奖励|奖补|贴息|减息|贴费|贴保|资助|支持|扶持|返还|给予|予以|减免|减征|减收|减少|减按|券金额|可抵扣|按|退还|暂退|扣除|分担|摊销|下浮|下调|标准|补(?!充)"
)
_SHARE_BEFORE = re.compile(
    r"(?:占|增长|增速|增幅|利率|费率|税率|征收率|裁员率|比重|失业率|就业率|入住率|人数比例|总数)[^，]{0,10}$"
)
_CAP_BEFORE = re.compile(r"(?:最高|不超过?|上限|限额|至多|封顶)[^，、；\d]{0,14}$")
_CAP_AFTER = re.compile(r"以内|封顶|为限|为上限")
_BASE = re.compile(
    r"(?:按照?|对于?|以|为|给予|返还其?|抵扣|再?增加|其(?!他|中|它)|(?:额度|金额)(?:原则上)?不(?:超过|高于))(?:不(?:超过|高于)|最高不超过)?(?P<base>(?!照|其|不超|不高|最高|不低)[^，。；按以对\d%]{2,24}?)(?:的)?(?:不(?:超过|高于|低于)|最高|至多|给予)?$"
)
# "资信产品购买费用最高支持比例为50%"
_BASE_OF_SHARE = re.compile(
    r"(?P<base>[^，。；：、的\d%]{2,16}(?:费|费用|额|款|投入|成本))(?:的)?(?:最高)?(?:支持|补贴|补助|资助|奖励)比例(?:最高)?(?:为|是)?(?:不(?:超过|高于))?$"
)
_NO_BASE = re.compile(
    r"原则上|额度|(?<!工资)标准$|^第[一二三四五]|给予|企业$|项目$|[年月]$|比例|(?:单位|机构|主体)$|减少$|减免(?:收费)?$|下浮$|降低$"
)
_PART = re.compile(r"(?P<part>(?:超过|超出|增量|新增|增加)的?部分)的?(?:按照?)?$")
_ALONE = re.compile(
    r"(?:一般|原则上|最高)?(?:不(?:超过|高于))?(?P<part>(?!不超|不高|一般)[^，；\d]{2,16})的\d[\d.]{0,5}%"
)  # under 补贴标准: 软件投入的15%
_GIVEN_BACK = re.compile(r"(?:返还|退还)(?P<base>[^，；。]{2,16}?(?:费|款|税|金))(?:的?，|$)")
_UNIT_PRICE = re.compile(
    r"每(?:新增|新建|增加)?(?:[一1])?(?P<unit>间夜|标箱|标准箱|人次|人|集|证|部|座|桩|张新增床位|张床位|件|亩|户|家|天|台|个|项|次|吨|辆|平方米|立方米|公斤|千瓦时|度|套|床位|床|箱|头|只|招用1人|户次|公里|份|款|架|张|篇|场|株|间)"
    r"(?:每(?P<per>人|天|月|年|次|件|日))?"
)
_CAP_UNIT = re.compile(r"(?P<unit>每(?:人|件|亩|台|套|部|次|项|场|床|张|篇))[^，；每年家户]{0,8}$")
_UNIT_SUM = re.compile(r"每(?:满|增加|增长)?\d[\d.]{0,8}[百千万亿]{0,3}元")
_PER = "间夜|标箱|标准箱|人次|人|平方米|立方米|千瓦时|千瓦|兆瓦|公斤|公里|月|年|天|日|次|亩|吨|件|户|个|台|家|项|度|场|株|头|只|辆|套|张|床|课时|箱"
_SLASH = re.compile(rf"元/(?P<unit>(?:{_PER})(?:[/·](?:{_PER}))?)")
Figures = tuple[Decimal | None, Decimal | None, Decimal | None, str | None]
"""Fixed sum and cap in yuan, rate in percent, what the rate or the sum is of."""
_RAISED = re.compile(r"(?:左右)?(?:提高|上调|增加|调整|提升|下调|降低|放宽)[至到为]")
_REST = re.compile(
    r"(?:剩余|余下|其余|先行|先期|首批|首期|预先?|拨付总额的?)[^，；\d]{0,8}$"
)  # how it is paid out
# "先期拨付资助资金总额的50%": a share of the grant itself is an instalment.
_INSTALMENT = re.compile(
    r"(?:资助|补助|补贴|奖励|扶持|支持|专项)(?:资金|经费)?(?:总额|总数|总量|金额)的?[^，；\d]{0,4}$"
)
# "按40%、30%、30%分三年拨付": when the grant is paid out, not how large it is.
_PAID_IN_TURN = re.compile(
    r"(?:、\d{1,3}%){0,5}(?:的?比例)?(?:分[^，；、]{1,4}[年期次批]|逐年)[^，；、]{0,4}(?:拨|兑|发放|支付|到位|奖补$)"
)
# "已有2.3万户收到返还资金1.2亿元": a report, not a promise.
_REPORTED = re.compile(
    r"已(?:经|有|为|向|累计)?[^，；的]{0,20}(?:收到|领到|拿到|领取|获得|享受|兑现|发放|减免|返还|拨付|到账)了?[^，；的奖补资]{0,8}(?:资金)?$"
)
# "每平方米收取18元": what the applicant pays.
_CHARGED = re.compile(r"(?:收取|缴纳|交纳|收费标准|工本费)[^，；]{0,10}$")
_LESS = re.compile(r"减|免|优惠|仅|只|下调|下浮|补|返")
_CHARGED_AT = re.compile(r"(?:的)?(?:标准)?(?:计算和)?(?:缴纳|征收|收取|计收|结算|调整)")
_MEASURED = re.compile(  # "30万延长米": a number of things, not of yuan
    r"(?:余|多)?(?:延长米|平方|立方|公里|千米|千瓦|公顷|米|吨|亩|人(?!民币)|户|家|件|只|个|辆|棵|株|头|册|份|套|台|斤|次|条|场|张|盒|瓶|箱|度)"
)
# "按不低于20%的比例录用": what is done with the share is no giving.
_OTHER_DEED = re.compile(
    r"(?:以上|以内)?(?:的)?(?:资金)?(?:比例|标准)?[^，；补奖贴资返]{0,8}(?:录用|设置|配置|配备|计提|提取|用于(?![^，；]{0,4}(?:补贴|补助|奖|资助|贴息))|缴存|招用|吸纳|留用|支付(?![^，；]{0,10}[补奖贴])|对[^，；]{2,12}支付)"
)
# "按月收入的15%计租", "缴交比例为标准的10%": what a tenant pays
_RENT_AT = re.compile(r"(?:的)?(?:标准|比例)?(?:计租|计收租金)")
_SHARE_PAID = re.compile(r"(?:缴交|自付|自缴|交纳)比例[^，；]{0,24}$|按日$")
_PRICE = re.compile(r"价[^，]{0,4}$")
_AT_PRICE = re.compile(r"的?(?:执行|确定|出让)")
_GIVING_VERB = re.compile("%(?:的?比例)?(?:给予|予以|奖励|补助|补贴|资助)")  # 按实缴资本的1%给予最高500万元
# "可延缓缴纳第一季度各项税费金额的50%"
_PUT_OFF = re.compile(r"可?(?:延缓缴纳|缓缴|延期缴纳)[^，；]{0,40}[税费款][^，；\d%]{0,4}的$")
# "缴费费率继续下调50%": by half of it, where a smaller figure may be meant as points
_LOWERED = re.compile(r"费率[^，；]{0,6}(?:下调|下浮|降低)$")
_SHARE_OF_RATE = 10
_MOST = re.compile(
    r"(?:补贴|补助|奖励|资助)(?:金额|额度?|标准|比例)(?:最高)?不(?:超过|高于)[^，；\d]{2,40}的"
)
_LARGER = (Operator.GE, Operator.GT, Operator.LT)


def is_counted(clause: str, quantity: Quantity) -> bool:
    """Whether a number without 元 counts something else ("30万延长米")."""
    ends = clause[quantity.number_start : quantity.end][-1:]
    return ends in ("万", "亿") and bool(_MEASURED.match(clause, quantity.end))


def is_given(clause: str, quantity: Quantity) -> bool:
    """Whether a sum is what is given rather than what is asked."""
    before = clause[max(0, quantity.start - 16) : quantity.number_start]
    after = clause[quantity.end : quantity.end + 14]
    if before.endswith(("每", "每满", "每增加", "每增长")):  # 每100万元奖励1万元: what the price is for
        return False
    if quantity.op is Operator.LT or _RAISED.match(after) or before.endswith("限值"):
        return False  # 补贴不足200元的, 由2000元提高至5000元: the old figure
    near = _SUBJECT.sub("", clause[max(0, quantity.start - 12) : quantity.start])
    if _ASKED_BEFORE.search(_GIVING_VERB.split(near)[-1]):
        return False
    if _CHARGED.search(before) and not _LESS.search(clause):
        return False
    if _REPORTED.search(clause, 0, quantity.number_start):
        return False
    if quantity.op in _LARGER and not re.search("给予|奖励|补贴|补助", before[-8:]):
        return False
    if clause[quantity.start : quantity.end].endswith(("以内", "以下")) and re.match(
        "的(?![奖补资支])|的?，|$", after
    ):
        return False
    if _POOL_BEFORE.search(before) and _POOL_AFTER.match(after):
        return False
    lent = after.startswith("贷款") and _LENT.search(before)
    if _PART_AFTER.match(after) and not lent and not re.match("的?(?:奖|补|资|支)", after):
        return False
    return bool(_GIVEN_BEFORE.search(before) or _GIVEN_AFTER.match(after))


def is_rate(clause: str, quantity: Quantity) -> bool:
    """Whether a ratio is what is given rather than what is asked."""
    before = clause[max(0, quantity.start - 24) : quantity.number_start]
    after = clause[quantity.end : quantity.end + 16]
    if (
        _RAISED.match(after)
        or _INSTALMENT.search(before)
        or _PAID_IN_TURN.match(clause, quantity.end)
        or (_REST.search(before) and re.match("的?[^，；]{0,6}资金", after))
    ):
        return False
    if quantity.op in _LARGER and not re.search("给予|按", before):
        return False
    if re.search(r"(?:下调|放宽|降低)[至到]$", before) and "人数" in clause:
        return False  # 招用人数达到职工人数的比例下调至20%: what is asked
    if _RENT_AT.match(after) or _SHARE_PAID.search(clause, 0, quantity.number_start):
        return False
    if _OTHER_DEED.match(after) and not re.search("补[贴助]|奖励|资助", before[-10:]):
        return False
    if _is_plain_share(clause, quantity, before):
        return True
    if _SHARE_BEFORE.search(before) and not re.search("按[^，]{0,14}$", before):
        return False
    if re.match(r"(?:的)?(?:法定)?(?:税率|征收率|（含）以上|以上|以下)", after):
        return False
    if re.match(r"(?:的)?(?:计入|计算)", after):
        return quantity.value == 50  # 减按50%计入 halves; other shares are no ratio of what is given
    return bool(_RATE_WORD.search(before[-22:] + after))


def _is_plain_share(clause: str, quantity: Quantity, before: str) -> bool:
    """Whether the words before a ratio say by themselves that it is given."""
    if before.endswith("减息") or _MOST.fullmatch(clause, 0, quantity.number_start):
        return True
    if quantity.dimension != "percent":
        return False
    lowered = _LOWERED.search(before) and quantity.value >= _SHARE_OF_RATE
    return bool(lowered or _PUT_OFF.search(clause, 0, quantity.number_start))


def read_figures(clause: str, sums: list[Quantity], rates: list[Quantity]) -> Figures:
    """What one benefit comes to, of the sums and rates that its clause gives."""
    amount = cap = rate = None
    base = _base(clause, rates)
    for quantity in sums:
        value = quantity.upper if quantity.upper is not None else quantity.value
        if is_cap(clause, quantity) or quantity.upper is not None:
            cap = value
            if amount is None and not rates and len(sums) == 1:
                base = _unit_of_cap(clause, quantity)
        else:
            amount = value
            base = _unit_of_price(clause, quantity) or base
    for quantity in rates[:1]:
        rate = quantity.upper if quantity.upper is not None else quantity.value
        if _CHARGED_AT.match(clause, quantity.end):
            rate = 100 - rate if rate == 50 else None
        elif _PRICE.search(clause[: quantity.number_start]) and _AT_PRICE.match(clause, quantity.end):
            rate = base = None  # the share of a price that is still to be paid
    return amount, cap, rate, base


def is_cap(clause: str, quantity: Quantity) -> bool:
    """Whether a sum is the most that is given."""
    if quantity.op is Operator.LE:
        return True
    before = clause[max(0, quantity.start - 22) : quantity.number_start]
    return bool(_CAP_BEFORE.search(before) or _CAP_AFTER.match(clause[quantity.end : quantity.end + 4]))


def _unit_of_price(clause: str, quantity: Quantity) -> str | None:
    share = _UNIT_SUM.search(clause, max(0, quantity.start - 30), quantity.start)
    if share:
        return share[0]
    slash = _SLASH.match(clause, quantity.end - 1)
    if slash:
        return "每" + slash["unit"].replace("/", "每")
    price = None
    for match in _UNIT_PRICE.finditer(clause, max(0, quantity.start - 20), quantity.end + 6):
        price = match
    return "每" + price["unit"] + ("每" + price["per"] if price["per"] else "") if price else None


def _unit_of_cap(clause: str, quantity: Quantity) -> str | None:
    """ "每件资助不超过8000元": the unit of a cap that is for a thing or a head, not for a company or a year."""
    match = _CAP_UNIT.search(clause[max(0, quantity.number_start - 16) : quantity.number_start])
    return match["unit"] if match else None


def _base(clause: str, rates: list[Quantity]) -> str | None:
    if not rates:
        return None
    before = clause[max(0, rates[0].number_start - 40) : rates[0].number_start]
    match = _BASE_OF_SHARE.search(before) or _BASE.search(before)
    if match:
        return None if _NO_BASE.search(match["base"]) else match["base"]
    part = _PART.search(before) or _ALONE.fullmatch(clause)
    behind = _GIVEN_BACK.match(clause, rates[0].end)
    return part["part"] if part else behind["base"] if behind else None
