"""What the items of a programme share: its windows, materials, department, contacts and channel; called by items.

A programme is the nearest section above an item that speaks of how to apply, else the whole document. Its sections are
read once, however many items stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.particulars import contacts as particulars
from policy_corpus.extraction.particulars.application import Windows, find_offers
from policy_corpus.extraction.structure.outline import ROW, Section
from policy_corpus.extraction.words.days import Calendar
from policy_corpus.model import Quoted

_HOW_TO_APPLY = (Role.MATERIALS, Role.WINDOW, Role.CONTACT, Role.PROCESS)


@dataclass(frozen=True, slots=True)
class Programme:
    """What the sections of a programme say of applying. no_application: its way of applying is 免申即享."""

    windows: Windows
    materials: tuple[Quoted, ...]
    department: Quoted | None
    contacts: tuple[Quoted, ...]
    channel: Quoted | None
    no_application: bool


class Programmes:
    """The programmes of one document, each read when it is first asked for."""

    def __init__(self, root: Section, calendar: Calendar) -> None:
        """Note which sections speak of how to apply, in themselves or below."""
        self._root, self._calendar = root, calendar
        self._read: dict[int, Programme] = {}
        self._speaking = {
            id(one)
            for section in root.walk()
            if section.role in _HOW_TO_APPLY
            for one in (section, *section.ancestors())
        }

    def of(self, section: Section) -> Programme:
        """The programme that an item of this section belongs to."""
        above = next((one for one in section.ancestors() if self._is_whole(one)), self._root)
        if id(above) not in self._read:
            self._read[id(above)] = _read(above, self._calendar)
        return self._read[id(above)]

    def _is_whole(self, section: Section) -> bool:
        """Whether a section tells how to apply, or is a row of a policy list, which has nothing from the rows beside it."""
        return id(section) in self._speaking or section.style == ROW

    def whole(self) -> Programme:
        """The document as one programme."""
        return _read(self._root, self._calendar)


def _read(above: Section, calendar: Calendar) -> Programme:
    sections = tuple(above.walk())
    return Programme(
        find_offers(sections, calendar),
        particulars.find_materials(sections),
        particulars.find_department(sections),
        particulars.find_contacts(sections),
        particulars.find_channel(sections),
        any(_needs_none(section) for section in sections),
    )


def _needs_none(section: Section) -> bool:
    return section.role is Role.PROCESS and particulars.needs_no_application(section.plain.text)
