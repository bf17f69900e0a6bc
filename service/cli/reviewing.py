"""`huiqi review`: list, look at, correct, publish and set aside items, and go back to earlier versions.

All that the review screen does can be done here; both call the same workflows.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from matching.item_wording import FieldChange, difference
from matching.state_words import STATUS_WORDS
from policy_corpus.item_checks import Problem, Severity
from policy_corpus.item_editing import UnusableChange
from policy_corpus.model import ItemStatus
from service.actors import COMMAND_LINE
from service.cli.context import CliContext, data_option, json_option, now, print_json
from service.cli.review_fields import read_fields
from service.editing_shapes import change_to_json, edit_to_json, problem_to_json, version_to_json
from service.shapes import item_details_to_json
from service.store.data_folder import DataFolder
from service.store.item_versions import VERSION_EVENTS, Version
from service.store.policy_index import fresh_catalogue
from service.workflows.edit_items import Edit, discard_edit, open_edit, save_edit
from service.workflows.review_policies import (
    NotPublishable,
    approve,
    confirm_text,
    item_history,
    list_items,
    problems_of,
    reject,
    restore_version,
    start_review,
)

_SIGNS = {Severity.ERROR: "错误", Severity.WARNING: "提示"}


@click.group()
def review() -> None:
    """审核事项：查看、修改、发布、撤回，查看和恢复历史版本。"""


@review.command("list")
@click.option(
    "--status",
    type=click.Choice([*(status.value for status in ItemStatus), "all"]),
    default=ItemStatus.DRAFT.value,
    help="事项状态",
)
@json_option
@data_option
@click.pass_obj
def review_list(context: CliContext, status: str, as_json: bool) -> None:
    """列出待审核（或指定状态）的事项。"""
    with context.open() as folder:
        items = list_items(folder, None if status == "all" else ItemStatus(status))
        edited = set(folder.edits.open_ids())
    if as_json:
        print_json([{"item_id": item.id, "title": item.title, "status": item.status.value} for item in items])
        return
    for item in items:
        state = f"（{STATUS_WORDS[item.status]}）" if status == "all" else ""
        click.echo(f"{item.id}  {item.title}{state}{'（有未发布的修改）' if item.id in edited else ''}")
    click.echo(f"共 {len(items)} 个")


@review.command("show")
@click.argument("item_id")
@json_option
@data_option
@click.pass_obj
def review_show(context: CliContext, item_id: str, as_json: bool) -> None:
    """显示一个事项的全部内容（JSON），含未发布的修改；存在的问题另列出。"""
    with context.open() as folder:
        edit = open_edit(folder, item_id)
        document = folder.documents.get(edit.item.document_id)
        problems = problems_of(folder, edit.item, document)
    print_json(item_details_to_json(edit.item, document) | _state(edit, problems))
    if not as_json:
        _print_problems(problems)


def _state(edit: Edit, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "revision": edit.revision,
        "version": edit.version,
        "is_working_copy": edit.is_working_copy,
        "edited": list(edit.edited),
        "problems": [problem_to_json(problem) for problem in problems],
    }


def _print_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(f"{_SIGNS[problem.severity]}（{problem.path}）：{problem.message}", err=True)


def _change(context: CliContext, change: Callable[[DataFolder], int], done: str) -> None:
    with context.open() as folder:
        changed = change(folder)
        fresh_catalogue(folder)
    click.echo(f"{done} {changed} 个事项")


@review.command("approve")
@click.argument("item_ids", nargs=-1, required=True)
@click.option("--note", default="", help="说明，记入历史版本")
@click.option("--decided", is_flag=True, help="还有待核实（未解析）内容的事项不予发布")
@data_option
@click.pass_obj
def review_approve(context: CliContext, item_ids: tuple[str, ...], note: str, decided: bool) -> None:
    """发布事项，连同未发布的修改；有一个不能发布则都不发布。"""
    try:
        _change(
            context,
            lambda folder: approve(folder, item_ids, by=COMMAND_LINE, now=now(), note=note, decided=decided),
            "已发布",
        )
    except NotPublishable as error:
        for item_id, problems in error.problems.items():
            click.echo(f"不能发布 {item_id}：", err=True)
            _print_problems(problems)
        sys.exit(1)


@review.command("reject")
@click.argument("item_ids", nargs=-1, required=True)
@click.option("--reason", default="", help="原因，记入历史版本")
@data_option
@click.pass_obj
def review_reject(context: CliContext, item_ids: tuple[str, ...], reason: str) -> None:
    """退回草稿、撤回已发布的事项，不再参与匹配。"""
    _change(
        context, lambda folder: reject(folder, item_ids, by=COMMAND_LINE, now=now(), reason=reason), "已撤回"
    )


@review.command("start")
@click.argument("item_ids", nargs=-1, required=True)
@data_option
@click.pass_obj
def review_start(context: CliContext, item_ids: tuple[str, ...]) -> None:
    """把草稿标记为审核中。"""
    _change(context, lambda folder: start_review(folder, item_ids, by=COMMAND_LINE, now=now()), "已开始审核")


@review.command("edit")
@click.argument("item_id")
@click.option(
    "--changes", "source", type=click.File(encoding="utf-8"), help="修改内容的 JSON 文件，- 为标准输入"
)
@click.option(
    "--set", "given", multiple=True, metavar="字段=值", help="修改一个字段，如 title=新名称，可多次使用"
)
@click.option("--note", default=None, help="说明，发布时记入历史版本")
@click.option("--revision", type=int, default=None, help="修改所依据的修订号，他人已改动则拒绝")
@click.option("--discard", is_flag=True, help="放弃未发布的修改")
@json_option
@data_option
@click.pass_obj
def review_edit(
    context: CliContext,
    item_id: str,
    source: Any,
    given: tuple[str, ...],
    note: str | None,
    revision: int | None,
    discard: bool,
    as_json: bool,
) -> None:
    """修改一个事项：存为未发布的修改，用 review approve 发布。"""
    changes = _changes(source, given)
    if bool(changes) == discard:
        raise click.UsageError("请用 --changes 或 --set 给出修改内容，或用 --discard 放弃未发布的修改")
    with context.open() as folder:
        if discard:
            edit = discard_edit(folder, item_id, by=COMMAND_LINE, now=now())
        else:
            at = open_edit(folder, item_id).revision if revision is None else revision
            edit = _saved(folder, item_id, changes, at, note)
        problems = problems_of(folder, edit.item, folder.documents.get(edit.item.document_id))
    if as_json:
        print_json(edit_to_json(edit, problems))
        return
    click.echo("已放弃未发布的修改" if discard else f"已保存（修订 {edit.revision}），尚未发布")
    _print_problems(problems)


def _changes(source: Any, given: tuple[str, ...]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if source is not None:
        try:
            changes = json.load(source)
        except ValueError as error:
            raise click.UsageError(f"修改内容不是 JSON：{error}") from error
        if not isinstance(changes, dict):
            raise click.UsageError("修改内容应为 JSON 对象")
    return changes | read_fields(given)


def _saved(
    folder: DataFolder, item_id: str, changes: dict[str, Any], revision: int, note: str | None
) -> Edit:
    try:
        return save_edit(folder, item_id, changes, revision=revision, by=COMMAND_LINE, now=now(), note=note)
    except UnusableChange as error:
        for fault in error.faults:
            click.echo(f"不能修改（{fault.path}）：{fault.message}", err=True)
        sys.exit(1)


@review.command("history")
@click.argument("item_id")
@json_option
@data_option
@click.pass_obj
def review_history(context: CliContext, item_id: str, as_json: bool) -> None:
    """列出一个事项的全部版本。"""
    with context.open() as folder:
        versions = item_history(folder, item_id)
    if as_json:
        print_json([version_to_json(version) for version in versions])
        return
    for version in versions:
        click.echo(_line(version))


def _line(version: Version) -> str:
    note = f"　{version.note}" if version.note else ""
    event = VERSION_EVENTS.get(version.event, version.event)
    return f"第 {version.version} 版　{version.at:%Y-%m-%d %H:%M}　{event}　{STATUS_WORDS[version.status]}　{version.by}{note}"


@review.command("diff")
@click.argument("item_id")
@click.option("--from", "first", type=int, default=None, help="较早的版本号，默认为上一版")
@click.option(
    "--to", "second", type=int, default=None, help="较晚的版本号，默认为未发布的修改，没有则为最新版"
)
@json_option
@data_option
@click.pass_obj
def review_diff(
    context: CliContext, item_id: str, first: int | None, second: int | None, as_json: bool
) -> None:
    """逐项列出一个事项两个版本的差异。"""
    with context.open() as folder:
        edit = open_edit(folder, item_id)
        to_copy = second is None and edit.is_working_copy
        last = second or edit.version
        start = first or (edit.version if to_copy else max(last - 1, 1))
        new = edit.item if to_copy else folder.versions.item(item_id, last)
        changes = difference(folder.versions.item(item_id, start), new)
    if as_json:
        print_json([change_to_json(change) for change in changes])
        return
    click.echo(f"第 {start} 版 → {'未发布的修改' if to_copy else f'第 {last} 版'}")
    for change in changes:
        _print_change(change)
    if not changes:
        click.echo("  内容没有差异")


def _print_change(change: FieldChange) -> None:
    click.echo(f"  {change.label}：{change.before} → {change.after}")


@review.command("restore")
@click.argument("item_id")
@click.argument("version", type=int)
@data_option
@click.pass_obj
def review_restore(context: CliContext, item_id: str, version: int) -> None:
    """把历史版本取回为未发布的修改，用 review approve 发布。"""
    with context.open() as folder:
        restore_version(folder, item_id, version, by=COMMAND_LINE, now=now())
    click.echo(f"第 {version} 版已取回，尚未发布；用 huiqi review approve {item_id} 发布")


@review.command("confirm")
@click.argument("document_id")
@data_option
@click.pass_obj
def review_confirm(context: CliContext, document_id: str) -> None:
    """确认由图片识别的文字已对照原件核对，其事项即可发布。"""
    with context.open() as folder:
        confirm_text(folder, document_id, by=COMMAND_LINE, now=now())
    click.echo("已确认，该文件的事项可以发布")
