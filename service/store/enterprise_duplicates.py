"""Companies that may be one: called by the page of duplicates and the shell; a person decides, nothing is merged here.

Four signs: the same name (but for the ways of writing it), a former name that another company bears now, codes with the
same organisation number (characters 9 to 17, GB 32100-2015) and other leading digits, and codes that differ in one
place beside the check digit while the names are alike. Pairs that somebody has found to be different are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

import numpy as np
from sqlite_utils import Database

_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|公司)$")
_ALIKE = 0.8  # share of equal characters from which two names are alike
_BODY = 17  # characters of a code before its check digit


class Sign(StrEnum):
    """Why two companies may be one."""

    SAME_NAME = "same_name"
    RENAMED = "renamed"
    SAME_ORGANISATION = "same_organisation"
    NEAR_CODE = "near_code"


SIGN_WORDS = {
    Sign.SAME_NAME: "名称相同，代码不同",
    Sign.RENAMED: "一家的曾用名是另一家的现用名",
    Sign.SAME_ORGANISATION: "主体标识码相同，登记机关代码不同",
    Sign.NEAR_CODE: "代码只差一位，名称相近",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A company by code and name."""

    uscc: str
    name: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two companies that may be one; `one` has the smaller code."""

    one: Named
    other: Named
    sign: Sign


def find_candidates(db: Database, limit: int = 500) -> list[Candidate]:
    """Pairs that may be one company, by sign and then name; each pair once, under its strongest sign."""
    rows = db.execute("select uscc, name from enterprises where merged_into is null order by uscc")
    names: dict[str, str] = dict(rows)
    different = {(row["one"], row["other"]) for row in db.query("select one, other from enterprise_not_same")}
    plain = {uscc: plain_name(name) for uscc, name in names.items()}
    former = db.query("select uscc, name from enterprise_former_names order by id")
    pairs: dict[tuple[str, str], Sign] = {}
    for sign, found in (
        (Sign.SAME_NAME, _of_one_name(plain)),
        (Sign.RENAMED, _renamed(plain, ((row["uscc"], row["name"]) for row in former))),
        (Sign.SAME_ORGANISATION, _of_one_organisation(names)),
        (Sign.NEAR_CODE, _near_codes(plain)),
    ):
        for pair in found:
            ordered = (min(pair), max(pair))
            if ordered not in different:
                pairs.setdefault(ordered, sign)
            if len(pairs) >= limit:
                break
    return [
        Candidate(Named(one, names[one]), Named(other, names[other]), sign)
        for (one, other), sign in sorted(pairs.items(), key=lambda pair: (list(Sign).index(pair[1]), pair[0]))
    ][:limit]


def note_different(db: Database, one: str, other: str, *, at: str, by: str) -> None:
    """Keep that somebody has found two companies to be different."""
    pair = (min(one, other), max(one, other))
    db.execute("insert or replace into enterprise_not_same values (?, ?, ?, ?)", [*pair, at, by])


def plain_name(name: str) -> str:
    """A name without what does not tell companies apart: width, case, brackets, spaces, ways of saying 有限公司.

    >>> plain_name("示例（九江）科技有限责任公司") == plain_name("示例(九江) 科技有限公司")
    True
    """
    text = unicodedata.normalize("NFKC", name).upper()
    text = "".join(char for char in text if unicodedata.category(char)[0] in "LN")
    return text.replace("有限责任公司", "有限公司")


def _of_one_name(plain: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for uscc, name in plain.items():
        groups[name].append(uscc)
    for group in groups.values():
        yield from pairwise(group)


def _renamed(plain: Mapping[str, str], former: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    wanted = [(uscc, plain_name(name)) for uscc, name in former]
    sought = {name for _, name in wanted}
    for uscc, name in plain.items():
        if name in sought:
            bearers[name].append(uscc)
    for uscc, name in wanted:
        if uscc in plain:
            yield from ((uscc, other) for other in bearers[name] if other != uscc)


def _of_one_organisation(usccs: Iterable[str]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for uscc in usccs:
        groups[uscc[8:_BODY]].append(uscc)
    for group in groups.values():
        yield from pairwise(group)


def _near_codes(plain: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs whose codes differ in one of the first 17 characters: equal once that place is left out."""
    usccs = [uscc for uscc in plain if len(uscc) > _BODY and uscc.isascii()]
    if len(usccs) < 2:
        return
    letters = (
        np.array([uscc[:_BODY].encode() for uscc in usccs], f"S{_BODY}").view(np.uint8).reshape(-1, _BODY)
    )
    for place in range(_BODY):
        rest = np.ascontiguousarray(np.delete(letters, place, axis=1)).view(f"S{_BODY - 1}").ravel()
        order = np.argsort(rest, kind="stable")
        equal = np.flatnonzero(rest[order[1:]] == rest[order[:-1]])
        for at in equal.tolist():
            one, other = usccs[order[at]], usccs[order[at + 1]]
            if _are_alike(plain[one], plain[other]):
                yield one, other


def _are_alike(one: str, other: str) -> bool:
    mine, its = _LEGAL_FORM.sub("", one), _LEGAL_FORM.sub("", other)
    shortest = min(len(mine), len(its))
    if not shortest or abs(len(mine) - len(its)) > shortest / 2:
        return False
    matcher = SequenceMatcher(None, mine, its, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
