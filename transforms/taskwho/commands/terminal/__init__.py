"""A run on a terminal: what it says, and what Ctrl-C does to it."""
