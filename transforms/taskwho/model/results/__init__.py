"""What commands print as JSON: results, estimates, verifications, and what they consist of."""
