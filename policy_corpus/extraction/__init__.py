"""Documents in, policy items out: what a company can apply for, on which conditions, in whose words."""

from policy_corpus.extraction.items import Extracted, extract, extract_items
from policy_corpus.extraction.prediction import predict

__all__ = ["Extracted", "extract", "extract_items", "predict"]
