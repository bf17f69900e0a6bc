"""Lay a reading out for describing: folded text, its lines with their places, and what it declares of itself.

Every module of this package asks its question of a `Manuscript`, so that folding, line splitting and the
search for label lines (发文机关：…) happen once. Patterns see one line, or the head or tail of the text,
never the whole: a line is cut at `LINE_LIMIT` characters, so no text can make a pattern slow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from policy_corpus.folding import fold
from policy_corpus.model import Reading

HEAD_LIMIT = 3000
TAIL_LIMIT = 2000
LINE_LIMIT = 400

# What a file may declare of itself -> how government pages and cards label it.
_LABELS: dict[str, tuple[str, ...]] = {
    "title": ("标题", "名称", "文件名称", "信息名称", "公文名称", "政策名称", "ArticleTitle"),
    "number": ("发文字号", "文号", "文件编号", "发文文号", "公文编号", "文件字号"),
    "authority": (
        "发文机关", "发文机构", "发文单位", "发布机构", "发布机关", "发布单位", "制定机关", "制发机关",
        "印发机关", "实施机关", "实施主体", "公布机关", "发文部门", "ContentSource",
    ),
    "dated": ("成文日期", "成文时间", "印发日期", "印发时间", "签发日期", "发文日期", "生成日期"),
    "published": (
        "发布日期", "发布时间", "发文时间", "公布日期", "发表时间", "公开日期", "公开时间", "发布于",
        "PubDate", "日期",
    ),
    "effective": ("施行日期", "实施日期", "生效日期", "生效时间", "实施时间", "施行时间"),
    "until": ("失效日期", "失效时间", "废止日期", "有效期", "有效期限", "有效期至"),
    "level": ("行使层级", "政策级别", "政策层级", "发文层级"),
    "region": ("适用地区", "适用区域", "所属地区", "发布地区", "地区"),
}  # fmt: skip
_MEANING = {label: meaning for meaning, labels in _LABELS.items() for label in labels}
# Labels that end a value or only show that a line is a card's row, not prose.
_OTHER_LABELS = (
    "索引号", "主题分类", "主题词", "体裁分类", "信息来源", "来源", "浏览", "浏览量", "浏览次数", "浏览字号",
    "字体", "字号", "有效性", "效力状态", "关键词", "分类", "作者", "责任编辑", "打印", "分享", "阅读",
    "工具分类", "服务对象", "服务内容", "条件要求", "依据文件", "事项类型", "受理条件", "办理时限", "办理地点",
    "审批号", "统一编号", "信息分类", "公开方式", "公开范围", "文件状态", "点击数", "访问量",
)  # fmt: skip
_ALL_LABELS = sorted((*_MEANING, *_OTHER_LABELS), key=len, reverse=True)
_LABELLED = re.compile(r"(?<![一-鿿])(" + "|".join(_ALL_LABELS) + r")[ \t　]{0,4}[:：]")
_BARE_LABELS = frozenset(("发文机关", "发文机构", "发文字号", "发布日期", "发文时间", "成文日期", "施行日期",
                          "发布机构", "实施日期", "文号", "发布时间", "失效日期"))  # fmt: skip
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line: folded and stripped text, and where it stands in the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A reading laid out: `lines` cover the whole text; `fields` are keyed as in `_LABELS`.

    sources: the unfolded texts that a title can come from.
    """

    document_id: str
    text: str
    folded: str
    lines: tuple[Line, ...]
    fields: Mapping[str, str]
    suggested_title: str
    sources: tuple[str, ...]
    file_name: str
    format: str

    @property
    def head(self) -> str:
        """The first 3,000 characters, folded."""
        return self.folded[:HEAD_LIMIT]

    @property
    def tail(self) -> str:
        """The last 2,000 characters, folded."""
        return self.folded[-TAIL_LIMIT:]

    @property
    def head_lines(self) -> tuple[Line, ...]:
        """The lines that begin in the first 3,000 characters."""
        return tuple(line for line in self.lines if line.start < HEAD_LIMIT)


