"""What is given and of which kind; the words that tell the kinds apart. Used by reading, reliefs and titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import Benefit, BenefitKind

_K = BenefitKind


@dataclass(frozen=True, slots=True)
class Gift:
    """A benefit at text[start:end] of a sentence.

    place: which of several that are given 分别 (0 for none). whom: where the words of a tier say whom it is for.
    """

    kind: BenefitKind
    start: int
    end: int
    amount: Decimal | None = None
    cap: Decimal | None = None
    rate: Decimal | None = None
    base: str | None = None
    place: int = 0
    places: int = 0
    whom: tuple[int, int] | None = None

    def benefit(self, plain: Plain) -> Benefit:
        """The benefit with the document's own words."""
        return Benefit(
            self.kind, plain.span(self.start, self.end), self.amount, self.cap, self.rate, self.base
        )


_FEE_LESS = (
    "免征|免收|免除|免缴|免交|减免|减半|减征|减收|停征|缓缴|缓征|退还|延期缴纳|延缓|零收费|减少|下浮|降低"
)
_KINDS: tuple[tuple[BenefitKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (_K.REWARD, r"贴息性奖励"),
        (_K.TITLE, r"推荐(?:申报|参评|参与|参加)(?![^，；]{0,30}人才)[^，；]{2,40}"),
        (_K.SERVICE, r"提供[^，；]{0,40}(?:信息|咨询|培训|辅导|对接)(?:支持|服务)$"),
        (_K.SERVICE, r"免费[^，；]{0,10}(?:诊断|辅导|体检|咨询)"),
        (_K.SUBSIDY, r"(?:补助|补贴|资助)(?:、|或者?|和|及)(?:贷款)?贴息"),
        (_K.INTEREST, r"贴息"),
        (
            _K.RISK,
            r"风险补偿|损失补偿|损失[^，；]{0,8}补偿|不良[^；。]{0,30}补偿|代偿补偿|风险分担|代偿[^，]{0,10}补偿",
        ),
        (
            _K.SUBSIDY,
            r"(?:房租|租金|租赁|场租|保费|担保费|社会保险|社保|税|电费|用电|运费|利息|就业|岗位|展位费)[^，；]{0,10}(?:补贴|补助|资助|贴费)|"
            r"(?:补贴|补助|资助)[^，；]{0,12}(?:租金|房租)|稳岗返还|失业保险[^，]{0,12}返还|返还[^，；]{0,20}(?:社会保险|失业保险)",
        ),
        (
            _K.RENT,
            r"(?:租金|房租|场租)[^，；]{0,14}(?:减免|免收|免|减半|减)|(?:减免|免收|免除|减半|减收|免)[^，；]{0,16}(?:租金|房租|场租)|免租",
        ),
        (_K.REWARD, r"奖励|奖补|奖金|(?<![等金银项胜秀])奖(?!项|次|学|状|企业|的|获得|评选)"),
        (
            _K.SUBSIDY,
            r"补贴|补助|资助|资金支持|资金扶持|扶持资金|支持资金|经费支持|[^，证债]券|贴费|贴租|财政支持|配套资金|稳岗|一次性扩岗|支持(?:比例|限额|额度)",
        ),
        (
            _K.LOAN,
            rf"(?:担保费|再担保费|担保费率)[^，；]{{0,10}}(?:{_FEE_LESS})|(?:{_FEE_LESS})[^，；]{{0,8}}(?:担保(?:相关)?费|再担保费|担保费率)",
        ),
        (_K.LOAN, r"利率[^，；税费]{0,14}(?:下浮|下调)"),
        (
            _K.LAND,
            rf"(?:电费|电价|水费|气费|用电|用能|用水|用气)[^，；]{{0,16}}(?:{_FEE_LESS})(?!污水|[^，；]{{0,8}}(?:处理费|资源费|税))|(?:{_FEE_LESS})[^，；]{{0,30}}(?:电费|电价|水费|气费)",
        ),
        (
            _K.LAND,
            r"(?:电费|水费|气费|[电水]、[水气]|水电气?)[^；税]{0,30}(?:延期缴|缓缴|缓交|延缓)|每(?:千瓦时|度|立方米)[^，；税]{0,6}(?:降低|下调|减)",
        ),
        (
            _K.OTHER,
            r"(?:延缓|延期)[^，；]{0,8}(?:支付|办理|披露|发行)|(?:纳入|列入)[^，；补奖]{2,24}(?:支持|支持方向|支持范围)$",
        ),
        (_K.OTHER, r"(?:质量|履约|投标|工资)保证金"),
        (
            _K.TAX,
            r"(?:缴费|缴存)(?:比例|费率|标准)[^，；]{0,12}(?:降|下调)|(?:降低|下调)[^，；]{2,14}保险费?(?:费率|缴费比例)",
        ),
        (
            _K.TAX,
            rf"(?:税|费|社保|社会保险|公积金|保障金|滞纳金|增值|关税|注册费|应缴|缴费)[^，；]{{0,24}}(?:{_FEE_LESS}|减按|停缴|延期|延长|抵扣|扣除|摊销|返还|减缴|征收|抵免|所得额)|"
            rf"(?:{_FEE_LESS}|减按|退税|不加收|免于征收|不征收)|加计扣除|税[收费](?:等[^，；]{{0,4}})?(?:的)?优惠|"
            r"税前(?:扣除|摊销)|所得税|计入收入总额|(?:调整|调减)定额|计入应纳税|应纳税所得额|征收率|"
            r"按[^，；]{0,20}%(?:的税率)?(?:缴纳|征收)",
        ),
        (_K.TAX, r"(?:计征|征收|减征)[^，；补奖]{0,8}土地使用税"),
        (_K.OTHER, r"延期[至到]|最长结转年限"),
        (_K.TAX, r"税[^，；]{0,10}(?:留成|留存)部分，按[^，；]{0,12}返还"),
        (_K.LOAN, r"单笔使用额度|转贷"),
        (
            _K.LAND,
            r"用地|土地|容积率|电费|电价|用电|用能|用水|用气|水费|气费|能耗|基本电费|减容|欠费不停|停水|停气",
        ),
        (_K.OTHER, r"股权投资"),
        (_K.LOAN, r"贷款|授信|信贷|担保|续贷|展期|利率|融资|可贷|垫付|费率|续保|还本|贴现|(?:直接|基金)投资"),
        (_K.PROCUREMENT, r"采购|收储|应用场景|首购|订购|场景|推广应用"),
        (_K.TALENT, r"人才|落户|子女|入学|公寓|住房保障"),
        (_K.TITLE, r"纳入[^，；]{2,30}目录|认定为|认定|授牌|评为|荣誉|称号|评选优秀"),
        (_K.SERVICE, r"服务|绿色通道|优先|指导|辅导|培训|便利|快速|开辟|免费|对接|通道|领取"),
        (_K.SERVICE, r"提供[^，；资经]{0,20}(?:支持|帮助|保障)(?!资金)"),
        (_K.SUBSIDY, r"资金|支持|扶持|经费"),
    )
)
# Kinds that carry no sum of money themselves; a sum beside their words belongs to a subsidy.
_WITHOUT_SUMS = frozenset({_K.SERVICE, _K.TITLE, _K.TALENT, _K.PROCUREMENT})


def kind_of(*places: str, with_sum: bool = False) -> BenefitKind:
    """The first kind whose words stand in the nearest place."""
    for words in places:
        for kind, pattern in _KINDS:
            if pattern.search(words) and not (with_sum and kind in _WITHOUT_SUMS):
                return kind
    return _K.SUBSIDY if with_sum else _K.OTHER
