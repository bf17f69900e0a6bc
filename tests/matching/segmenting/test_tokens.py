"""Every token is jieba's: the fast segmenter against jieba itself, with the policy dictionary in both."""

from __future__ import annotations

import itertools
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from matching.segmenting import raw_tokens, search_tokens, tokens
from matching.segmenting.segmenters import JiebaSegmenter, segmenter
from policy_corpus.folding import fold
from policy_corpus.reading.dispatch import read_document
from tests.matching.segmenting.hostile import hostile_texts

SAMPLES = sorted((Path(__file__).parents[3] / "samples" / "policies").rglob("*.txt"))


@cache
def _jieba() -> JiebaSegmenter:
    return JiebaSegmenter()


def test_the_fast_segmenter_is_in_use() -> None:
    """Or nothing here would be compared with anything."""
    assert not isinstance(segmenter(), JiebaSegmenter)


@given(hostile_texts)
@settings(deadline=None, max_examples=500)
@example(
    "应急转贷应急转测探蘒狼"
)  # two ways equally likely, decided by the last bit: jieba's total counts words twice
@example("二零零零癄")
@example("\ud800甲\udc00")
@example("䶮﨎\U00020bb7野家")
def test_a_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert tokens(text) == _jieba().cut(text)
    assert "".join(raw_tokens(text)) == text


@given(hostile_texts)
@settings(deadline=None, max_examples=500)
@example("中华人民共和国高新技术企业AT&T")
def test_a_text_is_cut_for_searching_as_jieba_cuts_it(text: str) -> None:
    assert list(search_tokens(text)) == list(_jieba().tokenizer.cut_for_search(text))


@pytest.mark.parametrize("alphabet", ["a1.-%+", "ab1._&#", "1.%中新-"])
def test_every_short_run_of_letters_digits_and_signs_is_cut_as_jieba_cuts_it(alphabet: str) -> None:
    runs = ["".join(run) for length in range(1, 6) for run in itertools.product(alphabet, repeat=length)]
    assert [tokens(run) for run in runs] == [_jieba().cut(run) for run in runs]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_our_sample_policies_are_cut_as_jieba_cuts_them(path: Path) -> None:
    text = fold(read_document(path.read_bytes(), path.name).text)
    assert tokens(text) == _jieba().cut(text)


def test_there_are_sample_policies_to_cut() -> None:
    assert len(SAMPLES) > 5


def test_the_slow_segmenter_takes_over_where_the_fast_one_is_not_installed() -> None:
    text = "2022-2024年对专精特新小巨人企业奖励3.5%，AT&T与a.com除外\U00020bb7。"
    code = (
        "import sys\n"
        "sys.modules['rjieba'] = None\n"
        "from matching.segmenting import search_tokens, tokens\n"
        "text = sys.stdin.buffer.read().decode()\n"
        "assert 'jieba' not in sys.modules\n"
        "sys.stdout.buffer.write('|'.join([*tokens(text), *search_tokens(text)]).encode())\n"
        "assert 'jieba' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], input=text.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "|".join([*tokens(text), *search_tokens(text)])
