"""Answers that end: by a deadline, and by their size."""
