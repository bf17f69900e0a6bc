"""`huiqi upkeep`: what has ended, come again or closed - find it, list it, decide it; and the clock of each document."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import click

from policy_corpus.model import Relation
from service.actors import COMMAND_LINE
from service.cli.context import CliContext, as_of_option, data_option, day_of, json_option, now, print_json
from service.settings import listed
from service.store.policy_index import fresh_catalogue
from service.store.proposals import KIND_WORDS, STATE_WORDS, ProposalKind, ProposalState
from service.upkeep_shapes import clock_to_json, dead_link_to_json, edition_to_json, proposal_to_json
from service.workflows.upkeep.clock import CLOCK_WORDS, months_of_work, read_clocks
from service.workflows.upkeep.deciding import Choices, accept, add_relation, decline, put_off
from service.workflows.upkeep.editions import read_edition
from service.workflows.upkeep.links import check_links, dead_links, dismiss_link, replace_link
from service.workflows.upkeep.run import run_upkeep

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_KINDS = click.Choice([kind.value for kind in ProposalKind])


@click.group()
def upkeep() -> None:
    """时效维护：到期、废止、新版文件和下一轮申报期的建议，办理时限。"""


@upkeep.command("run")
@as_of_option
@json_option
@data_option
@click.pass_obj
def upkeep_run(context: CliContext, as_of: datetime | None, as_json: bool) -> None:
    """查找一遍，把发现的情况列为建议；不改动任何事项。"""
    with context.open() as folder:
        found = run_upkeep(folder, today=day_of(as_of), now=now())
    if as_json:
        print_json(found)
    else:
        click.echo(f"新建议 {found['new']} 条，不再成立的 {found['dropped']} 条，待处理共 {found['open']} 条")


@upkeep.command("list")
@click.option("--kind", type=_KINDS, default=None, help="只列一类建议")
@click.option(
    "--state",
    type=click.Choice([*(state.value for state in ProposalState), "all"]),
    default="open",
    help="建议状态",
)
@json_option
@data_option
@click.pass_obj
def upkeep_list(context: CliContext, kind: str | None, state: str, as_json: bool) -> None:
    """列出建议。"""
    with context.open() as folder:
        proposals = folder.proposals.each(
            state=None if state == "all" else ProposalState(state), kind=ProposalKind(kind) if kind else None
        )
        titles = {document.id: document.title for document in folder.documents.all()}
    if as_json:
        print_json([proposal_to_json(proposal) for proposal in proposals])
        return
    for proposal in proposals:
        word = f"（{STATE_WORDS[proposal.state]}）" if state == "all" else ""
        click.echo(f"{proposal.id}  [{KIND_WORDS[proposal.kind]}]{word} {proposal.reason}")
        click.echo(f"    《{titles.get(proposal.document_id, proposal.document_id)}》 {proposal.document_id}")
        if proposal.place:
            click.echo(f"    原文：{proposal.place.quote}")
    click.echo(f"共 {len(proposals)} 条")


@upkeep.command("show")
@click.argument("proposal_id", type=int)
@data_option
@click.pass_obj
def upkeep_show(context: CliContext, proposal_id: int) -> None:
    """显示一条建议的全部内容（JSON）；新版文件的建议逐项列出变化。"""
    with context.open() as folder:
        proposal = folder.proposals.get(proposal_id)
        shown = proposal_to_json(proposal)
        if proposal.kind is ProposalKind.EDITION:
            shown |= edition_to_json(read_edition(folder, proposal))
    print_json(shown)


def _pairs(given: tuple[str, ...]) -> dict[str, list[str]]:
    """ITEM:FIELD, several times, as a table."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in given:
        item_id, _, field = entry.partition(":")
        if not field:
            raise click.UsageError(f"“{entry}”应写成 事项编号:字段，例如 0123456789abcdef-001:benefits")
        found[item_id].append(field)
    return found


@upkeep.command("accept")
@click.argument("proposal_ids", nargs=-1, type=int)
@click.option("--all", "kind", type=_KINDS, default=None, help="采纳一类中的全部待处理建议")
@click.option("--day", type=_DAY, default=None, help="废止生效日，或延长后的最后一天")
@click.option("--keep", multiple=True, metavar="ITEM:FIELD", help="新版原文已变，仍保留人工修改的字段")
@click.option("--take", multiple=True, metavar="ITEM:FIELD", help="放弃人工修改、采用新版的字段")
@click.option("--note", default="", help="备注")
@data_option
@click.pass_obj
def upkeep_accept(
    context: CliContext,
    proposal_ids: tuple[int, ...],
    kind: str | None,
    day: datetime | None,
    keep: tuple[str, ...],
    take: tuple[str, ...],
    note: str,
) -> None:
    """采纳建议，使其生效。"""
    choices = Choices(day.date() if day else None, _pairs(keep), _pairs(take))
    with context.open() as folder:
        of_kind = folder.proposals.each(kind=ProposalKind(kind)) if kind else []
        ids = _chosen(proposal_ids, kind, [proposal.id for proposal in of_kind])
        done = accept(folder, ids, by=COMMAND_LINE, now=now(), note=note, choices=choices)
        fresh_catalogue(folder)
    click.echo(f"已采纳 {done} 条建议")


