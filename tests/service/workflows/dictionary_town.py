"""A policy that names what the built-in tables do not know, and two companies that differ in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor, Role
from service.store.data_folder import DataFolder
from service.workflows.load_policies import load_policies
from tests.factories import make_enterprise
from tests.service.workflows.conftest import now

ANNE, BERT = Actor("示例甲", Role.ADMIN), Actor("示例乙", Role.ADMIN)
POLICY = """示例市人民政府关于印发示例市支持机器人应用若干措施的通知
示例府〔2026〕{number}号

第一条 对机器人保有量达到30台以上的企业，给予一次性奖励{amount}万元。
第二条 对获评示例链长企业称号的企业，给予一次性奖励20万元。
第三条 对在示例滨江产业区注册的企业，给予一次性奖励10万元。
第四条 对已建立首席数据官制度的企业，给予一次性奖励5万元，支持示例科创贷发展。

示例市人民政府
2025年12月20日
"""
MANY, FEW = "91360400MA35A00018", "91360400MA35B00021"
TERM: tuple[str, dict[str, Any]] = ("term", {"word": "示例科创贷"})
SYNONYM: tuple[str, dict[str, Any]] = ("synonym", {"words": "机器人=自动化装备"})
TITLE: tuple[str, dict[str, Any]] = ("title", {"name": "示例链长企业", "others": "链长单位"})
ZONE: tuple[str, dict[str, Any]] = ("zone", {"name": "示例滨江产业区", "parent": "360400"})
ROBOTS: tuple[str, dict[str, Any]] = (
    "fact",
    {"key": "robots", "label": "机器人数量", "kind": "count", "unit": "台", "synonyms": "机器人保有量", "per_period": True},
)  # fmt: skip
EVERY_KIND = (TERM, SYNONYM, TITLE, ZONE, ROBOTS)


def fill(folder: DataFolder, sandbox: Sandbox, place: Path, *, publish: bool = True) -> None:
    """Load the policy twice over, as two documents, and register the companies."""
    place.mkdir(parents=True, exist_ok=True)
    for number, amount in ((1, 50), (2, 60)):
        text = POLICY.format(number=number, amount=amount) + "附言。" * (number * 40)
        (place / f"示例{number}.txt").write_text(text, encoding="utf-8")
    outcomes = list(load_policies(folder, sorted(place.iterdir()), sandbox, now, publish=publish))
    assert all(outcome.reason is None for outcome in outcomes), outcomes
    for uscc, titles in ((MANY, ("链长单位",)), (FEW, ("绿色工厂",))):
        company = make_enterprise(uscc, f"示例公司{uscc[-3:]}", qualification=titles, region="360402")
        folder.enterprises.register(company, now())
