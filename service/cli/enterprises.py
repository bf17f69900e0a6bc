"""`huiqi enterprises`: 企业库 from the shell."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from policy_corpus.codes.industries import find_industry
from policy_corpus.codes.regions import find_region
from policy_corpus.codes.uscc import normalise_uscc
from service.actors import COMMAND_LINE
from service.cli.context import CliContext, data_option, json_option, now, print_json, today
from service.cli.enterprise_changes import COMMANDS
from service.enterprise_files import read_file
from service.enterprise_json import enterprise_to_json
from service.enterprise_table import Problem, write_template
from service.shapes import enterprise_facts_to_json
from service.store.enterprise_imports import STATE_WORDS, CompanyImports
from service.store.enterprise_listing import CompanyFilter, CompanyList
from service.store.shelf import read_shelf
from service.workflows.check_import import check_import, confirm_import, discard_import, finish_import
from service.workflows.correct_facts import find_fact_row
from service.workflows.export_enterprises import export_enterprises
from service.workflows.foretell_import import CompanyChange, Forecast, foretell
from service.workflows.register_enterprises import ImportReport, register_enterprises


@click.group()
def enterprises() -> None:
    """企业库：导入、模板、查询、更正、合并。"""


_out = click.Path(path_type=Path, dir_okay=False)


@enterprises.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="只检查：列出将新增、更新和有误的行，不写入任何内容")
@click.option(
    "--errors", "faults_to", type=_out, default=None, help="把有误的行连同原因写成 XLSX，改好后可直接导入"
)
@click.option(
    "--changes", "changes_to", type=_out, default=None, help="把将变更的指标写成 XLSX（原来、变为）"
)
@json_option
@data_option
@click.pass_obj
def import_file(
    context: CliContext,
    file: Path,
    dry_run: bool,
    faults_to: Path | None,
    changes_to: Path | None,
    as_json: bool,
) -> None:
    """导入 XLSX、XLS、CSV 或 JSONL 企业名录；有误的行逐条说明，其余照常导入。"""
    with context.open() as folder:
        forecast = None
        if dry_run or faults_to or changes_to:
            forecast = foretell(
                folder, read_file(file), today=today(), faults_to=faults_to, changes_to=changes_to
            )
        report = None if dry_run else register_enterprises(folder, file, now)
    if forecast is not None and report is None:
        _tell_forecast(forecast, as_json)
    if report is not None:
        _tell_problems(report.problems)
        print_json(asdict(report)) if as_json else click.echo(_summary(report))
    if report.problems if report else forecast.faults if forecast else 0:
        sys.exit(1)


def _tell_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"第 {problem.row} 行 {problem.column or ''}：{problem.reason}", err=True)


def _summary(report: ImportReport) -> str:
    return (
        f"新增 {report.created} 家，更新 {report.updated} 家，无变化 {report.unchanged} 家，"
        f"未导入 {report.refused} 行，问题 {len(report.problems)} 处"
    )


def _tell_forecast(forecast: Forecast, as_json: bool) -> None:
    _tell_problems(forecast.problems)
    if forecast.faults > len(forecast.problems):
        click.echo(f"其余 {forecast.faults - len(forecast.problems)} 处问题请用 --errors 导出查看", err=True)
    if as_json:
        changes = [asdict(change) for change in forecast.changes]
        problems = [asdict(problem) for problem in forecast.problems]
        print_json({"dry_run": True, **forecast.counts, "changes": changes, "problems": problems})
        return
    for change in forecast.changes:
        click.echo(_change(change))
    click.echo(
        f"检查完毕，没有写入：将新增 {forecast.created} 家，更新 {forecast.updated} 家，无变化 {forecast.unchanged} 家，"
        f"不导入 {forecast.refused} 行，问题 {forecast.faults} 处，未采用的指标 {forecast.aside} 项"
    )


def _change(change: CompanyChange) -> str:
    facts = "；".join(f"{fact.label} {fact.before} → {fact.after}（{fact.note}）" for fact in change.facts)
    return f"第 {change.row} 行 {change.uscc} {change.name}：{facts}"


@enterprises.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def template(out: Path) -> None:
    """写出企业名录导入模板（XLSX）。"""
    write_template(out)
    click.echo(f"已写出模板 {out}")


@enterprises.command()
@json_option
@data_option
@click.pass_obj
def imports(context: CliContext, as_json: bool) -> None:
    """列出最近的导入：何时、何人、文件、结果。"""
    with context.open() as folder:
        found = CompanyImports(folder.db, folder.path).latest(100)
    if as_json:
        print_json([{"id": one.id, "file": one.file_name, "state": one.state.value, "at": one.uploaded_at.isoformat(),
                     "by": one.uploaded_by, "sha256": one.content_hash, "counts": dict(one.counts)} for one in found])  # fmt: skip
        return
    for one in found:
        counts = "，".join(f"{name} {one.counts.get(key, 0)}" for key, name in _COUNTS.items())
        click.echo(
            f"{one.id}  {one.uploaded_at:%Y-%m-%d %H:%M}  {one.uploaded_by}  {one.file_name}  {STATE_WORDS[one.state]}  {counts}"
        )


_COUNTS = {"created": "新增", "updated": "更新", "unchanged": "无变化", "refused": "未导入"}


@enterprises.command("confirm")
@click.argument("number", type=int)
@data_option
@click.pass_obj
def confirm(context: CliContext, number: int) -> None:
    """确认并导入一份在网页上传、已检查的名录（编号见 imports）。"""
    with context.open() as folder:
        check_import(folder, number, now)
        confirm_import(folder, number, by=COMMAND_LINE, now=now())
        report = finish_import(folder, number, now)
    if report is None:
        click.echo("企业库在检查之后有变动，已重新检查，请核对后再次确认", err=True)
        sys.exit(1)
    click.echo(_summary(report))


@enterprises.command("discard")
@click.argument("number", type=int)
@data_option
@click.pass_obj
def discard(context: CliContext, number: int) -> None:
    """放弃一份没有确认的名录，删除其文件。"""
    with context.open() as folder:
        discard_import(folder, number)
    click.echo(f"已放弃第 {number} 份")


@enterprises.command("list")
@click.argument("words", required=False, default="")
@click.option("--region", default="", help="行政区划名称或代码，含其下属地区")
@click.option("--industry", default="", help="行业名称或代码")
@click.option("--size", type=click.Choice(["大型", "中型", "小型", "微型"]), default=None, help="企业规模")
@click.option("--missing", default="", help="缺少这一指标的企业")
@click.option("--source", default="", help="有指标出自这一来源的企业")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="此日以后有变动的企业")
@click.option("--conflicts", is_flag=True, help="不同来源说法不一致的企业")
@click.option("--export", "out", type=_out, default=None, help="连同全部指标写成 XLSX，格式与导入模板一致")
@json_option
@data_option
@click.pass_obj
def list_enterprises(context: CliContext, /, out: Path | None, as_json: bool, **given: Any) -> None:
    """按名称、统一社会信用代码和条件查找企业。"""
    wanted = _filter(given)
    with context.open() as folder:
        if out is not None:
            shelf = read_shelf(folder, today())
            count = export_enterprises(folder, out, wanted, shelf.weights, by=COMMAND_LINE, now=now())
            click.echo(f"已导出 {count} 家到 {out}")
            return
        found = list(CompanyList(folder.db, {}).each(wanted, "name" if wanted.words else "code"))
    if as_json:
        print_json([{"uscc": company.uscc, "name": company.name} for company in found])
        return
    for company in found:
        click.echo(f"{company.uscc}  {company.name}")
    click.echo(f"共 {len(found)} 家")


def _filter(given: Mapping[str, Any]) -> CompanyFilter:
    since = given["since"]
    return CompanyFilter(
        words=given["words"].strip(),
        region=find_region(given["region"]).code if given["region"] else "",
        industry=find_industry(given["industry"]).code if given["industry"] else "",
        size=given["size"] or "",
        source=given["source"],
        since=since.date().isoformat() if since else "",
        missing=find_fact_row(given["missing"]).key if given["missing"] else "",
        conflicts=given["conflicts"],
    )


@enterprises.command()
@click.argument("uscc")
@json_option
@data_option
@click.pass_obj
def show(context: CliContext, uscc: str, as_json: bool) -> None:
    """显示一家企业的指标及其来源。"""
    with context.open() as folder:
        enterprise = folder.enterprises.get(normalise_uscc(uscc))
    if as_json:
        print_json(enterprise_to_json(enterprise) | {"sources": list(enterprise_facts_to_json(enterprise))})
        return
    click.echo(f"{enterprise.name}（{enterprise.uscc}）")
    for fact in enterprise_facts_to_json(enterprise):
        period = f"，{fact['period']}" if fact["period"] else ""
        click.echo(f"  {fact['label']}：{fact['value']}（{fact['source']}{period}）")


for command in COMMANDS:
    enterprises.add_command(command)
