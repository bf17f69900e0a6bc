"""Grades that an assessment gave, classes, and names with their level ("服务评估为优秀", "国家级、市级产业园") -> titles; called by holdings."""

from __future__ import annotations

import re

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.title_names import SPLIT, is_made
from policy_corpus.model import Operator

# "经民政部门评估等级为4A及以上", "近2年年检结论为合格": a grade that an office gave
_ASSESSED = re.compile(
    r"(?P<name>(?:近[一二两三四五\d]{1,2}年)?(?:亩均)?[^，；：、的（）级]{0,4}(?:评估|评价|考核|年检|年审|等级评定)(?:结论|结果|等级|等次)?)(?:应|须|均)?(?:为|在|达到?|是)(?=[优良合A-C1-5一二三四五])"
)
_GRADES = re.compile(
    r"(?P<grades>(?:[一二三四五](?=、[一二三四五]级)|优秀?|良好?|合格|[1-5一二三四五]?A级?|AAA级?|[A-C]（[^）]{1,4}）|[A-D]类|[BC]级|[一二三四五]级|[一二三四五](?=[、或和][一二三四五]级))(?:[、或和](?:优秀?|良好?|合格|[1-5]?A级?|[A-C]（[^）]{1,4}）|[A-D]类|[BC]级|[一二三四五]级)){0,3})(?P<up>及以上|以上)?(?:等级|等次)?(?=的|，|、|$)"
)
# "经认定的知识产权试点示范单位"
# "亩均效益评价A类企业"
_CLASSED = re.compile(
    r"(?P<name>[^，；。：的对（）]{2,14}?(?:评价|评级|评定|评估)(?:结果)?(?:为)?[A-D]类)(?=企业|的|，|$)"
)
_CERTIFIED = re.compile(
    r"经[^，；的]{0,10}(?:认定|评定|批准|授牌)的(?P<name>[^，；。的、]{4,20}?(?:单位|基地|园区|平台|中心|工厂|街区))(?=，|、|和|及|的|给予|可|$)"
)
# "国家级、市级人力资源服务产业园"
_LEVELLED = re.compile(
    r"(?P<levels>(?:国家|省|市|区|县)级(?:(?:、|和|及|或)(?:国家|省|市|区|县)级){0,3})"
    r"(?P<name>[^\W的、，级]{0,10}?(?:产业园|孵化器|众创空间|示范区|示范园|基地|实验室|工作站|园区|工厂|车间|街区|企业技术中心|研究院|龙头企业))(?=的|，|、|和|及|或|奖|补|给|$)"
)


def find_grades(clause: str) -> list[Found]:
    """Grades, classes and names with a level in one clause, several of a list as one condition.

    >>> [f.value for f in find_grades("服务评估为优秀、良好的单位")], [f.value for f in find_grades("国家级、市级产业园")]
    ([('服务评估优秀', '服务评估良好')], [('国家级产业园', '市级产业园')])
    """
    found = [one for match in _ASSESSED.finditer(clause) if (one := _graded(clause, match))]
    for pattern in (_CLASSED, _CERTIFIED):
        found += [_title((match["name"],), *match.span("name")) for match in pattern.finditer(clause)]
    for match in _LEVELLED.finditer(clause):
        if not is_made(clause, *match.span()):
            found.append(
                _title(tuple(level + match["name"] for level in SPLIT.split(match["levels"])), *match.span())
            )
    return found


def _graded(clause: str, match: re.Match[str]) -> Found | None:
    """The grade, or one of the grades, of an assessment."""
    grades = _GRADES.match(clause, match.end())
    if grades is None:
        return None
    names = tuple(match["name"] + one + (grades["up"] or "") for one in _each(grades["grades"]))
    return _title(names, match.start(), grades.end())


def _each(grades: str) -> list[str]:
    """ "四、五级" is 四级 and 五级."""
    return [one + "级" if one in "一二三四五" else one for one in SPLIT.split(grades)]


def _title(names: tuple[str, ...], start: int, end: int) -> Found:
    value = names[0] if len(names) == 1 else names
    return Found("qualification", Operator.HAS if len(names) == 1 else Operator.IN, value, start, end)
