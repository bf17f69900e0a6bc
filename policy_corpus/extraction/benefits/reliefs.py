"""Benefits without a sum: 免征某税 (100 %), 减半 (50 %), 减按15%的税率, 给予一定奖励, 开辟绿色通道 (no figure). Called by reading.

A tax rate or the share of an income that is still taxed is no share of relief, so such reliefs have no rate
(《企业所得税法》第二十八条: 减按15%的税率征收).
"""

from __future__ import annotations

import re
from decimal import Decimal

from policy_corpus.extraction.benefits.gifts import Gift, kind_of
from policy_corpus.model import BenefitKind

_K = BenefitKind
_NOUNS = (
    "奖励|奖补|补贴|补助|资助|支持|扶持|贴息|补偿|返还|减免|资金|优惠|配套(?!的|产品|服务)|减按|贷款|倾斜"
)
_REDUCED = "减按"
_RELIEF = (
    f"{_REDUCED}|免征|免收|免除|免缴|免交|减半|停征|减征|零收费|减免|缓缴|停缴|退还|延期缴纳|加计扣除|"
    "税前(?:全额)?扣除|税前摊销|(?<!减)免租|减收"
)
_GIVES = re.compile(
    rf"(?:给予|予以|按[^，]{{0,12}}给予|享受|可申请|申请|发放|实行|可获得?|提供|可享受)[^，；]{{0,24}}(?:{_NOUNS})|"
    rf"进行[^，；的]{{0,14}}(?:{_NOUNS})|"
    rf"(?:予以|给予)(?:奖励|奖补|补贴|补助|资助|支持|扶持|贴息|免|减|退)|(?:{_RELIEF})|"
    r"按[^，；]{0,8}利率贴息|减按[^，；]{0,8}\d|可(?:以)?选择[^，；]{0,16}\d%(?:的)?征收率|应纳税所得额[^，；]{0,6}扣除|抵免[^，；]{0,10}税|一次性计入[^，；]{0,6}成本|"
    r"全额(?:补贴|补助|资助|贴息|返还|奖励|报销|保价)|(?:加大|提高|增加)[^，；]{0,24}(?:补贴|补助|奖补|奖励|返还)(?:[^，；]{0,6}力度)?|直接奖补|优先采购|不再?增收土地价款|(?:降低|下调)[^，；]{2,14}保险(?:费)?(?:费率|缴费比例)|(?:缴费|缴存)(?:比例|费率|标准)[^，；]{0,12}(?:降至|降到|降为|降低至|下调至|(?:降低|下调)(?=[\d.]{1,4}个百分点))|采[取用][^，；]{2,16}方式(?:接续|进行|予以)?支持|可申领[^，；]{0,12}券|"
    r"优先(?:支持|推荐|安排|考虑|办理|核准|获得|为[^，；]{2,30}办理|落实(?=[^，；]{0,10}退税)|纳入|给予|审查|保障|享受|列入|认定|申报|立项)|绿色(?:服务)?通道|采取续保|展期|无还本续贷|利率优惠|优惠利率|"
    r"酌情降低|下调(?:收费|利率|费率)|(?:担保|综合|贷款)[^，；]{0,4}(?:费率|利率)[^，；]{0,6}(?:降至|降低|下调|(?:不超过|不高于)(?=\d|LPR))|降低[^，；]{0,6}(?:担保|综合|贷款)[^，；]{0,4}(?:费率|利率)(?=[^，；]{0,8}\d)|"
    r"延期(?:至|到)|(?:纳入|列入)[^，；]{2,24}(?:支持|方向)|由[^，；]{1,20}(?:收储|承担|垫付|补贴|补助|统筹解决)|"
    r"(?:分档|分级|分类)(?:给予)?(?:奖励|补贴|支持)|延长至|可适当提高|预支|可(?:依法)?(?:向[^，；]{2,16})?(?:申请|提请)[^，；]{0,14}(?:调整|延期|减容|暂停|缓|分期|认定为)|"
    r"可(?:延缓|分期|缓)|返还[^，；的]{2,20}(?:费|税|金)|(?:减|下降不少于|下降)\d{1,3}[—\-至]?\d{0,3}个基点|提高[^，；]{0,12}分担比例|评选优秀|免费|^(?:可|直接)?认定为[^，；的]{3,20}(?:企业|单位|基地|中心|工厂|平台)$"
)
# Reliefs need an object: 减免 what? Anything else is talk about reliefs.
_OBJECT = re.compile(
    rf"(?:{_RELIEF})[^，；]{{0,60}}(?:税|费|租|金|款|检验|检测|保费)|(?:税|费|租金|房租|金|款)[^，；]{{0,18}}(?:{_RELIEF})|加计扣除|税前|(?<!减)免租"
)
_PLAIN_RATES = (
    (
        re.compile(
            r"全额(?=[^，；]{0,5}(?:补|资助|贴|返|奖|报销|退|支持|垫付|保价|承担|减|免|扣))|全部免|免征|免收|免除|免缴|免交|零收费|(?<!减)免租|停征|免费(?=使用|入驻|提供场地)|予以免税|全免"
        ),
        Decimal(100),
    ),
    (re.compile(r"减半|一半"), Decimal(50)),
    (re.compile(r"1[∶：:比]1(?:的?比例)?[^，；]{0,4}配套"), Decimal(100)),
)
_BASE = re.compile(r"按照?(?P<base>[^，；按\d]{2,16}?)的?(?:一半|1[∶：:比]1)")
_OR_REDUCED = re.compile(r"减征或(?:者)?免征|免征或(?:者)?减征|减免缓|酌情|适当减免|保价")
_NO_GIVING = re.compile(
    r"(?:形成|推出|减免|发放|给予|落实|享受|提供|出台)了|视同|推荐人选|干警|更[加大]|只接受|政策时$|一线(?:工作)?人员|^探索|享受到|个人应纳税所得额|不予|不得|不再(?!增收)|取消|追回|收回|停止|骗取|暂停(?!、)|政府(?:投资|采购)预算|监督|不享受|不受|申请(?:材料|表|书)|申报(?:材料|表)|"
    r"拟|已获得|未获得|获得过|未享受|已享受|享受过|指南|规定执行|台账|如实|^(?:\d{1,2}[.．、]|并|同时|还)?(?:鼓励(?!各区|各县|各地)|倡导|引导|支持)(?![^，；]{0,12}国(?:有|资))[^，；]{0,60}(?:减免|免收|降低|下调|展期|续贷)|"
    r"(?:资金|经费)(?:可|应|须|必须|主要|仅|只能)?用于|只能(?:享受|申请)|不能(?:再|重复|同时)|其中一种|可否|是否|能否|不可(?:再|重复|同时)|申请(?:补贴|补助|奖励|资助|贷款)(?:当|时|前|之|日|人|单位|企业|主体|期|条件|项目)|"
    r"不纳入|不列入|(?:不|停止)给予|(?:只能|只有|仅能|仅可|方可)|通知书|起止时间|申请(?:受理|审核|[^，；]{0,6}后(?!补)|[^，；]{0,12}(?:审核|便利|资格))|保留其|"
    r"^(?:各(?![^，；]{1,4}对[^，；]{2,40}给予|[^，；]{1,18}对[^，；]{2,30}(?:企业|机构|平台|单位|园区)(?:给予|予以))|要(?!求)|确保|推动|落实|让|使(?!用))|核算|审批|收入分析|同等享受|政策(?:效应|红利|宣传|落实)|惠及|涉及|将达"
)
# "免收担保费的业务": the relief describes the applicant; "已免收" lies in the past.
_RELATIVE = re.compile(
    rf"(?:已|原|采取|(?<!可)(?<!可以)享受)[^，；]{{0,12}}(?:{_RELIEF})|(?:(?!{_REDUCED})(?:{_RELIEF})|优惠)(?:[^，；]{{0,16}}(?:的(?!政策)[\u4e00-\u9fff]{{2,12}}(?<![税费款金])|的)|的[\u4e00-\u9fff]{{2,12}})$|优惠时|税额为"
)
# "享受再贷款支持的企业", "在享受市级政策的基础上": whom it is for or what it rests on, not what is given.
_SUBJECT = re.compile(
    r"(?:享受|获得|取得|申请|发放|纳入|列入|给予|提供)[^，；]{1,40}的[^，；的]{0,12}(?:企业|机构|单位|主体|项目|平台|园区|人员|银行|损失|纳税人|组织|家庭|申请人|对象|资格|基础上|情况下|原则|期间|前提下)(?:包括|所|应|须|，|$)"
)
# "办理免税手续", "免征增值税政策执行到期后": words about a relief that is granted elsewhere.
_ABOUT = re.compile(
    rf"(?:(?!{_REDUCED}|退还)(?:{_RELIEF})|绿色通道)[^，；《》]{{0,20}}(?:手续|事宜|业务|依据|凭证|发票|情况|期间|备案[^，；]{{0,12}}|办法|清单|通知|公告)(?:并[^，；]{{2,16}})?$|"
    rf"(?<!享受)(?<!适用)(?<!给予)(?:{_RELIEF})[^，；]{{2,14}}政策(?:并|执行|的|$)|如下$|"
    r"(?:提供|采取|实行)(?:以下|下列|如下)[^，；]{0,10}$|政策的通知|(?:制定|实施|落实|执行)[^，；]{0,6}情况$|^(?:[^，；]{0,8})(?:认真|积极|严格|切实|全面)?落实[^，；]{2,190}(?:政策|措施)等?$|^(?:通过|采取)[^，；]{2,30}等方式$|情况开展|免费使用的|发放的(?![^，；]{0,6}补)|减免(?:税)?备案|申请[^，；]{0,30}出资|用于[^，；]{0,20}(?:绩效)?奖励$|不低于规定标准|免费(?:平台|资源|课程|创业培训并)|绿色通道[”]?(?:24|政策)|发放[^，；]{0,8}\d+笔|发放给[^，；]{0,8}(?:职工|员工|个人)|(?:方面|的原则|具体功能|等功能|\d项(?:具体)?(?:举措|措施|政策))$|延期至[^，；]{2,16}(?:进行|举行|举办|召开|开展)|“[^“”，]{0,8}(?:减免|优惠)”|最多(?:资助|支持|补贴|奖励)\d+[个项件]"
)
_TITLE = re.compile(r"《[^《》]{2,60}》")  # what the name of a document says is not given here
_PAID_BY = re.compile(r"由[^，；]{1,16}(?:财政|政府|专项资金)[^，；]{0,6}(?:承担|负担|补足)")
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
# "可以享受所得税减半政策": told of the applicant, however much it sounds like a paper about the relief.
_MAY_HAVE = re.compile(r"可(?:以)?(?:按[^，；]{0,8}|依法|依规|继续){0,2}享受")
_CLAIMED = (_NO_GIVING, _SUBJECT)
_SILENT = (_NO_GIVING, _RELATIVE, _SUBJECT, _ABOUT, _ABOUT_POLICY)


