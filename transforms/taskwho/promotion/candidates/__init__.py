"""The rows to classify: the newest version of each landed Id, and waiting rows."""
