"""Let Click speak Chinese: its own words (用法, 选项, 缺少参数 …) come from locale/ by gettext, as Click provides for."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).with_name("locale")


def speak_chinese() -> None:
    """Choose the catalogue for this process, whatever the language of its terminal."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(LOCALE))
    gettext.textdomain("messages")
