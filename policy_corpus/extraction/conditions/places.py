"""Where an applicant must be: "在本市注册", "位于高新区", "我省企业" -> region conditions; called by reading.

"本市" and its kind are resolved by the full name of the region that speaks (广东省东莞市). A place counts only
where the words say that applicant, project or activity must be there; customers and markets do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy_corpus.codes.regions import Region, find_region, regions_in
from policy_corpus.errors import CorpusError
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.model import Operator

_SHORT = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "莞": "广东省东莞市", "穗": "广东省广州市",
    "深": "广东省深圳市", "杭": "浙江省杭州市", "甬": "浙江省宁波市", "蓉": "四川省成都市", "汉": "湖北省武汉市",
    "宁": "江苏省南京市", "粤": "广东省", "浙": "浙江省", "苏": "江苏省", "赣": "江西省", "皖": "安徽省", "鲁": "山东省",
    "闽": "福建省", "湘": "湖南省", "鄂": "湖北省", "川": "四川省", "豫": "河南省", "冀": "河北省", "晋": "山西省",
    "桂": "广西壮族自治区", "郑": "河南省郑州市", "锡": "江苏省无锡市", "榕": "福建省福州市", "厦": "福建省厦门市", "青": "山东省青岛市",
    "连": "辽宁省大连市", "沈": "辽宁省沈阳市", "筑": "贵州省贵阳市", "琼": "海南省", "黔": "贵州省", "陕": "陕西省", "昌": "江西省南昌市",
    "济": "山东省济南市", "烟": "山东省烟台市", "温": "浙江省温州市", "邕": "广西壮族自治区南宁市", "湖": "浙江省湖州市", "嘉": "浙江省嘉兴市",
}  # fmt: skip
_DEICTIC = r"(?:本|我|全|该|驻)(?:省|市|区|县|州|自治区|旗|镇|街道|园区|开发区|高新区|经开区)|本行政区域|本地区?|当地|辖区|[区市省县]内|市域|园区内"
_INSIDE = r"(?:（[^）]{0,16}）)?(?:本市|市)?(?:行政区域|行政区划|行政区|辖区|辖区域|境|市域|地区|区域)?(?:范围)?(?:内|境内)?(?:的)?"
_DOING = (
    r"(?:依法|已|办理|合法|实际|新|进行)?(?:注册|登记|办理|工商|设立|成立|纳税|缴纳|缴税|纳统|经营|落户|开展|生产|从事|运营|领取|投资|建设|实施|新设|组织|"
    r"立项|具有|参保|建成|提供|转化|产业化|布局|开设|开业|建厂|租用|招用|开办|举办|承办|投产|落地|购置|租赁|租用|入驻)"
)
_WHO = (
    r"(?:的|各|内|地区)?(?:重点|各类|规模以上|规上|中小微?|小微|先进)?(?:(?!劳动力|人口|居民|产品|服务|的)[\u4e00-\u9fff]){0,6}?"
    r"(?:企业|单位|机构|公司|纳税人|申请人|商户|园区|银行|平台|主体|个体|社会组织|高校|合作社|加氢站|基地|大户|媒体|院校)(?!的[^，；。]{0,6}(?:费|资金|产品|服务))"
)
_NAMED = ("赛区", "赛道", "分赛", "日报", "晚报", "广播", "电视台", "海关")  # 北京赛区一等奖: part of a name
_DEICTIC_RE = re.compile(rf"(?<!农)(?P<place>{_DEICTIC}|(?<=在)新区)")
_SHORT_RE = re.compile(rf"在(?P<short>[{''.join(_SHORT)}])(?={_DOING}|{_WHO}|[^\u4e00-\u9fff]|$)")
_BEFORE = re.compile(
    r"(?:在|(?<!适用)于|位于|注册地(?:址)?[为在]?|登记地为?|实施地(?:位于|在)?|注册|登记|设立|落户|入驻|迁入|成立)(?:在|于|到)?$"
)
_BEFORE_STRONG = re.compile(
    r"(?:注册地|登记注册地|注册地址|纳税地|经营地|实施地|项目地|建设地|住所地|登记地|所在地|关系)[^，；。]{0,6}?(?:为|在|位于|于)$|"
    r"(?:注册|登记|设立|位于|注册成立)(?:在|于|到)$|(?:落户|入驻|迁入)(?:在|于|到)?$|位于$|(?:单位|企业)为$"
)
_AFTER_DOING = re.compile(rf"{_INSIDE}(?P<doing>[^，；。]{{0,6}}?{_DOING})")
_AFTER_STRICT = re.compile(rf"{_INSIDE}(?P<doing>{_DOING})")
_AFTER_WHO = re.compile(_WHO)
# "我市疫情防控重点保障企业": no company is called 我市…, so the words between may be many.
_AFTER_OUR = re.compile(
    r"(?:(?!劳动力|人口|居民|产品|服务|产业|发展|的)[\u4e00-\u9fff“”]){0,14}?(?:企业|单位|机构|公司)(?!的[^，；。]{0,6}(?:费|资金|产品|服务))"
)
_CLAUSE_WHO = re.compile(
    r"[^，；。]{1,36}的(?:企业|单位|机构|公司|纳税人|申请人|商户|主体|个体工商户|合作社)$"
)
_LEFT_OUT = re.compile(r"(?:不含|不包括|不包含)$")
_AFTER_AREA = re.compile(r"(?:行政区域|辖区|境内|行政区划)(?:范围)?(?:内)?|(?:全市)?范围内(?!首)")
_PARK_TAIL = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:一区十六园|园区|科学城|片区|示范区|新区|开发区|高新区|自贸区)"
)
_NOT_MEANT = re.compile(
    r"不(?:得|再)?(?:迁出|外迁|搬离|改变)|省内首次|国内首次|不限|(?:全市|全省|全县|全区)(?:范围内)?(?:排名|前|率先|首)|我市发展|(?:销往|出口|开拓|面向)$"
)
_SUFFIXES = ("省", "市", "区", "县", "自治州", "旗", "盟")  # 广州 is written short
_STEP = re.compile(r".{2,12}?(?:自治区|自治州|地区|省|市|区|县|旗|盟)")


def find_places(clause: str, speaking: str | None) -> list[Found]:
    """Region conditions of one clause; speaking: full name of the region the document speaks for.

    >>> [(f.value, c[f.start : f.end]) for c in ["在本市注册的企业"] for f in find_places(c, "广东省广州市天河区")]
    [('广东省广州市', '在本市注册')]
    >>> [f.value for f in find_places("在北京地区注册且服务上海客户", None)]
    ['北京市']
    >>> [(f.value, c[f.start : f.end]) for c in ["在杭州市、宁波市注册"] for f in find_places(c, None)]
    [('杭州市', '在杭州市'), ('宁波市', '宁波市注册')]
    >>> [f.value for f in find_places("在高新区注册的企业", "四川省成都市")]
    ['四川省成都高新技术产业开发区']
    """
    if _NOT_MEANT.search(clause):
        return []
    found: list[Found] = []
    for places in _joined(clause, _candidates(clause, speaking)):
        stretch = _asked_of_applicant(clause, places[0][0], places[-1][1])
        for index, (start, end, value) in enumerate(places if stretch else ()):
            low = stretch[0] if stretch and index == 0 else start
            high = stretch[1] if stretch and index == len(places) - 1 else end
            if value and all(value != one.value for one in found):
                found.append(Found("region", Operator.EQ, value, low, high, core=(start, end)))
    return found


_Place = tuple[int, int, str | None]
_JOIN = re.compile("、|和|及|以及|与|或者?|/")


def _joined(clause: str, places: Iterable[_Place]) -> list[list[_Place]]:
    """The places of one list together: what stands before the first and behind the last is said of each."""
    lists: list[list[_Place]] = []
    for place in sorted(places, key=lambda one: one[:2]):
        if lists and _JOIN.fullmatch(clause[lists[-1][-1][1] : place[0]]):
            lists[-1].append(place)
        else:
            lists.append([place])
    return lists


def _candidates(clause: str, speaking: str | None) -> Iterator[_Place]:
    named: list[tuple[int, int]] = []
    for start, end, region in regions_in(clause, speaking_code(speaking)):
        if clause.startswith(_NAMED, end):
            continue
        while tail := _PARK_TAIL.match(clause, end):
            end = tail.end()
        named.append((start, end))
        yield start, end, _value(clause[start:end], region, speaking)
    for match in _SHORT_RE.finditer(clause):
        begin, end = match.span("short")  # of 在苏州工业园区 the 苏 is no province
        if not any(start <= begin < high for start, high in named):
            yield begin, end, _SHORT[match["short"]]
    speaker = _region(speaking)
    zones = _ZONE_RE.finditer(clause) if speaker and speaker.is_zone else ()
    for match in (*_DEICTIC_RE.finditer(clause), *zones):
        if not any(
            start < match.end() and match.start() <= end for start, end in named
        ):  # 江西省内, 长沙市辖区
            yield match.start(), match.end(), resolve_deictic(match[0], speaking)


# "在合作区注册" where a zone speaks: that zone
_ZONE_RE = re.compile(r"(?<=在)(?:开发区|合作区|自贸区|园区)")


def _asked_of_applicant(clause: str, start: int, end: int) -> tuple[int, int] | None:
    """The words that place the applicant there, or None: "在…注册", "注册于…", "…行政区域内", "…企业"."""
    before = clause[max(0, start - 14) : start]
    strong, weak = _BEFORE_STRONG.search(before), _BEFORE.search(before)
    if strong:
        return start - len(strong[0]), end
    doing = (_AFTER_DOING if weak else _AFTER_STRICT).match(clause, end)
    if doing:
        return start - (len(weak[0]) if weak else 0), doing.end()
    area = _AFTER_AREA.match(clause, end)
    if area:
        return start - (len(weak[0]) if weak else 0), area.end()
    left_out = _LEFT_OUT.search(before)
    if left_out:
        return start - len(left_out[0]), end
    ours = _DEICTIC_RE.fullmatch(clause, start, end)
    who = _AFTER_WHO.match(clause, end) or (_AFTER_OUR.match(clause, end) if ours else None)
    if who and not re.search(r"(?:服务|面向|[^：]支持|销售给|合作|带动|推动|促进|需向|应向)$", before):
        return start, who.end()
    if re.fullmatch(r"(?:对于?|凡|支持|鼓励)?", clause[:start]):
        return (start, end) if _CLAUSE_WHO.match(clause, end) else None
    return None


def _value(words: str, region: Region | tuple[Region, ...], speaking: str | None) -> str:
    """The place as written where that is unambiguous or a part of a zone, else its full name."""
    if isinstance(region, tuple):
        return words
    alone = _region(words)
    # 高新区: of the city that speaks; a part of a zone stays as written
    same = alone.code == region.code if alone else region.is_zone and _region(words, speaking) is None
    written = same and (region.is_zone or words.endswith(_SUFFIXES))
    return words if written else region.full_name


def _region(name: str | None, speaking: str | None = None) -> Region | None:
    """The one place that a name stands for where `speaking` speaks, None where it is not one place."""
    try:
        return find_region(name, speaking_code(speaking)) if name else None
    except CorpusError:
        return None


def speaking_code(speaking: str | None) -> str | None:
    """The code of the speaking region, None where its name is not one place."""
    region = _region(speaking)
    return region.code if region else None


def resolve_deictic(word: str, speaking: str | None) -> str | None:
    """What "本市", "我省", "区内" mean where `speaking` speaks; None where that is unknown.

    >>> resolve_deictic("我省", "广东省东莞市"), resolve_deictic("本市", "北京市海淀区"), resolve_deictic("本市", None)
    ('广东省', '北京市', None)
    """
    if not speaking or speaking in ("全国", "国家"):
        return None
    parts = _STEP.findall(speaking)
    for level, suffixes in (("省", ("省", "自治区")), ("市", ("市", "州", "盟"))):
        if level not in word:
            continue
        for count in range(1, len(parts) + 1):
            name = "".join(parts[:count])
            if name.endswith(suffixes):
                return name
    return speaking
