"""The tap and the loader as child processes."""
