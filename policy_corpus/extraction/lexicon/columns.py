"""What the columns of a table are called (表头), where that is no heading elsewhere."""

from __future__ import annotations

from policy_corpus.extraction.lexicon.headings import Role

COLUMNS: dict[str, Role] = {
    **dict.fromkeys("条件 对象 要求 企业类型 支持类别 奖励条件 补助条件".split(), Role.CONDITIONS),
    **dict.fromkeys(
        "标准 金额 额度 奖励 补助 补贴 奖励额度 补助金额 补助额度 支持金额 奖补金额 主要内容".split(),
        Role.BENEFITS,
    ),
    **dict.fromkeys("电话 咨询电话 联系科室及电话".split(), Role.CONTACT),
    **dict.fromkeys("材料 材料名称 申报材料名称 申请材料名称".split(), Role.MATERIALS),
    **dict.fromkeys("部门 单位 科室".split(), Role.DEPARTMENT),
}
# Columns that name the row.
NAMES = frozenset("项目 名称 事项 政策名称 项目名称 事项名称 政策事项 奖补项目 支持项目 奖励项目".split())
# Columns that name it by what the applicant is: asked where the table has no column for conditions.
KINDS = frozenset("类别 类型 等级 档次 级别 认定类别 奖励类别 资质 称号 荣誉称号 项目类别".split())
# Columns that say nothing to an applicant.
UNTOLD = frozenset("序号 备注 说明 份数 形式 材料形式 材料要求 来源 来源渠道 必要性".split())
