"""The read-only REST client of one Salesforce org; it knows nothing of Singer."""
