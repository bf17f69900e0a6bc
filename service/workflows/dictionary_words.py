"""Words as administrators type them, made safe; and the faults of a proposal, gathered. Called by the dictionary checks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from service.errors import DictionaryRefused

_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）()“”\"《》·\-/+.%、]+")
_SEPARATORS = re.compile(r"[、，,；;=\n\r\t]+")
MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class Checked:
    """A proposal that may be kept: its name, one of its kind, and what it says."""

    name: str
    body: dict[str, Any]


class Faults:
    """Every fault of a proposal, gathered so that all are told at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def unless(self, fine: bool, reason: str) -> bool:
        """Note the reason unless all is fine; returns whether it is."""
        if not fine and reason not in self.found:
            self.found.append(reason)
        return fine

    def check(self) -> None:
        """Raise DictionaryRefused with all that was noted."""
        if self.found:
            raise DictionaryRefused(*self.found)


def words_given(raw: Any) -> tuple[str, ...]:
    """Words from a list, or from a text in which separators stand between them; each once, blank ones left out."""
    pieces = _SEPARATORS.split(raw) if isinstance(raw, str) else raw if isinstance(raw, (list, tuple)) else ()
    return tuple(dict.fromkeys(word for piece in pieces if (word := text_given(piece))))


def text_given(raw: Any) -> str:
    """A text as typed, trimmed; "" for anything else."""
    return unicodedata.normalize("NFC", raw).strip() if isinstance(raw, str) else ""


def is_clean(word: str, least: int, most: int) -> bool:
    """Whether a name is so long and has no spaces, control characters or signs beyond those that names have."""
    return least <= len(word) <= most and _NAME.fullmatch(word) is not None


def shown(word: str) -> str:
    """A word as it is repeated in a reason: short, without what cannot be printed."""
    plain = "".join(char if char.isprintable() else "�" for char in word[:24])
    return plain + ("…" if len(word) > 24 else "")
