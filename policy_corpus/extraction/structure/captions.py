"""The head of a paragraph -> its heading, the name in brackets before it, and what it announces; called by outline."""

from __future__ import annotations

import re

from policy_corpus.extraction.lexicon.headings import FIELDS, INSIDE, Role

# "支持新材料首批次应用" is a measure, whatever words about papers and advice stand in it.
_MEASURE = re.compile(
    r"鼓励|推动|促进|加快|培育|打造|加大|引导|发展|支持(?!对象|标准|方式|范围|条件|内容|额度|政策|措施|方向|重点|情形|期限|比例)"
)
_LABELLED = re.compile(
    r"(?:[【\[](?P<square>[^【】\[\]]{2,16})[】\]]|[（(](?P<round>[\u4e00-\u9fff、]{2,16})[）)])[ \t\u3000]{0,4}(?=[\u4e00-\u9fff“《\d])"
)
_ASIDE = re.compile(
    "含|下同|试行|以下|包括|简称|除外|修订"
)  # brackets that explain what follows or went before
_ASKS_NOW = re.compile(
    r"^(?:请|须|应|凡|各)|\d{1,2}[月日](?:底|前|之前|以前|至)"
)  # a sentence, no heading: 请于9月30日前提交材料
# "（责任单位：市财政局）四、加大…": who answers for the measure before, not what these words are about.
_NOTE = re.compile(
    r"[（(](?:责任|牵头|配合|实施|主办)(?:单位|部门)[：:][^（）()]{1,120}[）)][ \t\u3000]{0,8}(?=[^ \t\u3000\n])"
)
_MAX_TITLE = 34


def read_label(text: str, marked: bool) -> tuple[str, int]:
    """The name in brackets before the words of a measure and where they begin: "【落户奖励】对…", "（申报条件）企业应…"."""
    match = _LABELLED.match(text)
    if match is None or (match["round"] and (not marked or _ASIDE.search(match["round"]))):
        return "", 0
    return match["square"] or match["round"], match.end()


def read_heading(text: str, marked: bool) -> str:
    """The heading at the head of a paragraph: up to its first stop, if short enough to be one."""
    note = _NOTE.match(text)
    text = text[note.end() :] if note else text
    stop = re.search(r"[。：；！？]", text[: _MAX_TITLE + 1])
    if stop and (marked or stop[0] == "："):
        return text[: stop.start()]
    if not stop and len(text) <= _MAX_TITLE:
        return text
    bracket = re.match(r"[（【]([^）】]{2,16})[）】]", text)  # 第四条 （申报条件）…
    return bracket[1] if bracket else ""


def role_of(heading: str) -> Role:
    """What a heading announces; OPEN for a measure, a sentence or words that announce nothing."""
    bare = heading.strip("（）【】：“” ")
    if bare in FIELDS:
        return FIELDS[bare]
    is_sentence = _MEASURE.match(bare) or _ASKS_NOW.search(bare)
    if 0 < len(bare) <= 24 and "，" not in bare and not is_sentence:
        for word, role in INSIDE:
            if word in bare:
                return role
    return Role.OPEN
