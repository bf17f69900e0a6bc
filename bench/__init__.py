"""What the index costs beside the way every tutorial shows: `python -m bench`."""
