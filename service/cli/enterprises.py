"""`huiqi enterprises`: 企业库 from the shell."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from policy_corpus.codes.uscc import normalise_uscc
from service.cli.context import CliContext, data_option, json_option, now, print_json
from service.enterprise_json import enterprise_to_json
from service.enterprise_table import write_template
from service.shapes import enterprise_facts_to_json
from service.workflows.register_enterprises import ImportReport, register_enterprises


@click.group()
def enterprises() -> None:
    """企业库：导入、模板、查询。"""


@enterprises.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@json_option
@data_option
@click.pass_obj
def import_file(context: CliContext, file: Path, as_json: bool) -> None:
    """导入 XLSX、CSV 或 JSONL 企业名录；有误的行逐条说明，其余照常导入。"""
    with context.open() as folder:
        report = register_enterprises(folder, file, now)
    for problem in report.problems:
        click.echo(f"第 {problem.row} 行 {problem.column or ''}：{problem.reason}", err=True)
    print_json(asdict(report)) if as_json else click.echo(_summary(report))
    if report.problems:
        sys.exit(1)


def _summary(report: ImportReport) -> str:
    return (
        f"新增 {report.created} 家，更新 {report.updated} 家，无变化 {report.unchanged} 家，"
        f"未导入 {report.refused} 行，问题 {len(report.problems)} 处"
    )


@enterprises.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def template(out: Path) -> None:
    """写出企业名录导入模板（XLSX）。"""
    write_template(out)
    click.echo(f"已写出模板 {out}")


@enterprises.command("list")
@click.argument("words", required=False, default="")
@json_option
@data_option
@click.pass_obj
def list_enterprises(context: CliContext, words: str, as_json: bool) -> None:
    """按名称或统一社会信用代码查找企业。"""
    with context.open() as folder:
        found = folder.enterprises.find(words, limit=1000) if words else list(folder.enterprises.all())
    if as_json:
        print_json([{"uscc": enterprise.uscc, "name": enterprise.name} for enterprise in found])
        return
    for enterprise in found:
        click.echo(f"{enterprise.uscc}  {enterprise.name}")
    click.echo(f"共 {len(found)} 家")


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
