"""Sentences that give to natural persons and families alone, by whom they name and by what is given. Called by silence.

A company can be meant beside a person it hires ("招用毕业生的企业"), so a person only counts where a clause ends with one
who is never hired (户籍家庭、老年人), where he is addressed himself ("对一线医务人员，"), or where what is given is
of a kind that no company can have (公证费减半、抚恤).
"""

from __future__ import annotations

import re

_COMPANY = re.compile(
    r"企业|单位|机构|公司|商户|主体|园区|平台|合作社|基地|工厂|纳税人|家庭农场|组织|门店|饭堂|中心|设施|项目|雇主"
)
# Families and those who are cared for: nobody is paid for hiring them.
_KEPT = (
    r"家庭(?!农场|服务|医|作坊|养|旅|用)|老年人|老人|长者|患者|儿童|未成年人|孤儿|遗属|家属|特困人员|失能人员"
)
_SERVED = re.compile(r"为|向|收住|接收|收治|服务|照料|照护|护理|入住|安置|供养|托养|配送|帮扶")
_ENDS_WITH_KEPT = re.compile(rf"(?:^|[，；：])(?P<who>[^，；：。]{{0,60}}(?:{_KEPT}))(?:等)?，")
# "对一线医务人员，用人单位可优先推荐…"
_ADDRESSED = re.compile(
    r"^(?:对|给予|关心|慰问)[^，；。企业单位机构公司招用吸纳]{0,24}(?:医务人员|医护人员|防疫工作者|防控人员|志愿者|工作人员|老年人|困难群众|参保人员|患者|居民|学员|见习人员)(?:等|及其家属)?，"
)
_FAVOURED = re.compile(r"向[^，；。企业单位]{0,40}(?:医务人员|一线人员|志愿者|教师)(?:予以|给予)?倾斜")
_TO_EMPLOYER = re.compile(
    r"(?:给予?|奖励|补给|返还)(?:其|用人|所在)?[^，；。]{0,6}(?:企业|单位|机构|公司|主体)"
)
# What only a person can have or be, with an example each.
_ONLY_PERSONS = (
    re.compile(
        r"家庭(?:年|月|人均|年人均|经核定的)?(?:可支配)?(?:月|年)?(?:收入|财产|成员|人口|经济状况)"
    ),  # 家庭人均收入
    re.compile(r"公证费|优待[卡证]|半票|法律援助"),  # 公证费减半
    re.compile(r"抚恤|专项慰问|慰问(?:金|活动)|临时庇护|实物救助|生活救助|急难|低保"),  # 给予抚恤
    re.compile(r"罹患|牺牲的|殉职"),  # 罹患疾病或牺牲的
    re.compile(r"(?:住房)?租赁补贴(?:标准|不足|各|按)|计租|租金缴交|公房"),  # 按公房成本租金的50%计租
    re.compile(r"绩效工资|职称评审(?:倾斜|绿色通道)|定期晋升"),  # 职称评审倾斜
    re.compile(r"医药费|取药量|门诊(?:费|诊查|慢性)|学位|入园|入学"),  # 一次取药量放宽至3个月
    re.compile(r"举报(?:人|者|有功|属实)|见义勇为|志愿者|先进人物|紧急救助"),  # 对举报有功者予以奖励
)
# "…，由用人单位推荐可直接申报评审正高级职称": of a person's career, whoever recommends.
_CAREER = re.compile(
    r"(?:申报|参加|推荐)[^，；。]{0,6}(?:评审)?[^，；。]{0,10}职称|职称评审(?:倾斜|绿色通道)|记(?:大)?功(?:及以上)?奖励"
)


def gives_to_persons(sentence: str) -> bool:
    """Whether a sentence that gives something gives it to persons or families only.

    >>> gives_to_persons("承租示例机构所建公租房的户籍家庭，按收入情况给予租金减免")
    True
    >>> gives_to_persons("对一线医务人员，用人单位可优先推荐职称评审")
    True
    >>> gives_to_persons("为老年人、儿童提供照护服务的养老机构，给予运营补贴")
    False
    """
    kept = _ENDS_WITH_KEPT.search(sentence)
    if kept and not _SERVED.search(kept["who"]) and not _TO_EMPLOYER.search(sentence, kept.end()):
        return True
    addressed = _ADDRESSED.match(sentence)
    if addressed and not _TO_EMPLOYER.search(sentence, addressed.end()):
        return True
    if _FAVOURED.search(sentence):
        return True
    if _CAREER.search(sentence):
        return not re.search(r"企业|公司|园区", sentence)
    return any(rule.search(sentence) for rule in _ONLY_PERSONS) and not _COMPANY.search(sentence)
