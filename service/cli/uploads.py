"""`huiqi uploads`: batches that were handed in through the console or here, and what became of each file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from policy_corpus.errors import UnreadableDocument
from service.actors import COMMAND_LINE
from service.cli.context import CliContext, data_option, json_option, now, print_json
from service.store.data_folder import DataFolder
from service.store.uploaded import STATE_WORDS, Batch, UploadedFile, UploadState
from service.workflows.accept_uploads import accept, retry_files
from service.workflows.policy_files import find_files, printable, read_file


@click.group()
def uploads() -> None:
    """查看上传批次及每个文件的结果；提交文件由后台处理。"""


@uploads.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, help="最多列出多少批，默认 20")
@json_option
@data_option
@click.pass_obj
def uploads_list(context: CliContext, limit: int, as_json: bool) -> None:
    """列出上传批次，新的在前。"""
    with context.open() as folder:
        told = [(batch, _counts(folder, batch)) for batch in folder.uploads.batches(limit=limit)]
    if as_json:
        print_json([{**_plain(asdict(batch)), "counts": counts} for batch, counts in told])
        return
    for batch, counts in told:
        click.echo(f"{batch.id}  {_local(batch.created_at)}  {batch.actor}  {_words(counts)}")


@uploads.command("show")
@click.argument("batch_id")
@json_option
@data_option
@click.pass_obj
def uploads_show(context: CliContext, batch_id: str, as_json: bool) -> None:
    """列出一批中每个文件的结果；有文件未载入时以状态 1 退出。"""
    with context.open() as folder:
        batch = folder.uploads.get_batch(batch_id)
        files = list(folder.uploads.files(batch_id))
        counts = _counts(folder, batch)
    if as_json:
        rows = [_plain(asdict(file)) for file in files]
        print_json({**_plain(asdict(batch)), "counts": counts, "files": rows})
    else:
        for file in files:
            click.echo(_line(file))
        click.echo(_words(counts))
    if counts.get(UploadState.REFUSED.value):
        sys.exit(1)


@uploads.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@data_option
@click.pass_obj
def uploads_add(context: CliContext, paths: tuple[Path, ...], as_json: bool) -> None:
    """把文件或文件夹作为一批提交，由后台处理（huiqi load 则当场载入）。"""
    unread: list[str] = []
    with context.open() as folder:
        files = _readable(find_files(paths), unread)
        batch = accept(folder, files, by=COMMAND_LINE, now=now, source="command")
        counts = _counts(folder, batch)
    if as_json:
        print_json({**_plain(asdict(batch)), "counts": counts})
    else:
        click.echo(f"已接收，批次 {batch.id}：{_words(counts)}。用 huiqi uploads show {batch.id} 查看结果")
    if unread:
        sys.exit(1)


def _readable(paths: list[Path], unread: list[str]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; a file that cannot be read is named on stderr and in `unread`."""
    for path in paths:
        try:
            yield printable(path), read_file(path)
        except UnreadableDocument as error:
            unread.append(printable(path))
            click.echo(f"未接收 {printable(path)}：{error.reason}", err=True)


@uploads.command("retry")
@click.argument("batch_id")
@data_option
@click.pass_obj
def uploads_retry(context: CliContext, batch_id: str) -> None:
    """重试一批中未载入的文件。"""
    with context.open() as folder:
        folder.uploads.get_batch(batch_id)
        again = retry_files(folder, batch_id, None, by=COMMAND_LINE, now=now)
    click.echo(f"已重新排队 {again} 个文件")


def _counts(folder: DataFolder, batch: Batch) -> dict[str, int]:
    return {state.value: count for state, count in folder.uploads.tally(batch.id).items()}


def _words(counts: dict[str, int]) -> str:
    return "，".join(
        f"{STATE_WORDS[state]} {counts[state.value]}" for state in UploadState if state.value in counts
    )


def _line(file: UploadedFile) -> str:
    what = f"：《{file.details['title']}》" if "title" in file.details else ""
    items = f"，事项 {file.details['items']} 个" if "items" in file.details else ""
    reason = f"：{file.reason or file.waiting}" if file.reason or file.waiting else ""
    return f"{STATE_WORDS[file.state]}  {file.name}{what}{items}{reason}"


def _local(moment: datetime) -> str:
    return moment.astimezone(now().tzinfo).strftime("%Y-%m-%d %H:%M")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.astimezone(now().tzinfo).isoformat(timespec="seconds")
        if isinstance(value, datetime)
        else value
        for name, value in row.items()
    }
