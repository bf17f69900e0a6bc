"""Documents on disk, loaded and published, for tests of the upkeep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor, Role
from service.store.data_folder import DataFolder
from service.workflows.load_policies import FileOutcome, load_policies

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLERK = Actor("示例管理员", Role.ADMIN)
OTHER = Actor("另一管理员", Role.ADMIN)

MEASURES = """{issuer}关于印发{title}的通知
{number}

第一条 对首次认定的高新技术企业，给予一次性奖励{reward}万元。
第二条 上年度营业收入2000万元以上的制造业企业，购置设备的，按设备投资额的10%给予补助，最高不超过{cap}万元。
{more}第九条 {term}

{issuer}
{dated}
"""


def measures(
    title: str = "示例市支持企业创新若干措施",
    *,
    issuer: str = "示例市人民政府",
    number: str = "示例府〔2026〕1号",
    reward: int = 30,
    cap: int = 200,
    more: str = "",
    term: str = "本措施自2026年1月1日起施行，有效期至2028年12月31日。",
    dated: str = "2025年12月20日",
) -> str:
    return MEASURES.format(**locals())


Load = Callable[..., FileOutcome]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


@pytest.fixture
def load(folder: DataFolder, sandbox: Sandbox, tmp_path: Path) -> Load:
    """Load one text as a file; published unless said otherwise."""

    def loading(
        text: str, name: str = "示例.txt", *, publish: bool = True, at: datetime = NOW
    ) -> FileOutcome:
        path = tmp_path / f"{len(folder.documents)}-{name}"
        path.write_text(text, encoding="utf-8")
        [outcome] = load_policies(folder, [path], sandbox, lambda: at, publish=publish)
        return outcome

    return loading
