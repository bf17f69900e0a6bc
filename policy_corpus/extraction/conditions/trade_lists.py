"""Trades joined in a list: names beside a known one that the table does not know, lists that shut nobody out, partners.

Called by trades.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.lexicon.industries import WORDS
from policy_corpus.model import Operator

HEADS = "企业|机构|公司|经营主体|市场主体|运营主体|纳税人|平台|领域|行业|产业|园区|商户|项目|单位|业态|方向|组织|场所|载体|大户|生产者"
"""Nouns that close the name of a trade."""
_ANY_COMPANY = "(?:各类|其他)?(?:企业|用人单位|市场主体)"
_ALL_AHEAD = re.compile(rf"(?:^|[，：；对、]|支持|鼓励){_ANY_COMPANY}(?:、|和|及|与|或者?)$")
_ALL_BEHIND = re.compile(rf"(?:、|和|及|以及|与|或者?){_ANY_COMPANY}(?=[，；等的以、]|$)")


def is_open_to_all(clause: str, one: Found) -> bool:
    """ "科研院所、高等学校、企业": where any company is named beside them, the trades shut nobody out."""
    named = {"企业", "各类企业", "用人单位", "市场主体"} & set(names_of(one))
    return bool(named or _ALL_BEHIND.match(clause, one.end) or _ALL_AHEAD.search(clause[: one.start]))


# "联合高校、科研院所": the whole list is of partners
_PARTNER = re.compile(r"(?:联合|承接|协同|依托|引进|对接|委托|组织|与|向|给|由)[^，；的]{2,40}$")
_WITHIN = re.compile(r"（(?:含|包括|以及)$")  # 与高等学校、科研机构（含|医疗卫生机构
_JOINING = ("、", "和", "及", "或", "或者")


def are_partners(before: str) -> bool:
    """Whether a list that goes on behind these words is of whom the applicant works with.

    >>> are_partners("支持企业联合高校、"), are_partners("在示例市注册的高校、")
    (True, False)
    """
    before = _WITHIN.sub("、", before)
    return before.endswith(_JOINING) and bool(_PARTNER.search(before))


_PIECE = r"(?P<name>[\u4e00-\u9fff]{2,8}?)"
_JOIN = "(?:、|和|(?<!涉)及|以及|或者?|与)"
_AHEAD = re.compile(rf"(?:^|[，：对的为])(?:于|支持|鼓励)?{_PIECE}(?:{HEADS})?{_JOIN}$")
_BEHIND = re.compile(rf"{_JOIN}{_PIECE}(?:{HEADS})")
# "高等学校、科研机构、社会组织、创业服务机构等创新主体": all of them may apply
_MORE = re.compile(r"(?:、|和|及|以及)(?P<more>[^，；的]{2,80}?)等(?:各类)?创新主体")
_NO_NAME = re.compile(
    rf"^为|{HEADS}|[的对按在以由给与及和等]|规模|小微|中小|大型|个体|农民|社会|首次|新|上市|高新技术|专精特新|科技型|条件|规定"
)


def with_siblings(clause: str, one: Found) -> Found:
    """With the unknown trades joined to it ("纺织企业、电子电器企业"): the known one alone would shut them out."""
    names, start, end = list(names_of(one)), one.start, one.end
    more = _MORE.match(clause, end)
    if more:
        names += [name for name in re.split("、|和|以及|及", more["more"]) if name]
        return make_industry(tuple(dict.fromkeys(names)), start, more.end())
    ahead = _AHEAD.search(clause[max(0, start - 20) : start])
    if ahead and not _NO_NAME.search(ahead["name"]):
        names.insert(0, ahead["name"])
        start += ahead.start("name") - len(clause[max(0, start - 20) : start])
    behind = _BEHIND.match(clause, end)
    if behind and not _NO_NAME.search(behind["name"]):
        names.append(behind["name"])
        end = behind.end()
    return make_industry(tuple(dict.fromkeys(names)), start, end) if len(names) > len(names_of(one)) else one


def _plainly(name: str) -> str:
    """ "担保机构" and "担保公司" are the trade 担保."""
    return name[:-2] if name.endswith(("机构", "公司", "企业")) and name[:-2] in WORDS else name


def make_industry(names: tuple[str, ...], start: int, end: int) -> Found:
    """The industry condition of one or several names."""
    names = tuple(dict.fromkeys(map(_plainly, names)))
    value = names[0] if len(names) == 1 else names
    return Found("industry", Operator.EQ if len(names) == 1 else Operator.IN, value, start, end)


def names_of(found: Found) -> tuple[str, ...]:
    """The names of a condition, one or several."""
    return tuple(str(name) for name in found.value) if isinstance(found.value, tuple) else (str(found.value),)


_AND_THE_LIKE = re.compile(r"等[^，；、的]{0,6}")


_GRADE_BETWEEN = re.compile(
    r"(?:、|和|及|以及|或者?)(?P<grade>(?:\d?A级|[一二三四五]?星级)[\u4e00-\u9fff]{0,2})"
)  # 演出场所、A级旅游|景区
_UNKNOWN_BETWEEN = re.compile(r"、[\u4e00-\u9fff]{2,6}、")  # 宾馆、大型商超、农贸市场
_ANY_KIND = ("投资机构", "金融", "金融机构")


def merged_trades(clause: str, found: list[Found]) -> list[Found]:
    """ "A企业和B企业" is one condition with two trades."""
    merged: list[Found] = []
    for one in sorted(found, key=lambda f: f.start):
        last = merged[-1] if merged else None
        between = clause[last.end : one.start] if last else ""
        if last and _AND_THE_LIKE.fullmatch(between) and (len(names_of(last)) > 1 or one.value in _ANY_KIND):
            merged[-1] = replace(
                last, end=one.end
            )  # 银行、担保公司等债权类|投资机构: what they are all called
        elif last and (grade := _GRADE_BETWEEN.fullmatch(between)):
            first, *others = names_of(one)
            names = (*names_of(last), grade["grade"] + first, *others)
            merged[-1] = make_industry(tuple(dict.fromkeys(names)), last.start, one.end)
        elif last and _UNKNOWN_BETWEEN.fullmatch(between):
            names = (*names_of(last), between.strip("、"), *names_of(one))
            merged[-1] = make_industry(tuple(dict.fromkeys(names)), last.start, one.end)
        elif last and re.fullmatch(r"(?:、|和|及|以及|或者?|与)", between):
            names = (*names_of(last), *names_of(one))
            merged[-1] = make_industry(tuple(dict.fromkeys(names)), last.start, one.end)
        else:
            merged.append(one)
    return merged
