"""What to do about a match: what is missing, what to ask, what it is worth, and what goes together."""
