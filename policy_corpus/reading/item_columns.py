"""What the columns of a policy list are called (表头), and under which field name extraction reads them; used by item_tables.

A list of benefits as offices keep it in a spreadsheet has a row for each matter. Heads differ from office to office; the
field names that they are brought to are those that extraction knows from cards.
"""

from __future__ import annotations

import re

NAME = "事项名称"
NUMBER = "序号"
KIND = "事项类型"
OPENS, CLOSES = "开始时间", "申报截止时间"
CONDITIONS, BENEFITS, BASIS = "申报条件", "支持标准", "政策依据"

# Heads that are field names of cards already, by what stands under them.
_KNOWN: dict[str, str] = {
    CONDITIONS: "申报条件 支持对象 申报对象 扶持对象 奖励对象 补贴对象 补助对象 资助对象 适用对象 享受主体 享受对象 服务对象 申请条件 享受条件 "
    "扶持条件 补贴条件 补助条件 奖励条件 支持条件 认定条件 申报主体 申报范围 支持范围 受理对象 政策对象 申报要求",
    BENEFITS: "支持标准 支持内容 扶持内容 扶持标准 补贴标准 补助标准 奖励标准 资助标准 奖补标准 优惠内容 政策内容 扶持政策 优惠政策 "
    "支持方式 扶持方式 补贴方式 奖励方式 补助方式 支持措施 补助内容 补贴比例 补助比例 "
    "奖励比例 支持比例 奖励额度 补助额度 补贴额度 补助金额 补贴金额 奖励金额 减免标准 贴息标准",
    "申报材料": "申报材料 申请材料 所需材料 材料清单 提交材料 办理材料",
    "申报时间": "申报时间 受理时间 办理时间 申请时间 申报期限 受理期限 申请期限 执行期限 政策有效期 有效期 执行时间 实施期限",
    CLOSES: "申报截止时间",
    "申报流程": "申报流程 办理流程 申报方式 申报渠道 申请渠道 办理渠道 申报途径 申请方式 办理方式 申报程序 办理程序",
    "联系电话": "联系电话 咨询电话 联系方式 咨询方式 联系人",
    "主管部门": "主管部门 责任单位 责任部门 受理部门 牵头单位 牵头部门 办理部门 受理单位 实施部门 办理单位",
    "政策依据": "政策依据 发文字号 文件依据 依据文件 设定依据 成文日期",
}
# Heads that are called otherwise there.
_SYNONYMS: dict[str, str] = {
    NAME: "事项名称 政策名称 项目名称 名称 事项 项目 政策事项 惠企事项 政策项目 奖补项目 支持项目 奖励项目 扶持项目 补贴项目 条款名称 服务事项 "
    "政策措施 政策条款 惠企政策 惠企政策名称 奖励事项 兑现事项 政策标题 奖项名称 补贴名称 政策事项名称 惠企政策事项",
    NUMBER: "序号 编号 事项编码 事项编号 政策编号 条目号",
    KIND: "类别 分类 政策类别 政策类型 事项类别 事项类型 类型 领域 行业领域 支持类别 板块 奖励类别 项目类别 支持领域",
    OPENS: "开始时间 开始日期 起始时间 起始日期 申报开始时间 申报开始日期 受理开始时间",
    CLOSES: "截止时间 截止日期 申报截止日期 申报截止时间 结束时间 结束日期 受理截止时间 受理截止日期 截止期限 申报截止",
    CONDITIONS: "适用范围 兑现条件 条件 对象 要求 条件要求 企业类型 对象条件 对象和条件 对象及条件 "
    "支持对象及条件 申报条件及要求 扶持对象和条件 适用企业 企业条件",
    BENEFITS: "标准 金额 额度 内容 政策 奖励 补贴 补助 主要内容 支持政策 奖励政策 奖补金额 支持金额 支持额度 最高金额 补贴上限 奖励上限 最高限额 "
    "内容和标准 支持内容及标准 奖励内容 具体内容 政策具体内容 兑现标准 奖补内容 扶持措施 政策要点 主要措施",
    "申报材料": "材料 资料 申报资料 申请资料 所需资料 申报所需材料 需提交材料 佐证材料",
    "申报时间": "时间 期限 申报时限 受理时限 申报期 申报时间段 申报受理时间 政策期限 申报起止时间 起止时间",
    "申报流程": "兑现流程 流程 渠道 网址 申报网址 申报平台 申报入口 办理地点 办理方法 申请入口 兑现方式",
    "联系电话": "电话 联系科室及电话 联系人及电话 联系人及联系方式 联系人和电话 咨询人及电话 业务咨询电话 咨询热线",
    "主管部门": "部门 单位 科室 负责部门 业务主管部门 兑现部门 主管单位 市级主管部门 业务科室 责任科室 牵头责任单位",
    "政策依据": "文号 依据 文件名称 政策文件 来源文件 政策来源 文件文号 文件名称及文号 政策文件名称 政策文号 文件号",
}
ROLES: dict[str, str] = {
    head: field for table in (_KNOWN, _SYNONYMS) for field, heads in table.items() for head in heads.split()
}
FIELDS: dict[str, str] = ROLES | {head: head for heads in _KNOWN.values() for head in heads.split()}
# Words inside a longer head, tried in this order.
_INSIDE: tuple[tuple[str, str], ...] = (
    ("截止", CLOSES),
    ("材料", "申报材料"),
    ("对象", CONDITIONS),
    ("企业类型", CONDITIONS),
    ("适用", CONDITIONS),
    ("条件", CONDITIONS),
    ("标准", BENEFITS),
    ("电话", "联系电话"),
    ("联系", "联系电话"),
    ("依据", "政策依据"),
    ("文号", "政策依据"),
    ("部门", "主管部门"),
    ("单位", "主管部门"),
    ("申报时间", "申报时间"),
    ("期限", "申报时间"),
    ("流程", "申报流程"),
    ("渠道", "申报流程"),
    ("政策名称", NAME),
    ("事项名称", NAME),
    ("项目名称", NAME),
    ("内容", BENEFITS),
    ("金额", BENEFITS),
)
_LONGEST_HEAD = 16
_ASIDE = re.compile(r"[（(\[【][^（()）]{0,30}[）)\]】]")
_UNIT = re.compile(r"(?:单位[:：]?)?(万元|亿元|元|%|％|个月|个工作日|年|天)")
_NOT_IN_HEAD = re.compile(r"[\s*＊#:：、，,/]")
_AN_ENTERPRISE = re.compile(r"企业名称|信用代码|申报单位名称|公司名称|法定代表人|获奖单位")


