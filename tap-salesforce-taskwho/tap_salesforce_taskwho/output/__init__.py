"""Singer messages and batch files."""
