from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.decoding import decode_text

SENTENCES = (
    "第一条　为支持示例市中小企业发展，制定本措施。",
    "对上年度营业收入不低于2000万元的企业，给予一次性奖励30万元。",
    "申报企业应当依法经营，近三年未发生重大安全、环保事故。",
    "本办法自2026年1月1日起施行，由市工业和信息化局负责解释。",
    "专精特新“小巨人”企业可以优先申报；同一项目不重复支持。",
)
TRADITIONAL = (
    "第一條　為支援示例市中小企業發展，對營業收入超過二千萬元的企業給予獎勵，申請期限至十二月三十一日止。"
)


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map("\n".join),
    st.sampled_from(["utf-8", "gbk", "gb18030", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_policy_text_survives_any_encoding(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-16-le", "utf-8", "gb18030"])
def test_traditional_text_is_not_taken_for_another_encoding(encoding: str) -> None:
    assert decode_text(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("text", ["申报通知", "奖励办法", "第一条"])
def test_very_short_gbk_text_is_read(text: str) -> None:
    assert decode_text(text.encode("gbk")).text == text


def test_a_rare_character_does_not_spoil_gb18030() -> None:
    text = SENTENCES[0] + "（示例：㛃、𠮷、镕、喆、堃）"
    assert decode_text(text.encode("gb18030")).text == text


def test_a_lying_declaration_is_overruled() -> None:
    data = "".join(SENTENCES).encode("gbk")
    assert decode_text(data, ["big5", "iso-8859-1", "utf-8", "no-such-charset"]).text == "".join(SENTENCES)


def test_one_damaged_character_is_a_warning_not_another_encoding() -> None:
    data = ("\n".join(SENTENCES) * 20).encode("utf-8")
    decoded = decode_text(data[:-1])
    assert decoded.encoding == "utf-8"
    assert decoded.warnings and "1 处" in decoded.warnings[0]


def test_some_control_characters_are_a_warning() -> None:
    decoded = decode_text(("\x00\x01" + "".join(SENTENCES)).encode())
    assert "2 个控制字符" in decoded.warnings[0]


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x00\x01\x02\x03" * 1000,
        b"\x7fELF" + bytes(range(32)) * 99,
        codecs.BOM_UTF8 + b"\x00" * 999,
    ],
)
def test_binary_junk_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        decode_text(data)


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode_text(data).text, str)
    except UnreadableDocument as refusal:
        assert refusal.reason


def test_text_between_nul_bytes_is_refused_not_read_as_another_script() -> None:
    text = "第一条 对首次认定的高新技术企业，给予一次性奖励30万元。".encode()
    with pytest.raises(UnreadableDocument, match="编码无法识别"):
        decode_text(b"\x00".join(text[at : at + 1] for at in range(len(text))))
