"""When one can apply: "申报截止", "自…起至…", "每年3月", "常年受理" -> an application window; called by items and prediction.

A date without a year takes the year of the document where that is certain, otherwise it stays open. Dates by which
departments report to each other, subsidised periods and the validity of the policy are no windows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DAY = r"(?:(?P<y{n}>\d{{4}})(?:年|[./-]))?(?P<m{n}>\d{{1,2}})(?:月|[./-])(?P<d{n}>\d{{1,2}})日?"
_FROM_TO = re.compile(
    _DAY.format(n=1) + r"(?:（[^）]{1,6}）)?(?:起)?(?:至|到|—|－|–|-|~|～){1,2}" + _DAY.format(n=2)
)
_UNTIL = re.compile(
    _DAY.format(n=1)
    + r"(?:（[^）]{1,6}）)?(?:\d{1,2}[：时点](?:\d{2})?分?(?:时)?)?(?:以?前|之前|止|截止|截至|（含）)?"
)
_ALWAYS = re.compile(
    r"常年(?:受理|申报|接受)|全年(?:受理|可申报)|随时(?:受理|申报)|长期(?:有效|受理)|即时(?:受理|申报)"
)
_APPLY = re.compile(r"申报|申请|受理|报送|提交|填报|办理|报名|截止|截至|登[陆录]|预申报")
_DUE = re.compile(r"截止|截至|前|止|至|到|—|-|～")
_NOT_APPLY = re.compile(
    r"各(?:区|县|市|镇街|园区|级)[^，。]{0,16}(?:于|应|汇总|上报)|汇总(?:上报|报送)|复工|缴费期|补贴期|专利申请日|授权公告日|公示|施行|有效期|执行期|成立|注册(?!登)|之前注册|审核时间|查验材料|建档|纸质|书面材料|缓缴|征收期|到期|申请日在|开工|签订|投入实施|缴至|审核完成|市局|贷款合同"
)
_ONLINE = re.compile(r"网上|系统|平台|网络|线上")


@dataclass(frozen=True, slots=True)
class Window:
    """A window at text[start:end]."""

    start: int
    end: int
    opens: date | None
    closes: date | None
    always: bool = False
    online: bool = False


def find_windows(text: str, year: int | None) -> list[Window]:
    """Application windows in one sentence. year: of the document, None if not known.

    >>> [str(w.closes) for w in find_windows("请于8月15日前登录平台提交材料", 2026)]
    ['2026-08-15']
    >>> find_windows("请于8月15日前登录平台提交材料", None)[0].closes is None
    True
    """
    always = _ALWAYS.search(text)
    if always:
        return [Window(always.start(), always.end(), None, None, always=True)]
    if not _APPLY.search(text) or not _DUE.search(text) or _NOT_APPLY.search(text):
        return []
    online = bool(_ONLINE.search(text))
    found = [_window(m, _day(m, 1, year), _day(m, 2, year, m["y1"]), online) for m in _FROM_TO.finditer(text)]
    if found:
        return found
    return [_window(m, None, _day(m, 1, year), online) for m in _UNTIL.finditer(text) if _ends(text, m)]


def _ends(text: str, match: re.Match[str]) -> bool:
    if re.search(r"(?:前|止|截至|截止)$", match[0]) or re.match(
        r"[^，。；]{0,4}(?:前|止)", text[match.end() :]
    ):
        return True
    return bool(re.search(r"(?:截[止至](?:时间|日期)?|期限)[^，。；]{0,6}$", text[: match.start()]))


def _window(match: re.Match[str], opens: date | None, closes: date | None, online: bool) -> Window:
    return Window(match.start(), match.end(), opens, closes, online=online)


def _day(match: re.Match[str], which: int, year: int | None, fallback: str | None = None) -> date | None:
    written = match[f"y{which}"] or fallback
    number = int(written) if written else year
    if number is None:
        return None
    try:
        return date(number, int(match[f"m{which}"]), int(match[f"d{which}"]))
    except ValueError:
        return None
