"""The words before a benefit ("对…的企业，…的，") -> its conditions; called by passages."""

from __future__ import annotations

import re

from policy_corpus.extraction.clauses import split_clauses
from policy_corpus.extraction.conditions import Setting, read_clause, remainder
from policy_corpus.extraction.found import Found
from policy_corpus.extraction.happenings import make_free

_CONDITIONAL = re.compile(
    r"^(?:其中)?(?:对于?|凡是?|如|若)|的(?:企业|单位|机构|项目|纳税人|园区|平台|部分|[\u4e00-\u9fff]{2,10})?$|的$|后$|时$|期间|给予|^(?:首次|当年|上年|新)|不裁员"
)
_ENCOURAGED = re.compile(
    r"^(?:支持|鼓励|引导|推动)(?P<who>[^，；]{0,24}?(?:企业|机构|单位|园区|平台|主体|公司|高校|院所|银行|组织|合作社))(?P<what>[^，；]{4,})$"
)
_SLOGAN = re.compile(
    r"^(?:为|加大|加强|落实|积极|进一步|充分|全面|大力|切实|建立|完善|健全|着力|努力|继续|优化|强化|提升|发挥|围绕|结合|根据|按照|市级?财政|省级?财政|区级?财政|财政|由|经|每年|资金|具体|实行|采取|通过|"
    r"分|所需|主要|最高|补贴标准|补助标准|奖励标准|支持标准|标准|在此基础上|同时|此外|另外|其中)$|^(?:加大|加强|落实|进一步|全面|大力|切实|完善|健全|着力|市级?财政|省级?财政|区级?财政|由|经|根据|按照|为(?!社区|重点|企业|中小)|采取|所需|实行)"
)
_PREPARED = re.compile(r"^(?:对于?|凡是?|其中|同时|此外|另外|支持|鼓励|引导|推动|再|另|并|且|如|若)+")


def read_lead(words: str, setting: Setting, gift: str = "") -> list[Found]:
    """The conditions in the words before a benefit.

    >>> [(f.attribute, f.value) for f in read_lead("对采用融资租赁方式购置产线的机器人企业，", Setting())]
    [('activity', '采用融资租赁方式购置产线'), ('industry', '机器人')]
    """
    found: list[Found] = []
    pieces = list(split_clauses(words))
    explicit = any(
        re.match(r"(?:其中)?(?:对于?|凡)", words[a:b]) or words[a:b].endswith("的") for a, b in pieces
    )
    inside = False
    run: tuple[int, int] | None = None
    for start, end in pieces:
        clause = words[start:end]
        typed = [one.moved(start) for one in read_clause(clause, setting)]
        begins = bool(re.match(r"(?:其中)?(?:对于?|凡)", clause))
        inside = inside or begins
        counts = not _SLOGAN.search(clause) and (inside or bool(_CONDITIONAL.search(clause)))
        encouraged = _ENCOURAGED.match(clause)
        if encouraged and not explicit:
            rest = remainder(words, start + encouraged.start("what"), end, typed)
        else:
            rest = remainder(words, start, end, typed) if counts and not encouraged else None
        if rest and not typed and run and run[1] + 1 >= rest[0] - 2 and not clause.endswith("的"):
            run = (run[0], rest[1])
        else:
            if run:
                found.append(make_free(words, *run))
            run = None
            found += typed
            if rest and typed:
                found.append(make_free(words, *rest))
            elif rest:
                run = rest
        if clause.endswith("的") or re.search(r"的[\u4e00-\u9fff]{2,8}$", clause):
            inside = (inside and begins is False and False) or begins
    if run:
        found.append(make_free(words, *run))
    return sorted(found, key=lambda one: one.start)
