"""Find when a document was made, published, takes effect and lapses (成文, 发布, 施行, 失效日期).

Only statements whose subject is the document itself count (本办法…, or 自印发之日起施行，有效期5年): the
validity of a certificate inside it does not. What cannot be resolved to a day is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from policy_corpus.describing import dates
from policy_corpus.describing.authorities import closing_date
from policy_corpus.describing.manuscript import Manuscript, is_label

_SELF = (
    r"(?:本|该|此)(?:实施|管理|暂行|试行|若干|指导|操作|工作|优惠|扶持|奖励|行动){0,2}"
    r"(?:办法|细则|规定|措施|政策|意见|通知|条例|法|方案|决定|指南|公告|通告|规程|规则|文件|标准|若干|"
    r"制度|计划|清单)"
)
_SUBJECT = re.compile(_SELF)
_START = re.compile(r"(?:施行|实施|执行|生效|实行|起效|试行)")
_START_DAY = re.compile(r"(?:自|从|于)?[^。；，,自从]{0,6}$")
_FROM_ISSUE = re.compile(
    r"自?(?:印发|发布|公布|颁布|发文|下发|签发|公告|通过|批准)(?:之日|当日|"
    r"日)起?(?:满)?(?:的?第?\s{0,2}([\d一二三四五六七八九十]{1,3})\s{0,2}(?:个)?(日|天|月|工作日)(?:后|"
    r"起)?)?(?:起)?"
)
_SUNSET = re.compile(
    r"有效期(?:限)?(?:至|到|截止至?|截至|延长至|调整至|延续至|延长到)\s{0,2}([^，。；,;）)]{6,16})|"
    r"(?:执行|实施|施行|有效|试行|延续|延长执行|适用|延长)(?:期|期限|时间|有效期)?(?:到|至|截止至?|截至|"
    r"截止到)\s{0,2}((?:19|20|二)[^，。；,;）)]{4,14})|"
    r"至\s{0,2}(20[^，。；,;至]{5,14}?)(?:止|废止|失效)|"
    r"((?:19|20)\d{2}年(?:底|年底|末))前有效"
)
_TERM = re.compile(
    r"(?:有效期(?:限)?|试行期(?:限)?|试行|暂定|执行期(?:限)?|实施期(?:限)?|施行期(?:限)?|政策期(?:限)?|"
    r"执行期为?)(?:暂定|为|是|：|:)?\s{0,2}([\d一二两三四五六七八九十]{1,3})\s{0,2}(?:个)?(年|月)(?!\d)"
)
_OTHER_PERIOD = re.compile(r"申报|受理|项目|申请|征收|纳税|活动|合同|补贴|奖励|缴费")
_OF_ANOTHER = re.compile(r"》[^，。《]{0,30}有效期")  # 《X》的有效期延长至…: another document's term
_SENTENCE = re.compile(r"[^。；;\n]{1,400}")
_FOREIGN = re.compile(
    r"证书|执照|备案|许可|凭证|资质|牌|合同|称号|登记|评估结果|居住证|评定|专利|保单|信息卡|优待卡|承诺"
)
_ADOPTION = re.compile(r"通过|发布|公布|批准|颁布|修订|修正|修改")
_SIGNED_LINE = 100
_BARE_DAY = re.compile(r"20\d{2}-\d{1,2}-\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?")
_PAGE_WORDS = ("来源", "发布", "浏览", "分享", "字体", "【字体", "信息来源", "作者")
_BEGINS = re.compile(r"自[^，。；]{6,16}起[^，。；]{0,6}(?:施行|实施|执行)[，,][^，。；]{0,4}有效期")


@dataclass(frozen=True, slots=True)
class Dates:
    """The four dates of a document; effective_until is its last day, inclusive."""

    dated_on: date | None = None
    published_on: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None


def find_dates_of(manuscript: Manuscript) -> Dates:
    """The dates of a document, from its fields, its signature or adoption lines, and its closing articles."""
    declared = manuscript.fields
    dated = dates.parse_date(declared.get("dated", "")) or _signed_on(manuscript) or _adopted_on(manuscript)
    published = dates.parse_date(declared.get("published", "")) or _posted_on(manuscript)
    statements = tuple(_statements(manuscript.folded))
    enacted = _adopted_on(manuscript, amended=False) or dated
    effective = dates.parse_date(declared.get("effective", "")) or _effective(statements, enacted, published)
    unresolved = effective is None and any(_FROM_ISSUE.search(sentence) for sentence in statements)
    start = effective or (None if unresolved else dated or published)
    until = _declared_end(declared.get("until", ""), start) or _end(statements, start)
    return Dates(dated, published, effective, until if not (until and start and until < start) else None)


def _signed_on(manuscript: Manuscript) -> date | None:
    """The first date that ends a line by itself or behind a name; else the last words of a text without lines."""
    found = list(_dated_lines(manuscript))
    written = next((day for text, day in found if not _BARE_DAY.fullmatch(text)), None)
    if written or found:
        return written or found[0][1]  # 2024-03-05 alone is as a rule the day of the page
    closing = manuscript.tail.rstrip()[-120:]
    late = [found for found in dates.find_dates(closing) if found.exact]
    ends = (
        late and len(closing) - late[-1].end <= 30 and re.match(r"[)）\s。]|附件|$", closing[late[-1].end :])
    )
    return late[-1].first if ends and re.search(r"[一-鿿]\s{0,80}$", closing[: late[-1].start]) else None


def _dated_lines(manuscript: Manuscript) -> Iterator[tuple[str, date]]:
    """Short lines that are a date or a name with a date, and no value of a field."""
    for above, line in pairwise(manuscript.lines):
        labelled = (
            is_label(above.text) and line.text[:1].isdigit()
        )  # 发布日期 on one line, the day on the next
        day = closing_date(line.text) if len(line.text) <= _SIGNED_LINE and not labelled else None
        if day:
            yield line.text, day


def _posted_on(manuscript: Manuscript) -> date | None:
    """The day that a page puts under its title, bare and above 来源: when the site published it."""
    for line, below in pairwise(manuscript.head_lines):
        if _BARE_DAY.fullmatch(line.text) and below.text.startswith(_PAGE_WORDS):
            return dates.parse_date(line.text)
    return None


def _adopted_on(manuscript: Manuscript, amended: bool = True) -> date | None:
    """The latest day of the adoption lines under a law's title, with or without those of amendments."""
    found = []
    for line in manuscript.lines[1:12]:
        text = line.text[:120].lstrip("（(")
        day = next(dates.find_dates(text), None)
        counts = _ADOPTION.search(text) and (amended or not re.search(r"修正|修改|决定》", text))
        if day and day.exact and day.start == 0 and counts:
            found.append(day.first)
    return max(found, default=None)


