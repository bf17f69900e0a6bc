"""How a document is laid out: sections and their roles, tables, cards; who speaks, where, and to whom."""
