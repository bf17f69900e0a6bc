"""A clause or sentence -> the conditions in it, in the order of its words; called by passages and items.

Each rule takes the words it understands; what is left of a clause and still says something becomes a condition
the company confirms itself, so that no word of a requirement is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_corpus.codes.regions import find_region
from policy_corpus.errors import CorpusError
from policy_corpus.extraction.conditions.asides import asks_nothing, defines, eases, leads_to_list
from policy_corpus.extraction.conditions.firsts import find_firsts, find_held_for
from policy_corpus.extraction.conditions.forms import without_open_forms
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.happenings import find_dated, make_free
from policy_corpus.extraction.conditions.holdings import find_holdings
from policy_corpus.extraction.conditions.kinds import APPLICANTS
from policy_corpus.extraction.conditions.measures import find_measures
from policy_corpus.extraction.conditions.places import find_places
from policy_corpus.extraction.conditions.rights import find_rights
from policy_corpus.extraction.conditions.steadiness import find_steadiness
from policy_corpus.extraction.conditions.trades import find_trades, is_trade
from policy_corpus.extraction.conditions.traits import find_traits
from policy_corpus.extraction.words.clauses import split_clauses
from policy_corpus.extraction.words.negation import is_denied
from policy_corpus.model import Operator


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a clause stands. required: in a list of requirements, so that every clause counts.

    speaking: full name of the region that speaks; background: words above and before; excluded: under 不予支持.
    """

    required: bool = False
    speaking: str | None = None
    background: str = ""
    excluded: bool = False


_EMPTY = re.compile(
    r"对于|对|的|企业|单位|机构|公司|申报|申请|项目|应当|应|须|需|必须|具有|具备|拥有|且|并|和|及|或者|或|同时|其中|符合|属于|以及|在|为|是|有|者|内|已|经|于|凡|等|"
    r"[，；：、（）“”《》。]|相关|规定|条件|以下|下列|如下|满足|要求|原则上|一次性|予以|给予|标准|主体|本办法|本细则|上述|基本|申请人|申报主体|按|按照|支持|鼓励|纳税人|之一|时|"
    r"本(?:措施|政策|通知|规定|意见|方案|条)|国家(?:需要)?重点扶持|以上措施|上述政策|受理|专项资金|工商|税务|统计|关系|均在|所称|是指|适用|登记|税收解缴(?:关系)?|登记地|中华人民共和国|境内|注册|条款|经营|不予支持|不予|及以上|奖次|人民币|等值|自由兑换货币|\d{4}年度?"
)
_POINTING = (
    "以下|下列|如下|上述|以上|前述|本[^，；]{1,6}|有关|相关|规定|基本|申报|申请|支持|享受|认定|法定|其他"
)
_INTRODUCES = re.compile(
    r"^(?:企业|项目|单位)?(?:有|存在|属于)(?:下列|以下|上述)情[形况](?:之一)?的?[^，；]{0,4}(?:不予|不得|不能)[^，；]{2,6}$|"
    r"(?:符合|满足|具备)(?:下列|以下)[^，；]{0,6}条件的[^，；]{2,6}(?:可以?|方可)(?:申报|申请|享受)$|"
    rf"^[^，；：]{{2,8}}：$|(?:符合|满足|具备|达到|遵循)(?:了|的)?(?:{_POINTING})?(?:的)?[^，；]{{0,4}}(?:条件|情形|规定|标准|之一)(?!的[^，；]{{2}})[^，；]{{0,6}}$|"
    rf"(?:{_POINTING})[^，；]{{0,6}}(?:条件|要求|情形)[^，；]{{0,3}}$|^[^，；]{{0,6}}(?:条件|要求|情形)$|(?:时间|资格)要求$|条件[为是]$|(?:如下|以下|包括)[^，；]{{0,3}}$|^(?:具体|其中|另外|此外|同时|注|即|包括)$"
)
_PROCEDURE = re.compile(
    r"^(?:由|经)[^，]{2,20}(?:审核|审定|认定|评审|批准|同意|确认|核实|评定)后?$|^按(?:照)?(?:有关|相关|国家)?规定|^根据|^按照|^包括|^为(?:了|进一步|深入|贯彻|加强|推动|促进)|^具体(?:标准|办法|由)|另行(?:通知|制定)|解释$|^(?:在)?(?:疫情|当年|年度|上年度?|申报|补贴|近[\d一二三两]{1,2}年|\d{4}年)(?![^，；]{0,6}[未无不没])[^，；]{0,8}(?:期间|时|年|以来|内|起|前)?$|^自[^，；]{2,12}(?:以来|之日起)$"
)
_LEAD = re.compile(
    r"^(?:[^，；]{2,16}?(?:是指|指的是)|对于?(?!外|口|接|标|象|应)|凡是?|其中|同时|且|并且|并(?!购|网|轨|列)|以及|或者?|和|但|而|再(?!生|担|贷|融|制造)|另|此外|如果|如(?!何)|若(?!干)|因此|即(?!将|时)|答：|（[一二三四五六七八九十\d]{1,2}）|支持|鼓励|引导|推动|申报(?:企业|单位|项目|主体)?(?:应当?|须|需|必须)|企业(?:应当?|须|需|必须)|应(?!用|急|届|收|付|税|纳|缴|届|对|聘)当?|须|需(?!求)|必须|原则上|符合条件的)"
)
_TAIL = re.compile(r"(?:的(?:企业|单位|机构|项目|纳税人|申请人|参保企业|用人单位)?|时|后|之一)$")
_FORMS_ONLY = re.compile(
    r"(?:(?:个体工商户|个体户|农民专业合作社|农民合作社|专业合作社|合作社|家庭农场|社会组织|社会团体|事业单位|民办非企业单位|合伙企业|个人独资企业|企业|单位|机构)(?:、|和|及|或者?|以及|等){0,2}){1,12}"
)
_NUMBERING = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[）、.]|[①②③④⑤⑥⑦⑧⑨⑩]|[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,3}(?=，|$))"
)


