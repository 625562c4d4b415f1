"""What the other contenders run: a program each, told by a JSON file what to do."""
