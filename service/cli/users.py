"""`huiqi users …`: accounts from the shell, for whoever runs the machine."""

from __future__ import annotations

import sys

import click

from service.actors import COMMAND_LINE, ROLE_WORDS, Role
from service.cli.context import CliContext, data_option, json_option, now, print_json
from service.store.accounts import Account
from service.workflows import manage_accounts
from service.workflows.manage_accounts import Invitation

_ROLES = click.Choice([Role.ENTERPRISE.value, Role.OFFICE.value, Role.ADMIN.value])


@click.group()
def users() -> None:
    """账户：新增、列出、重置、停用。"""


@users.command("add")
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="角色：企业、营商办、管理员")
@click.option("--uscc", default=None, help="企业账户对应的统一社会信用代码")
@data_option
@click.pass_obj
def add(context: CliContext, name: str, role: str, uscc: str | None) -> None:
    """新增账户；口令在终端输入，或从标准输入读取一行。"""
    with context.open() as folder:
        manage_accounts.add_account(
            folder, name, Role(role), _password(), uscc=uscc, by=COMMAND_LINE, now=now()
        )
    click.echo(f"已新增{ROLE_WORDS[Role(role)]}账户“{name}”")


@users.command("list")
@json_option
@data_option
@click.pass_obj
def list_users(context: CliContext, as_json: bool) -> None:
    """列出全部账户。"""
    with context.open() as folder:
        accounts = folder.accounts.all()
    if as_json:
        print_json([_account_json(account) for account in accounts])
        return
    for account in accounts:
        company = f"  {account.uscc}" if account.uscc else ""
        state = "  已停用" if account.disabled_at else ""
        click.echo(f"{ROLE_WORDS[account.role]}  {account.name}{company}{state}")
    click.echo(f"共 {len(accounts)} 个")


@users.command("invite")
@click.option("--role", type=_ROLES, required=True, help="角色：企业、营商办、管理员")
@click.option("--uscc", default=None, help="企业账户对应的统一社会信用代码")
@data_option
@click.pass_obj
def invite(context: CliContext, role: str, uscc: str | None) -> None:
    """发放一次性开通码，由本人在网页上设置用户名和口令。"""
    with context.open() as folder:
        _print(manage_accounts.invite(folder, Role(role), uscc=uscc, by=COMMAND_LINE, now=now()))


@users.command("reset")
@click.argument("name")
@data_option
@click.pass_obj
def reset(context: CliContext, name: str) -> None:
    """发放重置口令的一次性开通码，并使该账户的登录立即失效。"""
    with context.open() as folder:
        _print(manage_accounts.reset_code(folder, name, by=COMMAND_LINE, now=now()))


@users.command("disable")
@click.argument("name")
@data_option
@click.pass_obj
def disable(context: CliContext, name: str) -> None:
    """停用账户，立即生效。"""
    with context.open() as folder:
        manage_accounts.set_disabled(folder, name, True, by=COMMAND_LINE, now=now())
    click.echo(f"已停用“{name}”")


@users.command("enable")
@click.argument("name")
@data_option
@click.pass_obj
def enable(context: CliContext, name: str) -> None:
    """启用账户。"""
    with context.open() as folder:
        manage_accounts.set_disabled(folder, name, False, by=COMMAND_LINE, now=now())
    click.echo(f"已启用“{name}”")


@users.command("role")
@click.argument("name")
@click.argument("role", type=_ROLES)
@click.option("--uscc", default=None, help="企业账户对应的统一社会信用代码")
@data_option
@click.pass_obj
def role(context: CliContext, name: str, role: str, uscc: str | None) -> None:
    """变更账户的角色。"""
    with context.open() as folder:
        manage_accounts.set_role(folder, name, Role(role), uscc=uscc, by=COMMAND_LINE, now=now())
    click.echo(f"“{name}”的角色已变更为{ROLE_WORDS[Role(role)]}")


@users.command("token")
@click.argument("name")
@click.option("--label", default="接口", help="用途，记入操作记录")
@click.option("--revoke", is_flag=True, help="收回该账户的全部接口令牌")
@data_option
@click.pass_obj
def token(context: CliContext, name: str, label: str, revoke: bool) -> None:
    """为账户签发接口令牌，供程序以 Authorization: Bearer 使用；只显示一次。"""
    with context.open() as folder:
        if revoke:
            count = manage_accounts.revoke_tokens(folder, name, by=COMMAND_LINE, now=now())
            click.echo(f"已收回 {count} 个接口令牌")
            return
        click.echo(manage_accounts.issue_token(folder, name, label, by=COMMAND_LINE, now=now()))


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("口令", hide_input=True, confirmation_prompt="再次输入口令"))
    return sys.stdin.readline().rstrip("\r\n")


def _print(invitation: Invitation) -> None:
    until = f"{invitation.expires_at:%Y-%m-%d %H:%M}"
    click.echo(
        f"一次性开通码 {invitation.code}（{ROLE_WORDS[invitation.role]}，{until} 前有效），在网页 /activate 使用"
    )


def _account_json(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "role": account.role.value,
        "uscc": account.uscc,
        "disabled": account.disabled_at is not None,
        "created_at": account.created_at.isoformat(),
    }
