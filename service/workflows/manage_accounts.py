"""Accounts: opened with a one-time code, repaired with another, given a role, disabled; every step in the audit log.

There is no default password: the first administrator opens the account with a code that the installation shows.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from policy_corpus.codes.uscc import normalise_uscc
from policy_corpus.errors import InvalidUscc
from service.actors import ROLE_WORDS, Actor, Role
from service.errors import SignInRefused, UnusableAccount, UnusableCode, UnusablePassword
from service.passwords import KEPT, faults_of_password, hash_password, is_password
from service.store.accounts import Account, Code, name_key, new_code
from service.store.data_folder import DataFolder

FIRST_CODE_LIVES, CODE_LIVES = timedelta(hours=24), timedelta(days=14)
_SHORTEST_NAME, _LONGEST_NAME = 2, 40


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that was handed out, to be shown once."""

    code: str
    role: Role
    uscc: str | None
    expires_at: datetime


def invite(
    folder: DataFolder, role: Role, *, uscc: str | None = None, by: Actor, now: datetime
) -> Invitation:
    """A code that opens one account of a role; for role enterprise of one company. Raises UnusableAccount."""
    if role is Role.ANONYMOUS:
        raise UnusableAccount("请选择角色：企业、营商办或管理员")
    company = _company(folder, role, uscc)
    invitation = Invitation(new_code(), role, company, now + CODE_LIVES)
    with folder.writing():
        folder.accounts.keep_code(
            invitation.code, Code(role, company, None, invitation.expires_at), made_by=by.name
        )
        folder.audit.record(
            by,
            "account.invite",
            "role",
            role.value,
            at=now,
            after={"角色": ROLE_WORDS[role], "企业": company},
        )
    return invitation


def first_admin_code(folder: DataFolder, *, by: Actor, now: datetime) -> Invitation | None:
    """The code for the first administrator; the one before becomes worthless. None if there is an administrator."""
    if folder.accounts.has_admin():
        return None
    invitation = Invitation(new_code(), Role.ADMIN, None, now + FIRST_CODE_LIVES)
    with folder.writing():
        folder.accounts.forget_codes(Role.ADMIN)
        folder.accounts.keep_code(
            invitation.code, Code(Role.ADMIN, None, None, invitation.expires_at), made_by=by.name
        )
        folder.audit.record(by, "account.invite", "role", Role.ADMIN.value, at=now, note="首位管理员")
    return invitation


def reset_code(folder: DataFolder, name: str, *, by: Actor, now: datetime) -> Invitation:
    """A code with which a person sets a new password; ends all sessions. Raises UnusableAccount."""
    account = _account(folder, name)
    invitation = Invitation(new_code(), account.role, account.uscc, now + FIRST_CODE_LIVES)
    with folder.writing():
        folder.accounts.forget_codes(account.role, account.id)
        code = Code(account.role, None, account.id, invitation.expires_at)
        folder.accounts.keep_code(invitation.code, code, made_by=by.name)
        folder.sessions.close_all(account.id)
        folder.audit.record(by, "account.reset", "account", account.name, at=now)
    return invitation


def look_at_code(folder: DataFolder, code: str, *, address: str, now: datetime) -> Code:
    """What a code opens; every wrong one counts against the address. Raises UnusableCode, SignInRefused."""
    with folder.writing():
        may_try = folder.sessions.note_attempt(f"code {address}", address, now)
    if not may_try:
        raise SignInRefused("错误次数过多，请 15 分钟后再试")
    found = folder.accounts.find_code(code, now)
    if found is None:
        raise UnusableCode("开通码不正确、已使用或已过期，请核对后重试，或联系管理员重新发放")
    with folder.writing():
        folder.sessions.forgive(f"code {address}")
    return found