def _statements(folded: str) -> list[str]:
    """The sentences that speak of effect or term, with those of the same paragraph that go on from them."""
    kept = []
    for paragraph in folded.split("\n"):
        if not re.search(r"施行|实施|执行|有效|生效|试行|暂定|实行", paragraph):
            continue
        kept += [hit[0].strip() for hit in _SENTENCE.finditer(paragraph) if _is_about_itself(hit[0])]
    return kept


def _is_about_itself(sentence: str) -> bool:
    if _SUBJECT.search(sentence):
        return bool(_START.search(sentence) or _TERM.search(sentence) or _SUNSET.search(sentence))
    issued = _FROM_ISSUE.search(sentence) and _START.search(sentence)
    opens = re.match(
        r"\s{0,4}(?:第?[一二三四五六七八九十百]{1,5}[、条]\s{0,4})?(?:自|从|有效期|执行期|实施期|政策期|"
        r"试行期|20\d{2})",
        sentence,
    )
    opens = opens or _BEGINS.search(sentence)
    return bool((issued or opens) and not _FOREIGN.search(sentence)) and len(sentence) <= 160


def _effective(statements: tuple[str, ...], dated: date | None, published: date | None) -> date | None:
    for sentence in reversed(statements):
        found = _named_start(sentence) or _counted_start(sentence, dated, published)
        if found:
            return found
    return None


