"""What has landed: read where it lies, emptied with the commit; the tap's journal."""
