"""`huiqi enterprises history|set|undo|rename|duplicates|merge|split|remove`: one company after the other, by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from policy_corpus.codes.uscc import normalise_uscc
from policy_corpus.facts import FACTS
from service.actors import COMMAND_LINE
from service.cli.context import CliContext, data_option, json_option, now, print_json
from service.errors import UnusableCorrection
from service.store.enterprise_duplicates import SIGN_WORDS, find_candidates
from service.store.enterprise_history import former_names, history_of, merged_codes
from service.workflows.correct_facts import correct_fact, find_fact_row, rename_company, restore_fact
from service.workflows.foretell_import import claim_words
from service.workflows.merge_enterprises import LOSER, NAME, keep_apart, merge_enterprises, split_enterprises
from service.workflows.remove_enterprise import remove_enterprise

reason_option = click.option("--reason", required=True, help="理由，记入历史和操作记录")


@click.command()
@click.argument("uscc")
@click.argument("fact", required=False)
@json_option
@data_option
@click.pass_obj
def history(context: CliContext, uscc: str, fact: str | None, as_json: bool) -> None:
    """列出一家企业的指标历史：每个值的来源、时间、记录人和理由，“*”为现在采用的。"""
    key = find_fact_row(fact).key if fact else None
    with context.open() as folder:
        held = folder.enterprises.get_held(normalise_uscc(uscc))
        found = history_of(folder.db, held.uscc, key)
        names = former_names(folder.db, held.uscc)
        codes = merged_codes(folder.db, held.uscc)
    lines: list[dict[str, Any]] = [
        {
            "id": one.claim.id,
            "uscc": one.uscc,
            "key": one.key,
            "label": FACTS[one.key].label if one.key in FACTS else one.key,
            "value": claim_words(one.key, one.claim) if one.key in FACTS else "",
            "source": one.claim.source,
            "recorded_at": one.recorded_at.isoformat(),
            "recorded_by": one.by,
            "reason": one.reason,
            "current": one.is_current,
            "aside": one.is_aside,
        }
        for one in found
    ]
    if as_json:
        former = [{"name": one.name, "until": one.until.isoformat()} for one in names]
        print_json(
            {"uscc": held.uscc, "name": held.name, "former_names": former, "merged": codes, "facts": lines}
        )
        return
    click.echo(f"{held.name}（{held.uscc}）")
    for name in names:
        click.echo(f"  曾用名 {name.name}（至 {name.until:%Y-%m-%d}）")
    for line in lines:
        mark = "*" if line["current"] else "-" if line["aside"] else " "
        about = "，".join(
            part
            for part in (line["source"], line["recorded_at"][:16], line["recorded_by"], line["reason"])
            if part
        )
        click.echo(f"{mark} [{line['id']}] {line['label']}：{line['value']}（{about}）")


@click.command("set")
@click.argument("uscc")
@click.argument("fact")
@click.argument("value")
@reason_option
@click.option("--period", default=None, help="年度指标所属年份，如 2025")
@data_option
@click.pass_obj
def set_fact(context: CliContext, uscc: str, fact: str, value: str, reason: str, period: str | None) -> None:
    """更正一家企业的一项指标；值写“未知”则恢复为未知。"""
    with context.open() as folder:
        code, row = normalise_uscc(uscc), find_fact_row(fact)
        after = correct_fact(
            folder, code, row.key, value, reason=reason, by=COMMAND_LINE, now=now(), period=period
        )
    click.echo(f"{row.label}：{claim_words(row.key, after)}")


@click.command()
@click.argument("uscc")
@click.argument("fact")
@click.option("--to", "claim_id", type=int, default=None, help="恢复为历史中的哪一条，默认上一个值")
@data_option
@click.pass_obj
def undo(context: CliContext, uscc: str, fact: str, claim_id: int | None) -> None:
    """把一项指标恢复为上一个值，或历史中的某一条。"""
    with context.open() as folder:
        row = find_fact_row(fact)
        after = restore_fact(folder, normalise_uscc(uscc), row.key, claim_id, by=COMMAND_LINE, now=now())
    click.echo(f"{row.label}：{claim_words(row.key, after)}")


@click.command()
@click.argument("uscc")
@click.argument("name")
@reason_option
@data_option
@click.pass_obj
def rename(context: CliContext, uscc: str, name: str, reason: str) -> None:
    """更改企业名称；曾用名仍可查到该企业。"""
    with context.open() as folder:
        code = normalise_uscc(uscc)
        click.echo(rename_company(folder, code, name, reason=reason, by=COMMAND_LINE, now=now()))


@click.command()
@json_option
@data_option
@click.pass_obj
def duplicates(context: CliContext, as_json: bool) -> None:
    """列出可能是同一家的企业。"""
    with context.open() as folder:
        found = find_candidates(folder.db)
    if as_json:
        print_json([asdict(pair) for pair in found])
        return
    for pair in found:
        click.echo(
            f"{SIGN_WORDS[pair.sign]}：{pair.one.uscc} {pair.one.name} ／ {pair.other.uscc} {pair.other.name}"
        )
    click.echo(f"共 {len(found)} 对")


@click.command()
@click.argument("winner")
@click.argument("loser")
@reason_option
@click.option(
    "--take", multiple=True, metavar="指标", help="采用被并入企业的这一项，可多次给出；“名称”为企业名称"
)
@click.option("--keep", multiple=True, metavar="指标", help="保留保留方的这一项，可多次给出")
@data_option
@click.pass_obj
def merge(
    context: CliContext, winner: str, loser: str, reason: str, take: tuple[str, ...], keep: tuple[str, ...]
) -> None:
    """把 LOSER 并入 WINNER：此后两个代码查到同一家企业。

    没有指明的指标按来源的可信程度和时间自动选择。
    """
    chosen = {_chosen(name): LOSER for name in take} | {_chosen(name): "winner" for name in keep}
    with context.open() as folder:
        done = merge_enterprises(
            folder,
            normalise_uscc(winner),
            normalise_uscc(loser),
            chosen,
            reason=reason,
            by=COMMAND_LINE,
            now=now(),
        )
    click.echo(
        f"已将 {done.loser} 并入 {done.winner}，采用被并入企业的指标 {len(done.changed)} 项；可用 split 拆分"
    )


def _chosen(name: str) -> str:
    return NAME if name in (NAME, "名称", "企业名称") else find_fact_row(name).key


@click.command()
@click.argument("loser")
@click.option("--reason", default="", help="理由，记入操作记录")
@data_option
@click.pass_obj
def split(context: CliContext, loser: str, reason: str) -> None:
    """撤销合并：LOSER 恢复为单独的企业。"""
    with context.open() as folder:
        done = split_enterprises(folder, normalise_uscc(loser), by=COMMAND_LINE, now=now(), reason=reason)
    kept = f"；合并后改动过的指标保持不变：{'、'.join(done.stay)}" if done.stay else ""
    click.echo(f"已将 {done.loser} 从 {done.winner} 拆出{kept}")


@click.command("distinct")
@click.argument("one")
@click.argument("other")
@data_option
@click.pass_obj
def distinct(context: CliContext, one: str, other: str) -> None:
    """标记两家企业并非同一家，不再列为疑似重复。"""
    with context.open() as folder:
        keep_apart(folder, normalise_uscc(one), normalise_uscc(other), by=COMMAND_LINE, now=now())
    click.echo("已标记为不同企业")


@click.command()
@click.argument("uscc")
@reason_option
@click.option("--yes", is_flag=True, help="确认删除，不再询问")
@data_option
@click.pass_obj
def remove(context: CliContext, uscc: str, reason: str, yes: bool) -> None:
    """依申请删除一家企业：指标、历史、曾用名和含有它的导入文件一并删除，不可恢复。"""
    with context.open() as folder:
        held = folder.enterprises.get_held(normalise_uscc(uscc))
        if not yes and not click.confirm(f"删除“{held.name}”（{held.uscc}）及其全部历史，不可恢复，是否继续"):
            raise UnusableCorrection("没有删除")
        files = remove_enterprise(folder, held.uscc, reason=reason, by=COMMAND_LINE, now=now())
    click.echo(f"已删除 {held.uscc}" + (f"，同时删除导入文件 {files} 份" if files else ""))


COMMANDS: tuple[click.Command, ...] = (
    history,
    set_fact,
    undo,
    rename,
    duplicates,
    merge,
    split,
    distinct,
    remove,
)
