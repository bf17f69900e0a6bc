"""For which kind of applicant a part of a condition section is ("未来工厂。…", "申报的金融机构须同时满足：") ; called by requirements.

Parts for different kinds cannot all be asked of one company. A heading counts only where it ends like the name of an
applicant: "孵化功能完善。" heads a requirement of everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.structure.outline import Section

_ASKING = (Role.CONDITIONS, Role.EXCLUSIONS)
_NOUN = "企业|机构|平台|基地|园区|中心|工厂|车间|团队|单位|公司|合作社|院所|实验室|孵化器|空间|社区|载体|主体|银行|农场|高校|商户|总部"
_NAME = re.compile(rf"“?[^，；。：]{{0,20}}(?:{_NOUN}|[一二三四甲乙丙ABC]类|级)”?")
_NO_NAME = re.compile(
    "条件|要求|情形|对象|基本|共同|上述|以上|同一|所有|其|该|^(?:企业|单位|机构|项目|平台|主体|基地|园区|中心|团队)$|申报(?:单位|企业|主体)$|申请(?:单位|企业|主体)$"
)
_ASKED = re.compile(
    rf"^(?:（\d{{1,2}}）)?(?:申报|申请|认定|享受|获得)(?:[^，；：。]{{0,16}}的)?(?P<kind>[^，；：。]{{0,28}}?(?:{_NOUN}))(?:应当?|须|需|必须)?(?:同时)?(?:满足|符合|具备|达到)[^；。]{{0,16}}(?:条件|要求)?：$"
)
# "申报版权输出奖励的项目，截至申报时…": what is asked of one kind of project in a list of several
_FOR_THOSE = re.compile(
    r"^(?:申报|申请)(?P<kind>[^，；：。]{3,40}?(?:项目|企业|机构|平台|作品))(?:的)?(?:，|应当?(?!符合)|须|需)"
)
# "示范单位，应符合…；试点单位，应符合…": each part opens with whom it is for
_OPENS_WITH = re.compile(
    rf"^(?P<kind>[^，；：。]{{2,24}}?(?:{_NOUN}))(?:在[^，；：。]{{2,12}}时)?，?(?:应当?|须|需|必须)(?!求)"
)
_JOINED = re.compile("、|以及|和|及|与|或者?|/|等(?=[^、和]{2,8}$)")
_LEAST_NAME, _LONGEST_NAME = 2, 24


def names_in(kind: str) -> tuple[str, ...]:
    """The names in the words for one kind of applicant.

    >>> names_in("银行和担保公司、融资租赁公司等金融机构")
    ('银行', '担保公司', '融资租赁公司', '金融机构')
    """
    if kind.endswith(("项目", "作品")):  # 广播电视和网络视听节目译制项目: one kind of project
        return (kind,)
    names = tuple(name for name in _JOINED.split(kind) if name)
    return names if len(names) > 1 and all(len(name) >= _LEAST_NAME for name in names) else (kind,)


def spoken_of(names: Iterable[str], words: str, *, given: bool = False) -> str | None:
    """Which of the names words are about: the first that is given something, else the longest; None where none is there.

    given: only one that is given something.

    >>> spoken_of(["银行", "文化企业"], "对从银行获得贷款的文化企业，给予贴息")
    '文化企业'
    >>> spoken_of(["银行", "文化企业"], "银行奖励。按照银行当期为文化企业提供的贷款，给予奖励")
    '银行'
    """
    there = sorted((name for name in names if name in words), key=len, reverse=True)
    places = {name: place for name in there if (place := _given_at(name, words)) is not None}
    if places or given:
        return min(places, key=places.__getitem__, default=None)
    return there[0] if there else None


_GIVEN = re.compile(r"(?:^|[。\s）：]|的|对|鼓励|支持|给予)$")


def _given_at(name: str, words: str) -> int | None:
    """Where words give something to who has this name; None where they do not."""
    at = words.find(name)
    while at >= 0:
        if _GIVEN.search(words[max(0, at - 2) : at]) and not words.startswith("的", at + len(name)):
            return at
        at = words.find(name, at + 1)
    return None


def apart(kinds: Sequence[str]) -> frozenset[str]:
    """Which kinds shut each other out; none where one is named twice, for then all of it is asked.

    One that another begins or ends with is asked of that other as well.

    >>> sorted(apart(["转移机构", "高等学校", "社会化转移机构", ""])), apart(["企业甲", "企业甲"])
    (['社会化转移机构', '高等学校'], frozenset())
    """
    named = [kind for kind in kinds if kind]
    if len(set(named)) < len(named):
        return frozenset()
    alone = [kind for kind in named if not any(kind != other and kind in other for other in named)]
    return frozenset(alone) if len(alone) > 1 else frozenset()


def kind_of(section: Section) -> str:
    """The kind of applicant that a section is for by its heading or opening words; "" where it names none."""
    asked = _ASKED.match(section.plain.text) or _FOR_THOSE.match(section.plain.text)
    asked = asked or (_OPENS_WITH.match(section.plain.text) if section.style else None)
    if asked:
        return "" if _NO_NAME.search(asked["kind"]) or len(asked["kind"]) < 3 else asked["kind"]
    heading = section.heading
    says_more = len(heading) + 1 < len(section.plain.text) or bool(section.children)
    if section.role not in _ASKING or not 2 <= len(heading) <= _LONGEST_NAME or not says_more:
        return ""
    return heading if _NAME.fullmatch(heading) and not _NO_NAME.search(heading) else ""


def name_of(section: Section) -> str:
    """What other parts of the document call a section: "方向1", or its heading."""
    return f"方向{section.number}" if section.style == "方向" else section.heading


# "支持基金份额转让需要符合以下条件：", "信用融资试点条件：": what is asked for one matter of the document
_FOR_MATTER = re.compile(
    r"(?P<matter>[^，；。：]{3,36}?)(?:的)?(?:需要?|应当?|须)?(?:同时)?(?:符合|满足|具备)?(?:以下|下列|如下)?(?:基本)?(?:申报|支持)?(?:条件|要求)：?"
)


def matter_of(section: Section) -> str:
    """The name of the matter that a part of a condition section asks for, as the document names it elsewhere."""
    named = _FOR_MATTER.fullmatch(section.plain.text[-50:]) if section.children else None
    return named["matter"] if named else name_of(section)


def called_for(section: Section, matters: frozenset[str]) -> str:
    """Which matter of the document, or else which kind of applicant, a part of a condition section is for."""
    matter = matter_of(section)
    return matter if matter in matters else kind_of(section)


def names_for(section: Section, matters: frozenset[str]) -> tuple[str, ...]:
    """What an item that a part of a condition section is for may be called."""
    called = called_for(section, matters)
    return (called,) if called in matters else names_in(called)
