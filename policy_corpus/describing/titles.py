"""Find a document's title as written, in full: from its fields, its heading lines, or at last its file name.

Of a notice that passes on another document (关于印发…的通知) the title is the notice's, the outer one.
A title that is wrapped over several lines is joined; site names behind a page title are cut off.
"""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import PurePath

from policy_corpus.describing.authorities import is_body
from policy_corpus.describing.manuscript import Line, Manuscript, as_written
from policy_corpus.describing.numbers import normalise_number
from policy_corpus.folding import fold

_ENDINGS = (
    "通知|意见|办法|措施|细则|规定|方案|规划|计划|公告|通告|公示|通报|决定|决议|命令|条例|指南|指引|政策|"
    "规程|规则|"
    "目录|清单|纲要|要点|批复|复函|函|报告|标准|须知|手册|解读|问答|说明|名单|征求意见稿|草案|送审稿|"
    "提示|倡议书|法|稿|条|书"
)
_FORMAL_END = re.compile(rf"(?:{_ENDINGS})(?:[（(\[【〔][^（()）]{{1,24}}[）)\]】〕]){{0,2}}[》”\"]?$")
_SITE = re.compile(
    r"\s{0,4}(?:[-_|—–]{1,3}|\s>\s)[^-_|—–]{0,34}(?:网|网站|政府|局|厅|委员会|门户|平台|专栏|栏目|"
    r"中心|公开|法规|文件|政策|首页|解读)[^-_|—–]{0,10}$"
)
_DAY_BEHIND = re.compile(r"\s{1,4}\d{4}-\d{1,2}-\d{1,2}$")
_ORDINAL = re.compile(
    r"^(?:\d{1,3}\s{0,2}[.．、]\s{0,2}(?!\d)|附件\s{0,2}\d{0,2}\s{0,2}[:：]\s{0,2}|[（(]转载[)）])"
)
_FURNITURE_LINE = re.compile(
    r"^(?:首页|当前位置|您(?:当前|现在|的位置|所在)|索引号|来源|发布|无障碍|长者|登录|注册|分享|打印|"
    r"政务(?:公开|服务|动态)$|我要|关注(?:\s?·|$)|附件)"
)
_SKIPPED = re.compile(
    r"文件$|^第?\s?\d{1,4}\s?页|^[-—\s\d]{1,9}$|^(?:特急|急件|秘密|内部|加急|目录)|令$|公报$|^00\d|"
    r"^[（(]?第\s?[\d一二三四五六七八九十百〇]{1,7}\s?号|^[A-Za-z0-9/\-_.:\s]{1,60}$|[:：]\s{0,2}$"
)
_SALUTATION = re.compile(r"^(?:各|本)[^。]{1,200}[:：]$|[:：]$")
_BODY_START = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,4}[章条节]|[一二三四五六七八九十]{1,3}、|"
    r"[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|"
    r"为(?!民)|根据|按照|近日|[12]\d{3}年\d{1,2}月\d{1,2}日|[（(][12]\d{3}年|现将|目\s{0,6}录|来源|发布|"
    r"索引号|【|字体|依据文件|实施机关|\d{4}-\d)"
)
_AUTHORITY_LINE = re.compile(
    r"^[一-鿿、\s]{4,80}(?:人民政府|办公厅|办公室|委员会|委|局|厅|部|署|院|会|中心|银行)$"
)
_PROSE = re.compile(r"[。；;!！]|，[^，]{0,200}，[^，]{0,200}，")
_ARTICLE = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,4}[章条]|[一二三四五六七八九十]{1,2}、|"
    r"[（(][一二三四五六七八九十]{1,2}[)）])"
)
_NAME_ALONE = re.compile(r"(?:人民政府|办公[厅室]|委员会|局|厅)(?:\s?-->)?$")
_FURNITURE = frozenset(
    [
        "通知公告",
        "政策文件",
        "政策法规",
        "政务公开",
        "信息公开",
        "政府信息公开",
        "规范性文件",
        "首页",
        "正文",
        "公告",
        "通知",
        "文件",
        "政策解读",
        "行政规范性文件",
    ]
)
_MAX_TITLE = 160
_ABOUT = re.compile(r"[一-鿿（）]{0,30}关于|印发")
_MAX_ISSUER = 62  # how far behind the names of the issuers 关于 may stand
_GAP = re.compile(r"[。；《》\s]")
# A title to which a number or an address is glued: …指导意见国办发〔2014〕25号各省…
_GLUED = re.compile(
    r"关于[^。；\s]{4,100}?(?:通知|意见|办法|决定|方案|公告|规定|措施)"
    r"(?=[一-鿿]{1,8}[〔\[（(]20\d{2}[〕\]）)]|各省|各市|各区|各县|各有关)"
)
_JUNK_SUGGESTION = re.compile(
    r"(?i)microsoft|^文档|^untitled|^(?:无标题|未命名)|\.(?:docx?|pdf|wps|txt|html?|jsp|ofd)$|^\d+$"
)


