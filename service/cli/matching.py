"""`huiqi match` and `huiqi audience`: ranked lists for enterprises, enterprises for an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from matching.amounts import most_yuan
from matching.figures_in_words import chinese_date, money, plain
from matching.model import Match, Verdict
from matching.state_words import ELIGIBILITY_WORDS, OPENNESS_WORDS, VERDICT_SIGNS
from policy_corpus.codes.uscc import normalise_uscc
from policy_corpus.model import Document
from service.actors import COMMAND_LINE
from service.cli.context import (
    CliContext,
    as_of_option,
    data_option,
    day_of,
    json_option,
    now,
    print_json,
    with_progress,
)
from service.exports.formats import FORMATS, format_of
from service.exports.match_run import Wanted
from service.exports.writing import Made, Workforce, write_all_matches
from service.shapes import audience_to_json, enterprise_matches_to_json
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf, read_shelf
from service.workflows.match_enterprises import EnterpriseMatches, ItemAudience, find_audience, match_one

_ADDRESS = re.compile(
    r"local(?::[1-9]\d{0,3})?|(?!local:)(?:[a-z]+://)?(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}", re.ASCII
)


def _check_address(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _ADDRESS.fullmatch(value):
        raise click.BadParameter("应为 tcp://主机:端口、local 或 local:N", param=parameter)
    return value


@click.command()
@click.argument("uscc", required=False)
@click.option("--all", "everyone", is_flag=True, help="匹配企业库中的全部企业")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="--all 的结果文件：jsonl、csv、xlsx 或 parquet",
)
@click.option("--top", type=click.IntRange(min=1), default=None, help="每家企业最多列出几项")
@click.option("--include-ineligible", is_flag=True, help="也列出不符合的事项及所缺条件")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    help="--all 用几个进程，默认为处理器核数，企业较少时只用本进程；1 表示只用本进程",
)
@click.option(
    "--cluster",
    callback=_check_address,
    help="--all 在 Dask 集群上运行：调度器地址 tcp://主机:端口；local 在本机启动一个，local:N 启动 N 个工作进程",
)
@as_of_option
@json_option
@data_option
@click.pass_obj
def match(
    context: CliContext,
    uscc: str | None,
    everyone: bool,
    out: Path | None,
    top: int | None,
    include_ineligible: bool,
    workers: int | None,
    cluster: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """给出企业可享受的政策事项，按可能性排序，逐条说明依据。"""
    if everyone == bool(uscc):
        raise click.UsageError("请给出一个统一社会信用代码，或用 --all 匹配全部企业")
    if everyone and (out is None or format_of(out) is None):
        raise click.UsageError(f"--all 需要 --out 文件，扩展名为 {'、'.join(FORMATS)} 之一")
    if out is not None and not everyone:
        raise click.UsageError("--out 与 --all 一起使用；单家企业请用 --json 输出")
    if (workers or cluster) and not everyone:
        raise click.UsageError("--workers 和 --cluster 与 --all 一起使用")
    if workers and cluster:
        raise click.UsageError("--workers 和 --cluster 只能用一个")
    with context.open() as folder:
        shelf = read_shelf(folder, day_of(as_of))
        if everyone and out is not None and (name := format_of(out)):
            wanted = Wanted(name, top, include_ineligible)
            count = _match_everyone(folder, shelf, out, wanted, Workforce(workers, cluster))
            told = {"企业数": count, "file": out.name}
            folder.audit.record(COMMAND_LINE, "match.export", "matches", "all", at=now(), after=told)
            click.echo(f"已匹配 {count} 家企业，结果写入 {out}")
            return
        kept = top if as_json else None  # on a terminal the counts are of all, whatever is listed
        one = match_one(
            folder, shelf, normalise_uscc(uscc or ""), include_ineligible=include_ineligible, top=kept
        )
    if as_json:
        print_json(enterprise_matches_to_json(one, shelf.documents, shelf.as_of))
    else:
        print_matches(one, shelf, top)


def _match_everyone(folder: DataFolder, shelf: Shelf, out: Path, wanted: Wanted, workforce: Workforce) -> int:
    total = len(folder.enterprises)

    def watch(made: Iterator[Made]) -> Iterator[Made]:
        return with_progress(made, total, "匹配", lambda one: one[0].count)

    return write_all_matches(out, folder, shelf, wanted, workforce, watch)


def print_matches(found: EnterpriseMatches, shelf: Shelf, top: int | None = None) -> None:
    """The ranked list as text for a terminal: the counts of all, then the first `top`, and how to see the rest."""
    kinds = [match.eligibility for match in found.matches]
    click.echo(f"{found.enterprise.name}（{found.enterprise.uscc}）　{chinese_date(shelf.as_of)}")
    counts = "，".join(
        f"{word} {kinds.count(kind)} 项" for kind, word in ELIGIBILITY_WORDS.items() if kind in kinds
    )
    click.echo(counts or "目前没有匹配到可享受的事项。可补充企业信息，或载入更多政策文件后再试")
    for match in found.matches[:top]:
        _print_match(match, shelf.documents[match.item.document_id])
    rest = len(found.matches) - len(found.matches[:top])
    if rest:
        click.echo(f"\n另有 {rest} 项未列出，可用 huiqi match {found.enterprise.uscc} 查看全部")


def _print_match(match: Match, document: Document) -> None:
    window = match.item.window
    deadline = f"，截止 {chinese_date(window.closes_on)}" if window and window.closes_on else ""
    click.echo("")
    click.secho(f"{match.rank:>3}. {match.item.title}", bold=True)
    click.echo(
        f"     {ELIGIBILITY_WORDS[match.eligibility]}　{_amount(match)}　{OPENNESS_WORDS[match.openness]}{deadline}"
    )
    number = f"（{document.document_number}）" if document.document_number else ""
    click.echo(f"     《{document.title}》{number}　事项编号 {match.item.id}")
    for finding in match.findings:
        gap = f"；{finding.gap}" if finding.gap else ""
        asked = f"{finding.text}：" if finding.verdict is Verdict.UNKNOWN else ""
        click.echo(f"     {VERDICT_SIGNS[finding.verdict]} {asked}{finding.reason}{gap}")
        quote = " ".join(finding.condition.span.quote.split())
        click.echo(f"       原文：“{quote}”" if quote else "       由审核人员补充")


def _amount(match: Match) -> str:
    words = []
    for benefit in match.item.benefits:
        most = most_yuan(benefit)
        rate = (
            f"{benefit.base or ''}{plain(benefit.rate_percent)}%" if benefit.rate_percent is not None else ""
        )
        cap = (("最高" if benefit.max_yuan is not None else "") + money(most)) if most is not None else ""
        unit = f"{benefit.base}{money(benefit.amount_yuan)}" if benefit.base and benefit.amount_yuan else ""
        words.append("，".join(filter(None, (unit if not cap else "", rate, cap))) or benefit.kind.value)
    return "；".join(dict.fromkeys(words)) or "支持内容见原文"


@click.command()
@click.argument("item_id")
@click.option("--top", type=click.IntRange(min=1), default=None, help="最多列出几家")
@as_of_option
@json_option
@data_option
@click.pass_obj
def audience(
    context: CliContext, item_id: str, top: int | None, as_of: datetime | None, as_json: bool
) -> None:
    """一个政策事项适合哪些企业，各判断有几家。"""
    with context.open() as folder:
        shelf = read_shelf(folder, day_of(as_of))
        found = find_audience(folder, shelf, item_id)
        if as_json:
            print_json(audience_to_json(found, shelf.as_of, top))
        else:
            _print_audience(found, top)


def _print_audience(found: ItemAudience, top: int | None) -> None:
    click.echo(f"{found.audience.item.title}　《{found.document.title}》")
    click.echo(
        "，".join(f"{word} {found.audience.counts[kind]} 家" for kind, word in ELIGIBILITY_WORDS.items())
    )
    for enterprise, match in found.audience.matches(found.enterprise_of, top):
        unknown = [finding.text for finding in match.findings if finding.verdict is Verdict.UNKNOWN]
        note = f"　待确认：{'、'.join(unknown[:3])}" if unknown else ""
        click.echo(f"{enterprise.uscc}  {ELIGIBILITY_WORDS[match.eligibility]}  {enterprise.name}{note}")
