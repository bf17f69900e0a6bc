"""What lists show and filter companies by, worked out once at each change and kept with the company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from matching.derived_facts import find_fact
from policy_corpus.facts import FACTS
from service.enterprise_trust import Claim, HeldCompany, conflicts_of
from service.store.enterprise_rows import claim_of

_ANY_DAY = date(2000, 1, 1)  # no size of a company depends on the day
SEPARATOR = "\n"
_FACTS = (
    "select e.uscc, e.name, f.id, f.key, f.value, f.source, f.dated, f.period, f.current from enterprises e "
    "left join enterprise_facts f on f.uscc = e.uscc and (f.current = 1 or f.aside = 1) "
)
_UPDATE = (
    "update enterprises set region = :region, industry = :industry, size_class = :size_class, known = :known, "
    "sources = :sources, conflicts = :conflicts where uscc = :uscc"
)


def read_held(db: Database, where: str, parameters: list[Any]) -> Iterator[HeldCompany]:
    """What is known of companies, in the order of codes. where: a condition on `e`, or empty."""
    rows = db.execute(_FACTS + where + " order by e.uscc, f.id", parameters)
    for (uscc, name), group in groupby(rows, key=itemgetter(0, 1)):
        claims: dict[str, Claim] = {}
        asides: dict[str, list[Claim]] = {}
        for _, _, id, key, value, source, dated, period, current in group:
            if id is None:
                continue
            claim = claim_of(id, key, value, source, dated, period)
            if current:
                claims[key] = claim
            else:
                asides.setdefault(key, []).append(claim)
        yield HeldCompany(uscc, name, claims, _open(claims, asides))


def _open(claims: Mapping[str, Claim], asides: Mapping[str, list[Claim]]) -> dict[str, tuple[Claim, ...]]:
    """What was kept aside since the claim that counts; what is older has been decided by it."""
    kept = {
        key: tuple(aside for aside in found if key not in claims or aside.id > claims[key].id)
        for key, found in asides.items()
    }
    return {key: found for key, found in kept.items() if found}


def summary_of(held: HeldCompany) -> dict[str, Any]:
    """The columns of a company's row."""
    enterprise = held.enterprise()
    facts = enterprise.facts
    derived = {key: find_fact(enterprise, key, _ANY_DAY) for key in ("size_class", "rd_ratio")}
    size = derived["size_class"]
    return {
        "uscc": held.uscc,
        "region": facts["region"].value if "region" in facts else None,
        "industry": facts["industry"].value if "industry" in facts else None,
        "size_class": size.value if size else None,
        "known": SEPARATOR.join(key for key in FACTS if key in facts or derived.get(key)),
        "sources": SEPARATOR.join(sorted({fact.source for fact in facts.values()})),
        "conflicts": len(conflicts_of(held)),
    }


def put_summary(db: Database, held: HeldCompany) -> None:
    """Bring the columns of one company's row up to date."""
    db.execute(_UPDATE, summary_of(held))


def refresh_all(db: Database) -> None:
    """Work out the columns of all companies anew."""
    held = [summary_of(one) for one in read_held(db, "", [])]
    db.conn.executemany(_UPDATE, held)
