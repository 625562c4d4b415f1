"""What the org holds, and what people change in it."""
