"""Why parents are missing: what the database tells, then what Salesforce answers."""
