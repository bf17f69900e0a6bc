"""Clauses inside a list of requirements that ask nothing: how a figure is counted, what is allowed, what a company newer
than the period asked for does instead; called by conditions.

To read them as requirements costs a company an answer nobody needs ("资金来源可以是贷款"), or worse: "成立不满三年的，按
实际年限计算" eases a rule, and as a requirement it would refuse every older company.
"""

from __future__ import annotations

import re

# Each rule with what it lets pass; the words are those of one clause without its brackets.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("how a figure is counted", r"(?:核算|计算|统计|认定|折算)(?:范围|口径|方法|方式|依据|标准)(?:为|是|包括|：|按)"),
        ("what a figure includes", r"^[^，；]{0,12}(?:费用|投入|支出|范围|收入|期限)(?:包括|包含|是指|指|不包括税)"),
        ("by what it is counted", r"(?:按|以)[^，；]{2,30}(?:计算|为准|核算|折算|测算|推算|算)$|四舍五入|不算$|不计(?:算)?在?内?$"),
        ("by what it is decided", r"(?:参考|参照)[^，；]{2,40}(?:执行|补助|确定|计算)$|参照执行$"),
        ("what is allowed", r"可以?(?:是|为(?![^，；]{1,20}提供)|包括|不受)|不限于?|均可$|^也可|不受[^，；]{0,20}(?:限制|影响)|视[为同]"),
        ("what goes together", r"可(?:与|同时)[^，；]{0,12}(?:申报|享受|叠加)$"),
        ("how much is given", r"(?:资助|补助|补贴|支持|奖励|贴息)(?:额度|金额|比例|资金)[^，；]{0,8}(?:不低于|不高于|不超过)"),
        ("what share is bought", r"出资额[^，；]{0,14}不(?:超过|低于)|(?:占股|持股|股份)比例[^，；]{0,14}不(?:超过|高于)|第一大股东"),
        ("while the money lasts", r"发完即止|用完即止|先到先得|额度用完"),
        ("who signs for several", r"^以[^，；]{2,30}为[^，；]{0,6}申请人"),
        ("how to apply", r"如实填[报写]|应当?填写|自愿填写|详见|对[^，；]{0,16}真实性|^综上|^逾期"),
        ("who decides", r"^报[^，；]{2,14}(?:审议|审定|批准|备案)后?(?:执行|实施)?$"),
        ("what is due afterwards", r"获得[^，；]{0,12}资金后"),
        ("besides a condition", r"^除(?:满足|符合|具备|享受)[^，；]{2,40}外$"),
        ("by what means", r"^[^，；]{0,6}(?:通过|经过)[^，；]{2,40}等(?:多种)?方式$"),
        ("who is preferred", r"^(?:同等条件下?)?(?:优先|鼓励)(?:支持|考虑|资助|推荐|安排|对|企业)|优先(?:支持|考虑|资助|推荐|安排|扶持)$"),
        ("what others decide", r"另有(?:规定|约定)的?(?:除外|，|$)"),
        ("once only", r"(?:只能|仅能|只可|仅可|限|只)(?:享受|申请|申报|选择|补助|补贴|奖励)[^，；]{0,4}(?:一|1|壹)(?:次|项|种|类|个)"),
        ("not twice", r"^同一[^，；]{0,16}不(?:得|可|能|予)重复(?:享受|申报|申请|计算|奖励)"),
    )
)  # fmt: skip
_REMARK = re.compile(r"（[^（）]{0,80}）")  # an allowance in a bracket does not undo what is asked before it
_NEWER = re.compile(
    r"(?:成立|注册|登记|设立|经营|运营|创办|存续)[^，；：]{0,10}?(?:不足|不满|未满)[^，；：]{1,12}$"
)
_INSTEAD = re.compile(
    r"^(?:可|则|应)?(?:按照?|自|从|以|根据)[^，；]{0,20}(?:计算|成立|注册|登记|起|年限|实际|期间)"
)


# "属市级重大项目的，可不受上述限制": an allowance for a case
_CASE = re.compile(r"(?:属于?|对于?|凡是?|如果?|若|因|确?有|经)")
_MAY = re.compile(r"^可(?:以)?(?:不受|适当|放宽|按|由|酌情|优先|予以)")


def asks_nothing(clause: str) -> bool:
    """Whether a clause explains or allows rather than asks.

    >>> asks_nothing("项目投入的核算范围为设备购置费"), asks_nothing("资金来源可以是自有资金或贷款")
    (True, True)
    >>> asks_nothing("同一企业每年只能享受一次补贴"), asks_nothing("年度研发费用不低于100万元")
    (True, False)
    >>> asks_nothing("应先办理备案（不受是否盈利限制）")
    False
    """
    bare = _REMARK.sub("", clause) or clause
    return any(pattern.search(bare) for _, pattern in _RULES)


def eases(clause: str, following: str) -> bool:
    """Whether two clauses say what holds instead for a company newer than the period asked for.

    >>> eases("成立不满两年的", "按实际经营年限计算"), eases("成立不满两年的", "给予10万元奖励")
    (True, False)
    >>> eases("属市级重大项目的", "可不受上述限制")
    True
    """
    if _NEWER.search(clause) and _INSTEAD.match(following):
        return True
    return bool(_CASE.match(clause) and _MAY.match(following)) or (
        "资金后" in clause and asks_nothing(clause)
    )
