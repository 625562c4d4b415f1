"""What follows a run: the exception for the API, alert, metrics, and removal of old history."""
