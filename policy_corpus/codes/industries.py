"""国民经济行业分类 (GB/T 4754-2017): codes and names, and what the words of policy texts cover.

Called by imports and forms (find_industry), by matching (codes_for, within) and wherever a code is shown. A
code stands with its section letter: C, C39, C397, C3973. The tables are in data/ (see its README.md).
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib import resources

from policy_corpus.errors import UnknownIndustry
from policy_corpus.folding import fold


class IndustryLevel(IntEnum):
    """门类, 大类, 中类, 小类: the number of characters of the code without its letter."""

    SECTION = 0
    DIVISION = 2
    GROUP = 3
    CLASS = 4


@dataclass(frozen=True, slots=True)
class Industry:
    """One class of the standard (行业)."""

    code: str
    name: str
    level: IndustryLevel
    parent_code: str | None


@dataclass(frozen=True, slots=True)
class IndustryScope:
    """What a word covers. Inside `certain`: met; inside `possible`: unknown; outside both: not met.

    Both empty: the word names a theme (人工智能, 战略性新兴产业) that no classes stand for, always unknown.
    """

    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


SECTIONS = tuple("ABCDEFGHIJKLMNOPQRST")
_MARKS = re.compile(r"[\s、，,；;·（）()《》“”\"'/\-]+")
_TAILS = re.compile(
    r"(?:类|行业|产业|领域|企业|单位|机构|公司|项目|经营者|经营主体|市场主体|商户|门店|法人|主体|从业者|用户){1,6}$"
)
_HEADS = re.compile(
    r"^(?:规模以上|规上|限额以上|限上|重点|新型|现代|传统|中小微|中小|小微|大型|民营|外资|本地|各类|从事){1,6}"
)
_SPLIT = re.compile(r"[、，,；;/]|以及|或者|及其他|和|及|与|或")


@cache
def _table() -> dict[str, Industry]:
    found: dict[str, Industry] = {}
    for row in _rows("industries.csv"):
        code = row["code"]
        found[code] = Industry(code, row["name"], IndustryLevel(len(code) - 1), _parent(code))
    return found


@cache
def _by_name() -> dict[str, str]:
    """Normalised name -> the broadest code of that name."""
    found: dict[str, str] = {}
    for industry in sorted(_table().values(), key=lambda i: (len(i.code), i.code)):
        found.setdefault(_plain(industry.name), industry.code)
    return found


@cache
def _words() -> dict[str, IndustryScope]:
    found: dict[str, IndustryScope] = {}
    for row in _rows("industry_words.csv"):
        scope = IndustryScope(tuple(row["certain"].split()), tuple(row["possible"].split()))
        for word in row["words"].split():
            found[_plain(word)] = scope
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    source = resources.files("policy_corpus.codes").joinpath("data", name)
    yield from csv.DictReader(source.read_text(encoding="utf-8").splitlines())


def _parent(code: str) -> str | None:
    return None if len(code) == 1 else code[0] if len(code) == 3 else code[:-1]


def _plain(name: str) -> str:
    return _MARKS.sub("", fold(unicodedata.normalize("NFKC", name))).upper()


def get_industry(code: str) -> Industry:
    """The class of a code with its letter. Raises UnknownIndustry."""
    try:
        return _table()[code]
    except KeyError:
        raise UnknownIndustry(
            f"没有行业代码“{code}”，请按《国民经济行业分类》（GB/T 4754-2017）填写"
        ) from None


def every_industry() -> Iterator[Industry]:
    """All classes of the standard, in the order of their codes as published."""
    return iter(_table().values())


def path(code: str) -> tuple[Industry, ...]:
    """The classes from the section down to this one."""
    steps = [get_industry(code)]
    while (above := steps[0].parent_code) is not None:
        steps.insert(0, get_industry(above))
    return tuple(steps)


def within(code: str, ancestor: str) -> bool:
    """Whether a class lies in another or is it.

    >>> within("C3973", "C39"), within("C", "C39")
    (True, False)
    """
    return code.startswith(ancestor)


def find_industry(text: str) -> Industry:
    """The class of a code (with or without its letter) or of a name. Raises UnknownIndustry, naming near ones.

    >>> find_industry("6110").name, find_industry("软件和信息技术服务业").code
    ('旅游饭店', 'I65')
    """
    code = _code_of(text)
    if code is not None:
        return get_industry(code)
    name = _plain(text)
    found = _by_name().get(name) or _by_name().get(name + "业") or _by_name().get(name.removesuffix("业"))
    if found is None:
        scope = _words().get(name, IndustryScope())
        found = scope.certain[0] if len(scope.certain) == 1 and not scope.possible else None
    if found is None:
        raise UnknownIndustry(_unknown(text))
    return get_industry(found)


def _code_of(text: str) -> str | None:
    """The code that the text is or begins with ("C3973 集成电路制造"), letter added; None for a name."""
    shown = unicodedata.normalize("NFKC", text).strip().upper()
    match = re.match(r"^([A-T])?(\d{2,4})?(?![\dA-Z.])", shown)
    if match is None or not match[0]:
        return None
    letter, digits = match[1] or "", match[2] or ""
    if not digits:
        return letter if len(shown) == 1 else None
    division = next((c for c in _table() if len(c) == 3 and c[1:] == digits[:2]), None)
    if division is None or (letter and letter != division[0]):
        raise UnknownIndustry(_unknown(text))
    return division[0] + digits


def _unknown(text: str) -> str:
    near = difflib.get_close_matches(_plain(text), _by_name(), n=3, cutoff=0.5)
    listed = "、".join(f"{get_industry(_by_name()[n]).name}（{_by_name()[n]}）" for n in near)
    hint = f"；相近的有：{listed}" if listed else ""
    return f"《国民经济行业分类》（GB/T 4754-2017）中没有“{text.strip()[:40]}”{hint}"


@lru_cache(maxsize=4096)
def codes_for(word: str) -> IndustryScope:
    """What a word of a policy text covers; both empty where it cannot be told. Never raises.

    A list of trades (旅游、餐饮企业) covers the sum; a part that is not understood may cover anything.

    >>> codes_for("制造业").certain, codes_for("餐饮企业").certain, codes_for("人工智能")
    (('C',), ('H62',), IndustryScope(certain=(), possible=()))
    """
    scope = _scope_of(_plain(word))
    if scope is not None:
        return scope
    parts = [part for part in _SPLIT.split(fold(word)) if part.strip()]
    if len(parts) < 2:
        return IndustryScope()
    scopes = [_scope_of(_plain(part)) or IndustryScope() for part in parts]
    if not any(scope.certain or scope.possible for scope in scopes):
        return IndustryScope()
    vague = any(not (scope.certain or scope.possible) for scope in scopes)
    possible = SECTIONS if vague else _unique(code for scope in scopes for code in scope.possible)
    return IndustryScope(_unique(code for scope in scopes for code in scope.certain), possible)


def _scope_of(name: str) -> IndustryScope | None:
    """The scope of one plain word, trying it without the usual words before and behind."""
    for form in dict.fromkeys((name, _TAILS.sub("", name), _HEADS.sub("", _TAILS.sub("", name)))):
        if len(form) < 2 and form not in SECTIONS:
            continue
        for variant in (form, form + "业", form.removesuffix("业")):
            if variant in _words():
                return _words()[variant]
            if variant in _by_name():
                return IndustryScope((_by_name()[variant],))
    return None


def _unique(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
