"""The catalogue: built, changed, kept on disk, opened; whatever way it came to be, it answers the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.catalogue.catalogue import Catalogue
from matching.catalogue.catalogue_files import read_catalogue, save_catalogue
from matching.catalogue.day import Day, Standing
from matching.errors import IndexNotBuilt
from matching.match import rank_items
from policy_corpus.model import AnyOf, FreeText, ItemStatus, Operator, PolicyItem
from tests.factories import make_condition, make_enterprise, make_item, make_span

TODAY = date(2026, 11, 24)
COMPANY = make_enterprise(region="360403", revenue=35_000_000, qualification=("高新技术企业",))
CONDITIONS = (
    make_condition("revenue", Operator.GE, Decimal(20_000_000)),
    make_condition("region", Operator.EQ, "江西省"),
    make_condition("region", Operator.EQ, "浙江省"),
    make_condition("region", Operator.EQ, "九江市"),
    AnyOf((make_condition("qualification", Operator.HAS, "高新技术企业"), FreeText(make_span("效益良好")))),
    make_condition("event", Operator.HAS, "首次获评示范"),
)
TITLES = ("技术改造补助", "高新技术企业奖励", "示例贷款贴息", "出口信用补贴")
ITEMS = st.builds(
    lambda number, conditions, title: make_item(*conditions, id=f"{number:016x}-001", title=title),
    st.integers(0, 12),
    st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3),
    st.sampled_from(TITLES),
)
CHANGES = st.lists(
    st.tuples(ITEMS, st.sampled_from((ItemStatus.PUBLISHED, ItemStatus.WITHDRAWN))), max_size=6
)


def _title(document_id: str) -> str:
    return f"示例措施{document_id[-2:]}"


def _answers(catalogue: Catalogue) -> object:
    known = {id_: Standing(listed=True) for id_ in catalogue.document_ids()}
    matches = rank_items(COMPANY, Day.of(catalogue, TODAY, known), include_ineligible=True).matches()
    few = rank_items(COMPANY, Day.of(catalogue, TODAY, known)).matches()
    return matches, few


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEMS, max_size=8), st.lists(CHANGES, max_size=3))
def test_a_changed_catalogue_answers_as_one_built_anew(
    first: list[PolicyItem], rounds: list[list[tuple[PolicyItem, ItemStatus]]]
) -> None:
    held = {item.id: item for item in first}
    catalogue = Catalogue.build(1, held.values(), _title)
    for version, changes in enumerate(rounds, 2):
        changed = {item.id: replace(item, status=status) for item, status in changes}
        catalogue = catalogue.with_changes(version, changed.values(), _title)
        held |= changed
    held = {id_: item for id_, item in held.items() if item.status is ItemStatus.PUBLISHED}
    assert _answers(catalogue) == _answers(Catalogue.build(9, held.values(), _title))
    assert {id_ for id_ in map("{:016x}-001".format, range(13)) if catalogue.find(id_) is not None} == set(
        held
    )
    ranks = {
        catalogue.ids[at]: int(catalogue.id_ranks[at]) for at in range(catalogue.size) if catalogue.live[at]
    }
    assert sorted(ranks, key=ranks.__getitem__) == sorted(held)


def _some(count: int) -> list[PolicyItem]:
    return [
        make_item(CONDITIONS[n % len(CONDITIONS)], id=f"{n:016x}-001", title=TITLES[n % len(TITLES)])
        for n in range(count)
    ]


def test_what_is_saved_comes_back_and_an_update_leaves_the_base_files_alone(tmp_path: Path) -> None:
    catalogue = save_catalogue(tmp_path, Catalogue.build(1, _some(20), _title))
    assert _answers(catalogue) == _answers(Catalogue.build(1, _some(20), _title))
    (before,) = tmp_path.glob("g-*/base/sheet/bodies.npy")
    gone = replace(_some(20)[3], status=ItemStatus.WITHDRAWN)
    changed = catalogue.with_changes(2, [gone, *_some(24)[20:]], _title)
    again = save_catalogue(tmp_path, changed)
    assert (again.version, again.size) == (2, 24) and _answers(again) == _answers(changed)
    after = [path for path in tmp_path.glob("g-*/base/sheet/bodies.npy") if path != before]
    assert [path.stat().st_ino for path in after] == [before.stat().st_ino]
    assert _answers(read_catalogue(tmp_path, verify=True)) == _answers(changed)


def test_two_who_save_at_once_leave_a_whole_catalogue(tmp_path: Path) -> None:
    first = save_catalogue(tmp_path, Catalogue.build(1, _some(8), _title))
    save_catalogue(tmp_path, Catalogue.build(2, _some(12), _title))
    late = save_catalogue(tmp_path, first.with_changes(3, _some(9)[8:], _title))
    assert _answers(read_catalogue(tmp_path, verify=True)) == _answers(late)
    assert late.size == 9


@pytest.mark.parametrize("name", ["base/columns/tokens", "text/base/lists", "tail/sheet/bodies"])
def test_a_catalogue_with_a_file_missing_is_refused(tmp_path: Path, name: str) -> None:
    save_catalogue(tmp_path, Catalogue.build(1, _some(8), _title))
    found = list(tmp_path.glob(f"g-*/{name}.npy"))
    assert found, sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.npy"))
    found[0].unlink()
    with pytest.raises(IndexNotBuilt, match="huiqi index"):
        read_catalogue(tmp_path)
