"""Whether the words around a find deny it (不得、未、无、不含、除…外); called by conditions."""

from __future__ import annotations

import re

# Lists that are left out run on to the end of the clause; a denied verb ends at 的, 并 or 且.
_LEFT_OUT = re.compile(
    r"(?:不含|不包括|不包含|不属于|(?<!民办)非(?!关联|全日制|标准|本[市省地区]))[^，；。：]{0,26}$|除[^，；。：外]{0,26}$"
)
_DENIED_VERB = re.compile(
    r"(?:不得|未曾|尚未|从未|未被|未在|未有|未发生|未受|未|没有|无(?!偿|人|线|菌|纺|机|土|废|障碍|形|接触|锡|氟|水|抵押|还本)|不存在|不能|不可|不应|不(?!锈))[^，；。：的并且但]{0,26}$"
)
_NO_DENIAL = re.compile(
    r"(?:不低于|不少于|不高于|不超过|不小于|不大于|不同|不断|无须|无需|不裁员|不限|未来|非营利|不动产|不仅|非物质|非遗|不影响|不受|除了)[^，；。]{0,26}$"
)
_AFTER = re.compile(
    r"^[^，；。]{0,24}?(?:除外|以外|之外|的?不予|的不再|不得|不在|的?不享受|不纳入|均?不予|的?不适用)|^[^，；。]{0,12}外(?:的|，|$)"
)
_REMARK = re.compile(
    r"（[^（）]{0,40}）"
)  # "在职员工（不含经营者）正常缴纳": what a bracket denies ends with it
_OWN = re.compile(
    r"(?:未(?!来)|无(?!偿|人|线|菌|纺|机|土|废|障碍|形|锡|棣|为[市县]|极县)|没有|不得|不存在|不含|不包括|不包含)"
)
_LEFT_OUT_AT_END = re.compile(r"(?:除外|以外|之外|的?不予[\u4e00-\u9fff]{2,4})$")


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is denied by its own clause.

    >>> is_denied("近三年无行政处罚记录", 4, 8), is_denied("对除房地产外的企业", 2, 5), is_denied("有良好信誉", 3, 5)
    (True, True, False)
    >>> is_denied("服务业企业（金融业除外）", 0, 3), is_denied("3000万元以上（不含）的物流企业", 12, 14)
    (False, False)
    >>> is_denied("不能正常参展的外贸企业", 7, 11), is_denied("对无人驾驶航空器企业", 1, 8)
    (False, False)
    >>> is_denied("无偿捐赠物资的企业", 0, 6)
    False
    """
    before = _REMARK.sub("", text[max(0, start - 60) : start])[-30:]
    if _OWN.match(text[start:end]) or _LEFT_OUT_AT_END.search(text[start:end]):
        return True
    if (_LEFT_OUT.search(before) or _DENIED_VERB.search(before)) and not _NO_DENIAL.search(before):
        return True
    return bool(_AFTER.match(_REMARK.sub("", text[end : end + 40])))
