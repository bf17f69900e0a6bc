"""Tell whether a link belongs to the document as an attachment (附件); called by the html and md readers."""

from __future__ import annotations

import re
from urllib.parse import unquote

_FILE = re.compile(r"\.(pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z|txt|pptx?|rtf|ceb)(?=$|[?#&])", re.IGNORECASE)
_SAYS_SO = re.compile(r"^[（(\[【]?(附件|附表|附录|相关附件)")
_NEVER = ("javascript:", "mailto:", "tel:", "data:", "#")


def is_attachment(address: str, title: str) -> bool:
    """Whether a link leads to a file, or is called 附件 and leads anywhere.

    >>> is_attachment("./P020260101.docx", "申报书"), is_attachment("/index.html", "首页")
    (True, False)
    >>> is_attachment("/download?id=3", "附件1：申请表")
    True
    """
    address = address.strip()
    if not address or address.lower().startswith(_NEVER):
        return False
    if _FILE.search(unquote(address)) or _FILE.search(title.strip()):
        return True
    return bool(_SAYS_SO.match(title.strip()))
