"""Fixed words -> plain traits (法人、财务、信用、合规、规上、上市、规模、所有制、组织形式); called by reading."""

from __future__ import annotations

import re

from policy_corpus.extraction.conditions.added_facts import find_added_traits
from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.lexicon.traits import APPLICANTS, LISTING_NAMES, TRAITS
from policy_corpus.extraction.words.negation import is_denied
from policy_corpus.model import Operator

_COMPILED = tuple((attribute, re.compile(pattern), value) for attribute, pattern, value in TRAITS)
_APPLICANT_NEAR = re.compile(
    rf"^(?:(?:、|和|及|或|以及)?(?:大型|中型|小型|微型|小微|中小微?|国有|民营|外资)(?:企业)?){{0,4}}[^，；。、和及与]{{0,14}}?(?:{APPLICANTS})"
)
_DENIED_BEHIND = re.compile(
    r"[^，；、且并]{0,4}未(?:曾)?被[^，；]{0,10}(?:评定|评为|认定|列入)"
)  # 信用等级未被评定为D级
_BODY = re.compile(  # 中小企业公共服务平台, 中小企业融资担保有限公司: a name, not an applicant
    r"企业[\u4e00-\u9fff]{0,10}?(?:有限公司|促进中心|服务中心|公共服务|服务平台|发展基金|发展资金|协会|主管|局|划型)|企业园(?!区?[^，；]{0,2}企业)"
)
# "发放小微企业贷款": whose loans they are, not who applies
_BORROWERS = re.compile(
    r"(?:民营|小微|中小微?|企业|客户|主体|个体工商户|、|和|及){0,12}(?:贷款(?!额度)|融资|债务|债券|存量|担保)"
)
# "年实到外资1000万美元以上": a sum, not whose the company is
_SUM_OF = re.compile(r"(?:实到|到位|利用|使用|合同|吸收)$")
# "联合高校以及上下游中小企业", "带动中小企业": with whom the applicant works
_BESIDE_WHOM = re.compile(r"(?:联合|携手|带动|赋能)[^，；的]{0,40}$")
_SENTENCES_LONG = {"credit", "compliance"}  # the whole clause is the condition, not the key word
_HAS = {"independent_legal_person", "financial_system", "credit", "compliance"}
_BESIDE = {"size_class", "ownership"}
_QUALIFIED = re.compile(
    r"(?:近[一二两三四五\d]{1,2}年内?|上一?年度?|申报前[一二两三\d]年)?(?:内|来)?(?:均|均未|未|无|没有|不存在|未曾)?(?:发生|出现|存在|受到|有)?过?(?:特别重大|重特大|较大|重大|严重|一般)?(?:及以上|及其以上|以上)?(?:的)?$"
)
_OWN_DENIAL = re.compile(
    r"^((?:近[一二两三四五\d]{1,2}年内?|上一?年度?)?)(?:内|来)?均?(?:未曾|未|没有|不存在|无)(?:发生|出现|存在|受到|有)?过?"
)
# "有违法违规情况的不得申报", "信用等级不能为红牌"
_REFUSED = re.compile(
    r"(?:不得|不予|不能)(?:申报|申请|支持|受理|享受|推荐|参评)|(?:不得|不能|不应|不)(?:为|是)"
)
# No policy asks for a fault: however the sentence is built, it is what a company must not have.
_FAULT = re.compile(
    r"失信|黑名单|经营异常|联合惩戒|严重违法失信|恶意欠薪|违法|违规|违纪|违反|行政处罚|刑事处罚|处罚|污染事故|重大事故|侵犯|拖欠|欠税|欠缴|偷税|骗税|逃税"
)
_DENIES = re.compile(r"无|未|没有|不(?!断|仅)|除|非")
_SIDE_BY_SIDE = re.compile(r"(?:、|和|及|以及|或者?|与)")
# "通过境内公益性社会组织捐赠": by way of whom
_GO_BETWEEN = re.compile(
    r"(?:(?:通过|由|向|经)(?:境内|境外|非营利|依法成立|的){0,3}|公益性|设立|开设|总部[或及])$"
)
_LISTED = re.compile(r"上市|挂牌|基础层|创新层")


def find_traits(clause: str) -> list[Found]:
    """The traits named in one clause, denied ones with NOT_HAS.

    >>> [(f.attribute, f.op.value, f.value) for f in find_traits("具有独立法人资格的中小微企业")]
    [('independent_legal_person', 'has', True), ('size_class', 'eq', '中小微')]
    """
    found = find_added_traits(clause)
    for attribute, pattern, value in _COMPILED:
        matches = [
            m
            for m in pattern.finditer(clause)
            if _counts(attribute, clause, m) and not _in_title(clause, m.start())
        ]
        if not matches:
            continue
        if attribute in _SENTENCES_LONG:
            found.append(_whole(attribute, clause, matches))
        elif value is not None:
            found.append(_simple(attribute, clause, matches[0], value))
        else:
            found += [
                one
                for group in _groups(attribute, clause, matches)
                for one in _words(attribute, clause, group)
            ]
    return found


