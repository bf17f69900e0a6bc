"""Whom a document speaks to: companies or natural persons, and whether a call is for something given. Called by items.

Pensions, school places and long-term care are matters of persons, whatever institutions take part; licences, filings
and rules of conduct are called 申请 and 申报 as well, but give nothing.
"""

from __future__ import annotations

import re

from policy_corpus.model import Document

_PERSONAL = re.compile(
    r"长期护理(?:保险|失能)|长护险|入学|招生|学位|幼儿园|社会保障卡|社保卡|养老金|失业保险金|失业金|积分制?入户|人才引进入户|居民(?:基本)?(?:医疗|养老)保险|居民医保|医保参保|"
    r"临时救助|社会救助|最低生活保障|老年人优待|老人免费|高龄津贴|残疾人两项补贴|住房保障|公共租赁住房|公租房|人才公寓|"
    r"医务人员|抗疫一线|助学金|带薪年休假|征地|就业手续|医疗保障(?!局|部门)|救治费用"
)
# Among measures for companies, housing and school places are help to their people; these never are.
_PERSONAL_HEADING = re.compile(
    r"长期护理|长护险|社会保障卡|养老金|失业(?:保险)?金|居民(?:基本)?(?:医疗|养老)保险|居民医保|临时救助|社会救助|最低生活保障|老年人优待|高龄津贴|残疾人两项补贴|助学金|征地"
)
# Letters, appeals and plans for emergencies promise and ask, but give nothing that one could apply for.
_NO_OFFER = re.compile(r"倡议书|应急预案|公开信|一封信|告知书|健康申报")
_GIVEN = re.compile(
    r"奖|补贴|补助|资助|贴息|减免|扣除|优惠|扶持|资金|专项|基金|返还|券|申报|认定|评选|评定|遴选|征集|推荐|入库|培育|试点|示范|税收政策"
)
_ACTS = re.compile(
    r"许可|核发|核准|核查|审批|批准|登记|注册|备案|鉴定|申诉|转诊|变更|转让|注销|缴费|补缴|趸缴|参保|参加保险|年检|防控|防疫|就医|执业|职业资格|"
    r"设立|准入|确认函|健康申报|纳税申报|个人所得税|处理$|办税|劳动合同|仲裁|法律服务"
)
_SUMS = re.compile(r"奖励|奖补|补贴|补助|资助|贴息|扶持|减免|扣除|税收优惠|专项资金")
_HEAD = 300  # of a text without a title, what its first articles speak of


def is_for_persons(document: Document) -> bool:
    """Whether the document gives to natural persons only (长期护理、入学、养老金 …), by its title or else its head."""
    return bool(_PERSONAL.search(_name(document)))


def concerns_persons(heading: str) -> bool:
    """Whether a heading names a matter of natural persons, wherever it stands."""
    return bool(_PERSONAL_HEADING.search(heading))


def offers_nothing(document: Document) -> bool:
    """Whether it is an appeal, a letter or a plan for emergencies (倡议书、公开信、应急预案), by its title."""
    return bool(_NO_OFFER.search(document.title))


def calls_for_benefit(document: Document) -> bool:
    """Whether a call or guide that names no benefit itself is for one: 申报、认定、评选, not 许可、登记、缴费."""
    name = _name(document)
    return bool(_GIVEN.search(name)) and (not _ACTS.search(name) or bool(_SUMS.search(name)))


def _name(document: Document) -> str:
    """The title, or the head of the text where the title is no more than the name of the file."""
    titled = re.search(r"[\u4e00-\u9fff]{2}", document.title)
    return document.title if titled else document.text[:_HEAD]
