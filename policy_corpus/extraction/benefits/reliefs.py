"""Benefits without a sum: 免征某税 (100 %), 减半 (50 %), 减按15%的税率, 给予一定奖励, 开辟绿色通道 (no figure). Called by reading.

A tax rate or the share of an income that is still taxed is no share of relief, so such reliefs have no rate
(《企业所得税法》第二十八条: 减按15%的税率征收).
"""

from __future__ import annotations

import re
from decimal import Decimal

from policy_corpus.extraction.benefits.gifts import Gift, kind_of
from policy_corpus.extraction.benefits.relief_talk import ABOUT, NO_GIVING, RELATIVE, SUBJECT
from policy_corpus.extraction.benefits.relief_words import GIVES, NOUNS, OBJECT, RELIEF
from policy_corpus.model import BenefitKind

_K = BenefitKind
_PLAIN_RATES = (
    (
        re.compile(
            r"全额(?=[^，；]{0,5}(?:补|资助|贴|返|奖|报销|退|支持|垫付|保价|承担|减|免|扣))|全部免|免征|免收|免除|免缴|免交|零收费|(?<!减)免租|停征|免费(?=使用|入驻|提供场地)|予以免税|全免|(?:延缓|延期|缓缴)(?:缴纳)?全部(?=[^，；]{0,4}[税费])|费用?由(?![^，；]{0,14}(?:企业|单位|个人))[^，；]{1,14}财政承担$"
        ),
        Decimal(100),
    ),
    (re.compile(r"减半|一半"), Decimal(50)),
    (re.compile(r"1[∶：:比]1(?:的?比例)?[^，；]{0,4}配套"), Decimal(100)),
)
_RATIO = re.compile(
    r"1[∶：:比](?P<share>0\.\d{1,2})(?:的?比例)?[^，；]{0,4}配套"
)  # 按国家资助额1∶0.5给予配套
_BASE = re.compile(r"按照?(?P<base>[^，；按\d]{2,16}?)的?(?:一半|1[∶：:比](?:1|0\.\d))")
_OR_REDUCED = re.compile(
    r"免[除征收]或(?:者)?减[免收]|减征(?:、|和|或者?)免征|免征(?:、|和|或者?)减征|减免缓|酌情|适当减免|保价"
)
_TITLE = re.compile(r"《[^《》]{2,60}》")  # what the name of a document says is not given here
_PAID_BY = re.compile(
    r"(?:保费|费用)由[^，；]{1,16}全额(?:承担|负担|报销)|由[^，；]{1,16}(?:财政|政府|专项资金)[^，；]{0,6}(?:承担|负担|报销|补足)"
)
_REWARDS = re.compile(r"^[^，；补]{0,12}(?:奖补|奖励)$")
_GIVEN_TO = re.compile(
    r"[^，；]{0,30}(?:企业|单位|机构|主体|园区|业主|市场|载体|运营方|房东)[^，；]{0,6}(?:给予|予以|按)"
)
_PAID = re.compile("[税费金款]")
_BACK = re.compile(r"延期缴纳|缓缴|停缴|(?:一律|予以|全部|全额)[^，；]{0,4}退还|一律减免")
_LOSSES = re.compile(r"亏损|结转|纳税申报|申报纳税|税款")
# "执行期限由年底延长至次年6月底": how long a policy lasts is told of another benefit.
_ABOUT_POLICY = re.compile(r"(?:执行|实施|有效|政策|服务)[^，；]{0,6}期限?[^，；]{0,20}延[长期]至")
# "给予示例平台房租减免、运行补助等支持": each of them.
_SEVERAL = re.compile(
    r"(?:给予|提供)(?:[^，；、]{1,12}(?:平台|企业|机构|单位|园区|商户))?(?P<list>[^，；、]{2,12}(?:减免|补助|补贴|奖励|贴息)、[^，；]{2,16}(?:减免|补助|补贴|奖励|贴息))等[^，；]{0,4}(?:支持|优惠|扶持)"
)
# "给予开业贷款担保和贴息": a loan and what it costs are two
_LOAN_AND_INTEREST = re.compile(r"(?:贷款担保|担保贷款)(?P<join>和|及|、|与)(?:贷款)?贴息")
# "可以享受所得税减半政策": told of the applicant, however much it sounds like a paper about the relief.
_MAY_HAVE = re.compile(r"可(?:以)?(?:按[^，；]{0,8}|依法|依规|继续){0,2}享受")
# "前两年租金全免、后三年减半": one after the other
_LESS = "(?:全免|减半|免[征收交缴除租])"
_YEARS = r"[一二两三四五六\d]{1,2}个?[年月]"
_TURNS = re.compile(
    rf"(?P<first>(?:前|首|头|第){_YEARS}[^，；、]{{0,10}}{_LESS}[^，；、]{{0,10}})、(?P<then>(?:其?后|次|第){_YEARS}[^，；、]{{0,8}}{_LESS}[^，；、]{{0,6}})"
)
# "头三年免征企业所得税，后三年减半征收": of the same tax
_LATER_HALF = re.compile(rf"(?:其?后|第){_YEARS}(?:[至到]第{_YEARS})?(?:内)?减半(?:征收|收取)?")
_CLAIMED = (NO_GIVING, SUBJECT)
_SILENT = (NO_GIVING, RELATIVE, SUBJECT, ABOUT, _ABOUT_POLICY)


