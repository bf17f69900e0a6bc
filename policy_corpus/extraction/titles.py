"""A benefit and its heading -> the title of an item in plain words, at most 40 characters; called by items."""

from __future__ import annotations

import re
from decimal import Decimal

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.lexicon.headings import FIELDS
from policy_corpus.model import BenefitKind

LONGEST = 40
_SHORT = 5  # "国内实施" names nothing without its programme
_VERB = {
    BenefitKind.REWARD: "奖励", BenefitKind.SUBSIDY: "补助", BenefitKind.INTEREST: "贴息", BenefitKind.TAX: "税费减免", BenefitKind.RENT: "租金减免",
    BenefitKind.RISK: "风险补偿", BenefitKind.LOAN: "融资支持", BenefitKind.LAND: "用地用能支持", BenefitKind.TALENT: "人才支持",
    BenefitKind.PROCUREMENT: "采购支持", BenefitKind.TITLE: "认定", BenefitKind.SERVICE: "服务", BenefitKind.OTHER: "支持",
}  # fmt: skip
_MARKS = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,5}[章节条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、．])"
)
_GENERIC = re.compile(
    r"^(?:支持|服务|补贴|奖励|资助|优惠|扶持|申报|政策|条件|主要|具体)?(?:标准|内容|措施|方式|额度|政策|条件|对象|范围|期限|金额|方向)(?:和标准|及标准)?$|(?:奖励|奖补|补助|补贴|资助|兑现|贴息|支持|扶持)(?:条件[与和及])?标准$|^答$|^问|资金支持|^采[取用]|^(?:认真|积极|严格)?落实|^附|^关于|通知$|^注|通知如下$|^经[^，]{2,12}同意"
)
# Which condition names the matter best: what happened, what is held, what is done, whose it is.
_NAMING = (
    ("event", "qualification"),
    ("qualification", "listing", "activity", "patents", "invention_patents"),
    ("equipment_investment", "fixed_investment", "above_scale", "size_class", "industry", "other"),
)
_MEASURE_NAMES = {
    "equipment_investment": "设备投资", "fixed_investment": "固定资产投资", "above_scale": "规模以上企业",
    "invention_patents": "发明专利",
}  # fmt: skip
_QUOTED_ON = {"新三板", "区域股权市场"}
_SENTENCE_LIKE = re.compile(r"给予|予以|奖励\d|补助\d|补贴\d|\d[%％元万亿]|^对|^凡|的$")
# Halves of sentences: what is given, measures, bare verbs.
_NO_NAME = re.compile(
    r"给予|予以|不超过|不高于|最高|^采取|如下|以下|下列|^(?:首次|新增|上年度新增|开展|获得|通过|取得|申请)$|"
    r"^(?:第[一二三]|其他(?!费用)|此外|因此|同时|根据|依据|据|按照?|结合|优先采取|确有必要|以上|上述|同一|申请人|已(?!备案)|可|明确|直接向|(?:超过|不足|低于|达到)\d|促进解决|降低|社区（)|"
    r"^(?:转变|探索|指导目录|校大学生|要)|"
    r"综合评定|原则上|融资难|补贴标准|网址"
)
_GENERIC_WORDS = re.compile(
    r"支持|服务|补贴|补助|奖励|资助|优惠|扶持|申报|受理|收费|政策|条件|主要|具体|专题|标准|内容|措施|方式|额度|对象|范围|期限|金额|方向|要求|比例|资金|专项|一般|原则上|为|、|及|和|与|的"
)
_ENJOYED = frozenset({_VERB[BenefitKind.TAX], _VERB[BenefitKind.RENT]})
_FREED = re.compile("减免|免征|免收|减收|缓缴")
_RELIEVED = frozenset(
    {
        BenefitKind.TAX,
        BenefitKind.RENT,
        BenefitKind.LAND,
        BenefitKind.LOAN,
        BenefitKind.SERVICE,
        BenefitKind.OTHER,
    }
)
_VAGUE_KINDS = frozenset({BenefitKind.SUBSIDY, BenefitKind.OTHER, BenefitKind.REWARD})
_TIME_ONLY = re.compile(r"(?:自|从|在)?[\d年月日起至到—\-期间内底前度在即以来]{2,30}")
_TRAILING_SUM = re.compile(r"[\d.]{1,9}(?:万|亿)?元.{0,20}$")
_SUMS = (
    "revenue",
    "output_value",
    "export_value",
    "tax_paid",
    "fixed_investment",
    "rd_expense",
    "total_assets",
)
_EDGES = re.compile(r"^(?:对于?|凡|其中|和|且|并|的|在|（){1,6}|(?:的|并|且|和|或|等|、|，|“|（){1,6}$")
_GIVEN = re.compile(r"(?:奖励|奖补|补助|补贴|资助|贴息|返还|减免|补偿|支持|优惠|扶持|津贴|认定|服务)$")
# "减免优惠", "贴息支持": the benefit is said before the last word.
_GIVEN_ABOVE = re.compile(r"(?:奖励|奖补|补助|补贴|资助|贴息|返还|减免|补偿)(?:支持|优惠|政策|项目|资金)$")
# The relief itself names the matter best: 免征增值税, 延期缴纳税款, 减半收取再担保费.
_RELIEF = re.compile(
    r"(?:全额|减半)?(?:免征|免收|免除|减征|减收|停征|退还|收取|征收|缓缴|停缴|延期缴纳|延缓缴纳|加计扣除|税前扣除)[^，。；、的]{0,10}|(?:展期|续贷|续保|无还本续贷)[^，。；]{0,5}|"
    r"(?:延长|延期)[至到][^，。；]{1,10}|(?:优先|免费)[^，。；、]{2,11}|降低[^，。；]{2,11}|绿色通道"
)
_HEADLESS = re.compile(
    r"(?:的)?(?:支持|补贴|奖励|资助)?(?:方式|标准|金额|额度)(?:[及和与、](?:方式|标准|金额|额度|条件))?(?:如下|为)?$"
)


