"""A Singer tap for Salesforce TaskWhoRelation."""