def field_of(head: str) -> str | None:
    """The field name that a column's head stands for; None for a head that says nothing known.

    >>> [field_of(head) for head in ("扶持\\n对象*", "补贴上限（万元）", "咨询联系电话", "备注")]
    ['扶持对象', '支持标准', '联系电话', None]
    """
    bare = _NOT_IN_HEAD.sub("", _ASIDE.sub("", head))
    if bare in FIELDS:
        return FIELDS[bare]
    if not bare or len(bare) > _LONGEST_HEAD or _AN_ENTERPRISE.search(bare):
        return None
    return next((field for words, field in _INSIDE if words in bare), None)


def role_of(field: str | None) -> str | None:
    """What stands under a field: the first of the fields that mean the same."""
    return ROLES.get(field or "")


def names_enterprise(head: str) -> bool:
    """Whether a head names companies: a roster of who got something, no list of what can be had."""
    return bool(_AN_ENTERPRISE.search(head))


def unit_of(head: str) -> str:
    """The unit that a head gives for bare numbers below it; "" where it gives none.

    >>> unit_of("奖励金额（万元）"), unit_of("补贴上限（单位：元）"), unit_of("补贴标准")
    ('万元', '元', '')
    """
    for aside in _ASIDE.findall(head):
        found = _UNIT.fullmatch(aside[1:-1].strip())
        if found:
            return "%" if found[1] == "％" else found[1]
    return ""
