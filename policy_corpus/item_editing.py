"""Changes that a person makes to a policy item -> the changed item, or every fault at once, each with its path.

`changes` holds the fields that change, in the shape of `item_json`; each is read strictly: facts, operators and
values by the fact table (`item_values`), sentences by the document (`item_spans`). What stood in the item
before and is handed back unchanged is never a fault, whatever it is: it came from the document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from policy_corpus.errors import CorpusError
from policy_corpus.facts import FACTS
from policy_corpus.item_json import Json, item_to_json, node_to_json, value_from_json
from policy_corpus.item_spans import SpanReader, UnusableSpan, by_hand
from policy_corpus.item_values import (
    UnusableValue,
    read_amount,
    read_condition,
    read_day,
    read_text,
)
from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    BenefitKind,
    Condition,
    FreeText,
    Node,
    Not,
    Operator,
    PolicyItem,
    Quoted,
    Span,
    leaves,
)

# The fields that can be changed, with their words on screen.
FIELDS: dict[str, str] = {
    "title": "事项名称",
    "conditions": "申报条件",
    "benefits": "支持标准",
    "window": "申报期",
    "materials": "申报材料",
    "department": "受理部门",
    "contacts": "联系方式",
    "channel": "申报方式",
    "no_application": "免申即享",
}
_MANY, _DEEP, _LONG_TITLE = 500, 12, 200
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one place of the changes. path: such as conditions/all/2/value."""

    path: str
    message: str


