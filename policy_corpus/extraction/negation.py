"""Whether the words around a find deny it (不得、未、无、不含、除…外); called by conditions."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(?:不得|未曾|尚未|从未|未被|未在|未有|未发生|未受|未|没有|无|不存在|不含|不包括|不属于|不能|不可|不应|不|非|除)[^，；。：]{0,26}$"
)
_NOT_DENIALS = re.compile(
    r"(?:不低于|不少于|不高于|不超过|不小于|不大于|不同|不断|无须|无需|不裁员|不限|未来|非营利|不动产|不仅)[^，；。：]{0,26}$"
)
_AFTER = re.compile(
    r"^[^，；。]{0,24}?(?:除外|以外|之外|的?不予|不得|不在|的?不享受|不纳入|，?均?不予)|^[^，；。]{0,12}外(?:的|，|$)"
)


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is denied by its own clause.

    >>> is_denied("近三年无行政处罚记录", 4, 8), is_denied("对除房地产外的企业", 2, 5), is_denied("有良好信誉", 3, 5)
    (True, True, False)
    """
    before = text[max(0, start - 30) : start]
    inner = re.match(r"(?:未|无|没有|不得)", text[start:end])
    if inner:
        return True
    if _BEFORE.search(before) and not _NOT_DENIALS.search(before):
        return True
    return bool(_AFTER.match(text[end : end + 40]))
