"""Does "近三年未发生较大以上安全生产事故" rule out "近两年发生重大安全事故"? Called by stated for the compliance fact.

An incident is taken apart into the years asked about, the least grade, and its subjects. A denial rules out
what happened within its years, from its grade upwards, in its subjects; whatever cannot be taken apart
completely rules out nothing. Grades: 《生产安全事故报告和调查处理条例》第三条 (特别重大、重大、较大、一般).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NUMBERS = {char: number for number, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_YEARS = re.compile(
    r"(?:近|最近|申报前)?(?P<n>[一二两三四五\d])(?:个)?(?:自然|会计|完整)?年度?(?:以)?(?:内|来)?"
)
_DENIAL = re.compile(r"均?(?:未曾|从未|未有|没有|不存在|未|无|没)")
_GRADES = (("特别重大", 4), ("重特大", 3), ("重大", 3), ("较大", 2), ("严重", 3), ("一般", 1))
_SUBJECTS = (
    ("安全", ("生产安全责任", "安全生产责任", "安全生产", "生产安全", "安全责任", "安全")),
    ("环境", ("环境污染", "环境保护", "环保", "环境", "污染")),
    ("质量", ("产品质量", "工程质量", "质量")),
    ("骗税", ("偷税", "骗税", "逃税", "抗税", "偷逃税", "偷税漏税")),
    ("欠税", ("欠缴税款", "欠税")),
    ("欠薪", ("恶意拖欠农民工工资", "拖欠农民工工资", "恶意欠薪", "拖欠工资", "欠薪")),
    ("处罚", ("行政处罚", "刑事处罚", "处罚")),
    ("违法", ("违法违规", "违法违纪", "违法失信", "违法", "违规")),
)
_WORDS = tuple(
    sorted(((word, name) for name, words in _SUBJECTS for word in words), key=lambda pair: -len(pair[0]))
)
_EMPTY = re.compile(
    r"(?:发生|出现|存在|受到|受过|有过|有|过|的|行为|记录|事故|事件|情形|情况|问题|责任|及其以上|及以上|以上|、|和|与|或者|或|及|内|等|任何)+"
)


@dataclass(frozen=True, slots=True)
class Incident:
    """years: how far back (None: ever); grade: the least that counts; subjects: what it was about."""

    years: int | None
    grade: int
    subjects: frozenset[str]
    denied: bool


@lru_cache(maxsize=16384)
def read_incident(text: str) -> Incident | None:
    """A bare phrase taken apart, None where a word of it is not understood.

    >>> read_incident("近三年未发生较大以上安全生产事故")
    Incident(years=3, grade=2, subjects=frozenset({'安全'}), denied=True)
    >>> read_incident("重大旅游投诉") is None
    True
    """
    years, rest = _cut_years(text)
    denied = bool(_DENIAL.search(rest))
    rest = _DENIAL.sub("", rest, count=1)
    grade = 1
    for word, rank in _GRADES:
        if word in rest:
            grade, rest = rank, rest.replace(word, "")
            break
    subjects = set()
    for word, name in _WORDS:
        if word in rest:
            subjects.add(name)
            rest = rest.replace(word, "、")
    if not subjects or _EMPTY.sub("", rest):
        return None
    return Incident(years, grade, frozenset(subjects), denied)


def _cut_years(text: str) -> tuple[int | None, str]:
    found = _YEARS.search(text)
    if not found:
        return None, text
    number = found["n"]
    years = int(number) if number.isdigit() else _NUMBERS[number]
    return years, text[: found.start()] + text[found.end() :]


def ruled_out(statements: tuple[str, ...], phrase: str) -> tuple[str, ...]:
    """The statements that between them deny all that the phrase tells of, denied there or not; () where they do not.

    >>> ruled_out(("近三年未发生较大以上安全生产事故",), "近两年发生重大安全事故")
    ('近三年未发生较大以上安全生产事故',)
    >>> ruled_out(("近三年未发生重大安全事故",), "近三年发生较大以上安全生产事故")
    ()
    """
    asked = read_incident(phrase)
    if asked is None:
        return ()
    left, used = set(asked.subjects), []
    for statement in statements:
        said = read_incident(statement)
        if said is None or not said.denied or said.grade > asked.grade or not left & said.subjects:
            continue
        if said.years is None or (asked.years is not None and said.years >= asked.years):
            left -= said.subjects
            used.append(statement)
    return () if left else tuple(used)
