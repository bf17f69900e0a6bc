"""`python -m matching.segmenting`: ask jieba for the frequencies again, after a change of policy_terms.txt."""

from __future__ import annotations

from pathlib import Path

from matching.segmenting.policy_words import FREQUENCIES, built_in_terms, write_frequencies
from matching.segmenting.segmenters import JiebaSegmenter

if __name__ == "__main__":
    folder = Path(__file__).parents[1] / "dictionary"
    write_frequencies(JiebaSegmenter(built_in_terms()).frequencies, folder / FREQUENCIES)
