"""For which kind of applicant a part of a condition section is ("未来工厂。…", "申报的金融机构须同时满足：") ; called by requirements.

Parts for different kinds cannot all be asked of one company. A heading counts only where it ends like the name of an
applicant: "孵化功能完善。" heads a requirement of everybody.
"""

from __future__ import annotations

import re

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.outline import Section

_ASKING = (Role.CONDITIONS, Role.EXCLUSIONS)
_NOUN = "企业|机构|平台|基地|园区|中心|工厂|车间|团队|单位|公司|合作社|院所|实验室|孵化器|空间|社区|载体|主体|银行|农场|高校|商户|总部"
_NAME = re.compile(rf"“?[^，；。：]{{0,14}}(?:{_NOUN}|[一二三四甲乙丙ABC]类|级)”?")
_NO_NAME = re.compile(
    "条件|要求|情形|对象|基本|共同|上述|以上|同一|申报(?:单位|企业|主体)$|申请(?:单位|企业|主体)$"
)
_ASKED = re.compile(
    rf"^(?:（\d{{1,2}}）)?(?:申报|申请|认定|享受|获得)(?:[^，；：。]{{0,16}}的)?(?P<kind>[^，；：。]{{0,12}}(?:{_NOUN}))(?:应当?|须|需|必须)?(?:同时)?(?:满足|符合|具备|达到)[^；。]{{0,16}}(?:条件|要求)?：$"
)


def kind_of(section: Section) -> str:
    """The kind of applicant that a section is for by its heading or opening words; "" where it names none."""
    asked = _ASKED.match(section.plain.text)
    if asked:
        return "" if _NO_NAME.search(asked["kind"]) or len(asked["kind"]) < 3 else asked["kind"]
    heading = section.heading
    says_more = len(heading) + 1 < len(section.plain.text) or bool(section.children)
    if section.role not in _ASKING or not 2 <= len(heading) <= 16 or not says_more:
        return ""
    return heading if _NAME.fullmatch(heading) and not _NO_NAME.search(heading) else ""
