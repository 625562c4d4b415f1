"""The databases of earlier commits, and the schema of any database as a listing."""
