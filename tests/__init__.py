"""The tests, and the sandbox org they run against."""
