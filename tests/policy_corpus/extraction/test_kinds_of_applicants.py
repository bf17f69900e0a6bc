"""Who may apply, read from lists, permits, grades and places: no member left out, no partner or part of a word taken in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction.conditions.reading import Setting, read_sentence

SPEAKING = "浙江省湖州市"


def found(sentence: str) -> list[tuple[str, str, object]]:
    setting = Setting(required=True, speaking=SPEAKING)
    return [(one.attribute, one.op.value, one.value) for one in read_sentence(sentence, setting)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "高等学校、科研机构、社会组织、创业服务机构等创新主体",
            ("industry", "in", ("高等学校", "科研机构", "社会组织", "创业服务机构")),
        ),
        ("申报单位应为投资机构", ("industry", "eq", "投资机构")),
        ("从事商贸流通业经营、服务、管理的企业", ("industry", "eq", "商贸流通业")),
        ("各类担保机构", ("industry", "eq", "担保")),
        ("持有网络出版服务许可证的单位", ("qualification", "has", "网络出版服务许可证")),
        ("近2年年检结论为合格", ("qualification", "has", "近2年年检结论合格")),
        (
            "服务评估为优秀、良好的单位",
            ("qualification", "in", ("服务评估优秀", "服务评估良好")),
        ),
        ("经认定的知识产权试点示范单位", ("qualification", "has", "知识产权试点示范单位")),
        ("具有国家级资质的机构", ("qualification", "has", "国家级资质")),
        ("具有独立承担民事责任的能力", ("independent_legal_person", "has", True)),
        ("在示例四板市场挂牌的企业", ("listing", "eq", "示例四板市场")),
        ("湖州市范围内的企业", ("region", "eq", "湖州市")),
        ("每年按不低于20%的比例录用学员", ("other", "ge", Decimal(20))),
        ("还未注册企业", ("other", "not_has", "注册企业")),
    ],
)
def test_a_kind_of_applicant_is_named_as_the_text_names_it(
    sentence: str, expected: tuple[str, str, object]
) -> None:
    assert found(sentence)[0] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "联合高校、科研院所开展技术攻关",
        "本地各类企事业单位",
        "通过境内公益性社会组织捐赠的企业",
        "按照社会组织扶持政策享受",
        "根据《示例市科技服务机构管理办法》办理",
        "普通高等学校、技工院校学生",
        "支持机器人企业建设市级企业技术中心",
    ],
)
def test_partners_pupils_and_parts_of_words_shut_nobody_out(sentence: str) -> None:
    kinds = {(attribute, value) for attribute, op, value in found(sentence)}
    names = {
        str(value) for attribute, value in kinds if attribute in ("industry", "legal_form", "qualification")
    }
    assert names <= {"机器人"}
