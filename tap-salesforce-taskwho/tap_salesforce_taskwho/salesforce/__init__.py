"""The read-only REST client of one Salesforce org. It imports nothing of Singer."""
