"""Find a document's own 发文字号 (document number), not one that it cites.

A number is the document's own by where it stands: declared in a field, alone on a line of the head, behind
the letterhead, or in brackets behind the title. Numbers in running text are citations. Called by `describe`
and, for the spelling of cited numbers, by `relations`.
"""

from __future__ import annotations

import re

from policy_corpus.describing.authorities import bodies_in
from policy_corpus.describing.manuscript import Line, Manuscript, squeeze

_YEAR = r"[〔\[（(【〈<{]\s{0,2}((?:19|20)\d{2})\s{0,2}年?\s{0,2}[〕\]）)】〉>}]"
CITED = re.compile(rf"[一-鿿A-Z]{{1,16}}\s{{0,2}}{_YEAR}\s{{0,2}}(?:第\s{{0,2}})?(\d{{1,5}})\s{{0,2}}号")
_NOTICE_NUMBER = re.compile(
    r"(?:[一-鿿、 \t\u3000]{2,60}(?:公告|通告|令))?\s{0,4}(?:19|20)\d{2}\s{0,2}年?\s{0,2}第\s{0,2}\d{1,4}\s{0,2}号"
)
_ORDER = re.compile(
    r"(?:[一-鿿]{0,24}令\s{0,4})?(?:\(|（)?第\s{0,2}(?:\d{1,4}|"
    r"[〇零一二三四五六七八九十百]{1,7})\s{0,2}号(?:\)|）)?"
)
_ISSUED = re.compile(r"([一-鿿、,，\s]{2,60}?)\s{0,4}(公告|通告|令)(?=\s{0,4}[\d第（(])(.+)")
_BRACKETED = re.compile(
    r"[（(]\s{0,2}([^（()）]{2,12}" + _YEAR + r"\s{0,2}(?:第\s{0,2})?\d{1,5}\s{0,2}号)\s{0,2}[）)]"
)
_RUN_IN = re.compile(
    r"(?:通知|意见|办法|决定|方案|公告|规定|措施|函|批复|[）)])\s{0,3}([一-鿿]{1,12}?"
    + _YEAR
    + r"\s{0,2}\d{1,5}\s{0,2}号)(?![）)》])"
)
_TITLE_BODY = re.compile(r"各[^。，]{1,60}[:：]$|^第一[章条]|^一、|^为")


def find_own_number(manuscript: Manuscript) -> str | None:
    """The document's own number with 〔〕 and without spaces, or None."""
    declared = manuscript.fields.get("number", "")
    found = normalise_number(declared) or _whole_line_number(declared)
    if found:
        return found
    lines = manuscript.head_lines
    if lines and len(lines[0].text) > 120:
        return _run_in_number(lines[0].text)
    before_body = len(_before_body(lines))
    for at, line in enumerate(lines):
        own = _number_of_line(line.text, strict=at >= before_body)
        if own and own.startswith("第") and at:
            own = _with_order_head(lines[at - 1].text, own)
        if own:
            return own
    return None


def _run_in_number(text: str) -> str | None:
    """The number between title and body of a text without lines: …的通知 示发〔2020〕8号 各单位："""
    hit = _RUN_IN.search(text[:400])
    return normalise_number(hit[1]) if hit else None


def _with_order_head(above: str, own: str) -> str | None:
    """第12号 under the line 示例市人民政府令 is 示例市人民政府令第12号; without such a line it is nobody's."""
    head = squeeze(above)
    return head + own if len(head) <= 40 and head.endswith(("令", "公告", "通告")) else None


def normalise_number(text: str) -> str | None:
    """The first 〔year〕 number of a text in one spelling, or None.

    >>> normalise_number("浙政办发 [2024] 第5 号"), normalise_number("国发明电〔2020〕3号")
    ('浙政办发〔2024〕5号', '国发明电〔2020〕3号')
    """
    hit = CITED.search(text[:200])
    if not hit:
        return None
    whole = squeeze(hit[0])
    prefix = re.split(r"[〔\[（(【〈<{]", whole, maxsplit=1)[0]
    return f"{_strip_lead(prefix)}〔{hit[1]}〕{hit[2]}号"


def _strip_lead(prefix: str) -> str:
    """Cut what runs into a number from the left: 浙江省人民政府文件浙政发 -> 浙政发.

    >>> _strip_lead("示例省人民政府文件示政发")
    '示政发'
    """
    for lead in ("文件", "文号", "字号", "根据", "按照", "通知", "依据", "落实", "原", "和", "及", "与"):
        at = prefix.rfind(lead)
        if at >= 0 and len(prefix) > at + len(lead):
            prefix = prefix[at + len(lead) :]
    return prefix


def _before_body(lines: tuple[Line, ...]) -> list[Line]:
    kept: list[Line] = []
    for line in lines[:60]:
        if _TITLE_BODY.search(line.text[:80]) and kept:
            break
        kept.append(line)
    return kept


def _number_of_line(text: str, strict: bool) -> str | None:
    """The number a head line consists of, or (unless strict) ends with behind a letterhead or title."""
    if len(text) > 120 or text.endswith(("。", "；")):
        return None
    whole = _whole_line_number(text)
    if whole:
        return whole
    hit = CITED.search(text)
    if hit and _stands_alone(text, hit):
        return normalise_number(hit[0])
    if strict:
        return None
    bracketed = _BRACKETED.search(text)
    ends = bracketed and bracketed.end() >= len(text) - 1 and "《" not in text
    return normalise_number(bracketed[1]) if bracketed and ends else None


def _stands_alone(text: str, hit: re.Match[str]) -> bool:
    before, after = text[: hit.start()].strip(" \t（(【["), text[hit.end() :].strip(" \t）)】]")
    signer = re.fullmatch(r"签发人[:：]?.{0,12}", after)
    return (not after or bool(signer)) and (not before or before.endswith(("文件", "号:", "号：")))


def _whole_line_number(text: str) -> str | None:
    if len(text) > 50:
        return None
    bare = text.strip().strip("（）()")
    for pattern in (_NOTICE_NUMBER, _ORDER):
        if pattern.fullmatch(bare):
            return one_spelling(bare)
    return None


def one_spelling(number: str) -> str:
    """The number of an announcement or order without spaces but for one between joint issuers.

    >>> one_spelling("财政部、税务总局公告 2023 年第 12 号"), one_spelling("示 例 市人民政府令 第 3 号")
    ('财政部 税务总局公告2023年第12号', '示例市人民政府令第3号')
    """
    hit = _ISSUED.match(number.strip())
    if not hit:
        return squeeze(number)
    joint = bodies_in(hit[1]) or ""
    return (joint.replace("、", " ") or squeeze(hit[1])) + hit[2] + squeeze(hit[3])


def complete_number(number: str | None, authority: str | None, title: str) -> str | None:
    """An announcement's number with all its issuers where the text gives it without some (发文机关 as found).

    >>> complete_number("税务总局公告2023年第12号", "财政部、税务总局", "关于示例的公告")
    '财政部 税务总局公告2023年第12号'
    >>> complete_number("2023年第12号", "示例市税务局", "示例市税务局关于示例的公告")
    '示例市税务局公告2023年第12号'
    """
    if not number or not authority:
        return number
    issuers = authority.split("、")
    if number[0].isdigit() and title.endswith(("公告", "通告")):
        return " ".join(issuers) + title[-2:] + number
    hit = _ISSUED.match(number)
    cut = hit and len(issuers) > 1 and hit[1] == issuers[-1]
    return f"{' '.join(issuers[:-1])} {number}" if cut else number
