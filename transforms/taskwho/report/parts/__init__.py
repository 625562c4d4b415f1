"""Parts of a report that Markdown and page share."""
