"""Clauses inside a list of requirements that ask nothing: how a figure is counted, what is allowed, what a company newer
than the period asked for does instead; called by reading.

To read them as requirements costs a company an answer nobody needs ("资金来源可以是贷款"), or worse: "成立不满三年的，按
实际年限计算" eases a rule, and as a requirement it would refuse every older company.
"""

from __future__ import annotations

import re

_NO_BOUND = (
    "(?![^，；]{0,30}(?:不低于|不少于|不超过|以上|达到))"  # 研发费用包括委托费用不低于…: asked all the same
)
_INVESTOR = (
    "(?:平台|财政|政府|引导基金|[市区县省]级)"  # who invests; without it the share is that of the applicant
)
_OFFICE = "(?:部门|政府|办事处|财政局?|街道（镇）|[局委])"
_OWN_ACTS = "(?![^，；]{0,40}的)"  # 科技部门负责的项目, 组织的比赛中获奖: of an applicant all the same
_ACTS = "(?:应当|应会同|负责|可根据|会同|通知|组织|承担|另行|根据|定期|适时)"
# Each rule with what it lets pass; the words are those of one clause without its brackets.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("how a figure is counted", r"(?:核算|计算|统计|认定|折算)(?:范围|口径|方法|方式|依据|标准)(?:为|是|包括|：|按)"),
        ("what a figure includes", rf"^[^，；]{{0,12}}(?:费用|投入|支出|范围|收入|期限)(?:包括|包含|是指|指|不包括税){_NO_BOUND}"),
        ("by what it is counted", r"(?:按|以)[^，；]{2,30}(?:计算|为准|核算|折算|测算|推算|算)$|四舍五入|不算$|不计(?:算)?在?内?$"),
        ("how time is counted on", r"^[^，；]{0,14}(?:时间|年限)[^，；]{0,4}可[^，；]{0,12}(?:连续|累计|合并)计算$"),
        ("by what it is decided", r"(?:参考|参照)[^，；]{2,40}(?:执行|补助|确定|计算)$"),
        ("for whom it holds as well", r"^(?![^，；]{0,16}(?:注册|登记|位于|落户)在)[^，；]{0,80}参照执行$"),
        ("what is allowed", r"可以?(?:是|为(?![^，；]{1,20}提供)|包括|不受)|不限于?|均可$|^也可|不受[^，；]{0,20}(?:限制|影响)|视[为同]"),
        ("what goes together", r"可(?:与|同时)[^，；]{0,12}(?:申报|享受|叠加)$"),
        ("how much is given", r"(?:资助|补助|补贴|支持|奖励|贴息)(?:额度|金额|比例|资金)[^，；]{0,8}(?:不低于|不高于|不超过)"),
        ("how much is given in all", r"^(?:补助|补贴|奖励|资助|奖补|扶持)?总额(?:最高)?不(?:高于|超过)"),
        ("what share is bought", rf"{_INVESTOR}[^，；]{{0,16}}(?:出资额|(?:占股|持股|股份)比例)[^，；]{{0,14}}不(?:超过|低于|高于)"),
        ("what share is bought at the most", r"^(?:且|并)?占股比例[^，；]{0,14}不(?:超过|高于)|第一大股东"),
        ("while the money lasts", r"发完即止|用完即止|先到先得|额度用完"),
        ("who signs for several", r"^以[^，；]{2,30}为[^，；]{0,6}申请人"),
        ("how to apply", r"如实填[报写]|应当?填写|自愿填写|详见|对[^，；]{0,16}真实性|^综上|^逾期"),
        ("how it is claimed", r"自行判别|留存[^，；]{0,8}备查(?!制度)|填报[^，；]{0,20}申报表"),
        ("what papers are handed in", r"(?:提交|提供|报送|出具|携带)(?:以下|下列|如下)[^，；]{0,6}(?:材料|资料)$"),
        ("where one applies", r"^申报(?:主体|单位|企业|人)?登录|点击[^，；]{0,8}(?:链接|进入)|上传(?:申报|申请)?材料"),
        ("how long it holds", r"^(?:本[^，；]{0,8}(?:执行|有效|实施)|执行|有效)(?:期限?|时间)(?:至|为|自|暂定)(?![^，；]{0,40}的)"),
        ("who decides", r"^报[^，；]{2,14}(?:审议|审定|审核|批准|备案|同意)后?(?:执行|实施)?$"),
        ("what is due afterwards", r"获得[^，；]{0,12}资金后"),
        ("besides a condition", r"^除(?:满足|符合|具备|享受)[^，；]{2,40}外$"),
        ("by what means", r"^[^，；]{0,6}(?:通过|经过)[^，；]{2,40}等(?:多种)?方式$"),
        ("who is preferred", r"^(?:同等条件下?)?(?:优先|鼓励)(?:支持|考虑|资助|推荐|安排|对|企业)|优先(?:支持|考虑|资助|推荐|安排|扶持)$"),
        ("what others decide", r"另有(?:规定|约定)的?(?:除外|，|$)"),
        ("once only", r"(?:只能|仅能|只可|仅可|限|只)(?:享受|申请|申报|选择|补助|补贴|奖励)[^，；]{0,4}(?:一|1|壹)(?:次|项|种|类|个)"),
        ("what an office does", rf"^(?:各[区县镇市]|[市区县省镇各相有承][^，；的经由]{{0,24}}?{_OFFICE}){_ACTS}{_OWN_ACTS}"),
        ("what an office does, told of the matter", rf"^由[^，；]{{0,24}}{_OFFICE}[^，；]{{0,6}}{_ACTS}"),
        ("what is changed in time", r"适时(?:调整|明确|公布)|实行动态(?:调整|管理)"),
        ("when an office does it", r"^每年[^，；]{1,8}前$"),
        ("who bears the cost", r"(?:资金|经费|费用)由(?!企业|单位|项目|申[报请])[^，；的]{2,20}(?:承担|负担|安排|列支|解决)$"),
        ("how many are taken", r"每[年批季][^，；]{0,8}(?:支持|资助|奖励|认定)[^，；]{0,14}不(?:超过|多于)[^，；]{1,8}[个家项名]$|最多只有"),
        ("how often it is given", r"^同一(?:企业|单位|项目|主体)(?:获得|享受)[^，；]{0,12}(?:最多|最长)?不超过[^，；]{1,4}(?:年|次)$"),
        ("who may object", r"有异议的?$|申请复核$"),
        ("where it is told", r"^(?:《[^》]{2,60}》|[^，；]{2,16})见(?:[^，；]{2,80}附件|附件[^，；]{0,6})$"),
        ("what is taken lightly", r"可(?:以)?(?:适当|酌情)放宽"),
        ("what the clause before leads to", r"^(?:均|一律|则|暂|也)?不(?:再)?(?:享受|适用)(?:本|该|上述|以上|相关)[^，；]{0,8}$"),
        ("not twice", r"^同一[^，；]{0,16}不(?:得|可|能|予)重复(?:享受|申报|申请|计算|奖励)"),
    )
)  # fmt: skip
_REMARK = re.compile(r"（[^（）]{0,80}）")  # an allowance in a bracket does not undo what is asked before it
_NEWER = re.compile(
    r"(?:成立|注册|登记|设立|经营|运营|创办|存续)[^，；：]{0,10}?(?:不足|不满|未满)[^，；：]{1,12}$"
)
_INSTEAD = re.compile(
    r"^(?:可|则|应)?(?:按照?|自|从|以|根据)[^，；]{0,20}(?:计算|成立|注册|登记|起|年限|实际|期间)"
)
# "改制后重新登记的，登记时间可与改制前连续计算": how the time of one kind of applicant is counted; what else stands
# before such an allowance ("注册3年以上，注册时间可…连续计算") is asked all the same.
_REFORMED = re.compile(r"(?:改制|改革|重组|更名|变更)[^，；]{0,8}(?:登记|注册)|(?:重新|变更)(?:登记|注册)")
_COUNTED_ON = dict(_RULES)["how time is counted on"]