def find_title(manuscript: Manuscript) -> str:
    """The title in full, as written; never empty (the file's name without its suffix at the last)."""
    return as_written(_title(manuscript), manuscript.sources)


def _title(manuscript: Manuscript) -> str:
    declared = manuscript.fields.get("title", "")
    suggested = clean(manuscript.suggested_title)
    if _JUNK_SUGGESTION.search(suggested) or len(suggested) < 5:
        suggested = ""
    heading = _heading(manuscript.head_lines)
    if 5 <= len(declared) <= _MAX_TITLE:
        return clean(declared)
    if suggested and (manuscript.format == "html" or not is_formal(heading)):
        return heading if _extends(heading, suggested) else suggested
    named = clean(fold(PurePath(manuscript.file_name).stem))
    if "，" in heading and not is_formal(heading) and is_formal(named):
        return named  # the text begins with its first sentence, the file is called by its title
    return heading or suggested or named or "（无标题）"


def is_formal(title: str) -> bool:
    """Does this end as the title of an official paper ends (通知, 办法, 若干措施（试行） …)?

    >>> is_formal("示例市促进示例产业发展若干措施（试行）"), is_formal("示例市出台新政稳就业")
    (True, False)
    """
    return bool(_FORMAL_END.search(title)) or title.endswith(("若干措施", "若干意见"))


def clean(title: str) -> str:
    """A title without site name, ordinal of a list, 转载 mark or brackets around the whole.

    >>> clean("2. 示例市示例办法"), clean("关于示例的通知 - 示例市人民政府网")
    ('示例市示例办法', '关于示例的通知')
    """
    text = re.sub(r"[ \t　\xa0]{2,}", " ", title[:400]).strip()
    for _ in range(3):
        shorter = _SITE.sub("", text)
        shorter = _ORDINAL.sub("", shorter).strip()
        shorter = _DAY_BEHIND.sub("", shorter)
        if shorter == text or len(shorter) < 5:
            break
        text = shorter
    if text[:1] in "（(《" and text[-1:] in "）)》" and not re.search(r"[）)》（(《]", text[1:-1]):
        text = text[1:-1]
    return text


def inner_title(title: str) -> str | None:
    """The title of the document that a notice passes on (印发《X》的通知), or None.

    >>> inner_title("示例市人民政府关于印发示例市示例办法的通知")
    '示例市示例办法'
    """
    hit = re.search(
        r"(?:印发|发布|下发|公布|转发)(.{4,120})的(?:通知|公告|通告|函)(?:[（(].{0,20}[）)])?$", title
    )
    return hit[1].strip("《》〈〉 ") if hit else None


def _extends(heading: str, suggested: str) -> bool:
    """Is the heading the same title, only longer (a page title is often cut short)?"""
    return (
        is_formal(heading)
        and len(heading) > len(suggested)
        and heading.startswith(suggested.rstrip(".…")[:20])
    )


def _heading(lines: tuple[Line, ...]) -> str:
    rest = [line.text for line in lines[:80]]
    for at, text in enumerate(rest):
        if _is_furniture(text, opening=at == 0):
            continue
        if _ARTICLE.match(text):  # the head of the file is missing
            return ""
        if _PROSE.search(text[:_MAX_TITLE]) or len(text) > 80:
            return _first_piece(text)
        title = clean(_join(rest[at : at + 6]))
        nameless = title == text and _NAME_ALONE.search(title)
        if len(title) >= (2 if at == 0 else 4) and not nameless:
            return title
    return ""


