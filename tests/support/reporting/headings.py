"""The headings that every report has, in their order."""

HEADINGS = [
    "## Next Steps",
    "## Summary",
    "## Error Summary",
    "## Batches",
    "## API Usage",
    "## Failed Records",
    "## Successful Records",
]
