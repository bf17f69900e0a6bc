"""Words before any meaning: plain text with its offsets, clauses, numbers, quantities, dates."""
