"""Find who issued a document (发文机关): declared, letterhead, title, signature, adoption line, or number.

Several issuers are joined with 、 in the order of the text. The prefix of the document number is the last
resort and speaks only for prefixes in the table (浙政办发 -> 浙江省人民政府办公厅).
"""

from __future__ import annotations

import re
from datetime import date
from functools import reduce

from policy_corpus.describing.dates import find_dates
from policy_corpus.describing.manuscript import Line, Manuscript

_SUFFIX = (
    "人民代表大会常务委员会|人民代表大会|人民政府办公厅|人民政府办公室|人民政府|管理委员会|委员会|管委会|"
    "办公厅|办公室|领导小组|指挥部|"
    "工作组|监会|总局|分局|税务局|管理局|局|厅|部|署|国务院|科学院|人民法院|人民检察院|人民银行|银行|海关|"
    "中心|联合会|总工会|促进会|协会|商会|"
    "街道办事处|办事处|党组|党委|县委|市委|省委|区委|科委|经信委|发改委|基金会|艺术基金|集团公司|铁路集团|"
    "税务总局|总署|管理处|分行|支行|公司|委"
)
_BODY = re.compile(rf"[一-鿿（）()·]{{0,40}}?(?:{_SUFFIX})(?:[（(][一-鿿]{{2,24}}[）)])?(?:办公厅|办公室)?$")
_NOT_A_BODY = re.compile(
    r"关于|按照|根据|^各|通知|以下|符合|《|申请|企业|有关|负责|联系|全部|内部|干部|外部|总部$|一部|^本|"
    r"^对(?!外)|^市委$|^省委$|联系人|附件|抄送|地址|我"
)
_LETTERHEAD = re.compile(r"^([一-鿿、\s]{3,60}?)\s{0,4}文\s{0,2}件$|^([一-鿿]{3,40}?)\s{0,4}(?:令|公告)$")
_ADOPTED = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,4}届)?([一-鿿]{0,20}?)(?:第[一二三四五六七八九十]{1,4}届)?(全国人民代表大会|"
    r""
    r""
    r""
    r""
    r"人民代表大会|人大)(常务委员会|常委会)?"
)
_ORDERED = re.compile(
    r"日\s{0,4}([一-鿿]{0,30}?(?:国务院|人民政府|部|局|委员会|总署|海关|银行|"
    r"院)[^。]{0,10}?)(?:令第\d{1,4}号)?(?:发布|公布|批准|颁布)"
)
# 财政部国家税务总局: two names that a broken line has run together.
_GLUED = re.compile(
    r"(?<=[部厅局委署行])(?=(?:国家(?!级)|财政部|商务部|税务总局|海关总署|工业和信息化部|科学技术部|"
    r"中国人民银行))"
)
_BODY_ENDS = tuple("部厅局委署行院会")
_PLACE = re.compile(r"[一-鿿]{2,4}?[省市区县州]")
_TITLE_PIECES = re.compile(r"[\s、,，]+")

# 青 (青海, 青岛), 宁 (宁夏, 南京), 新 (新疆, 新乡) and 内 are left out: not one province's alone.
_PROVINCES = {
    "京": "北京市", "津": "天津市", "冀": "河北省", "晋": "山西省", "辽": "辽宁省", "吉": "吉林省", "黑": "黑龙江省",
    "沪": "上海市", "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省",
    "豫": "河南省", "鄂": "湖北省", "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省",
    "渝": "重庆市", "川": "四川省", "黔": "贵州省", "云": "云南省", "藏": "西藏自治区", "陕": "陕西省", "甘": "甘肃省",
}  # fmt: skip
# Only what no county or city shares: 京政发 is 京山's too, 津政发 津市's, 吉府发 is 吉安's, 渝府 渝水区's.
_PROVINCE_PREFIXES = frozenset(("浙政", "皖政", "闽政", "粤府", "沪府", "川府", "黔府"))
# 财建, 财社, 环办 and the like are left out: counties number so too.
_CENTRAL = (
    ("国办", "国务院办公厅"), ("国令", "国务院"), ("国发", "国务院"), ("国函", "国务院"),
    ("发改办", "国家发展改革委办公厅"), ("发改", "国家发展改革委"), ("工信部", "工业和信息化部"),
    ("国科办", "科学技术部办公厅"), ("国科", "科学技术部"), ("人社部", "人力资源社会保障部"),
    ("财税", "财政部、税务总局"), ("税总办", "国家税务总局办公厅"), ("税总", "国家税务总局"),
    ("国税", "国家税务总局"), ("国卫办", "国家卫生健康委办公厅"), ("国卫", "国家卫生健康委"),
    ("国知发", "国家知识产权局"), ("国知办", "国家知识产权局办公室"), ("国能发", "国家能源局"),
    ("国资发", "国务院国资委"), ("医保发", "国家医保局"), ("银保监", "中国银保监会"),
    ("人社厅", "人力资源社会保障部办公厅"), ("工信厅", "工业和信息化部办公厅"), ("财关税", "财政部"),
    ("商办", "商务部办公厅"), ("银发", "中国人民银行"), ("国市监", "国家市场监督管理总局"),
    ("建办", "住房城乡建设部办公厅"), ("文旅", "文化和旅游部"), ("农办", "农业农村部办公厅"),
    ("教办", "教育部办公厅"),
)  # fmt: skip
_PROVINCIAL_OFFICE = re.compile(
    r"^(.)(?:政|府)办|^(.)(?:政|府)(?:发|规|函|字|令|$)|^(.)(?:人社|财|科|工信|发改|商|文旅|市监|经信|民|医保)"
)


