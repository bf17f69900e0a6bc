"""The words before a benefit ("对…的企业，…的，") -> its conditions; called by passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.happenings import make_parts
from policy_corpus.extraction.conditions.reading import Setting, read_clause
from policy_corpus.extraction.conditions.remains import remainder
from policy_corpus.extraction.conditions.runs import begins_anew
from policy_corpus.extraction.words.clauses import split_clauses

_FOR = re.compile(r"[“（]?(?:其中[，：]?)?(?:对于?|凡是?|如果?|若|针对)(?!外|口|接|标)")
_HEADS = "企业|单位|机构|项目|纳税人|园区|平台|部分|业务|物资|行业|商户|车辆|主体|申请人|公司|客户|基地|工厂|组织|产品|人员"
_CONDITIONAL = re.compile(
    rf"的(?:{_HEADS}|[\u4e00-\u9fff]{{2,10}})?$|后$|时$|^(?:首次|当年|上年|新)|不裁员|的[^的，]{{0,14}}(?:{_HEADS})"
)
_ENCOURAGED = re.compile(
    r"^(?:积极)?(?:支持|鼓励|引导|推动)(?P<who>[^，；]{0,24}?(?:企业|机构|单位|园区|平台|主体|公司|高校|院所|银行|组织|合作社|运营方))"
    r"(?P<what>[^，；]{4,})$"
)
_SLOGAN = re.compile(
    r"^(?:积极|充分|分|所需|主要|最高|(?:补贴|补助|奖励|支持)?标准(?:为|是)?|在此基础上|同时|此外|另外|其中|每年|原则上|具体(?:标准)?|市级?财政|财政|资金|可以?|将|每[户家人个]|首年|次年|第[一二三四五]年(?:、第[一二三四五]年)*(?:房租|租金)?|(?:其后|此后|随后|之后)[一二三四五六\d]{1,2}(?:个月|年))$|"
    r"^(?:近日|日前|据悉|据了解|记者|至本次|除享受|各类市场主体$|加大|加强|落实|进一步|全面|大力|切实|完善|健全|充分发挥|着力|努力|持续|强化|优化|提升|发挥|围绕|深化|市级?财政|省级?财政|区级?财政|由(?!于)|经|根据|"
    r"为(?!社区|重点|企业|中小|小微|初创|用人)|采取|采用后补助|所需|实行|符合支持条件|最长|最高|期限|具体)|"
    r"另行|执行期限|征收期$|^(?:可|将|并|均|可以|按其|依法)[^，]{0,24}$"
)
# "银行业金融机构要主动对接，对…企业给予优惠": a call on others, not whom the benefit is for.
_DUTY = re.compile(
    r"(?:要|应当?)(?:主动|积极|加大|加强|切实|进一步|及时|认真)|^(?:共享|积极引导|主动对接)|^(?:各|相关|有关|鼓励|引导)?(?:商业|地方法人)?(?:银行|金融机构|保险公司|保险机构|担保机构|税务机关|银行业?(?:金融)?机构)(?:可以?|要|将|应当?)"
)
# "对…送检的，国有检验机构|免收费用": who gives, between the subject and the benefit.
_GIVER = re.compile(r"[\u4e00-\u9fff]{2,14}(?:机构|银行|公司|部门|单位|中心|财政|担保机构)")
# "授予“年度贡献企业”称号并奖励10万元": what is conferred is not asked for
_CONFERS = re.compile(r"(?:并|同时|可)?授予[^，；的]{2,30}$")
_PERIOD = re.compile(r"^(?:在)?[^，；]{0,12}(?:期间|期内|以来|之前|年度|年内|基础上|的情况下|前提下)$")


# "营收1000万元以上的，奖励5万元；5000万元以上的，奖励20万元": the same figure of the same companies
_GOES_ON = re.compile(r"(?:达到?|超过|满|不足|不满)?\d[\d.]{0,12}(?:[万亿千百]|元|人|%|家|年|平方米)")


def goes_on(sentence: str) -> bool:
    """Whether a sentence begins with a bare figure, so that what is measured and of whom stands in the one before.

    >>> goes_on("5000万元以上的，奖励20万元"), goes_on("对软件企业奖励20万元")
    (True, False)
    """
    return bool(_GOES_ON.match(sentence))


def read_lead(words: str, setting: Setting) -> list[Found]:
    """The conditions in the words before a benefit.

    >>> [(f.attribute, f.value) for f in read_lead("对采用融资租赁方式购置产线的机器人企业，", Setting())]
    [('activity', '采用融资租赁方式购置产线'), ('industry', '机器人')]
    """
    pieces = list(split_clauses(words))
    explicit = any(_is_subject(words[a:b]) for a, b in pieces)
    found: list[Found] = []
    run: tuple[int, int] | None = None
    inside = False
    chain = _chain(words, pieces)
    for index, (start, end) in enumerate(pieces):
        clause = words[start:end]
        here = replace(setting, background=(setting.background + words[:start])[-80:])
        gives = explicit and end == len(words) and start > 0 and _GIVER.fullmatch(clause)
        typed = (
            []
            if gives or _DUTY.search(clause) or _CONFERS.match(clause)
            else [one.moved(start) for one in read_clause(clause, here)]
        )
        inside = (inside or bool(_FOR.match(clause))) and not _SLOGAN.search(clause)
        rest = _rest_of(words, start, end, typed, inside or index in chain, explicit)
        if rest and not typed:
            goes_together = run and not (
                words[run[1] : rest[0]].startswith(("的", "后，", "时，")) or begins_anew(clause)
            )
            run = (run[0], rest[1]) if run and goes_together else _next(words, run, found, rest)
        else:
            run = _next(words, run, found, None)
            found += typed
            found += make_parts(words, *rest) if rest else []
        if re.search(rf"的(?:[^的，]{{0,12}}(?:{_HEADS}))?$", clause):
            inside = False
    _next(words, run, found, None)
    return sorted(found, key=lambda one: one.taken()[0])


# Of the benefit and how it is given, not of whom it is for.
_OF_THE_GRANT = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}(?:，|$)|推进|推出|开发|强化|重点支持|促进|取消|认真|制定[^，；]{0,10}(?:方案|措施|计划)|适当|发展|组织|引导|指导|督促|优先|继续|财政部门|[\u4e00-\u9fff]{2,10}(?:部门|局|厅)|将|该|上述|本届|最长|最高|依法|建立|\d{1,2}个月)|(?:提出|方面|执行|通过|停用|征收期)$|执行期限|办理$|无?需要?任何"
)


# "支持企业开展首轮流片，对符合条件的企业给予奖励": whom it is for stands in what is encouraged
_POINTS_BACK = re.compile(r"对?(?:于)?(?:符合|满足|具备)[^，；]{0,8}(?:条件|要求|规定)的?[^，；的]{0,6}$")


_OF_A_COST = re.compile(
    r"对(?:于)?[^，；的企业单位]{2,14}(?:费用|费|支出|投入|金额|利息|保费|租金|损失|部分)"
)  # what is paid of


def _is_subject(clause: str) -> bool:
    """Whether a clause says itself whom a benefit is for, and does not only point back."""
    named = (bool(_FOR.match(clause)) and not _OF_A_COST.fullmatch(clause)) or clause.endswith("的")
    return named and not _POINTS_BACK.fullmatch(clause)


def _is_slogan(clause: str) -> bool:
    return bool(
        _CONFERS.match(clause)
        or _OF_A_COST.fullmatch(clause)
        or _SLOGAN.search(clause)
        or _PERIOD.match(clause)
    )


def read_rest(words: str, start: int, end: int, known: Sequence[Found]) -> list[Found]:
    """What the subject of a benefit says besides `known`, clause by clause, as what the company confirms itself.

    >>> [f.value for f in read_rest("对建成投产的装配式构件厂，", 0, 12, [])]
    ['建成投产的装配式构件厂']
    """
    found: list[Found] = []
    for low, high in split_clauses(words[:end]):
        here = [one for one in (*known, *found) if one.start < high and low < one.end]
        speaks = (
            high > start and not _OF_THE_GRANT.search(words[low:high]) and not _is_slogan(words[low:high])
        )
        rest = remainder(words, low, high, here) if speaks else None
        found += make_parts(words, *rest) if rest else []
    return found


def _chain(words: str, pieces: list[tuple[int, int]]) -> range:
    """The clauses that lead up to one that ends with 的: "受灾情影响，经营受到重大损失，缴税确有困难的，"."""
    last = max((i for i, (a, b) in enumerate(pieces) if words[a:b].endswith("的")), default=-1)
    first = last
    while first > 0 and not _is_slogan(words[slice(*pieces[first - 1])]):
        first -= 1
    return range(max(first, 0), last + 1)


def _next(
    words: str, run: tuple[int, int] | None, found: list[Found], rest: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Close the run of clauses that no rule knows and start the next one."""
    if run:
        found += make_parts(words, *run)
    return rest


def _rest_of(
    words: str, start: int, end: int, typed: list[Found], inside: bool, explicit: bool
) -> tuple[int, int] | None:
    clause = words[start:end]
    encouraged = _ENCOURAGED.match(clause)
    if encouraged:
        return None if explicit else remainder(words, start + encouraged.start("what"), end, typed)
    if _is_slogan(clause):
        return None
    if not inside and not _CONDITIONAL.search(clause):
        return None
    return remainder(words, start, end, typed)