def _period(sentence: str) -> tuple[date, date] | None:
    """有效期为2024年1月1日至2025年12月31日; 自2024年1月1日起至2025年12月31日止执行."""
    for first, last in pairwise(dates.find_dates(sentence)):
        between, before = sentence[first.end : last.start], sentence[max(0, first.start - 14) : first.start]
        after = sentence[last.end : last.end + 8]
        spans = re.fullmatch(r"\s{0,2}(?:起|日起|开始)?\s{0,2}(?:至|到|-|—|--|——|~|～)\s{0,2}", between)
        named = re.search(r"(?:有效|执行|实施|施行|试行|政策)(?:期限?|时间)[^，。]{0,4}$", before)
        done = re.match(r"\s{0,2}(?:止|期间)?\s{0,2}(?:施行|执行|有效|实施|试行)", after)
        if spans and first.exact and (named or done) and not _OTHER_PERIOD.search(sentence[: first.start]):
            return first.first, last.last
    return None


def _named_start(sentence: str) -> date | None:
    """自2024年3月1日起施行 in a sentence that does not speak of another paper (《X》自…起废止)."""
    period = _period(sentence)
    if period:
        return period[0]
    for found in dates.find_dates(sentence):
        if not found.exact:
            continue
        before, after = sentence[: found.start], sentence[found.end : found.end + 16]
        mine = _SUBJECT.search(before) or not re.search(r"[一-鿿]{8,}", before)
        opens = re.match(
            r"\s{0,2}(?:之日|日)?(?:起|开始|正式){0,3}(?:试行)?(?:施行|实施|执行|生效|实行|试行)", after
        )
        if opens and mine and "》" not in before[-6:]:
            return found.first
    return None


def _counted_start(sentence: str, dated: date | None, published: date | None) -> date | None:
    hit = _FROM_ISSUE.search(sentence)
    if not hit or not re.match(r"[^。，]{0,8}(?:施行|实施|执行|生效|实行|试行|有效)", sentence[hit.end() :]):
        return None
    by_signature = re.search(r"印发|签发|下发|发文", hit[0])
    base = (dated or published) if by_signature else (published or dated)
    count = dates.number(hit[1]) if hit[1] else None
    if base is None or hit[1] is None:
        return base
    if count is None or hit[2] == "工作日":  # working days need a calendar of holidays: not told
        return None
    return dates.add_months(base, count) if hit[2] == "月" else base + timedelta(days=count)


def _declared_end(value: str, start: date | None) -> date | None:
    if not value:
        return None
    later = value.rsplit("至", 1)[-1]
    return dates.parse_last_day(later) or (_counted_end("有效期" + value.removeprefix("有效期"), start))


def _end(statements: tuple[str, ...], start: date | None) -> date | None:
    for sentence in reversed(statements):
        if _OF_ANOTHER.search(sentence) and "重新" not in sentence:
            continue
        found = _named_end(sentence) or _counted_end(sentence, start)
        if found:
            return found
    return None


def _named_end(sentence: str) -> date | None:
    period = _period(sentence)
    if period:
        return period[1]
    hit = _SUNSET.search(sentence)
    words = next((group for group in hit.groups() if group), "") if hit else ""
    return dates.parse_last_day(words + ("前" if words.endswith(("底", "末")) else "")) if words else None


def _counted_end(sentence: str, start: date | None) -> date | None:
    hit = _TERM.search(sentence)
    count = dates.number(hit[1]) if hit else None
    if not hit or not count or start is None:
        return None
    return dates.last_day_of_term(start, count * (12 if hit[2] == "年" else 1))