class UnusableChange(CorpusError):
    """Changes that cannot be taken; `faults` names every place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("修改未保存：" + "；".join(fault.message for fault in faults[:5]))
        self.faults = faults


def apply_changes(
    item: PolicyItem, document_text: str, changes: Json, *, within: str | None = None
) -> PolicyItem:
    """The item with the changes. within: region code that ambiguous place names are looked for in.

    Raises UnusableChange with every fault.
    """
    if not isinstance(changes, Mapping):
        raise UnusableChange((Fault("", "修改内容应为对象"),))
    reader = _Reader(item, document_text, within)
    read: dict[str, Any] = {}
    for name, raw in changes.items():
        if name not in FIELDS:
            reader.fault(str(name), f"没有“{name}”这一项")
        elif raw != reader.before[name]:
            read[name] = reader.fields[name](name, raw)
    if reader.faults:
        raise UnusableChange(tuple(reader.faults))
    return replace(item, **read)


class _Reader:
    """Reads changed fields of one item and collects what is wrong with them."""

    def __init__(self, item: PolicyItem, text: str, within: str | None) -> None:
        self.before = item_to_json(item)
        self.faults: list[Fault] = []
        self.fields: dict[str, Callable[[str, Any], Any]] = {
            "title": self._title,
            "conditions": self._conditions,
            "benefits": lambda path, raw: self._each(path, raw, self._benefit),
            "window": self._window,
            "materials": lambda path, raw: self._each(path, raw, self._quoted),
            "department": self._one_quoted,
            "contacts": lambda path, raw: self._each(path, raw, self._quoted),
            "channel": self._one_quoted,
            "no_application": self._yes_no,
        }
        self._spans = SpanReader(item.document_id, text)
        self._blank = by_hand(item.document_id)
        self._within = within
        self._stood = _leaves_by_body(item)
        self._count = 0

    def fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(path, message))

    def _title(self, path: str, raw: Any) -> str:
        return self._tried(path, lambda: read_text(raw, _LONG_TITLE), "")

    def _yes_no(self, path: str, raw: Any) -> bool:
        if not isinstance(raw, bool):
            self.fault(path, "应为是或否")
        return bool(raw)

    def _tried(self, path: str, read: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return read()
        except (UnusableValue, UnusableSpan) as error:
            self.fault(path, str(error))
            return otherwise

    def _span(self, path: str, raw: Mapping[str, Any], *, needed: bool = False) -> Span:
        span = self._tried(
            f"{path}/span",
            lambda: self._spans.read(raw.get("span"), added=raw.get("by_hand") is True),
            self._blank,
        )
        if needed and not span.quote and not any(fault.path == f"{path}/span" for fault in self.faults):
            self.fault(f"{path}/span", "待核实的内容必须是原文中的句子")
        return span

    def _each(self, path: str, raw: Any, read: Callable[[str, Any], Any]) -> tuple[Any, ...]:
        if not isinstance(raw, list) or len(raw) > _MANY:
            self.fault(path, f"应为列表，最多 {_MANY} 项")
            return ()
        return tuple(read(f"{path}/{number}", one) for number, one in enumerate(raw))

    def _object(self, path: str, raw: Any, known: frozenset[str]) -> Mapping[str, Any] | None:
        """The object, None (a fault) for anything else; names that begin with _ are the client's own."""
        if not isinstance(raw, Mapping):
            self.fault(path, "内容无法识别，应为对象")
            return None
        unknown = [name for name in raw if name not in known and not str(name).startswith("_")]
        if unknown:
            self.fault(path, f"无法识别的字段：{'、'.join(map(str, unknown))}")
        return raw

    def _conditions(self, path: str, raw: Any) -> AllOf:
        node = self._node(path, raw, 0)
        return node if isinstance(node, AllOf) else AllOf((node,))

    def _node(self, path: str, raw: Any, depth: int) -> Node:
        self._count += 1
        if depth > _DEEP or self._count > _MANY:
            self.fault(path, f"条件过多或层次过深（最多 {_MANY} 条、{_DEEP} 层）")
            return FreeText(self._blank)
        if isinstance(raw, Mapping):
            for name, group in (("all", AllOf), ("any", AnyOf)):
                if name in raw:
                    return group(self._children(f"{path}/{name}", raw[name], depth))
            if "not" in raw:
                return Not(self._node(f"{path}/not", raw["not"], depth + 1))
            if "free_text" in raw:
                return self._free_text(path, raw)
        return self._condition(path, raw)

    def _children(self, path: str, raw: Any, depth: int) -> tuple[Node, ...]:
        return self._each(path, raw, lambda place, one: self._node(place, one, depth + 1))

    def _free_text(self, path: str, raw: Mapping[str, Any]) -> FreeText:
        return FreeText(self._span(path, {"span": raw["free_text"]}, needed=True))

    def _condition(self, path: str, raw: Any) -> Node:
        found = self._object(path, raw, _CONDITION)
        if found is None:
            return FreeText(self._blank)
        if (stood := self._stood.get(_body(found))) is not None:
            return stood
        span = self._span(path, found)
        row = FACTS.get(str(found.get("attribute")))
        op = next((one for one in Operator if one.value == found.get("op")), None)
        if row is None:
            self.fault(f"{path}/attribute", f"没有“{found.get('attribute')}”这一指标，请从列表中选择")
        if op is None:
            self.fault(f"{path}/op", f"没有“{found.get('op')}”这一比较方式，请从列表中选择")
        if row is None or op is None:
            return FreeText(self._blank)
        implied = found.get("implied") is True
        try:
            op, value, unit = read_condition(row, op, found.get("value"), found.get("unit"), self._within)
        except UnusableValue as error:
            where = "op" if "比较，可用" in str(error) else "unit" if "单位不能是" in str(error) else "value"
            self.fault(f"{path}/{where}", f"{row.label}：{error}")
            return FreeText(self._blank)
        return Condition(row.key, op, value, span, unit, op is Operator.NOT_HAS, implied)

    def _benefit(self, path: str, raw: Any) -> Benefit:
        found = self._object(path, raw, _BENEFIT) or {}
        kind = next((one for one in BenefitKind if one.value == found.get("kind")), None)
        if kind is None and found:
            self.fault(f"{path}/kind", f"没有“{found.get('kind')}”这一支持方式，请从列表中选择")
        figures = {
            name: self._amount(f"{path}/{name}", found.get(name), name == "rate_percent")
            for name in ("amount_yuan", "max_yuan", "rate_percent")
        }
        base = found.get("base") or None
        if base is not None:
            base = self._tried(f"{path}/base", lambda: read_text(base), None)
        return Benefit(kind or BenefitKind.OTHER, self._span(path, found), base=base, **figures)

    def _amount(self, path: str, raw: Any, percent: bool) -> Decimal | None:
        return self._tried(path, lambda: read_amount(raw, percent=percent), None)

    def _window(self, path: str, raw: Any) -> ApplicationWindow | None:
        if raw is None:
            return None
        found = self._object(path, raw, _WINDOW)
        if found is None:
            return None
        if "span" not in found and (stood := self.before["window"]):  # other days of the same sentence
            found = {**found, "span": stood["span"]}
        opens, closes = (self._day(f"{path}/{name}", found.get(name)) for name in ("opens_on", "closes_on"))
        always, yearly = (
            self._yes_no(f"{path}/{name}", found.get(name) or False) for name in ("always", "yearly")
        )
        if not (opens or closes or always):
            return None  # nothing is said
        return ApplicationWindow(self._span(path, found), opens, closes, always, yearly)

    def _day(self, path: str, raw: Any) -> date | None:
        if raw is None or raw == "":
            return None
        return self._tried(path, lambda: date.fromisoformat(read_day(raw)), None)

    def _one_quoted(self, path: str, raw: Any) -> Quoted | None:
        is_empty = raw is None or raw == "" or (isinstance(raw, Mapping) and raw.get("text") in (None, ""))
        return None if is_empty else self._quoted(path, raw)

    def _quoted(self, path: str, raw: Any) -> Quoted:
        """A text with its sentence; a bare text stands where the document has it, else it is added by hand."""
        if isinstance(raw, str):
            text = self._tried(path, lambda: read_text(raw), "")
            return Quoted(text, self._spans.find(text) or self._blank)
        found = self._object(path, raw, _QUOTED) or {}
        text = self._tried(f"{path}/text", lambda: read_text(found.get("text")), "")
        return Quoted(text, self._span(path, found))


_CONDITION = frozenset({"attribute", "op", "value", "unit", "negated", "implied", "span", "by_hand"})
_BENEFIT = frozenset({"kind", "amount_yuan", "max_yuan", "rate_percent", "base", "span", "by_hand"})
_WINDOW = frozenset({"opens_on", "closes_on", "always", "yearly", "span", "by_hand"})
_QUOTED = frozenset({"text", "span", "by_hand"})


def _body(raw: Mapping[str, Any]) -> str:
    """A condition's JSON as one text, equal for equal conditions however their numbers are written."""
    values = {name: raw.get(name) for name in sorted(_CONDITION - {"by_hand"})}
    values["value"] = str(value_from_json(values["value"]))
    return json.dumps(values, ensure_ascii=False, default=str)


def _leaves_by_body(item: PolicyItem) -> dict[str, Condition]:
    return {
        _body(node_to_json(leaf)): leaf for leaf in leaves(item.conditions) if isinstance(leaf, Condition)
    }