# "属市级重大项目的，可不受上述限制": an allowance for a case
_CASE = re.compile(r"(?:属于?|对于?|凡是?|如果?|若|因|确?有|经)")
_MAY = re.compile(r"^可(?:以)?(?:不受|适当|放宽|按|由|酌情|优先|予以)")


def asks_nothing(clause: str) -> bool:
    """Whether a clause explains or allows rather than asks.

    >>> asks_nothing("项目投入的核算范围为设备购置费"), asks_nothing("资金来源可以是自有资金或贷款")
    (True, True)
    >>> asks_nothing("同一企业每年只能享受一次补贴"), asks_nothing("年度研发费用不低于100万元")
    (True, False)
    >>> asks_nothing("应先办理备案（不受是否盈利限制）")
    False
    """
    bare = _REMARK.sub("", clause) or clause
    return any(pattern.search(bare) for _, pattern in _RULES)


# "抗癌药品，是指经批准注册的制剂": what a word means. Where the word is one for applicants, the meaning is what is asked of them.
_MEANS = re.compile(
    r"(?P<word>[^，；：。]{2,24}?)[，]?(?:主要|均)?(?:是指|系指|指(?=全|因|经|由|按|以|对|具有|符合|从事|通过))"
)
_WHO = re.compile(
    r"(?:企业|单位|机构|主体|对象|人|者|公司|商|户|组织|团队|项目|平台|基地|载体|园区|总部|中心|银行|院|所|校|社|农场|工厂|车间|实验室|孵化器|协会|店|人才|标准|条件|要求)$|类$|其中"
)
_PROVIDES = re.compile(r"^(?:为|向)")


