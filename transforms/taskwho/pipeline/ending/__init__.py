"""What follows the end of a run: alert, numbers, and the removal of old history."""
