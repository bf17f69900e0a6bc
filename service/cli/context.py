"""What every command needs: the data folder, the clock, and a way to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from policy_corpus.additions import use
from service.settings import Settings
from service.store.data_folder import DATABASE_NAME, DataFolder
from service.store.dictionaries import read_additions

# 北京时间; a fixed offset, for a bare system has no time zone tables and China keeps no summer time.
BEIJING = timezone(timedelta(hours=8))
_T = TypeVar("_T")
_F = TypeVar("_F", bound=Callable[..., Any])


class CliContext:
    """Handed to every command as click's `obj`."""

    def __init__(self, data: str | None) -> None:
        self.data = data

    def settings(self, **given: object) -> Settings:
        """Settings from the environment and the options given. Raises InvalidSettings."""
        return Settings.from_environment(given={"data": Path(self.data) if self.data else None, **given})

    def open(self) -> DataFolder:
        """The data folder, opened, and its dictionaries and facts put in place. Raises UnusableDataFolder."""
        folder = DataFolder.open(self.settings().data)
        folder.dictionaries.put_in_place()
        return folder

    def put_additions_in_place(self) -> None:
        """Have a command that needs no data folder take what one holds, if it is there; nothing is made or changed."""
        path = self.settings().data / DATABASE_NAME
        if path.exists():
            use(read_additions(path))


def now() -> datetime:
    """Now, Beijing time."""
    return datetime.now(BEIJING)


def today() -> date:
    """Today, Beijing time."""
    return now().date()


def _take_data(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.obj.data = value


def data_option(command: _F) -> _F:
    """`--data` after the command's name as well as before it."""
    return click.option(
        "--data", default=None, expose_value=False, callback=_take_data, help="数据目录，默认 ./data"
    )(command)


def json_option(command: _F) -> _F:
    """`--json`: print JSON in place of text."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON")(command)


def as_of_option(command: _F) -> _F:
    """`--as-of`: the day on which the question is asked."""
    kind = click.DateTime(formats=["%Y-%m-%d"])
    return click.option("--as-of", type=kind, default=None, help="以哪一天为准（YYYY-MM-DD），默认今天")(
        command
    )


def day_of(as_of: datetime | None) -> date:
    """The day given, else today."""
    return as_of.date() if as_of else today()


def print_json(value: Any) -> None:
    """One JSON value on stdout, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Any) -> None:
    """One JSON value on one line of stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))


def input_lines() -> Iterator[tuple[int, str]]:
    """The lines of stdin with their numbers, blank ones left out."""
    with click.open_file("-", encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield number, line


def with_progress(
    things: Iterable[_T], total: int, label: str, weight: Callable[[_T], int] = lambda _: 1
) -> Iterator[_T]:
    """Pass things through, with a progress bar on stderr if that is a terminal; silent in a pipe.

    weight: how much of the total a thing is.
    """
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(label, total=total)
        for thing in things:
            progress.stop()  # whoever takes the thing may print: the bar must not stand in the line
            yield thing
            progress.start()
            progress.advance(task, weight(thing))
