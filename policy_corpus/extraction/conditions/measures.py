"""A clause with a figure -> which fact is measured, how it is compared, with what; called by reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from policy_corpus.additions import forgets
from policy_corpus.extraction.conditions.added_facts import DIMENSIONS, named_facts
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.words.quantities import Quantity, find_quantities
from policy_corpus.facts import BUILT_IN, FACTS
from policy_corpus.model import Operator


@dataclass(frozen=True, slots=True)
class _Rule:
    attribute: str
    dimension: str
    words: re.Pattern[str]
    without: re.Pattern[str] | None = None
    unit: str | None = None


def _rule(attribute: str, dimension: str, words: str, without: str = "", unit: str | None = None) -> _Rule:
    return _Rule(attribute, dimension, re.compile(words), re.compile(without) if without else None, unit)


_RD = r"(?:研发|研究开发|研究与试验发展|R&D|科研)"
_RULES: tuple[_Rule, ...] = (
    _rule("hightech_revenue_ratio", "percent", r"高新技术产品[^，]{0,16}(?:占|比)", "离岸"),
    _rule("rd_ratio", "percent", rf"{_RD}[^，]{{0,12}}(?:费用|投入|经费|支出)[^，]{{0,14}}(?:占|比|/|强度)|{_RD}(?:投入)?强度|{_RD}占比",
          "全部|境内发生|省内发生|在中国境内|服务等|广告|设计、"),
    _rule("staff_degree_ratio", "percent", r"(?:学历|职称|大专|本科|硕士)[^，]{0,30}(?:占|比|不低于|不少于)"),
    _rule("rd_staff_ratio", "percent", rf"(?:{_RD}|科技|技术|研究开发和相关技术创新活动的科技)[^，]{{0,8}}(?:人员|人才)[^，]{{0,12}}(?:占|比)"),
    _rule("revenue_growth", "percent",
          r"(?:营业收入|销售收入|主营业务收入|业务收入|营收|销售额|营业额|收入|销售)[^，]{0,14}(?:增长|增速|增幅|增加|复合)",
          "利润|离岸|单店"),
    _rule("employees", "percent", r"(?:职工|员工|用工|平均)[^，]{0,12}人数[^，]{0,10}(?:增长|增加)", "裁员", "percent_growth"),
    _rule("rd_expense", "yuan", rf"{_RD}[^，]{{0,8}}(?:费用|投入|经费|支出|准备金)"),
    _rule("output_value", "yuan", r"产值", "单位|亩均|人均|占"),
    _rule("export_value", "yuan", r"(?:进出口|出口)[^，]{0,6}(?:额|总额|规模|实绩|总值|值)|外贸出口|出口(?:达|超|在)", "单|占"),
    _rule("tax_paid", "yuan",
          r"纳税(?:总)?额|缴纳税|缴纳[^，]{0,16}税(?!收优惠)|税收|入库税|(?:经济|财政|地方)贡献|缴税|(?<!应)纳税(?!所得|人|年度|期|申报)",
          "应纳税|所得额|单位|亩均|人均|年应纳税"),
    _rule("total_assets", "yuan", r"资产总额|总资产|资产规模|资产总计"),
    _rule("registered_capital", "yuan", r"注册资本|实缴资本|注册资金|实收资本|注册实缴", "外方|出资"),
    _rule("equipment_investment", "yuan", r"(?:设备|软件|仪器|软硬件)[^，]{0,14}(?:投资|投入|购置|采购|金额)|购置[^，]{0,12}设备|技术投入"),
    _rule("fixed_investment", "yuan", r"固定资产[^，]{0,6}投资|总投资|投资总额|投资规模|项目投资|计划投资|投资额|实际投资|投资强度总",
          "境外|亩均|每亩|融资|股权|对外|外方"),
    _rule("revenue", "yuan", r"营业收入|销售收入|主营业务收入|业务收入|主营收入|营收|年销售额|营业额|服务收入|年收入|销售总额|"
          r"收入(?:均|达|超|不|在|为|总额|净增|突破|≥)",
          "占|人均|单店|单品|单个|家庭|税前|可支配|财政|单体|应纳税所得|门票|每户|户均|利润"),
    _rule("invention_patents", "count", r"发明专利", "实用新型|软件著作权|外观|代理|服务"),
    _rule("patents", "count", r"专利|知识产权|软件著作权|软著|布图设计|植物新品种|著作权", "服务|代理|质押|提供|交易"),
    _rule("employees", "count", rf"{_RD}[^，]{{0,10}}(?:人员|工作人员|人数)", "占|吸纳", "人(研发)"),
    _rule("employees", "count", r"职工|从业人员|从业人数|员工|参保人数|参保职工|用工人数|在职人员|专业服务人员|专职人员|"
          r"就业人数|在岗人数|人员规模|企业人数|工作人员",
          "吸纳|招用|新增|推荐|输送|调剂|带动|接收|培训|留用|具有[^，]{0,20}学历|介绍|引进|资格|占|裁员|残疾人|贫困"),
    _rule("employees", "count", r"(?:有|配备|拥有|从事)[^，]{0,20}人员(?:数量?)?(?:应)?(?:不少于|不低于|达到?|在)",
          "培训|见习|困难|毕业|残疾|吸纳|招用|带动|服务对象|职称|学历|执业"),
    _rule("founded_years", "years", r"(?:成立|注册|登记|设立|开业|创办|创立|建立|经营|运营|领取营业执照)"
          "(?![^，]{0,10}(?:劳动合同|岗位|设施)|所得|收入|额|范围)",
          "合同|就业|失业|参保|缴纳|缴费|社区|期限|租赁|见习|协议|服务设施|经营期|存续|毕业|证书|颁发|获奖|离校|退役|部门|研发机构|免征|减免|减征|承诺|迁离|不迁"),
)  # fmt: skip
_UNIT_OF_COUNT = {"patents": "项项件个", "invention_patents": "项项件个", "employees": "人"}
_CARRY = re.compile(r"^(?:或者?|和|及|、|且|并且|以及|同时)?$")
_INCREASE = re.compile(r"净?增量|新增|增加额|净增")
_RANK = re.compile(r"前(?=\d{1,3}[名位强])")
_LEAD = re.compile(
    r"^(?:）|其中|且|并且|并|同时|以及|或者?|和|及|、|对于?|凡|的|而|但|申报企业|申报单位|企业){1,8}"
)


def find_measures(clause: str, background: str = "", need_comparison: bool = True) -> list[Found]:
    """The figures of one clause as conditions; background: words of the clauses before and above.

    >>> [(m.attribute, m.op.value, m.value) for m in find_measures("上年度营业收入2000万元以上且研发费用占营业收入比例不低于3%或1000万元")]
    [('revenue', 'ge', Decimal('20000000')), ('rd_ratio', 'ge', Decimal('3')), ('rd_expense', 'ge', Decimal('10000000'))]
    """
    found: list[Found] = []
    last_end, subject, last_op = 0, "", None
    above = background
    for quantity in _sharing(clause, find_quantities(clause)):
        own = clause[last_end : quantity.number_start]
        op = quantity.op
        carried = bool(_CARRY.match(clause[last_end : quantity.start])) and last_end > 0
        if carried:
            own, op = subject, op or last_op
        rank = _RANK.search(clause, max(0, quantity.number_start - 1), quantity.number_start + 6)
        if rank and op is None and quantity.unit == "人":
            op = Operator.LE
        if op is None and quantity.dimension == "percent" and _GROWS.search(own):
            op = Operator.GE  # 比上年度增加20%
        if op is None or (quantity.dimension == "none"):
            continue
        start = _start(clause, last_end, quantity) if not carried else quantity.start
        remark = _remark(clause, found[-1].start if found else 0, last_end)
        if remark and found:  # 货车（总质量12吨以上）|10辆以上: the bracket is a figure of its own
            start, opening = found[-1].start, remark
            own = clause[start:opening] + clause[last_end + 1 : quantity.number_start]
            found[-1] = replace(found[-1], start=opening + 1)
        one = _measure(clause, quantity, op, own, above + clause[:last_end], start)
        if one:
            found.append(one)
        last_end, subject, last_op = quantity.end, own, op
    return found


def _remark(clause: str, start: int, end: int) -> int | None:
    """Where the bracket opens that closes at `end`, if figures go on behind it."""
    if not clause.startswith("）", end):
        return None
    opening = clause.rfind("（", start, end)
    return opening if opening > start else None


def _sharing(clause: str, quantities: list[Quantity]) -> list[Quantity]:
    """ "100万元、300万元、500万元以上": the word behind the last is said of each."""
    shared = list(quantities)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index], shared[index + 1]
        alike = one.dimension == following.dimension and clause[one.end : following.start] == "、"
        behind = following.op in (Operator.GE, Operator.LE) and following.start == following.number_start
        if one.op is None and alike and behind:
            shared[index] = replace(one, op=following.op)
    return shared


# "获评绿色工厂或者拥有发明专利20件以上": the figure belongs to the second way in
_OTHERWISE = re.compile(r"(?<=或者|.或)(?:拥有|具有|具备|上一?年度?|年度?营|近[一二三两\d]年)")


def _start(clause: str, last_end: int, quantity: Quantity) -> int:
    piece = clause[last_end : quantity.number_start]
    lead = _LEAD.match(piece)
    cut = max(piece.rfind("；"), piece.rfind("："))
    other = _OTHERWISE.search(piece)
    return last_end + max(lead.end() if lead else 0, cut + 1, other.start() if other else 0)


def _measure(
    clause: str, quantity: Quantity, op: Operator, own: str, background: str, start: int
) -> Found | None:
    after = _AND_THEN.split(clause[quantity.end : quantity.end + 14])[0]
    rule = _choose(quantity, own) or _choose(quantity, own[-8:] + after)
    if rule is None and _thin(own):
        rule = _from_before(quantity, background, own, after)
    if rule is None and _SHARE_OF_REVENUE.search(own):  # "研发费用达到500万元，且占营业收入比例不低于4%"
        rule = _choose(quantity, (background + own).replace("，", ""))
    if rule is None and quantity.unit == "人" and _OF_A_COMPANY.match(after):
        rule = _choose(quantity, "职工")
    if rule is None and quantity.dimension == "percent" and _GROWN.search(own):
        rule = _choose(quantity, _last_sum(background) + own)
    if rule is None and quantity.dimension == "years" and not _LASTING.search(own):
        return None
    if quantity.dimension == "yuan" and _thin(own) and _BOUND_OF_STEP.match(clause, quantity.end):
        rule = (
            _choose(quantity, _last_size(background)) or rule
        )  # 收入2000万元以下的不低于8%，|2000万元以上的不低于5%
    attribute, unit = "other", _unit(quantity)
    apiece = _APIECE.match(clause, quantity.end)
    if rule and (apiece or _ANOTHERS.search(own.split("、")[-1][-24:])):
        rule = None
    if rule:
        attribute, unit = rule.attribute, rule.unit or _unit(quantity)
        if quantity.dimension == "yuan" and _INCREASE.search(own):
            unit = "元(增量)"
    rest = apiece or _BASE.match(clause, quantity.end)
    end = rest.end() if rest else quantity.end
    if rule and rule.attribute in {"patents", "invention_patents"}:
        end += _noun_after(clause, quantity.end)
    elif not rule and quantity.dimension == "percent":  # 按不低于20%|的比例录用见习人员
        share = _SHARE.match(clause, end)
        end = share.end() if share else end
    value = (quantity.value, quantity.upper) if quantity.upper is not None else quantity.value
    start = _nearer(clause, min(start, quantity.start), quantity.start, rule)
    word = rule.words.search(clause, start, quantity.end) if rule else None
    core = (word.start() if word and word.start() < quantity.start else quantity.start, end)
    return Found(attribute, op, value, start, end, unit, core)


_APIECE = re.compile(r"[/／](?:亩|公顷|平方米|人|年|月|吨|家)")  # 投资强度350万元/亩: no sum
_BASE = re.compile(r"（不含[^（）\d]{1,20}）")  # 500万元以上（不含土地、厂房）: what the sum leaves out
_BOUND_OF_STEP = re.compile(r"(?:的|的?企业)[^，；]{0,10}?(?:不低于|不少于|达到?|≥)[\d.]{1,5}[%％]")
_SHARE = re.compile(r"的比例(?!的)[^，；且并的]{0,16}")
_AND_THEN = re.compile("且|并|，|、|和|及|或")  # what is measured next
_OF_A_COMPANY = re.compile(
    r"(?:（含）)?(?:及?以[上下])?的(?:参保|用人|缴费)?(?:企业|单位)"
)  # 30人以下的参保企业
_GROWS = re.compile(r"(?:比|较)[^，；]{0,8}(?:增长|增加|提高|上升)$")
# What companies in a park earn, or those that were invested in, is no fact of the applicant.
_ANOTHERS = re.compile(r"在孵|入驻企业|入园企业|被投|所投资|参展企业|服务对象|母公司")
_ITS_AGE = re.compile(r"(?:成立|注册|登记|设立|经营|运营)[^，；]{0,8}，?$")


def _from_before(quantity: Quantity, background: str, own: str, after: str) -> _Rule | None:
    """What is measured where the words before the figure do not say it: the clauses before do."""
    if quantity.dimension == "years" and not _ITS_AGE.search(background + own):
        return None
    if after.startswith(("的部分", "部分")):  # "超过500万元的部分": a part of what was measured last
        return _choose(quantity, _last_sum(background) + own)
    return _choose(quantity, background + own)


_SHARE_OF_REVENUE = re.compile(r"占[^，]{0,6}(?:营业|销售|业务)收入")
# "营业收入达500万元，且比上年增长20%": what grows is what was measured last.
_GROWN = re.compile(r"增长|增速|增幅|增加")
_SUMS = re.compile(
    r"营业收入|销售收入|业务收入|营收|产值|利润|出口额|进出口额|研发费用|销售额|投资额|固定资产投资|纳税(?!年度|人)"
)


def _last_sum(background: str) -> str:
    named = _SUMS.findall(background[-60:])
    return named[-1] if named else ""


_SIZE = re.compile(rf"(?:{_SUMS.pattern})(?=[^，；。]{{0,4}}\d)")


def _last_size(background: str) -> str:
    """The sum that was last given with a figure: of "营业收入5亿元以上企业研发费用占比" the first."""
    named = _SIZE.findall(background[-60:])
    return named[-1] if named else ""


# A length of time that is asked for, not the term of a loan or of the benefit itself.
_LASTING = re.compile(
    r"稳定就业|劳动关系|劳动合同|参保|参加社会|缴纳|缴费|建设期|工期|存续|服务设施|连续|合同期限|持续"
)


def _thin(own: str) -> bool:
    return len(re.sub(r"[的比例重占为在企业]|增速|增长率|均|每年|近\d{1,2}年", "", own)) <= 6


def _choose(quantity: Quantity, subject: str) -> _Rule | None:
    subject = subject[-60:]
    for rule in (*_added_rules(), *_RULES):
        if rule.dimension != quantity.dimension:
            continue
        if rule.dimension == "count" and not _is_counted_in(quantity, rule.attribute):
            continue
        if rule.words.search(subject) and not (rule.without and rule.without.search(subject)):
            return rule
    return None


def _is_counted_in(quantity: Quantity, attribute: str) -> bool:
    if attribute in BUILT_IN:
        return (quantity.unit or "") in _UNIT_OF_COUNT.get(attribute, "")
    return not quantity.unit or quantity.unit == (FACTS[attribute].unit or quantity.unit)


@forgets
@cache
def _added_rules() -> tuple[_Rule, ...]:
    """The figures that administrators have added, by their own names; before the built-in ones, which say less exactly."""
    return tuple(
        _Rule(named.row.key, DIMENSIONS[named.row.kind], named.names)
        for named in named_facts()
        if named.row.kind in DIMENSIONS
    )


def _noun_after(clause: str, end: int) -> int:
    match = re.compile(
        r"[^，；的]{0,60}?(?=（[^（）]{0,20}\d|或者?[^，；的\d]{0,20}\d|或者?拥有|的|，|；|$)"
    ).match(clause, end)
    return len(match[0]) if match else 0


def _unit(quantity: Quantity) -> str | None:
    if quantity.foreign:
        return {"美金": "美元"}.get(quantity.unit or "", quantity.unit)
    return quantity.unit


def money(value: Decimal) -> Decimal:
    """Yuan as a whole number where it is one."""
    return Decimal(int(value)) if value == int(value) else value


def _nearer(clause: str, start: int, limit: int, rule: _Rule | None) -> int:
    """Begin at the last enumeration mark from which the measured word still follows."""
    for mark in ("、", "且", "并"):
        cut = clause.rfind(mark, start, limit) + 1
        if cut > start and limit - cut >= 2 and (rule is None or rule.words.search(clause, cut, limit)):
            if rule and rule.attribute == "patents" and rule.words.search(clause, start, cut):
                continue  # 实用新型专利、软件著作权4件以上: four of either
            start = cut
    return start
