"""统一社会信用代码 as typed -> the one spelling that is stored; called by imports, forms, API and shell.

GB 32100-2015: 18 characters of digits and capital letters without I, O, S, V, Z; the last is a check digit
(computed by python-stdnum, imported only here). A wrong code is refused with the place of the fault named,
never repaired by guessing.
"""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import uscc as _standard
from stdnum.exceptions import InvalidChecksum, ValidationError

from policy_corpus.errors import InvalidUscc

_ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
_DROPPED = re.compile(r"[\s\-‐‑‒–—−_.·'\"`]")
_LOOK_ALIKES = {"O": "数字 0", "I": "数字 1", "Z": "数字 2", "S": "数字 5", "V": "字母 U 或 Y", "L": "数字 1"}
_FLOAT = re.compile(r"\d(\.\d+)?E\+?\d+")


def normalise_uscc(text: str) -> str:
    """The code in its standard spelling: half-width, capitals, no spaces. Raises InvalidUscc.

    >>> normalise_uscc(" ９１３６０４００-ma35a00018 ")
    '91360400MA35A00018'
    """
    code = _stripped(text)
    _check_characters(code, text)
    try:
        valid: str = _standard.validate(code)
    except InvalidChecksum as error:
        raise InvalidUscc(
            f"统一社会信用代码“{code}”的校验位不对，请逐位核对（末位或其他某一位有误）"
        ) from error
    except ValidationError as error:
        raise InvalidUscc(
            f"统一社会信用代码“{code}”不符合 GB 32100-2015，前 8 位中第 3 至 8 位应为数字"
        ) from error
    return valid


def _stripped(text: str) -> str:
    code = unicodedata.normalize("NFKC", text)
    code = "".join(char for char in code if unicodedata.category(char) not in ("Cf", "Cc"))
    return _DROPPED.sub("", code).upper()


def _check_characters(code: str, text: str) -> None:
    if not code:
        raise InvalidUscc("统一社会信用代码未填写")
    if _FLOAT.fullmatch(_stripped(text.replace(".", "点")).replace("点", ".")):
        raise InvalidUscc(
            f"统一社会信用代码“{text.strip()}”是科学计数法，末几位已丢失；请将该列设为文本格式后重新填写"
        )
    for position, char in enumerate(code, 1):
        if char not in _ALPHABET:
            raise InvalidUscc(f"统一社会信用代码“{code[:40]}”第 {position} 位“{char}”{_why(char)}")
    if len(code) != 18:
        raise InvalidUscc(f"统一社会信用代码“{code[:40]}”有 {len(code)} 位，应为 18 位")


def _why(char: str) -> str:
    if char in _LOOK_ALIKES:
        return f"不会出现在代码中（不使用字母 I、O、S、V、Z），是否为{_LOOK_ALIKES[char]}"
    name = unicodedata.name(char, "")
    script = next((zh for en, zh in (("CYRILLIC", "西里尔"), ("GREEK", "希腊")) if name.startswith(en)), None)
    if script:
        return f"是{script}字母，不是形近的拉丁字母，请用键盘重新输入"
    return "不是数字或大写字母"
