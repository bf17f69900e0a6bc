"""`huiqi index`, `doctor`, `demo`: the installation itself."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from service.actors import COMMAND_LINE, ROLE_WORDS, Role
from service.cli.context import CliContext, data_option, json_option, now, print_json, today, with_progress
from service.cli.loading import sandbox_for
from service.cli.matching import print_matches
from service.errors import ServiceError
from service.store.accounts import new_code
from service.store.data_folder import DataFolder
from service.store.originals import content_hash
from service.store.policy_index import rebuild_indexes
from service.store.shelf import read_shelf
from service.workflows.change_dictionaries import refresh_additions
from service.workflows.check_installation import Grade, check_installation
from service.workflows.load_policies import Outcome, find_files, load_policies
from service.workflows.manage_accounts import add_account, set_password
from service.workflows.match_enterprises import match_one
from service.workflows.register_enterprises import register_enterprises

DEMO_ACCOUNTS = (("示例管理员", Role.ADMIN), ("示例营商办", Role.OFFICE), ("示例企业", Role.ENTERPRISE))
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@click.command()
@json_option
@data_option
@click.pass_obj
def index(context: CliContext, as_json: bool) -> None:
    """重建事项索引与文件索引。"""
    with context.open() as folder:
        refresh_additions(folder)
        folder.dictionaries.put_in_place()
        counts = rebuild_indexes(folder)
    print_json(counts) if as_json else click.echo(
        f"已建立索引：事项 {counts['items']} 条，文件 {counts['documents']} 条"
    )


@click.command()
@json_option
@data_option
@click.pass_obj
def doctor(context: CliContext, as_json: bool) -> None:
    """检查安装与数据；有故障时以状态 1 退出。"""
    with context.open() as folder:
        checks = check_installation(folder)
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        marks = {Grade.FINE: "正常", Grade.WARNING: "注意", Grade.FAULT: "故障"}
        for check in checks:
            click.echo(f"[{marks[check.grade]}] {check.name}：{check.message}")
    if any(check.grade is Grade.FAULT for check in checks):
        sys.exit(1)


@click.command()
@data_option
@click.pass_obj
def demo(context: CliContext) -> None:
    """数据目录为空时载入示例政策与企业，并列出一家示例企业可享受的事项。"""
    policies, companies = SAMPLES / "policies", SAMPLES / "enterprises.jsonl"
    if not companies.exists():
        raise ServiceError(f"找不到示例数据 {SAMPLES}，请在源代码目录中运行 make demo")
    files = find_files([policies])
    with context.open() as folder:
        if _wants_samples(folder, files, companies):
            _load_samples(context, folder, files, companies)
        shelf = read_shelf(folder, today())
        print_matches(match_one(folder, shelf, _codes(companies)[0]), shelf, top=10)
        if _holds_samples_only(folder, files):
            _print_demo_accounts(folder, _codes(companies)[0])


def _codes(companies: Path) -> list[str]:
    """The codes of the sample enterprises; the first is the one that the demo shows."""
    return [json.loads(line)["uscc"] for line in companies.read_text(encoding="utf-8").splitlines() if line]


def _wants_samples(folder: DataFolder, files: list[Path], companies: Path) -> bool:
    """An empty folder, or one in which an earlier demo was broken off; never one that holds other files."""
    return _holds_samples_only(folder, files) and len(folder.enterprises) < len(_codes(companies))


def _holds_samples_only(folder: DataFolder, files: list[Path]) -> bool:
    ours = {content_hash(file.read_bytes())[:16] for file in files}
    return all(document.id in ours for document in folder.documents.all())


def _print_demo_accounts(folder: DataFolder, uscc: str) -> None:
    """Accounts to try the samples with. Their passwords are made anew each time, for none is kept readably."""
    names = {name for name, _ in DEMO_ACCOUNTS}
    if any(account.name not in names for account in folder.accounts.all()):
        return
    click.echo("\n示例账户（口令每次运行重新生成）：")
    for name, role in DEMO_ACCOUNTS:
        password = f"Hq-{new_code()[:14].lower()}"
        if folder.accounts.find(name):
            set_password(folder, name, password, by=COMMAND_LINE, now=now())
        else:
            code = uscc if role is Role.ENTERPRISE else None
            add_account(folder, name, role, password, uscc=code, by=COMMAND_LINE, now=now())
        click.echo(f"  {ROLE_WORDS[role]}  用户名 {name}  口令 {password}")


def _load_samples(context: CliContext, folder: DataFolder, files: list[Path], companies: Path) -> None:
    with sandbox_for(context.settings()) as sandbox:
        loading = load_policies(folder, files, sandbox, now, publish=True)
        outcomes = list(with_progress(loading, len(files), "载入示例政策"))
    for outcome in outcomes:
        if outcome.outcome is Outcome.REFUSED:
            click.echo(f"未载入 {outcome.path}：{outcome.reason}", err=True)
    register_enterprises(folder, companies, now)
    click.echo(
        f"已载入示例数据：政策文件 {len(folder.documents)} 份，政策事项 {len(folder.policies)} 个，"
        f"企业 {len(folder.enterprises)} 家\n"
    )
