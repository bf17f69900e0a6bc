"""`huiqi load` and `extract`: from files to items."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from policy_corpus.errors import UnreadableDocument
from policy_corpus.extraction import predict
from policy_corpus.model import Document, DocumentKind, PolicyItem
from policy_corpus.reading.limits import Limits, RecognitionLimits
from policy_corpus.reading.office import OfficeLimits
from policy_corpus.reading.sandbox import Sandbox
from policy_corpus.understanding import understand_safely
from service.cli.context import (
    CliContext,
    data_option,
    input_lines,
    json_option,
    now,
    print_json,
    print_json_line,
    with_progress,
)
from service.settings import Settings
from service.shapes import document_details_to_json, item_details_to_json
from service.store.policy_index import fresh_catalogue
from service.workflows.load_policies import FileOutcome, Outcome, find_files, load_policies
from service.workflows.policy_sources import Source, open_source


def sandbox_for(settings: Settings) -> Sandbox:
    """The child process that parses files, with the limits of the settings."""
    limits = Limits(
        memory_bytes=settings.read_memory_mb * 1024**2,
        cpu_s=settings.read_seconds,
        wall_s=settings.read_seconds,
        office=OfficeLimits(wall_s=max(OfficeLimits().wall_s, settings.read_seconds)),
        recognition=RecognitionLimits(
            cpu_s=2 * settings.ocr_seconds, wall_s=settings.ocr_seconds, pages=settings.ocr_pages
        ),
    )
    return Sandbox(limits)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--publish", is_flag=True, help="不经审核直接发布（征求意见稿、文字识别所得除外）")
@json_option
@data_option
@click.pass_obj
def load(context: CliContext, paths: tuple[Path, ...], publish: bool, as_json: bool) -> None:
    """载入政策文件或文件夹：原件入文件库，读出的事项入政策库。"""
    files = find_files(paths)
    outcomes: list[FileOutcome] = []
    with context.open() as folder, sandbox_for(context.settings()) as sandbox:
        found = load_policies(folder, files, sandbox, now, publish=publish)
        for outcome in with_progress(found, len(files), "载入"):
            outcomes.append(outcome)
            _report(outcome, as_json)
        if any(outcome.document_id for outcome in outcomes):
            fresh_catalogue(folder)
    summary = _summary(outcomes)
    if as_json:
        print_json({"files": [_outcome_json(outcome) for outcome in outcomes], "summary": summary})
    else:
        for line in _summary_lines(summary):
            click.echo(line)
    if summary["refused"]:
        sys.exit(1)


def _report(outcome: FileOutcome, as_json: bool) -> None:
    if outcome.outcome is Outcome.REFUSED:
        click.echo(f"未载入 {outcome.path}：{outcome.reason}", err=True)
        return
    if as_json or outcome.outcome is Outcome.PASSED_OVER:
        return
    state = "已载入" if outcome.outcome is Outcome.LOADED else "已在库"
    click.echo(f"{state} {outcome.path}：《{outcome.title}》（{outcome.kind}），事项 {outcome.items} 个")
    if outcome.edition is not None:
        click.echo(
            f"  是《{outcome.edition.title}》（{outcome.edition.document_id}，{outcome.edition.reason}）的新版，"
            "旧版事项照常有效，请用 huiqi upkeep 对照后决定"
        )
    elif outcome.near is not None:
        same = "为同一文件，其事项不重复发布" if outcome.near.same else "内容相近，请核对"
        click.echo(
            f"  与《{outcome.near.title}》（{outcome.near.document_id}，相似度 {outcome.near.similarity:.0%}）{same}"
        )
    for warning in outcome.warnings:
        click.echo(f"  注意：{warning}")


def _summary(outcomes: list[FileOutcome]) -> dict[str, int]:
    """What became of all files: counts, none of them counted from a refused file."""
    kinds = {kind.value: sum(entry.outcome is kind for entry in outcomes) for kind in Outcome}
    near = [entry.near for entry in outcomes if entry.near is not None]
    marked = {
        "files": len(outcomes) - kinds[Outcome.PASSED_OVER.value],
        "drafts_for_comment": sum(entry.kind is DocumentKind.DRAFT for entry in outcomes),
        "same_documents": sum(found.same for found in near),
        "near_duplicates": sum(not found.same for found in near),
        "new_editions": sum(entry.edition is not None for entry in outcomes),
    }
    once = {entry.document_id: entry for entry in outcomes if entry.document_id}.values()
    sums = ("items", "published", "held_back", "parsed", "self_stated", "free_text")
    return marked | kinds | {name: sum(getattr(entry, name) for entry in once) for name in sums}


def _summary_lines(summary: dict[str, int]) -> Iterator[str]:
    yield (
        f"合计 {summary['files']} 个文件：新载入 {summary['loaded']} 份，已在库 {summary['already']} 份，"
        f"未载入 {summary['refused']} 份{'（原因已逐个列出）' if summary['refused'] else ''}"
    )
    notes = {
        "passed_over": "压缩包中的系统文件、隐藏文件 {} 个，未理会",
        "drafts_for_comment": "征求意见稿 {} 份，只存文件库，不发布",
        "same_documents": "与库中文件为同一文件的 {} 份，其事项不重复发布",
        "near_duplicates": "与库中文件内容相近的 {} 份，请核对",
        "new_editions": "为库中文件新版的 {} 份，用 huiqi upkeep 对照后决定",
    }
    for name, words in notes.items():
        if summary[name]:
            yield f"  {words.format(summary[name])}"
    waiting = summary["items"] - summary["published"]
    review = "（用 huiqi review 查看）" if waiting else ""
    if summary["held_back"]:
        yield f"  条件矛盾或无法识别、留待审核的事项 {summary['held_back']} 个（用 huiqi review show 查看原因）"
    yield f"政策事项 {summary['items']} 个：已发布 {summary['published']} 个，未发布 {waiting} 个{review}"
    whole = summary["parsed"] + summary["free_text"]
    share = f"（{summary['free_text'] / whole:.1%}）" if whole else ""
    yield (
        f"申报条件 {whole} 条：可自动核对 {summary['parsed'] - summary['self_stated']} 条，"
        f"由企业自行确认 {summary['self_stated']} 条，未能解析、需人工核对 {summary['free_text']} 条{share}"
    )


def _outcome_json(outcome: FileOutcome) -> dict[str, Any]:
    return asdict(outcome)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--jsonl", "as_jsonl", is_flag=True, help="从标准输入逐行读取段落，逐行输出识别结果")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（文件方式本来就是 JSON）")
@click.pass_obj
def extract(context: CliContext, files: tuple[Path, ...], as_jsonl: bool, as_json: bool) -> None:
    """识别政策文字中的事项、条件与支持标准，不改动任何数据。"""
    if as_jsonl == bool(files):
        raise click.UsageError("请给出文件，或用 --jsonl 从标准输入读取，二者选一")
    context.put_additions_in_place()
    failed = _extract_lines() if as_jsonl else _extract_files(context, files)
    if failed:
        sys.exit(1)


def _extract_lines() -> int:
    failed = 0
    for number, line in input_lines():
        try:
            passage = json.loads(line)
            if (
                not isinstance(passage, dict)
                or not isinstance(passage.get("text"), str)
                or "id" not in passage
            ):
                raise ValueError("缺少 id 或 text")
        except ValueError as error:
            failed += 1
            click.echo(f"第 {number} 行无法识别：应为含 id、text 的 JSON（{error}）", err=True)
            continue
        print_json_line(predict(passage))
    return failed


def _extract_files(context: CliContext, files: tuple[Path, ...]) -> int:
    results, failed = [], 0
    with sandbox_for(context.settings()) as sandbox:
        sources = (source for file in find_files(files) for source in open_source(file, sandbox))
        for source in sources:
            if source.passed_over:
                continue
            try:
                document, items = _understood(source, sandbox)
            except UnreadableDocument as error:
                failed += 1
                click.echo(f"未能读取 {source.path}：{error}", err=True)
                continue
            rows = [item_details_to_json(item, document) for item in items]
            details = document_details_to_json(document)
            results.append({"file": source.path, "document": details, "items": rows})
    print_json(results)
    return failed


def _understood(source: Source, sandbox: Sandbox) -> tuple[Document, tuple[PolicyItem, ...]]:
    if source.refusal is not None:
        raise UnreadableDocument(source.refusal)
    found = understand_safely(sandbox, source.data, source.path.rpartition("/")[2])
    return found.document, found.items
