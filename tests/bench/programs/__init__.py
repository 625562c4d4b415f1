"""The programs of the other contenders; each reads its settings from a JSON file."""