def title_of(
    gift: Gift, conditions: tuple[Found, ...], sentence: str, headings: list[str], document_title: str = ""
) -> str:
    """What an official would call the matter: the nearest telling heading, who or what, and the kind of benefit.

    What is given stays out of it: that is the benefit's. The document's own title stands in where nothing else
    names the matter. At most 40 characters.
    """
    what = _what(gift, sentence)
    about = next((h for h in map(_clean, headings) if _tells(h)), "")
    who = _who(conditions, sentence) or (_first_cell(sentence) if about else "")
    if about and who and (who in about or about in who or len(about) + len(who) + len(what) >= LONGEST):
        who = "" if who in about or len(who) > len(about) + 8 else who
    named = (
        "：".join(part for part in (about, who) if part) or _opening(sentence) or _programme(document_title)
    )
    if not about and len(named) < _SHORT and named == who:
        named = "：".join(part for part in (_programme(document_title), who) if part)
    named = _fit(named, LONGEST - len(what))
    said = _GIVEN.search(named)
    vague = said and said[0] in ("支持", "扶持", "优惠") and gift.kind not in _VAGUE_KINDS
    other = said and said[0] in ("认定", "服务") and said[0] != what
    full = (
        named.endswith(what)
        or (what in named and what not in ("支持", "服务"))
        or _GIVEN_ABOVE.search(named)
        or (what in _ENJOYED and _FREED.search(named))
    )
    return named if full or (said and not vague and not other) else f"{named}{what}"


def _what(gift: Gift, sentence: str) -> str:
    """The relief in its own words where it is short, else the kind of benefit."""
    relief = _RELIEF.fullmatch(sentence[gift.start : gift.end]) if gift.kind in _RELIEVED else None
    if relief is None or len(relief[0]) > 13 or len(relief[0]) < 4:
        return _VERB[gift.kind]
    return relief[0]


def distinct_titles(titles: list[str], gifts: list[Gift]) -> list[str]:
    """The titles of a document, those that stand twice told apart by the benefit, then by number.

    >>> gifts = [Gift(BenefitKind.REWARD, 0, 1, amount=Decimal(n)) for n in (300000, 500000)]
    >>> distinct_titles(["升规奖励", "升规奖励"], gifts)
    ['升规奖励（30万元）', '升规奖励（50万元）']
    """
    told = [
        _with(title, _figure(gift)) if titles.count(title) > 1 and _figure(gift) else title
        for title, gift in zip(titles, gifts, strict=True)
    ]
    seen: dict[str, int] = {}
    result = []
    for title in told:
        seen[title] = seen.get(title, 0) + 1
        result.append(title if seen[title] == 1 else _with(title, str(seen[title])))
    return result


def _with(title: str, mark: str) -> str:
    return f"{title[: LONGEST - len(mark) - 2]}（{mark}）"


def _figure(gift: Gift) -> str:
    if gift.amount is not None:
        return f"{gift.base or ''}{_money(gift.amount)}"
    if gift.rate is not None:
        return f"{_number(gift.rate)}%"
    return f"最高{_money(gift.cap)}" if gift.cap is not None else ""


