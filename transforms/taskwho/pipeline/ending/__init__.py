"""What follows the end of a run: its exception, alert, numbers, and the removal of old history."""
