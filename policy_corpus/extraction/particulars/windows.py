"""When one can apply: "申报截止", "自…起至…", "每年3月", "常年受理" -> application windows; called by application and prediction.

A date without a year takes the year of the document where that is certain, otherwise it stays open. Dates by which
departments report to each other, subsidised periods and the validity of the policy are no windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from policy_corpus.extraction.words.clauses import split_clauses
from policy_corpus.extraction.words.days import (
    FIRST_YEAR,
    FROM,
    FROM_ISSUE,
    FROM_TO,
    MONTHS,
    SEASON,
    SEVERAL_MONTHS,
    TERM_FROM_ISSUE,
    UNTIL,
    Calendar,
    day_of,
    last_of,
    make_day,
    season,
    term_end,
)

_YEARLY = re.compile(r"每年(?:度)?的?$")
_ALWAYS = re.compile(
    r"(?:常年|全年|随时|长期)(?:可|均可|可以|开放|滚动)?(?:受理|申报|接受|申请|办理|申领)|长期有效|即时(?:受理|申报)|(?:不限|不设)(?:定)?(?:申报|受理)?(?:时间|期限)|"
    r"(?:申[报请领]|受理|办理)(?:时间|期限)?(?:为|：)(?:常年|长期|全年|不限|随时)"
)
_ALWAYS_ALONE = re.compile(r"(?:常年|长期|全年|随时|不限|全年开放|工作日|法定工作日)(?:[（，].{0,40})?")
_APPLY = re.compile(r"申报|申请|受理|报送|提交|填报|办理|报名|截止|截至|登[陆录]|预申报|申领")
# Words beside which a bare month or quarter is the time to apply.
_CALLS = re.compile(
    r"(?:申[报请领]|受理|报名|办理)(?:时间|期限|期|截止|日期)|集中(?:申报|受理|办理)|(?:开展|组织|启动|开始)[^，。；]{0,10}(?:申报|受理)|(?:申报|申请|受理|报名)截止|"
    r"(?:内|份|度|月|前)(?:可|应|统一|集中|按规定|向[^，。；]{2,16})?(?:申报|受理|申请|提交|提出)"
)
_DUE = re.compile(r"截止|截至|前|止|至|到|—|-|～|~|–|起|每年|内")
_NOT_APPLY = re.compile(
    r"各(?:区|县|市|镇街|园区|级)[^，。]{0,16}(?:于|应|汇总|上报)|汇总(?:上报|报送)|复工|缴费期|补贴期|专利申请日|授权公告日|公示|施行|有效期|执行期|"
    r"纳税申报|申报纳税|申报缴?纳?税|缴费期|披露|审核、提交|审核结果|年度?报告|健康申报|成立|(?<![站台统网》”）])(?<!如已)注册(?!登|账|用户)|之前注册|审核时间|查验材料|建档|纸质|书面材料|缓缴|征收期|到期|申请日在|开工|签订|投入实施|缴至|审核完成|市局|贷款合同|期间(?:获得|发生|签订|完成|新增)"
)
# "2026年1月1日至12月31日期间新认定": a time in which something is to happen.
_DURING = re.compile(r"(?:期间|内|之间)(?![^，。；]{0,8}(?:申报|申请|提交|登[录陆]|报名|受理|办理|填报))")
_ONLINE = re.compile(r"网上|系统|平台|网络|线上")
_LAST_DAY_BEFORE = re.compile(
    r"(?:截止(?:时间|日期|日)?|截至(?:时间|日期)?|(?:申报|受理|报名|申请)截至|期限|起至|起到|延长至)[^，。；]{0,6}$"
)
_PUBLISHED = re.compile(r"(?:左右|前后|初|底)?(?:公布|公示|发布)")
_TO_BEFORE = re.compile(r"(?:起)?(?:至|到)$")


@dataclass(frozen=True, slots=True)
class Window:
    """A window at text[start:end]."""

    start: int
    end: int
    opens: date | None
    closes: date | None
    always: bool = False
    yearly: bool = False
    online: bool = False


def find_windows(text: str, calendar: Calendar, heading: str = "") -> list[Window]:
    """Application windows in one sentence, in the order of its words.

    heading: of a section on times (申报时间), where any period counts; "" elsewhere.

    >>> [str(w.closes) for w in find_windows("请于8月15日前登录平台提交材料", Calendar(2026))]
    ['2026-08-15']
    >>> find_windows("请于8月15日前登录平台提交材料", Calendar(None))[0].closes is None
    True
    >>> [(str(w.opens), str(w.closes), w.yearly) for w in find_windows("每年11月1日至12月31日集中申报", Calendar(2025))]
    [('2025-11-01', '2025-12-31', True)]
    """
    found = [Window(m.start(), m.end(), None, None, always=True) for m in _ALWAYS.finditer(text)]
    if heading and not found and _ALWAYS_ALONE.fullmatch(text):
        found.append(Window(0, len(text), None, None, always=True))
    if not _NOT_APPLY.search(text):
        found += _speaking(text, calendar, heading)
    else:  # what is no window may stand beside one: "12月5日前提交纸质材料，网上申报截止时间为11月30日"
        for start, end in split_clauses(text):
            clause = text[start:end]
            if not _NOT_APPLY.search(clause):
                found += [
                    replace(one, start=one.start + start, end=one.end + start)
                    for one in _speaking(clause, calendar, heading)
                ]
    return sorted(found, key=lambda one: one.start)


def find_periods(text: str, calendar: Calendar) -> list[Window]:
    """The days from and to which measures run ("自2026年1月1日起至2027年12月31日", "至2027年12月31日")."""
    found = [_period(text, match, calendar) for match in FROM_TO.finditer(text)]
    if found:
        return found
    ends = [m for m in UNTIL.finditer(text) if _ends(text, m) or _TO_BEFORE.search(text[: m.start()])]
    return [Window(match.start(), match.end(), None, day_of(match, 1, calendar)) for match in ends]


def _speaking(text: str, calendar: Calendar, heading: str) -> list[Window]:
    if not heading and not (_APPLY.search(text) and (_DUE.search(text) or _CALLS.search(text))):
        return []
    online = bool(_ONLINE.search(text))
    return [replace(one, online=online) for one in _dated(text, calendar, heading)]


def _dated(text: str, calendar: Calendar, heading: str) -> Iterator[Window]:
    """Periods of days first, then single days, then terms from the publication, then months and quarters."""
    periods = [match for match in FROM_TO.finditer(text) if not _DURING.match(text, match.end())]
    yield from (_period(text, match, calendar) for match in periods)
    found: list[Window] = [] if periods else [*_bounded(text, calendar, heading)]
    if not periods and not found:
        called = bool(
            _CALLS.search(f"{heading}：{text}")
        )  # 时间：2026年6月 alone says no more than since when
        found = [one for one in _of_months(text, calendar) if called or (heading and one.yearly)]
    yield from found


def _bounded(text: str, calendar: Calendar, heading: str) -> Iterator[Window]:
    """ "自…起", "…前", "自发布之日起…日内"; under 截止时间 the day alone."""
    term = TERM_FROM_ISSUE.search(text)
    if term:
        yield Window(term.start(), term.end(), calendar.published, term_end(calendar.published, term))
        return
    inside = [match.span() for match in FROM_TO.finditer(text)]
    ends = [
        m for m in UNTIL.finditer(text) if _ends(text, m) and not any(a <= m.start() < b for a, b in inside)
    ]
    if not ends and "截止" in heading and (alone := UNTIL.match(text)):
        ends = [alone]
    first, issued = FROM.search(text), FROM_ISSUE.search(text)
    opens = day_of(first, 1, calendar) if first else calendar.published if issued else None
    for match in ends:
        closes = day_of(match, 1, calendar)
        begins = opens if opens and (closes is None or opens <= closes) else None
        words = (first or issued) if begins else None
        start = min(match.start(), words.start()) if words else match.start()
        yield Window(start, match.end(), begins, closes)
    if first and not ends and not any(a <= first.start() < b for a, b in inside):
        yield Window(first.start(), first.end(), opens, None)


def _of_months(text: str, calendar: Calendar) -> Iterator[Window]:
    if SEVERAL_MONTHS.search(text):  # more rounds than one window can tell: its days stay open
        for match in SEVERAL_MONTHS.finditer(text):
            yield Window(match.start(), match.end(), None, None)
        return
    for match in SEASON.finditer(text):
        year = int(match["y1"]) if match["y1"] else calendar.year or FIRST_YEAR
        opens, closes = season(match["part"], year)
        yield Window(match.start(), match.end(), opens, closes, yearly=bool(match["every"]))
    for match in MONTHS.finditer(text):
        every = bool(match["every"]) or "每年" in text[: match.start()]
        if _PUBLISHED.match(text, match.end()):
            continue  # 每年3月左右公布，4月左右申报
        if every or match["y1"] or match["m2"] or match["end"]:
            yield _whole_months(match, calendar, every)


def _period(text: str, match: re.Match[str], calendar: Calendar) -> Window:
    yearly = bool(_YEARLY.search(text[max(0, match.start() - 8) : match.start()]))
    if yearly:
        calendar = Calendar(calendar.year or FIRST_YEAR)
    opens, closes = day_of(match, 1, calendar), day_of(match, 2, calendar, match["y1"])
    if opens and closes and closes < opens and not match["y2"]:
        closes = make_day(closes.year + 1, closes.month, closes.day)  # 11月15日至1月15日
    return Window(match.start(), match.end(), opens, closes, yearly=yearly)


def _whole_months(match: re.Match[str], calendar: Calendar, yearly: bool) -> Window:
    written = int(match["y1"]) if match["y1"] else calendar.year or (FIRST_YEAR if yearly else None)
    first, last = int(match["m1"]), int(match["m2"] or match["m1"])
    if written is None:
        return Window(match.start(), match.end(), None, None)
    until = int(match["y2"]) if match["y2"] else written + (last < first)
    opens = None if match["end"] and not match["m2"] else make_day(written, first, 1)
    return Window(match.start(), match.end(), opens, last_of(until, last), yearly=yearly)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the day is the last one: "…前", "截止时间为…", "起至…", but not "截至…" of a state of things."""
    before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() :]
    if re.search(r"(?:前|止)$", match[0]) or re.match(r"[^，。；]{0,4}(?:前|止)", after):
        return True
    if re.search(r"截[至止]$", before):  # 截至2026年9月20日获评: no day to apply until
        return bool(re.search(r"(?:申报|受理|报名|申请|时间|日期|批次?|轮)截[至止]$", before))
    return bool(_LAST_DAY_BEFORE.search(before) or (_TO_BEFORE.search(before) and FROM_ISSUE.search(text)))
