"""What a heading or a field name announces, by its words; the first row that matches decides."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What stands under a heading."""

    CONDITIONS = "conditions"
    EXCLUSIONS = "exclusions"
    BENEFITS = "benefits"
    MATERIALS = "materials"
    WINDOW = "window"
    PROCESS = "process"
    CONTACT = "contact"
    DEPARTMENT = "department"
    GENERAL = "general"
    BASIS = "basis"
    SKIP = "skip"
    OPEN = "open"


# Field names and headings, matched as a whole (without marker, colon and brackets).
FIELDS: dict[str, Role] = {
    name: role
    for role, names in {
        Role.CONDITIONS: (
            "条件要求 申报条件 申请条件 享受条件 享受主体 服务对象 支持对象 申报对象 补贴对象 资助对象 奖励对象 扶持对象 适用对象 "
            "补贴条件 奖励条件 资助条件 支持条件 认定条件 受理条件 基本条件 资格条件 申报资格 申请资格 申报要求 申请对象 "
            "政策对象 受益对象 受理范围 补贴范围 支持范围 申报范围 资助范围 奖励范围 扶持条件 准入条件 申报主体 申报单位 申请单位 申报企业 建设内容 建设要求 补助对象 补助条件 补助范围 减免对象 兑现对象 享受对象 贴息对象 遴选条件 评选条件 "
            "申报基本条件 企业条件 受理对象 优惠对象 费用要求 专项条件 入选条件 推荐条件 参评条件 申报企业条件 申报单位条件 "
            "申报单位要求 申报企业要求 适用条件 适用企业 适用主体 贷款对象 贷款条件 申领条件 申领对象 发放对象 发放范围 发放条件 "
            "返还对象 返还条件 实施对象 执行范围 项目要求 项目条件 申报项目要求 支持对象及条件 支持对象和条件 申报对象及条件 "
            "申报对象和条件 支持范围和条件 申报条件及要求 申报条件和要求 扶持对象和条件 补贴对象和条件 补贴对象及条件 "
            "资助对象及条件 申请条件及范围 具体条件 培育条件 培育对象 奖补对象 奖补条件"
        ),
        Role.EXCLUSIONS: "不予支持情形 不予支持的情形 负面清单 限制条件 排除情形 不予资助情形 除外情形 不予受理情形",
        Role.BENEFITS: (
            "补助内容 补助金额 补助额度 补助比例 补贴比例 奖励额度 奖励比例 支持比例 减免标准 贴息标准 支持标准 支持内容 服务内容 奖励标准 补贴标准 优惠内容 政策内容 支持方式 资助额度 资助标准 补助标准 扶持标准 支持政策 "
            "扶持内容 优惠政策 支持方式和标准 支持方式及标准 支持标准和方式 补贴金额 补贴额度 奖励金额 扶持方式 资助方式 补贴期限 "
            "贷款额度 贷款期限 贷款利率 返还标准 发放标准 支持措施 支持额度 奖补标准 资金支持 补助方式 奖励方式 支持方向 支持重点 "
            "扶持政策 政策支持 补贴方式 补贴标准及期限 补贴标准和期限 支持内容和标准 奖励内容 优惠标准 支持内容及标准"
        ),
        Role.MATERIALS: (
            "申报材料 申请材料 所需材料 提交材料 材料清单 办理材料 材料要求 申报资料 申请资料 需提交材料 申报材料要求 报送材料 "
            "材料装订及报送要求 需提供材料 办理资料 申报材料清单 报送要求 申请所需材料"
        ),
        Role.WINDOW: (
            "申报时间 办理时间 时间/频度 受理时间 申请时间 申报期限 申报时间及方式 申报时间和方式 受理期限 申报截止时间 执行期限 "
            "执行时限 有效期 政策有效期 申报时间与方式 实施期限 执行时间 实施时间 时间安排 申请期限 办理期限 政策期限"
        ),
        Role.PROCESS: (
            "服务流程 办理流程 申报流程 申报程序 申请程序 办理程序 申报方式 办理方式 申请方式 受理方式 工作流程 申报步骤 审核程序 "
            "申领流程 评审程序 申请流程 拨付程序 兑现程序 申报渠道 申请渠道 办理渠道 申报路径 申请途径 认定程序 申报与审批 兑付流程 "
            "工作程序 办理地点 受理地点 申报地点 办理时限 享受方式 申报途径 网上申报 资金拨付 流程"
        ),
        Role.CONTACT: "联络方式 联系方式 联系电话 咨询电话 咨询方式 联系人 咨询服务 服务热线 联系我们 政策咨询",
        Role.DEPARTMENT: (
            "发文机构 发文机关 责任单位 受理部门 主管部门 牵头单位 实施机关 责任部门 办理部门 受理单位 办理单位 受理机构 发布机关 "
            "实施部门 牵头部门 发布机构"
        ),
        Role.BASIS: "依据文件 政策依据 发文字号 发布日期 工具分类 文件依据 法律依据 设定依据 事项类型 行使层级 成文日期 索引号 参考依据",
        Role.GENERAL: "适用范围 总则 附则 附 则 总 则",
    }.items()
    for name in names.split()
}  # fmt: skip

