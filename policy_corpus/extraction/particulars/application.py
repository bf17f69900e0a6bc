"""The application window of an item out of its sections; called by items.

A document may set several windows, each for some of its matters ("创新券常年受理，其他事项于每年9月申报"); an item
takes the one whose words it shares, else the one that names no matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.particulars.windows import Window, find_periods, find_windows
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.extraction.words.clauses import split_clauses, split_sentences
from policy_corpus.extraction.words.days import Calendar
from policy_corpus.extraction.words.plain import Plain
from policy_corpus.model import ApplicationWindow

_SAYS_NOTHING = re.compile(
    r"申报|申请|受理|办理|事项|时间|集中|企业|单位|其他|其余|项目|资金|年度|每年|常年|政策|本市|本|各|项|期限|截止|日期|为|于|的|自|起|奖补|材料|可|应|请|在|登录|第[一二三四五六七八九十]批次?|首批|轮次?|系统|填报|平台|“|”|[：:，、\d年月日]"
)
_BENEFIT_NOUN = re.compile(r"(?:补贴|补助|奖励|奖补|贴息|资助|支持|返还){1,4}$")
_VALIDITY = re.compile(r"执行(?:期限|时限|时间)|有效期|实施(?:期限|时间)|政策期限|补贴期限")
_APPLY_THEN = re.compile(
    r"申报(?!单位|主体|企业|人)|申请(?!办理|全额|的|人)|受理|提交|报送|报名|登[录陆]|填报|申领|提出|截止|办理(?:申请|申领|认定|备案|手续)|开放|推荐"
)
_NEAR = 24  # characters behind the days that may say what to do by then
_RUNS_UNTIL = re.compile(r"(?:执行|延续|实施|有效期)(?:期限)?(?:延长)?[至到]$")
_OTHERS = re.compile(r"其他|其余")


@dataclass(frozen=True, slots=True)
class _Offer:
    window: Window
    plain: Plain
    topic: str


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows that some sections set, and how long the measures themselves run."""

    offers: tuple[_Offer, ...]
    valid: _Offer | None


def find_offers(sections: Sequence[Section], calendar: Calendar) -> Windows:
    """Every window of the sections; `choose_window` takes the one of a matter."""
    offers = tuple(offer for section in sections for offer in _offers(section, calendar))
    return Windows(offers, _validity(sections, calendar))


def choose_window(
    windows: Windows, calendar: Calendar, matter: str = "", relief: Plain | None = None
) -> ApplicationWindow | None:
    """The window of a matter: online applications before paper, the last of several rounds.

    relief: the sentence of a relief that is enjoyed rather than applied for; its own period is its window. The end
    of the measures' validity (执行期限, 有效期) is no deadline, but nothing stays open beyond it.
    """
    offers = _for_matter(windows.offers, matter)
    valid = windows.valid or (_period_of(relief, calendar) if relief else None)
    if not offers:
        return _as_window(valid, valid.window.closes) if valid else None
    dated = [offer for offer in offers if offer.window.closes is not None]
    online = [offer for offer in dated if offer.window.online]
    chosen = max(online or dated, key=_closing) if dated else offers[0]
    closes = chosen.window.closes
    if closes is None and (chosen.window.always or chosen.window.opens):
        ends = [day for day in (calendar.until, valid and valid.window.closes) if day]
        closes = min(ends, default=None)
    return _as_window(chosen, closes)


def _as_window(offer: _Offer, closes: date | None) -> ApplicationWindow:
    window = offer.window
    span = offer.plain.span(window.start, window.end)
    return ApplicationWindow(span, window.opens, closes, window.always, window.yearly)


def _validity(sections: Iterable[Section], calendar: Calendar) -> _Offer | None:
    """How long the measures themselves run: a field such as 执行期限."""
    for section in sections:
        if _VALIDITY.search(_heading_over(section)):
            found = find_periods(section.plain.text, calendar)
            if found:
                return _Offer(found[0], section.plain, "")
    return None


def _period_of(relief: Plain, calendar: Calendar) -> _Offer | None:
    """The days at the head of the sentence of a relief."""
    found = [one for one in find_periods(relief.text, calendar) if one.closes and _runs(relief.text, one)]
    return _Offer(found[0], relief, "") if found else None


def _runs(sentence: str, period: Window) -> bool:
    """Whether a period is that of the whole relief: at its head, or behind 执行至."""
    return period.start <= 2 or bool(_RUNS_UNTIL.search(sentence[: period.start]))


def _closing(offer: _Offer) -> date:
    return offer.window.closes or date.min


def _offers(section: Section, calendar: Calendar) -> Iterable[_Offer]:
    if section.role in (Role.BASIS, Role.MATERIALS, Role.CONDITIONS):
        return
    heading = _heading_over(section)
    if _VALIDITY.search(heading):
        return
    for start, end in split_sentences(section.plain.text):
        plain = section.plain.cut(start, end)
        for window in find_windows(plain.text, calendar, heading):
            if not heading and not window.always and not _says_apply(plain.text, window):
                continue  # 2月9日起至2月29日，网上申请办理发票寄递免收邮寄费: the days of something else
            yield _Offer(window, plain, _topic(plain.text, window))


def _says_apply(sentence: str, window: Window) -> bool:
    """Whether the words right before or behind the days call for an application."""
    before = _topic(sentence, window)[-16:]
    if before.endswith(("与", "较", "比")):
        return False  # 与2019年12月底相比
    return bool(_APPLY_THEN.search(before + sentence[window.start : window.end + _NEAR]))


def _heading_over(section: Section) -> str:
    """The headings on times that a section stands under, its own and those above; "" elsewhere."""
    if section.role is not Role.WINDOW:
        return ""
    above = (one.heading for one in (section, *section.ancestors()) if one.role is Role.WINDOW)
    return "：".join(filter(None, above)) or "时间"


def _topic(sentence: str, window: Window) -> str:
    """What a window is for: the words of its clause before it."""
    for start, end in split_clauses(sentence):
        if start <= window.start < end:
            return sentence[start : window.start]
    return ""


def _for_matter(offers: Sequence[_Offer], matter: str) -> Sequence[_Offer]:
    """The offers that name the matter; else those that name none; else none, for they are for other matters."""
    if len(offers) < 2 or not matter:
        return offers
    shared = {topic: _shares(topic, matter) for topic in {offer.topic for offer in offers}}
    best = max(shared.values())
    if best:
        return [offer for offer in offers if shared[offer.topic] == best]
    return [
        offer
        for offer in offers
        if _OTHERS.search(offer.topic) or len(_SAYS_NOTHING.sub("", offer.topic)) < 2
    ]


def _shares(topic: str, matter: str) -> int:
    """The length of the longest name in the topic that the matter contains, benefit nouns aside (人才补贴 -> 人才)."""
    if _OTHERS.search(topic):
        return 0
    longest = 0
    for piece in _SAYS_NOTHING.sub(" ", topic).replace("、", " ").split():
        name = _BENEFIT_NOUN.sub("", piece)
        name = name if len(name) >= 2 else piece
        if len(name) >= 2 and name in matter:
            longest = max(longest, len(name))
    return longest
