"""Sentences that give nothing to who applies: help to persons alone, duties of bodies and offices, steps of an application."""

from __future__ import annotations

import pytest

from policy_corpus.extraction.structure.duties import puts_duty, tells_steps
from policy_corpus.extraction.structure.persons import gives_to_persons
from policy_corpus.extraction.structure.silence import says_nothing


@pytest.mark.parametrize(
    "sentence",
    [
        "承租示例机构筹集的公共租赁住房的户籍家庭，按照家庭收入情况，给予租金减免",
        "家庭人均收入不超过示例标准2倍的，租金按20%计收",
        "年满60周岁的老年人，持示例优待卡办理公证时，公证费予以减半",
        "对65周岁以上的老年人，示例景区实行免费",
        "对一线医务人员，用人单位可优先推荐职称评审",
        "对记功的示例人员，由用人单位推荐可直接申报评审高级职称",
        "对罹患疾病或牺牲的，按规定给予补助和抚恤",
        "对举报有功者，应当予以奖励",
        "按上述公式计算的住房租赁补贴不足200元的，按照200元予以发放",
        "在选拔人才时，向受到表彰的一线医务人员予以倾斜",
        "随迁子女可申请示例学校学位补贴",
    ],
)
def test_help_to_persons_and_families_alone_says_nothing(sentence: str) -> None:
    assert gives_to_persons(sentence) and says_nothing(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "对收住失能老年人的示例养老机构，每人每月补贴300元",
        "为老年人、儿童提供照护的示例机构，给予运营补贴",
        "企业招用示例困难家庭的毕业生，按每人1000元给予补贴",
        "对家庭农场给予贷款贴息",
        "对新招用的见习人员，给予用人单位每人每月500元补贴",
        "对示例企业员工子女入学，给予优先安排",
        "支持示例龙头企业自主开展职称评审，开通绿色通道",
    ],
)
def test_who_hires_or_cares_for_persons_is_a_body_that_can_apply(sentence: str) -> None:
    assert not gives_to_persons(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "示例单位应当每月向见习人员提供不低于最低工资80%的生活补贴",
        "公证机构应当按照规定减免公证费",
        "示例登记机构应当加强协作，免费提供登记信息网上查询服务",
        "维修质量不合格的，应当免费重新维修",
        "示例图书馆向公众免费开放",
        "建立风险补偿或奖励机制，可通过资金池、贴息等方式给予政策支持",
        "“稳”，就是通过社会保险费补贴等措施，稳定就业",
        "16条措施中，有不少给予融资支持",
        "市、县人民政府应当加大并优先保障污染防治的财政投入",
        "对台胞的投资实行征收时，依照法律程序给予相应的补偿",
        "为确保减免企业社会保险费政策有效落地，现将有关事项通知如下",
        "登记机关应当查验有关单位提交的减免税证明",
        "向社会免费开设咨询和线上指导",
        "审计聚焦财政贴息政策落实情况",
        "截至2月17日，示例省已累计发放再贷款121亿元",
    ],
)
def test_duties_and_tasks_say_nothing(sentence: str) -> None:
    assert puts_duty(sentence) and says_nothing(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "市人民政府应当对获得绿色认证的茶叶企业给予奖励",
        "截至2025年底已累计为企业贷款1亿元的示例银行，给予奖励",
        "出租单位应当免收承租其房屋的小微企业三个月租金",
        "对符合条件的示例机构，应当给予20万元奖励",
        "建立示例产业集群，给予运营单位100万元奖励",
        "建立应急机制的示例企业，给予补贴10万元",
        "示例机构要符合行业标准，给予10万元补助",
    ],
)
def test_what_companies_receive_is_no_duty(sentence: str) -> None:
    assert not puts_duty(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "提交书面材料→组织评审，确定予以支持项目→名单公示",
        "公示期结束后按无异议公示结果予以资助",
        "公示期满无异议后办理资金拨付手续",
    ],
)
def test_the_way_of_an_application_says_nothing_even_in_a_list_of_conditions(sentence: str) -> None:
    assert tells_steps(sentence) and says_nothing(sentence) and says_nothing(sentence, asked=True)


def test_a_sum_behind_the_publication_of_names_is_still_given() -> None:
    assert not tells_steps("经公示无异议的，给予一次性奖励20万元")