def _groups(attribute: str, clause: str, matches: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Forms of organisation that stand side by side are one list; those apart are members of a wider one."""
    groups = [[matches[0]]]
    for match in matches[1:]:
        apart = attribute == "legal_form" and not _SIDE_BY_SIDE.fullmatch(
            clause[groups[-1][-1].end() : match.start()]
        )
        groups += [[match]] if apart else []
        groups[-1] += [] if apart else [match]
    return groups


def _in_title(clause: str, place: int) -> bool:
    """Whether a word stands in the name of a document: "《中小企业划型标准规定》" speaks of no applicant."""
    return clause.rfind("《", 0, place) > clause.rfind("》", 0, place)


def _counts(attribute: str, clause: str, match: re.Match[str]) -> bool:
    after = clause[match.end() : match.end() + 20]
    if attribute == "ownership" and after.startswith(
        ("资产", "资本", "房", "土地", "建设用地", "物业", "资金")
    ):
        return False
    if attribute == "ownership" and re.match("企业\\d{2,3}强", after):
        return False  # 民营企业500强: a list that the company stands in
    if attribute == "ownership" and _SUM_OF.search(clause[: match.start()]):
        return False
    if attribute in _BESIDE and _BESIDE_WHOM.search(clause[: match.start()]):
        return False
    if attribute in _BESIDE:
        return bool(_APPLICANT_NEAR.match(after)) and not _BORROWERS.match(after) and not _BODY.match(after)
    if attribute == "listing":  # "境内外上市销售" speaks of a product
        return not after.startswith(("销售", "许可", "产品", "新药", "药品"))
    if attribute == "compliance" and re.search(
        r"(?:不能|无力|确?有?困难|缓|延期|欠费不停)[^，；。]{0,4}$", clause[: match.start()] + match[0][:0]
    ):
        return False
    if attribute == "compliance" and "欠费不停" in clause:
        return False
    if attribute == "credit" and re.match(
        r"信用(?:贷款|保险|担保|风险|评价服务)", clause[match.start() : match.start() + 8]
    ):
        return False
    if attribute == "legal_form" and after.startswith(
        ("公有", "所有的", "产权", "房", "物业", "体制改革", "改制")
    ):
        return False  # 承租事业单位公有房产: whose the premises are
    if attribute == "legal_form" and after.startswith(("扶持", "政策", "管理", "条例")):
        return False  # 按社会组织扶持政策: the name of a policy
    return not (attribute == "legal_form" and _GO_BETWEEN.search(clause[: match.start()]))


def _simple(attribute: str, clause: str, match: re.Match[str], value: str | bool) -> Found:
    op = Operator.HAS if attribute in _HAS else Operator.EQ
    if is_denied(clause, match.start(), match.end()):
        op = Operator.NOT_HAS
    return Found(attribute, op, value, match.start(), match.end())


def _whole(attribute: str, clause: str, matches: list[re.Match[str]]) -> Found:
    denied = any(is_denied(clause, m.start(), m.end()) for m in matches)
    denied = denied or bool(_REFUSED.search(clause, matches[0].start()))
    denied = (
        denied
        or any(_FAULT.search(m[0]) for m in matches)
        or bool(_DENIED_BEHIND.match(clause, matches[-1].end()))
    )
    first, last = matches[0], matches[-1]
    start = first.start()
    if attribute == "compliance":  # with what is said of it: 近两年发生较大以上安全生产事故
        start -= len(_QUALIFIED.search(clause[max(0, start - 24) : start])[0])  # type: ignore[index]  # matches ""
    value = re.sub(
        r"(?:的企业|企业|单位|的)?(?:除外|以外|之外|(?:不享受|不予|不得申报)[^，；]{0,200})?$",
        "",
        clause[start : last.end()],
    )
    if denied and attribute == "compliance":
        value = _OWN_DENIAL.sub(r"\1", value) or value
    return Found(
        attribute,
        Operator.NOT_HAS if denied else Operator.HAS,
        value,
        *_piece(clause, first.start(), last.end()),
        core=(first.start(), last.end()),
    )


def _piece(clause: str, start: int, end: int) -> tuple[int, int]:
    """The member of a list that a trait stands in ("守法经营、信誉良好、经营正常"); the clause where a denial spans it."""
    before, after = clause.rfind("、", 0, start) + 1, clause.find("、", end)
    if _DENIES.search(clause) or (before == 0 and after < 0):
        return 0, len(clause)
    return before, after if after > 0 else len(clause)


def _words(attribute: str, clause: str, matches: list[re.Match[str]]) -> list[Found]:
    names = tuple(dict.fromkeys(LISTING_NAMES.get(m[0], m[0]) for m in matches))
    start, end = matches[0].start(), matches[-1].end()
    denied = is_denied(clause, matches[0].start(), matches[0].end())
    op = Operator.NOT_HAS if denied else Operator.EQ if len(names) == 1 else Operator.IN
    tail = _APPLICANT_NEAR.match(clause[end : end + 20])
    end += len(tail[0]) if tail and attribute in _BESIDE else 0
    if attribute == "size_class":
        end = min(end, len(clause))
    return [Found(attribute, op, names[0] if len(names) == 1 else names, start, end)]
