"""`make bench`: this pair beside what else there is, on one org and one PostgreSQL."""
