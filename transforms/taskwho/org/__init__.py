"""Questions to Salesforce, through the tap's own client: read-only, and counted by its quota."""
