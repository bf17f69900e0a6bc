"""What the reading child cannot do by itself, and says so to its parent; called by dispatch, sandbox and assistance."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from policy_corpus.errors import UnreadableDocument


class Helper(StrEnum):
    """Who must help: an office program that writes a DOCX, or the recognition of text in pictures."""

    OFFICE = "office"
    RECOGNITION = "recognition"


class NeedsHelp(UnreadableDocument):
    """A file that is read only with help; `reason` refuses it where there is none.

    form: the format. pages: the numbers of the pages to recognise, from 1. partly: the rest can be read without help.
    """

    def __init__(
        self, reason: str, helper: Helper, form: str, pages: tuple[int, ...] = (), partly: bool = False
    ) -> None:
        super().__init__(reason)
        self.helper = helper
        self.form = form
        self.pages = pages
        self.partly = partly

    def to_json(self) -> dict[str, Any]:
        """What the child tells its parent."""
        return {
            "helper": self.helper.value,
            "form": self.form,
            "pages": list(self.pages),
            "partly": self.partly,
        }

    @classmethod
    def from_json(cls, reason: str, row: dict[str, Any]) -> NeedsHelp:
        """The inverse of `to_json`."""
        return cls(reason, Helper(row["helper"]), row["form"], tuple(row["pages"]), row["partly"])