def _chosen(proposal_ids: tuple[int, ...], kind: str | None, of_kind: list[int]) -> list[int]:
    if bool(proposal_ids) == bool(kind):
        raise click.UsageError("请给出建议编号，或用 --all 指定一类，二者选一")
    return list(proposal_ids) or of_kind


@upkeep.command("decline")
@click.argument("proposal_ids", nargs=-1, type=int, required=True)
@click.option("--separate", is_flag=True, help="新版文件的建议：不是同一文件，其事项单独审核")
@click.option("--note", default="", help="备注")
@data_option
@click.pass_obj
def upkeep_decline(context: CliContext, proposal_ids: tuple[int, ...], separate: bool, note: str) -> None:
    """不采纳建议；同一建议不再提出。"""
    with context.open() as folder:
        choices = Choices(separate=separate)
        done = decline(folder, proposal_ids, by=COMMAND_LINE, now=now(), note=note, choices=choices)
        fresh_catalogue(folder)
    click.echo(f"未采纳 {done} 条建议")


@upkeep.command("later")
@click.argument("proposal_ids", nargs=-1, type=int, required=True)
@data_option
@click.pass_obj
def upkeep_later(context: CliContext, proposal_ids: tuple[int, ...]) -> None:
    """暂缓一周再处理。"""
    with context.open() as folder:
        until = put_off(folder, proposal_ids, by=COMMAND_LINE, now=now())
    click.echo(f"{until:%Y-%m-%d} 起重新列出")


@upkeep.command("relate")
@click.argument("by_document_id")
@click.argument("relation", type=click.Choice([relation.value for relation in Relation]))
@click.argument("document_id")
@click.option("--day", type=_DAY, default=None, help="废止生效日，或延长后的最后一天")
@click.option("--note", default="", help="依据")
@data_option
@click.pass_obj
def upkeep_relate(
    context: CliContext, by_document_id: str, relation: str, document_id: str, day: datetime | None, note: str
) -> None:
    """人工注明一份文件废止、替代或延长另一份文件。"""
    with context.open() as folder:
        on = day.date() if day else None
        add_relation(
            folder, by_document_id, document_id, Relation(relation), day=on, by=COMMAND_LINE, now=now(), note=note
        )  # fmt: skip
        fresh_catalogue(folder)
    click.echo("已注明")


@upkeep.command("clock")
@click.option("--all", "everything", is_flag=True, help="也列出已办结的文件")
@as_of_option
@json_option
@data_option
@click.pass_obj
def upkeep_clock(context: CliContext, everything: bool, as_of: datetime | None, as_json: bool) -> None:
    """办理时限：每份文件自收到起 7 个工作日内审核发布，超期的在前。"""
    with context.open() as folder:
        clocks = read_clocks(folder, day_of(as_of))
    shown = [clock for clock in clocks if everything or clock.is_open]
    if as_json:
        print_json([clock_to_json(clock) for clock in shown])
        return
    for clock in shown:
        click.echo(
            f"{CLOCK_WORDS[clock.state]}  {clock.due_on:%Y-%m-%d} 前  《{clock.title}》 {clock.document_id}"
        )
    for month in months_of_work(clocks):
        share = f"{month.share:.0%}" if month.share is not None else "—"
        taken = f"{month.median_days:g}" if month.median_days is not None else "—"
        click.echo(f"{month.month} 收到 {month.received} 份，按时 {share}，办结中位数 {taken} 个工作日")


@upkeep.command("links")
@click.option("--check", is_flag=True, help="先逐个检查到期的链接")
@json_option
@data_option
@click.pass_obj
def upkeep_links(context: CliContext, check: bool, as_json: bool) -> None:
    """列出已发布文件的失效链接（两天都打不开的）。"""
    with context.open() as folder:
        if check:
            check_links(folder, now, allowed_hosts=listed(context.settings().fetch_hosts))
        found = dead_links(folder)
    if as_json:
        print_json([dead_link_to_json(one) for one in found])
        return
    for one in found:
        good = f"{one.link.good_at:%Y-%m-%d}" if one.link.good_at else "从未"
        click.echo(f"{one.link.address}  {one.link.fault}，上次正常 {good}")
        for link, document in one.shown_by:
            click.echo(f"    《{document.title}》 {document.id}：{link.title}")
    click.echo(f"共 {len(found)} 个")


@upkeep.command("link")
@click.argument("address")
@click.option("--replace", "replacement", default=None, help="改用这个网址")
@click.option("--dismiss", is_flag=True, help="不再提示")
@data_option
@click.pass_obj
def upkeep_link(context: CliContext, address: str, replacement: str | None, dismiss: bool) -> None:
    """更换一个失效链接，或不再提示它。"""
    if bool(replacement) == dismiss:
        raise click.UsageError("请用 --replace 给出新网址，或用 --dismiss 不再提示，二者选一")
    with context.open() as folder:
        if replacement:
            count = replace_link(folder, address, replacement, by=COMMAND_LINE, now=now())
            click.echo(f"已在 {count} 份文件中更换")
        else:
            dismiss_link(folder, address, by=COMMAND_LINE, now=now())
            click.echo("不再提示")
