"""Enterprises as Parquet come back as they are kept, however they are grouped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from matching.model import Enterprise, Fact
from service.enterprise_parquet import GROUPS_PER_FILE, read_group, write_groups
from service.store.data_folder import DataFolder
from tests.factories import make_enterprise

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("per_group", [1, 7, 100])
def test_enterprises_come_back_group_by_group(tmp_path: Path, per_group: int) -> None:
    facts = {
        "revenue": Fact(Decimal("35000000.123456789012345"), "企业填报", date(2026, 6, 1), "2025"),
        "qualification": Fact(("高新技术企业", "“专精特新”\n企业"), "导入：名录.xlsx"),
        "above_scale": Fact(True, "企业填报"),
        "region": Fact("360403", "企业填报", None, None),
    }
    count = 2 * GROUPS_PER_FILE + 3
    with DataFolder.open(tmp_path / "data") as folder, folder.db.atomic():
        for number in range(count):
            known = dict(list(facts.items())[: number % 5])
            folder.enterprises.register(Enterprise(f"91360400MA{number:08}", f"示例{number}", known), NOW)
        groups = write_groups(tmp_path / "enterprises", folder.enterprises.rows(), per_group)
        kept = list(folder.enterprises.all())
    assert [group.count for group in groups[:-1]] == [per_group] * (len(groups) - 1)
    read = [read_group(tmp_path / "enterprises", group.number) for group in groups]
    assert [one for some in read for one in some] == kept and len(kept) == count
    assert [(some[0].uscc, some[-1].uscc, len(some)) for some in read] == [
        (group.first, group.last, group.count) for group in groups
    ]


def test_no_enterprises_make_no_groups(tmp_path: Path) -> None:
    assert write_groups(tmp_path / "none", [], 5) == []
    alone = make_enterprise()
    with DataFolder.open(tmp_path / "data") as folder:
        folder.enterprises.register(alone, NOW)
        (group,) = write_groups(tmp_path / "one", folder.enterprises.rows(), 5)
    assert alone.uscc in str(group) and "共 1 家" in str(group)