def read_sentence(sentence: str, setting: Setting) -> list[Found]:
    """The conditions of a sentence, neighbouring clauses that no rule knows joined to one.

    >>> s = "在本市注册，具有独立法人资格，上年度营业收入不低于2000万元，且拥有优秀的管理团队"
    >>> [(f.attribute, f.op.value) for f in read_sentence(s, Setting(required=True, speaking="示例市"))]
    [('region', 'eq'), ('independent_legal_person', 'has'), ('revenue', 'ge'), ('other', 'has')]
    """
    found: list[Found] = []
    run: tuple[int, int] | None = None
    before = setting.background
    for start, end in _asking(sentence):
        clause = sentence[start:end]
        here = Setting(setting.required, setting.speaking, before, setting.excluded)
        others = _MORE_APPLICANTS.fullmatch(clause) if found else None
        if others:
            found += [*_flush(sentence, run), make_free(sentence, start + others.start("who"), end)]
            run = None
            continue
        typed = [one.moved(start) for one in read_clause(clause, here)]
        rest = remainder(sentence, start, end, typed) if setting.required else None
        if rest and not typed:
            if run and _ANEW.match(clause):
                found += _flush(sentence, run)
                run = None
            run = (run[0] if run else rest[0], rest[1])
        else:
            found += _flush(sentence, run)
            run = None
            found += typed
            found += _flush(sentence, rest)
        before = (before + clause)[-80:]
    found += _flush(sentence, run)
    if setting.excluded:
        found = [_deny(one) for one in found]
    return sorted(found, key=lambda one: one.taken()[0])


# "国家高新技术企业，以及高等学校、科研机构和社会组织等创新主体": further applicants beside those before
_MORE_APPLICANTS = re.compile(
    r"(?:以及|及|和)(?P<who>(?!其)[^，；的]{2,20}、[^，；的]{2,40}?(?:等(?:各类)?(?:创新)?(?:主体|企业|单位|机构)|社会组织|科研机构|院所|单位|机构))"
)
_ANEW = re.compile(
    r"(?:并|且|并且)?(?:具有|具备|拥有|能|有(?!效|关)|设有|建有|配备|已)"
)  # asks for something else


def _asking(sentence: str) -> Iterator[tuple[int, int]]:
    """The clauses without those that only explain, allow or ease."""
    pieces = [] if defines(sentence) else list(split_clauses(sentence))
    skip = False
    for index, (start, end) in enumerate(pieces):
        clause = sentence[start:end]
        following = sentence[slice(*pieces[index + 1])] if index + 1 < len(pieces) else ""
        eased = eases(clause, following) or leads_to_list(clause, following)
        if not (skip or eased or asks_nothing(clause)):
            yield start, end
        skip = eased


def _flush(sentence: str, run: tuple[int, int] | None) -> list[Found]:
    return [make_free(sentence, *run)] if run else []


def _deny(one: Found) -> Found:
    if one.op in (Operator.EQ, Operator.IN, Operator.HAS):
        return Found(one.attribute, Operator.NOT_HAS, one.value, one.start, one.end, one.unit, one.core)
    return one


