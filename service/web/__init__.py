"""The pages: the portal for enterprises, and what every page needs (guard, headers, errors, words)."""
