"""Projects with an embedded PostgreSQL, and other accounts of this machine."""
