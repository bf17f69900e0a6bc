"""A synthetic city: policy items and questions drawn from lists of words, the same at every run."""

from __future__ import annotations

import csv
import random
from functools import cache
from importlib import resources

_TITLES = ["高新技术企业", "专精特新中小企业", "科技型中小企业", "绿色工厂", "智能工厂",
    "企业技术中心", "工业设计中心", "单项冠军企业", "龙头企业", "数字化车间"]  # fmt: skip
_DEEDS = ["购置设备", "技术改造", "研发投入", "参加展会", "租赁厂房", "招用毕业生", "贷款贴息",
    "首次纳入规模以上", "数字化转型", "申请专利", "引进人才", "出口增长", "节能改造", "品牌建设"]  # fmt: skip
_PLACES = ["市级", "省级", "国家级", "县级", "园区", "开发区", "高新区", "示范区"]
_GIVES = ["给予一次性奖励", "按投资额给予补助", "按利息给予贴息", "按实际支出给予补贴", "减免租金",
    "配套支持"]  # fmt: skip
_ASKS = ["在本市注册", "具有独立法人资格", "上年度营业收入不低于2000万元",
    "研发费用占营业收入比例5%以上", "从业人员50人以上", "信用良好", "依法纳税"]  # fmt: skip


@cache
def _trades() -> tuple[list[str], list[float]]:
    """Names of industries from our code table and how often each is spoken of: few often, most seldom."""
    table = resources.files("policy_corpus.codes").joinpath("data", "industries.csv").read_text("utf-8")
    names = [row["name"] for row in csv.DictReader(table.splitlines()) if len(row["code"]) == 5]
    random.Random(3).shuffle(names)
    return names, [1 / (rank + 5) for rank in range(len(names))]


def _some_trades(chance: random.Random, count: int) -> list[str]:
    names, weights = _trades()
    return chance.choices(names, weights, k=count)


def make_items(count: int, seed: int = 7) -> list[str]:
    """Texts of items, 60 to 160 characters each."""
    chance = random.Random(seed)
    return [_item(chance) for _ in range(count)]


def make_questions(count: int, seed: int = 11) -> list[str]:
    """Profiles and questions, 10 to 60 characters each."""
    chance = random.Random(seed)
    return [
        " ".join(
            [
                *_some_trades(chance, 2),
                *chance.sample(_TITLES, 2),
                *chance.sample(_DEEDS, chance.randint(1, 4)),
            ]
        )
        for _ in range(count)
    ]


def _item(chance: random.Random) -> str:
    asks = "，".join(chance.sample(_ASKS, chance.randint(2, 4)))
    subjects = "、".join(_some_trades(chance, chance.randint(1, 3)))
    number = chance.randint(1, 999)
    return (
        f"支持{chance.choice(_DEEDS)}。对{asks}的{subjects}企业，{chance.choice(_DEEDS)}并获评{chance.choice(_PLACES)}"
        f"{chance.choice(_TITLES)}的，{chance.choice(_GIVES)}{number}万元，编号{number}{chance.choice(_PLACES)}。"
    )
