"""`huiqi what-if` and `huiqi impact`: what would change for whom. Nothing is stored."""

from __future__ import annotations

from datetime import datetime

import click

from matching.figures_in_words import chinese_date
from matching.model import Eligibility
from matching.state_words import ELIGIBILITY_WORDS
from policy_corpus.codes.uscc import normalise_uscc
from service.cli.context import CliContext, as_of_option, data_option, day_of, json_option, print_json
from service.shapes import impact_to_json, supposition_to_json
from service.store.shelf import read_shelf
from service.workflows.weigh_changes import ItemImpact, Supposition, first_changes, suppose, weigh_item

_NOT_THERE = "无此事项"
_EXAMPLES = 20


@click.command("what-if")
@click.argument("uscc")
@click.argument("facts", nargs=-1, required=True, metavar="指标=值...")
@click.option("--top", type=click.IntRange(min=1), default=None, help="最多列出几项变化")
@as_of_option
@json_option
@data_option
@click.pass_obj
def what_if(
    context: CliContext,
    uscc: str,
    facts: tuple[str, ...],
    top: int | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """假设企业的某些指标变了，哪些政策事项的结果会随之改变（例：研发费用=300万元 从业人员=60）。"""
    given = dict(_parted(fact) for fact in facts)
    with context.open() as folder:
        shelf = read_shelf(folder, day_of(as_of))
        found = suppose(folder, shelf, normalise_uscc(uscc), given)
        if as_json:
            print_json(supposition_to_json(found, shelf.documents, shelf.as_of, top))
        else:
            _print_supposition(found, top)


@click.command()
@click.argument("item_id")
@click.option("--top", type=click.IntRange(min=1), default=_EXAMPLES, help="最多列出几家企业")
@as_of_option
@json_option
@data_option
@click.pass_obj
def impact(context: CliContext, item_id: str, top: int, as_of: datetime | None, as_json: bool) -> None:
    """发布（草稿）或撤回（已发布的）一个政策事项，会改变哪些企业的结果。"""
    with context.open() as folder:
        shelf = read_shelf(folder, day_of(as_of))
        found = weigh_item(folder, shelf, item_id)
        if as_json:
            print_json(impact_to_json(found, folder.enterprises.get, shelf.as_of, top))
            return
        _print_impact(found)
        for change in first_changes(found.delta, top):
            enterprise = folder.enterprises.get(change.key)
            click.echo(
                f"{enterprise.uscc}  {_word(change.before)} → {_word(change.after)}  {enterprise.name}"
            )


def _parted(fact: str) -> tuple[str, str]:
    name, sign, value = fact.replace("＝", "=").partition("=")
    if not sign:
        raise click.UsageError(f"“{fact}”应写作 指标=值，例如 研发费用=300万元；值留空表示未填报")
    return name.strip(), value.strip()


def _word(kind: Eligibility | None) -> str:
    return ELIGIBILITY_WORDS[kind] if kind else _NOT_THERE


def _print_supposition(found: Supposition, top: int | None) -> None:
    click.echo(f"{found.enterprise.name}（{found.enterprise.uscc}）")
    if not found.delta.changes:
        click.echo("各政策事项的结果都不会改变")
    for change in first_changes(found.delta, top):
        item = found.items[change.key]
        window = item.window
        deadline = f"，截止 {chinese_date(window.closes_on)}" if window and window.closes_on else ""
        click.echo(
            f"{_word(change.before)} → {_word(change.after)}  {item.title}{deadline}　事项编号 {item.id}"
        )
    rest = len(found.delta.changes) - len(first_changes(found.delta, top))
    if rest:
        click.echo(f"另有 {rest} 项变化未列出")


def _print_impact(found: ItemImpact) -> None:
    deed = "发布" if found.comes else "撤回"
    click.echo(f"{found.item.title}　《{found.document.title}》")
    counts = {
        kind: sum(n for (before, after), n in found.delta.counts.items() if kind in (before, after))
        for kind in Eligibility
    }
    words = "，".join(f"{word} {counts[kind]} 家" for kind, word in ELIGIBILITY_WORDS.items())
    click.echo(f"{deed}后{'新增' if found.comes else '减少'}：{words}")
