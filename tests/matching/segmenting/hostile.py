"""Texts made to be cut in two ways: runs of Latin letters and signs, rare characters, words and policy words in a row."""

from __future__ import annotations

from hypothesis import strategies as st

from matching.segmenting import policy_terms

_RARE = st.one_of(
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x9FC0, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0xF900, max_codepoint=0xFAFF),
    st.characters(min_codepoint=0x10000),
    st.characters(categories=["Cs"]),
)
_WORDS = [
    *(
        "企业",
        "高新技术",
        "研究生命起源",
        "二零零零",
        "技术和服务",
        "结婚的和尚未结婚的",
        "乒乓球拍卖完了",
        "对企業給予獎勵",
    ),
    *("AT&T", "C++", "c#", "PCT", "T恤", "B超", "γ射线", "5G", "世界500强", "ＡＩ＋", "５％", "〇", "\r\n"),
    *("2022-2024", "1.2.3%", "3.5%", "V2.0-rc_1", "a.com", "X-X", "---", "%%"),
]
_PIECES = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(policy_terms()),
    st.text(alphabet="abzAZ019+#&._%- ", max_size=8),
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=5),
    st.text(alphabet="的一是了我不在有人这中大来上国地到他时用们生工就分对成会可主发年", max_size=6),
    st.text(alphabet=_RARE, max_size=2),
    st.text(alphabet="，。；（） \t\r\n\x1c\x85\u3000ＡｚＺ０９＋％－＃", max_size=3),
    st.text(max_size=3),
)

hostile_texts = st.lists(_PIECES, max_size=12).map("".join)
