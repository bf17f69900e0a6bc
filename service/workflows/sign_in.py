"""Sign in and out: a name and a password become a session on the server, or a refusal that tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.actors import Actor, Role
from service.errors import SignInRefused
from service.passwords import is_password, nobodys_password
from service.store.accounts import Account, name_key
from service.store.data_folder import DataFolder

_WRONG = "用户名或口令不正确，请核对后重试。连续 5 次错误将锁定 15 分钟"
_LOCKED = "登录失败次数过多，请 15 分钟后再试；忘记口令请联系管理员重置"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is in now, and the token of the session."""

    account: Account
    token: str


def sign_in(folder: DataFolder, name: str, password: str, *, address: str, now: datetime) -> SignedIn:
    """Open a session. Raises SignInRefused: the same words, in the same time, for unknown, disabled and wrong."""
    key = name_key(name)[:200]
    with folder.writing():
        may_try = folder.sessions.note_attempt(key, address, now)
    account = folder.accounts.find(name)
    kept = folder.accounts.passwords(account.id)[0] if account else nobodys_password()
    fits = is_password(kept, password)
    who = Actor(account.name if account else name.strip()[:40], _role(account), address)
    if not may_try:
        raise _refused(folder, who, now, _LOCKED)
    if not fits or account is None or account.disabled_at:
        with folder.writing():
            locked = folder.sessions.is_locked(key, now)
            if locked:
                folder.audit.record(who, "session.lock", "account", who.name, at=now)
        raise _refused(folder, who, now, _WRONG)
    return enter(folder, account, address=address, now=now)


def enter(folder: DataFolder, account: Account, *, address: str, now: datetime) -> SignedIn:
    """Open a session for an account that has just proved itself."""
    who = Actor(account.name, account.role, address)
    with folder.writing():
        folder.sessions.forgive(name_key(account.name))
        token = folder.sessions.open(account.id, address, now)
        folder.audit.record(who, "session.open", "account", account.name, at=now)
    return SignedIn(account, token)


def sign_out(folder: DataFolder, token: str, *, by: Actor, now: datetime) -> None:
    """End a session for good."""
    folder.sessions.close(token)
    folder.audit.record(by, "session.close", "account", by.name, at=now)


def must_change_password(account: Account, now: datetime, password_days: int) -> bool:
    """Whether the password has served its time. password_days: 0 for never."""
    return password_days > 0 and now - account.password_at > timedelta(days=password_days)


def _role(account: Account | None) -> Role:
    return account.role if account else Role.ANONYMOUS


def _refused(folder: DataFolder, who: Actor, now: datetime, words: str) -> SignInRefused:
    folder.audit.record(who, "session.refuse", "account", who.name, at=now)
    return SignInRefused(words)
