"""The settings: declared, parsed, checked."""
