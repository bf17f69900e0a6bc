"""Where an applicant must be: "在本市注册", "位于高新区", "我省企业" -> region conditions; called by conditions.

"本市" and its kind are resolved by the full name of the region that speaks (广东省东莞市). A place counts only
where the words say that applicant, project or activity must be there; customers and markets do not.
"""

from __future__ import annotations

import re

from policy_corpus.extraction.found import Found
from policy_corpus.model import Operator

_SHORT = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "莞": "广东省东莞市", "穗": "广东省广州市", "深": "广东省深圳市", "杭": "浙江省杭州市",
    "甬": "浙江省宁波市", "蓉": "四川省成都市", "汉": "湖北省武汉市", "宁": "江苏省南京市", "粤": "广东省", "浙": "浙江省", "苏": "江苏省", "赣": "江西省",
    "皖": "安徽省", "鲁": "山东省", "闽": "福建省", "湘": "湖南省", "鄂": "湖北省", "川": "四川省", "豫": "河南省", "冀": "河北省", "晋": "山西省", "桂": "广西壮族自治区",
}  # fmt: skip
_PARKS = "高新技术产业开发区|经济技术开发区|高新区|经开区|开发区|示范区|园区|自贸区|自由贸易试验区|保税区|科学城|新区|一区十六园|大湾区|合作区|工业园|产业园|功能区|新城"
_DEICTIC = r"(?:本|我|全|该|驻)(?:省|市|区|县|州|自治区|旗|镇|街道|园区|开发区|高新区|经开区)|本地区?|当地|辖区|区内|市内|省内|县内|市域|园区内|市行政区域"
_NAMED = rf"[\u4e00-\u9fff]{{2,12}}?(?:省|自治区|市|自治州|区|县|旗|{_PARKS})(?:[\u4e00-\u9fff]{{2,6}}(?:市|区|县|园区))?"
_IN = r"(?:行政区域|行政区划|行政区|辖区|辖区域|境|市域|范围|地区|本市)?(?:范围)?(?:内|境内|范围内|地区)?"
_DOING = (
    "注册|登记|办理工商|办理|设立|成立|纳税|缴纳|经营|落户|开展|生产|从事|运营|依法|领取|投资|建设|实施|实际|新设|新注册|缴税|组织|立项|工商|具有|参保|"
    "建成|提供|开办|举办|投产|落地|购置|租赁|内注册"
)
_WHO = (
    "企业|单位|机构|公司|纳税人|申请人|商户|园区|银行|平台|项目|市场主体|经营主体|个体|社会组织|用人单位|高校|合作社|加氢站|中小|小微|规上|规模以上|制造业|"
    "重点|工业|外贸|电商|参保|各类"
)
_SUBJECT_PLACE = r"(?:注册地|登记注册地|注册地址|纳税地|经营地|实施地|项目地|建设地|注册登记地|税务登记地|住所地|工商注册地|登记地|所在地)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:在|于|位于)(?P<place>(?:{_DEICTIC})|{_NAMED}){_IN}(?:[^，；。]{{0,6}}?)(?P<doing>{_DOING})",
        r"在(?P<short>[京津沪渝莞穗深杭甬蓉汉宁粤浙苏赣皖鲁闽湘鄂川豫冀晋桂])(?=企业|注册|登记|设立|[^，；。\u4e00-\u9fff]|组织|落户|纳税|举办|投资|开展|建设|实施|新设|落地)",
        rf"{_SUBJECT_PLACE}[^，；。]{{0,6}}?(?:为|在|位于|于)(?P<place>(?:{_DEICTIC})|{_NAMED}){_IN}",
        rf"(?:注册|登记|设立|落户|入驻|迁入|位于|成立)(?:在|于|到)?(?P<place>(?:{_DEICTIC})|{_NAMED}){_IN}",
        rf"(?<!农)(?P<place>(?:{_DEICTIC}))(?:内|范围内|行政区域内|行政区域范围内)?(?:的|各)?(?:{_WHO})",
        rf"(?P<place>(?:{_DEICTIC})|{_NAMED})(?:依法)?(?:行政区域|辖区|境内|地区)(?:范围)?内?(?:依法)?(?:{_DOING}|的|从事|建成|成立)",
        r"(?P<place>[\u4e00-\u9fff]{2,8}(?:市|省|区|县))(?:内|境内)?(?:依法)?(?:注册|登记注册)",
    )
)
_OTHER_PLACES = re.compile(r"省内首次|国内首次|不限|全市排名|全省排名|全市前|全省前|我市发展")
_STEP = re.compile(r".{2,12}?(?:自治区|自治州|地区|省|市|区|县|旗|盟)")
_TRIM = re.compile(
    r"^(?:企业|单位|项目|申报|申请|依法|已|须|应|并|且|在|于|的|了|是|为|对|或|和|与|及|新|均|位于|注册|登记|设立|落户|工商|税务|地)+"
)


def find_places(clause: str, speaking: str | None) -> list[Found]:
    """Region conditions of one clause; speaking: full name of the region the document speaks for.

    >>> [(f.value, clause[f.start:f.end]) for clause in ["在本市注册的企业"] for f in find_places(clause, "广东省广州市天河区")]
    [('广东省广州市', '在本市注册')]
    """
    if _OTHER_PLACES.search(clause):
        return []
    found: list[Found] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(clause):
            value = _value(match, speaking)
            if value is None or any(f.start < match.end() and match.start() < f.end for f in found):
                continue
            end = match.end("doing") if "doing" in match.groupdict() and match["doing"] else match.end()
            core_end = match.end("place") if match.groupdict().get("place") else end
            found.append(
                Found("region", Operator.EQ, value, match.start(), end, core=(match.start(), core_end))
            )
    return _once(found)


def _once(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in found:
        if all(one.value != other.value for other in kept):
            kept.append(one)
    return kept


def _value(match: re.Match[str], speaking: str | None) -> str | None:
    groups = match.groupdict()
    if groups.get("short"):
        return _SHORT.get(groups["short"])
    name = _TRIM.sub("", groups.get("place") or "")
    if re.fullmatch(_DEICTIC, name) or not name:
        return resolve_deictic(name, speaking)
    for deictic in ("本市", "我市", "本省", "我省"):
        name = name.replace(deictic, "")
    if len(name) < 2 or len(name) > 16 or _NO_PLACE.search(name):
        return None
    return name


_NO_PLACE = re.compile(
    r"企业|项目|地区|所在|市场|社区|小区|城区|上市|超市|门市|相关|各区|其他|国家|有关|超过|创新|产业集聚|片区内|以上|农村|服务区|校区|两区|灾区|疫区|山区|牧区|的|我国|该|和|同|原"
)


def resolve_deictic(word: str, speaking: str | None) -> str | None:
    """What "本市", "我省", "区内" mean where `speaking` speaks; None where that is unknown.

    >>> resolve_deictic("我省", "广东省东莞市"), resolve_deictic("本市", "北京市海淀区"), resolve_deictic("本市", None)
    ('广东省', '北京市', None)
    """
    if not speaking or speaking in ("全国", "国家"):
        return None
    parts = _STEP.findall(speaking)
    for level, suffixes in (("省", ("省", "自治区")), ("市", ("市", "州", "盟")), ("县", ("县", "旗"))):
        if level in word and "县" not in word[:1]:
            for count in range(1, len(parts) + 1):
                name = "".join(parts[:count])
                if name.endswith(suffixes) and (
                    level != "市" or count == 1 or not parts[count - 1].endswith("区")
                ):
                    return name
    return speaking
