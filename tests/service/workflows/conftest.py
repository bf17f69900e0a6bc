"""A data folder and a real sandbox for tests of whole journeys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.store.data_folder import DataFolder

MEASURES = """示例市人民政府关于印发示例市支持企业创新若干措施的通知
示例府〔2026〕{number}号

第一条 对首次认定的高新技术企业，给予一次性奖励{amount}万元。
第二条 上年度营业收入2000万元以上的制造业企业，购置设备的，按设备投资额的10%给予补助，最高不超过200万元。
第三条 本措施自2026年1月1日起施行，有效期至2028年12月31日。

示例市人民政府
2025年12月20日
"""


def now() -> datetime:
    """A fixed moment for what is stored."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


def write_measures(path: Path, number: int = 1, amount: int = 30) -> Path:
    """One policy file of our own on disk; number and amount make it another document."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MEASURES.format(number=number, amount=amount), encoding="utf-8")
    return path
