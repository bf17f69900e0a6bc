"""Whether a sentence outside a list of conditions asks something of an applicant; called by passages and grants."""

from __future__ import annotations

import re

_REQUIRES = re.compile(
    r"(?:申报|申请|参评|入选|享受)[^，。；]{0,12}(?:企业|单位|项目|主体|机构|人)?[^，。；]{0,10}(?:应|须|需|必须)|适用于|适用对象|"
    r"不得申报|不予(?:支持|受理|资助|补贴|奖励)|不予补助|不再(?:重复)?(?:支持|补贴|补助|资助|奖励|享受)|不享受|不纳入|(?:企业|项目|单位|机构|申请人|申报人|产品|基地)(?:应当?|须|需|必须|，(?:应|须|需)当?(?:为|是|具|符))|"
    r"^[^，；。]{0,6}(?:旅行社|商户|酒店|合作社|农场|运营方)(?:应当?(?!会同|组织|负责|加强|积极|按|对|为|向)|须|必须)|应(?:达到|不低于|符合|具有|具备|满足|保持|为)|对象(?:为|主要)|主要指|有下列情形|存在下列|申[请领](?:补贴|补助|奖励|资助)(?:当月|当年|时|之日|前)|不包括|不列入|不适用(?!于)|不在[^，。]{0,8}(?:之列|范围)|不得[^，。]{0,4}(?:转租|转售|外迁|迁出)|除外|不在此|不得用于|不可同时"
)
_TO_LENDERS = re.compile("抽贷|断贷|压贷")  # 对困难企业，不得抽贷: asked of the banks


def asks(sentence: str) -> bool:
    """Whether the words require or refuse.

    >>> asks("申报企业应在本市注册"), asks("同类项目不予支持"), asks("对软件企业给予奖励")
    (True, True, False)
    >>> asks("对暂时受困的企业，不得抽贷、断贷")
    False
    """
    return bool(_REQUIRES.search(sentence)) and not _TO_LENDERS.search(sentence)
