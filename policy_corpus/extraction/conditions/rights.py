"""Intellectual property without a number ("拥有自主知识产权", "发明专利授权后") -> patents conditions; called by reading."""

from __future__ import annotations

import re

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.model import Operator

_KINDS = "发明专利|实用新型专利?|外观设计专利|专利|软件著作权|作品著作权|著作权|知识产权|集成电路布图设计|植物新品种"
_OWNS = re.compile(
    rf"(?:拥有|具有|具备|获得|享有|取得|持有|掌握)(?P<name>[^，；。]{{0,34}}?(?:{_KINDS}))(?:的所有权|的使用权)?"
)
_GRANTED = re.compile(
    rf"(?P<name>(?:国内|国外|境外|PCT)?(?:{_KINDS})(?:申请)?(?:获得|获|进入)?(?:授权|实质审查|登记))"
)
_OTHER = re.compile(
    r"(?:专利|知识产权)(?:服务|质押|保护|战略|意识|工作|制度|团队|人员|转让|许可|交易|保护|代理|优势|示范|管理|局|纠纷|运营|权质押|转化|权人|评估|保险|证券化|申请人|风险|咨询|贯标|归属|资助|补助|奖)"
)

_OF_OTHERS = re.compile(r"(?:的所有权)?的(?:在孵|入驻|被投)")  # 拥有知识产权的在孵企业
_ON_THE_WAY = re.compile("申请|获得|获|进入")
# "具备技术研判、项目管理、知识产权等专业背景": a field of knowledge, not what is owned
_AMONG_OTHERS = re.compile(r"(?:管理|研判|法务|金融|法律|财务|市场|政策|咨询|经验|能力)、")


def find_rights(clause: str) -> list[Found]:
    """Patents and rights that must be held, without a figure.

    >>> [(f.op.value, f.value) for f in find_rights("具有核心技术或自主知识产权")]
    [('has', '自主知识产权')]
    """
    found: list[Found] = []
    for pattern in (_OWNS, _GRANTED):
        for match in pattern.finditer(clause):
            if (
                _OTHER.match(clause, match.end() - 4)
                or _OTHER.search(clause, match.start(), match.end() + 4)
                or found
            ):
                continue
            if _AMONG_OTHERS.search(match["name"]) or _OF_OTHERS.match(clause, match.end()):
                continue
            name = re.split(r"、|或|和|的", match["name"])[-1]
            if name.endswith("授权"):  # 国内发明专利申请获得授权 -> 国内发明专利授权
                name = _ON_THE_WAY.sub("", name)
            found.append(Found("patents", Operator.HAS, name, match.start(), match.end()))
    return found
