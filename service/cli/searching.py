"""`huiqi search`: words -> items or documents, one query or a stream of questions."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import click

from service.cli.context import (
    CliContext,
    as_of_option,
    data_option,
    day_of,
    input_lines,
    json_option,
    print_json,
    print_json_line,
)
from service.shapes import document_hit_to_json, item_hit_to_json, item_results_to_json
from service.store.data_folder import DataFolder
from service.store.shelf import read_shelf
from service.workflows.search_policies import DocumentSearch, search_items


class _Searcher:
    """One way to ask for both places, with everything opened once."""

    def __init__(self, folder: DataFolder, place: str, as_of: datetime | None, limit: int) -> None:
        self._folder, self._limit = folder, limit
        self._documents = DocumentSearch(folder) if place == "documents" else None
        self._shelf = None if self._documents else read_shelf(folder, day_of(as_of))

    def answer(self, words: str) -> dict[str, Any]:
        """The whole answer, with `results` in it."""
        if self._documents is not None:
            hits = self._documents.search(words, limit=self._limit)
            return {"words": words, "results": [document_hit_to_json(hit) for hit in hits]}
        assert self._shelf is not None  # noqa: S101  # one of the two is always set
        return item_results_to_json(search_items(self._folder, self._shelf, words, limit=self._limit))

    def hits(self, words: str) -> list[dict[str, Any]]:
        """Only the hits, without counting facets again for every question of a stream."""
        if self._documents is not None:
            return [document_hit_to_json(hit) for hit in self._documents.search(words, limit=self._limit)]
        assert self._shelf is not None  # noqa: S101
        found = search_items(self._folder, self._shelf, words, limit=self._limit)
        return [item_hit_to_json(hit) for hit in found.hits]


@click.command()
@click.argument("words", nargs=-1)
@click.option(
    "--in", "place", type=click.Choice(["items", "documents"]), default="items", help="在事项或文件中查找"
)
@click.option("--top", type=click.IntRange(1, 1000), default=20, help="最多列出几条")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="从标准输入逐行读取 {qid, question}，逐行输出结果")
@as_of_option
@json_option
@data_option
@click.pass_obj
def search(
    context: CliContext,
    words: tuple[str, ...],
    place: str,
    top: int,
    as_jsonl: bool,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """按文字查找政策事项（默认）或政策文件。"""
    if as_jsonl == bool(words):
        raise click.UsageError("请给出要查找的文字，或用 --jsonl 从标准输入读取问题，二者选一")
    with context.open() as folder:
        searcher = _Searcher(folder, place, as_of, top)
        if as_jsonl:
            sys.exit(1 if _answer_lines(searcher) else 0)
        answer = searcher.answer(" ".join(words))
    if as_json:
        print_json(answer)
        return
    for hit in answer["results"]:
        click.secho(f"{hit['score']:.3f}  {hit['title']}", bold=True)
        click.echo(f"       《{hit['document']['title']}》  {hit.get('item_id', hit['document']['id'])}")
        click.echo(f"       {hit['excerpt']}")
    click.echo(f"共 {answer.get('total', len(answer['results']))} 条")


def _answer_lines(searcher: _Searcher) -> int:
    failed = 0
    for number, line in input_lines():
        try:
            asked = json.loads(line)
            qid, question = asked["qid"], str(asked["question"])
        except (ValueError, KeyError, TypeError) as error:
            failed += 1
            click.echo(f"第 {number} 行无法识别：应为含 qid、question 的 JSON（{error}）", err=True)
            continue
        print_json_line({"qid": qid, "results": searcher.hits(question)})
    return failed
