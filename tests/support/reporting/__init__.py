"""Results that a report explains, and orgs in which parents are missing."""