def find_authority(manuscript: Manuscript, title: str, document_number: str | None) -> str | None:
    """Who issued the document, as written; several joined with 、; None if the text does not say."""
    titled = authority_of_title(title)
    declared = manuscript.fields.get("authority")
    if declared and 2 <= len(declared) <= 60:
        return titled if titled and _is_fuller(titled, declared) else declared
    order = re.match(r"([一-鿿]{3,30})令第", document_number or "")
    found = (
        (bodies_in(order[1]) if order else None)
        or titled
        or _adopting_body(manuscript.head_lines, title)
        or _signed_or_headed(manuscript)
    )
    return found or authority_of_number(document_number or "")


def _is_fuller(titled: str, declared: str) -> bool:
    """Whether the title names issuers, in full, that a page leaves out: of joint ones it declares but one, and an
    office that reprints a paper of others declares itself."""
    if titled[0] in "省市区县州本我":
        return False
    return not set(titled.split("、")) <= set(_TITLE_PIECES.split(declared))


def authority_of_title(title: str) -> str | None:
    """The bodies named before 关于 in a title, or None.

    >>> authority_of_title("示例市财政局 示例市科技局关于印发示例办法的通知")
    '示例市财政局、示例市科技局'
    """
    before, found, _ = title[:120].partition("关于")
    if not found:
        return None
    before = re.split(r"转发|批转|印发", before, maxsplit=1)[0]  # 示例省人民政府办公厅转发省财政厅关于…
    return bodies_in(before.strip("，, 　《"))


def authority_of_number(document_number: str) -> str | None:
    """Who numbers its documents so, for the prefixes in the table.

    >>> authority_of_number("浙政办发〔2024〕5号"), authority_of_number("国发〔2024〕1号")
    ('浙江省人民政府办公厅', '国务院')
    """
    for prefix, name in _CENTRAL:
        if document_number.startswith(prefix):
            return name
    hit = _PROVINCIAL_OFFICE.match(document_number)
    if not hit or hit[3]:
        return None
    province = _PROVINCES.get(hit[1] or hit[2]) if document_number[:2] in _PROVINCE_PREFIXES else None
    office = "人民政府办公厅" if hit[1] else "人民政府"
    return f"{province}{office}" if province else None


def province_of_number(document_number: str) -> str | None:
    """The province that the first character of a document number stands for, as a hint, or None.

    >>> province_of_number("粤科规范字〔2024〕1号")
    '广东省'
    """
    return _PROVINCES.get(document_number[:1]) if len(document_number) > 2 else None


def is_body(text: str) -> bool:
    """Is this, as a whole, the name of an authority?"""
    return 3 <= len(text) <= 44 and bool(_BODY.fullmatch(text)) and not _NOT_A_BODY.search(text)


def bodies_in(text: str) -> str | None:
    """The text as a list of bodies joined with 、, or None if any piece is not one."""
    pieces = [piece for piece in _TITLE_PIECES.split(_unglued(text.strip())) if piece]
    glued = "".join(pieces)
    if pieces and len(pieces) <= 12 and all(is_body(piece) for piece in pieces):
        return "、".join(pieces)
    return glued if is_body(glued) else None


def _unglued(text: str) -> str:
    """Names that a broken line has run together, apart: 示例市财政局示例市科技局 begins twice with its place."""
    place = _PLACE.match(text)
    if place:
        text = reduce(lambda before, name: _beside(before, place[0] + name), text.split(place[0]))
    return _GLUED.sub("、", text)