def _money(value: Decimal) -> str:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if value >= size:
            return f"{_number(value / size)}{unit}元"
    return f"{_number(value)}元"


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _clean(heading: str) -> str:
    heading = _MARKS.sub("", heading).strip("：:（）【】 ")
    heading = re.split(r"[。：；？]|第[一二三四五六七八九十百]{1,4}条", heading)[0]
    return heading if _GENERIC.search(heading) else _HEADLESS.sub("", heading)


def _tells(heading: str) -> bool:
    generic = heading in FIELDS or not _GENERIC_WORDS.sub("", heading) or _GENERIC.search(heading)
    return 4 <= len(heading) <= 24 and not generic and not _SENTENCE_LIKE.search(heading)


def _who(conditions: tuple[Found, ...], sentence: str) -> str:
    for attributes in _NAMING:
        for one in conditions:
            if one.attribute in attributes and not one.negated:
                words = re.split(r"，|按规定|需向", _words(one, sentence))[0]
                if 2 <= len(words) <= 26 and not _NO_NAME.search(words) and not _TIME_ONLY.fullmatch(words):
                    return _completed(words, conditions)
    return ""


def _words(one: Found, sentence: str) -> str:
    if one.attribute in _MEASURE_NAMES:
        return _MEASURE_NAMES[one.attribute]
    if one.attribute == "listing" and isinstance(one.value, str):
        step = "" if one.value.endswith("上市") else "挂牌" if one.value in _QUOTED_ON else "上市"
        return one.value + step
    if one.attribute == "size_class":
        names = one.value if isinstance(one.value, tuple) else (one.value,)
        return "、".join(map(str, names)) + "企业"
    if one.attribute == "industry":
        return _EDGES.sub("", sentence[one.start : one.end])
    value = one.value if isinstance(one.value, str) else sentence[one.start : one.end]
    if any(value.count(a) != value.count(b) for a, b in ("《》", "（）", "“”")):
        value = value.replace("“", "").replace("”", "") if "《" not in value and "（" not in value else ""
    return "" if re.match(r"\d{4}-\d\d", value) else _EDGES.sub("", value)


def _completed(words: str, conditions: tuple[Found, ...]) -> str:
    """ "营业收入首次突破" with the sum that is to be passed, "首次纳入规模以上" with its noun."""
    if re.search(r"(?:突破|达到|超过)$", words):
        sums = [one for one in conditions if one.attribute in _SUMS and isinstance(one.value, Decimal)]
        if not sums or not isinstance(sums[0].value, Decimal):
            return words
        return words + _money(sums[0].value).replace("元", sums[0].unit or "元")
    return f"{words}统计" if re.search(r"纳入(?:规模|限额)以上$", words) else words


def _opening(sentence: str) -> str:
    """The subject of the sentence where nothing else names the matter; "" where it has none."""
    clauses = [one for one in re.split(r"[，；。：\t]", sentence) if not _TIME_ONLY.fullmatch(one)]
    first = re.split(r"给予|予以|分别|不超过|最高|每[人家个件]|按照?(?=[^，]{0,20}\d)", (clauses or [""])[0])[
        0
    ]
    first = _EDGES.sub("", re.sub(r"(?:的)?(?:企业|单位|机构)$", "", _TRAILING_SUM.sub("", first)))
    return "" if _NO_NAME.search(first) or len(first) < 3 or not _GENERIC_WORDS.sub("", first) else first


def _programme(title: str) -> str:
    """The matter of a document: "关于印发《示例资金管理办法》的通知" -> "示例资金管理办法"."""
    inner = re.search(r"《([^《》]{3,40})》", title)
    if inner:
        return inner[1]
    about = re.search(
        r"关于(?:印发|发布|公布|做好|开展|组织)?([^。]{3,60}?)(?:的?(?:通知|公告|通告|意见|决定))", title
    )
    return about[1] if about else title if re.search("[\u4e00-\u9fff]", title) else ""


def _first_cell(sentence: str) -> str:
    """The name at the head of a table row: "境外展会展位费，按实际支出的60%补助，20万元"."""
    cell = _HEADLESS.sub("", re.split(r"[，：]", sentence)[0])
    if _NO_NAME.search(cell):
        return ""
    return (
        cell if 3 <= len(cell) <= 16 and not re.search(r"\d|的|^对|给予", cell) and cell != sentence else ""
    )


def _fit(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 0)].rstrip("，、：的（") + "…"