def open_account(
    folder: DataFolder, code: str, name: str, password: str, *, address: str, now: datetime
) -> Account:
    """Open the account of a code, or set a new password where the code is for that. Raises UnusableCode,
    UnusableAccount, UnusablePassword, SignInRefused; then the code stays good."""
    found = look_at_code(folder, code, address=address, now=now)
    if found.account_id is not None:
        return _repair(folder, code, found.account_id, password, address, now)
    shown = _checked_name(folder, name)
    _check_password(password, shown, found.uscc)
    kept = hash_password(password)
    with folder.writing():
        if folder.accounts.find_code(code, now) is None:
            raise UnusableCode("开通码已被使用，请联系管理员重新发放")
        folder.accounts.use_code(code, now)
        _checked_name(folder, shown)  # again, now that nobody else writes
        account = folder.accounts.add(shown, found.role, found.uscc, kept, now)
        who = Actor(account.name, account.role, address)
        after = {"角色": ROLE_WORDS[account.role], "企业": account.uscc}
        folder.audit.record(who, "account.create", "account", account.name, at=now, after=after)
    return account


def add_account(
    folder: DataFolder,
    name: str,
    role: Role,
    password: str,
    *,
    uscc: str | None = None,
    by: Actor,
    now: datetime,
) -> Account:
    """Open an account with a password that is known here (command line). Raises UnusableAccount, UnusablePassword."""
    company, shown = _company(folder, role, uscc), _checked_name(folder, name)
    _check_password(password, shown, company)
    kept = hash_password(password)
    with folder.writing():
        _checked_name(folder, shown)  # again, now that nobody else writes
        account = folder.accounts.add(shown, role, company, kept, now)
        after = {"角色": ROLE_WORDS[role], "企业": company}
        folder.audit.record(by, "account.create", "account", account.name, at=now, after=after)
    return account


def change_password(
    folder: DataFolder, account: Account, old: str, new: str, *, by: Actor, now: datetime
) -> None:
    """Replace one's own password; ends all sessions. Raises SignInRefused, UnusablePassword."""
    with folder.writing():
        may_try = folder.sessions.note_attempt(name_key(account.name), by.address or "", now)
    kept, past = folder.accounts.passwords(account.id)
    if not may_try or not is_password(kept, old):
        raise SignInRefused("当前口令不正确，请核对后重试。连续 5 次错误将锁定 15 分钟")
    _check_password(new, account.name, account.uscc)
    _check_not_used_before(new, [kept, *past])
    _replace(folder, account, new, by, now)


def set_password(folder: DataFolder, name: str, new: str, *, by: Actor, now: datetime) -> Account:
    """Give somebody a new password (command line); ends all sessions. Raises UnusableAccount, UnusablePassword."""
    account = _account(folder, name)
    _check_password(new, account.name, account.uscc)
    _replace(folder, account, new, by, now)
    return account


def set_disabled(folder: DataFolder, name: str, disabled: bool, *, by: Actor, now: datetime) -> Account:
    """Disable an account at once, or enable it again. Raises UnusableAccount, also for the last administrator."""
    account = _account(folder, name)
    if disabled:
        _check_not_last_admin(folder, account)
    with folder.writing():
        folder.accounts.set_disabled(account.id, now if disabled else None)
        folder.sessions.close_all(account.id)
        event = "account.disable" if disabled else "account.enable"
        folder.audit.record(by, event, "account", account.name, at=now)
    return account


def set_role(
    folder: DataFolder, name: str, role: Role, *, uscc: str | None = None, by: Actor, now: datetime
) -> Account:
    """Give an account another role. Raises UnusableAccount, also where nobody would be left to administer."""
    account, company = _account(folder, name), _company(folder, role, uscc)
    if role is not Role.ADMIN:
        _check_not_last_admin(folder, account)
    with folder.writing():
        folder.accounts.set_role(account.id, role, company)
        folder.sessions.close_all(account.id)
        before, after = (
            {"角色": ROLE_WORDS[one], "企业": code}
            for one, code in ((account.role, account.uscc), (role, company))
        )
        folder.audit.record(by, "account.role", "account", account.name, at=now, before=before, after=after)
    return account


