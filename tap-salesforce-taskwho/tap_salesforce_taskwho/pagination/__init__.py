"""Reads one window by Id, with several pages in flight."""