def _beside(before: str, name: str) -> str:
    """A name behind those before it, with a mark between them where those are complete."""
    complete = before.endswith(_BODY_ENDS) and not before.endswith(("总局", "总署"))
    return f"{before}、{name}" if complete else before + name


def _signed_or_headed(manuscript: Manuscript) -> str | None:
    """The signature, unless the letterhead names somebody else; of joint issuers the letterhead shows but one."""
    headed, signed = _letterhead(manuscript.head_lines), _signature(manuscript)
    if headed and signed and headed.split("、")[-1] in signed:
        return signed
    return headed or signed


def _letterhead(lines: tuple[Line, ...]) -> str | None:
    for line in lines[:12]:
        hit = _LETTERHEAD.match(line.text) if len(line.text) <= 64 else None
        found = bodies_in((hit[1] or hit[2]).strip()) if hit else None
        if found:
            return found
    return None


def _adopting_body(lines: tuple[Line, ...], title: str) -> str | None:
    """The congress or council of an adoption line under the title (…第三次会议通过; 国务院发布)."""
    dated = [line.text.lstrip("（(")[:120] for line in lines[1:8]]
    dated = [text for text in dated if re.match(r"[12]\d{3}年", text)]
    for text in sorted(dated, key=lambda text: "批准" in text):  # who approves is not who issues
        if not re.search(r"通过|发布|公布|批准|颁布", text):
            continue
        congress = _ADOPTED.search(text.split("日", 1)[-1].strip())
        if congress and "通过" in text:
            return _congress(congress, title)
        ordered = _ORDERED.search(text)
        if ordered:
            return bodies_in(re.sub(r"令第.{0,6}号$|令$", "", ordered[1]).strip())
    return None


def _congress(hit: re.Match[str], title: str) -> str:
    place = re.sub(r"(?:第)?[一二三四五六七八九十百]{1,4}届$", "", hit[1].strip())
    if place in (
        "",
        "省",
        "市",
        "州",
        "县",
        "自治区",
        "自治州",
        "自治县",
    ):  # 市第十四届人大…: whose, the title says
        owner = re.match(r"[一-鿿]{2,10}?(?:省|市|自治区|自治州|自治县|州|县)", title)
        place = owner[0] if owner else place
    body = "全国人民代表大会" if hit[2].startswith("全国") else f"{place}人民代表大会"
    return body + ("常务委员会" if hit[3] else "")


def _signature(manuscript: Manuscript) -> str | None:
    """The bodies on the lines above the first date that stands alone, or before the date on its line."""
    lines = manuscript.lines
    for at, line in enumerate(lines):
        if len(line.text) > 100:
            continue
        before = _before_closing_date(line.text)
        if before is None:
            continue
        found = bodies_in(before) if before else _stacked(lines[max(0, at - 12) : at])
        if found:
            return found
    return _run_in_signature(manuscript.tail)


def closing_date(text: str) -> date | None:
    """The date that ends a line by itself or behind the name of a body, or None.

    >>> closing_date("示例市财政局 2024年3月5日")
    datetime.date(2024, 3, 5)
    """
    before = _before_closing_date(text)
    if before is None or (before and not bodies_in(before)):
        return None
    return [found for found in find_dates(text) if found.exact][-1].first


def _before_closing_date(text: str) -> str | None:
    """What stands before the date that ends a line; '' if nothing does; None if no date ends it."""
    last = next(reversed(list(find_dates(text))), None)
    if last is None or not last.exact or text[last.end :].strip(" )）。"):
        return None
    return text[: last.start].strip(" \t(（")


def _stacked(lines: tuple[Line, ...]) -> str | None:
    bodies: list[str] = []
    for line in reversed(lines):
        found = bodies_in(line.text) if len(line.text) <= 60 else None
        if not found:
            break
        bodies.insert(0, found)
    return "、".join(bodies) or None


def _run_in_signature(tail: str) -> str | None:
    """A signature in a text without lines: … 特此公告。 示例总署 2020年1月25日 附件"""
    for found in reversed(list(find_dates(tail))):
        before = tail[max(0, found.start - 160) : found.start].rstrip()
        pieces = re.split(r"[\s。；：:]+", before)
        bodies: list[str] = []
        for piece in reversed(pieces):
            if not is_body(piece):
                break
            bodies.insert(0, piece)
        if found.exact and bodies:
            return "、".join(bodies)
    return None