# Words inside a longer heading, tried in this order; only in headings of at most 24 characters.
INSIDE: tuple[tuple[str, Role], ...] = (
    ("不予支持", Role.EXCLUSIONS), ("不予资助", Role.EXCLUSIONS), ("不予受理", Role.EXCLUSIONS),
    ("不得申报", Role.EXCLUSIONS), ("不予补贴", Role.EXCLUSIONS),
    ("新材料", Role.OPEN), ("原材料", Role.OPEN), ("材料", Role.MATERIALS), ("资料", Role.MATERIALS),
    ("监督", Role.SKIP), ("法律责任", Role.SKIP), ("罚则", Role.SKIP), ("绩效", Role.SKIP), ("组织领导", Role.SKIP),
    ("组织实施", Role.SKIP), ("保障措施", Role.SKIP), ("组织保障", Role.SKIP), ("职责", Role.SKIP), ("指导思想", Role.SKIP),
    ("工作目标", Role.SKIP), ("总体要求", Role.SKIP), ("资金管理", Role.SKIP), ("资金来源", Role.SKIP), ("工作要求", Role.SKIP),
    ("管理机构", Role.SKIP), ("退出机制", Role.SKIP), ("责任追究", Role.SKIP), ("信息公开", Role.SKIP),
    ("申报时间", Role.WINDOW), ("受理时间", Role.WINDOW), ("截止时间", Role.WINDOW), ("执行期限", Role.WINDOW),
    ("流程", Role.PROCESS), ("程序", Role.PROCESS), ("申报方式", Role.PROCESS), ("申领方式", Role.PROCESS), ("办理方式", Role.PROCESS),
    ("联系方式", Role.CONTACT), ("联系人", Role.CONTACT), ("咨询", Role.CONTACT),
    ("适用范围", Role.GENERAL), ("附则", Role.GENERAL), ("总则", Role.GENERAL),
    ("支持标准", Role.BENEFITS), ("补贴标准", Role.BENEFITS), ("奖励标准", Role.BENEFITS), ("资助标准", Role.BENEFITS),
    ("补助标准", Role.BENEFITS), ("扶持标准", Role.BENEFITS), ("支持方式", Role.BENEFITS),
    ("条件", Role.CONDITIONS), ("申报对象", Role.CONDITIONS), ("支持对象", Role.CONDITIONS), ("补贴对象", Role.CONDITIONS),
    ("申报要求", Role.CONDITIONS), ("申请对象", Role.CONDITIONS), ("适用对象", Role.CONDITIONS), ("申报主体", Role.CONDITIONS),
    ("受理范围", Role.CONDITIONS), ("申报范围", Role.CONDITIONS), ("服务对象", Role.CONDITIONS), ("资助对象", Role.CONDITIONS),
    ("贴息对象", Role.CONDITIONS), ("奖补对象", Role.CONDITIONS), ("扶持对象", Role.CONDITIONS), ("补助对象", Role.CONDITIONS), ("享受对象", Role.CONDITIONS), ("兑现对象", Role.CONDITIONS),
)  # fmt: skip
