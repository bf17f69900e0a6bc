from __future__ import annotations

import pytest

from policy_corpus.describing import describe
from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.numbers import find_own_number, normalise_number
from policy_corpus.model import Reading


def own(text: str) -> str | None:
    return find_own_number(lay_out(Reading("txt", text), "0" * 64, "a.txt"))


@pytest.mark.parametrize("written", ["示政发〔2024〕5号", "示政发[2024]5号", "示政发（2024）5号", "示政发【2024】5 号",
                                     "示政发 ［2024］ 第５号", "示政发﹝2024﹞5号", "示政发〔 2024 〕5号"])  # fmt: skip
def test_every_kind_of_bracket_gives_one_spelling(written: str) -> None:
    assert own(f"示例市人民政府文件\n{written}\n关于示例的通知") == "示政发〔2024〕5号"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("国发明电〔2020〕3号\n国务院关于示例的通知", "国发明电〔2020〕3号"),
        ("示例市人民政府令\n第 179 号\n示例市示例办法", "示例市人民政府令第179号"),
        ("财政部 税务总局公告2023年第12号\n关于示例的公告", None),
        ("示例部公告\n2024年第5号\n关于示例的公告", "2024年第5号"),
        ("示例市示例办法（示府〔2021〕4号）\n第一条 为了示例", "示府〔2021〕4号"),
        ("示政发〔2024〕5号          签发人：某某\n关于示例的请示", "示政发〔2024〕5号"),
        ("关于示例的通知\n文号：示财〔2022〕8号 发布时间：2022-01-01\n正文", "示财〔2022〕8号"),
    ],
)
def test_the_own_number_is_found_by_its_place(head: str, expected: str | None) -> None:
    found = own(head)
    assert found == expected or (expected is None and found is not None and found.endswith("2023年第12号"))


@pytest.mark.parametrize(
    "text",
    [
        "关于示例的通知\n各单位：\n根据《示例办法》（示政发〔2020〕1号）有关规定，现就有关事项通知如下。",
        "示例办法\n第一条 为落实示政发〔2020〕1号文件，制定本办法。",
        "示例细则\n依据文件\n《示例办法》（示科发〔2021〕3号）",
        "示例名单\n第3号\n企业名单",
    ],
)
def test_a_cited_number_is_not_the_own_number(text: str) -> None:
    assert own(text) is None


def test_text_before_a_number_is_not_part_of_it() -> None:
    assert normalise_number("示例省人民政府文件示政发〔2024〕5号") == "示政发〔2024〕5号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "关于示例税费政策的公告\n财政部 税务总局公告2023年第12号\n现公告如下：",
            "财政部 税务总局公告2023年第12号",
        ),
        (
            "财政部 税务总局关于示例税费政策的公告\n2023年第12号\n现公告如下：",
            "财政部 税务总局公告2023年第12号",
        ),
        (
            "关于示例税费政策的公告\n税务总局公告2023年第12号\n现公告如下。\n财政部　税务总局\n2023年8月2日",
            "财政部 税务总局公告2023年第12号",
        ),
        (
            "国家税务总局关于示例事项的公告\n国家税务总局公告2023年第1号\n现公告如下。",
            "国家税务总局公告2023年第1号",
        ),
    ],
)
def test_an_announcement_carries_all_its_issuers(text: str, expected: str) -> None:
    assert describe(Reading("txt", text), "0" * 64, "a.txt").document_number == expected
