"""Companies that may be one are found by four signs, and those that only look alike are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stdnum.cn import uscc as standard

from service.actors import Actor, Role
from service.store.data_folder import DataFolder
from service.store.enterprise_duplicates import Sign, find_candidates
from service.workflows.correct_facts import rename_company
from service.workflows.merge_enterprises import keep_apart, merge_enterprises
from tests.factories import make_enterprise, make_uscc

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLERK = Actor("示例管理员", Role.ADMIN)
FAR = [make_uscc(number) for number in (111111, 222222, 333333, 444444)]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path) as opened:
        yield opened


def add(folder: DataFolder, uscc: str, name: str) -> None:
    folder.enterprises.register(make_enterprise(uscc, name, revenue=1), NOW)


def signs(folder: DataFolder) -> list[tuple[Sign, set[str]]]:
    return [(pair.sign, {pair.one.uscc, pair.other.uscc}) for pair in find_candidates(folder.db)]


def test_one_name_written_in_two_ways_is_found(folder: DataFolder) -> None:
    add(folder, FAR[0], "示例（九江）云帆科技有限责任公司")
    add(folder, FAR[1], "示例(九江)云帆科技有限公司")
    add(folder, FAR[2], "示例（南昌）云帆科技有限公司")
    assert signs(folder) == [(Sign.SAME_NAME, {FAR[0], FAR[1]})]


def test_a_former_name_that_another_bears_is_found(folder: DataFolder) -> None:
    add(folder, FAR[0], "示例云帆科技有限公司")
    rename_company(folder, FAR[0], "示例远航集团有限公司", reason="更名", by=CLERK, now=NOW)
    add(folder, FAR[1], "示例云帆科技有限公司")
    add(folder, FAR[2], "示例星海食品有限公司")
    assert signs(folder) == [(Sign.RENAMED, {FAR[0], FAR[1]})]


def test_the_same_organisation_number_under_two_offices_is_found(folder: DataFolder) -> None:
    one, other = make_uscc(111111, "360400"), make_uscc(111111, "360100")
    add(folder, one, "示例云帆科技有限公司")
    add(folder, other, "示例星海食品有限公司")
    add(folder, FAR[1], "示例山川食品有限公司")
    assert signs(folder) == [(Sign.SAME_ORGANISATION, {one, other})]


def test_codes_one_digit_apart_are_found_where_the_names_are_alike(folder: DataFolder) -> None:
    one = FAR[0]
    body = one[:12] + ("7" if one[12] != "7" else "8") + one[13:17]
    near = body + standard.calc_check_digit(body)
    add(folder, one, "示例云帆智能装备有限公司")
    add(folder, near, "示例云帆智能装备公司")
    add(folder, make_uscc(111112), "示例星海食品有限公司")
    assert signs(folder) == [(Sign.NEAR_CODE, {one, near})]


def test_what_was_merged_or_found_different_is_not_proposed_again(folder: DataFolder) -> None:
    for uscc in FAR[:3]:
        add(folder, uscc, "示例云帆科技有限公司")
    assert len(signs(folder)) == 2
    merge_enterprises(folder, FAR[0], FAR[1], {}, reason="同一家", by=CLERK, now=NOW)
    assert len(signs(folder)) == 1
    keep_apart(folder, FAR[0], FAR[2], by=CLERK, now=NOW)
    assert signs(folder) == []
