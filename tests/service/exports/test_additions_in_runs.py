"""A match run takes what was added to the tables along: one process, several and Dask workers write the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matching.segmenting import weigh_terms
from policy_corpus.additions import NOTHING, AddedTitle, Additions, held, use
from policy_corpus.facts import FactDefinition, FactKind
from policy_corpus.model import Operator
from service.exports.writing import Workforce
from service.store.data_folder import DataFolder
from tests.factories import make_condition, make_enterprise, make_item, make_span
from tests.service.exports.test_writing import write
from tests.service.exports.town import NOW, make_town

ROBOTS = FactDefinition("robots", FactKind.COUNT, "机器人数量", "台")
ADDED = Additions(
    *weigh_terms(("示例机器人",)), titles=(AddedTitle("示例链长企业", "", ("链长",)),), facts=(ROBOTS,)
)
USCC = f"91360400MA{1:08}"


@pytest.fixture(autouse=True)
def nothing_in_place() -> Iterator[None]:
    use(NOTHING)
    yield
    use(NOTHING)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town, with an item that asks for an added fact and an added title, and a company that has both."""
    path = make_town(tmp_path_factory.mktemp("town"))
    asked = (
        make_condition("robots", Operator.GE, 30, span=make_span("机器人数量30台以上"), unit="台"),
        make_condition("qualification", Operator.HAS, "示例链长企业", span=make_span("示例链长企业")),
    )
    with held(ADDED), DataFolder.open(path) as folder, folder.db.atomic():
        folder.policies.add([make_item(*asked, id=f"{0:016x}-900", title="示例机器人奖励")])
        company = make_enterprise(USCC, "示例机器人科技有限公司", robots=31, qualification=("链长",))
        folder.enterprises.register(company, NOW)
    return path


def test_every_way_of_running_writes_the_same(town: Path, tmp_path: Path) -> None:
    with held(ADDED):
        alone = write(town, tmp_path / "alone.jsonl", include_ineligible=True)
        ways = {"two": Workforce(processes=2), "cluster": Workforce(cluster="local:1")}
        for name, way in ways.items():
            assert write(town, tmp_path / f"{name}.jsonl", way, include_ineligible=True) == alone
    assert alone.decode().count("机器人数量为 31 台") == 1
    assert '"示例机器人"' in alone.decode()  # a term that makes its relevance
    use(NOTHING)
    plain = write(town, tmp_path / "plain.jsonl", include_ineligible=True)
    assert "机器人数量为" not in plain.decode()  # nothing is left in place
