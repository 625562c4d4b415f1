"""What a run did, in words: Markdown, JSON, the terminal."""