def issue_token(folder: DataFolder, name: str, label: str, *, by: Actor, now: datetime) -> str:
    """A token with which a program speaks for an account (Authorization: Bearer). Raises UnusableAccount."""
    account = _account(folder, name)
    token = secrets.token_urlsafe(32)
    with folder.writing():
        folder.accounts.keep_token(token, account.id, label, now)
        folder.audit.record(by, "account.token", "account", account.name, at=now, note=label)
    return token


def revoke_tokens(folder: DataFolder, name: str, *, by: Actor, now: datetime) -> int:
    """Take back all tokens of an account; returns how many. Raises UnusableAccount."""
    account = _account(folder, name)
    with folder.writing():
        count = folder.accounts.drop_tokens(account.id)
        folder.audit.record(by, "account.token", "account", account.name, at=now, note=f"收回 {count} 个")
    return count


def _repair(
    folder: DataFolder, code: str, account_id: int, password: str, address: str, now: datetime
) -> Account:
    account = folder.accounts.find_by_id(account_id)
    if account is None or account.disabled_at:
        raise UnusableCode("账户已停用，请联系管理员")
    _check_password(password, account.name, account.uscc)
    kept, past = folder.accounts.passwords(account.id)
    _check_not_used_before(password, [kept, *past])
    with folder.writing():
        folder.accounts.use_code(code, now)
    _replace(folder, account, password, Actor(account.name, account.role, address), now)
    return account


def _replace(folder: DataFolder, account: Account, password: str, by: Actor, now: datetime) -> None:
    kept = hash_password(password)
    with folder.writing():
        folder.accounts.set_password(account.id, kept, now)
        folder.sessions.close_all(account.id)
        folder.sessions.forgive(name_key(account.name))
        folder.audit.record(by, "account.password", "account", account.name, at=now)


def _account(folder: DataFolder, name: str) -> Account:
    account = folder.accounts.find(name)
    if account is None:
        raise UnusableAccount(f"没有名为“{name}”的账户，请核对后重试")
    return account


def _company(folder: DataFolder, role: Role, uscc: str | None) -> str | None:
    if role is not Role.ENTERPRISE:
        if uscc:
            raise UnusableAccount("只有企业账户才对应一家企业，请去掉统一社会信用代码，或把角色改为企业")
        return None
    if not uscc:
        raise UnusableAccount("企业账户须对应一家企业，请填写统一社会信用代码")
    try:
        code = normalise_uscc(uscc)
    except InvalidUscc as error:
        raise UnusableAccount(str(error)) from error
    return folder.enterprises.get(code).uscc


def _checked_name(folder: DataFolder, name: str) -> str:
    shown = " ".join(name.split())
    if not _SHORTEST_NAME <= len(shown) <= _LONGEST_NAME or not shown.isprintable():
        raise UnusableAccount(f"用户名应为 {_SHORTEST_NAME}–{_LONGEST_NAME} 个字，请修改")
    if folder.accounts.find(shown) is not None:
        raise UnusableAccount(f"用户名“{shown}”已被使用，请换一个")
    return shown


def _check_password(password: str, name: str, uscc: str | None) -> None:
    faults = faults_of_password(password, name, *([uscc] if uscc else []))
    if faults:
        raise UnusablePassword("；".join(faults))


def _check_not_used_before(password: str, kept: list[str]) -> None:
    if any(is_password(one, password) for one in kept[:KEPT]):
        raise UnusablePassword(f"新口令不能与最近 {KEPT} 次用过的口令相同")


def _check_not_last_admin(folder: DataFolder, account: Account) -> None:
    others = [
        one
        for one in folder.accounts.all()
        if one.role is Role.ADMIN and not one.disabled_at and one.id != account.id
    ]
    if account.role is Role.ADMIN and not others:
        raise UnusableAccount("这是唯一可用的管理员账户，请先新增一位管理员")
