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
from service.cli.context import CliContext, data_option, json_option, now, print_json, today
from service.store.data_folder import DataFolder
from service.store.uploaded import STATE_WORDS, Batch, UploadedFile, UploadState
from service.workflows.accept_uploads import accept, accept_addresses, retry_files
from service.workflows.fetch_uploads import accept_attachments
from service.workflows.policy_files import find_files, printable, read_file
from service.workflows.read_address_list import addresses_in
from service.workflows.report_uploads import write_report


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
    _told(batch, counts, as_json)
    if unread:
        sys.exit(1)


def _told(batch: Batch, counts: dict[str, int], as_json: bool) -> None:
    if as_json:
        print_json({**_plain(asdict(batch)), "counts": counts})
    else:
        click.echo(f"已接收，批次 {batch.id}：{_words(counts)}。用 huiqi uploads show {batch.id} 查看结果")


def _readable(paths: list[Path], unread: list[str]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; a file that cannot be read is named on stderr and in `unread`."""
    for path in paths:
        try:
            yield printable(path), read_file(path)
        except UnreadableDocument as error:
            unread.append(printable(path))
            click.echo(f"未接收 {printable(path)}：{error.reason}", err=True)


@uploads.command("fetch")
@click.argument("addresses", nargs=-1)
@click.option(
    "--list", "lists", multiple=True, type=click.Path(path_type=Path), help="网址清单（TXT、CSV 或 Excel）"
)
@click.option("--attachments", is_flag=True, help="同时下载网页上的附件")
@json_option
@data_option
@click.pass_obj
def uploads_fetch(
    context: CliContext, addresses: tuple[str, ...], lists: tuple[Path, ...], attachments: bool, as_json: bool
) -> None:
    """把网址作为一批提交，由后台下载并载入。"""
    lines = list(addresses)
    for path in lists:
        lines += addresses_in(read_file(path), path.name)
    with context.open() as folder:
        batch = accept_addresses(folder, lines, by=COMMAND_LINE, now=now, with_attachments=attachments)
        counts = _counts(folder, batch)
    _told(batch, counts, as_json)


@uploads.command("attachments")
@click.argument("batch_id")
@data_option
@click.pass_obj
def uploads_attachments(context: CliContext, batch_id: str) -> None:
    """下载一批网页上的全部附件并载入。"""
    with context.open() as folder:
        added = accept_attachments(folder, batch_id, None, by=COMMAND_LINE, now=now)
    click.echo(f"已提交 {added} 个附件")


@uploads.command("report")
@click.argument("batch_id")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--refused", is_flag=True, help="只列出未载入的文件")
@data_option
@click.pass_obj
def uploads_report(context: CliContext, batch_id: str, out: Path, refused: bool) -> None:
    """把一批中每个文件的结果写成 Excel 表格。"""
    with context.open() as folder:
        write_report(folder, batch_id, out, today(), only_refused=refused)
    click.echo(f"已写入 {out}")


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
