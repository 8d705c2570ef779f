"""Forms in the text, each read by one rule in one file."""
