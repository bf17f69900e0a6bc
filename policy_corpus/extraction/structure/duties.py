"""Sentences that put something on bodies and offices instead of giving it, or only tell how it is given. Called by silence.

"公证机构应当减免公证费" gives nothing to the body, "建立健全补偿机制" is a task of the government, and what stands
between arrows is the way of an application.
"""

from __future__ import annotations

import re

# The steps from an application to its payment.
_STEPS = (
    re.compile(r"→"),  # 受理申请→组织评审，确定予以支持项目→公示
    re.compile(
        r"公示(?:期)?(?:满|结束|结果|无异议|通过)[^；。]{0,24}(?:予以|给予|拨付|资助|办理)(?![^；。]{0,16}\d)|无异议(?:的)?公示结果"
    ),  # 按无异议公示结果予以资助
    re.compile(r"^(?:评审|审核)[^，。；]{0,12}确定(?:予以|给予)[^，。；]{0,8}(?:项目|名单)"),
)
_GIVER = (
    r"机构|单位|经营者|服务者|生产者|提供者|登记机关|协会|商会|学校|医院|志愿组织|服务组织|景区|公园|场馆"
)
# "公证机构应当按照规定减免公证费": a duty of the one who is named first, unless a company is who gets it.
_OWES = re.compile(
    rf"^(?!对|向|给)(?:第.{{1,5}}条)?[^，。；：]{{0,40}}(?:{_GIVER})(?:应当|必须|要)(?!缴|求|符合|具备|满足)"
    r"(?:[^，。；]{0,60}?(?:提供|免费|无偿|减免|免收|减收|予以|给予|发放|支付)|(?:[^，。；]{0,60}，){1,3}(?:免费|无偿)提供)"
)
_RECEIVER = re.compile(
    r"企业|商户|个体|合作社|租户|承租|用户|主体|公司|纳税人|小微|(?:申请|申报|项目|用人|承担)单位"
)
# What law asks of sellers and of those who are open to everybody: "维修质量不合格的，应当免费重新维修".
_REPAIRS = re.compile(
    r"免费(?:重新|更换|维修|修理|退换|查询)|向(?:社会|公众|居民|老年人)(?:免费|[^，；。]{0,6}免费开放)|(?:减免税|完税)(?:凭证|证明)|健康申报|无偿提供公益"
)
# "市、县人民政府应当加大财政投入，优先保障污染防治": what a law asks of authorities, for nobody who is named.
_AUTHORITY = re.compile(
    r"^(?:第.{1,5}条)?(?!对|向)[^，。；：]{0,30}(?:人民政府|行政部门|主管部门|管理部门)[^，。；：]{0,20}(?:应当|必须)(?!自|在收到)"
)
# "对投资实行征收的，依法给予相应的补偿": what is paid for what was taken.
_TAKEN = re.compile(r"(?:征用|实行征收|依法征收|被征[收用])[^。；]{0,60}补偿|^(?:应当|依法)?给予合理报酬")
# "建立风险补偿机制，可通过贴息等方式给予支持": the government's task, without anybody who is given something.
_TASK = re.compile(
    r"^(?:推动|进一步|不断|积极|加快|探索|逐步|健全和|要)?(?:建立|完善|健全|构建|优化|落实|深化|组建|搭建|强化|做好|安排落实|开辟)(?:并完善|健全|和完善|或完善)?[^，；。]{0,40}(?:机制|体系|制度|格局|资金|预案|待遇|环境|总量)"
)
_NAMES_RECEIVER = re.compile(
    r"企业|商户|个体|合作社|公司|主体|纳税人|机构|单位|园区|项目|平台|产品|基地|对[^，；。]{2,40}的"
)
# "“减”就是…，“增”是…": measures are told of, not given
_TOLD = re.compile(
    r"”(?:，)?就是|“[减增稳促]”|(?:\d{1,3}|[一二三四五六七八九十]{1,3})条(?:措施|举措|政策)(?:中|里)|数据显示|日报讯|(?:政策|措施|资金)[^，；。]{0,14}(?:到位|落实|执行|使用)情况|截至[^，。]{2,14}，[^，。；]{0,20}(?:累计|已)(?:累计)?(?:发放|拨付|为|向|返还|减免|安排|办理)|据(?:悉|了解|介绍)[^，。]{0,4}$|^为(?:确保|贯彻|落实|做好)[^。；]{0,160}(?:通知|公告|通告|意见|公布)如下|^[\u4e00-\u9fff]{2,14}(?:部|局|厅|委)介绍，"
)


def tells_steps(sentence: str) -> bool:
    """Whether a sentence is the way of an application, wherever it stands.

    >>> tells_steps("提交材料→组织评审，确定予以支持项目→公示"), tells_steps("公示期结束后按无异议公示结果予以资助")
    (True, True)
    """
    return any(rule.search(sentence) for rule in _STEPS)


def puts_duty(sentence: str) -> bool:
    """Whether a sentence asks bodies or the government to act, or tells of measures, and gives nothing to who applies.

    >>> puts_duty("登记机构应当加强协作，免费提供登记信息网上查询服务")
    True
    >>> puts_duty("建立风险补偿机制，可通过资金池等方式给予政策支持")
    True
    >>> puts_duty("出租单位应当免收承租其房屋的小微企业三个月租金")
    False
    """
    if _TAKEN.search(sentence):
        return True
    owed = _REPAIRS.search(sentence) or _OWES.match(sentence) or _AUTHORITY.match(sentence)
    if owed and not _RECEIVER.search(sentence):
        return True
    if _TASK.match(sentence) and not _NAMES_RECEIVER.search(sentence) and not re.search(r"\d", sentence):
        return True
    return bool(_TOLD.search(sentence))