def read_clause(clause: str, setting: Setting) -> list[Found]:
    """What the rules know of one clause; the stronger rule keeps its words."""
    found: list[Found] = []
    traits = find_traits(clause)
    settled = any(one.attribute in ("credit", "compliance") for one in traits)
    for one in (
        *find_steadiness(clause),
        *find_measures(clause, setting.background),
        *(() if settled else find_dated(clause)),
        *find_places(clause, setting.speaking),
        *find_holdings(clause),
        *traits,
        *find_rights(clause),
        *find_trades(clause),
    ):
        if one.attribute == "industry":
            one = _behind_place(clause, one, found)
        if not _overlaps(one, found):
            found += _place_before(clause, _negated(clause, one))
        elif one.attribute == "qualification":
            _add_title(clause, one, found)
    found = without_open_forms(clause, [one for one in found if not _is_of_others(clause, one)])
    return sorted(
        [*found, *find_firsts(clause, found), *find_held_for(clause, found)], key=lambda one: one.start
    )


# "具有龙头企业、投融资机构等工作经历": where people of the applicant have worked
_CAREER = re.compile(
    r"(?P<whom>(?:在|具有|具备|有)[^，；且并]{2,50}?)(?:工作|从业|任职|管理|创业)(?:经历|经验)"
)


def _behind_place(clause: str, trade: Found, found: list[Found]) -> Found:
    """ "北京市机器人企业" is a place and a trade."""
    names = trade.value if isinstance(trade.value, tuple) else (trade.value,)
    for one in found:
        low, high = one.taken()
        front = clause[trade.start : high]
        name = str(names[0]).removeprefix(front)
        if one.attribute == "region" and trade.start <= low and high < trade.end and is_trade(name):
            behind = (name, *names[1:])
            return replace(trade, value=behind if len(behind) > 1 else name, start=high)
    return trade


_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|省|市|区|县)")


def _place_before(clause: str, trade: Found) -> list[Found]:
    """ "广州市软件和信息技术服务业企业": the place that a long name of a trade hid, and the trade."""
    names = trade.value if isinstance(trade.value, tuple) else (trade.value,)
    place = _PLACE.match(str(names[0])) if trade.attribute == "industry" and not trade.negated else None
    name = str(names[0])[place.end() :] if place else ""
    if place is None or not is_trade(name) or not clause.startswith(str(names[0]), trade.start):
        return [trade]  # 符合中关村示范区高精尖产业领域: the name of a list
    try:
        find_region(place[0])
    except CorpusError:
        return [trade]
    behind = (name, *names[1:])
    middle = trade.start + place.end()
    return [
        Found("region", Operator.EQ, place[0], trade.start, middle),
        replace(trade, value=behind if len(behind) > 1 else name, start=middle),
    ]


# "为收入1亿元以下的文化企业提供融资的银行": what is said of the clients is not asked of the applicant.
_SERVES = re.compile(
    r"(?:为|向|给|对)(?P<whom>[^，；]{2,60}?)(?:提供|发放|开展|办理|减免|出租|投放)[^，；的]{1,40}(?:的[^，；的]{1,20}){0,2}的[^，；的]{0,10}?(?:机构|银行|公司|单位|企业|平台|园区|载体|市场|运营方|业主)"
)


# "鼓励担保机构为科技企业提供担保", "为注册在本市的科技企业提供担保": the same without the word that names the applicant
_SERVES_AS_ASKED = re.compile(
    r"(?:(?:鼓励|支持|引导|推动|组织)[^，；为向]{2,16}(?:为|向)|^(?:能够?|可以?|主要|专门)?为)(?P<whom>[^，；]{2,60}?)(?:提供|发放|开展)"
)


def _is_of_others(clause: str, one: Found) -> bool:
    served = _SERVES.search(clause) or _SERVES_AS_ASKED.search(clause)
    if one.attribute in APPLICANTS:
        served = served or _CAREER.search(clause)
    low, high = one.taken()
    return served is not None and served.start("whom") <= low and high <= served.end("whom") + 1


def _add_title(clause: str, title: Found, found: list[Found]) -> None:
    """ "广州市高新技术企业" is a place and a title; the place of "中关村高新技术企业" belongs to the title alone."""
    places = [one for one in found if one.attribute == "region" and _overlaps(title, [one])]
    others = [one for one in found if one.attribute != "region"]
    if not places or _overlaps(title, others):
        return
    if not isinstance(title.value, str):  # "国家高新技术企业、中关村高新技术企业": the place is in a name
        found[:] = [one for one in found if one not in places]
        found.append(_negated(clause, title))
        return
    (_, cut), place = places[0].taken(), places[0]
    if str(place.value) in title.value and not str(place.value).endswith(
        ("省", "市", "区", "县", "州", "旗")
    ):
        found.remove(place)
    elif title.start <= cut < title.end and title.value.endswith(clause[cut : title.end]):
        title = replace(title, value=clause[cut : title.end], start=cut)
    found.append(_negated(clause, title))


