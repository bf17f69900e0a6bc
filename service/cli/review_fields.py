"""`--set 字段=值` of `huiqi review edit` -> changes of an item; conditions and benefits need `--changes`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import click

from policy_corpus.item_editing import FIELDS

_ADDED = {"by_hand": True}  # where there was no window, and so no sentence to keep


def read_fields(given: Iterable[str]) -> dict[str, Any]:
    """The changes of all settings; a field by its key or its Chinese name. Raises click.UsageError."""
    by_name = {name: key for key, label in FIELDS.items() for name in (key, label)}
    changes: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        key = by_name.get(name.strip())
        if not equals or key not in _READERS:
            known = "、".join(f"{key}（{FIELDS[key]}）" for key in _READERS)
            raise click.UsageError(f"无法识别“{one}”，应为 字段=值；可用的字段：{known}，其余请用 --changes")
        changes[key] = _READERS[key](value.strip())
    return changes


def _yes_no(value: str) -> bool:
    if value not in ("是", "否", "true", "false"):
        raise click.UsageError("no_application（免申即享）应为 是 或 否")
    return value in ("是", "true")


def _list(value: str) -> list[str]:
    return [part.strip() for part in re.split("[;；]", value) if part.strip()]


def _window(value: str) -> dict[str, Any] | None:
    """常年, 2026-03-01至2026-09-30, 至2026-09-30, 2026-03-01至; empty: no window."""
    if not value:
        return None
    if value.startswith("常年"):
        return {"always": True, **_ADDED}
    opens, joint, closes = value.partition("至")
    return {"opens_on": opens if joint else "", "closes_on": closes if joint else opens, **_ADDED}


_READERS: dict[str, Callable[[str], Any]] = {
    "title": str,
    "window": _window,
    "materials": _list,
    "department": str,
    "contacts": _list,
    "channel": str,
    "no_application": _yes_no,
}