def find_reliefs(sentence: str, start: int, end: int) -> list[Gift]:
    """The benefits of a clause without a figure; "1个月免收、2个月减半" is two.

    >>> [(g.kind.value, g.rate) for g in find_reliefs("1个月房租免收、2个月房租减半", 0, 15)]
    [('租金减免', Decimal('100')), ('租金减免', Decimal('50'))]
    """
    clause = _TITLE.sub(lambda m: "《" + "口" * (len(m[0]) - 2) + "》", sentence[start:end])
    told = RELATIVE.search(clause)
    if told and _GIVEN_TO.match(clause, told.end()):  # 对减免租金的业主给予补贴: a relief that earns another
        start, clause = start + told.end(), clause[told.end() :]
    if not GIVES.search(clause) or any(
        p.search(clause) for p in (_CLAIMED if _MAY_HAVE.search(clause) else _SILENT)
    ):
        return []
    several = _SEVERAL.search(clause)
    if several:
        kinds = dict.fromkeys(kind_of(piece) for piece in several["list"].split("、"))
        return [Gift(kind, start + several.start("list"), end) for kind in kinds]
    lent = _LOAN_AND_INTEREST.search(clause)
    if lent:
        middle = start + lent.start("join")
        verb = GIVES.search(clause)
        begin = start + (verb.start() if verb else 0)
        return [Gift(_K.LOAN, min(begin, middle - 1), middle), Gift(_K.INTEREST, middle + 1, end)]
    turns = _TURNS.search(clause)
    if turns:
        about = kind_of(clause, sentence[:end])
        return [
            Gift(about, start + turns.start(name), start + turns.end(name), rate=_share(turns[name]))
            for name in ("first", "then")
        ]
    pieces = clause.split("、")
    if len(pieces) > 1 and all(re.search(RELIEF, piece) and OBJECT.search(piece) for piece in pieces):
        gifts, position = [], start
        for piece in pieces:
            gifts.append(_relief(sentence, position, position + len(piece)))
            position += len(piece) + 1
        return gifts
    later = bool(_LATER_HALF.fullmatch(clause)) and bool(OBJECT.search(sentence, max(0, start - 30), start))
    if (
        re.search(RELIEF, clause)
        and not OBJECT.search(clause)
        and not later
        and not (_BACK.search(clause) and _PAID.search(sentence[max(0, start - 30) : start]))
        and not re.search(NOUNS.replace("减免|", ""), clause)
    ):
        return []
    begin = max(0, start - 30) if later or (_BACK.search(clause) and not OBJECT.search(clause)) else start
    return [_relief(sentence, start, end, sentence[begin:end])]


def _share(words: str) -> Decimal:
    return Decimal(50) if "减半" in words else Decimal(100)


def _relief(sentence: str, start: int, end: int, about: str = "") -> Gift:
    """about: the clause with what the relief is on, where that stands before it ("对电费，…延期缴纳")."""
    clause = sentence[start:end]
    rate = None
    if not _OR_REDUCED.search(clause):
        rate = next((value for pattern, value in _PLAIN_RATES if pattern.search(clause)), None)
        ratio = _RATIO.search(clause)
        rate = Decimal(ratio["share"]) * 100 if ratio and rate is None else rate
    verb = GIVES.search(clause)
    begin = start + (verb.start() if verb else 0)
    kind = kind_of(about or clause, sentence[start : end + 20], sentence)
    if kind is _K.OTHER and re.search("延[长期]", clause) and _LOSSES.search(sentence, 0, end):
        kind = _K.TAX  # 亏损最长结转年限延长至8年
    if kind in (_K.TAX, _K.OTHER, _K.SERVICE) and _PAID_BY.search(clause):
        kind = _K.SUBSIDY
    if kind is _K.SUBSIDY and _REWARDS.search(sentence[begin:end]):
        kind = _K.REWARD
    if rate is not None and kind in (_K.SERVICE, _K.TITLE, _K.OTHER) and "保证金" not in clause:
        kind = _K.TAX
    base = _BASE.search(clause) if rate is not None else None
    return Gift(kind, begin, end, rate=rate, base=base["base"] if base else None)
