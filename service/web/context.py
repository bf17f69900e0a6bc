"""What every page asks first: the desk, and the parameters of the request made safe."""

from __future__ import annotations

import re
import unicodedata
from typing import cast

from flask import current_app, request

from service.errors import EnterpriseNotFound
from service.store.desk import Desk

LONGEST_WORDS = 200  # characters of a query that are read; more says nothing more
_LAST_PAGE = 9_999


def desk() -> Desk:
    """The desk of the running application."""
    return cast(Desk, current_app.extensions["huiqi"])


def words_given(name: str) -> str:
    """A text parameter: control characters out, ends trimmed, at most LONGEST_WORDS characters."""
    given = request.args.get(name, "")[: LONGEST_WORDS * 4]
    kept = "".join(" " if char.isspace() else char for char in given if _is_readable(char))
    return kept.strip()[:LONGEST_WORDS]


def _is_readable(char: str) -> bool:
    return char.isspace() or not unicodedata.category(char).startswith("C")


def page_given() -> int:
    """The page asked for, from 1; anything that is no such number is 1."""
    given = request.args.get("page", "1")
    return min(max(int(given), 1), _LAST_PAGE) if re.fullmatch(r"[0-9]{1,4}", given) else 1


def choice_given(name: str, choices: frozenset[str] | set[str]) -> str:
    """One of the choices, or the empty string for anything else."""
    given = request.args.get(name, "")
    return given if given in choices else ""


def checked_uscc(given: str) -> str:
    """The code as it is stored. Raises EnterpriseNotFound for what cannot be one, without repeating it."""
    code = unicodedata.normalize("NFKC", given).strip().upper()
    if not re.fullmatch(r"[0-9A-Z]{18}", code):
        raise EnterpriseNotFound("企业库中没有这家企业。统一社会信用代码为 18 位数字和大写字母，请核对后重试")
    return code
