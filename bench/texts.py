"""Texts to measure extraction on, the same at every run: policies as we would write them, and texts made to be slow."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import cycle, islice

_TITLE = "示例市关于支持企业高质量发展的若干措施\n"
_TRADES = ["软件业", "装备制造业", "餐饮业", "物流业", "养老服务业", "生物医药产业", "批发零售业", "跨境电商"]
_HELD = [
    "高新技术企业",
    "专精特新中小企业",
    "绿色工厂",
    "企业技术中心",
    "单项冠军企业",
    "智能工厂",
    "龙头企业",
]
_ASKED = (
    "在本市注册并具有独立法人资格", "上年度营业收入不低于{n}00万元", "研发费用占营业收入的比例达到{n}%以上",
    "职工人数在{n}0人以上", "近三年未受到行政处罚", "财务制度健全、信用良好", "设备投资额超过{n}00万元（含）",
    "成立时间满{n}年", "依法纳税且未列入严重失信名单", "拥有有效发明专利{n}项以上",
)  # fmt: skip
_GIVEN = (
    "给予一次性奖励{n}万元", "按实际投资额的{n}%给予补助，最高不超过{n}00万元", "按贷款利息的{n}0%给予贴息，每家企业每年不超过{n}0万元",
    "减免{n}个月租金", "分别给予{n}万元、{n}0万元奖励", "按每人每年{n}000元的标准给予补贴",
)  # fmt: skip
_CN = "一二三四五六七八九十"


def policy(size: int) -> str:
    """Articles with grants, lists of conditions, a table and a closing part, about `size` characters."""
    chance = random.Random(5)
    parts, length, number = [_TITLE], len(_TITLE), 0
    while length < size:
        number += 1
        article = chance.choice((_grant, _grant, _list, _table))(chance)
        parts.append(f"第{_numeral(number)}条 {article}\n")
        length += len(parts[-1])
    return (
        "".join(parts)
        + "申报时间：每年3月1日至4月30日。咨询电话：0000-1234567。本措施自2026年1月1日起施行。\n"
    )


def articles(count: int) -> str:
    """A policy of `count` articles, a third of which give money."""
    chance = random.Random(6)
    kinds = cycle((_grant, _duty, _duty))
    told = (f"第{_numeral(number)}条 {next(kinds)(chance)}\n" for number in range(1, count + 1))
    return _TITLE + "".join(told)


def _grant(chance: random.Random) -> str:
    asked, given = _asked(chance), chance.choice(_GIVEN).format(n=chance.randint(2, 9))
    who = f"{chance.choice(_TRADES)}企业" if chance.random() < 0.5 else f"首次认定为{chance.choice(_HELD)}的"
    return f"支持企业做大做强。对{asked}，{who}，{given}。（责任单位：示例市工信局）"


def _list(chance: random.Random) -> str:
    rows = "\n".join(f"（{_CN[at]}）{_asked(chance)}；" for at in range(chance.randint(2, 6)))
    return f"申报企业应同时符合下列条件：\n{rows}"


def _table(chance: random.Random) -> str:
    rows = "\n".join(f"{trade}\t{chance.randint(1, 90)}万元\t{_asked(chance)}" for trade in _TRADES[:4])
    return f"按下列标准给予奖补：\n行业\t标准\t条件\n{rows}"


def _duty(chance: random.Random) -> str:
    return f"各部门应当加强对{chance.choice(_TRADES)}的统筹，完善服务机制，定期通报进展，做好宣传和总结。"


def _asked(chance: random.Random) -> str:
    return chance.choice(_ASKED).format(n=chance.randint(2, 9))


def _numeral(number: int) -> str:
    tens, ones = divmod(number % 100, 10)
    low = (_CN[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_CN[ones - 1] if ones else "")
    hundreds, thousands = number // 100 % 10, number // 1000
    head = (f"{_CN[thousands - 1]}千" if thousands else "") + (f"{_CN[hundreds - 1]}百" if hundreds else "")
    return head + low or "零"


def _repeated(words: str) -> Callable[[int], str]:
    return lambda size: "".join(islice(cycle(words), max(size, 0)))


def _random(alphabet: str) -> Callable[[int], str]:
    return lambda size: "".join(random.Random(9).choices(alphabet, k=size))


_TABLE = "项目\t申报条件\t支持标准\n"


def _merged_cells(size: int) -> str:
    """A table half of which is one cell, merged over all the rows."""
    first = f"软件业\t{_repeated('应具有独立法人资格；')(size // 2)}\t10万元\n"
    return _TABLE + first + _repeated("餐饮业\t\t5万元\n")(size - len(first))


# What a text made to be slow is filled with.
FILLINGS: dict[str, Callable[[int], str]] = {
    "no stops": _random("企业单位的对在市区首次认定高新技术奖励补助万元不低于以上和或为获得"),
    "characters": _random("一二三四五六七八九十百千万亿元年月日第条章节，。；：（）《》“”、的和或123.%"),
    "digits": _repeated("1234567890"),
    "Chinese numerals": _repeated("一二三四五六七八九十百千"),
    "title marks": _repeated("《"),
    "brackets": _repeated("（"),
    "quotes": _repeated("“"),
    "pairs of marks": _repeated("《“（"),
    "closing marks": _repeated("》”）"),
    "list": _repeated("软件业、装备制造业、餐饮业、物流业、"),
    "list of titles": _repeated("高新技术企业、专精特新企业、绿色工厂、"),
    "titles in marks": _repeated("《示例办法》、"),
    "and or": _repeated("企业和机构或单位及"),
    "not below": _repeated("不低于"),
    "above": _repeated("以上"),
    "of": _repeated("的"),
    "companies": _repeated("企业"),
    "subjects": _repeated("对企业的"),
    "commas": _repeated("，"),
    "full stops": _repeated("。"),
    "spaces": _repeated(" "),
    "tabs": _repeated("\t"),
    "lines": _repeated("企\n"),
    "cells": _repeated("企业\t10万元\n"),
    "sums": _repeated("10万元"),
    "shares": _repeated("20%"),
    "gives": _repeated("给予奖励"),
    "grants": _repeated("对企业给予10万元奖励，"),
    "grants apart": _repeated("对高新技术企业给予10万元奖励。\n"),
    "conditions apart": _repeated("企业应具有独立法人资格。\n"),
    "tiers": _repeated("1000万元以上至2000万元的，"),
    "days": _repeated("2026年1月1日至"),
    "months": _repeated("3月至5月"),
    "places": _repeated("示例市示例区"),
    "articles in a line": _repeated("第一条 "),
    "numbers in a line": _repeated("一、"),
    "rising list": lambda size: "".join(f"（{_CN[at % 10]}）企业\n" for at in range(size // 6)),
    "deep list": _repeated("一、甲\n（一）乙\n1.丙\n（1）丁\n1)戊\n①己\n"),
    "announced lists": _repeated("按下列标准给予奖补：\n软件业\t10万元\n"),
    "applicants": _repeated("申报企业应在本市注册。\n"),
    "kinds of applicants": _repeated("1.未来工厂。应具有独立法人资格。\n2.数字化车间。职工50人以上。\n"),
    "bounds": _repeated("对企业给予5万元奖励。单户最高80万元。"),
    "grades": _repeated("给予分档支持。对餐饮企业给予10万元奖励。"),
    "windows": _repeated("每年3月1日至4月30日申报。\n"),
    "materials": _repeated("申报材料：\n营业执照\n"),
    "wrapped lines": _repeated("企业，\n"),
    "thousands": _repeated("1,000"),
    "definitions": _repeated("本办法所称企业是指制造业企业。"),
    "table": lambda size: _TABLE + _repeated("软件业\t营业收入2000万元以上\t10万元\n")(size - len(_TABLE)),
    "merged cells": lambda size: _merged_cells(size - len(_TABLE)),
    "wide rows": lambda size: _repeated("企业\t")(size // 2) + "\n" + _repeated("\t甲")(size // 2),
    "telephones": _repeated("电话0000-1234567"),
    "letters": _repeated("ABC-9 "),
    "denials": _repeated("未不得无"),
    "refusals": _repeated("已享受补贴的不予"),
    "first": _repeated("首次新"),
    "ends": _repeated("废止"),
    "issuers": _repeated("示例市财政局"),
    "about": _repeated("关于印发"),
}  # fmt: skip


def hostile(kind: str, size: int) -> str:
    """A document of `size` characters and a frame, filled with one kind: as a condition, as a subject, and alone."""
    filling = FILLINGS[kind](size // 3)
    return f"{_TITLE}一、申报条件\n{filling}\n二、奖励标准\n对{filling}给予奖励10万元。\n{filling}"
