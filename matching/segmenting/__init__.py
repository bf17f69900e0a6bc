"""Text cut into words, exactly as jieba 0.42.1 cuts it, by a segmenter that is some twenty times as fast.

matching.terms and matching.term_ids call this package; nothing else knows jieba or rjieba. Neither is loaded
before the first cut, so that a command that cuts no text does not pay for it.
"""

from matching.segmenting.policy_words import built_in_terms, dictionary_lines, policy_terms
from matching.segmenting.segmenters import weigh_terms
from matching.segmenting.tokens import parts_of, raw_tokens, search_tokens, tokens

__all__ = [
    "built_in_terms",
    "dictionary_lines",
    "parts_of",
    "policy_terms",
    "raw_tokens",
    "search_tokens",
    "tokens",
    "weigh_terms",
]
