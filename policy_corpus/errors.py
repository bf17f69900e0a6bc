"""What can go wrong below the service. Messages are Chinese: they end on a user's screen."""

from __future__ import annotations


class CorpusError(Exception):
    """Base of all errors of this package; `str()` says what, where and what to do next, in Chinese."""


class UnreadableDocument(CorpusError):
    """A file that cannot be turned into text; `reason` goes beside its name in the load report."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownRegion(CorpusError):
    """A place name that no code stands for."""


class AmbiguousRegion(CorpusError):
    """A place name that several codes share, such as 鼓楼区; `candidates` are their full names."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        listed = "、".join(candidates[:6]) + ("等" if len(candidates) > 6 else "")
        super().__init__(f"“{name}”有 {len(candidates)} 个同名地区（{listed}），请写明所在省市")
        self.name = name
        self.candidates = candidates


class UnknownIndustry(CorpusError):
    """An industry name or code outside GB/T 4754-2017."""


class InvalidUscc(CorpusError):
    """A 统一社会信用代码 that GB 32100-2015 does not allow."""


class DocumentNotFound(CorpusError):
    """No document with this id in 文件库."""


class PolicyItemNotFound(CorpusError):
    """No policy item with this id in 政策库."""


class AdditionsInUse(CorpusError):
    """Other additions to the tables cannot be put in place yet: somebody still works with those in place."""
