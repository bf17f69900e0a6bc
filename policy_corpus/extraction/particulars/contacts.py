"""Department, contacts, channel and 免申即享 of a document or section; called by items (materials stand in materials.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.particulars.materials import find_materials
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.extraction.words.clauses import split_sentences
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import Quoted

__all__ = [
    "find_channel",
    "find_contacts",
    "find_department",
    "find_materials",
    "find_on_card",
    "find_responsible",
    "needs_no_application",
]

_DATE = r"20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"  # 20261124 is no telephone number
_PHONE = re.compile(
    rf"(?<![\d.])(?!{_DATE})(?:（?0\d{{2,3}}）?[-—－]?\d{{7,8}}(?:[-—转]\d{{1,5}}(?!\d))?|1[3-9]\d{{9}}|400-?\d{{3}}-?\d{{4}}|"
    r"[2-9]\d{6,7}(?:[-—转]\d{1,4}(?!\d))?|12345|12366|12333)(?![\d.%万亿元])"
)
_MOST_FIELDS = 20
_PHONE_NEAR = re.compile(r"电话|联系|咨询|热线|传真")
_FAX = re.compile(r"传真[^，。；、电]{0,6}$")
_BODY = r"(?:单位|部门|机构|科室|处室)"
_RESPONSIBLE = re.compile(
    rf"（(?:责任|牵头|实施|主管){_BODY}：(?P<who>(?:[^（）；;]|（[^（）]{{1,20}}）){{2,80}})"
)
# "受理部门：市科技局" on a line of its own or inside a notice
_NAMED = re.compile(
    rf"(?:^|[，。；（])(?:业务)?(?:责任|受理|主管|牵头|实施|办理|咨询|联系|经办|承办){_BODY}(?:及(?:联系)?电话)?：(?P<who>[^，。；：（）\d]{{2,40}})"
)
_OTHERS_TOO = re.compile(r"[，；、。]?(?:配合|协同|参与|协助)(?:单位|部门)")  # 责任部门：甲局 配合部门：乙局
_EXPLAINS = re.compile(
    r"由(?P<who>[^，。；由]{2,30}?(?:局|委|委员会|办|办公室|厅|部|中心|管委会|政府|商务局))(?:会同[^，。；]{1,30})?负责(?:解释|组织申报|受理|组织实施)"
)
_PLACE = r"(?:一体化平台|政务服务网|平台|系统|网站|官网|专窗|窗口|小程序|公众号|APP|政务网|服务网|在线|网厅)"
_CHANNEL = re.compile(
    rf"(?:登[录陆]|通过|访问|在(?!线)|到|向)(?P<words>[“《]?[^，。；：、（）登进后并→]{{2,30}}?{_PLACE}[”》]?)(?![\u4e00-\u9fff]{{0,6}}(?:公示|公布|公开|发布|查询))"
)
_APPLYING = re.compile("申报|申请|填报|提交|办理|申领|注册")
_NO_CHANNEL = re.compile(
    r"支付系统|结算系统|清算|核算|指定网站|^(?:微信)?(?:公众号|小程序|平台|系统|网站|窗口|申报系统|有关平台)$"
)
_PUBLISHING = re.compile("公示|公布|新闻媒体|向社会公开")
_NO_APPLICATION = re.compile(
    r"(?<!非)(?<!不属于)(?<!不适用)(?<!未纳入)(?<!不实行)免申即享|无需申[报请]|无须申[报请]|不需(?:要)?(?:企业)?申[报请]|免申请(?:兑现|享受)"
)


def find_contacts(sections: Iterable[Section]) -> tuple[Quoted, ...]:
    """Telephone numbers beside a word that says so, or under a contact heading; no fax numbers, no dates."""
    found: dict[str, Quoted] = {}
    for section in sections:
        text = section.plain.text
        if section.role is not Role.CONTACT and not _PHONE_NEAR.search(text):
            continue
        for match in _PHONE.finditer(text):
            near = text[max(0, match.start() - 30) : match.start()]
            called = section.role is Role.CONTACT or _PHONE_NEAR.search(near)
            if called and not _FAX.search(near):
                words = match[0].replace("（", "").replace("）", "-").replace("--", "-")
                found.setdefault(words, Quoted(words, section.plain.span(match.start(), match.end())))
    return tuple(found.values())


def find_responsible(plain: Plain) -> Quoted | None:
    """The department named in brackets behind a measure (责任单位：…)."""
    match = _RESPONSIBLE.search(plain.text)
    return _who(plain, match) if match else None


def find_on_card(section: Section) -> Quoted | None:
    """The department in the row of a table or on the card that the section is a field of."""
    card = section.parent if section.style == "field" else None
    if card is None or card.style or len(card.children) > _MOST_FIELDS:
        return None
    return find_department([one for one in card.children if one.role is Role.DEPARTMENT])


def find_department(sections: Iterable[Section]) -> Quoted | None:
    """The department that a card, a line of a notice or the closing article (由…负责解释) names, in this order."""
    sections = list(sections)
    for section in sections:
        if section.role is Role.DEPARTMENT and 2 <= len(section.plain.text) <= 60:
            return Quoted(section.plain.text, section.plain.span(0, len(section.plain.text)))
    for pattern in (_NAMED, _EXPLAINS):
        for section in sections:
            found = (m for m in pattern.finditer(section.plain.text) if not _RESPONSIBLE.match(m[0] + "）"))
            match = next(found, None)  # what stands in brackets behind a measure is that measure's
            if match:
                return _who(section.plain, match)
    return None


def _who(plain: Plain, match: re.Match[str]) -> Quoted:
    words = _OTHERS_TOO.split(match["who"])[0]
    return Quoted(words, plain.span(match.start("who"), match.start("who") + len(words)))


def find_channel(sections: Iterable[Section]) -> Quoted | None:
    """Where one applies (a platform, a site, a window): first under the headings about applying, then anywhere."""
    sections = list(sections)
    for roles in ((Role.PROCESS, Role.WINDOW, Role.MATERIALS), (Role.OPEN, Role.GENERAL)):
        for section in sections:
            if section.role in roles:
                for plain in _sentences(section):
                    match = next(
                        (m for m in _CHANNEL.finditer(plain.text) if _is_for_applying(plain.text, m)), None
                    )
                    if match:
                        return _named(plain, match)
    return None


def _named(plain: Plain, match: re.Match[str]) -> Quoted:
    """The name of the place, without an opening quotation mark that is not closed."""
    words = match["words"]
    lone = words[0] in "“《" and words[-1] not in "”》" and not any(mark in words for mark in "”》")
    begin = match.start("words") + lone
    return Quoted(words[lone:], plain.span(begin, match.end("words")))


def _is_for_applying(sentence: str, match: re.Match[str]) -> bool:
    near = sentence[max(0, match.start() - 30) : match.end() + 30]
    if _NO_CHANNEL.search(match["words"]):
        return False
    return bool(_APPLYING.search(near)) and not _PUBLISHING.search(
        sentence[max(0, match.start() - 14) : match.end()]
    )


def _sentences(section: Section) -> Iterator[Plain]:
    for start, end in split_sentences(section.plain.text):
        yield section.plain.cut(start, end)


def needs_no_application(text: str) -> bool:
    """Whether the words promise the benefit without an application (免申即享).

    >>> needs_no_application("符合条件的企业免申即享"), needs_no_application("不属于免申即享事项")
    (True, False)
    """
    return bool(_NO_APPLICATION.search(text))
