"""The settings: declared once, parsed, checked."""