def defines(sentence: str) -> bool:
    """Whether a sentence only says what a word means.

    >>> defines("抗癌药品，是指经批准注册的制剂"), defines("成长型企业是指营业收入增长10%以上的企业")
    (True, False)
    """
    means = _MEANS.match(sentence)
    return means is not None and bool(_PROVIDES.match(means["word"]) or not _WHO.search(means["word"]))


_APPLIES = re.compile(r"^(?:申请|申报)[^，；的]{2,20}的?$")
_OPENS = re.compile(r"^(?:应|须|需|必须)?当?(?:同时)?(?:具备|符合|满足|达到)(?:以下|下列|如下)")


# "申请研发补助的企业应当符合：": what is asked stands behind it
_MUST_MEET = re.compile(r"(?:应当?|须|需|必须)(?:同时)?(?:符合|具备|满足|达到)：?$")


def opens_requirements(text: str) -> bool:
    """Whether a line ends in the words that a list of requirements stands behind, without the word 条件.

    >>> opens_requirements("申请研发补助的企业应当符合："), opens_requirements("给予补助：")
    (True, False)
    """
    return bool(_MUST_MEET.search(text[-12:]))


def leads_to_list(clause: str, following: str) -> bool:
    """Whether two clauses only open a list of requirements.

    >>> leads_to_list("申请认定见习基地的", "应当具备下列条件"), leads_to_list("申请贷款贴息的", "须有借款合同")
    (True, False)
    """
    opened = opens_requirements(clause) and not following
    return opened or bool(_APPLIES.match(clause) and _OPENS.match(following))


def eases(clause: str, following: str) -> bool:
    """Whether two clauses say what holds instead for a company newer than the period asked for.

    >>> eases("成立不满两年的", "按实际经营年限计算"), eases("成立不满两年的", "给予10万元奖励")
    (True, False)
    >>> eases("属市级重大项目的", "可不受上述限制")
    True
    """
    if _NEWER.search(clause) and _INSTEAD.match(following):
        return True
    if _REFORMED.search(clause) and _COUNTED_ON.match(following):
        return True
    return bool(_CASE.match(clause) and _MAY.match(following)) or (
        "资金后" in clause and asks_nothing(clause)
    )