def _overlaps(one: Found, found: list[Found]) -> bool:
    start, end = one.taken()
    shared = {("above_scale", "industry"), ("size_class", "industry"), ("ownership", "industry")}
    for other in found:
        low, high = other.taken()
        if start < high and low < end and (other.attribute, one.attribute) not in shared:
            return True
    return False


def _negated(clause: str, one: Found) -> Found:
    elsewhere = one.attribute == "region" and "不在" in clause[one.start : one.taken()[0]]
    denied = elsewhere or is_denied(clause, one.start, one.end)
    if one.attribute in {"region", "industry", "qualification"} and denied:
        return Found(one.attribute, Operator.NOT_HAS, one.value, one.start, one.end, one.unit, one.core)
    return one


def remainder(sentence: str, start: int, end: int, typed: list[Found]) -> tuple[int, int] | None:
    """The longest stretch of a clause that no rule used and that still says something."""
    clause = sentence[start:end]
    if _OTHERS.search(clause) and not typed:
        return _trim(sentence, start, end)
    if _INTRODUCES.search(clause) or _PROCEDURE.search(clause):
        return None
    gaps = [_trim(sentence, *gap) for gap in _gaps(sentence, start, end, typed)]
    best = max(gaps, key=lambda gap: gap[1] - gap[0], default=None)
    if best is None:
        return None
    if _FORMS_ONLY.fullmatch(sentence[best[0] : best[1]]):
        return None  # "企业、个体工商户或者合作社": whoever may apply besides
    words = _EMPTY.sub("", sentence[best[0] : best[1]])
    enough = 2 if not typed else 4
    return best if len(words) >= enough else None


# The last of a list: "市级部门规定的其他条件". It is not known, but it is asked.
_OTHERS = re.compile(
    r"(?:^|的)(?:其他|其它)[^，；]{0,24}(?:条件|要求|情形)$|规定的(?:其他|其它)(?:条件|要求)$"
)
# Before a find: "项目的核心技术应", "2008年至今未", "在国内外依法" belong to what was found.
_BELONGS_TO_NEXT = re.compile(
    r"[^，；]{0,24}(?:应当?为?|须为?|必须为?|属于|符合|未曾?被?|没有|无|不|(?:对象|目标|范围)(?:重点|主要)?为)|[^，；的]{0,24}(?:具有|具备|拥有)|在?[^，；]{2,24}(?:发布|公布|印发|制定|出台)的?[^，；]{0,4}|(?:在[^，；的]{1,12})?(?:依法|至今|目前|当前|已|均|都|其)+"
)
# "主要产品发挥支持作用的技术|属于…领域": what the find is said of
_SUBJECT = re.compile(r"(?:技术|产品|项目|业务|服务|方向|领域|内容)$")
_SAYS = re.compile("属于|符合|列入|纳入")
_ASIDE = re.compile(
    r"（(?:(?=[^）]{0,80}(?:不受|下同|以下简称))|(?![^）]{0,80}(?:须|应|不得|除|不含)))[^（）]{0,80}）"
)


def _gaps(sentence: str, start: int, end: int, typed: list[Found]) -> Iterator[tuple[int, int]]:
    """Where no find stands, without what only leads on to a find and without bracketed remarks."""
    position = start
    for one in sorted(typed, key=lambda f: f.taken()[0]):
        words = sentence[position : one.start]
        subject = _SUBJECT.search(words) and _SAYS.match(sentence, one.start)
        if words and not subject and not _BELONGS_TO_NEXT.fullmatch(_ASIDE.sub("", words)):
            yield position, one.start
        position = max(position, one.end)
    if position < end and not (typed and _ASIDE.fullmatch(sentence[position:end])):
        yield position, end


def _trim(sentence: str, start: int, end: int) -> tuple[int, int]:
    for _ in range(4):
        for pattern in (_NUMBERING, _LEAD):
            match = pattern.match(sentence[start:end])
            if match and match.end() < end - start:
                start += match.end()
    while start < end and sentence[start] in "，、：；的“” ）":
        start += 1
    remark = _ASIDE.match(sentence, start, end)
    if remark and remark.end() < end:
        start = remark.end()
    if sentence[end - 1 : end] == "）":
        opening = sentence.rfind("（", start + 4, end)
        end = opening if opening > start and _ASIDE.fullmatch(sentence[opening:end]) else end
    while end > start and sentence[end - 1] in "且并、及和，":
        end -= 1
    match = _TAIL.search(sentence[start:end])
    if match and match.start() > 1:
        end = start + match.start()
    return start, end
