"""企业库: one record per 统一社会信用代码, facts with their source, date, period and history."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from matching.model import Enterprise, Fact, FactValue
from policy_corpus.facts import FACTS, FactKind
from policy_corpus.item_json import number_to_json
from service.errors import EnterpriseNotFound

_NUMBERS = {FactKind.YUAN, FactKind.COUNT, FactKind.PERCENT, FactKind.YEARS}
# uscc, name, then key, value, source, dated, period of one fact; without any fact all five are None
Row = tuple[str, str, Any, Any, Any, Any, Any]
_SELECT = (
    "select e.uscc, e.name, f.key, f.value, f.source, f.dated, f.period from enterprises e "
    "left join enterprise_facts f on f.uscc = e.uscc and f.current = 1 "
)


@dataclass(frozen=True, slots=True)
class Registered:
    """What registering one enterprise did."""

    created: bool
    facts_changed: int


class EnterpriseLibrary:
    """企业库 in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __len__(self) -> int:
        return self._db.table("enterprises").count

    def version(self) -> int:
        """A number that moves with every change of a fact or an enterprise."""
        return int(next(self._db.query("select version from enterprise_version"))["version"])

    def register(self, enterprise: Enterprise, recorded_at: datetime) -> Registered:
        """Add an enterprise or bring its facts up to date; facts it does not name stay as they are."""
        stamp = recorded_at.isoformat(timespec="seconds")
        with self._db.atomic():
            query = "select name from enterprises where uscc = ?"
            known = next((row["name"] for row in self._db.query(query, [enterprise.uscc])), None)
            self._db.execute(
                "insert into enterprises (uscc, name, updated_at) values (?, ?, ?) "
                "on conflict (uscc) do update set name = excluded.name, updated_at = excluded.updated_at",
                [enterprise.uscc, enterprise.name, stamp],
            )
            changed = sum(
                self._record(enterprise.uscc, key, fact, stamp) for key, fact in enterprise.facts.items()
            )
            if changed or known != enterprise.name:
                self._note_change(enterprise.uscc)
        return Registered(created=known is None, facts_changed=changed)

    def _note_change(self, uscc: str) -> None:
        self._db.execute("update enterprise_version set version = version + 1")
        self._db.execute(
            "update enterprises set version = (select version from enterprise_version) where uscc = ?", [uscc]
        )

    def _record(self, uscc: str, key: str, fact: Fact, stamp: str) -> bool:
        row = {
            "uscc": uscc,
            "key": key,
            "value": _packed(fact.value),
            "source": fact.source,
            "dated": fact.dated.isoformat() if fact.dated else None,
            "period": fact.period,
        }
        same = "select 1 from enterprise_facts where current = 1 and uscc = :uscc and key = :key and value = :value "
        if list(self._db.query(same + "and source = :source and dated is :dated and period is :period", row)):
            return False
        self._db.execute(
            "update enterprise_facts set current = 0 where current = 1 and uscc = :uscc and key = :key",
            {"uscc": uscc, "key": key},
        )
        self._db.table("enterprise_facts").insert(row | {"recorded_at": stamp, "current": 1})
        return True

    def get(self, uscc: str) -> Enterprise:
        """One enterprise with its current facts. Raises EnterpriseNotFound."""
        for enterprise in self._read("where e.uscc = ?", [uscc]):
            return enterprise
        raise EnterpriseNotFound(
            f"企业库中没有统一社会信用代码为 {uscc} 的企业，请核对代码，或先导入企业信息"
        )

    def all(self) -> Iterator[Enterprise]:
        """Every enterprise, in the order of codes."""
        return self._read("", [])

    def changed_since(self, version: int) -> Iterator[Enterprise]:
        """The enterprises that were added or changed after a version, in the order of codes."""
        return self._read("where e.version > ?", [version])

    def find(self, words: str, limit: int = 20) -> list[Enterprise]:
        """Enterprises whose name holds `words` or whose code begins with them, in the order of names.

        A code may be written in groups, in small letters or full width.
        """
        plain = unicodedata.normalize("NFKC", words).strip()
        name, code = _escaped(plain), _escaped(re.sub(r"[\s-]", "", plain).upper())
        where = (
            "where e.uscc in (select uscc from enterprises where name like ? escape '\\' or uscc like ? escape '\\' "
            "order by name, uscc limit ?)"
        )
        found = self._read(where, [f"%{name}%", f"{code}%", limit])
        return sorted(found, key=lambda enterprise: (enterprise.name, enterprise.uscc))

    def rows(self) -> Iterator[Row]:
        """Every enterprise as it is kept, a row for each of its facts, in the order of codes."""
        return self._rows("", [])

    def _read(self, where: str, parameters: list[Any]) -> Iterator[Enterprise]:
        return enterprises_of(self._rows(where, parameters))

    def _rows(self, where: str, parameters: list[Any]) -> Iterator[Row]:
        return self._db.execute(_SELECT + where + " order by e.uscc, f.id", parameters)


def _escaped(words: str) -> str:
    """Words for LIKE, in which they stand for themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def enterprises_of(rows: Iterable[Row]) -> Iterator[Enterprise]:
    """The enterprises whose rows come one after the other."""
    for (uscc, name), group in groupby(rows, key=itemgetter(0, 1)):
        facts: dict[str, Fact] = {}
        for _, _, key, packed, source, dated, period in group:
            if key in FACTS:
                day = date.fromisoformat(dated) if dated else None
                facts[key] = Fact(_unpacked(FACTS[key].kind, packed), source, day, period)
        yield Enterprise(uscc, name, facts)


def _packed(value: FactValue) -> str:
    """A fact's value as it is kept: JSON, a figure with every digit."""
    plain: Any = list(value) if isinstance(value, tuple) else value
    if isinstance(value, Decimal):
        plain = str(value) if number_to_json(value) != value else number_to_json(value)
    return json.dumps(plain, ensure_ascii=False)


def _unpacked(kind: FactKind, packed: str) -> FactValue:
    """The inverse of `_packed`."""
    raw = json.loads(packed)
    if kind in _NUMBERS:
        return Decimal(str(raw))
    return tuple(raw) if isinstance(raw, list) else raw
