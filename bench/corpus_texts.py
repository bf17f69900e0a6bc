"""Clauses of synthetic policies and profiles, from our own templates whose slots are filled with drawn words.

{n} is a noun, {v} a verb, {p} a place, {d} a figure; {s} and {g} are the acts and nouns of governments. `Pen` draws the words of one text in bulk, three in five from its
topic, the others from the whole dictionary.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from itertools import accumulate

from bench.corpus_words import everything, topics

_OWN = 0.6  # share of the words that come from the text's topic


def _parse(template: str) -> tuple[str, ...]:
    return tuple(re.split(r"\{([nvpdsg])\}", template))


CLAUSES = tuple(
    map(
        _parse,
        (
            "围绕{n}、{n}、{n}等重点方向，{s}{n}与{n}深度融合，形成{g}优势",
            "{s}企业面向{n}需求{v}{n}，加快{n}、{n}的推广应用",
            "{s}有条件的{g}{v}{n}，建设{n}、{n}公共{g}",
            "{s}{n}机构为企业{v}{n}，降低{n}成本",
            "对牵头{v}{n}{g}的，按{n}、{n}的实际贡献分类{s}",
            "在{p}、{p}等地设立{n}{g}，{v}{n}经验",
            "{s}{n}数字化改造，实现{n}、{n}、{n}全流程可追溯",
            "{s}{n}人才队伍，开展{n}、{n}专题培训不少于{d}次",
            "对使用{n}、{n}替代{n}的{g}优先安排",
            "{s}{n}供需对接，让{g}{v}{n}市场",
            "{s}{n}风险分担机制，扩大{n}、{n}覆盖面",
            "在{p}培育一批{n}、{n}特色品牌，{v}{n}影响力",
            "{s}{n}{g}参加{p}、{p}举办的{n}展会",
            "实行{n}清单管理，对{n}、{n}给予{g}保障",
            "新建{n}、{n}{g}投产后，{v}{n}的部分纳入统计",
            "{s}高校院所与{g}联合{v}{n}，共建{n}实验室",
            "对{n}、{n}、{n}领域的首台套产品加大{s}力度",
            "{s}{n}办理流程，做到{n}、{n}一次办结",
            "依托{p}的{n}资源，{s}{n}、{n}新业态",
            "引入社会资本参与{n}、{n}建设，放大{g}效应",
            "对实施{n}节能改造、{v}{n}的{g}，核定{n}后予以{s}",
            "发挥{n}基金作用，重点投向{n}、{n}、{n}早期{g}",
            "{s}{n}服务商为小微主体提供{n}、{n}、{n}等{g}",
            "{s}{n}协同，畅通{n}、{n}上下游衔接",
            "每年遴选{d}个{n}{g}，在{n}、{n}方面先行先试",
            "把{n}纳入{g}评价，{v}{n}的结果与{n}挂钩",
            "{n}、{n}所需的{n}由{g}统筹，{s}{n}共享",
            "到{p}开展{n}招引，{v}{n}、{n}等配套环节",
            "{s}{n}出口，对{n}、{n}的检测认证费用予以分担",
            "建立{n}{g}联席会议，及时{v}{n}、{n}中的难题",
            "允许{n}先用后付，{v}{n}、{n}的门槛进一步放宽",
            "将{n}、{n}列入首购目录，{s}{g}采购{n}",
            "探索{n}与{n}、{n}联动的{g}，适时{v}{n}",
            "{p}、{p}的{n}可参照执行，{n}另行规定",
        ),
    )
)
# Words that clauses share: what governments do, and what they do it with.
_ACTS = ["支持", "鼓励", "引导", "推动", "推进", "加强", "完善", "强化", "组织", "帮助", "优化", "深化", "落实", "促进", "健全", "拓展", "培育", "规范", "协调", "激励", "提升", "保障", "扶持", "加快", "统筹", "创新", "巩固", "聚焦", "倡导", "畅通"]  # fmt: skip
_GENERAL = ["平台", "项目", "企业", "服务", "机制", "体系", "中心", "基地", "园区", "单位", "标准", "资金", "机构", "团队", "产品", "技术", "设备", "示范点", "工程", "方案", "渠道", "载体", "联盟", "集群", "场景", "试点", "专项", "主体", "窗口", "要素", "网络", "目录", "数据库", "联合体", "工作站", "协会", "实训基地", "供应链", "产业链", "孵化器"]  # fmt: skip
_SHARED = {
    kind: tuple(accumulate(1 / (at + 4) for at in range(len(words))))
    for kind, words in (("s", _ACTS), ("g", _GENERAL))
}
STATEMENTS = tuple(
    map(
        _parse,
        (
            "从事{n}、{n}、{n}的研发和生产",
            "主要产品为{n}、{n}、{n}和{n}",
            "为{n}、{n}客户提供{n}服务",
            "购置{n}、{n}设备，{v}{n}",
            "与{p}的{n}单位合作{v}{n}",
            "正在{v}{n}、{n}一体化项目",
            "销往{p}、{p}，用于{n}、{n}",
            "拥有{n}、{n}、{n}核心技术",
        ),
    )
)
TITLES = tuple(
    map(_parse, ("{s}{n}{n}产业发展若干措施", "{s}{n}与{n}融合发展实施办法", "关于{v}{n}、做强{n}的若干政策",
                 "{n}高质量发展扶持办法"))
)  # fmt: skip
MATTERS = tuple(map(_parse, ("{n}{n}项目奖励", "{v}{n}补助", "{n}示范建设支持", "{n}、{n}推广补贴", "{v}{n}{g}资助", "{n}{g}贴息")))  # fmt: skip


@dataclass(slots=True)
class Pen:
    """Fills templates with the words of one text. topic: a number below TOPICS."""

    chance: random.Random
    topic: int
    _stock: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, template: tuple[str, ...]) -> str:
        """One template as text."""
        parts = list(template)
        for at in range(1, len(parts), 2):
            parts[at] = self.word(parts[at])
        return "".join(parts)

    def one_of(self, templates: tuple[tuple[str, ...], ...]) -> str:
        """Any of the templates as text."""
        return self.fill(self.chance.choice(templates))

    def word(self, kind: str) -> str:
        """The next word of a kind (see the module)."""
        stock = self._stock.get(kind)
        if not stock:
            stock = self._stock[kind] = self._drawn(kind)
        return stock.pop()

    def _drawn(self, kind: str) -> list[str]:
        if kind == "d":
            return [str(self.chance.randint(2, 99)) for _ in range(4)]
        if kind in _SHARED:
            words = _ACTS if kind == "s" else _GENERAL
            return self.chance.choices(words, cum_weights=_SHARED[kind], k=8)
        name, count = {"n": ("noun", 40), "v": ("verb", 10), "p": ("place", 6)}[kind]
        own = round(count * _OWN)
        words = getattr(topics()[self.topic], name).draw(self.chance, own)
        words += getattr(everything(), name).draw(self.chance, count - own)
        self.chance.shuffle(words)
        return words