def find_reliefs(sentence: str, start: int, end: int) -> list[Gift]:
    """The benefits of a clause without a figure; "1个月免收、2个月减半" is two.

    >>> [(g.kind.value, g.rate) for g in find_reliefs("1个月房租免收、2个月房租减半", 0, 15)]
    [('租金减免', Decimal('100')), ('租金减免', Decimal('50'))]
    """
    clause = _TITLE.sub(lambda m: "《" + "口" * (len(m[0]) - 2) + "》", sentence[start:end])
    told = _RELATIVE.search(clause)
    if told and _GIVEN_TO.match(clause, told.end()):  # 对减免租金的业主给予补贴: a relief that earns another
        start, clause = start + told.end(), clause[told.end() :]
    if not _GIVES.search(clause) or any(
        p.search(clause) for p in (_CLAIMED if _MAY_HAVE.search(clause) else _SILENT)
    ):
        return []
    several = _SEVERAL.search(clause)
    if several:
        kinds = dict.fromkeys(kind_of(piece) for piece in several["list"].split("、"))
        return [Gift(kind, start + several.start("list"), end) for kind in kinds]
    pieces = clause.split("、")
    if len(pieces) > 1 and all(re.search(_RELIEF, piece) and _OBJECT.search(piece) for piece in pieces):
        gifts, position = [], start
        for piece in pieces:
            gifts.append(_relief(sentence, position, position + len(piece)))
            position += len(piece) + 1
        return gifts
    if (
        re.search(_RELIEF, clause)
        and not _OBJECT.search(clause)
        and not (_BACK.search(clause) and _PAID.search(sentence[max(0, start - 30) : start]))
        and not re.search(_NOUNS.replace("减免|", ""), clause)
    ):
        return []
    begin = max(0, start - 30) if _BACK.search(clause) and not _OBJECT.search(clause) else start
    return [_relief(sentence, start, end, sentence[begin:end])]


def _relief(sentence: str, start: int, end: int, about: str = "") -> Gift:
    """about: the clause with what the relief is on, where that stands before it ("对电费，…延期缴纳")."""
    clause = sentence[start:end]
    rate = None
    if not _OR_REDUCED.search(clause):
        rate = next((value for pattern, value in _PLAIN_RATES if pattern.search(clause)), None)
    verb = _GIVES.search(clause)
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
