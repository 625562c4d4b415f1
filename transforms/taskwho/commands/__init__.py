"""The commands of `taskwho`, one a module."""
