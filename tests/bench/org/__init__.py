"""The sandbox org in a process of its own, and the bench's client for it."""
