"""Words of reliefs that give nothing: asked, done already, told of others or of papers, one named rule a row; called by reliefs.

A row is the name of the rule, its pattern, and words of ours that it finds.
"""

from __future__ import annotations

import re

from policy_corpus.extraction.benefits.relief_words import REDUCED, RELIEF, Rule

_STATE = r"国(?:有|资)"  # what state-owned landlords are to do is done
_APPLICANT = r"企业|机构|单位|主体|项目|平台|园区|人员|银行|损失|纳税人|组织|家庭|申请人|对象|资格|基础上|情况下|原则|期间|前提下"
_FOR_COMPANIES = (
    r"[^，；]{1,4}对[^，；]{2,40}给予|[^，；]{1,18}对[^，；]{2,30}(?:企业|机构|平台|单位|园区)(?:给予|予以)"
)
NOT_GIVEN: tuple[Rule, ...] = (
    # done already, or told as news
    ("done", r"(?:形成|推出|减免|发放|给予|落实|享受|提供|出台)了", "减免了示例费"),
    ("news, or of persons", r"视同|推荐人选|干警|更[加大]|只接受|政策时$|一线(?:工作)?人员|^探索|享受到|个人应纳税所得额", "视同优惠"),
    # refused or taken back
    ("refused",
     r"不予|不得|不再(?!增收)|取消|追回|收回|停止|骗取|暂停(?!、)|政府(?:投资|采购)预算|监督|不享受|不受|申请(?:材料|表|书)|申报(?:材料|表)",
     "不予补贴"),
    # what an applicant has or must show
    ("had before", r"拟|已获得|未获得|获得过|未享受|已享受|享受过|指南|规定执行|台账|如实", "未享受示例补贴"),
    ("a call on others",
     rf"^(?:\d{{1,2}}[.．、]|并|同时|还)?(?:鼓励(?!各区|各县|各地)|倡导|引导|支持)(?![^，；]{{0,12}}{_STATE})[^，；]{{0,60}}(?:减免|免收|降低|下调|展期|续贷)",
     "鼓励商场减免租金"),
    ("what the money is for", r"(?:资金|经费)(?:可|应|须|必须|主要|仅|只能)?用于", "资金主要用于奖励"),
    ("one of them only", r"只能(?:享受|申请)|不能(?:再|重复|同时)|其中一种|可否|是否|能否|不可(?:再|重复|同时)", "只能享受"),
    ("who applies or when",
     r"申请(?:补贴|补助|奖励|资助|贷款)(?:当|时|前|之|日|人|单位|企业|主体|期|条件|项目)", "申请补贴时"),
    ("left out", r"不纳入|不列入|(?:不|停止)给予|(?:只能|只有|仅能|仅可|方可)|通知书|起止时间", "方可享受补贴"),
    ("how one applies",
     r"申请(?:受理|审核|[^，；]{0,6}后(?!补)|[^，；]{0,12}(?:审核|便利|资格))|保留其", "申请受理"),
    ("an application on its way", r"未获|→|公示结果|无异议", "未获补助批准时"),
    ("due to persons", r"应当?[^，；]{0,8}向[^，；]{2,12}(?:人员|职工|员工|学员)(?:提供|支付|发放)|不低于[^，；]{0,8}最低工资",
     "应当向见习人员提供补贴"),
    # what offices do among themselves
    ("a duty", rf"^(?:各(?!{_FOR_COMPANIES})|要(?!求)|确保|推动|落实|让|使(?!用))", "确保优惠到位"),
    ("how long or how much of it", r"享受(?:补助|补贴|奖励|优惠)(?:面积|期间|年限|次数)|叠加享受本条", "享受补贴期间离职"),
    ("borne by the applicant", r"由(?:(?:申报|申请|项目|承租|用人|参[展赛])?(?:企业|单位|机构|人)|个人|用户|业主)(?:自行|全额|全部)?(?:承担|负担)",
     "费用由企业自行承担"),
    ("charged by the day", r"按日[\d.‰%]{2,8}(?:计|收)", "按日0.3‰收取"),
    ("of procedure", r"核算|审批|收入分析|同等享受|政策(?:效应|红利|宣传|落实)|惠及|涉及|将达", "审批减免"),
)  # fmt: skip
RELATIVE_RULES: tuple[Rule, ...] = (
    ("had by the applicant", rf"(?:已|原|采取|(?<!可)(?<!可以)享受)[^，；]{{0,12}}(?:{RELIEF})", "已免收担保费"),
    ("who has it",
     rf"(?:(?!{REDUCED})(?:{RELIEF})|优惠)(?:[^，；]{{0,16}}(?:的(?!政策)[\u4e00-\u9fff]{{2,12}}(?<![税费款金])|以上的[\u4e00-\u9fff、]{{2,20}}|的)|的[\u4e00-\u9fff、]{{2,20}})$",
     "免收担保费的业务"),
    ("under a relief", r"优惠时|税额为", "享受优惠时"),
)  # fmt: skip
SUBJECT_RULES: tuple[Rule, ...] = (
    ("whom it is for, or what it rests on",
     rf"(?:享受|获得|取得|申请|发放|纳入|列入|给予|提供)[^，；]{{1,40}}的[^，；的]{{0,12}}(?:{_APPLICANT})(?:包括|所|应|须|，|$)",
     "享受再贷款支持的企业"),
)  # fmt: skip
ABOUT_RULES: tuple[Rule, ...] = (
    ("papers about a relief",
     rf"(?:(?!{REDUCED}|退还)(?:{RELIEF})|绿色通道)[^，；《》]{{0,20}}(?:手续|事宜|业务|依据|凭证|发票|情况|期间|备案[^，；]{{0,12}}|办法|清单|通知|公告)(?:并[^，；]{{2,16}})?$",
     "免税前扣除手续"),
    ("a relief told elsewhere",
     rf"(?<!享受)(?<!适用)(?<!给予)(?:{RELIEF})[^，；]{{2,14}}政策(?:并|执行|的|$)|如下$", "免征增值税政策执行"),
    ("what follows is told", r"(?:提供|采取|实行)(?:以下|下列|如下)[^，；]{0,10}$|政策的通知", "提供以下支持"),
    ("how it is carried out",
     r"(?:制定|实施|落实|执行)[^，；]{0,6}情况$|^(?:[^，；]{0,8})(?:认真|积极|严格|切实|全面)?落实[^，；]{2,190}(?:政策|措施)等?$|^(?:通过|采取)[^，；]{2,30}等方式$|情况开展",
     "落实示例政策"),
    ("who uses or has it", r"免费使用的|发放的(?![^，；]{0,6}补)|减免(?:税)?备案|申请[^，；]{0,30}出资", "免费使用的场地"),
    ("what it is used for", r"用于[^，；]{0,20}(?:绩效)?奖励$|不低于规定标准|免费(?:平台|资源|课程|创业培训并)", "用于绩效奖励"),
    ("a lane already there", r"绿色通道[”]?(?:24|政策)", "绿色通道政策"),
    ("how many had it", r"发放[^，；]{0,8}\d+笔|发放给[^，；]{0,8}(?:职工|员工|个人)", "发放贷款20笔"),
    ("a matter", r"(?:方面|的原则|具体功能|等功能|\d项(?:具体)?(?:举措|措施|政策))$", "补贴方面"),
    ("an event is put off", r"延期至[^，；]{2,16}(?:进行|举行|举办|召开|开展)", "延期至五月举办"),
    ("a word in quotation marks", r"“[^“”，]{0,8}(?:减免|优惠)”", "“税费减免”"),
    ("how many are taken", r"最多(?:资助|支持|补贴|奖励)\d+[个项件]", "最多资助3个"),
)  # fmt: skip


def _all(rules: tuple[Rule, ...]) -> re.Pattern[str]:
    return re.compile("|".join(pattern for _, pattern, _ in rules))


NO_GIVING = _all(NOT_GIVEN)
# "免收担保费的业务": the relief describes the applicant; "已免收" lies in the past.
RELATIVE = _all(RELATIVE_RULES)
# "享受再贷款支持的企业", "在享受市级政策的基础上": whom it is for or what it rests on, not what is given.
SUBJECT = _all(SUBJECT_RULES)
# "办理免税手续", "免征增值税政策执行到期后": words about a relief that is granted elsewhere.
ABOUT = _all(ABOUT_RULES)
