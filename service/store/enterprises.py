"""企业库: one record per 统一社会信用代码, facts with their source, date, period and history.

A company that was merged into another keeps its rows and points to it: its code finds the other one everywhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from matching.model import Enterprise
from service.enterprise_trust import Decision, HeldCompany, Step, applied, decide
from service.errors import EnterpriseNotFound
from service.store.enterprise_rows import Row, enterprises_of, packed
from service.store.enterprise_summary import put_summary, read_held

_SELECT = (
    "select e.uscc, e.name, f.key, f.value, f.source, f.dated, f.period from enterprises e "
    "left join enterprise_facts f on f.uscc = e.uscc and f.current = 1 and f.value <> 'null' "
    "where e.merged_into is null "
)
_RESOLVED = (
    "with recursive chain (asked, uscc, further) as ("
    "select uscc, uscc, merged_into from enterprises where uscc in ({marks}) union all "
    "select chain.asked, e.uscc, e.merged_into from chain join enterprises e on e.uscc = chain.further) "
    "select asked, uscc from chain where further is null"
)
_MANY = 500  # codes in one question; SQLite takes 999 parameters at least
_INSERT = (
    "insert into enterprise_facts (uscc, key, value, source, dated, period, recorded_at, current, recorded_by, reason, aside) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
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
        query = "select count(*) as n from enterprises where merged_into is null"
        return int(next(self._db.query(query))["n"])

    def version(self) -> int:
        """A number that moves with every change of a fact or an enterprise."""
        return int(next(self._db.query("select version from enterprise_version"))["version"])

    def register(self, enterprise: Enterprise, recorded_at: datetime, by: str = "") -> Registered:
        """Add an enterprise or bring its facts up to date; facts it does not name stay as they are."""
        with self._db.atomic():
            held = self.held_many([enterprise.uscc]).get(enterprise.uscc)
            decision = decide(held, enterprise)
            self.apply(held, decision, recorded_at, by)
        counted = sum(fact.step is not Step.ASIDE for fact in decision.facts)
        return Registered(created=decision.is_new, facts_changed=counted)

    def apply(
        self, held: HeldCompany | None, decision: Decision, at: datetime, by: str, reason: str = ""
    ) -> None:
        """Write down a decision about what is held of a company; call it in the transaction that read `held`."""
        stamp = at.isoformat(timespec="seconds")
        if decision.is_new:
            self._db.execute(
                "insert into enterprises (uscc, name, updated_at, changed_at) values (?, ?, ?, ?)",
                [decision.uscc, decision.name, stamp, stamp],
            )
            self._db.execute("delete from enterprise_removals where uscc = ?", [decision.uscc])
        if decision.is_renamed:
            self._rename(decision, stamp, by)
        self._record(decision, stamp, by, reason)
        if decision.is_new or decision.is_renamed or decision.facts:
            self.note_change(decision.uscc, stamp)
            put_summary(self._db, applied(held, decision))
        elif held is not None:
            self._db.execute("update enterprises set updated_at = ? where uscc = ?", [stamp, decision.uscc])

    def _rename(self, decision: Decision, stamp: str, by: str) -> None:
        self._db.execute("update enterprises set name = ? where uscc = ?", [decision.name, decision.uscc])
        self._db.execute(
            "insert into enterprise_former_names (uscc, name, until, recorded_by) values (?, ?, ?, ?)",
            [decision.uscc, decision.old_name, stamp, by],
        )

    def _record(self, decision: Decision, stamp: str, by: str, reason: str) -> None:
        replaced = [fact.key for fact in decision.facts if fact.step is not Step.ASIDE and fact.before]
        self._db.conn.executemany(
            "update enterprise_facts set current = 0 where uscc = ? and key = ? and current = 1",
            [(decision.uscc, key) for key in replaced],
        )
        rows = []
        for fact in decision.facts:
            claim, is_aside = fact.after, fact.step is Step.ASIDE
            dated = claim.dated.isoformat() if claim.dated else None
            said = (packed(claim.value), claim.source, dated, claim.period)
            rows.append((decision.uscc, fact.key, *said, stamp, not is_aside, by, reason, is_aside))
        self._db.conn.executemany(_INSERT, rows)

    def note_change(self, uscc: str, stamp: str) -> None:
        """Move the version on, and say that this company changed in it."""
        self._db.execute("update enterprise_version set version = version + 1")
        self._db.execute(
            "update enterprises set version = (select version from enterprise_version), updated_at = ?, changed_at = ? "
            "where uscc = ?",
            [stamp, stamp, uscc],
        )

    def resolve(self, usccs: Sequence[str]) -> dict[str, str]:
        """Under which code each of the codes is found: its own, or that of the company it was merged into."""
        found: dict[str, str] = {}
        for start in range(0, len(usccs), _MANY):
            some = list(usccs[start : start + _MANY])
            rows = self._db.execute(_RESOLVED.format(marks=_marks(some)), some)
            found.update(rows)
        return found

    def held_many(self, usccs: Sequence[str]) -> dict[str, HeldCompany]:
        """What is known of companies, by the code asked for; codes that are not known are left out."""
        codes = self.resolve(usccs)
        held: dict[str, HeldCompany] = {}
        own = list(dict.fromkeys(codes.values()))
        for start in range(0, len(own), _MANY):
            some = own[start : start + _MANY]
            read = read_held(self._db, f"where e.uscc in ({_marks(some)})", list(some))
            former = self._former_names(some)
            held.update(
                (one.uscc, replace(one, former_names=former.get(one.uscc, frozenset()))) for one in read
            )
        return {asked: held[code] for asked, code in codes.items()}

    def _former_names(self, usccs: Sequence[str]) -> dict[str, frozenset[str]]:
        query = f"select uscc, name from enterprise_former_names where uscc in ({_marks(usccs)})"  # noqa: S608  # marks
        found: dict[str, frozenset[str]] = {}
        for uscc, name in self._db.execute(query, list(usccs)):
            found[uscc] = found.get(uscc, frozenset()) | {name}
        return found

    def get_held(self, uscc: str) -> HeldCompany:
        """What is known of one company, found by its code or a merged one. Raises EnterpriseNotFound."""
        held = self.held_many([uscc]).get(uscc)
        if held is None:
            raise _not_found(uscc)
        return held

    def get(self, uscc: str) -> Enterprise:
        """One enterprise with its current facts, also by a code merged into it. Raises EnterpriseNotFound."""
        code = self.resolve([uscc]).get(uscc)
        for enterprise in self._read("and e.uscc = ?", [code]) if code else ():
            return enterprise
        raise _not_found(uscc)

    def all(self) -> Iterator[Enterprise]:
        """Every enterprise, in the order of codes."""
        return self._read("", [])

    def changed_since(self, version: int) -> Iterator[Enterprise]:
        """The enterprises that were added or changed after a version, in the order of codes."""
        return self._read("and e.version > ?", [version])

    def gone_since(self, version: int) -> list[str]:
        """The codes of enterprises that were merged into others after a version."""
        query = "select uscc from enterprises where merged_into is not null and version > ? order by uscc"
        return [row["uscc"] for row in self._db.query(query, [version])]

    def removed_since(self, version: int) -> list[str]:
        """The codes of enterprises of which everything was removed after a version."""
        query = "select uscc from enterprise_removals where version > ? order by uscc"
        return [row["uscc"] for row in self._db.query(query, [version])]

    def find(self, words: str, limit: int = 20) -> list[Enterprise]:
        """Enterprises whose name holds `words` or whose code begins with them, in the order of names.

        A code may be written in groups, in small letters or full width; former names and merged codes count too.
        """
        found = self._read(
            f"and e.uscc in ({MATCHING} limit :limit)", matching_words(words) | {"limit": limit}
        )
        return sorted(found, key=lambda enterprise: (enterprise.name, enterprise.uscc))

    def rows_of(self, usccs: Sequence[str]) -> Iterator[Row]:
        """Some enterprises as they are kept, a row for each of their facts, in the order of codes."""
        return self._rows("and e.uscc in (select value from json_each(?)) ", [json.dumps(list(usccs))])

    def rows(self) -> Iterator[Row]:
        """Every enterprise as it is kept, a row for each of its facts, in the order of codes."""
        return self._rows("", [])

    def _read(self, where: str, parameters: Any) -> Iterator[Enterprise]:
        return enterprises_of(self._rows(where, parameters))

    def _rows(self, where: str, parameters: Any) -> Iterator[Row]:
        return self._db.execute(_SELECT + where + " order by e.uscc, f.id", parameters)


# The codes of companies that go by some words: by name or code, by a former name, by a code merged into them.
MATCHING = (
    "with recursive found (uscc, further) as ("
    "select uscc, merged_into from enterprises where name like :name escape '\\' or uscc like :code escape '\\' "
    "union select uscc, null from enterprise_former_names where name like :name escape '\\' "
    "union select e.uscc, e.merged_into from found join enterprises e on e.uscc = found.further) "
    "select n.uscc from found n join enterprises m on m.uscc = n.uscc and m.merged_into is null order by m.name, m.uscc"
)


def matching_words(words: str) -> dict[str, str]:
    """The parameters of MATCHING."""
    plain = unicodedata.normalize("NFKC", words).strip()
    name, code = _escaped(plain), _escaped(re.sub(r"[\s-]", "", plain).upper())
    return {"name": f"%{name}%", "code": f"{code}%"}


def _escaped(words: str) -> str:
    """Words for LIKE, in which they stand for themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _marks(some: Sequence[str]) -> str:
    return ", ".join("?" * len(some))


def _not_found(uscc: str) -> EnterpriseNotFound:
    return EnterpriseNotFound(f"企业库中没有统一社会信用代码为 {uscc} 的企业，请核对代码，或先导入企业信息")
