"""What an applicant must hand in (申报材料): the lines under material headings and lists inside a sentence; called by contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.extraction.words.clauses import split_sentences
from policy_corpus.model import Quoted

MOST_MATERIALS = 40
_LONGEST = 120
# "提交下列材料：营业执照；审计报告。"
_INLINE = re.compile(
    r"(?:提交|提供|报送|携带|准备|上传|附)[^，。；：]{0,16}(?:材料|资料|文件|证明)(?:清单|目录)?(?:包括|如下|为|有)?："
)
# Headings, and sentences on how to bind, send and answer for the papers, name none of them.
_NO_MATERIAL = re.compile(
    r"(?:材料|资料|文件|要求|清单|目录|如下|包括|以下)：?$|装订|一式|[报寄]送(?:至|到)|送(?:至|交)|不予受理|逾期|异议|收到|份数|截止|时间安排|即日起|不得|另行|如实|真实性|完整性|复核|审核(?!意见|表|证)|"
    r"^(?:各|请|申报单位|申请单位|申请人|申报企业|企业|单位|申报人)[^，]{0,12}(?:应|须|需|将|按|对)|^(?:注|备注|说明)[：1]|查阅|调阅|复制被|\d{4}年\d{1,2}月\d{1,2}日[至到]"
)
_MARK = re.compile(r"^(?:[（]?\d{1,2}[）.、．]|[①-⑩]|[（]?[一二三四五六七八九十]{1,2}[）、])")
_BRACKETS = re.compile(r"（[^（）]{0,80}）")


def find_materials(sections: Iterable[Section]) -> tuple[Quoted, ...]:
    """The papers to hand in, one each, at most 40, in the order of the text."""
    found: dict[str, Quoted] = {}
    for section in sections:
        for start, end in _pieces(section):
            words = section.plain.text[start:end]
            if len(found) < MOST_MATERIALS:
                found.setdefault(words, Quoted(words, section.plain.span(start, end)))
    return tuple(found.values())


def _pieces(section: Section) -> Iterator[tuple[int, int]]:
    """Where the names of papers stand in a section's own words."""
    text = section.plain.text
    inline = _INLINE.search(text) if section.role in (Role.OPEN, Role.PROCESS, Role.MATERIALS) else None
    if inline:
        stop = text.find("。", inline.end())
        yield from _listed(text, inline.end(), stop if stop >= 0 else len(text))
    elif section.role is Role.MATERIALS and not (section.children and text == section.heading):
        yield from _listed(text, 0, len(text))


def _listed(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    for start, end in split_sentences(text[begin:stop]):
        for a, b in _at_commas(text, begin + start, begin + end):
            mark = _MARK.match(text[a:b])
            a += mark.end() if mark else 0
            words = text[a:b]
            if 3 <= len(words) <= _LONGEST and not _NO_MATERIAL.search(words):
                yield a, b


def _at_commas(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "营业执照、审计报告、纳税证明" is three papers; longer phrases stay whole."""
    hidden = _BRACKETS.sub(lambda m: "口" * len(m[0]), text[start:end])
    names = hidden.split("、")
    if len(names) < 3 or "，" in hidden or not all(3 <= len(name) <= 24 for name in names):
        yield start, end
        return
    for name in names:
        yield start, start + len(name)
        start += len(name) + 1
