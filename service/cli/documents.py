"""`huiqi documents …`: the files of 文件库, and which of them the public may see."""

from __future__ import annotations

import click

from service.actors import COMMAND_LINE
from service.cli.context import CliContext, data_option, json_option, now, print_json
from service.workflows.add_items import UnusableItem, add_item
from service.workflows.release_documents import hide_document, release_documents


@click.group()
def documents() -> None:
    """文件库：列出文件，公开或停止公开。"""


@documents.command("list")
@click.option("--hidden", is_flag=True, help="只列尚未公开的文件")
@json_option
@data_option
@click.pass_obj
def list_documents(context: CliContext, hidden: bool, as_json: bool) -> None:
    """列出文件库中的文件。"""
    with context.open() as folder:
        released = folder.releases.ids()
        found = [one for one in folder.documents.all() if not (hidden and one.id in released)]
    if as_json:
        rows = [
            {"id": one.id, "title": one.title, "file_name": one.file_name, "released": one.id in released}
            for one in found
        ]
        print_json(rows)
        return
    for one in found:
        click.echo(f"{one.id}  {'已公开' if one.id in released else '未公开'}  {one.title}")
    click.echo(f"共 {len(found)} 份")


@documents.command("release")
@click.argument("document_ids", nargs=-1, required=True)
@data_option
@click.pass_obj
def release(context: CliContext, document_ids: tuple[str, ...]) -> None:
    """公开文件；发布其中的事项时会自动公开。"""
    with context.open() as folder:
        count = release_documents(folder, document_ids, by=COMMAND_LINE, now=now())
    click.echo(f"已公开 {count} 份文件")


@documents.command("hide")
@click.argument("document_id")
@data_option
@click.pass_obj
def hide(context: CliContext, document_id: str) -> None:
    """停止公开一份文件；还有已发布的事项时不能停止。"""
    with context.open() as folder:
        hide_document(folder, document_id, by=COMMAND_LINE, now=now())
    click.echo("已停止公开")


@documents.command("add-item")
@click.argument("document_id")
@click.option("--title", required=True, help="事项名称")
@click.option("--quote", required=True, help="原文中说明这一事项的文字，须与原文一字不差")
@data_option
@click.pass_obj
def add(context: CliContext, document_id: str, title: str, quote: str) -> None:
    """新建一个未被识别出的事项，作为草稿；用 huiqi review edit 补充条件和支持内容。"""
    with context.open() as folder:
        start = folder.documents.get(document_id).text.find(quote)
        if start < 0:
            raise UnusableItem("原文中没有这段文字，请从原文复制后重试")
        passage = [start, start + len(quote), quote]
        item = add_item(folder, document_id, title, passage, by=COMMAND_LINE, now=now())
    click.echo(f"已新建事项 {item.id}")
