"""A condition to and from a few bytes of JSON, exactly as a judge sees it; used by `columns`.

Unlike the JSON of the library it keeps every digit of a number, and of the original words only what a judge
may look at.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from policy_corpus.facts import FACTS, FactKind
from policy_corpus.model import Condition, Operator, Span

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode_condition(condition: Condition) -> bytes:
    """The condition in bytes; `decode_condition` gives one on which every judge says the same."""
    row = FACTS.get(condition.attribute)
    quote = "" if row is not None and row.kind is FactKind.STATED else condition.span.quote
    body = [condition.op.value, _plain(condition.value), condition.unit, condition.negated, quote]
    return _ENCODER.encode(body).encode("utf-8", "surrogatepass")


def decode_condition(attribute: str, body: bytes) -> Condition:
    """The condition that was encoded."""
    op, value, unit, negated, quote = json.loads(body.decode("utf-8", "surrogatepass"))
    return Condition(
        attribute, Operator(op), _value(value), Span("", 0, len(quote or ""), quote), unit, negated
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, (str, bool)) else {}


def _value(plain: Any) -> Any:
    if isinstance(plain, dict):
        return Decimal(plain["number"]) if plain else None
    return tuple(map(_value, plain)) if isinstance(plain, list) else plain
