"""An entry of the audit log in words, for the page, the shell and the file."""

from __future__ import annotations

import json
from typing import Any

from service.actors import ROLE_WORDS, Role
from service.store.audit import EVENTS, Entry

AUDIT_HEADS = ("时间", "操作人", "角色", "来访地址", "操作", "对象", "改前", "改后", "说明")


def told(value: Any) -> str:
    """A value before or after, as words.

    >>> told({"角色": "管理员", "企业": None})
    '角色：管理员；企业：（无）'
    """
    if isinstance(value, dict):
        return "；".join(f"{name}：{'（无）' if one is None else told(one)}" for name, one in value.items())
    if isinstance(value, list):
        return "、".join(told(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def audit_row(entry: Entry) -> tuple[str, ...]:
    """The entry under AUDIT_HEADS."""
    return (
        entry.at.strftime("%Y-%m-%d %H:%M:%S %z"),
        entry.actor,
        ROLE_WORDS[Role(entry.role)],
        entry.address or "",
        EVENTS.get(entry.event, entry.event),
        entry.subject,
        told(entry.before) if entry.before is not None else "",
        told(entry.after) if entry.after is not None else "",
        entry.note,
    )
