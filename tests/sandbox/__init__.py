"""A Salesforce org on loopback."""
