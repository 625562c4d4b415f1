"""What follows the end of a run: alert and numbers."""
