"""A fact of 企业库 to and from its row: JSON with every digit; and rows that come one after the other as companies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from matching.model import Enterprise, Fact, FactValue
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.item_json import number_to_json
from service.enterprise_trust import Claim

_NUMBERS = {FactKind.YUAN, FactKind.COUNT, FactKind.PERCENT, FactKind.YEARS}
UNKNOWN = "null"  # the value of a fact that was set back to unknown by hand
# uscc, name, then key, value, source, dated, period of one fact; without any fact all five are None
Row = tuple[str, str, Any, Any, Any, Any, Any]


def enterprises_of(rows: Iterable[Row]) -> Iterator[Enterprise]:
    """The enterprises whose rows come one after the other."""
    for (uscc, name), group in groupby(rows, key=itemgetter(0, 1)):
        facts: dict[str, Fact] = {}
        for _, _, key, packed, source, dated, period in group:
            value = unpacked(key, packed) if key in FACTS else None
            if value is not None:
                facts[key] = Fact(value, source, _day(dated), period)
        yield Enterprise(uscc, name, facts)


def claim_of(id: int, key: str, packed: str, source: str, dated: str | None, period: str | None) -> Claim:
    """One row of facts as a claim."""
    return Claim(id, unpacked(key, packed), source, _day(dated), period)


def packed(value: FactValue | None) -> str:
    """A fact's value as it is kept."""
    plain: Any = list(value) if isinstance(value, tuple) else value
    if isinstance(value, Decimal):
        plain = str(value) if number_to_json(value) != value else number_to_json(value)
    return json.dumps(plain, ensure_ascii=False)


def unpacked(key: str, kept: str) -> FactValue | None:
    """The inverse of `packed`; None for what was set back to unknown."""
    raw = json.loads(kept)
    if raw is None:
        return None
    if key in FACTS and FACTS[key].kind in _NUMBERS:
        return Decimal(str(raw))
    return tuple(raw) if isinstance(raw, list) else raw


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
