"""The scenarios of docs/scenarios as one page that the business office reads; called by docs/generate.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.scenarios.book import NO_ITEM, Scenario, Theme, read_themes

_ABOUT = """# 政策读法示例

本页列出 {count} 段自编的政策文字，以及系统应当从中读出的事项、条件和支持内容。地名、部门、项目均为虚构或示例；
每一段同时是一条自动测试，读法有变就会报错。业务人员可以据此核对系统的读法，也可以自己补充。

## 怎样看

- 一段文字可以有一个事项、几个事项，或者没有事项（“无”）。每个事项的条件和支持必须写全，多读、少读都算错。
- 条件一行一条：`指标 符号 值`。符号有 `≥`（以上、不低于、达到、满）、`>`（超过、高于）、`≤`（以下、以内、不超过）、
  `<`（未满、低于、不足）、`为`、`包含`、`不包含`，两端之间写 `A～B`。
- 条件之间是“且”。`任一` 下的各条满足一条即可，`全部` 下的各条须同时满足。
- `已发生事项`、`开展的活动`、`合规情况`、`其他情况` 由企业自己确认，
  `请企业确认` 是页面上给企业看的话；`人工核对` 是系统没有把握、原样交给人看的原文。
- 没有写注册地的事项，自动要求企业在发文机关所在地（未写明时为{region}）；`地区: 全国` 时不要求。
- 支持一行一条：`种类 定额 比例 最高`，括号里是比例的基数或单价的单位；原文没有数字的写“金额未写明”。
- 标有“尚未做到”的，是正确的读法已经写明、系统暂时还读不出的。

## 怎样添一条

在 `docs/scenarios` 下相应主题的 `.yaml` 文件末尾照样添一条，先按原文写出应有的读法，再运行 `make docs test`：

```yaml
- 标题: 万元以上包含本数        # 同一文件内不可重复
  原文: |
    对上年度营业收入2000万元以上的工业企业，给予一次性奖励20万元。
  条件:
  - 营业收入 ≥ 2000 万元
  - 所属行业 为 工业
  支持:
  - 奖励 20 万元
```

可以写的键：`标题`、`原文`（必写），`说明`、`地区`、`发文机关`、`发布日期`、`文件标题`；一个事项写 `名称`、`条件`、`支持`、
`申报期`、`部门`、`材料`、`联系方式`、`申报渠道`、`免申即享`、`请企业确认`
（`名称`、`请企业确认` 不写就不核对，其余不写就是“没有”）；几个事项写在 `事项` 下，没有事项写 `事项: 无`；
系统读不出的加 `尚未做到: 原因`。不认识的键会报错。
"""
_FIELDS = ("名称", "条件", "支持", "申报期", "部门", "材料", "联系方式", "申报渠道", "免申即享", "请企业确认")
_DECLARED = ("文件标题", "发文机关", "地区", "发布日期")


def scenario_page(region: str) -> str:
    """docs/scenarios.md without its note. region: which stands for the issuer's where a scenario names none."""
    themes = list(read_themes())
    count = sum(len(theme.scenarios) for theme in themes)
    contents = [f"- {theme.heading}（{len(theme.scenarios)} 段）" for theme in themes]
    parts = [_ABOUT.format(count=count, region=region), "\n## 目录\n\n", "\n".join(contents), "\n"]
    return "".join([*parts, *(part for theme in themes for part in _theme(theme))])


def _theme(theme: Theme) -> Iterator[str]:
    yield f"\n## {theme.heading}\n"
    if theme.about:
        yield f"\n{theme.about}\n"
    for one in theme.scenarios:
        yield "\n" + "\n".join(_scenario(one)) + "\n"


def _scenario(one: Scenario) -> Iterator[str]:
    yield f"### {one.title}\n"
    declared = [f"{key}：{one.entry[key]}" for key in _DECLARED if key in one.entry]
    if declared:
        yield f"{'；'.join(declared)}\n"
    yield from (f"> {line}  " for line in one.text.replace("\t", " ｜ ").splitlines() if line.strip())
    yield ""
    if one.entry.get("事项") == NO_ITEM:
        yield "没有事项。"
    listed = one.entry.get("事项")
    items = listed if isinstance(listed, list) else [one.entry] if listed is None else []
    for number, item in enumerate(items, 1):
        yield f"事项{f' {number}' if len(items) > 1 else ''}：\n"
        yield from _item(item)
    if "说明" in one.entry:
        yield f"\n说明：{str(one.entry['说明']).strip()}"
    if one.undone:
        yield f"\n**尚未做到**：{one.undone}"


def _item(item: Any) -> Iterator[str]:
    for field in _FIELDS:
        value = item.get(field)
        if isinstance(value, list):
            yield f"- {field}"
            yield from _nested(value, "  ")
        elif value is not None:
            yield f"- {field}：{value}"


def _nested(nodes: list[Any], indent: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield f"{indent}- {node}"
            continue
        for head, inner in node.items():
            yield f"{indent}- {head}"
            yield from _nested(inner, indent + "  ")
