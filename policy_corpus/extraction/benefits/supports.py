"""Benefits that are told by a deed rather than a giving word: 延长缴款期限, 下调贷款利率, 专人对接, 推荐纳入目录. Called by reading.

One row a deed: its kind and its words. None has a figure; what third parties are called on to do gives nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.model import BenefitKind

_K = BenefitKind
_DUE = "税款|税费|关税|所得税|增值税|社会保险费|社保费|保险费|公积金|滞报金|保证金|费用|缴款"
# A deed whose words name whom it is for says so in its group "who".
_DEEDS: tuple[tuple[BenefitKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        # what is due is due later, or less of it
        (_K.TAX, rf"延长[^，；]{{0,20}}(?:{_DUE}|申报)[^，；]{{0,8}}(?:期限|缴纳期|征收期|缴款期|起征日)"),
        (_K.TAX, rf"(?:{_DUE}|申报)[^，；]{{0,8}}(?:期限|征收期|缴款期)[^，；]{{0,6}}(?:延长|延至|顺延)"),
        (_K.TAX, r"(?:准予|办理|核准|申请)(?:进一步)?延期(?:申报|缴纳)|依法申请进一步延期"),
        (_K.TAX, r"(?:降低|下调|调低)[^，；]{0,16}(?:缴存|缴费)(?:比例|费率|基数)"),
        (
            _K.TAX,
            r"费延期(?:\d{1,2}|[一二三六])个月(?:缴纳|缴付)|(?<!可)暂停预缴[^，；]{2,6}税|限额即征即退[^，；]{2,6}税",
        ),
        (_K.TAX, r"设立[^，；]{0,8}缓缴期(?!的)|准予向以后年度结转"),
        (_K.TAX, r"(?:顺延|延迟|推迟)(?:至|到)[^，；]{2,16}(?:缴纳|申报|缴款)"),
        (_K.TAX, r"允许[^，；]{0,16}(?:自主|自行)(?:确定|选择)[^，；]{0,8}缴存比例"),
        (_K.TAX, r"(?:相应|合理|依法|提请)[^，；]{0,4}(?:调减|调整|核减)定额"),
        (
            _K.TAX,
            r"先征后[返退]|免滞纳金|(?<!或)不征收?(?!或)[^，；个]{1,14}税(?![款务])(?![^，；]{0,10}(?:收入|范围|的))",
        ),
        (
            _K.TAX,
            r"不属于[^，；]{0,12}视同销售范围|免税范围[^，；]{0,4}(?:增加|扩大)|(?:下调|调低)[^，；]{0,16}税额标准",
        ),
        # money that is lent on better terms
        (
            _K.LOAN,
            r"(?:下调|降低|下浮)[^，；]{0,8}(?:贷款|担保)[^，；]{0,4}(?:利率|费率|费用)(?!的|政策|标准)",
        ),
        (_K.LOAN, r"采取[^，；]{0,16}(?:延期还[贷款]|展期|续贷|无还本)"),
        (_K.LOAN, r"(?:不抽贷|不断贷|不压贷)"),
        (_K.LOAN, r"(?:申请|继续提供|可享受)[^，；]{0,6}创业担保贷款(?:及贴息|支持|扶持)?$"),
        # water, power and land on better terms
        (
            _K.LAND,
            r"[水电气热][^，；]{0,12}(?:(?:与|和)居民[^，；]{0,6}同价|(?:按照?|执行|实行|享受)[^，；]{0,8}居民[^，；]{0,10}(?:价格|电价|标准))",
        ),
        (_K.LAND, r"优先(?:满足|保障)[^，；]{0,8}(?:要素|用地|用能)[^，；]{0,6}$"),
        (
            _K.LAND,
            r"(?:享受|实行)(?![^，；]{0,8}(?:差别|阶梯|惩罚|累进))[^，；]{2,16}(?:电价|水价|气价)(?:政策|优惠)?$",
        ),
        (_K.PROCUREMENT, r"(?:实行|予以)[^，；]{0,6}全额收购"),
        # names and lists that others can see
        (_K.TITLE, r"推荐(?:纳入|列入|申报)[^，；]{2,30}(?:目录|名录|名单)"),
        (_K.TITLE, r"纳入[^，；]{0,24}目录(?:并|予以|进行)[^，；]{0,6}推广"),
        (_K.TITLE, r"可(?:以)?(?:申请|申报)(?:认定|评定)为"),
        (
            _K.TITLE,
            r"有权申请[^，；]{2,20}认定|(?:可|优先|直接)(?:以)?(?:优先|直接)?纳入[^，；]{2,20}(?:储备库|培育库|后备库|资源库)$",
        ),
        (
            _K.TITLE,
            r"(?:优先|择优)?推荐(?:符合条件的)?(?P<who>[^，；的]{2,14}(?:企业|单位|机构|基地|平台))(?:申报|申请|参评|参加)[^，；]{0,24}(?:企业|单位|机构|基地|中心|平台|试点|示范|称号|荣誉|奖项?)$",
        ),
        (_K.TALENT, r"(?:引进|招聘|接收)[^，；]{0,12}(?:毕业生|人才)[^，；]{0,4}实行计划单列"),
        (_K.TALENT, r"^支持[^，；]{2,16}(?:企业|机构)[^，；]{0,4}(?:引进|引育)[^，；]{0,12}人才"),
        # what an authority does for a company
        (
            _K.SERVICE,
            r"(?:指定|明确|安排|配备)[^，；]{0,4}(?:专人|专员)[^，；]{0,6}(?:对接|服务|跟踪|帮[扶办助]|指导|联系企业)",
        ),
        (_K.SERVICE, r"(?:主动|提供|实行)上门(?:服务|办理|指导)(?!功能)"),
        (_K.SERVICE, r"(?:开辟|开通|建立|设立|畅通)[^，；]{0,12}(?:快速|专用|专门)[^，；]{0,4}通道"),
        (
            _K.SERVICE,
            r"(?:协助|帮助|指导)[^，；]{0,10}企业[^，；]{0,12}(?:申请|申办|办理|争取)[^，；]{2,20}(?:备案|贴息|优惠|业务|手续|补贴)",
        ),
        (_K.SERVICE, r"无偿(?:提供|安排|开放)(?![^，；]{0,20}取得|[^，；]{0,30}的$)"),
        (_K.SERVICE, r"(?:无需|免于|免予)(?:事[先前])?办理[^，；]{0,12}(?:备案|登记|审批|鉴定)"),
        (_K.SERVICE, r"可(?:以)?(?:按规定)?(?:容缺办理|补办)[^，；]{0,4}手续"),
        (
            _K.SERVICE,
            r"延长[^，；、]{0,24}(?:有效期|承诺期限|办理期限|复运期限|报关期限)|^(?!本|该|此)[^，；]{0,20}有效期[^，；]{0,6}(?:顺延|延长|延续)(?:至|到|\d)",
        ),
        (_K.SERVICE, r"(?:无需|不必|免于|免予)(?:再)?提供[^，；]{0,8}(?:担保|保函|保证金)"),
        (_K.SERVICE, r"可(?:以)?(?:一次|暂?按需)[^，；]{0,4}(?:领取|领用|调整)[^，；]{0,16}发票"),
        (_K.SERVICE, r"暂不(?:列入|纳入|认定|按)[^，；]{0,12}(?:异常名录|非正常户|失信)"),
        (_K.SERVICE, r"(?:不需要?|无需|不用|不必)(?:承担|支付|缴纳|缴付)任何费用"),
        (_K.SERVICE, r"先[^，；]{0,4}放行$"),
        (
            _K.SERVICE,
            r"提供(?:的)?(?![^，；]{0,24}(?:的|者)$)[^，；]{0,12}(?:管家式|“服务包”|定制化?|一对一|点对点|专属)[^，；的]{0,10}服务$",
        ),
        (
            _K.SERVICE,
            r"允许(?:(?P<who>[^，；的]{2,14}(?:企业|商户))|[^，；]{0,14}(?:企业|商户|市场主体|纳税人))[^，；的]{0,40}(?:直接上市|直接销售|上市销售|补齐|补办|补交)",
        ),
        (
            _K.SERVICE,
            r"可(?:以)?选择更正[^，；]{0,6}申报|(?:无需|不需)[^，；]{0,12}(?:事先|事前)?(?:审核批准|专门备案)",
        ),
        (
            _K.SERVICE,
            r"^(?:并)?简化(?P<who>(?!中小|小微)[^，；的]{2,10}企业)(?!登记|注销|开办|设立)[^，；]{2,20}(?:手续|程序)$",
        ),
        (
            _K.SERVICE,
            r"由[^，；]{2,20}(?:部门|局|中心)(?:协助|帮助)[^，；]{0,8}企业(?:拓宽|解决|开展|申请|办理|争取|招用|招聘)[^，；]{2,20}",
        ),
        (_K.SERVICE, r"协调解决[^，；]{0,24}(?:困难|问题|难题)"),
        (_K.SERVICE, r"^组织开展[^，；]{0,16}企业[^，；]{0,16}培训"),
        (_K.OTHER, r"可(?:以)?(?:依法)?向[^，；]{2,16}申请(?:延期|顺延)(?!缴|申报|还)[^，；至]{2,10}$"),
        # money without a figure
        (_K.SUBSIDY, r"财政[^，；]{0,6}给予[^，；]{0,12}(?:预算|经费|资金)保障"),
        (_K.SUBSIDY, r"可(?:以)?按[^，；]{0,8}(?:要求|规定|比例)(?:予以|给予)?配套"),
        (
            _K.SUBSIDY,
            r"可(?:以)?返还[^，；]{0,16}(?:社会保险费|失业保险费)|可(?:以)?纳入[^，；]{0,12}补贴[^，；]{0,8}范围",
        ),
        (_K.SUBSIDY, r"由[^，；]{0,8}财政[^，；]{0,6}(?:返还|奖励|补贴|补助)(?:给)?(?:企业|单位)"),
        (
            _K.SUBSIDY,
            r"加大对[^，；]{2,24}(?:企业|农场|合作社|经营主体|机构|商户|园区|基地)[^，；融信贷]{0,4}的(?:资金)?(?:支持|扶持)力度",
        ),
        (
            _K.REWARD,
            r"^[^，；对给按]{1,8}(?:作品|期刊|项目|企业|单位)奖励(?P<who>(?:获得|入选|获评|在[^，；]{2,60}(?:获得|入选))[^，；]{1,190})",
        ),
        (_K.REWARD, r"(?:从优|就高|优先|全面)?(?:落实|兑现)[^，；]{0,6}(?:奖补|奖励)政策"),
    )
)
# "减免租金、缓缴社会保险费、降低用能成本": each piece of such a list is a benefit.
_PIECE = re.compile(
    r"(?P<verb>减免|减征|免征|免收|缓缴|缓征|延期缴纳|延长|降低|下调|返还|退还|加大|提高)[^，；]{0,20}(?P<what>税|费|租|金|款|成本|补贴|奖励|期限|有效期|起征日|利率|比例)"
)
_PIECES = re.compile(r"[^、]+")
_ADVERBS = 6  # characters that may stand before the verb of a piece (阶段性, 依法)
_LISTED: tuple[tuple[BenefitKind, re.Pattern[str]], ...] = (
    (_K.SERVICE, re.compile(r"延长[^，；]{2,24}(?:有效期|办理期限)")),
    (_K.SUBSIDY, re.compile("补贴|补助|稳岗")),
    (_K.REWARD, re.compile("奖励")),
    (_K.RENT, re.compile("租")),
    (_K.LAND, re.compile("要素|用[电能水气地]|[电水气]费")),
    (_K.LOAN, re.compile("利率|融资|担保")),
    (_K.TAX, re.compile("[税费款金]")),
)
_IN_FULL = re.compile("先征后[返退]|免滞纳金|不征收?[^，；]{1,14}税|免税范围|任何费用")
# Calls on others, what is asked or already done, and papers about it.
_NOTHING = re.compile(
    r"^(?:[^，；]{0,12}(?:将|要))?(?:并|积极|支持|全面|还)?(?:鼓励|倡导|引导|督促|推动|协调(?!解决)|争取|建议)|不得|不予|不再|已(?:经)?|应当?(?:在|于|自)|申请(?:材料|表|书)|"
    r"不断(?!贷)|延长[后的]|工作机制|考核|部门间|(?:等方式|功能)$|的(?:企业|单位|机构|个人|纳税人|通知|规定|意见|公告|办法|决定)$"
)
# The same, said before: "鼓励金融机构通过压降成本，下调贷款利率"; what was done in the past is reported.
_NOT_OURS = re.compile(
    r"通过|近年来|始终|号召|倡议|要做好|^(?:积极)?(?:鼓励|引导|督促)[^，；]{0,8}(?:金融机构|银行)"
)


def find_supports(sentence: str, start: int, end: int) -> list[Gift]:
    """The benefit that a clause tells by a deed, if any.

    >>> [g.kind.value for g in find_supports("对重点企业指定专人对接", 0, 11)]
    ['服务']
    >>> find_supports("鼓励银行下调贷款利率", 0, 10)
    []
    """
    clause = sentence[start:end]
    if _NOTHING.search(clause) or _NOT_OURS.search(sentence, 0, start):
        return []
    listed = _listed(sentence, start, end)
    if listed:
        return listed
    for kind, pattern in _DEEDS:
        match = pattern.search(clause)
        if match:
            rate = Decimal(100) if _IN_FULL.search(match[0]) else None
            return [Gift(kind, start + match.start(), end, rate=rate, whom=_named(match, start))]
    return []


def _named(match: re.Match[str], start: int) -> tuple[int, int] | None:
    """Where in the sentence a deed of the clause at start names whom it is for."""
    if not match.groupdict().get("who"):
        return None
    first, last = match.span("who")
    return start + first, start + last


def _listed(sentence: str, start: int, end: int) -> list[Gift]:
    """The benefits of a list of at least three, if every piece of it is one."""
    gifts: list[Gift] = []
    for piece in _PIECES.finditer(sentence, start, end):
        told = _PIECE.search(piece[0])
        kind = next((kind for kind, pattern in _LISTED if pattern.search(piece[0])), None)
        if told is None or kind is None or (gifts and told.start() > _ADVERBS):
            return []
        ahead = 0 if gifts else told.start()  # 阶段性缓缴: the adverb asks nothing
        gifts.append(Gift(kind, piece.start() + ahead, piece.end()))
    return gifts if len(gifts) > 2 else []
