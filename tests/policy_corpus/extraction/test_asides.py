"""Every rule for what asks nothing, with words that it lets pass and like words that it must not."""

from __future__ import annotations

import pytest

from policy_corpus.extraction.conditions.asides import asks_nothing, defines, eases, leads_to_list


@pytest.mark.parametrize(
    "clause",
    [
        "设备投入的核算范围为购置费和安装费",
        "研发费用包括人员人工费用",
        "投入按付款凭证计算",
        "具体参照上级办法执行",
        "资金来源可以是银行贷款",
        "也可委托代理机构办理",
        "可与其他方向同时申报",
        "补助金额原则上不低于50万元",
        "市级平台出资额不超过1500万元",
        "占股比例不超过30%",
        "额度用完即止",
        "以第一权利人为资助申请人",
        "应如实填报有关数据",
        "具体要求详见附件",
        "报市政府审议后执行",
        "获得补偿资金后应采取追偿措施",
        "除符合上述条件外",
        "通过自主研发、受让等方式",
        "优先支持小微企业",
        "国家另有规定的除外",
        "同一企业每年只能申报一个项目",
        "同一设备不得重复申报",
        "各区可根据财力提高补助标准",
        "市水务部门应当完成核查工作",
        "由区民政局会同区财政局审定金额",
        "目录实行动态调整",
        "每年3月底前",
        "补助资金由市、区财政承担",
        "每年资助企业不超过8家",
        "同一企业享受本补助不超过3年",
        "对审核结果有异议的",
        "示范清单见附件",
        "可适当放宽要求",
        "相关资料留存备查",
        "申报单位登录平台填写申请表",
        "执行期限至2027年年底",
    ],
)
def test_a_clause_that_explains_allows_or_prefers_asks_nothing(clause: str) -> None:
    assert asks_nothing(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "年度研发费用不低于100万元",
        "可为中小企业提供检测服务",
        "应先办理备案（不受是否盈利限制）",
        "采用融资租赁方式购置设备",
        "已获得同类补助的不予支持",
        "近两年无违法违规记录",
        "项目总投资不低于1000万元",
        "能够提供专业服务",
        "市级以上科技部门负责组织的项目",
        "由第三方机构根据标准检测合格",
        "同一企业注册不超过3年",
        "项目经费由企业自筹",
        "检测费用由企业承担",
        "研发费用包括委托研发费用不低于500万元",
        "出资额不低于500万元",
        "外资持股比例不超过25%",
        "实施期限自2026年1月1日起不超过两年",
        "执行期为2年的项目",
        "市级部门组织的技能比赛中获得一等奖",
    ],
)
def test_a_clause_that_asks_is_kept(clause: str) -> None:
    assert not asks_nothing(clause)


@pytest.mark.parametrize(
    ("clause", "following", "eased"),
    [
        ("成立不满三年的", "按实际经营年限计算", True),
        ("属市级重大项目的", "可不受上述限制", True),
        ("成立不满三年的", "给予5万元补助", False),
        ("上年度营业收入不低于500万元", "可不受上述限制", False),
    ],
)
def test_what_holds_instead_for_a_case_eases(clause: str, following: str, eased: bool) -> None:
    assert eases(clause, following) is eased


@pytest.mark.parametrize(
    ("sentence", "defined"),
    [
        ("抗癌药品，是指经批准注册的抗癌制剂", True),
        ("老旧厂房指因疏解腾退停产的工业厂房", True),
        ("为社区提供托育服务的机构，是指在社区依托固定场所的单位", True),
        ("成长型企业是指营业收入增长10%以上的企业", False),
        ("研发总部是指在本市累计实缴注册资本200万美元以上的企业", False),
        ("服务指标达到优秀", False),
        ("服务指向养老领域", False),
        ("企业指派专人负责", False),
        ("编制符合产业指导目录的项目申报书", False),
    ],
)
def test_what_a_word_means_is_asked_only_where_the_word_is_one_for_applicants(
    sentence: str, defined: bool
) -> None:
    assert defines(sentence) is defined


@pytest.mark.parametrize(
    ("clause", "following", "leads"),
    [
        ("申请认定实训基地的", "应当具备下列条件", True),
        ("申报技改补助", "需同时符合以下要求", True),
        ("申请贷款贴息的", "须有借款合同", False),
        ("购置设备的", "应当具备下列条件", False),
    ],
)
def test_an_application_before_its_list_is_not_a_requirement(
    clause: str, following: str, leads: bool
) -> None:
    assert leads_to_list(clause, following) is leads
