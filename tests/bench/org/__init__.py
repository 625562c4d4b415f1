"""The sandbox org in a process of its own, and the client that the bench talks to it with."""
