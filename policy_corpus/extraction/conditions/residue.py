"""Words before a benefit that no condition took up: the last safeguard against a yes for want of reading; called by items.

The rules for conditions pass over words they take for slogans. Here the subject of a benefit ("对…的企业，") is
checked once more: what is left of it after every condition found and every empty word is taken away must be empty,
else the subject goes to a person as FreeText.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from policy_corpus.extraction.conditions.found import Found
from policy_corpus.extraction.structure.silence import PERSONS
from policy_corpus.extraction.words.clauses import split_clauses

_FROM = re.compile(r"^(?:其中)?(?:对于?|凡|针对)|的$|的(?:企业|单位|机构|项目|主体|公司|商户|纳税人)$")
_GIVING = re.compile(
    r"^(?:首年|次年|第[一二三四五]年(?:、|$|房租|租金)|(?:其后|此后|随后|之后)[一二三四五六\d]{1,2}(?:个月|年)|(?:第[一二三四五、]{1,5}年)?(?:优先)?采[取用]|(?:第[一二三四五、]{1,5}年)?根?据|综合(?:评估|评价|考虑)|支持周期|贴息|择优|给予|予以|按|发放|由|可|一次性|分别|每|最高|补贴|补助|奖励|资助|提供|减|免|享受|市级|省级|县级|区级|财政|在[^，]{0,12}基础上|对(?:于)?[^，；的企业单位]{2,14}(?:费用|费|支出|投入|金额|利息|保费|租金|损失|部分)$)"
)
_EMPTY = re.compile(
    r"（以下(?:简|统)?称[^（）]{1,16}）|给予(?:一次性)?(?:奖励|奖补|补助|补贴|资助|支持)$|对于|针对|对|凡是|凡|其中|(?:同时)?(?:符合|满足|具备)(?:下列|以下|如下)(?:各项)?(?:条件|要求)(?:之一)?的?|符合(?:上述|以上|前述|本|相关|支持|申报|奖励|补助)?(?:条件|规定|要求)的?|上述|以上|前述|以下|下列|该|本|我|全|各类|各|所有|"
    r"企业|单位|机构|公司|项目|主体|市场|称号|资质|资格|证书|荣誉|经营|纳税人|申请人|申报|商户|法人|组织|部分|的|地|得|和|与|及|以及|或者|或|并且|且|并|等|获准|择优|最高|范围|推动|继续(?:执行|实施)?|第[一二三四五]年|"
    r"上一?年度?|上年末|年度|当年度?|每年|年内|年|月|日|近[一二三两\d]|之前|以后|期间|期内|同期|依法|依规|按规定|实际|累计|合计|"
    r"具有|具备|拥有|取得|获得|获评|评为|认定为?|通过|列入|纳入|入选|成为|达到|超过|不低于|属于|从事|在|为|是|有|由|被|经|已|于|内|外|中|"
    r"(?:需要)?重点扶持|占|营业收入|销售收入|比例|比重|同比|较|增长|增幅|增速|实缴|平均|均|总额|首次|初次|统计|挂牌|参保|迁入|新|再|另|还|同时|另外|此外|省|市|区|县|国家|级|本市|我市|辖区|注册|登记|"
    r"[\d.%‰〇一二三四五六七八九十百千万亿元人家件项个台套户年月日次以不足满含（）“”《》、，：；]"
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_LEAST = 2


def unread(words: str, found: Sequence[Found]) -> tuple[int, int] | None:
    """Where the subject at the head of `words` says something that no find covers; None where it does not.

    words: what stands before a benefit; found: the conditions read from it, counted from its beginning.

    >>> from policy_corpus.model import Operator
    >>> unread("对装配式部件生产企业，", [])
    (0, 10)
    >>> unread("对上年度营业收入2000万元以上的企业，", [Found("revenue", Operator.GE, Decimal(20000000), 1, 15, core=(4, 15))]) is None
    True
    """
    taken = bytearray(len(words))
    for one in found:
        # a figure or a place covers its own words only: what stands before them in the clause may be the subject
        measured = isinstance(one.value, Decimal) and one.attribute != "other"
        start, end = one.taken() if measured or one.attribute == "region" else (one.start, one.end)
        start, end = max(0, start), min(end, len(words))
        taken[start:end] = b"\1" * (end - start)
    subject = _subject(words) if found else _all_but_giving(words)
    for start, end in subject:
        left = "".join(
            char if not taken[index] else "，" for index, char in enumerate(words[start:end], start)
        )
        if any(len(_HAN.findall(piece)) >= _LEAST for piece in _EMPTY.sub("，", left).split("，")):
            return subject[0][0], subject[-1][1]
    return None


def _all_but_giving(words: str) -> list[tuple[int, int]]:
    """Where no condition was found, "支持企业申请改造项目，对符合条件的项目" must not pass for its last clause."""
    return [(a, b) for a, b in split_clauses(words) if not _GIVING.match(words[a:b])]


def _subject(words: str) -> list[tuple[int, int]]:
    """The clauses that say whom the benefit is for: from the first 对 to the last one that ends like a subject."""
    pieces = list(split_clauses(words))
    marks = [index for index, (a, b) in enumerate(pieces) if _FROM.search(words[a:b])]
    # help to persons has no such subject, and no fact of a company speaks of them
    marks += [index for index, (a, b) in enumerate(pieces) if PERSONS.search(words[a:b])]
    if not marks:
        return []
    chosen = pieces[min(marks) : max(marks) + 1]
    return [(a, b) for a, b in chosen if not _GIVING.match(words[a:b])]
