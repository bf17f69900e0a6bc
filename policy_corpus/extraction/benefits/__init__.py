"""What a sentence gives: kinds, sums, rates, caps."""
