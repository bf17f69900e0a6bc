"""What an item is called: the matter, not the sum and not half a sentence; distinct within a document."""

from __future__ import annotations

import pytest

from policy_corpus.extraction import extract_items
from policy_corpus.extraction.titles import LONGEST
from tests.factories import make_document


def titles(text: str, **fields: object) -> list[str]:
    return [item.title for item in extract_items(make_document(text, **fields))]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("对首次认定为高新技术企业的，给予一次性奖励30万元。", "高新技术企业奖励"),
        ("对首次纳入规模以上统计的工业企业，给予奖励5万元。", "首次纳入规模以上统计奖励"),
        ("对设备投资500万元以上的企业，按设备投资额的10%给予补助，最高100万元。", "设备投资补助"),
        ("对上年度营业收入首次突破1亿元的企业，给予20万元奖励。", "上年度营业收入首次突破1亿元奖励"),
        ("自2026年1月1日至2027年12月31日，对高新技术企业免征示例税。", "高新技术企业免征示例税"),
        ("对在新三板挂牌的企业，给予50万元奖励。", "新三板挂牌奖励"),
        ("对示例园区企业减半收取示例担保费。", "减半收取示例担保费"),
    ],
)
def test_an_item_is_called_after_its_matter(sentence: str, title: str) -> None:
    (found,) = titles(f"一、{sentence}")
    assert title in found and len(found) <= LONGEST


def test_heading_leads_and_its_benefit_word_is_not_said_twice() -> None:
    (found,) = titles("第二条 场地补贴\n对租用示例园区厂房的企业，按租金的50%给予补贴。")
    assert found.startswith("场地补贴：") and not found.endswith("补贴补助")


def test_headings_that_name_nothing_are_passed_over() -> None:
    text = "支持标准及要求\n采取后补助方式，给予最高20万元补助。"
    (found,) = titles(text, title="关于印发《示例市冷链项目资金管理办法》的通知")
    assert found == "示例市冷链项目资金管理办法补助"


def test_titles_of_a_document_are_distinct() -> None:
    text = "\n".join(
        f"第{n}条 对首次升规的工业企业，给予奖励{k}万元。" for n, k in (("一", 5), ("二", 8), ("三", 8))
    )
    found = titles(text)
    assert len(set(found)) == 3 and all(len(one) <= LONGEST for one in found)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("一、示例小微企业支持方式及金额如下：\n给予不超过30万元的资金支持。", "示例小微企业补助"),
        ("一、示例基地管理第三条示例基地实行动态管理\n给予一次性补贴15万元。", "示例基地管理补助"),
        ("一、贷款贴息支持\n按照综合评定结果，给予不超过20万元贴息。", "贷款贴息支持"),
        ("一、认定示例中心\n根据绩效给予最高20万元奖励。", "认定示例中心奖励"),
        ("一、减免质量检验收费\n对示例计量器具检定收费减免50%。", "减免质量检验收费"),
        (
            "https://example.invalid/portal/#/home\n在国内实施的项目，可申请不高于预算50%的匹配资助。",
            "示例市促进示例产业发展若干措施：国内实施补助",
        ),
    ],
)
def test_halves_of_sentences_and_empty_words_are_no_names(text: str, title: str) -> None:
    assert titles(text) == [title]
