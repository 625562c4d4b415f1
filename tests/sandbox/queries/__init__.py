"""How the org reads SOQL and answers it with pages."""
