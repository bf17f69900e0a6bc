"""The words by which a clause without a figure gives something, one named rule a row; called by reliefs.

A row is the name of the rule, its pattern, and words of ours that it finds. `GIVES` is all of them as one pattern, in the
order of the table: where several begin at the same place, the first of them is the one that is read.
"""

from __future__ import annotations

import re

Rule = tuple[str, str, str]
"""Name, pattern, an example that the pattern finds."""

NOUNS = "奖励|奖补|补贴|补助|资助|支持|扶持|贴息|补偿|返还|减免|资金|优惠|配套(?!的|产品|服务)|减按|贷款|倾斜"
REDUCED = "减按"
RELIEF = (
    f"{REDUCED}|免征|免收|免除|免缴|免交|减半|停征|减征|零收费|减免|缓缴|停缴|退还|延期缴纳|加计扣除|"
    "税前(?:全额)?扣除|税前摊销|(?<!减)免租|减收"
)
_FEE_RATE = r"(?:担保|综合|贷款)[^，；]{0,4}(?:费率|利率)"
RULES: tuple[Rule, ...] = (
    # what is given is named by a noun
    ("given by a verb",
     rf"(?:给予|予以|按[^，]{{0,12}}给予|享受|可申请|申请|发放|实行|可获得?|提供|可享受)[^，；]{{0,24}}(?:{NOUNS})", "可享受示例补贴"),
    ("carried out", rf"进行[^，；的]{{0,14}}(?:{NOUNS})", "对示例项目进行资助"),
    ("given in a word", r"(?:予以|给予)(?:奖励|奖补|补贴|补助|资助|支持|扶持|贴息|免|减|退)", "予以退税"),
    # taxes, fees and rents
    ("a relief", rf"(?:{RELIEF})", "免征示例税"),
    ("interest at a rate", r"按[^，；]{0,8}利率贴息", "按基准利率贴息"),
    ("a reduced rate", r"减按[^，；]{0,8}\d", "减按15%"),
    ("a rate one may choose", r"可(?:以)?选择[^，；]{0,16}\d%(?:的)?征收率", "可选择适用3%征收率"),
    ("less income to be taxed", r"应纳税所得额[^，；]{0,6}扣除", "从应纳税所得额中扣除"),
    ("set off against a tax", r"抵免[^，；]{0,10}税", "抵免示例税"),
    ("costs at once", r"一次性计入[^，；]{0,6}成本", "一次性计入当期成本"),
    ("in full", r"全额(?:补贴|补助|资助|贴息|返还|奖励|报销|保价)", "全额报销"),
    ("paid from a fund", r"使用[^，；]{2,10}基金(?:支付|发放)[^，；]{0,12}补[贴助]", "使用示例基金支付岗位补贴"),
    ("half of a cost", r"(?:补助|补贴|补|报销|承担)一半(?!以上)", "示例费用补助一半"),
    # more of what is given already
    ("more of it", r"(?:加大|提高|增加)[^，；]{0,24}(?:补贴|补助|奖补|奖励|返还)(?:[^，；]{0,6}力度)?", "加大示例补贴力度"),
    ("rewarded directly", r"直接奖补", "对示例园区直接奖补"),
    ("bought first", r"优先采购", "优先采购示例产品"),
    ("no more for the land", r"不再?增收土地价款", "不再增收土地价款"),
    ("a lower insurance rate", r"(?:降低|下调)[^，；]{2,14}保险(?:费)?(?:费率|缴费比例)", "下调示例保险费率"),
    ("a lower contribution",
     r"(?:缴费|缴存)(?:比例|费率|标准)[^，；]{0,12}(?:降至|降到|降为|降低至|下调至|(?:降低|下调)(?=[\d.]{1,4}个百分点))", "缴存比例下调至5%"),
    ("supported in a way", r"采[取用][^，；]{2,16}方式(?:接续|进行|予以)?支持", "采取贴息方式予以支持"),
    ("vouchers", r"可申领[^，；]{0,12}券", "可申领示例券"),
    # who comes first
    ("put first",
     r"优先(?:支持|推荐|安排|考虑|办理|核准|获得|为[^，；]{2,30}办理|落实(?=[^，；]{0,10}退税)|纳入|给予|审查|保障|享受|列入|认定|申报|立项)",
     "优先安排示例指标"),
    ("a green lane", r"绿色(?:服务)?通道", "开通绿色通道"),
    # loans and their costs
    ("a loan goes on", r"采取续保|展期(?!不|为|在|\d|达)|无还本续贷", "给予展期"),
    ("a better rate", r"利率优惠|优惠利率", "执行优惠利率"),
    ("lowered", r"酌情降低|下调(?:收费|利率|费率)", "酌情降低费用"),
    ("the cost of a loan is lowered", rf"{_FEE_RATE}[^，；]{{0,6}}(?:降至|降低|下调|(?:不超过|不高于)(?=\d|LPR))", "担保费率降至1%"),
    ("a lower cost of a loan", rf"降低[^，；]{{0,6}}{_FEE_RATE}(?=[^，；]{{0,8}}\d)", "降低综合费率1个点"),
    # terms, lists and what others bear
    ("put off", r"延期(?:至|到)", "延期至年底"),
    ("put on a list", r"(?:纳入|列入)[^，；]{2,24}(?:支持|方向)", "纳入重点支持"),
    ("borne by another", r"由[^，；]{1,20}(?:收储|承担|垫付|补贴|补助|统筹解决)", "由示例区承担"),
    ("in grades", r"(?:分档|分级|分类)(?:给予)?(?:奖励|补贴|支持)", "分档给予奖励"),
    ("longer", r"延长至", "延长至次月"),
    ("raised where it fits", r"可适当提高", "可适当提高"),
    ("paid ahead", r"预支", "预支运费"),
    ("may be asked for",
     r"可(?:依法)?(?:向[^，；]{2,16})?(?:申请|提请)[^，；]{0,14}(?:调整|延期|减容|暂停|缓|分期|认定为)", "可依法申请延期"),
    ("may be paid later", r"可(?:延缓|分期|缓)", "可分期缴纳"),
    ("paid back", r"返还[^，；的]{2,20}(?:费|税|金)", "返还示例保险费"),
    ("interest below a rate", r"利率[^，；]{0,8}(?:LPR|基准利率)[^，；]{0,8}(?:下浮|下调)", "利率按LPR下浮20个基点"),
    ("by basis points", r"(?:减|下降不少于|下降)\d{1,3}[—\-至]?\d{0,3}个基点", "下降50个基点"),
    ("a larger share of the risk", r"提高[^，；]{0,12}分担比例", "提高风险分担比例"),
    ("the best are chosen", r"评选优秀", "评选优秀平台"),
    ("free of charge", r"免费", "免费入驻"),
    ("named as one", r"^(?:可|直接)?认定为[^，；的]{3,20}(?:企业|单位|基地|中心|工厂|平台)$", "认定为示例龙头企业"),
)  # fmt: skip
GIVES = re.compile("|".join(pattern for _, pattern, _ in RULES))
# Reliefs need an object: 减免 what? Anything else is talk about reliefs.
OBJECT = re.compile(
    rf"(?:{RELIEF})[^，；]{{0,60}}(?:税|费|租|金|款|检验|检测|保费)|(?:税|费|租金|房租|金|款)[^，；]{{0,18}}(?:{RELIEF})|加计扣除|税前|(?<!减)免租"
)
