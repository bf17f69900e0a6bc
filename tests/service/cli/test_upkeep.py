"""`huiqi upkeep` as an administrator sees it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policy_corpus.reading.sandbox import Sandbox
from service.cli import cli
from service.store.data_folder import DataFolder
from service.store.proposals import ProposalKind, ProposalState
from service.workflows.load_policies import load_policies
from tests.service.workflows.upkeep.conftest import NOW, measures


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A library with a new edition to be decided, and one document past its term."""
    texts = (
        measures(),
        measures(reward=50),
        measures("示例市另一若干措施", number="示例府〔2023〕2号", dated="2023年1月5日",
                 term="本措施自2023年1月1日起施行，有效期至2024年12月31日。"),
    )  # fmt: skip
    path = tmp_path / "data"
    with DataFolder.open(path) as folder, Sandbox() as sandbox:
        for number, text in enumerate(texts):
            file = tmp_path / f"{number}.txt"
            file.write_text(text, encoding="utf-8")
            list(load_policies(folder, [file], sandbox, lambda: NOW, publish=True))
    return path


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), "upkeep", *arguments])


def read(data: Path, *arguments: str) -> Any:
    return json.loads(run(data, *arguments, "--json").stdout)


def test_proposals_are_found_listed_and_decided(data: Path) -> None:
    assert "新建议 1 条" in run(data, "run", "--as-of", "2026-11-24").stdout
    listed = run(data, "list").stdout
    assert "[新版文件]" in listed and "[到期事项]" in listed and "共 2 条" in listed
    assert run(data, "accept", "--all", "expiry").stdout == "已采纳 1 条建议\n"
    (edition,) = read(data, "list")
    assert edition["kind"] == "edition" and edition["state"] == "open"
    shown = json.loads(run(data, "show", str(edition["id"])).stdout)
    assert [item["changed"] for item in shown["items"]] == [["benefits"], []]
    assert "起重新列出" in run(data, "later", str(edition["id"])).stdout
    assert run(data, "accept", str(edition["id"])).stdout == "已采纳 1 条建议\n"
    assert read(data, "list") == [] and len(read(data, "list", "--state", "accepted")) == 2


def test_a_declined_edition_may_be_a_document_of_its_own(data: Path) -> None:
    (edition,) = read(data, "list", "--kind", "edition")
    assert run(data, "decline", str(edition["id"]), "--separate", "--note", "两份文件").exit_code == 0
    with DataFolder.open(data) as folder:
        (kept,) = folder.proposals.each(state=ProposalState.DECLINED, kind=ProposalKind.EDITION)
    assert kept.note == "两份文件"


def test_a_relation_by_hand_and_the_clock(data: Path) -> None:
    with DataFolder.open(data) as folder:
        first, second, _ = (row["id"] for row in folder.db.query("select id from documents order by id"))
    assert run(data, "relate", first, "废止", second, "--day", "2026-06-01").stdout == "已注明\n"
    with DataFolder.open(data) as folder:
        assert folder.documents.endings()[second].by_document_id == first
    clocks = read(data, "clock", "--all", "--as-of", "2026-12-31")
    assert [clock["state"] for clock in clocks] == ["late", "in_time", "in_time"]
    assert "按时 67%" in run(data, "clock", "--as-of", "2026-12-31").stdout


@pytest.mark.parametrize(
    "arguments", [("accept",), ("accept", "1", "--all", "expiry"), ("accept", "1", "--keep", "benefits")]
)
def test_wrong_usage_is_said(data: Path, arguments: tuple[str, ...]) -> None:
    assert run(data, *arguments).exit_code == 2


def test_dead_links_are_listed_and_decided_from_the_shell(data: Path) -> None:
    assert run(data, "links").stdout == "共 0 个\n" and read(data, "links") == []
    unknown = run(data, "link", "http://unknown.example/", "--dismiss")
    assert "没有这个链接" in str(unknown.exception)
    assert run(data, "link", "http://unknown.example/").exit_code == 2
