"""`huiqi dictionary` and `huiqi facts`: what administrators add to the dictionaries and facts, with its effect beforehand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from policy_corpus.facts import BUILT_IN, FACTS
from service.actors import COMMAND_LINE
from service.cli.context import CliContext, data_option, json_option, now, print_json, today
from service.cli.loading import sandbox_for
from service.dictionary_shapes import entry_words, preview_lines, reread_words
from service.enterprise_files import read_file
from service.errors import DictionaryEntryNotFound
from service.store.data_folder import DataFolder
from service.store.dictionaries import KINDS, DictionaryEntry
from service.workflows.change_dictionaries import add_entry, remove_entry, retire_entry
from service.workflows.dictionary_files import export_entries, import_entries
from service.workflows.dictionary_use import names_of
from service.workflows.fact_checks import KIND_WORDS
from service.workflows.preview_dictionaries import LOOKED_AT, preview_change, preview_removal
from service.workflows.preview_model import Preview
from service.workflows.reread_documents import reread

_WORDS = {"term": "word", "synonym": "words", "title": "name", "zone": "name", "fact": "label"}
_Command = Callable[..., Any]


@click.group()
def dictionary() -> None:
    """政策词、同义词、资质称号与功能区：查看、添加、删除，先看影响再生效。"""


@click.group()
def facts() -> None:
    """企业指标：查看全部指标，添加或停用自建指标。"""


def _entry_options(command: _Command) -> _Command:
    for option in (
        click.option("--level", default="", help="资质称号的固定级别：国家级、省级、市级、区县级"),
        click.option("--other", "others", multiple=True, help="别名，可多次给出"),
        click.option("--implies", multiple=True, help="资质称号：持有者必然也持有的称号，可多次给出"),
        click.option("--parent", default="", help="功能区所在地的六位行政区划代码"),
    ):
        command = option(command)
    return command


def _kind_argument(command: _Command) -> _Command:
    kinds = [kind for kind in KINDS if kind != "fact"]
    return click.argument("kind", type=click.Choice(kinds))(command)


@dictionary.command("list")
@click.option("--kind", type=click.Choice(list(KINDS)), default=None, help="只列一类")
@json_option
@data_option
@click.pass_obj
def list_entries(context: CliContext, kind: str | None, as_json: bool) -> None:
    """列出自行添加的条目。"""
    with context.open() as folder:
        entries = folder.dictionaries.entries(kind)
    if as_json:
        print_json([_entry_json(entry) for entry in entries])
        return
    for entry in entries:
        state = "（停用）" if entry.retired else ""
        click.echo(f"{entry.id}  {KINDS[entry.kind]}  {entry.name}{state}  {entry_words(entry)}".rstrip())


@dictionary.command("add")
@_kind_argument
@click.argument("word")
@_entry_options
@data_option
@click.pass_obj
def add(context: CliContext, /, kind: str, word: str, **given: Any) -> None:
    """添加一个条目，立即生效。同义词用等号隔开，如 高新技术企业=高企证。"""
    with context.open() as folder:
        entry = add_entry(folder, kind, _given(kind, word, given), by=COMMAND_LINE, now=now)
    click.echo(f"已添加{KINDS[kind]}“{entry.name}”（编号 {entry.id}）")


@dictionary.command("preview")
@_kind_argument
@click.argument("word")
@_entry_options
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=LOOKED_AT,
    show_default=True,
    help="最多重新识别多少份文件",
)
@json_option
@data_option
@click.pass_obj
def preview(context: CliContext, /, kind: str, word: str, limit: int, as_json: bool, **given: Any) -> None:
    """添加之前看影响：哪些文件、事项和企业会变化。不改动任何数据。"""
    with context.open() as folder:
        found = preview_change(folder, kind, _given(kind, word, given), as_of=today(), most=limit)
    _print_preview(found, as_json)


@dictionary.command("remove")
@click.argument("entry_id", type=int)
@click.option("--preview", "only_preview", is_flag=True, help="只看影响，不删除")
@json_option
@data_option
@click.pass_obj
def remove(context: CliContext, entry_id: int, only_preview: bool, as_json: bool) -> None:
    """删除一个自行添加的条目；正在使用的不能删除。"""
    with context.open() as folder:
        entry = folder.dictionaries.get(entry_id)
        if only_preview:
            _print_preview(preview_removal(folder, entry, as_of=today()), as_json)
            return
        remove_entry(folder, entry_id, revision=entry.revision, by=COMMAND_LINE, now=now)
    click.echo(f"已删除{KINDS[entry.kind]}“{entry.name}”")


@dictionary.command("reread")
@click.argument("entry_id", type=int)
@json_option
@data_option
@click.pass_obj
def reread_entry(context: CliContext, entry_id: int, as_json: bool) -> None:
    """重新识别写到某个条目的文件：草稿直接更新，已发布或改过的事项生成待审核的修改。"""
    with context.open() as folder, sandbox_for(context.settings()) as sandbox:
        entry = folder.dictionaries.get(entry_id)
        why = f"{KINDS[entry.kind]}“{entry.name}”修改后重新识别"
        found = reread(folder, names_of(entry), sandbox, why=why, by=COMMAND_LINE, now=now)
    print_json(asdict(found)) if as_json else click.echo(reread_words(asdict(found)))


@dictionary.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@data_option
@click.pass_obj
def import_(context: CliContext, file: Path, as_json: bool) -> None:
    """从 XLSX 或 CSV 导入条目（含企业指标）；有一行未导入时以状态 1 退出。"""
    with context.open() as folder:
        outcomes = import_entries(folder, read_file(file), by=COMMAND_LINE, now=now)
    refused = [outcome for outcome in outcomes if outcome.reason is not None]
    if as_json:
        print_json([asdict(outcome) for outcome in outcomes])
    else:
        already = sum(outcome.already for outcome in outcomes)
        click.echo(
            f"导入 {len(outcomes) - len(refused) - already} 条，已有 {already} 条，未导入 {len(refused)} 条"
        )
    for outcome in refused:
        click.echo(f"第 {outcome.row} 行“{outcome.name}”未导入：{outcome.reason}", err=True)
    if refused:
        sys.exit(1)


@dictionary.command("export")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--kind", type=click.Choice(list(KINDS)), default=None, help="只导出一类")
@data_option
@click.pass_obj
def export(context: CliContext, out: Path, kind: str | None) -> None:
    """把自行添加的条目写入 XLSX 或 CSV 文件。"""
    with context.open() as folder:
        entries = folder.dictionaries.entries(kind)
        told = {"条数": len(entries), "file": out.name}
        folder.audit.record(
            COMMAND_LINE, "dictionary.export", "dictionary", kind or "全部", at=now(), after=told
        )
    out.write_bytes(export_entries(entries, as_csv=out.suffix.lower() == ".csv"))
    click.echo(f"已写入 {out}（{len(entries)} 条）")


@facts.command("list")
@json_option
@data_option
@click.pass_obj
def list_facts(context: CliContext, as_json: bool) -> None:
    """列出全部企业指标，内置的和自行添加的。"""
    with context.open():
        rows = list(FACTS.values())
    if as_json:
        print_json([asdict(row) | {"built_in": row.key in BUILT_IN} for row in rows])
        return
    for row in rows:
        origin = "内置" if row.key in BUILT_IN else "停用" if row.retired else "自建"
        click.echo(f"{row.key}  {row.label}  {row.kind.value}  {row.unit or '-'}  {origin}")


@facts.command("add")
@click.argument("label")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in KIND_WORDS]), required=True, help="指标类型"
)
@click.option("--key", default="", help="键，小写字母、数字和下划线，默认自动生成")
@click.option("--unit", default="", help="数量的计量单位，默认 项")
@click.option("--synonym", "synonyms", multiple=True, help="政策文件中的叫法，可多次给出")
@click.option("--choice", "choices", multiple=True, help="单选指标的可选值，多次给出")
@click.option("--per-period", is_flag=True, help="是某一年度的数据")
@click.option("--preview", "only_preview", is_flag=True, help="只看影响，不添加")
@json_option
@data_option
@click.pass_obj
def add_fact(context: CliContext, /, only_preview: bool, as_json: bool, **given: Any) -> None:
    """添加一个企业指标，立即在导入模板、识别、匹配和接口中可用。"""
    with context.open() as folder:
        if only_preview:
            _print_preview(preview_change(folder, "fact", given, as_of=today()), as_json)
            return
        entry = add_entry(folder, "fact", given, by=COMMAND_LINE, now=now)
    if as_json:
        print_json({"id": entry.id, **entry.body})
    else:
        click.echo(f"已添加指标“{entry.name}”（键 {entry.body['key']}）")


@facts.command("retire")
@click.argument("key")
@click.option("--back", is_flag=True, help="重新启用")
@data_option
@click.pass_obj
def retire(context: CliContext, key: str, back: bool) -> None:
    """停用一个自建指标：不再出现在模板和表单中，已有的数据和条件保留。"""
    with context.open() as folder:
        entry = _fact_of(folder, key)
        retire_entry(folder, entry.id, revision=entry.revision, retired=not back, by=COMMAND_LINE, now=now)
    click.echo(f"已{'启用' if back else '停用'}指标“{entry.name}”")


def _entry_json(entry: DictionaryEntry) -> dict[str, Any]:
    moments = {"created_at": entry.created_at.isoformat(), "changed_at": entry.changed_at.isoformat()}
    return asdict(entry) | moments


def _fact_of(folder: DataFolder, key: str) -> DictionaryEntry:
    for entry in folder.dictionaries.entries("fact"):
        if entry.body["key"] == key:
            return entry
    if key in BUILT_IN:
        raise DictionaryEntryNotFound(f"“{BUILT_IN[key].label}”是内置指标，不能停用")
    raise DictionaryEntryNotFound(f"没有键为“{key[:40]}”的自建指标，可用 huiqi facts list 查看")


def _given(kind: str, word: str, given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "aliases": given["others"], _WORDS[kind]: word}


def _print_preview(found: Preview, as_json: bool) -> None:
    if as_json:
        print_json(asdict(found) | {"changes_nothing": found.changes_nothing})
    for line in () if as_json else preview_lines(found):
        click.echo(line)
