"""One window read by Id, several pages in flight."""
