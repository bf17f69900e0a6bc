"""Whether a passage without a benefit of its own speaks to who applies: a list of requirements cut out of a call, and not
news, articles of law, plans of offices, forms or rules for persons. Called by prediction.
"""

from __future__ import annotations

import re

from policy_corpus.extraction.lexicon.headings import Role
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.extraction.structure.silence import names_body
from policy_corpus.folding import fold

# What only a call or a card says.
_APPLYING = re.compile(
    r"申报|申请(?!人生活)|(?:服务|支持|资助|补贴|奖励|享受|扶持|申领|免税|优惠)(?:对象|条件|内容|主体|方向|重点|范围)|受理范围|条件要求|享受|资助|不予支持"
)
# What is asked of a company: its seat, its form, what it owns, the figures it must reach.
_ASKED = re.compile(
    r"(?:企业|项目|机构|平台|活动|基地|园区|单位|主体|空间|作品)[^，；。]{0,12}(?:应当?|须|需)(?!求)|独立法人|[在于][^，；。]{1,16}(?:注册|登记)|"
    r"注册(?:在|地|满|成立)|知识产权|财务(?:管理)?(?:制度|机构)|不低于|不少于"
)
# Who speaks otherwise than to an applicant, with an example each.
_OTHERWISE = (
    re.compile(
        r"新华社|记者|报讯|日报|据悉|通讯员|发布会|据[^，。]{0,12}报道|报道称|该公司|现有员工|同比(?:增长|下降)[\d.]{1,6}%(?!以上|及以上|（含）)|一图读懂|近年来"
    ),  # 记者从市经信局获悉
    re.compile(r"(?:^|[。，；\s])(?:截至)?目前，|分别占|占全[市省国]|落户企业\d"),  # 目前，开发区落户企业55户
    re.compile(
        r"各(?:县区|区县|县市|市县|地区|地方|有关部门|级部门|主管部门)|(?:责任|牵头)(?:单位|部门)(?!负责解释)|按职责分工"
    ),  # 各县区要专设工作组
    re.compile(
        r"任何单位和个人|依法承担|法律责任|违反(?:本|前款)|民事责任|举报|擅自(?:改变|开业)|伪造、|抽逃|违约责任|申报(?:缴)?纳税?[。，；]"
    ),  # 任何单位和个人不得
    re.compile(
        r"[\s：（年]{1,8}月[\s\u3000]{1,8}日|（盖章）|附表\s{0,4}\d|“我要|网上报名"
    ),  # 附表1 申请表（盖章）年 月 日
    re.compile(r"确诊|疑似病例|消毒(?!物|用)|佩戴|发热|就诊"),  # 出现疑似病例的餐厅
    re.compile(
        r"核发|规划许可|并联审批|施工图|居住证|网上批复|登记机构在规定|补缴|欠费|待遇核准|人民代表大会|参保地|移居境外|预算(?:统一)?管理|工资总额基数"
    ),  # 由主管部门核发许可证
    re.compile(
        r"协同工作机制|工作专班|志愿服务|精神文明|文明行为|家庭(?:收入|财产|成员)|周岁及以上|年休假|退休年龄|服兵役|养老保险待遇"
    ),  # 80周岁及以上
)
# Who answers for a measure, in brackets behind it, says nothing of whom it is for.
_ANSWERABLE = re.compile(r"[（(][^（）()]{0,200}?(?:牵头|负责|责任单位|责任部门)[^（）()]{0,200}[）)]")
# Nobody but natural persons: without any word for a body, a list of them asks nothing of a company.
_PERSONS = re.compile(
    r"家庭(?!农场|服务)|老年人|周岁|失能|低保|户籍|学生|幼儿|子女|监护人|遗属|参保人员|学员|优抚"
)
_BODIES = re.compile(r"企业|公司|商户|个体|合作社|园区|基地|用人单位|申报单位|机构(?!代码)|组织|纳税人|主体")
_OF_OFFICES = re.compile(
    r"(?:实施|管理|经办|核查|审核|评估|医疗|公证|法律援助|受委托|核对)机构|组织(?:开展|实施|评审|部门)|社会组织"
)
# What a benefit without a figure is for, where it does not name who gets it: "为新品在京首发提供支持".
_CONCERNED = re.compile(
    r"产品|新品|项目|商品|物资|货物|车辆|作品|投资者|产业|[造服]业|成果|发票|保证金|许可证|证书|享受"
)
_TAIL = frozenset({Role.PROCESS, Role.MATERIALS})
# Papers and steps are lists as well, before the times of a call.
_NO_REQUIREMENT = re.compile(
    r"复印件|原件|申请表|申报书|加盖|提交|评审|审核|公示(?!信息)|初审|拨付|受理后|工作日|联系人|盖章"
)
_LISTS = frozenset({"（一）", "1.", "1)", "（1）", "①"})


def speaks_to_applicant(text: str) -> bool:
    """Whether a list can be of requirements for who applies.

    >>> speaks_to_applicant("1.在示例市注册；2.具有独立法人资格。")
    True
    >>> speaks_to_applicant("目前，示例开发区落户企业35户，其中规模以上企业9户。")
    False
    """
    called = _APPLYING.search(text) or _ASKED.search(text)
    return bool(called) and not speaks_otherwise(text) and not is_of_persons(text)


def speaks_otherwise(text: str) -> bool:
    """Whether a passage is news, law, a plan of offices, a form or a licence.

    >>> speaks_otherwise("由主管部门核发示例许可证"), speaks_otherwise("申报单位应在示例市注册")
    (True, False)
    """
    told = _ANSWERABLE.sub("", fold(text))
    return any(rule.search(told) for rule in _OTHERWISE)


def is_of_persons(text: str) -> bool:
    """Whether a passage speaks of natural persons and families, and of no body that could apply.

    >>> is_of_persons("第一类资助对象为经济困难的老年人，每人每月400元")
    True
    >>> is_of_persons("对收住失能老年人的养老机构，按每人每月400元补贴")
    False
    """
    return bool(_PERSONS.search(text)) and not _BODIES.search(_OF_OFFICES.sub("", text))


def names_applicant(sentence: str) -> bool:
    """Whether a sentence names a body that can apply, or a thing of its business.

    >>> names_applicant("为示例企业提供信息服务"), names_applicant("还能为市外的蔬菜供应提供支持")
    (True, False)
    """
    return names_body(sentence) or bool(_CONCERNED.search(sentence))


def closing_list(root: Section) -> tuple[Section, ...]:
    """The last items of a list of requirements, where the steps, papers or times of a card follow them.

    "（3）项目对提升创新能力有显著作用。办理流程 …": what stands before the steps in such cards are the requirements.
    """
    items: list[Section] = []
    for section in root.walk():
        if section.role in _TAIL:
            return tuple(items)
        if section is not root:
            listed = section.style in _LISTS and section.role is Role.OPEN
            if not listed or _NO_REQUIREMENT.search(section.plain.text):
                return ()
            items.append(section)
    return ()
