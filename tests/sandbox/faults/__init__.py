"""What can go wrong on the way, and when it does."""
