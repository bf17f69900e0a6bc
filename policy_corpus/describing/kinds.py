"""Tell what sort of document it is (文件类型) from its title, then from the signs in its head.

The table is read from the top; the first row that fits decides. A 征求意见稿 comes first, since taking a
draft for a policy would promise what is not in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from policy_corpus.describing.manuscript import Manuscript
from policy_corpus.describing.titles import inner_title, is_formal
from policy_corpus.folding import fold
from policy_corpus.model import DocumentKind as Kind

_DRAFT_TITLE = re.compile(
    r"征求意见稿|征求意见的|(?:征求|征集|听取).{0,80}意见(?:建议|和建议)?的?(?:公告|通告|通知|函|启事)|"
    r"公开征求|公开征集.{0,60}意见|"
    r"[（(](?:修订|修正|修改)?草案.{0,8}[)）]|草案$|草案(?:修改稿|征求|送审)|送审稿|讨论稿|征询.{0,30}意见"
)
_DRAFT_RESULT = re.compile(r"意见.{0,12}(?:采纳|反馈情况|处理情况|情况的?(?:说明|公示|公告|反馈)|结果)")
_DRAFT_OPENING = re.compile(
    r"(?<![一-鿿])(?:特此|日前)?现(?:就|将|对|面向|向)?[^。\n]{0,80}?(?:公开征求|"
    r"公开征集[^。\n]{0,30}意见|征求意见|征(?:求|集)(?:社会|公众|各|有关|"
    r"你|相关|广大)[^。\n]{0,14}意见)"
)
_DRAFT_CLOSING = re.compile(
    r"(?:征求意见|意见征集|意见反馈|公开征求)(?:的?(?:截止)?(?:时间|期限|日期)|期为|期自)|"
    r"反馈意见(?:的)?(?:截止|时间|方式)"
)
_FINISHED = re.compile(
    r"现(?:予)?(?:印发|发布|公布)|(?:业|已)经.{0,30}(?:同意|审议通过|批准)|第[一二三四五六七八九十]+次会议通过"
)
_DRAFT_LINE = re.compile(r"[（(]?(?:公开)?征求意见稿[）)]?$")
_REPEAL = re.compile(
    r"(?:废止|宣布失效|停止执行|停止施行|失效)[^。]{0,60}(?:决定|通知|公告|通告|命令|公布|目录)|^废止"
)
_INTERPRETATION = re.compile(
    r"解读|图解|一图(?:读|看)懂|答记者问|答问|问答|解答|热点问题|常见问题|(?:起草|修订|"
    r"编制)(?:情况)?(?:的)?说明|》.{0,6}说明$|一文(?:读|看|说)|政策解析|权威回应"
)
_APPLY = "申报|征集|遴选|推荐|报名|申领|评选|入库|申请|评审|受理|认定|复核|兑付|兑现|推选|竞赛|大赛"
_NOTICE = re.compile(rf"(?:{_APPLY}).{{0,80}}(?:通知|公告|通告|函|启事)(?:[（(].{{0,16}}[）)])?$")
_CALL_ENDS = re.compile(
    r"(?:项目|专项|资金|奖励|补助|补贴|企业|认定)(?:的)?(?:申报|申请|征集|受理)(?:工作|时间)?$"
)
_CALL = re.compile(r"(?:组织|开展|启动|做好|开始).{0,60}(?:申报|征集|遴选|推荐|申领|认定|评选|受理)")
_GUIDE = re.compile(
    r"指南|指引|指导手册|攻略|办事|申报流程|办理流程|操作流程|须知|服务手册|(?:怎么|如何)(?:申|办|领|缴|"
    r"查|报|交|享|兑|进行)|详解|"
    r"所需.{0,3}材料|申报条件|申报要求|申请条件|认定条件|材料清单$|流程|所需资料|条件及程序|(?:申报|申请|"
    r"变更|认定).{0,6}(?:资料|材料)$"
)
_ANNOUNCE = re.compile(
    r"公示|名单|中标|成交结果|结果的?(?:公告|通告|公布)|情况(?:的)?(?:通报|公布|公告)|获奖|"
    r"拟.{0,20}(?:公告|公布)$|通报$|公布.{0,40}(?:名单|结果)"
)
_PUBLIC = re.compile(r"(?:公告|通告|公报)(?:[（(].{0,16}[）)])?$|公告|通告")
_LAW = re.compile(
    r"(?:条例|(?<![办方做看用立司执])法)(?:实施细则|实施条例|实施办法)?(?:[（(][^（()）]{1,24}[）)])?$"
)
_LAW_DECISION = re.compile(r"(?:人民代表大会|人大)(?:常务委员会|常委会)?关于.{2,80}(?:决定|决议|规定)")
_STATE = re.compile(r"^中华人民共和国.{2,40}(?:法|条例|办法|规定|细则)")
_RULES = re.compile(
    r"细则|规程|实施(?:管理|暂行|试行)?办法|管理(?:暂行|试行|服务)?(?:办法|规定|规范)|操作(?:办法|指引|"
    r"规范)|(?:认定|评审|评价|考核|评估|使用|分配|监督|补助|资助|奖励|备案|登记|审批|培育|"
    r"建设)(?:和?[^，]{0,8}管理)?(?:暂行|试行)?办法|工作规则"
)
_MEASURES = re.compile(
    r"措施|举措|意见|政策|办法|方案|计划|规划|纲要|行动|规定|决定|要点|清单|"
    r"[一二三四五六七八九十\d]{1,3}条|若干|规则|标准"
)
_SUPPORT = re.compile(
    r"奖励|补贴|补助|资助|贴息|减免|免征|减征|停征|免收|停收|扶持|减按|退还|返还|缓缴|缓征|优惠"
)
_PRESS = re.compile(
    r"新华社|记者|本报讯|日电[（(]|讯[（(\s]|通讯员|据悉|日报|来源：.{0,12}(?:报|网|社)|消息[，,]|采访|报道称|获悉"
)
_PRESS_WEAK = re.compile(
    r"近日|日前|据介绍|表示|昨日|昨天|今天|下午|上午|连日来|了解到|召开|截至目前|目前[，,]?已|"
    r"据[^，。\n]{2,16}(?:介绍|不完全统计)"
)
_NEWS_TITLE = re.compile(
    r"^(?:新华社|人民日报)|记者|动态|侧记|纪实|^[一-鿿]{2,12}[:：]|出台|[！!]$|【.{0,6}头条】|"
    r"^(?!.{0,40}关于).{2,40}(?:调研|检查|视察|督导|座谈).{0,30}(?:强调|指出|要求)|"
    r"^(?!.{0,40}通知$)[^《关]{2,30}(?:发布|印发|下发|推出|公布|出台)《[^》]{2,80}》$|"
    r"^(?!.{0,40}关于).{2,30}(?:发布|印发|下发|推出|公布)(?:[“《]|.{0,6}通知(?!$))"
)
_CARD_ROWS = frozenset((
    "受理条件", "申请条件", "申报条件", "条件要求", "办理条件", "办理时限", "办理地点",
    "办理流程", "办理材料", "实施机关", "服务对象", "服务内容", "联络方式", "联系方式",
    "申请材料", "申报材料", "支持方式", "支持标准", "支持内容", "依据文件", "政策依据",
    "工具分类", "事项类型", "行使层级", "申报时间", "咨询电话", "申报流程", "扶持对象",
    "支持对象", "时间/频度", "设定依据", "收费标准", "办理依据",
))  # fmt: skip
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]{1,5}条")
_PENALTIES = re.compile(r"总\s{0,6}则|罚\s{0,6}则|法律责任|罚款|行政处罚")
_SELF_NAME = re.compile(r"本(条例|法|细则|办法|规定|措施|意见|政策)(?![律院庭人])")
_ADOPTED = re.compile(
    r"[12]\d{3}年\d{1,2}月\d{1,2}日[^。\n]{0,64}(?:人民代表大会|国务院)[^。\n]{0,40}(?:通过|发布|"
    r"公布|批准)"
)


def find_kind(manuscript: Manuscript, title: str) -> Kind:
    """The kind of a document, by its full title first and the signs of its head second."""
    inner = inner_title(title) or title
    for kind, fits in _ROWS:
        if fits(manuscript, title, inner):
            return kind
    return Kind.OTHER


def _is_draft(m: Manuscript, title: str, inner: str) -> bool:
    if _DRAFT_RESULT.search(title) or (_INTERPRETATION.search(title) and "征求意见稿" not in title):
        return False
    names = f"{m.suggested_title}\n{fold(m.file_name)}"
    if "征求意见稿" in names and not _DRAFT_RESULT.search(names):  # a draft may say so in its file name only
        return True
    heads = (line.text for line in m.head_lines[:12] if len(line.text) <= 60)
    if _DRAFT_TITLE.search(title) or any(_DRAFT_LINE.search(text) and "《" not in text for text in heads):
        return True
    if _FINISHED.search(m.head[:1500]) or _is_news(m, title, inner) or _articles(m) > 3:
        return False
    return bool(_DRAFT_OPENING.search(m.head[:1200]) or _DRAFT_CLOSING.search(m.head + m.tail))


def _is_announcement(m: Manuscript, title: str, inner: str) -> bool:
    return bool(_ANNOUNCE.search(title)) and not _RULES.search(inner)


def _is_notice(m: Manuscript, title: str, inner: str) -> bool:
    if inner != title:  # it passes on another document
        return False
    return bool(
        _NOTICE.search(title) or _CALL_ENDS.search(title) or (_CALL.search(title) and is_formal(title))
    )


def _is_law(m: Manuscript, title: str, inner: str) -> bool:
    if inner != title:
        return False
    named = _LAW.search(title) or _LAW_DECISION.search(title) or _STATE.search(title)
    ruled = title.endswith("规定") and _articles(m) > 3 and _PENALTIES.search(m.folded)
    return bool(named or ruled) or (bool(_ADOPTED.search(m.head[: len(title) + 400])) and is_formal(title))


def _is_news_title(m: Manuscript, title: str, inner: str) -> bool:
    official = is_formal(title) and "关于" in title and not title.endswith("》")
    return bool(_NEWS_TITLE.search(title)) and _articles(m) < 3 and not official


def _is_news(m: Manuscript, title: str, inner: str) -> bool:
    if is_formal(title) and not _PRESS.search(m.head[:300]):
        return False
    opening = m.head[:900]
    if _PRESS.search(opening):
        return True
    return not is_formal(title) and (bool(_PRESS_WEAK.search(opening)) or len(_PRESS.findall(m.folded)) > 1)


def _is_card(m: Manuscript, title: str, inner: str) -> bool:
    """A card of one matter: its rows are headed 受理条件, 办理时限 …; or conditions right under a short name."""
    rows = {re.split(r"[:：]", line.text, maxsplit=1)[0].strip() for line in m.lines[:120]}
    count = len(rows & _CARD_ROWS)
    return count >= 3 or (count >= 1 and not is_formal(title) and len(m.folded) < 3000)


def _articles(m: Manuscript) -> int:
    return sum(bool(_ARTICLE.match(line.text)) for line in m.lines)


def _self_named(names: str) -> Callable[[Manuscript, str, str], bool]:
    """A text in articles without a title that tells: it calls itself 本条例, 本细则, 本办法."""

    def fits(m: Manuscript, title: str, inner: str) -> bool:
        if is_formal(title) or _articles(m) < 3:
            return False
        called = _SELF_NAME.findall(m.head) + _SELF_NAME.findall(m.tail)
        return bool(called) and max(set(called), key=lambda name: (called.count(name), name)) in names.split(
            "|"
        )

    return fits


def _is_support_notice(m: Manuscript, title: str, inner: str) -> bool:
    """A notice or announcement that itself grants something, such as a tax announcement."""
    return is_formal(title) and (bool(_SUPPORT.search(title)) or len(_SUPPORT.findall(m.head)) >= 2)


def _title_has(pattern: re.Pattern[str]) -> Callable[[Manuscript, str, str], bool]:
    return lambda _m, title, _inner: bool(pattern.search(title))


def _inner_has(pattern: re.Pattern[str]) -> Callable[[Manuscript, str, str], bool]:
    return lambda _m, _title, inner: bool(pattern.search(inner))


def _is_formal_with(pattern: re.Pattern[str]) -> Callable[[Manuscript, str, str], bool]:
    return lambda _m, _title, inner: is_formal(inner) and bool(pattern.search(inner))


_ROWS: tuple[tuple[Kind, Callable[[Manuscript, str, str], bool]], ...] = (
    (Kind.DRAFT, _is_draft),
    (Kind.INTERPRETATION, _title_has(_INTERPRETATION)),
    (Kind.REPEAL, _title_has(_REPEAL)),
    (Kind.LAW, _is_law),
    (Kind.GUIDE, _is_card),
    (Kind.NEWS, _is_news_title),
    (Kind.NOTICE, _is_notice),
    (Kind.ANNOUNCEMENT, _is_announcement),
    (Kind.GUIDE, _inner_has(_GUIDE)),
    (Kind.RULES, _is_formal_with(_RULES)),
    (Kind.MEASURES, _is_formal_with(_MEASURES)),
    (Kind.LAW, _self_named("条例|法")),
    (Kind.RULES, _self_named("细则|办法")),
    (Kind.MEASURES, _self_named("规定|措施|意见|政策")),
    (Kind.NEWS, _is_news),
    (Kind.MEASURES, _is_support_notice),
    (Kind.ANNOUNCEMENT, _title_has(_PUBLIC)),
    (Kind.MEASURES, _inner_has(re.compile(r"若干(?:措施|意见|政策)|扶持政策|优惠政策|支持政策"))),
)
