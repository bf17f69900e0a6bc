"""An entry of the audit log in words, for the page, the shell and the file."""

from __future__ import annotations

import json
from typing import Any

from matching.state_words import STATUS_WORDS
from service.actors import ROLE_WORDS, Role
from service.store.audit import EVENTS, Entry

AUDIT_HEADS = ("时间", "操作人", "角色", "来访地址", "操作", "对象", "改前", "改后", "说明")


# The keys under which workflows note things, and the values that are words of the program.
_KEYS = {
    "status": "状态",
    "state": "状态",
    "title": "名称",
    "file": "文件",
    "files": "文件数",
    "items": "事项数",
    "published": "已发布",
    "batch": "批次",
    "source": "来源",
    "attachments": "附件数",
    "kind": "种类",
    "reason": "理由",
    "until": "截至",
    "version": "版本",
    "closes_on": "申报截止",
    "passage": "原文",
    "conditions": "申报条件",
    "benefits": "支持内容",
    "window": "申报期",
    "department": "主管部门",
    "contacts": "联系方式",
    "materials": "申报材料",
    "channel": "申报渠道",
    "no_application": "免申即享",
    "word": "政策词",
    "words": "同义词",
    "name": "名称",
    "label": "名称",
    "level": "级别",
    "others": "别名",
    "aliases": "别名",
    "synonyms": "叫法",
    "implies": "蕴含",
    "parent": "所在地代码",
    "code": "代码",
    "key": "键",
    "unit": "单位",
    "choices": "可选值",
    "per_period": "年度指标",
    "retired": "停用",
}
_VALUES = {status.value: words for status, words in STATUS_WORDS.items()} | {
    "open": "待处理",
    "accepted": "已采纳",
    "declined": "不采纳",
    "upload": "上传",
    "addresses": "网址",
}


def told(value: Any) -> str:
    """A value before or after, as words.

    >>> told({"角色": "管理员", "企业": None, "status": "draft"})
    '角色：管理员；企业：（无）；状态：草稿'
    """
    if isinstance(value, dict):
        return "；".join(
            f"{_KEYS.get(name, name)}：{'（无）' if one is None else told(one)}"
            for name, one in value.items()
        )
    if isinstance(value, list):
        return "、".join(told(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return _VALUES.get(value, value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def audit_row(entry: Entry) -> tuple[str, ...]:
    """The entry under AUDIT_HEADS."""
    return (
        entry.at.strftime("%Y-%m-%d %H:%M:%S %z"),
        entry.actor,
        ROLE_WORDS[Role(entry.role)],
        entry.address or "",
        EVENTS.get(entry.event, entry.event),
        entry.subject,
        told(entry.before) if entry.before is not None else "",
        told(entry.after) if entry.after is not None else "",
        entry.note,
    )
