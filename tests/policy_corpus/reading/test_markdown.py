from __future__ import annotations

from policy_corpus.model import Link
from policy_corpus.reading import read_document

SOURCE = """# 示例市若干措施

<!-- 内部注释 -->
## 第一章 总则

第一条 对**专精特新“小巨人”企业**给予奖励。

* 国家级：50万元
- 省级：20万元

| 类别 | 标准 |
| :--- | ---: |
| 国家级 | 50万元 |

---
1\\. 见[附件1：申报表](files/form.docx)和[首页](index.html)。
"""


def test_marks_are_dropped_and_words_kept() -> None:
    reading = read_document(SOURCE.encode(), "示例.md")
    assert reading.title == "示例市若干措施"
    assert [line for line in reading.text.split("\n") if line] == [
        "示例市若干措施",
        "第一章 总则",
        "第一条 对专精特新“小巨人”企业给予奖励。",
        "国家级：50万元",
        "省级：20万元",
        "类别\t标准",
        "国家级\t50万元",
        "1. 见附件1：申报表和首页。",
    ]


def test_attachments_become_links() -> None:
    assert read_document(SOURCE.encode(), "示例.md").links == (Link("附件1：申报表", "files/form.docx"),)


def test_lone_marks_stay() -> None:
    text = "设备数量*单价≥100万元，＃1楼，A_B_C 型"
    assert read_document(text.encode(), "示例.md").text == text


def test_heading_in_a_list_and_script_link_lose_their_marks() -> None:
    text = read_document(
        "* #### [申报](https://example.com/#)\n\n[](javascript:void(0))[关闭](javascript:x(0))".encode(),
        "a.md",
    ).text
    assert text.split("\n") == ["申报", "", "关闭"]
