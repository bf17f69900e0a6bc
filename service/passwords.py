"""Passwords: how they are kept, and which are good enough. The only import of argon2.

The rules are those of GB/T 22239-2019 身份鉴别 a) (complexity, change at intervals, no reuse) together with the points
of ASVS 5.0 6.2 that do not conflict with them: at least 8 characters, long ones allowed, pasting allowed, common
words and words of the context refused. Where the two conflict (ASVS wants neither composition rules nor rotation)
the assessed standard wins; docs/decisions tells why.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 8, 128
KEPT = 5  # earlier passwords that may not come back
_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
_WANTED_CLASSES = 3
_LEET = str.maketrans("@4031!5$7", "aaoeiisst")
_WALKS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def hash_password(password: str) -> str:
    """The password as it is kept: argon2id with its own salt and costs."""
    return _hasher().hash(_plain(password))


def is_password(kept: str, password: str) -> bool:
    """Whether this is the password kept; takes as long for a wrong one as for the right one."""
    if len(password) > LONGEST * 4:
        return False
    try:
        return _hasher().verify(kept, _plain(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobodys_password() -> str:
    """A hash that no password fits, so that an unknown name takes as long as a known one."""
    return _hasher().hash("\x00 nobody")


def faults_of_password(password: str, *context: str) -> tuple[str, ...]:
    """What is wrong with a new password, in Chinese; empty if nothing. context: the name of the account and the like.

    >>> faults_of_password("Admin@123")
    ('口令过于常见，容易被猜到，请换一个',)
    >>> faults_of_password("k7#Pine-harbor")
    ()
    """
    found = []
    if len(password) < SHORTEST:
        found.append(f"口令至少 {SHORTEST} 位，现为 {len(password)} 位")
    if len(password) > LONGEST:
        found.append(f"口令最多 {LONGEST} 位，现为 {len(password)} 位")
    if sum(bool(re.search(kind, password)) for kind in _CLASSES) < _WANTED_CLASSES:
        found.append("口令应包含大写字母、小写字母、数字、符号中的至少三种")
    if not found and _is_common(password):
        found.append("口令过于常见，容易被猜到，请换一个")
    folded = password.casefold()
    if any(len(word) >= 3 and word.casefold() in folded for word in context):
        found.append("口令不能包含用户名或企业代码")
    return tuple(found)


def _is_common(password: str) -> bool:
    """Whether little is left of it once figures and signs at its ends, common words and keyboard walks are taken out."""
    folded = password.casefold()
    core = re.sub(r"^[^a-z@$]+|[^a-z@$]+$", "", folded)
    letters = re.sub(r"[^a-z]", "", folded)
    words = {core, core.translate(_LEET), letters if len(letters) * 2 >= len(password) else core}
    if password.isascii() and words & _common():
        return True
    rest = folded
    for walk in _WALKS:
        rest = re.sub("|".join(walk[at : at + 4] for at in range(len(walk) - 3)), "", rest)
    rest = re.sub(r"(.)\1{2,}", "", rest)
    return len(rest) <= 3


@cache
def _common() -> frozenset[str]:
    """Words of which common passwords are made."""
    return frozenset((Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split())


def _plain(password: str) -> str:
    """The password in one form, however the keyboard composed it (NIST SP 800-63B 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()
