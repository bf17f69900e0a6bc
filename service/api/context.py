"""What every operation asks first: the desk of the running application."""

from __future__ import annotations

import re
from typing import cast

from flask import current_app

from policy_corpus.errors import DocumentNotFound, PolicyItemNotFound
from policy_corpus.model import ItemStatus, PolicyItem
from service.errors import EnterpriseNotFound
from service.store.desk import Desk

# A program shows its token (huiqi users token), a page of ours its session.
SECURITY_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "接口令牌，由 huiqi users token 签发"},
    "session": {"type": "apiKey", "in": "cookie", "name": "huiqi_session", "description": "网页登录"},
}
SECURITY: list[str | dict[str, list[object]]] = [*SECURITY_SCHEMES]
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


def desk() -> Desk:
    """The desk of the running application."""
    return cast(Desk, current_app.extensions["huiqi"])


def checked_uscc(given: str) -> str:
    """The code as given. Raises EnterpriseNotFound for what cannot be one, without repeating it."""
    if not re.fullmatch(r"[0-9A-Z]{18}", given):
        raise EnterpriseNotFound("企业库中没有这家企业。统一社会信用代码为 18 位数字和大写字母，请核对后重试")
    return given


def checked_document_id(given: str) -> str:
    """The id as given. Raises DocumentNotFound for what cannot be one."""
    if not _ID.fullmatch(given):
        raise DocumentNotFound("文件库中没有这份文件，请核对文件编号")
    return given


def published_item(given: str) -> PolicyItem:
    """The item. Raises PolicyItemNotFound, also for one that is not published."""
    item = desk().folder.policies.get(given) if _ID.fullmatch(given) else None
    if item is None or item.status is not ItemStatus.PUBLISHED:
        raise PolicyItemNotFound("政策库中没有这个事项，它可能尚未发布或已撤回，请核对事项编号")
    return item
