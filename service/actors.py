"""Who does something: a person signed in, the command line, or the system itself. Every change names its actor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do (角色)."""

    ANONYMOUS = "anonymous"
    ENTERPRISE = "enterprise"
    OFFICE = "office"
    ADMIN = "admin"


ROLE_WORDS = {
    Role.ANONYMOUS: "访客",
    Role.ENTERPRISE: "企业",
    Role.OFFICE: "营商办",
    Role.ADMIN: "管理员",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who, in which role, from which network address (None: not over the network)."""

    name: str
    role: Role
    address: str | None = None


COMMAND_LINE = Actor("命令行", Role.ADMIN)
SYSTEM = Actor("系统", Role.ADMIN)
