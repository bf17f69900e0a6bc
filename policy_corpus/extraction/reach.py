"""Which of a document's requirements hold for an item, up to a number that no real matter reaches; called by items.

An item stands under the requirements of its own section and of all above it. Were there no limit, a document of n
requirements and n items would take n * n conditions; what is left out makes the whole a question for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from policy_corpus.extraction.requirements import Requirement
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.model import Node, leaves

MOST_CONDITIONS = 150  # of one item; the richest of 900 real documents asks for 45


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item is asked for by the text around it.

    meant: the nodes said of the matter itself, not of all the document gives; cut: there are more than are kept.
    """

    nodes: tuple[Node, ...]
    meant: tuple[Node, ...]
    cut: bool


class Reach:
    """Finds the requirements of a document that hold for a section."""

    def __init__(self, requirements: Sequence[Requirement]) -> None:
        """Note the requirements by the sections of their scope."""
        self._requirements = requirements
        self._by_scope: dict[int, list[int]] = {}
        for at, requirement in enumerate(requirements):
            for section in requirement.scope:
                self._by_scope.setdefault(id(section), []).append(at)

    def of(self, section: Section, words: str, at: int) -> Asked:
        """What is asked of an item in this section, in the order of the text.

        words: its own and its headings; at: where its passage begins in the document.
        """
        above = [self._by_scope.get(id(one), []) for one in (section, *section.ancestors())]
        places = sorted({at for ats in above for at in ats[: MOST_CONDITIONS + 1]})
        nodes: list[Node] = []
        meant: list[Node] = []
        room, cut = MOST_CONDITIONS, False
        for place in places:
            requirement = self._requirements[place]
            if not requirement.since <= at < requirement.until:
                continue
            kept, room, cut = _take(requirement.nodes_for(words), room)
            nodes += kept
            meant += [] if requirement.for_all else kept
            if cut:
                break
        return Asked(tuple(nodes), tuple(meant), cut)


def _take(nodes: Iterable[Node], room: int) -> tuple[list[Node], int, bool]:
    """The nodes whose leaves find room, the room that is left, and whether there are more nodes."""
    kept: list[Node] = []
    for node in nodes:
        size = sum(1 for _ in islice(leaves(node), room + 1))
        if size > room:
            return kept, room, True
        room -= size
        kept.append(node)
    return kept, room, False
