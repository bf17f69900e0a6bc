"""Trade words in a clause ("软件企业", "旅游、餐饮等行业", "旅行社") -> industry conditions; called by reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.conditions.trade_lists import (
    HEADS,
    are_partners,
    is_open_to_all,
    make_industry,
    merged_trades,
    with_siblings,
)
from policy_corpus.extraction.lexicon.industries import ENDINGS, ENTITIES, NOT_TRADES, WORDS
from policy_corpus.extraction.words.word_finder import WordFinder
from policy_corpus.model import Operator

_NP = re.compile(
    rf"(?P<words>[\u4e00-\u9fffA-Za-z0-9“”（）、/]{{2,60}}?)(?P<head>{HEADS})"
    r"(?!园|集群|集聚|联盟|[\u4e00-\u9fff]?(?:化|链|规划|发展|管理|工业增加值)|利用率|面积|[^，。；]{0,4}(?:标准)?厂房|相关部门|主管部门|的[^，；。]{0,4}费)"
)
_STOPS = re.compile(
    r".{0,60}(?:各类|有关|相关|允许|不含|不包括|不包含|除(?!尘|湿|冰|雪|草)|以上|所称|是指|的|对于|对(?!接|口|外)|能够|委托|发展|为|是|在|由|给予|向|将|从事|支持|鼓励|引导|推动|属于|(?<![省市区县国部金])属(?=[^地性])|符合|帮助|具有|具备|有|以|受|被|经(?!营|济|销|贸|纪)|与|按照|根据|通过|本市|我市|全市|我省|全省|直辖市|"
    r"我区|我县|本省|本区|本县|驻市|应为|须为|获得|参与|各|近[一两二三]年|等级|获评|评为|荣获|入选|年度|上年|享受|当年|新增|首次|纳入|建设|投资|限于|包括|满足|[省市区县]内|辖区|范围内|开展|促进|组织|"
    r"该|其他|注册|行政区域内|加大|大力|培育|打造|扩大|涵盖了?|设置|设立|提供|用于|新建|改建|扩建|新设|入驻|租用|(?<!融资)租赁(?!业|企业|公司|机构)|承租|使用|从|其中|建有|设有|配有|协调|新办|所申报|所在|助力|赋能|辅导|撬动|督促|只能|申请|围绕|统筹|完成|汇聚|集聚|一批|引育|申报|推出|聘用|招聘|培养|遴选|征集|发挥|整合|搭建|邀请|带动|吸引|推广|应用|购买|就(?!业|地|近)|体系内|[省市区县]、[省市区县]|所投资?|被投|面向|"
    r"接入|引荐|成功|入住|服务(?=中小|小微)|引进|招引|面向|依托|联合|减免|降低|减轻|缓解|发行|涉及|支付给|进入|创办|[每单][个家])"
)
_MAIN = re.compile(r"以(?P<words>[^，；]{2,60}?)(?:为|作为)主(?:营业务|要业务|业|营)")
_BUSINESS = re.compile(r"主营业务(?:范围)?(?:为|是)(?P<words>[^，；。的]{2,30})")
_BELONGS = re.compile(
    r"(?:属于|符合|从事|涉及|聚焦|面向|主营)(?P<words>[^，；。]{2,100}?)(?:等)?(?P<tail>产业领域|重点领域|产业发展方向|发展方向|产业方向|产业(?!政策|规划|链|基金|导向|集群|布局)|领域|行业|方向|业务(?!取得|收入)|范围)"
)
# "从事商贸流通业经营、服务、管理的企业"
_ENGAGED = re.compile(
    r"从事(?P<words>[^，；。的、]{2,16}?)(?:相关|等)?(?:经营|服务|管理|业务|工作)(?:、(?:经营|服务|管理|销售)){0,3}的[^，；。的]{0,12}(?:企业|机构|单位|公司|组织)"
)
_CATALOGUE = re.compile(
    r"(?:属于|符合|列入|从事)[^，；《]{0,12}《(?P<words>[^》]{4,40}?(?:领域|产业|范围|行业|禁止|限制)[^》]{0,12})》(?:[^，；。]{0,8}(?:范围|领域|禁止类|限制类))?"
)
# "服务业企业（金融业除外）": the trade that is left out needs no noun behind it
_EXCEPTED = re.compile(
    r"(?:（|^)除?(?P<words>[^，；。（）除]{2,20}?)(?:企业|行业)?(?=(?:除外|以外)）|(?:以|之)?外$)"
)
_SPLIT = re.compile(r"、|以及|和(?!田|静|硕|县|平[区县])|(?<!涉)及|与|或者|或|/")
_QUALIFIERS = re.compile(
    r"^(?:其|上述|前述|以上|重点|各类|相关|全市|本市|国内|优质|上规|稳规|升规|骨干|龙头|大型|中型|小型|微型|中小微|中小|小微|规模以上|规上|限额以上|科技型|创新型|民营|国有|初创|新(?!型|能源|材料|一代|兴|媒体|闻|药|零售)|符合条件的|市属|区属|市级|省级|"
    r"非国有|主要|优秀|知名|专业|本土|北京市属国有|外资|台资|港资|侨资|民资|主营|一般|以上|工商|合作|原生|国家级|示范|试点|头部|特色|等|且|并|民办|公办|某一?|探索|禁止|实施|社会){1,6}|(?:等|类|型|法人|上规|稳规|升规|重点|的|企业|单位|小型|微型|小微|中小微?|小型微型?|配套|\d{1,2}个(?:特困|重点|困难)?){1,6}$"
)
_GENERIC = re.compile(
    r"^(?:申报|申请|参保|用人|入驻|示范|试点|上述|以上|符合条件|相关|有关|所有|其|本|该|培育|在孵|成长|领跑|受理|推荐|投资|被投|责任|牵头|建设|承办|运营|服务|获奖|毕业|"
    r"市场|社会|公共|企事业|合作|第三方|总部|分支|派出|常设|直属|下属|内设)?$"
)
_LONGEST_FRONT = 6  # of a name, before the trade that it ends in
_LISTED = WordFinder(WORDS)
_ENTITIES = WordFinder(ENTITIES)
_LIST_JOIN = re.compile(r"(?:业|服务|行业|企业|产业|机构)?(?:、|和|及|以及|与|或)")
_LIST_END = re.compile(
    r"(?!资金|基金|贷款|保费|费)(?:业|服务|行业|企业|产业|机构)?(?:等)?(?:[^，；。]{0,14}(?:行业|领域|企业|产业|机构|单位|主体)|$|，)"
)
_ANOTHER = (
    "向",
    "与",
    "给",
    "从",
    "由",
    "经",
    "通过",
    "对接",
    "联合",
    "设立",
    "募集",
    "发起",
    "协同",
    "依托",
    "委托",
    "在",
    "其设置的",
    "设置的",
    "该",
)  # not the applicant
_REACHED = ("在", "接入", "加入", "登录", "依托")  # 在…综合服务平台登记
_GOODS = re.compile(
    r"(?:生产|销售|运输|采购|进口|捐赠|用于|收购)[^，；]{0,24}$"
)  # 生产药品、医疗器械的企业: a deed
_DEEDS = ("合作", "交流", "培训", "改造", "建设", "整理加工", "推广", "应用", "转化", "升级")
_DEALT_WITH = (
    "从",
    "向",
    "与",
    "由",
    "组织",
    "协调",
    "督促",
    "建有",
    "设有",
    "配有",
    "委托",
    "通过",
    "设置的",
    "所投资",
    "所投资的",
    "被投资",
)
_THROUGH = re.compile(
    r"(?:由|经(?!营|济|销)|通过|委托|联合)[^，；的、]{1,8}$"
)  # 由政府性|融资担保机构提供担保
_PUPILS = re.compile(r"[^，；。企单]{0,20}(?:学生|毕业生|教师|毕业|在读)")  # whose pupils they are
_OPERATES = re.compile(r"^(?:运营|经营)?(?:企业|机构|单位|主体|公司|组织|的)?")


def find_trades(clause: str) -> list[Found]:
    """Industry conditions of one clause.

    >>> [f.value for f in find_trades("具备独立法人资格且在本市注册的软件信息服务业企业和制造业企业")]
    [('软件信息服务业', '制造业')]
    >>> [f.value for f in find_trades("对旅游、住宿、餐饮等受影响较大的行业企业")]
    [('旅游', '住宿', '餐饮')]
    """
    found: list[Found] = []
    for pattern in (_CATALOGUE, _MAIN, _BUSINESS, _ENGAGED, _BELONGS, _EXCEPTED):
        for match in pattern.finditer(clause):
            names = _named_by(pattern, match)
            if names:
                _add(found, make_industry(names, match.start(), match.end()))
    for one in (*_quoted(clause), *_noun_phrases(clause), *_lists(clause), *_entities(clause)):
        if not _in_title(clause, one):
            _add(found, one)
    kept = [
        one
        for one in merged_trades(clause, found)
        if not is_open_to_all(clause, one) and not _DONE_TO.search(clause[: one.start])
    ]
    return [_turned(with_siblings(clause, one)) for one in kept]


# "入住本市酒店", "获得银行放款", "投保养老机构责任险": what is done to others
_DONE_TO = re.compile(r"(?:入住|住宿|游览|购票|吸纳|共建|投保|(?<!获)获得)(?:[^，；、的从]{0,8}?)$")


def _in_title(clause: str, one: Found) -> bool:
    """Whether a trade stands in the name of a document ("《示例市科技服务机构管理办法》")."""
    return clause.rfind("《", 0, one.end) > clause.rfind("》", 0, one.end)


def _turned(one: Found) -> Found:
    """ "非金融企业" shuts out a trade."""
    if isinstance(one.value, str) and one.value.startswith("非") and one.value[1:] in WORDS:
        return replace(one, value=one.value[1:], op=Operator.NOT_HAS)
    return one


def _named_by(pattern: re.Pattern[str], match: re.Match[str]) -> tuple[str, ...]:
    if pattern is _CATALOGUE:
        return () if match["words"].endswith("规范条件") else (match["words"],)
    words = match["words"]
    if "《" in words or re.search("企业|一批|人才", words):
        return ()
    if pattern is _BELONGS and match["tail"].startswith("产业") and not words.endswith("等"):
        # "属于十大高精尖产业": the name of a group of trades that a programme defines
        return tuple(dict.fromkeys(_names(words, strict=True) or _names(words + "产业", strict=True)))
    return _names(words, strict=pattern in (_BELONGS, _ENGAGED, _EXCEPTED))


def _add(found: list[Found], one: Found) -> None:
    if not any(other.start < one.end and one.start < other.end for other in found):
        found.append(one)


def _lists(clause: str) -> Iterator[Found]:
    """Two trades or more joined by 、 and closed by 等, 行业, 企业 and the like."""
    group: list[tuple[int, int]] = []
    for start, end in [*_LISTED.find(clause), (len(clause) + 99, 0)]:
        if group and (start > len(clause) or not _LIST_JOIN.fullmatch(clause[group[-1][1] : start])):
            tail = _LIST_END.match(clause, group[-1][1])
            if len(group) > 1 and tail and not _GOODS.search(clause[: group[0][0]]):
                named = make_industry(tuple(clause[a:b] for a, b in group), group[0][0], tail.end())
                yield replace(named, core=(group[0][0], group[-1][1]))
            group = []
        group.append((start, end))


def _entities(clause: str) -> Iterator[Found]:
    """Words that name a business by themselves (旅行社, 商场)."""
    for start, end in _ENTITIES.find(clause):
        before = clause[:start]
        if _PUPILS.match(clause, end):
            continue
        named = clause.startswith(
            ("业务经营许可", "办法", "管理", "服务", "使用", "用地", "建设", "经营单位"), end
        )
        if named or before.endswith(_ANOTHER) or _THROUGH.search(before) or are_partners(before):
            continue
        tail = _OPERATES.match(clause, end)
        yield make_industry((clause[start:end],), start, tail.end() if tail else end)


_QUOTED = re.compile(
    r"(?P<names>“[^”]{2,20}”(?:[、和及]?“[^”]{2,20}”){1,11})[、和及]?等?[^，；。]{0,10}?(?:行业|产业|领域)"
)


def _quoted(clause: str) -> Iterator[Found]:
    """ "“水泥制造业”“炼铁业”等高耗能行业": the trades of a classification, each in quotes."""
    for match in _QUOTED.finditer(clause):
        names = tuple(re.findall(r"“([^”]{2,20})”", match["names"]))
        yield make_industry(names, match.start(), match.end())


def _noun_phrases(clause: str) -> Iterator[Found]:
    for match in _NP.finditer(clause):
        stop = _STOPS.match(match["words"])
        begin = match.start() + (stop.end() if stop else 0)
        before = clause[:begin]
        if before.endswith(_DEALT_WITH + (_REACHED if match["head"] == "平台" else ())):
            continue
        if _BY_WAY_OF.search(before) or (match["head"] == "机构" and _THROUGH.search(before)):
            continue  # 通过省级以上|资质检测机构检验, 通过在津|融资租赁公司购入设备
        while begin < match.start("head") and clause[begin] in "、和及与或等":
            begin += 1
        if match["head"] in ("领域", "业务", "方向") and clause.startswith(("应", "须", "属于"), match.end()):
            continue  # 服务领域应属于…
        if clause.startswith("除外", match.end()) and _SOME_OF.search(clause[:begin]):
            continue  # （属政府采购的|运营服务机构除外）: not all of them
        if clause[begin : begin + 1] == "“" and clause[match.end() : match.end() + 1] == "”":
            continue  # the name of a platform or project
        names = _names(clause[begin : match.start("head")], strict=True, head=match["head"])
        if match["head"] == "平台" and clause[:begin].endswith(_BUILT):
            continue  # 投资建设智慧物流平台: what is built
        if match["head"] == "项目" and any(name.endswith(_DEEDS) for name in names):
            continue  # 境外培训和国际交流项目: what is done, not a trade
        if names:
            yield make_industry(names, begin, match.end())


_BY_WAY_OF = re.compile(r"通过(?:在[^，；的、]{0,3})?$")
_BUILT = ("建设", "搭建", "打造", "开发")
_SOME_OF = re.compile(r"（[^（）]{2,16}的$")
_AND_SO_ON = re.compile(r"(?<![高中初平])等[^、和及与或]{0,6}$")  # 节能环保等高精尖|产业领域
_MARKER = re.compile(r"^\d{1,2}[）.、]")


def _names(words: str, *, strict: bool, head: str = "") -> tuple[str, ...]:
    names = []
    for piece in _SPLIT.split(_AND_SO_ON.sub("", words)):
        name = _MARKER.sub("", piece.rpartition("）")[2].strip("“”（）") or piece.strip("“”（）"))
        for _ in range(3 if name not in WORDS else 0):
            name = _QUALIFIERS.sub("", name)
        if name not in WORDS and (name + head in WORDS or name + head in ENTITIES):
            name += head
        if (
            len(name) >= 2
            and not name.endswith(("费", "款", "率", "税", "金额", "核心技术", "共性技术", "需求", "问题"))
            and name not in NOT_TRADES
            and not _GENERIC.match(name)
            and name[0] not in "为由将被"
        ):
            names.append(name)
    known = not strict or any(is_trade(name) or name + head in WORDS for name in names)
    # in a list with a known trade every member is one: to keep the known ones alone would shut out the others
    return tuple(dict.fromkeys(names)) if known else ()


_WORK = ("生产", "销售", "经营", "流通")


def is_trade(name: str) -> bool:
    """Whether a phrase names a trade: in the table, or short and ending like one.

    >>> is_trade("乡村旅游"), is_trade("相关产业"), is_trade("防控研发")
    (True, False, False)
    """
    if name in WORDS:
        return True
    if len(name) > 14 or name in NOT_TRADES or re.search("防控|疫情|就业|创业|相关", name):
        return False
    if name.endswith(_WORK) and name[:-2] in WORDS:  # 集成电路生产
        return True
    return name.endswith(ENDINGS) or any(name[cut:] in WORDS for cut in range(_LONGEST_FRONT + 1))
