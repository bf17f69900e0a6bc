"""Materials, department, contacts, channel and 免申即享 of a document or section; called by items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_corpus.extraction.clauses import split_sentences
from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.outline import Section
from policy_corpus.extraction.plain import Plain
from policy_corpus.model import Quoted

_PHONE = re.compile(
    r"(?<![\d.])(?:0\d{2,3}[-—－ ]?\d{7,8}(?:-\d{1,5})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}|[2-9]\d{6,7}|12345|12366|12333)(?![\d.])"
)
_PHONE_NEAR = re.compile(r"电话|联系|咨询|热线|传真")
_RESPONSIBLE = re.compile(r"（(?:责任|牵头|实施)(?:单位|部门)：(?P<who>[^）；;]{2,80})")
_CHANNEL = re.compile(
    r"(?:登[录陆]|通过|在|访问)(?P<words>[“《]?[^，。；]{2,40}(?:平台|系统|网|网站|专窗|窗口|小程序|公众号|APP)[”》]?)"
)
_NO_APPLICATION = re.compile(r"免申即享|无需申[报请]|无须申[报请]|不需(?:要)?(?:企业)?申[报请]|免申请")
MOST_MATERIALS = 40


def find_materials(sections: Iterator[Section]) -> tuple[Quoted, ...]:
    """The lines under material headings, one each."""
    found: list[Quoted] = []
    for section in sections:
        if section.role is Role.MATERIALS and section.plain.text and not section.plain.text.endswith("："):
            for start, end in split_sentences(section.plain.text):
                words = section.plain.text[start:end]
                if 3 <= len(words) <= 120 and len(found) < MOST_MATERIALS:
                    found.append(Quoted(words, section.plain.span(start, end)))
    return tuple(found)


def find_contacts(sections: Iterator[Section]) -> tuple[Quoted, ...]:
    """Telephone numbers beside a word that says so, or under a contact heading."""
    found: dict[str, Quoted] = {}
    for section in sections:
        text = section.plain.text
        if section.role is not Role.CONTACT and not _PHONE_NEAR.search(text):
            continue
        for match in _PHONE.finditer(text):
            near = text[max(0, match.start() - 30) : match.start()]
            if section.role is Role.CONTACT or _PHONE_NEAR.search(near):
                found.setdefault(match[0], Quoted(match[0], section.plain.span(match.start(), match.end())))
    return tuple(found.values())


def find_responsible(plain: Plain) -> Quoted | None:
    """The department named in brackets behind a measure (责任单位：…)."""
    match = _RESPONSIBLE.search(plain.text)
    return Quoted(match["who"], plain.span(match.start("who"), match.end("who"))) if match else None


def find_department(sections: Iterator[Section]) -> Quoted | None:
    """The department that a card or a heading names."""
    for section in sections:
        if section.role is Role.DEPARTMENT and 2 <= len(section.plain.text) <= 60:
            return Quoted(section.plain.text, section.plain.span(0, len(section.plain.text)))
    return None


def find_channel(sections: Iterator[Section]) -> Quoted | None:
    """Where one applies: a platform, a site, a window."""
    for section in sections:
        if section.role not in (Role.PROCESS, Role.WINDOW, Role.OPEN, Role.MATERIALS):
            continue
        match = _CHANNEL.search(section.plain.text[:2000])
        if match and re.search("申报|申请|填报|提交|办理", section.plain.text[:2000]):
            return Quoted(match["words"], section.plain.span(match.start("words"), match.end("words")))
    return None


def needs_no_application(text: str) -> bool:
    """Whether the words promise the benefit without an application (免申即享)."""
    return bool(_NO_APPLICATION.search(text))
