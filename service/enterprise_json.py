"""Enterprises to and from the contract's JSON: amounts in yuan, ratios in percent, days in ISO form.

Called by the table import (JSONL), the API and the shell. A fact that cannot be read is left out and named;
a bad code or name refuses the whole enterprise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matching.model import Enterprise, Fact, FactValue
from policy_corpus.codes.industries import get_industry
from policy_corpus.codes.regions import get_region
from policy_corpus.codes.uscc import normalise_uscc
from policy_corpus.errors import CorpusError, InvalidUscc
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.item_json import value_to_json
from service.enterprise_values import UnreadableValue, read_value

Json = dict[str, Any]
_TOP = frozenset({"uscc", "name", "facts", "period"})
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in an enterprise: the key or column, the value as given (cut), the reason in Chinese."""

    column: str | None
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadEnterprise:
    """An enterprise as read, None if refused, and what was wrong."""

    enterprise: Enterprise | None
    faults: tuple[Fault, ...]


def shown(value: Any) -> str:
    """A value as it is quoted in a fault, at most 60 characters."""
    try:
        text = str(value)
    except ValueError:  # an int of more digits than Python prints
        text = "（数字过长）"
    return text if len(text) <= 60 else text[:60] + "…"


def enterprise_from_json(obj: Any, source: str = "企业填报") -> ReadEnterprise:
    """Read one enterprise in the contract's shape. source: whence, in words for the screen."""
    if not isinstance(obj, Mapping):
        return ReadEnterprise(None, (Fault(None, shown(obj), "应为一个 JSON 对象"),))
    faults = [Fault(str(key), "", "无法识别的字段，已忽略") for key in obj if key not in _TOP]
    uscc, name, fatal = read_identity(obj.get("uscc"), obj.get("name"))
    stated = obj.get("facts", {})
    if not isinstance(stated, Mapping):
        fatal.append(Fault("facts", shown(stated), "应为一个 JSON 对象"))
    if fatal:
        return ReadEnterprise(None, (*faults, *fatal))
    facts: dict[str, Fact] = {}
    for key, raw in stated.items():
        fact = _fact(str(key), raw, source, obj.get("period"), faults)
        if fact is not None:
            facts[str(key)] = fact
    return ReadEnterprise(Enterprise(uscc, name, facts), tuple(faults))


def read_identity(uscc: Any, name: Any) -> tuple[str, str, list[Fault]]:
    """Code and name in their stored spelling, with the faults that refuse the enterprise."""
    faults: list[Fault] = []
    try:
        uscc = normalise_uscc(_code_text(uscc))
    except InvalidUscc as error:
        faults.append(Fault("统一社会信用代码", shown(uscc), str(error)))
    name = clean_name(name)
    if not name:
        faults.append(Fault("企业名称", "", "企业名称未填写"))
    elif len(name) > _MAX_NAME:
        faults.append(Fault("企业名称", shown(name), f"企业名称超过 {_MAX_NAME} 字"))
    return uscc if isinstance(uscc, str) else "", name, faults


def _code_text(raw: Any) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise InvalidUscc(
            "统一社会信用代码是以数字格式填写的，末几位可能已丢失；请将该列设为文本格式后重新填写 18 位代码"
        )
    return raw


def clean_name(raw: Any) -> str:
    """A name on one line without control or invisible characters; "" where it is no text."""
    if not isinstance(raw, str):
        return ""
    visible = "".join(
        " " if c in "\t\r\n" else c for c in raw if unicodedata.category(c) != "Cf" or c in "\t\r\n"
    )
    return " ".join("".join(c for c in visible if unicodedata.category(c) != "Cc").split())


def _fact(key: str, raw: Any, source: str, period: Any, faults: list[Fault]) -> Fact | None:
    row = FACTS.get(key)
    if row is None or not row.on_enterprise:
        faults.append(Fault(key, shown(raw), "没有这一指标，已忽略"))
        return None
    if raw is None or raw == "":
        return None
    try:
        value = read_value(row, raw)
    except UnreadableValue as error:
        faults.append(Fault(row.label, shown(raw), error.reason))
        return None
    return Fact(value, source, None, read_period(period) if row.per_period else None)


def read_period(raw: Any) -> str | None:
    """The year or quarter that figures are of, as written: 2025, 2025年度 -> 2025."""
    if isinstance(raw, (float, Decimal)) and raw == raw // 1:
        raw = int(raw)
    if raw is None or isinstance(raw, bool) or not isinstance(raw, (str, int)):
        return None
    text = unicodedata.normalize("NFKC", shown(raw)).strip()
    return text.removesuffix("度").removesuffix("年")[:20] or None


def enterprise_to_json(enterprise: Enterprise) -> Json:
    """The contract's shape, facts in the order of the fact table."""
    facts = {
        key: _to_json(row.kind, fact.value)
        for key, row in FACTS.items()
        if (fact := enterprise.facts.get(key)) is not None
    }
    return {"uscc": enterprise.uscc, "name": enterprise.name, "facts": facts}


def _to_json(kind: FactKind, value: FactValue) -> Any:
    try:
        if kind is FactKind.REGION:
            return {"name": get_region(str(value)).full_name, "adcode": str(value)}
        if kind is FactKind.INDUSTRY:
            return {"code": str(value), "name": get_industry(str(value)).name}
    except CorpusError:  # a code that a later table dropped is still shown
        return str(value)
    if kind is FactKind.NAMES and isinstance(value, tuple):
        return [{"name": name} for name in value]
    return value_to_json(value)
