"""The streams: what is read, and when state moves."""
