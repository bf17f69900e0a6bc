"""The published items as columns: what `match` needs of a hundred thousand items without an object for each."""
