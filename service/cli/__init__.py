"""The shell's face: `huiqi`. Assembles settings, data folder and clock, and calls the workflows.

Exit status: 0 all done; 1 some inputs were refused or something failed (said on stderr); 2 wrong usage.
"""

from __future__ import annotations

import sys

import click

from service.cli import (
    audit_log,
    dictionaries,
    documents,
    enterprises,
    loading,
    matching,
    reviewing,
    searching,
    serving,
    system,
    upkeep,
    uploads,
    users,
    weighing,
    work,
)
from service.cli.chinese import speak_chinese
from service.cli.context import CliContext
from service.errors import OUR_ERRORS


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data", envvar="HUIQI_DATA", default=None, help="数据目录，默认 ./data（环境变量 HUIQI_DATA）"
)
@click.version_option(
    package_name="huiqi", prog_name="huiqi", help="显示版本号。", message="%(prog)s %(version)s"
)
@click.pass_context
def cli(context: click.Context, data: str | None) -> None:
    """惠企：政策找企业。载入政策文件，给出每家企业可享受的政策事项及其依据。"""
    context.obj = CliContext(data)


for command in (
    loading.load,
    loading.extract,
    reviewing.review,
    enterprises.enterprises,
    matching.match,
    matching.audience,
    weighing.what_if,
    weighing.impact,
    searching.search,
    users.users,
    audit_log.audit,
    documents.documents,
    dictionaries.dictionary,
    dictionaries.facts,
    system.index,
    system.doctor,
    serving.serve,
    uploads.uploads,
    upkeep.upkeep,
    work.work,
    system.demo,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; our own errors become one line on stderr and exit status 1."""
    speak_chinese()
    try:
        cli(prog_name="huiqi")
    except OUR_ERRORS as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(1)
