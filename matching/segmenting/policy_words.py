"""The words of the policy dictionary and how frequent jieba takes each to be, read from matching/dictionary.

Called when a segmenter is loaded, and by matching.terms for its synonyms. The frequencies are kept in a file because
only jieba can work them out, from its own dictionary and one after the other, and loading jieba costs a second. Words
that administrators add stand behind the built-in ones and bring theirs along.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path

from policy_corpus.additions import current
from policy_corpus.folding import fold

FREQUENCIES = "policy_frequencies.json"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """What adding the policy words to jieba does to its dictionary.

    words: the frequency of each, in the order of adding. counted_twice: by how much jieba's total is above the sum of
    all frequencies; it adds a word it knew already, and one that stands twice in its own dictionary, once more.
    """

    words: dict[str, int]
    counted_twice: int


def policy_terms() -> tuple[str, ...]:
    """The words of the policy dictionary and those added, in the order of adding, each once."""
    return tuple(dict.fromkeys((*built_in_terms(), *(term.word for term in current().terms))))


def built_in_terms() -> tuple[str, ...]:
    """The words of the policy dictionary, in its order, each once."""
    lines = dictionary_lines("policy_terms.txt")
    return tuple(dict.fromkeys(fold(word) for line in lines for word in line.split()))


def dictionary_lines(name: str) -> list[str]:
    """The lines of a file of the dictionary folder, without comments and empty ones."""
    text = resources.files("matching").joinpath("dictionary", name).read_text("utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def frequencies() -> Frequencies:
    """The frequencies of all words: those kept, and those that added words bring along."""
    kept, added = read_frequencies(), current()
    words = kept.words | {term.word: term.frequency for term in added.terms if term.word not in kept.words}
    return Frequencies(words, kept.counted_twice + added.counted_twice)


def read_frequencies() -> Frequencies:
    """The frequencies of the built-in words as they were last written."""
    text = resources.files("matching").joinpath("dictionary", FREQUENCIES).read_text("utf-8")
    return Frequencies(**json.loads(text))


def write_frequencies(frequencies: Frequencies, path: Path) -> None:
    """Keep the frequencies in a file, a word a line."""
    text = json.dumps(asdict(frequencies), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
