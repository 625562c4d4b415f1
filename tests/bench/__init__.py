"""`make bench`: this pair beside other ways to load an org, on one org and one PostgreSQL."""
