"""The words that policies use, as tables: no rules here, only vocabulary."""