def _is_furniture(text: str, opening: bool) -> bool:
    """Is this a line that stands above a title: site navigation, letterhead, number, mark of urgency?"""
    if _FURNITURE_LINE.search(text[:40]) or _SITE.sub("", text[:80]) in _FURNITURE or _is_number(text):
        return True
    if opening and is_formal(text) and not text.endswith(("文件", "令")):
        return False  # a first line such as 工作要点目录 is the title, although it looks like a heading
    return len(text) <= 120 and bool(_SKIPPED.search(text))


def _is_number(text: str) -> bool:
    return len(text) <= 40 and normalise_number(text) is not None and "《" not in text and not is_formal(text)


def _join(lines: list[str]) -> str:
    """Join the lines over which a title is wrapped."""
    title = lines[0]
    for following in lines[1:]:
        if not _goes_on(title, following):
            break
        gap = " " if _AUTHORITY_LINE.match(title) and _AUTHORITY_LINE.match(following) else ""
        title += gap + following
    return title


def _goes_on(title: str, following: str) -> bool:
    if _FURNITURE_LINE.search(following[:40]):
        return False
    if title.count("《") > title.count("》") or title.count("（") > title.count("）"):
        return len(title) + len(following) <= _MAX_TITLE
    if re.fullmatch(
        r"[（(](?:试行|暂行|征求意见稿|草案|修订稿?|送审稿|[^（()）]{0,8}(?:年|版|稿)[^（()）]{0,6})[）)]",
        following,
    ):
        return True
    if (
        len(following) > 60
        or _BODY_START.search(following)
        or _SALUTATION.search(following)
        or _PROSE.search(following)
    ):
        return False
    if following.startswith(("关于", "印发")) and _AUTHORITY_LINE.match(title):
        return True
    if _AUTHORITY_LINE.match(title) and _AUTHORITY_LINE.match(following):
        return len(title) <= 60
    unfinished = (not is_formal(title) and len(title) >= 8) or title.endswith(
        ("关于", "的", "和", "、", "印发")
    )
    ends = is_formal(following) and len(title) + len(following) <= _MAX_TITLE
    return unfinished and (ends or ("关于" in title and len(following) >= 10)) and not _is_number(following)


def _first_piece(text: str) -> str:
    """The title at the front of a text that has no lines: up to the first gap or full stop."""
    about = text.find("关于", 0, _MAX_ISSUER)
    glued = _GLUED.match(text, about) if about >= 0 and not _GAP.search(text[:about]) else None
    if glued:
        return clean(text[: glued.end()])
    pieces = list(dict.fromkeys(re.split(r"[ \t　\xa0]+|(?<=。)", text[: 2 * _MAX_TITLE])))
    if len(pieces) > 1 and _is_number(pieces[0]):
        pieces = pieces[1:]
    issuers = list(takewhile(_is_issuer, pieces))
    if issuers:
        return _behind_issuers(issuers, pieces[len(issuers) :])
    title = pieces[0]
    for piece in pieces[1:4]:
        official = title.lstrip("《“").find("关于") in range(30) and not is_formal(title)
        if (
            (len(title) >= 10 and not official)
            or len(piece) > 80
            or "。" in piece
            or _SALUTATION.search(piece)
        ):
            break
        title = f"{title} {piece}"
        if is_formal(title):
            break
    if title.endswith((":", "：")) or title.startswith(("各省", "各市", "各县", "各区", "各有关")):
        return ""
    return clean(title.rstrip("。"))[: 60 if "，" in title else 120]


def _is_issuer(piece: str) -> bool:
    return is_body(piece) or (len(piece) <= 20 and piece.endswith("集团"))


def _behind_issuers(issuers: list[str], pieces: list[str]) -> str:
    """示例部 示例委 关于…的通知, however many issue it; the names alone are no title."""
    subject = pieces[0] if pieces else ""
    if _ABOUT.match(subject) and len(subject) <= 100 and is_formal(subject):
        return clean(" ".join([*issuers, subject]))
    return ""
