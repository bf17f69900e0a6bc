"""`huiqi audit`: what was done, searched and exported from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from service.actors import COMMAND_LINE
from service.audit_words import AUDIT_HEADS, audit_row
from service.cli.context import CliContext, data_option, json_option, now, print_json
from service.sheets import book_of
from service.store.audit import EVENTS, Entry, EntryFilter


@click.command()
@click.option("--words", default="", help="对象、说明、操作人或内容中的文字")
@click.option("--event", type=click.Choice(sorted(EVENTS)), default=None, help="操作的种类")
@click.option("--actor", default="", help="操作人")
@click.option("--since", default="", metavar="DATE", help="从哪一天起，如 2026-11-01")
@click.option("--top", type=click.IntRange(1, 100_000), default=50, show_default=True, help="最多列出多少条")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="全部写入 XLSX 文件"
)
@json_option
@data_option
@click.pass_obj
def audit(
    context: CliContext,
    words: str,
    event: str | None,
    actor: str,
    since: str,
    top: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """查看操作记录：谁在何时做了什么，最新的在前。"""
    wanted = EntryFilter(words=words, event=event or "", actor=actor, since=since)
    with context.open() as folder:
        if out is not None:
            folder.audit.record(COMMAND_LINE, "audit.export", "audit", "audit_log", at=now(), note=out.name)
            out.write_bytes(book_of("操作记录", AUDIT_HEADS, map(audit_row, folder.audit.each(wanted))))
            click.echo(f"已写入 {out}")
            return
        entries = folder.audit.entries(wanted, limit=top)
    if as_json:
        print_json([_entry_json(entry) for entry in entries])
        return
    for entry in entries:
        click.echo("  ".join(part for part in audit_row(entry) if part))


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "role": entry.role,
        "address": entry.address,
        "event": entry.event,
        "kind": entry.kind,
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
        "note": entry.note,
    }
