"""What the rules leave of a clause and still says something; called by reading and leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_corpus.extraction.conditions.found import Found

_EMPTY = re.compile(
    r"（以下(?:简|统)?称[^（）]{1,16}）|对于|对|的|企业|单位|机构|公司|申报|申请|项目|应当|应|须|需|必须|具有|具备|拥有|且|并|和|及|或者|或|同时|其中|符合|属于|以及|在|为|是|有|者|内|已|经|于|凡|等|"
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
    r"^(?:由|经)[^，]{2,20}(?:审核|审定|认定|评审|批准|同意|确认|核实|评定)后?$|^按(?:照)?(?:有关|相关|国家)?规定(?![^，；]{4,60}(?:的|的企业|的单位|的机构)$)|^根据|^按照|^包括|^为(?:了|进一步|深入|贯彻|加强|推动|促进)|^具体(?:标准|办法|由)|另行(?:通知|制定)|解释$|^近[\d一二三两]{1,2}年(?:[^，；]{0,6}(?:期间|以来|内))?$|^(?:在)?(?:疫情|当年|年度|上年度?|申报|补贴|\d{4}年)(?![^，；]{0,6}[未无不没])(?:[^，；]{0,8}(?:期间|时|年|以来|内|起|前))?$|^自[^，；]{2,12}(?:以来|之日起)$"
)
_LEAD = re.compile(
    r"^(?:[^，；]{2,16}?(?:是指|指的是)|对于?(?!外|口|接|标|象|应|[^，；的]{2,20}(?:具有|起到|产生|形成|做出|作出))|凡是?|其中|同时|且|并且|并(?!购|网|轨|列)|以及|或者?|和|但|而|再(?!生|担|贷|融|制造)|另|此外|如果|如(?!何)|若(?!干)|因此|即(?!将|时)|答：|（[一二三四五六七八九十\d]{1,2}）|支持|鼓励|引导|推动|申报(?:企业|单位|项目|主体)?(?:应当?|须|需|必须)|企业(?:应当?|须|需|必须)|应(?!用|急|届|收|付|税|纳|缴|届|对|聘)当?|须|需(?!求)|必须|原则上|符合条件的|积极(?:支持|帮助|协助|鼓励)?|帮助(?!企业)|协助(?!企业))"
)
_TAIL = re.compile(r"(?:(?<!目)的(?:企业|单位|机构|项目|纳税人|申请人|参保企业|用人单位)?|时|后|之一)$")
_FORMS_ONLY = re.compile(
    r"(?:(?:个体工商户|个体户|农民专业合作社|农民合作社|专业合作社|合作社|家庭农场|社会组织|社会团体|行业协会|商会|事业单位|民办非企业单位|合伙企业|个人独资企业|企业|单位|机构)(?:、|和|及|或者?|以及|等){0,2}){1,12}"
)
# "注册在示例市|其他区域的创新主体参照执行": who else may apply; the place says it all
_LIKEWISE = re.compile(r"的?(?:其他|其它)?(?:区域|地区|地方)?的?[^，；的]{0,10}参照执行$")
_NUMBERING = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[）、.]|[①②③④⑤⑥⑦⑧⑨⑩]|[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,3}(?=，|$))"
)


def remainder(sentence: str, start: int, end: int, typed: list[Found]) -> tuple[int, int] | None:
    """The longest stretch of a clause that no rule used and that still says something."""
    clause = sentence[start:end]
    if _OTHERS.search(clause) and not typed:
        return _trim(sentence, start, end)
    if _INTRODUCES.search(clause) or _PROCEDURE.search(clause):
        return None
    likewise = _LIKEWISE.search(clause) if typed else None
    end = start + likewise.start() if likewise else end
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
    r"（(?:(?=[^）]{0,80}(?:不受|下同|以下(?:简|统)?称))|(?![^）]{0,80}(?:须|应|不得|除|不含|不包括)))[^（）]{0,80}）"
)


def _gaps(sentence: str, start: int, end: int, typed: list[Found]) -> Iterator[tuple[int, int]]:
    """Where no find stands, without what only leads on to a find and without bracketed remarks."""
    position = start
    for one in sorted(typed, key=lambda f: f.taken()[0]):
        words = sentence[position : one.start]
        subject = _SUBJECT.search(words) and _SAYS.match(sentence, one.start)
        covered = any(
            other.start <= position and one.start <= other.end for other in typed if other is not one
        )
        opening = words.rfind(
            "（"
        )  # 企业、协会（个人及|事业单位除外）: what the bracket says is not said of the list
        if opening > 0 and "）" not in words[opening:]:
            yield position, position + opening
            position, words = position + opening + 1, words[opening + 1 :]
        if words and not covered and not subject and not _BELONGS_TO_NEXT.fullmatch(_ASIDE.sub("", words)):
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
    if sentence.startswith("（", start) and "）" not in sentence[start:end]:
        start += 1
    while end > start and sentence[end - 1] in "且并、及和，":
        end -= 1
    match = _TAIL.search(sentence[start:end])
    if match and match.start() > 1:
        end = start + match.start()
    return start, end