def lay_out(reading: Reading, content_hash: str, file_name: str) -> Manuscript:
    """Fold a reading and find its lines and declared fields; the reader's own fields win over label lines."""
    folded = fold(reading.text)
    lines = _split(folded)
    declared = {**_label_lines(lines), **_known_fields(reading.fields)}
    return Manuscript(
        document_id=content_hash[:16],
        text=reading.text,
        folded=folded,
        lines=lines,
        fields=declared,
        suggested_title=fold(reading.title or "").strip(),
        sources=(reading.title or "", *reading.fields.values(), reading.text[:HEAD_LIMIT], file_name),
        file_name=file_name,
        format=reading.format,
    )


def squeeze(text: str) -> str:
    """The text without any white space.

    >>> squeeze("京发改规〔2023〕7 号")
    '京发改规〔2023〕7号'
    """
    return _BLANK.sub("", text)


def is_label(text: str) -> bool:
    """Is this line only the label of a field (发布日期, 发文机关：)?

    >>> is_label("发布日期："), is_label("示例市财政局")
    (True, False)
    """
    return squeeze(text[:12]).rstrip(":：") in _ALL_LABELS


def as_written(words: str, sources: tuple[str, ...]) -> str:
    """Folded words as the first source that has them writes them (共渡难关３), their spaces kept.

    >>> as_written("示例3 条", ("前言", "关于示例３\\n条的通知"))
    '示例３ 条'
    """
    wanted = squeeze(words)
    for source in sources:
        places = [at for at, char in enumerate(source) if not char.isspace()]
        found = fold("".join(source[at] for at in places)).find(wanted)
        if found >= 0:
            original = iter(places[found:])
            return "".join(char if char.isspace() else source[next(original)] for char in words)
    return words


def _split(folded: str) -> tuple[Line, ...]:
    lines, at = [], 0
    for raw in folded.split("\n"):
        text = raw.strip()
        if text:
            start = at + raw.index(text[0])
            lines.append(Line(text[:LINE_LIMIT], start, start + len(text)))
        at += len(raw) + 1
    return tuple(lines)


def _known_fields(fields: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for label, value in fields.items():
        meaning = _MEANING.get(squeeze(fold(label)).rstrip(":："))
        if meaning and value.strip():
            found.setdefault(meaning, fold(value).strip())
    return found


def _label_lines(lines: tuple[Line, ...]) -> dict[str, str]:
    """Fields written in the text: 发文机关：X, a table row 发文机关 <tab> X, or label and value on two lines."""
    found: dict[str, str] = {}
    head = [line.text for line in lines if line.start < HEAD_LIMIT]
    for line, following in pairwise([*head, ""]):
        for label, value in (*_after_colon(line, following), *_in_cells(line), *_bare(line, following)):
            if value:
                found.setdefault(_MEANING.get(label, ""), value)
    found.pop("", None)
    return found


def _after_colon(line: str, following: str) -> list[tuple[str, str]]:
    hits = list(_LABELLED.finditer(line))
    if not hits or hits[0].start() > 60:
        return []
    ends = [hit.start() for hit in hits[1:]] + [len(line)]
    pairs = [
        (hit[1], line[hit.end() : end].strip(" \t　|[]【】")) for hit, end in zip(hits, ends, strict=True)
    ]
    if not pairs[-1][1] and not _LABELLED.match(following):  # label on one line, its value on the next
        pairs[-1] = (pairs[-1][0], following[:60].strip())
    return [(label, value) for label, value in pairs if len(value) <= 80]


def _in_cells(line: str) -> list[tuple[str, str]]:
    cells = [cell.strip() for cell in line.split("\t")]
    named = pairwise(cells)
    return [
        (squeeze(label).rstrip(":："), value) for label, value in named if squeeze(label) != squeeze(value)
    ]


def _bare(line: str, following: str) -> list[tuple[str, str]]:
    label = squeeze(line) if len(line) <= 8 else ""
    usable = label in _BARE_LABELS and len(following) <= 60 and squeeze(following) not in _MEANING
    return [(label, following)] if usable else []
