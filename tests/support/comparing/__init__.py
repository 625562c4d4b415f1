"""The truth of an org, and who compares a database or an answer with it."""
