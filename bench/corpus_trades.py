"""Trades, titles and statements that synthetic policies ask for and synthetic companies have."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bench.corpus_words import TOPICS
from policy_corpus.codes.industries import path


@dataclass(frozen=True, slots=True)
class Trade:
    """A class of GB/T 4754. names: of the section, the division, the group and the class, the widest first."""

    code: str
    names: tuple[str, ...]


TITLES_HELD = (
    "高新技术企业", "专精特新中小企业", "创新型中小企业", "科技型中小企业", "专精特新小巨人企业", "瞪羚企业", "绿色工厂",
    "省级绿色工厂", "智能工厂", "数字化车间", "省级企业技术中心", "市级企业技术中心", "工业设计中心", "制造业单项冠军企业",
    "省级重点实验室", "知识产权优势企业", "技术先进型服务企业", "农业产业化龙头企业", "绿色供应链管理企业", "新型研发机构",
)  # fmt: skip
EVENTS = ("首次纳入规模以上统计", "新增设备投资", "首次通过高新技术企业认定", "完成技术改造项目竣工验收", "新引进高层次人才",
          "首次参加境外展会", "完成股份制改造", "新取得发明专利授权", "吸纳高校毕业生就业", "获得银行贷款")  # fmt: skip
DEEDS = ("购置生产设备", "实施智能化改造", "开展产学研合作", "参加展会", "租赁标准厂房", "开展职工技能培训", "实施节能改造",
         "建设研发平台", "开展跨境电商业务", "参与制定行业标准", "投保科技保险", "建设屋顶光伏", "设立境外分支机构")  # fmt: skip
STATED_OTHERS = (
    "项目已完成备案",
    "拥有自有品牌",
    "产品列入推广目录",
    "已缴纳社会保险",
    "建立工会组织",
    "具有自营进出口权",
)


@cache
def trades() -> tuple[Trade, ...]:
    """All classes of four digits, in the order of their codes."""
    table = resources.files("policy_corpus.codes").joinpath("data", "industries.csv").read_text("utf-8")
    codes = (row["code"] for row in csv.DictReader(table.splitlines()))
    return tuple(Trade(code, tuple(step.name for step in path(code))) for code in codes if len(code) == 5)


@cache
def _by_topic() -> tuple[tuple[Trade, ...], ...]:
    shuffled = list(trades())
    random.Random(3).shuffle(shuffled)
    return tuple(tuple(shuffled[topic::TOPICS]) for topic in range(TOPICS))


def trade_of_topic(chance: random.Random, topic: int) -> Trade:
    """One of the few trades whose words a topic has: companies and policies of one trade share a topic."""
    return chance.choice(_by_topic()[topic])
