"""Search for people's words: documents that answer a question, items that answer a few words."""
