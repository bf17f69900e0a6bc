"""`huiqi serve`: the web server and one worker beside it, both watched; the worker is started again when it dies."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

from service.actors import COMMAND_LINE
from service.cli.context import CliContext, data_option, now
from service.workflows.manage_accounts import first_admin_code

LOOPBACK = ("127.0.0.1", "::1", "localhost")
ROOT = Path(__file__).resolve().parents[2]
_LOOK_S = 0.2
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0  # before a worker that died is started again
_LIVED_S = 60.0  # a worker that lived so long died of something else than its start
_END_S = 30.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@click.command()
@click.option("--host", default=None, help="监听地址，默认 127.0.0.1")
@click.option("--port", type=int, default=None, help="端口，默认 8000")
@click.option("--no-work", is_flag=True, help="不启动后台处理进程（另行运行 huiqi work 时使用）")
@data_option
@click.pass_obj
def serve(context: CliContext, host: str | None, port: int | None, no_work: bool) -> None:
    """启动网页服务和后台处理进程。"""
    settings = context.settings(host=host, port=port)
    with context.open() as folder:
        code = first_admin_code(folder, by=COMMAND_LINE, now=now())
    address = f"http://{settings.host}:{settings.port}"
    click.echo(f"惠企已启动：{address}/（数据目录 {settings.data}）。按 Ctrl+C 停止")
    if code is not None:
        click.echo(f"还没有管理员。请在 24 小时内打开 {address}/activate，输入一次性开通码 {code.code}")
    if settings.host not in LOOPBACK and not settings.proxies:
        click.echo(
            "注意：未经 HTTPS 对外提供服务时，口令会明文传输。请在前面设置 HTTPS 反向代理，并设置 HUIQI_PROXIES",
            err=True,
        )
    environment = {**os.environ, "HUIQI_DATA": str(settings.data.resolve())}
    sys.exit(Pair(environment, _web_command(settings.host, settings.port), with_worker=not no_work).run())


def _web_command(host: str, port: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", "2", "--threads", "4"]
    return [*command, "--no-control-socket", "--log-level", "warning", "wsgi:app"]


class Pair:
    """The web server and its worker, as long as the web server lives."""

    def __init__(self, environment: dict[str, str], web_command: list[str], *, with_worker: bool) -> None:
        self._environment, self._web_command, self._with_worker = environment, web_command, with_worker
        self._told: int | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        self._started_at = self._start_at = 0.0
        self._wait_s = _FIRST_WAIT_S

    def run(self) -> int:
        """Run both until the web server ends or we are told to stop; the web server's exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._be_told)
        # A web server without us would keep the port and have no worker: it ends when we do, however we end.
        web = subprocess.Popen(
            self._web_command, cwd=ROOT, env=self._environment, preexec_fn=_end_with_parent()
        )
        while self._told is None and web.poll() is None:
            if self._with_worker:
                self._keep_worker()
            time.sleep(_LOOK_S)
            if self._told == signal.SIGHUP:  # gunicorn takes in the program anew, and so does the worker
                web.send_signal(signal.SIGHUP)
                self._end_worker()
                self._told = None
        if web.poll() is None:
            web.terminate()
        self._end_worker()
        status = _wait(web)
        return 0 if self._told is not None else status

    def _be_told(self, number: int, _: FrameType | None) -> None:
        self._told = number

    def _keep_worker(self) -> None:
        if self._worker is not None:
            if self._worker.poll() is None:
                return
            lived = time.monotonic() - self._started_at
            self._wait_s = _FIRST_WAIT_S if lived > _LIVED_S else min(self._wait_s * 2, _LONGEST_WAIT_S)
            self._start_at = time.monotonic() + self._wait_s
            click.echo(f"后台处理进程已退出（状态 {self._worker.returncode}），即将重新启动", err=True)
            self._drop_worker()
        if time.monotonic() < self._start_at:
            return
        command = [sys.executable, "-m", "service.cli", "work", "--until-stdin-closes"]
        # Its standard input closes when we end, however we end, and then it ends too.
        self._worker = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        self._started_at = time.monotonic()

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.terminate()
            _wait(self._worker)
            self._drop_worker()

    def _drop_worker(self) -> None:
        if self._worker is not None and self._worker.stdin is not None:
            self._worker.stdin.close()
        self._worker = None


def _end_with_parent() -> Callable[[], None] | None:
    """What a child does before it starts so that the system ends it when its parent has gone; Linux alone can do it."""
    if not sys.platform.startswith("linux"):
        return None
    system = ctypes.CDLL(None)
    return lambda: system.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end of what was told to end; what does not listen is killed: nothing accepted is lost by that."""
    try:
        return process.wait(timeout=_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
