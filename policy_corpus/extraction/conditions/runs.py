"""Clauses that no rule knows, one after another: which of them ask for one thing together; called by reading and leads.

"具有前瞻性，对产业发展起到引领作用" is one requirement, "具有固定场所，配备专职人员" are two.
"""

from __future__ import annotations

import re

_ANEW = re.compile(
    r"(?:并|且|并且)?(?:具有|具备|拥有|能|有(?!效|关)|签订|不得|属于?|由(?!于)|使用|设有|建有|配备|已|应|须|建立|制定|开展|落实|承诺|愿意|无|未|不存在)|[^，；]{2,24}(?:完善|健全|明确|齐全|完备|较高|较强|突出)$"
)
_WHOLE = 12  # characters from which a clause can ask something of its own
_GOES_WITH = re.compile(
    r"(?:或|如(?!实)|以及|提[高升]|进一步|实现|带动|形成|推动|通过|对[^，；]{2,20}(?:起到|具有)|在尚未|不再|不得|且(?!由)|从而|使|补齐|反映|讲述)"
)


def begins_anew(clause: str) -> bool:
    """Whether a clause opens with a word for what is asked ("具有", "签订", "未"), so that it asks something of its own."""
    return bool(_ANEW.match(clause))


def asks_apart(before: str, clause: str) -> bool:
    """Whether a clause asks something besides the one before it.

    >>> asks_apart("有固定的经营服务场所", "配备专职人员"), asks_apart("研发成果具有前瞻性", "对产业发展起到引领作用")
    (True, False)
    """
    if begins_anew(clause):
        return True
    return len(before) > _WHOLE and len(clause) >= _WHOLE and not _GOES_WITH.match(clause)
