"""What doctor checks: files, database, tables, Salesforce."""
