"""The benchmark of search runs, keeps its rows, and scores right. No timing is judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import bench_search as command

_TEXTS = {
    "甲": "对工业企业技术改造项目给予补助。",
    "乙": "对不裁员的用人单位返还失业保险费。",
    "丙": "对餐饮企业给予奖励。",
}
_QUESTIONS = [
    ("技术改造有哪些补助？", "甲"),
    ("请问失业保险费返还给谁", "乙"),
    ("餐饮奖励", "丙"),
    ("缺的", "丁"),
]


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in _TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    questions = tmp_path / "questions.jsonl"
    lines = [json.dumps({"question": question, "doc_id": id_}) for question, id_ in _QUESTIONS]
    questions.write_text("\n".join(lines), encoding="utf-8")
    return questions, folder


def test_every_engine_answers_and_a_row_each_is_kept(
    given: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(command, "GRID", [(1.5, 0.9)])
    results = tmp_path / "RESULTS.md"
    command.main(*given, results, blocks=1)
    rows = [line.split(" | ") for line in results.read_text("utf-8").splitlines() if line.startswith("| 20")]
    told = capsys.readouterr().out
    assert rows[0][4] == "ours" and all(len(row) == len(command.TABLE.columns) for row in rows)
    assert {row[5] for row in rows} == {"1.0000"}, "three plain questions, which every engine can answer"
    assert all(row[4] in told for row in rows)
    assert {tuple(row[1:4]) for row in rows} == {("given", "3", "3")}


class _Fixed:
    name = "fixed"

    def ask(self, question: str) -> list[int]:
        return {"一": [0, 1], "二": [0, 1], "三": []}[question]


def test_the_figures_are_those_of_the_ranks() -> None:
    corpus = command.Corpus("x", [("a", "", ""), ("b", "", "")], [("一", "a"), ("二", "b"), ("三", "a")])
    found = command.score(corpus, _Fixed())
    assert found == pytest.approx(
        {"MRR@10": 0.5, "R@1": 1 / 3, "R@10": 2 / 3, "nDCG@10": (1 + 0.63093) / 3}, abs=1e-5
    )


def test_our_samples_ask_for_their_own_documents() -> None:
    corpus = command.sample_corpus()
    known = {id_ for id_, _, _ in corpus.documents}
    assert len(corpus.questions) >= 100 and {id_ for _, id_ in corpus.questions} <= known
    assert corpus == command.sample_corpus()
