"""What the product does, one verb a file; web, API and shell call these and nothing below them to change state."""
