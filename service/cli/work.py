"""`huiqi work`: do the background jobs, list them, repeat those that failed."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from types import FrameType
from typing import Any

import click

from service.cli.context import CliContext, data_option, json_option, now, print_json, print_json_line
from service.cli.loading import sandbox_for
from service.settings import listed
from service.store.jobs import STATE_WORDS, Job, JobState
from service.workflows.job_context import Tools
from service.workflows.jobs import KIND_WORDS
from service.workflows.run_jobs import run_jobs

_MOMENT = "%Y-%m-%d %H:%M:%S"


@click.group(invoke_without_command=True)
@click.option("--once", is_flag=True, help="做完已到时间的任务即退出；有任务失败时以状态 1 退出")
@click.option("--until-stdin-closes", is_flag=True, hidden=True, help="上级进程结束时随之结束")
@json_option
@data_option
@click.pass_context
def work(click_context: click.Context, once: bool, until_stdin_closes: bool, as_json: bool) -> None:
    """处理后台任务（上传的文件、定期维护等），直到被停止。

    huiqi serve 会自行启动一个这样的进程；单独运行用于任务较多时，或不开网页服务时。
    """
    if click_context.invoked_subcommand is not None:
        return
    context: CliContext = click_context.obj
    settings = context.settings()
    failed: list[Job] = []

    def report(job: Job) -> None:
        if job.state is JobState.FAILED:
            failed.append(job)
        print_json_line(_as_json(job)) if as_json else click.echo(_line(job))

    stopping = threading.Event()
    with sandbox_for(settings) as sandbox, _stopped_by_signals(stopping):
        if until_stdin_closes:
            threading.Thread(target=_wait_for_the_end_of_stdin, args=[stopping], daemon=True).start()
        tools = Tools(now, sandbox, listed(settings.fetch_hosts), stopping)
        run_jobs(settings.data, tools, once=once, report=report, abandon=lambda: os._exit(0))
    if once and failed:
        sys.exit(1)


@contextmanager
def _stopped_by_signals(stopping: threading.Event) -> Iterator[None]:
    """TERM and Ctrl+C end the work after the job being done; one that takes long goes back into the queue."""

    def stop(_: int, __: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait_for_the_end_of_stdin(stopping: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stopping.set()


@work.command("list")
@click.option("--state", type=click.Choice([state.value for state in JobState]), help="只列出这种状态的任务")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, help="最多列出多少个，默认 50")
@json_option
@data_option
@click.pass_obj
def work_list(context: CliContext, state: str | None, limit: int, as_json: bool) -> None:
    """列出后台任务，新的在前。"""
    with context.open() as folder:
        jobs = list(folder.jobs.each(state=JobState(state) if state else None, limit=limit))
        counts, alive = folder.jobs.counts(), folder.workers.is_any_alive()
    if as_json:
        by_state = {name.value: count for name, count in counts.items()}
        print_json({"jobs": [_as_json(job) for job in jobs], "counts": by_state, "worker": alive})
        return
    for job in jobs:
        click.echo(_line(job))
    click.echo("，".join(f"{STATE_WORDS[name]} {count}" for name, count in counts.items()))
    if not alive and counts[JobState.QUEUED] + counts[JobState.RUNNING]:
        click.echo("没有后台进程在运行：请启动 huiqi serve 或 huiqi work", err=True)


@work.command("retry")
@click.argument("job_ids", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="重试全部失败的任务")
@data_option
@click.pass_obj
def work_retry(context: CliContext, job_ids: tuple[int, ...], every: bool) -> None:
    """把失败的任务重新排入队列。"""
    if every == bool(job_ids):
        raise click.UsageError("请给出任务编号，或用 --all 重试全部失败的任务，二者选一")
    with context.open() as folder:
        ids = [job.id for job in folder.jobs.each(state=JobState.FAILED, limit=10_000)] if every else job_ids
        states = [folder.jobs.retry(job_id, at=now()).state for job_id in ids]
    queued = sum(state is JobState.QUEUED for state in states)
    click.echo(f"已重新排队 {queued} 个任务" + ("，其余不是失败的任务" if queued < len(states) else ""))


def _line(job: Job) -> str:
    kind = KIND_WORDS.get(job.kind, job.kind)
    counted = f" {job.done}/{job.total}" if job.total else ""
    note = f"（{job.note}{counted}）" if job.note and job.state is JobState.RUNNING else ""
    reason = f"：{job.reason}" if job.reason and job.state is not JobState.DONE else ""
    moment = _local(job.finished_at or job.started_at or job.created_at)
    return f"{job.id}  {moment}  {STATE_WORDS[job.state]}  {kind}{note}{reason}"


def _local(moment: datetime) -> str:
    return moment.astimezone(now().tzinfo).strftime(_MOMENT)


def _as_json(job: Job) -> dict[str, Any]:
    row = asdict(job)
    for name, value in row.items():
        if isinstance(value, datetime):
            row[name] = value.astimezone(now().tzinfo).isoformat(timespec="seconds")
    return row
